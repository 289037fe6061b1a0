"""The indices that pages are made from."""

import re
from pathlib import Path
from typing import Any

import pytest
from living_survey.loading.settings import load_settings
from living_survey.loading.survey import load_survey
from living_survey.model import addresses
from living_survey.model.survey import Survey

from tests.fabricate import paper, to_yaml, write_survey


def build(folder: Path, **papers: dict[str, Any]) -> Survey:
    """Return a survey of papers given as changes to paper 1."""
    config = write_survey(folder / "survey")
    for n, (name, changes) in enumerate(papers.items()):
        data = {**paper(1), "doi": f"10.5555/{n}", **changes}
        (config.parent / f"papers/{name}.yaml").write_text(to_yaml(data), encoding="utf-8")
    return load_survey(load_settings(config))[0]


def test_a_theme_has_the_papers_of_its_sub_themes_once(tmp_path: Path) -> None:
    survey = build(
        tmp_path,
        a={"themes": ["flight/height", "flight/speed"]},
        b={"themes": ["flight"]},
        c={"themes": ["song", "flight/speed"]},
    )
    found = {path: sorted(paper.key for paper in papers) for path, papers in survey.by_theme.items()}
    assert found == {
        "flight": ["a", "b", "c"], "flight/height": ["a"], "flight/speed": ["a", "c"], "season": [], "song": ["c"],
    }  # fmt: skip


def test_newest_is_by_date_then_by_key(tmp_path: Path) -> None:
    survey = build(
        tmp_path,
        b={"first_public": "2020-05"},
        a={"first_public": "2020-05"},
        c={"first_public": "2020-05-02"},
        d={"first_public": "2019"},
    )
    assert [paper.key for paper in survey.newest] == ["c", "a", "b", "d"]


def test_one_name_is_one_author_until_orcids_tell_them_apart(tmp_path: Path) -> None:
    ada = {"family": "Wren", "given": "Ada"}
    one, other = "0000-0002-1825-0097", "0000-0001-5109-3700"
    same = build(tmp_path / "1", a={"authors": [ada]}, b={"authors": [{**ada, "orcid": one}]}, c={"authors": [ada]})
    assert [(slug, len(listing.papers)) for slug, listing in same.authors.items()] == [("ada-wren", 3)]
    two = build(tmp_path / "2", a={"authors": [{**ada, "orcid": one}]}, b={"authors": [{**ada, "orcid": other}]})
    assert sorted(two.authors) == ["ada-wren-0097", "ada-wren-3700"]
    named = build(tmp_path / "3", a={"authors": [ada]}, b={"authors": [{**ada, "id": "ada-wren-of-skomer"}]})
    assert sorted(named.authors) == ["ada-wren", "ada-wren-of-skomer"]


def test_venues_are_grouped_by_their_short_name(tmp_path: Path) -> None:
    survey = build(
        tmp_path,
        a={"venue": {"name": "Proceedings of Bird Days 2020", "short": "Bird Days"}},
        b={"venue": {"name": "Proceedings of Bird Days 2021", "short": "Bird Days"}},
        c={"venue": {"name": "Ibis"}},
    )
    assert {slug: len(venue.papers) for slug, venue in survey.venues.items()} == {"bird-days": 2, "ibis": 1}


def test_relations_read_from_both_sides(tmp_path: Path) -> None:
    survey = build(
        tmp_path,
        a={"relations": [
            {"type": "extends", "paper": "b"}, {"type": "same-series", "paper": "c"},
            {"type": "uses", "external": {"title": "Rings", "doi": "10.5555/rings"}},
        ]},
        b={}, c={},
    )  # fmt: skip
    sides = {key: [(one.label, one.title, one.url) for one in found] for key, found in survey.related.items()}
    title = survey.papers["a"].title
    assert sides == {
        "a": [
            ("extends", title, None),
            ("same series", title, None),
            ("uses", "Rings", "https://doi.org/10.5555/rings"),
        ],
        "b": [("extended by", title, None)],
        "c": [("same series", title, None)],
    }


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("Ådne Ørsted-Šimek", "adne-orsted-simek"),
        ("D’Arcy O'Neill", "darcy-oneill"),
        ("大雁", "dayan"),
        ("Page", "page-x"),
        ("Q", "q-x"),
        ("☃\u0300", None),
        ("\u2060", "u2060"),
    ],
)
def test_slugs_are_ascii_and_never_empty_or_reserved(name: str, slug: str | None) -> None:
    found = addresses.slugify(name)
    assert found
    assert found.isascii()
    assert slug in (None, found)


def test_slugs_of_long_names_are_short_and_tell_them_apart() -> None:
    long = "Transactions on Everything, " * 20
    slugs = {addresses.slugify(long + end) for end in ("", "A", "B")} | {addresses.slugify("雁" * 300)}
    assert len(slugs) == 4
    assert all(len(slug) <= addresses.MAX_SLUG and re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", slug) for slug in slugs)
    assert addresses.slugify(long) == addresses.slugify(f"  {long.upper()}!")
    just = "a" * addresses.MAX_SLUG
    assert addresses.slugify(just) == just


def test_addresses_are_the_contract() -> None:
    assert addresses.paper("a2020b") == "papers/a2020b/"
    assert addresses.paper_file("a2020b", ".bib") == "papers/a2020b/a2020b.bib"
    assert addresses.theme("flight/height") == "themes/flight/height/"
    assert addresses.theme_bibliography("flight/height") == "bib/themes/flight/height"
    assert addresses.list_page("papers/", 1) == "papers/"
    assert addresses.list_page("themes/song/", 3) == "themes/song/page/3/"
    assert addresses.relative("papers/a/", "themes/x/") == "../../papers/a/"
    assert addresses.relative("", "") == "./"
