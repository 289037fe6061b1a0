"""The page of all papers with its filters, the pages of kinds and facets, and the files behind them."""

import json
from typing import Any

from living_survey.pages.explorer import render_explorer
from living_survey.pages.facets import build_facet_pages, facet_addresses, facet_depths
from living_survey.pages.lists import build_list_pages
from living_survey.publish.explore import explore_files, explored_addresses

from tests.fabricate import key
from tests.model.test_axes import HABITAT
from tests.pages.birds import bird, renderer

PAPERS = (
    bird(1, facets={"habitat": ["high-sea"]}, themes=["flight/speed"]),
    bird(2, facets={"habitat": ["sea"]}, themes=["flight/height"]),
    bird(3, facets={"habitat": ["cliff"]}, themes=["song"]),
)
SETTINGS: dict[str, Any] = {"facets": {"habitat": HABITAT}, "page_size": 2}


def test_filters_are_links_to_the_pages_of_values() -> None:
    html = " ".join(render_explorer(renderer(*PAPERS, **SETTINGS), "papers/").split())
    assert '<li data-value="flight" data-count="2"><a href="../themes/flight/">Flight</a>' in html
    assert '<a href="../kinds/review/">review</a>' in html
    assert '<a href="../facets/habitat/sea/">sea</a>' in html
    assert "high sea" not in html  # it stands below another one
    assert '<a href="../facets/habitat/">All 4</a>' in html
    assert html.count('<li class="survey-entry">') == 2


def test_a_survey_without_papers_has_the_page_too() -> None:
    assert 'role="status">0 papers</p>' in render_explorer(renderer(), "papers/")


def test_each_value_of_a_facet_has_a_page_with_the_papers_below_it() -> None:
    made = renderer(*PAPERS, **SETTINGS)
    pages = {page.address: page for page in build_facet_pages(made)}
    sea = pages["facets/habitat/sea/"]
    assert (sea.title, sea.description) == ("Habitat: sea", "Salt water")
    assert key(1) in sea.body
    assert key(2) in sea.body
    assert key(3) not in sea.body
    assert '<a href="../../../papers/?habitat=sea">Filter these 2 papers</a>' in sea.body
    tree = " ".join(pages["facets/habitat/"].body.split())
    assert (
        '<a href="../../facets/habitat/land/">land</a> (1): Dry<ul> <li><a href="../../facets/habitat/cliff/">' in tree
    )
    assert set(facet_addresses(made.survey)) == {address for address in pages if "/page/" not in address}
    assert {address.count("/") for address in pages} <= facet_depths(made)


def test_pages_of_kinds_have_further_pages() -> None:
    made = renderer(*(bird(n, kind="review" if n < 6 else "experiment") for n in range(1, 7)), page_size=2)
    pages = {page.address: page for page in build_facet_pages(made)}
    assert [address for address in pages if "review" in address] == [
        "kinds/review/", "kinds/review/page/2/", "kinds/review/page/3/",
    ]  # fmt: skip
    assert pages["kinds/review/"].title == "Review"
    assert "What was read" in pages["kinds/review/"].body
    assert "What was read" not in pages["kinds/review/page/2/"].body
    assert {address.count("/") for address in pages} <= facet_depths(made)


def test_lists_lead_to_the_filters() -> None:
    pages = {page.address: page.body for page in build_list_pages(renderer(bird(1), bird(2), bird(31), bird(32)))}
    assert '<a href="../../papers/?year=2002">Filter these 2 papers</a>' in pages["years/2002/"]
    venue = next(address for address, body in pages.items() if address.startswith("venues/") and "2 papers" in body)
    assert f'papers/?venue={venue.split("/")[1]}">' in pages[venue]


def test_files_say_of_each_paper_its_values_the_newest_first() -> None:
    made = renderer(*PAPERS, **SETTINGS)
    files = dict(explore_files(made))
    assert set(files) == set(explored_addresses(made.survey))
    whole = json.loads(files["explore/axes.json"])
    order = [paper.key for paper in made.survey.newest]
    habitat = next(axis for axis in whole["axes"] if axis["name"] == "habitat")
    ids = [value[0] for value in habitat["values"]]
    said = dict(zip(order, habitat["of"].split(","), strict=True))
    assert {paper: [ids[int(number)] for number in own.split()] for paper, own in said.items()} == {
        key(1): ["high-sea"], key(2): ["sea"], key(3): ["cliff"],
    }  # fmt: skip
    assert habitat["values"][1] == ["high-sea", "high sea", 0]
    keys = json.loads(files["explore/keys.json"])
    assert keys["keys"].split() == order
    assert [order[number] for number in keys["added"]] == sorted(order)
    entries = json.loads(files["explore/entries/0.json"])
    assert [key in entry for key, entry in zip(order, entries, strict=True)] == [True] * 3
    assert not any("Z3988" in entry for entry in entries)
