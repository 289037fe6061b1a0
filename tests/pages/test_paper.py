"""What the page of a paper shows of it."""

from typing import Any

import pytest
from living_survey.model.paper import Paper
from living_survey.model.parts import Venue, Version
from living_survey.pages.paper import (
    RelatedLine,
    VersionLine,
    build_paper_pages,
    correction,
    edited,
    facts_of,
    origin,
    paper_view,
    publication_notes,
    type_and_status,
    venue_details,
)
from living_survey.pages.ways_to_cite import ways_to_cite

from tests.fabricate import key
from tests.pages.birds import bird, page, renderer

ADA, BO = {"family": "Wren", "given": "Ada"}, {"family": "Swift", "given": "Bo"}
SINCE = {"status_since": "2026-10-02", "status_notice": "https://example.org/notice"}


def facts(paper: Paper, **settings: Any) -> dict[str, tuple[str, str, str]]:
    """Return the facts of a paper: term → (text, address, rest)."""
    found = facts_of(renderer(paper, **settings), paper)
    return {fact.term: (fact.text, fact.href, fact.rest) for fact in found}


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"edited": None}, ""),
        ({"edited": "true", "authors": [ADA]}, "editor"),
        ({"edited": "true", "authors": [ADA, BO]}, "editors"),
    ],
)
def test_authors_who_are_editors(fields: dict[str, Any], words: str) -> None:
    assert edited(bird(1, **fields)) == words


def test_notes_on_a_publication() -> None:
    assert publication_notes(bird(3)) == ("preprint", "first made public 4 Apr 2016")
    assert publication_notes(bird(1, first_public=None)) == ()


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({}, "article"),
        ({"type": "preprint", "status": "preprint"}, "preprint"),
        ({"status": "preprint"}, "article, preprint"),
        ({"status": "retracted", "status_since": "2026-10-02"}, "article, retracted"),
    ],
)
def test_a_status_stands_beside_the_type_where_it_says_more(fields: dict[str, str], words: str) -> None:
    assert type_and_status(bird(1, **fields)) == words


@pytest.mark.parametrize(
    ("venue", "words"),
    [
        ({}, ""),
        ({"series": "Notes", "volume": "1", "number": "2", "pages": "3-9", "publisher": "Press"},
         ", Notes, volume 1, number 2, pages 3–9, Press"),
        ({"pages": "e12"}, ", page or article e12"),
    ],
)  # fmt: skip
def test_details_of_a_venue(venue: dict[str, str], words: str) -> None:
    assert venue_details(Venue(name="Ibis", **venue)) == words


def test_facts_are_those_that_are_known_in_their_order() -> None:
    least = bird(1, themes=None, kind=None, venue=None, doi=None, type="misc")
    assert list(facts(least)) == ["Type", "Citation key"]
    facets = {"habitat": {"title": "Habitat", "values": {"sea": "The sea"}}}
    most = bird(
        1, short_name="SwiftNet", facets={"habitat": ["sea"]}, attributes={"place": "Oslo"}, editors=[ADA, BO],
        arxiv="2401.00001", arxiv_class="q-bio.PE", extra={"how-published": "Leaflet"}, aliases=["old2001a"],
        source_keys=["DBLP:a", "b"],
    )  # fmt: skip
    found = facts(most, facets=facets, attributes={"place": "Place"})
    assert list(found) == [
        "Introduces", "Themes", "Kind", "Habitat", "Place", "Journal", "Edited by", "Type", "DOI", "arXiv",
        "How published", "Citation key", "Former keys", "Keys in other databases",
    ]  # fmt: skip
    assert found["Kind"][0] == "experiment: What was tried"
    assert found["Journal"][1] == "../../venues/jfs/"
    assert found["arXiv"] == ("2401.00001", "https://arxiv.org/abs/2401.00001", " (q-bio.PE)")
    assert found["Edited by"][0] == "Ada Wren, Bo Swift"
    assert found["Keys in other databases"][0] == "DBLP:a, b"


def test_a_venue_is_a_journal_or_what_it_was_published_in() -> None:
    assert "Published in" in facts(bird(1, type="inproceedings"))
    assert "Journal" not in facts(bird(1, type="inproceedings"))


def test_a_version_is_as_long_as_it_is_known() -> None:
    bare = VersionLine.build(Version(title="Old"))
    assert (bare.url, bare.authors, bare.venue, bare.year, bare.doi_url, bare.arxiv, bare.note) == ("",) * 7
    venue = Venue(name="Ibis", volume="3", number="2", pages="1-9")
    full = VersionLine.build(Version(title="Old", venue=venue, doi="10.5555/a<b>", year=1999))
    assert (full.venue, full.year, full.doi_url) == ("Ibis 3 (2), 1–9", "1999", "https://doi.org/10.5555/a%3Cb%3E")
    assert VersionLine.build(Version(title="Old", venue=Venue(name="Ibis"))).venue == "Ibis"


def test_a_relation_leads_to_the_page_or_the_address_or_nowhere() -> None:
    relations = [
        {"type": "extends", "paper": key(2), "note": "more"},
        {"type": "uses", "external": {"title": "Tool", "doi": "10.5555/tool"}},
        {"type": "surveys", "external": {"title": "Lost"}},
    ]
    found = renderer(bird(1, relations=relations), bird(2)).survey.related
    lines = [RelatedLine.build(related, "../../") for related in found[key(1)]]
    assert [(line.label, line.href, line.note) for line in lines] == [
        ("extends", f"../../papers/{key(2)}/", "more"), ("uses", "https://doi.org/10.5555/tool", ""),
        ("surveys", "", ""),
    ]  # fmt: skip
    assert [RelatedLine.build(related, "").label for related in found[key(2)]] == ["extended by"]


def test_ways_to_cite_are_fewer_in_a_large_survey() -> None:
    paper = bird(1)
    rich = list(ways_to_cite(renderer(paper), paper))
    assert [(way.id, way.code) for way in rich] == [
        ("apa", False), ("ieee", False), ("bibtex", True), ("biblatex", True),
    ]  # fmt: skip
    assert [way.id for way in ways_to_cite(renderer(paper, rich_up_to=0), paper)] == ["bibtex"]
    assert "\\&amp;" in rich[2].html


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"added": None}, ""),
        ({}, "Added 2 Jan 2026."),
        ({"added": None, "provenance": {"source": "list"}}, "From list."),
        ({"provenance": {"source": "list", "position": "3"}}, "Added 2 Jan 2026, from list, position 3."),
        (
            {"provenance": {"source": "list", "checked": "2026-01-03"}},
            "Added 2 Jan 2026, from list, checked against its sources on 3 Jan 2026.",
        ),
        (
            {"provenance": {"source": "list", "checked": "2026-01-03", "checked_by": "Ada"}},
            "Added 2 Jan 2026, from list, checked against its sources on 3 Jan 2026 by Ada.",
        ),
        (
            {"provenance": {"source": "list", "basis": "aggregator", "checked": "2026-01-03"}},
            "Added 2 Jan 2026, from list, checked against pages that repeat others on 3 Jan 2026.",
        ),
        ({"provenance": {"source": "list", "checked_by": "Ada"}}, "Added 2 Jan 2026, from list."),
    ],
)
def test_an_entry_says_where_it_is_from(fields: dict[str, Any], words: str) -> None:
    assert origin(bird(1, **fields)) == words


def test_an_entry_can_be_corrected_in_the_ways_that_there_are() -> None:
    edit = '<a href="e?a&amp;b" rel="edit">'
    assert correction("", "") == ""
    assert correction("f", "") == 'Something wrong? <a href="f">Suggest a correction</a>'
    assert correction("", "e?a&b") == f"Something wrong? {edit}Edit this entry</a>"
    assert correction("f", "e?a&b") == (
        f'Something wrong? <a href="f">Suggest a correction</a> or {edit}edit this entry</a>'
    )


@pytest.mark.parametrize(
    ("settings", "pages", "form", "edit"),
    [
        ({}, (page("submit.md"),), True, True),
        ({}, (), False, True),
        ({"rich_up_to": 0}, (page("submit.md"),), False, True),
        ({"repo_url": ""}, (page("submit.md"),), False, False),
    ],
)
def test_a_correction_needs_the_form_and_its_data_and_a_repository(
    settings: dict[str, Any], pages: tuple[Any, ...], form: bool, edit: bool
) -> None:
    paper = bird(1)
    html = paper_view(renderer(paper, pages=pages, **settings), paper).correction
    assert (f'href="../../submit/?paper={paper.key}"' in html) == form
    assert (f"papers/{paper.key}.yaml" in html) == edit


def test_a_paper_leads_to_the_next_newer_and_the_next_older_of_its_theme() -> None:
    papers = [bird(n, themes=["song"], first_public=f"20{n + 10}", year=2010 + n) for n in range(1, 4)]
    made = renderer(*papers)
    first, middle, last = (paper_view(made, paper).peers for paper in papers)
    assert first
    assert middle
    assert last
    assert (middle.theme.address, middle.place) == ("themes/song/", "2 of 3")
    assert [link.year if link else None for link in (middle.newer, middle.older)] == [2013, 2011]
    assert (last.newer, first.older, first.place) == (None, None, "3 of 3")


def test_a_paper_alone_or_without_a_theme_has_no_peers() -> None:
    assert paper_view(renderer(bird(1)), bird(1)).peers is None
    assert paper_view(renderer(bird(1), bird(2, themes=None)), bird(2, themes=None)).peers is None


def test_a_page_says_at_the_top_what_must_not_be_missed() -> None:
    [withdrawn] = build_paper_pages(renderer(bird(1, status="withdrawn", **SINCE)))
    assert '<p class="admonition-title">This paper has been withdrawn</p>' in withdrawn.body
    assert '<p>Since 2 Oct 2026. <a href="https://example.org/notice">Read the notice</a></p>' in withdrawn.body
    [fine] = build_paper_pages(renderer(bird(1)))
    assert "admonition" not in fine.body
    assert (fine.description, fine.modified) == (bird(1).tldr, "2026-01-02")
    [silent] = build_paper_pages(renderer(bird(1, tldr=None, added=None, authors=[ADA])))
    assert (silent.description, silent.modified) == ("Wren, 2002", "")
