"""Themes as links, lists and sections."""

from living_survey.pages.relations import relation_views
from living_survey.pages.theme import ThemeLines, ThemeView, render_themes

from tests.fabricate import key
from tests.pages.birds import bird, renderer, survey

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


def test_relations_are_in_words() -> None:
    whole = survey(bird(1, relations=[{"type": "later-version-of", "paper": key(2)}]), bird(2))
    [view] = relation_views(whole, list(whole.papers.values()))
    assert (view.start.address, view.label) == (f"papers/{key(1)}/", "later version of")
    assert view.end.address == f"papers/{key(2)}/"


def test_themes_show_their_definitions_where_asked_for_and_what_is_unfiled() -> None:
    made = renderer(bird(1, themes=None))
    plain, defined = (render_themes(made, "themes/", definitions=asked) for asked in (False, True))
    assert ("How birds stay in the air." in plain, "How birds stay in the air." in defined) == (False, True)
    assert '<a href="../themes/unfiled/">' in plain
    assert "themes/unfiled/" not in render_themes(renderer(bird(1)), "themes/")
