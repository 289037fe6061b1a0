"""Questions as views: lists, sides, queries in words."""

from typing import Any

import pytest
from living_survey.model.backlinks import backlinks_of
from living_survey.model.query import Vocabulary, parse_query
from living_survey.model.question import Question
from living_survey.model.survey import Survey, build_survey
from living_survey.pages.citations import cited_text
from living_survey.pages.questions import (
    QuestionView,
    answers,
    build_question_pages,
    query_in_words,
    question_groups,
    render_findings,
    render_questions,
    unsettled,
)
from living_survey.pages.renderer import Renderer
from lxml import html

from tests.fabricate import key
from tests.pages import birds
from tests.pages.birds import bird

PAPERS = (bird(3, themes=["song"]), bird(4, themes=["song"], aliases=["old2001name"]), bird(7, themes=["flight/speed"]))
SIDES = [
    {"says": "they do, says @" + key(3), "papers": {key(3): "a <b>", "old2001name": "in part [?noon]"}},
    {"says": "they do not", "papers": {key(7): "none"}},
]
DAWN: dict[str, Any] = {
    "question": "Do swifts & swallows scream?", "theme": "song", "state": "settled", "finding": "2",
    "answer": f"They do [@{key(3)}].", "certainty": "low", "why": "few", "sides": SIDES,
    "decided_by": f"A count at dawn [@{key(7)}].",
}  # fmt: skip
NOON: dict[str, Any] = {"question": "What of noon?", "theme": "flight/speed", "state": "open"}


def asked(**questions: dict[str, Any]) -> Survey:
    """Return a survey with questions."""
    made = [Question.model_validate({**data, "id": name}) for name, data in questions.items()]
    bare = birds.survey(*PAPERS, page_size=2, facets={"method": {"title": "Method", "values": {"gps": "By satellite"}}})
    return build_survey(bare.settings, bare.taxonomy, PAPERS, questions=made)


def view(**changes: Any) -> QuestionView:
    """Return the view of the first question, changed."""
    survey = asked(dawn={**DAWN, **changes}, noon=NOON)
    return QuestionView.build(survey, survey.questions["dawn"], "../../")


def test_sides_have_their_papers_and_reasons_and_texts_are_escaped() -> None:
    [first, second] = view().sides
    assert [one.paper.address for one in first.papers] == [f"papers/{key(n)}/" for n in (3, 4)]
    assert first.papers[0].reason == "a &lt;b&gt;"
    assert '<a class="survey-citation" href="../../questions/noon/" data-survey-about="Open">What of noon?</a>' in (
        first.papers[1].reason
    )
    assert f'href="../../papers/{key(3)}/"' in first.says
    assert second.says == "They do not"


def test_new_papers_reopen_a_question() -> None:
    seen = {"query": "theme=song", "seen": [key(3), "old2001name"], "reviewed": {"all": "2026-01-02"}}
    now = view(**seen)
    assert (now.line.state, now.reopened, [one.unseen for one in now.found]) == ("settled", "", [False, False])
    now = view(**{**seen, "seen": [key(3)]})
    assert now.line.state == "open"
    assert now.reopened.striptags().startswith("Reopened: 1 paper since 2026-01-02: Stork migration")
    assert f'<a href="../../papers/{key(4)}/">' in now.reopened
    assert [one.unseen for one in now.found] == [True, False] if key(4) < key(3) else [False, True]
    now = view(**{**seen, "seen": [key(3), key(4), key(7)]})
    assert now.reopened.startswith("Reopened: 1 paper no longer bears on it: ")
    now = view(query="theme=song")
    assert now.reopened.startswith("Reopened: 2 papers not looked at yet: ")


def test_of_many_new_papers_ten_are_named() -> None:
    papers = [bird(n, themes=["song"]) for n in range(1, 14)]
    question = Question.model_validate({**NOON, "query": "theme=song", "id": "noon"})
    bare = birds.survey()
    survey = build_survey(bare.settings, bare.taxonomy, papers, questions=[question])
    now = QuestionView.build(survey, question, "")
    assert now.reopened.count("<a ") == 10
    assert now.reopened.endswith("; and 3 others.")


def test_of_a_long_list_the_rest_is_counted() -> None:
    now = view(query="-year=1000", seen=[key(3), key(4), key(7)])
    assert (len(now.found), now.more, now.reopened) == (2, 1, "")


def test_questions_stand_by_the_state_that_readers_see() -> None:
    survey = asked(dawn={**DAWN, "query": "theme=song"}, noon=NOON, dusk={**DAWN, "finding": "1"})
    groups = {group.state: [line.link.address for line in group.lines] for group in question_groups(survey, "")}
    assert groups == {"open": ["questions/dawn/", "questions/noon/"], "settled": ["questions/dusk/"]}


def test_a_theme_has_the_questions_that_are_not_settled_of_those_below_too() -> None:
    survey = asked(dawn=DAWN, noon=NOON, dusk={**DAWN, "theme": "flight", "state": "disputed", "finding": "1"})
    found = {
        path: [question.id for question, _ in unsettled(survey, theme)]
        for path, theme in survey.taxonomy.by_path.items()
    }
    assert found == {
        "flight": ["noon", "dusk"], "flight/height": [], "flight/speed": ["noon"], "season": [], "song": [],
    }  # fmt: skip


def test_findings_come_in_their_order() -> None:
    renderer = Renderer(asked(dawn=DAWN, dusk={**DAWN, "finding": "1", "answer": "Sometimes."}, noon=NOON))
    html = render_findings(renderer, "findings/")
    assert html.index('id="finding-1"') < html.index('id="finding-2"')
    assert html.index("Sometimes.") < html.index("They do (<a")
    assert "noon" not in html
    assert html.count("Low certainty: few") == 2
    assert html.count(f'They do not (<a href="../papers/{key(7)}/">') == 2
    assert "no questions yet" in render_questions(Renderer(asked()), "questions/")


def test_answers_for_machines_are_plain_text() -> None:
    (text, papers), (says, for_it), _ = answers(view())
    assert text.startswith("They do (")
    assert "<" not in text + says
    assert papers == []
    assert [address for _, address in for_it] == [f"papers/{key(n)}/" for n in (3, 4)]
    assert answers(view(answer=None, certainty=None, finding=None, sides=None, state="open")) == []


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("theme=flight/speed,song", "theme Flight › Flight speed or Song"),
        ("kind=review year=2020..", "kind review; year 2020 or later"),
        ("year=..2020,2021..2022,2024", "year 2020 or earlier, 2021 to 2022 or 2024"),
        ("-has=code,data method=gps", "Method gps; not offers code or data"),
        ("status=preprint", "status preprint"),
        ("venue=ibis-letters", "venue Ibis Lett."),
        (f"key={key(7)}", "paper Ebird counts migration: field study 7 & 100% of its data"),
    ],
)  # fmt: skip
def test_queries_are_read_as_words(query: str, words: str) -> None:
    survey = asked()
    assert query_in_words(survey, parse_query(query, Vocabulary.build(survey))) == words


def test_names_of_questions_in_code_and_of_those_that_are_not_there_stay() -> None:
    survey = asked(dawn={**DAWN, "answer": "As [?dawn] says."})
    assert cited_text(survey, "`[?dawn]` [?dusk] [?dawn](x)", "") == "`[?dawn]` [?dusk] [?dawn](x)"
    linked = cited_text(survey, "See [?dawn].", "../")
    assert 'data-survey-about="Settled: As Do swifts &amp; swallows scream? says."' in linked
    assert ">Do swifts &amp; swallows scream?</a>." in linked


def test_papers_on_sides_are_citations_and_what_became_of_them_is_marked_until_somebody_looked() -> None:
    gone = bird(3, themes=["song"], status="retracted", status_since="2026-10-02")
    later = bird(8, relations=[{"type": "later-version-of", "paper": key(4)}], added="2026-11-01")

    def page(**changes: Any) -> tuple[Survey, Any]:
        made = Question.model_validate({**DAWN, **changes, "id": "dawn"})
        bare = birds.survey()
        whole = build_survey(bare.settings, bare.taxonomy, [gone, *PAPERS[1:], later], questions=[made])
        [site_page] = build_question_pages(Renderer(whole))
        return whole, html.fromstring(site_page.body)

    whole, built = page(sides=[{**SIDES[0], "papers": {key(3): "a <b>", "old2001name": "in part"}}, SIDES[1]])
    found = {key: [(link.id, link.sentence) for link in links] for key, links in backlinks_of(whole).by_key.items()}
    assert found == {
        key(3): [
            (f"c-{key(3)}-1", "They do."),
            (f"c-{key(3)}-2", "they do, says Nuthatch et al."),
            (f"c-{key(3)}-3", "a <b>"),
        ],
        key(4): [(f"c-{key(4)}-1", "in part")],
        key(7): [(f"c-{key(7)}-1", "none"), (f"c-{key(7)}-2", "A count at dawn.")],
    }
    assert built.xpath('string(//h2[@id="decided-by"])') == "What would change it"
    assert built.xpath('//h2[@id="decided-by"]/following-sibling::p[1]//@id') == [f"c-{key(7)}-2"]
    assert built.xpath("//@id[starts-with(., 'c-')]") == [name for links in found.values() for name, _ in links]
    assert {link.kind for links in backlinks_of(whole).by_key.values() for link in links} == {"question"}
    notices = [line.text_content().split(".")[0] for line in built.xpath("//aside/p[not(@class)]")]
    assert notices[0] == "3 sentences rest on a paper retracted on 2 Oct 2026"
    assert notices[1].startswith("1 sentence rests on a paper superseded on 1 Nov 2026")
    marks = [mark.text for mark in built.xpath("//a[@class='survey-mark']")]
    assert [mark.split()[0] for mark in marks] == ["(retracted)", "(retracted)", "(retracted)", "(superseded"]
    _, half = page(reviewed={key(3): "2026-10-02"}, sides=[SIDES[1]])
    assert not half.xpath("//aside | //a[@class='survey-mark']")
    _, looked = page(reviewed={"all": "2026-11-01"}, sides=SIDES[1:])
    assert not looked.xpath("//aside | //a[@class='survey-mark']")
