"""Numbers typed into texts, and expressions in the wrong place, are named at their line."""

from dataclasses import replace

import pytest
from living_survey.checks.expressions import check_expressions
from living_survey.model.comparison import Comparison
from living_survey.model.page import EditorPage
from living_survey.model.paper import Paper
from living_survey.model.question import Question
from living_survey.model.registry import Registry
from living_survey.model.survey import build_survey

from tests.fabricate import key, number
from tests.pages.birds import bird, page, survey

ONE, TWO = f"[@{key(1)}]", f"[@{key(1)}; @{key(2)}]"
PAPERS = (
    bird(
        1, models=["swift", "33B"], short_name="Swift2",
        results=[
            number(
                "86", "percent more", baseline="gulls", model="swift", setting="on 48 towers",
                quote="86% more than 12 gulls",
            ),
            number("3", "points more", metric="notes", baseline="gulls"),
        ],
        scale=[number("7.4", "k birds", metric="flock", quote="7.4k birds")],
    ),
    bird(2, results=[number("40")]),
)  # fmt: skip


def found(text: str, source: str = "themes/song.md") -> list[str]:
    """Return code and message of what is wrong with a text."""
    one = page(source, text)
    return [f"{p.line}:{p.column} {p.message}" for p in check_expressions(survey(*PAPERS, pages=(one,)))]


@pytest.mark.parametrize(
    "text",
    [
        f"They gain 86 % {ONE}.", f"They are 1.86× as fast {ONE}.", f"Of 7,400 birds {ONE}.", f"Of 7.4K birds {ONE}.",
        f"On 48 towers, against 12 gulls {ONE}.", f"A 33B model {ONE}.",
        f"Swift2 and INT8 and GPT-4-0314 in 2024 {ONE}.",
        f"[arXiv:2309.06180](https://example.org/1) and [doi:10.1145/3768165](https://example.org/2) {ONE}.",
        f"By 3 points {ONE}.", f"One in 5 {ONE}.", f"In Table 17 and Section 12.3 {ONE}.", f"`99 %` is code {ONE}.",
        f'As {{{{ typed 99 "Table 5" }}}} say {ONE}.', "Nobody is cited for 99 %.", f"# About 99 % {ONE}",
        f"See [there](https://example.org/99/x) {ONE}.", f"A 4-bit bird {ONE}.", f"Birds: 40 km/h or 86 % {TWO}.",
        f"Up to 86 % more {ONE}.",
    ],
)  # fmt: skip
def test_numbers_that_a_cited_paper_states_may_be_typed(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (f"They gain 87 % {ONE}.", f"1:11 87 % is in no number of {key(1)}"),
        (f"It is fast.\n\nThey are 1.9× as fast {ONE}.", ""),
        (f"It is fast.\n\nThey are 1.8× as fast {ONE}.", f"3:10 1.8× is in no number of {key(1)}"),
        (f"| {ONE} | 41 km/h |", ""),
        (f"Up to 86 % more {TWO}.", '1:1 "Up to" over several papers with a typed number'),
        (f"It sings {ONE}.\n\nA factor of at most 2.4.", '3:13 "at most" over several papers with a typed number'),
        (f"{{{{ result {key(1)} notes }}}} more.", f"1:1 the sentence states a number of {key(1)} without citing it"),
        (f"It sings.\n\n{{{{ resul {key(1)} }}}} {ONE}.", '3:1 "resul" is no expression'),
    ],
)  # fmt: skip
def test_others_are_named_at_their_place(text: str, message: str) -> None:
    if text.startswith("|"):
        assert found(f"| a | b |\n|---|---|\n{text}\n") == [f"3:{text.index('41') + 1} 41 is in no number of {key(1)}"]
    else:
        assert found(text) == ([message] if message else [])


def test_a_number_that_changes_in_a_file_changes_the_verdict() -> None:
    text: EditorPage = page("themes/song.md", f"At 40 km/h [@{key(2)}].")
    assert list(check_expressions(survey(*PAPERS, pages=(text,)))) == []
    slower = bird(2, results=[number("39")])
    [problem] = check_expressions(survey(PAPERS[0], slower, pages=(text,)))
    assert (problem.code, problem.line, problem.column) == ("number-not-stated", 1, 4)


def test_expressions_of_files_are_named_at_their_field() -> None:
    texts = {
        "summary": "At {{ result speed }}, {{ result flok }}, {{ result " + key(2) + " speed }}.",
        "tldr": "A {{ count }} at {{ result speed }}, not {{ result " + key(2) + " speed }}.",
    }
    papers = [bird(1, results=[number("40")], **texts), bird(2, results=[number("50")], tldr="A {{7*7}}, {{ b }}.")]
    sides = [{"says": "fast: {{ result " + key(1) + " speed }}", "papers": {key(1): "{{ result speed }}"}}]
    why = "{{ result " + key(2) + " speed }}, {{ cuont }}"
    data = {"id": "dawn", "question": "Dawn?", "theme": "song", "state": "open", "sides": sides, "why": why}
    bare = survey(*papers)
    made = build_survey(
        bare.settings, bare.taxonomy, papers, registry=bare.registry, questions=[Question.model_validate(data)]
    )
    said = [(problem.path, problem.field[:1], problem.message) for problem in check_expressions(made)]
    one, dawn = f"papers/{key(1)}.yaml", "docs/questions/dawn.yaml"
    assert said == [
        (one, ("tldr",), f"the sentence states a number of {key(2)} without citing it"),
        (one, ("summary",), "unknown metric: flok"),
        (one, ("summary",), f"the sentence states a number of {key(2)} without citing it"),
        (f"papers/{key(2)}.yaml", ("tldr",), '"b" is no expression'),
        (dawn, ("why",), f"the sentence states a number of {key(2)} without citing it"),
        (dawn, ("why",), '"cuont" is no expression'),
    ]


def typed(paper: Paper, *, questions: tuple[Question, ...] = (), comparisons: tuple[Comparison, ...] = ()) -> list[str]:
    """Return place and message of the numbers that are wrong in a survey of this paper and the second one."""
    papers = (paper, bird(2, results=[number("50")]))
    bare = survey(*papers)
    made = build_survey(
        bare.settings, bare.taxonomy, papers, registry=bare.registry, questions=questions,
        comparisons=comparisons,
    )  # fmt: skip
    fields = [(".".join(map(str, one.field)), one.message) for one in check_expressions(made)]
    return [f"{name} {message}" for name, message in fields]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("They fly 40 km/h, up to 48 a night. No 7 is left.", ""),
        ("It is so.\n\nThey fly 41 km/h.", f"14 41 is in no number of {key(1)}"),
        (f"They fly 50 km/h [@{key(2)}], not 40.", ""),
        (f"They fly 50 km/h. So says [@{key(2)}].", f"7 50 is in no number of {key(1)}"),
        (f"Up to 40 or 50 km/h [@{key(2)}].", ""),
        (f"Up to 40 or 50 km/h [@{key(2)}; @{key(1)}].", '0 "Up to" over several papers with a typed number'),
        ('They fly {{ typed 41 "Table 5" }} km/h.', ""),
    ],
)
def test_a_summary_speaks_of_its_own_paper_and_of_those_that_it_cites(text: str, message: str) -> None:
    own = bird(1, results=[number("40", quote="flies 40 km/h, 48 a night")], summary=text)
    assert typed(own) == ([f"summary.{message}"] if message else [])


def test_a_sentence_on_a_paper_without_numbers_has_none() -> None:
    assert typed(bird(1, tldr="In 2024, 4-bit birds fly 40 km/h.")) == [f"tldr.20 40 is in no number of {key(1)}"]


def test_a_survey_without_metrics_has_no_place_for_numbers_and_is_not_asked() -> None:
    bare = survey(bird(1, tldr="Birds fly 40 km/h."))
    assert [one.code for one in check_expressions(bare)] == ["number-not-stated"]
    assert list(check_expressions(replace(bare, registry=Registry()))) == []


def test_texts_of_questions_speak_of_their_papers() -> None:
    data = {
        "id": "dawn", "question": "Dawn?", "theme": "song", "state": "disputed", "certainty": "low",
        "answer": "40 or 50 km/h, not 60.", "why": f"up to 50 km/h [@{key(2)}], up to 50 in all",
        "sides": [
            {"says": "40 km/h, not 50", "papers": {key(1): "40 km/h, not 50"}},
            {"says": "50 km/h", "papers": {key(2): "50 km/h"}},
        ],
    }  # fmt: skip
    assert typed(bird(1, results=[number("40")]), questions=(Question.model_validate(data),)) == [
        f"answer.14 60 is in no number of {key(1)}, {key(2)}",
        f"sides.0.says.10 50 is in no number of {key(1)}",
        f"sides.0.papers.{key(1)}.10 50 is in no number of {key(1)}",
    ]
    alone = {**data, "why": "up to 50 km/h"}
    found = typed(bird(1, results=[number("40")]), questions=(Question.model_validate(alone),))
    assert 'why.0 "up to" over several papers with a typed number' in found


def test_notes_of_comparisons_speak_of_the_papers_of_the_table() -> None:
    data = {
        "id": "a",
        "title": "A",
        "query": "theme=flight,song,season",
        "columns": ["year"],
        "note": "Only 40, not 41.",
    }
    one = Comparison.model_validate(data)
    assert typed(bird(1, results=[number("40")]), comparisons=(one,)) == [
        f"note.10 41 is in no number of {key(2)}, {key(1)}"
    ]
    wrong = Comparison.model_validate({**data, "note": "{{ result " + key(1) + " sped }}"})
    assert typed(bird(1), comparisons=(wrong,)) == ["note.0 unknown metric: sped"]
