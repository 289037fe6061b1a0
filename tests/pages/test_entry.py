"""A paper as an item of lists."""

import pytest
from living_survey.pages.entry import (
    Entries,
    EntryView,
    PaperLink,
    Published,
    alarm,
    offers,
    some_authors,
    type_of,
    venue_address,
)

from tests.pages.birds import bird, renderer, survey

ADA = {"family": "Wren", "given": "Ada"}
PEOPLE = [{**ADA, "given": f"Ada {letter}."} for letter in "ABCDEF"]


def test_a_link_names_what_the_paper_introduces_else_who_wrote_it() -> None:
    paper = bird(1, authors=[ADA])
    link = PaperLink.build(paper)
    assert (link.address, link.name, link.byline, link.year) == (f"papers/{paper.key}/", "Wren", "Wren", 2002)
    named = PaperLink.build(bird(1, authors=[ADA], short_name="SwiftNet"))
    assert (named.name, named.byline) == ("SwiftNet", "Wren")
    assert named.title == f"SwiftNet: {paper.title}"


@pytest.mark.parametrize(
    ("fields", "where", "address"),
    [
        ({"venue": {"name": "Ibis Letters", "short": "Ibis"}, "arxiv": "2401.00001"}, "Ibis", "venues/ibis/"),
        ({"venue": {"name": "Ibis Letters"}}, "Ibis Letters", "venues/ibis-letters/"),
        ({"type": "preprint", "venue": None, "arxiv": "2401.00001"}, "arXiv", ""),
        ({"type": "software", "venue": None}, "software", ""),
    ],
)
def test_where_a_paper_was_published_is_its_venue_else_arxiv_else_its_type(
    fields: dict[str, object], where: str, address: str
) -> None:
    paper = bird(1, **fields)
    found = Published.build(survey(paper), paper)
    assert (found.where, found.venue_address, found.year, found.year_address) == (where, address, 2002, "years/2002/")


def test_a_paper_without_a_venue_leads_to_all_venues() -> None:
    assert venue_address(survey(), bird(3)) == "venues/"


@pytest.mark.parametrize(
    ("people", "words"),
    [
        (PEOPLE[:1], "Ada A. Wren"),
        (PEOPLE[:4], "Ada A. Wren, Ada B. Wren, Ada C. Wren, Ada D. Wren"),
        (PEOPLE[:5], "Ada A. Wren, Ada B. Wren, Ada C. Wren, Ada D. Wren and 1 more"),
        (PEOPLE[:6], "Ada A. Wren, Ada B. Wren, Ada C. Wren, Ada D. Wren and 2 more"),
    ],
)
def test_an_entry_names_four_authors(people: list[dict[str, str]], words: str) -> None:
    assert some_authors(bird(1, authors=people)) == words


@pytest.mark.parametrize(
    ("status", "word"), [("withdrawn", "withdrawn"), ("retracted", "retracted"), ("preprint", ""), (None, "")]
)
def test_what_a_reader_must_not_miss(status: str | None, word: str) -> None:
    assert alarm(bird(1, status=status, status_since="2026-10-02")) == word


def test_types_and_offers_are_in_words() -> None:
    links = {"weights": "https://example.org/w", "code": "https://example.org/c"}
    assert [(one.name, one.title, one.url[-1]) for one in offers(bird(1, links=links))] == [
        ("code", "Code", "c"), ("weights", "Weights", "w"),
    ]  # fmt: skip
    assert offers(bird(1)) == ()
    assert type_of(bird(1)) == "article"


def test_an_entry_is_empty_where_a_paper_says_nothing() -> None:
    paper = bird(1, kind=None, tldr=None, doi=None, type="misc", venue=None)
    entry = EntryView.build(survey(paper), paper)
    assert (entry.kind, entry.alarm, entry.tldr, entry.read_url, entry.offers) == ("", "", "", "", ())
    assert entry.bibtex == f"papers/{paper.key}/{paper.key}.bib"


def test_entries_are_rendered_once_and_lead_from_wherever_they_stand() -> None:
    paper = bird(1, title="Swifts <b> & co")
    made = renderer(paper).once(Entries)
    for root in ("../", "../../"):
        html = made.render(paper, root)
        assert f'<a href="{root}papers/{paper.key}/">Swifts &lt;b&gt; &amp; co</a>' in html
        assert "\0" not in html
