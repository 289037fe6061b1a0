"""Facets on pages, in tables, in the form and in the schema for editors."""

from living_survey.model.schema import survey_schema
from living_survey.pages.paper import facts_of
from living_survey.pages.tables import coverage
from living_survey.pages.theme_page import evidence_of, render_section
from living_survey.publish.form import form_data, paper_data

from tests.pages.birds import bird, renderer, survey

STEPS = {"small": "4B", "large": None}
FACETS = {
    "size": {"title": "Model size", "from": "models", "steps": STEPS},
    "has": {"title": "Offered", "from": "links"},
    "habitat": {"title": "Habitat", "values": {"sea": "The sea"}},
    "evidence": {
        "title": "Evidence", "from": "results",
        "values": {"baseline": "Against something", "number": "Numbers", "words": "Words only"},
    },
}  # fmt: skip
NUMBER = {"metric": "speed", "value": "3", "unit": "x more"}
PAPERS = (
    bird(1, themes=["song"], models=["1B-7B"], links={"code": "https://x.org/"}, facets={"habitat": ["sea"]}),
    bird(2, themes=["song"], models=["7B"], results=[{**NUMBER, "baseline": "7B-swift"}]),
    bird(3, themes=["flight"], results=[{**NUMBER, "value": "2"}]),
)


def test_derived_facets_are_facts_beside_typed_ones() -> None:
    made = renderer(*PAPERS, facets=FACETS)
    found = {fact.term: fact.text for fact in facts_of(made, PAPERS[0])}
    assert [found[name] for name in ("Model size", "Offered", "Habitat", "Evidence")] == [
        "under 4B, 4B and more", "code", "sea", "Words only",
    ]  # fmt: skip
    assert "Model size" not in {fact.term for fact in facts_of(made, PAPERS[2])}


def test_derived_facets_are_axes_with_their_words() -> None:
    table = coverage(survey(*PAPERS, facets=FACETS), "theme", "size")
    assert (table.top, table.columns) == ("Model size", ("under 4B", "4B and more"))
    assert [(cell.anchor, cell.title, len(cell.papers)) for cell in table.filled] == [
        ("theme-size-song-small", "Song, under 4B", 1), ("theme-size-song-large", "Song, 4B and more", 2),
    ]  # fmt: skip


def test_a_theme_says_what_its_papers_rest_on() -> None:
    made = renderer(*PAPERS, facets=FACETS)
    song, words = made.survey.by_theme["song"], evidence_of(made.survey, made.survey.by_theme["song"])
    assert words == ("2 papers: 1 with numbers against a named baseline, 0 with numbers without one, 1 in words only.")
    assert len(song) == 2
    beside = render_section(made, "themes/song/", made.survey.taxonomy.by_path["song"], "aside")
    assert f'<p class="survey-evidence">{words}</p>' in beside
    assert evidence_of(made.survey, []) == ""


def test_a_survey_without_that_facet_says_nothing_of_it() -> None:
    made = renderer(*PAPERS, facets={"habitat": FACETS["habitat"]})
    assert "survey-evidence" not in render_section(made, "themes/song/", made.survey.taxonomy.by_path["song"], "aside")


def test_forms_and_editors_offer_typed_facets_alone() -> None:
    whole = survey(*PAPERS, facets=FACETS)
    assert list(form_data(whole)["facets"]) == ["habitat"]
    assert list(survey_schema(whole)["properties"]["facets"]["properties"]) == ["habitat"]
    # The form for corrections writes a file from this: it has what the file says and no more.
    assert paper_data(PAPERS[0])["facets"] == {"habitat": ["sea"]}
    assert "facets" not in paper_data(PAPERS[1])
