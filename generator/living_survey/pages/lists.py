"""The pages that are made from papers alone: papers, authors, venues, years, pages 2..n of lists.

They are put into a shell that the host renders once (`living_survey.publish.shell`). Pages that have text of the
editors' (home, themes) get their lists as blocks, see `living_survey.pages.blocks`. I/O: none.
"""

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import TypeVar

from living_survey.model import addresses
from living_survey.model.paper import Paper
from living_survey.pages.head import list_head
from living_survey.pages.renderer import Renderer
from living_survey.pages.site_page import Pager, SitePage

T = TypeVar("T")


def build_list_pages(renderer: Renderer) -> Iterator[SitePage]:
    """Yield author, venue and year pages, and the further pages of all long lists."""
    survey = renderer.survey
    for theme in survey.taxonomy.by_path.values():
        yield from _further(renderer, addresses.theme(theme.path), theme.title, survey.by_theme[theme.path])
    if survey.unfiled:
        yield from _all(renderer, addresses.unfiled(), "Not filed yet", survey.unfiled)
    yield from _further(renderer, addresses.PAPERS, "All papers", survey.newest)
    for author in survey.authors.values():
        if len(author.papers) > 1:
            yield from _all(renderer, addresses.author(author.slug), author.name, author.papers)
    for venue in survey.venues.values():
        yield from _all(renderer, addresses.venue(venue.slug), venue.name, venue.papers)
    for year in survey.years.values():
        yield from _all(renderer, addresses.year(int(year.slug)), year.name, year.papers)
    yield from _author_indices(renderer)
    first = addresses.VENUES
    for number, venues in _pages(list(survey.venues.values()), survey.settings.page_size):
        if number > 1:
            address = addresses.list_page(first, number)
            pager = Pager.build(first, number, len(survey.venues), survey.settings.page_size)
            body = renderer.render("venues.html", address, venues=venues, pager=pager)
            yield SitePage(address, f"Venues, page {number}", "", body)


def _author_indices(renderer: Renderer) -> Iterator[SitePage]:
    size = renderer.survey.settings.page_size
    for letter, group in groupby(
        renderer.survey.authors.values(), key=lambda author: addresses.letter(author.sort_slug)
    ):
        authors = list(group)
        first = addresses.author_letter(letter)
        title = f"Authors: {letter.upper() if letter.isalpha() else '0–9'}"
        for number, page in _pages(authors, size):
            address = addresses.list_page(first, number)
            pager = Pager.build(first, number, len(authors), size)
            body = renderer.render("authors_letter.html", address, authors=page, pager=pager)
            yield SitePage(
                address, title if number == 1 else f"{title}, page {number}", f"{len(authors)} authors", body
            )


def _all(renderer: Renderer, first: str, title: str, papers: Sequence[Paper]) -> Iterator[SitePage]:
    yield _page(renderer, first, title, papers, 1)
    yield from _further(renderer, first, title, papers)


def _further(renderer: Renderer, first: str, title: str, papers: Sequence[Paper]) -> Iterator[SitePage]:
    pages = -(-len(papers) // renderer.survey.settings.page_size)
    for number in range(2, pages + 1):
        yield _page(renderer, first, title, papers, number)


def _page(renderer: Renderer, first: str, title: str, papers: Sequence[Paper], number: int) -> SitePage:
    address = addresses.list_page(first, number)
    description = f"{len(papers)} paper{'s' if len(papers) != 1 else ''}"
    body = renderer.paper_list(first, papers, number, counted=True)
    title = title if number == 1 else f"{title}, page {number}"
    head = renderer.head(list_head(renderer.survey, address, title, description))
    return SitePage(address, title, description, body, head)


def _pages(items: Sequence[T], size: int) -> Iterator[tuple[int, Sequence[T]]]:
    for start in range(0, len(items), size):
        yield start // size + 1, items[start : start + size]
