"""The pages that are made from papers alone: papers, authors, venues, years, pages 2..n of lists.

They are put into a shell that the host renders once (`living_survey.publish.shell`). Pages that have text of the
editors' (home, themes) get their lists as blocks, see `living_survey.pages.blocks`. I/O: none.
"""

from collections.abc import Collection, Iterator, Sequence

from markupsafe import Markup

from living_survey.model import addresses
from living_survey.model.labels import label
from living_survey.model.paper import Paper
from living_survey.pages.authors import build_author_indices
from living_survey.pages.entry import Entries
from living_survey.pages.head import list_head
from living_survey.pages.listing import ListingLink
from living_survey.pages.renderer import Renderer
from living_survey.pages.site_page import Pager, SitePage, root_of
from living_survey.pages.view import view

_MOST = 12
"""Venues that stand above all others, at most: those with the most papers."""


@view
class PaperList:
    """A list of papers, of which each page has some."""

    first: str
    """Address of its first page."""
    title: str
    papers: Sequence[Paper]
    versions: Collection[str] = ()
    """Keys of papers that are listed for their published version."""
    filtered: str = ""
    """Address of the same papers in the list of all, where they can be filtered further."""
    lead: str = ""
    """What the list is of, in a sentence."""


@view
class ListView:
    """One page of a list of papers."""

    entries: tuple[Markup, ...]
    pager: Pager
    start: int
    """Number of the first paper on it, from 1."""
    counted: bool
    """Whether it says how many papers there are."""
    filtered: str = ""
    lead: str = ""

    @property
    def pager_above(self) -> bool:
        """Whether the other pages are named above the list too: on all but the first."""
        return self.pager.number > 1

    @classmethod
    def build(cls, renderer: Renderer, papers: PaperList, number: int = 1, *, counted: bool = False) -> "ListView":
        """Return page ``number`` of a list of papers, from 1; ``counted`` says whether it tells how many there are."""
        size = renderer.survey.settings.page_size
        start = (number - 1) * size
        entries, root = renderer.once(Entries), root_of(addresses.list_page(papers.first, number))
        shown = tuple(
            entries.render(paper, root, published=paper.key in papers.versions)
            for paper in papers.papers[start : start + size]
        )
        pager = Pager.build(papers.first, number, len(papers.papers), size)
        filtered = papers.filtered if len(papers.papers) > 1 else ""
        return cls(shown, pager, start + 1, counted, filtered, papers.lead if number == 1 else "")


def render_papers(
    renderer: Renderer, first: str, papers: Sequence[Paper], number: int = 1, *, counted: bool = False
) -> str:
    """Return page ``number`` of the list of papers that begins at an address, as HTML."""
    view = ListView.build(renderer, PaperList(first, "", papers), number, counted=counted)
    return renderer.render("papers.html", addresses.list_page(first, number), list=view)


def render_newest(renderer: Renderer, page: str) -> str:
    """Return the newest papers, with the way to all."""
    survey, entries, root = renderer.survey, renderer.once(Entries), root_of(page)
    newest = [entries.render(paper, root) for paper in survey.newest[: survey.settings.newest]]
    return renderer.render("newest.html", page, entries=newest, total=len(survey.papers), papers=addresses.PAPERS)


def render_venues(renderer: Renderer, address: str, number: int = 1) -> str:
    """Return one page of the list of venues."""
    venues, size = list(renderer.survey.venues.values()), renderer.survey.settings.index_size
    pager = Pager.build(addresses.VENUES, number, len(venues), size)
    links = [
        ListingLink(addresses.venue(venue.slug), venue.name, len(venue.papers))
        for venue in venues[(number - 1) * size : number * size]
    ]
    ordered = sorted(venues, key=lambda venue: -len(venue.papers)) if number == 1 else []
    most = [
        ListingLink(addresses.venue(venue.slug), venue.name, len(venue.papers))
        for venue in ordered[:_MOST]
        if len(venue.papers) > 1
    ]
    return renderer.render("venues.html", address, venues=links, pager=pager, most=most)


def render_years(renderer: Renderer, page: str) -> str:
    """Return the list of years."""
    years = [
        ListingLink(addresses.year(int(year.slug)), year.name, len(year.papers))
        for year in renderer.survey.years.values()
    ]
    most = max((year.papers for year in years), default=1)
    return renderer.render("years.html", page, years=years, most=most)


def build_list_pages(renderer: Renderer) -> Iterator[SitePage]:
    """Yield author, venue and year pages, and the further pages of all long lists."""
    survey = renderer.survey
    for theme in survey.taxonomy.by_path.values():
        papers = survey.by_theme[theme.path]
        filtered = addresses.found(theme=theme.path)
        yield from _further(renderer, PaperList(addresses.theme(theme.path), theme.title, papers, filtered=filtered))
    if survey.unfiled:
        yield from list_pages(renderer, PaperList(addresses.unfiled(), label("lists.unfiled"), survey.unfiled))
    everything = PaperList(addresses.PAPERS, label("lists.all_papers"), survey.newest, filtered=addresses.PAPERS)
    yield from _further(renderer, everything)
    for author in survey.authors.values():
        if len(author.papers) > 1:
            filtered = addresses.found(author=author.slug)
            first = addresses.author(author.slug)
            yield from list_pages(renderer, PaperList(first, author.name, author.papers, filtered=filtered))
    for venue in survey.venues.values():
        first, filtered = addresses.venue(venue.slug), addresses.found(venue=venue.slug)
        yield from list_pages(renderer, PaperList(first, venue.name, venue.papers, venue.versions, filtered))
    for year in survey.years.values():
        first, filtered = addresses.year(int(year.slug)), addresses.found(year=year.slug)
        yield from list_pages(renderer, PaperList(first, year.name, year.papers, filtered=filtered))
    yield from build_author_indices(renderer)
    size = survey.settings.index_size
    for number in range(2, -(-len(survey.venues) // size) + 1):
        address = addresses.list_page(addresses.VENUES, number)
        title = Pager.build(addresses.VENUES, number, len(survey.venues), size).title(label("lists.venues"))
        yield SitePage(address, title, "", render_venues(renderer, address, number))


def list_pages(renderer: Renderer, papers: PaperList) -> Iterator[SitePage]:
    """Yield all pages of a list of papers."""
    yield _page(renderer, papers, 1)
    yield from _further(renderer, papers)


def _further(renderer: Renderer, papers: PaperList) -> Iterator[SitePage]:
    pages = -(-len(papers.papers) // renderer.survey.settings.page_size)
    for number in range(2, pages + 1):
        yield _page(renderer, papers, number)


def _page(renderer: Renderer, papers: PaperList, number: int) -> SitePage:
    address = addresses.list_page(papers.first, number)
    description = papers.lead or label("counts.papers", len(papers.papers))
    view = ListView.build(renderer, papers, number, counted=True)
    body = renderer.render("papers.html", address, list=view)
    title = view.pager.title(papers.title)
    head = renderer.head(list_head(renderer.survey, address, title, description))
    return SitePage(address, title, description, body, head)
