"""The page of a theme: what stands above its text, its views, what stands beside the text."""

from typing import Any

from living_survey.model.theme import Theme
from living_survey.pages.renderer import Renderer
from living_survey.pages.theme_page import (
    ComparisonRow,
    aside_of,
    blocks_of,
    lead_of,
    render_section,
    stats_of,
    theme_views,
)

from tests.fabricate import key, number
from tests.pages.birds import bird, page, renderer, survey

SONG = {"themes": ["song"]}


def song(*papers: Any, **settings: Any) -> tuple[Renderer, Theme]:
    """Return the renderer of a survey, and the theme whose page is made."""
    made = renderer(*papers, **settings)
    return made, made.survey.taxonomy.by_path["song"]


def test_a_row_of_the_comparison_has_a_cell_for_every_column() -> None:
    row = ComparisonRow.build(
        bird(1, attributes={"place": "Oslo"}, links={"code": "https://x.org/"}), ["size", "place"]
    )
    assert (row.attributes, row.kind, [offer.name for offer in row.offers]) == (("", "Oslo"), "experiment", ["code"])
    assert ComparisonRow.build(bird(1, kind=None), ["size"]).attributes == ("",)


def test_views_without_anything_are_left_out() -> None:
    bare = survey(bird(1, **SONG))
    views = theme_views(bare, bare.taxonomy.by_path["song"])
    assert [(one.id, one.sections) for one in views] == [("read", ()), ("papers", (("papers", ""),))]


def full() -> tuple[Renderer, Theme]:
    """Return a survey whose theme has all that one can have."""
    results = [number("2", "x more", baseline="gulls"), number("3", "x more", baseline="gulls", metric="speed")]
    first = bird(
        1, **SONG, attributes={"place": "Oslo"}, results=results, scale=[number("9", "g", metric="mass")],
        relations=[{"type": "uses", "paper": key(2)}],
    )  # fmt: skip
    return song(
        first, bird(2, **SONG), pages=(page("themes/song.md", f"See @{key(1)}."),), attributes={"place": "Place"}
    )


def test_each_view_has_its_sections_and_each_section_is_rendered() -> None:
    made, theme = full()
    views = {one.id: [name for name, _ in one.sections] for one in theme_views(made.survey, theme)}
    assert views == {
        "read": ["references", "also"], "claims": ["claims"], "papers": ["papers"],
        "compare": ["comparison", "relations"], "results": ["numbers", "scale"],
    }  # fmt: skip
    for name in blocks_of(made.survey, theme):
        assert render_section(made, "themes/song/", theme, name).strip()


def test_results_keep_their_address_where_there_is_no_picture_of_claims() -> None:
    made, theme = song(bird(1, **SONG, results=[number("2", "x more", baseline="gulls")]))
    assert {one.id: one.heading for one in theme_views(made.survey, theme)}["results"] == "claims"
    made, theme = full()
    assert {one.id: one.heading for one in theme_views(made.survey, theme)}["results"] == "results-title"


def test_a_theme_says_how_much_it_has_and_where_to_filter_it() -> None:
    made, theme = full()
    lead = lead_of(made.survey, theme)
    assert [(one.number, one.words) for one in lead.stats][:2] == [("2", "papers"), ("2002–2009", "")]
    assert lead.filter == "papers/?theme=song"
    assert [file.address for file in lead.files] == ["bib/themes/song.bib", "bib/themes/song.ris"]
    assert [(one.id, one.number) for one in lead.views] == [
        ("read", 0), ("claims", 2), ("papers", 2), ("compare", 0), ("results", 3),
    ]  # fmt: skip
    assert lead_of(survey(), theme).filter == ""
    assert [one.words for one in stats_of([bird(1, links={"code": "https://x.org/"})])] == ["paper", "", "with code"]


def test_beside_the_text_stand_its_headings_the_largest_claims_and_what_to_read_next() -> None:
    made, theme = full()
    html = (
        '<h2 id="moult">On <em>moult</em><a class="headerlink" href="#moult">¶</a></h2><h2 id="references">R</h2>'
        '<h2 id="comparison" class="survey-view__name">Compare</h2>'
    )
    aside = aside_of(made.survey, theme, html, "../../")
    assert aside.headings == (("moult", "On <em>moult</em>"),)
    assert [text.striptags() for text in aside.claims] == ["Largest: 3× in speed, Ørsted and Šimek against Gulls."]
    assert f'href="../../papers/{key(1)}/#speed-2"' in aside.claims[0]
    assert [address for address, _ in aside.next] == []
