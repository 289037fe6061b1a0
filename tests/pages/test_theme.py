"""Themes as links, lists and sections."""

from living_survey.pages.figures import edges_of
from living_survey.pages.theme import (
    ComparisonRow,
    RelationView,
    ThemeLines,
    ThemeView,
    render_section,
    render_themes,
    theme_sections,
)

from tests.fabricate import key, number
from tests.pages.birds import bird, page, renderer, survey

FLIGHT = {"themes": ["flight/height"]}


def test_a_theme_counts_its_papers_and_those_below() -> None:
    whole = survey(bird(1, **FLIGHT), bird(2, themes=["flight"]))
    view = ThemeView.build(whole, whole.taxonomy.by_path["flight"])
    assert (view.link.address, view.papers) == ("themes/flight/", 2)
    assert [(child.link.title, child.papers) for child in view.children] == [("Flight height", 1), ("Flight speed", 0)]


def test_a_theme_stands_below_those_above_it() -> None:
    lines = renderer().once(ThemeLines)
    assert [theme.address for theme in lines.of("flight/height")] == ["themes/flight/", "themes/flight/height/"]
    assert lines.title("flight/height") == "Flight › Flight height"
    assert lines.of("flight/height") is lines.of("flight/height")


def test_a_row_of_the_comparison_has_a_cell_for_every_column() -> None:
    row = ComparisonRow.build(
        bird(1, attributes={"place": "Oslo"}, links={"code": "https://x.org/"}), ["size", "place"]
    )
    assert (row.attributes, row.kind, [offer.name for offer in row.offers]) == (("", "Oslo"), "experiment", ["code"])
    assert ComparisonRow.build(bird(1, kind=None), ["size"]).attributes == ("",)


def test_relations_are_in_words() -> None:
    whole = survey(bird(1, relations=[{"type": "later-version-of", "paper": key(2)}]), bird(2))
    [edge] = edges_of(list(whole.papers.values()))
    view = RelationView.build(whole, edge)
    assert (view.start.address, view.label) == (f"papers/{key(1)}/", "later version of")
    assert view.end.address == f"papers/{key(2)}/"


def test_sections_without_anything_are_left_out() -> None:
    song = {"themes": ["song"]}
    bare = survey(bird(1, **song))
    theme = bare.taxonomy.by_path["song"]
    assert [name for name, _ in theme_sections(bare, theme)] == ["papers"]
    papers = [
        bird(
            1,
            **song,
            attributes={"place": "Oslo"},
            results=[number()],
            scale=[number("9", "g", metric="mass")],
            relations=[{"type": "uses", "paper": key(2)}],
        ),
        bird(2, **song),
    ]
    made = renderer(*papers, pages=(page("themes/song.md", f"See @{key(1)}."),), attributes={"place": "Place"})
    sections = dict(theme_sections(made.survey, theme))
    assert list(sections) == ["references", "also", "comparison", "claims", "scale", "relations", "papers"]
    for name in [*sections, "lead"]:
        if name != "references":
            assert render_section(made, "themes/song/", theme, name)


def test_themes_show_their_definitions_where_asked_for_and_what_is_unfiled() -> None:
    made = renderer(bird(1, themes=None))
    plain, defined = (render_themes(made, "themes/", definitions=asked) for asked in (False, True))
    assert ("How birds stay in the air." in plain, "How birds stay in the air." in defined) == (False, True)
    assert '<a href="../themes/unfiled/">' in plain
    assert "themes/unfiled/" not in render_themes(renderer(bird(1)), "themes/")
