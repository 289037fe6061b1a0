"""What a survey asks of its own texts is counted, and what misses it is named with its line."""

from typing import Any

import pytest
from living_survey.checks.absence import is_on_absence
from living_survey.checks.texts import check_content
from living_survey.model.page import EditorPage
from living_survey.syntax.problems import Problem

from tests.fabricate import THEMES, key
from tests.pages.birds import bird, page, survey


def check(texts: dict[str, str], *papers: Any, **content: Any) -> tuple[list[str], list[Problem]]:
    """Check a survey whose pages have these texts, other themes none, against these settings."""
    themes = {f"themes/{path}.md": "" for path in THEMES}
    pages = tuple(page(source, text) for source, text in {**themes, **texts}.items())
    return check_content(survey(*papers, pages=pages, content=content, facets=FACETS))


FACETS = {"has": {"title": "Offered", "from": "links"}}


def test_every_theme_at_the_top_has_the_sections_and_their_words_count_apart() -> None:
    text = "Opening words.\n\n## What You Need\n\nOne two three.\n\n### Deeper\n\nFour.\n\n## Then\n\nFive.\n"
    counted, problems = check(
        {"themes/flight.md": text, "themes/song.md": "## What you need\n\nOne.\n"},
        sections={"What you need": [2, 5], "Then": None}, theme_words=[2, 2],
    )  # fmt: skip
    assert '"What you need" in 2 of 3 themes at the top: 1 to 5 words' in counted
    assert '"Then" in 1 of 3 themes at the top: 1 to 1 words' in counted
    assert "3 texts of themes at the top: 0 to 2 words, 2 in all" in counted
    said = {(one.path, one.line, one.message, one.hint) for one in problems if one.line or "section " in one.message}
    add = 'add the heading "## What you need", with its text, in 2 to 5 words'
    assert said == {
        ("docs/themes/season.md", 0, 'no section "What you need"', add),
        ("docs/themes/season.md", 0, 'no section "Then"', 'add the heading "## Then", with its text'),
        ("docs/themes/song.md", 1, 'the section "What you need" has 1 words', "required: 2 to 5"),
        ("docs/themes/song.md", 0, 'no section "Then"', 'add the heading "## Then", with its text'),
    }
    lengths = [one.message for one in problems if "the text has" in one.message]
    assert lengths == ["the text has 0 words outside the sections with a length of their own"] * 2


def test_wording_is_looked_for_in_all_texts_of_the_survey_and_in_nothing_of_others() -> None:
    paper = bird(
        1, tldr="One data set.", title="A data set of birds", short_name="Data Set 2",
        relations=[
            {"type": "uses", "external": {"title": "A data set of all birds"}, "note": "its data\n set"},
            {"type": "uses", "external": {"title": "data set one"}},
        ],
    )  # fmt: skip
    front = EditorPage("more.md", "docs/more.md", {"description": "A data set."}, {("description",): (2, 1)}, "", 4)
    pages = (
        page("themes/flight.md", "First.\n\nA data set, *a data set*, `data set`, A data set of birds, Data Set 2."),
        *(page(f"themes/{path}.md") for path in THEMES if path != "flight"),
        page("contributing/how.md", "A data set of 12345."),
        page("more/how.md", "data set one: 12345 or 12,345"),
        front,
    )  # fmt: skip
    content = {"wording": {"data set*": "dataset*"}, "thousands": 5, "about": ["contributing"]}
    counted, problems = check_content(survey(paper, pages=pages, content=content))
    assert counted[-1] == "1 words and spellings to avoid: 6 found in 4 files"
    assert [(one.path, one.line, one.column, one.field, one.message, one.hint) for one in problems] == [
        (f"papers/{key(1)}.yaml", 0, 0, ("tldr",), '"data set" in "One data set."', 'write "dataset"'),
        (
            f"papers/{key(1)}.yaml", 0, 0, ("relations", 0, "note"), '"data set" in "its data set"', 'write "dataset"',
        ),
        (
            "docs/themes/flight.md", 3, 3, (), '"data set" in "First. A data set, *a data set*, `data set`, A…"',
            'write "dataset"',
        ),
        ("docs/more/how.md", 1, 1, (), '"data set" in "data set one: 12345 or 12,345"', 'write "dataset"'),
        ("docs/more/how.md", 1, 15, (), '12345 has no commas, in "data set one: 12345 or 12,345"', "write 12,345"),
        ("docs/more.md", 2, 1, ("description",), '"data set" in "A data set."', 'write "dataset"'),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("The baseline is not stated.", True),
        ("Neither abstract gives it.", True),
        ("It doesn’t report one.", True),
        ("It is unclear what was measured.", True),
        ("A speedup without a figure.", True),
        ("No gain at 12,288 nodes is reported.", True),
        ("A drop of 3–5% is not 1.5 times what others report.", True),
        ("It is not fast, and the abstract says so.", False),
        ("It is not fast; numbers follow.", False),
        ("It does not fly – the figure shows it.", False),
        ("It cannot fly: the number is given.", False),
        ("The baseline is stated, not the model.", False),
        ("It is not slow. Numbers follow.", False),
        ("Notes are given.", False),
        ("It is unstated.", False),
    ],
)
def test_what_is_a_sentence_on_absence(sentence: str, expected: bool) -> None:
    assert is_on_absence(sentence) is expected


def test_sentences_on_absence_are_named_only_where_there_are_too_many() -> None:
    text = "# Not named\n\nA bird flies.\nIts mass is *not given* [@x1999y]. It sings.\n\n"
    text += "| not stated |\n|---|\n| none known |\n"
    texts = {"themes/flight.md": text, "themes/song.md": "It sings.", "more.md": "Nothing is not stated."}
    counted, problems = check(texts, absence=25)
    assert counted[-1] == (
        "1 of 4 sentences of themes (25.0%) say what a source does not tell, docs/themes/flight.md 1"
    )
    assert problems == []
    counted, problems = check(texts, absence=24)
    assert [(one.path, one.line, one.column, one.code) for one in problems] == [
        ("docs/themes/flight.md", 4, 1, "absence-stated")
    ]
    assert problems[0].message.startswith("says what a source does not tell: Its mass is not given")
    assert problems[0].hint.startswith("25.0% of the sentences of themes do, 24% may: ")


def test_each_facet_is_counted_and_papers_without_it_named() -> None:
    papers = [bird(n) for n in (1, 2, 4)]
    counted, problems = check({}, *papers, each_facet={"has": 50})
    assert "1 of 3 papers with a value of has" in counted
    assert [one.message for one in problems] == ["33% of papers have a value of has"]
    assert problems[0].hint.startswith("required: at least 50%; without: ")
    assert {key(1), key(2)} == set(problems[0].hint.partition("without: ")[2].split(", "))
    assert check({}, *papers, each_facet={"has": 33})[1] == []
