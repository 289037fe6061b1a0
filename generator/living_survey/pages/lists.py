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
class ListView:
    """One page of a list of papers."""

    entries: tuple[Markup, ...]
    pager: Pager
    start: int
    """Number of the first paper on it, from 1."""
    counted: bool
    """Whether it says how many papers there are."""

    @property
    def pager_above(self) -> bool:
        """Whether the other pages are named above the list too: on all but the first."""
        return self.pager.number > 1

    @classmethod
    def build(
        cls,
        renderer: Renderer,
        first: str,
        papers: Sequence[Paper],
        number: int = 1,
        *,
        counted: bool = False,
        versions: Collection[str] = (),
    ) -> "ListView":
        """Return one page of a list of papers.

        Args:
            renderer: The survey's renderer.
            first: Address of the list's first page.
            papers: The whole list.
            number: Which page, from 1.
            counted: Whether to say how many papers there are.
            versions: Keys of papers that are listed for their published version.
        """
        size = renderer.survey.settings.page_size
        start = (number - 1) * size
        entries, root = renderer.once(Entries), root_of(addresses.list_page(first, number))
        shown = tuple(
            entries.render(paper, root, published=paper.key in versions) for paper in papers[start : start + size]
        )
        return cls(shown, Pager.build(first, number, len(papers), size), start + 1, counted)


def render_papers(
    renderer: Renderer, first: str, papers: Sequence[Paper], number: int = 1, *, counted: bool = False
) -> str:
    """Return one page of a list of papers as HTML; arguments as for `ListView.build`."""
    view = ListView.build(renderer, first, papers, number, counted=counted)
    return renderer.render("papers.html", addresses.list_page(first, number), list=view)


def render_newest(renderer: Renderer, page: str) -> str:
    """Return the newest papers, with the way to all."""
    survey, entries, root = renderer.survey, renderer.once(Entries), root_of(page)
    newest = [entries.render(paper, root) for paper in survey.newest[: survey.settings.newest]]
    return renderer.render("newest.html", page, entries=newest, total=len(survey.papers), papers=addresses.PAPERS)


def render_venues(renderer: Renderer, address: str, number: int = 1) -> str:
    """Return one page of the list of venues."""
    venues, size = list(renderer.survey.venues.values()), renderer.survey.settings.page_size
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
        yield from _further(renderer, addresses.theme(theme.path), theme.title, survey.by_theme[theme.path])
    if survey.unfiled:
        yield from _all(renderer, addresses.unfiled(), label("lists.unfiled"), survey.unfiled)
    yield from _further(renderer, addresses.PAPERS, label("lists.all_papers"), survey.newest)
    for author in survey.authors.values():
        if len(author.papers) > 1:
            yield from _all(renderer, addresses.author(author.slug), author.name, author.papers)
    for venue in survey.venues.values():
        yield from _all(renderer, addresses.venue(venue.slug), venue.name, venue.papers, venue.versions)
    for year in survey.years.values():
        yield from _all(renderer, addresses.year(int(year.slug)), year.name, year.papers)
    yield from build_author_indices(renderer)
    size = survey.settings.page_size
    for number in range(2, -(-len(survey.venues) // size) + 1):
        address = addresses.list_page(addresses.VENUES, number)
        title = Pager.build(addresses.VENUES, number, len(survey.venues), size).title(label("lists.venues"))
        yield SitePage(address, title, "", render_venues(renderer, address, number))


def _all(
    renderer: Renderer, first: str, title: str, papers: Sequence[Paper], versions: Collection[str] = ()
) -> Iterator[SitePage]:
    yield _page(renderer, first, title, papers, 1, versions=versions)
    yield from _further(renderer, first, title, papers, versions)


def _further(
    renderer: Renderer, first: str, title: str, papers: Sequence[Paper], versions: Collection[str] = ()
) -> Iterator[SitePage]:
    pages = -(-len(papers) // renderer.survey.settings.page_size)
    for number in range(2, pages + 1):
        yield _page(renderer, first, title, papers, number, versions=versions)


def _page(
    renderer: Renderer, first: str, title: str, papers: Sequence[Paper], number: int, *, versions: Collection[str]
) -> SitePage:
    address = addresses.list_page(first, number)
    description = label("counts.papers", len(papers))
    view = ListView.build(renderer, first, papers, number, counted=True, versions=versions)
    body = renderer.render("papers.html", address, list=view)
    title = view.pager.title(title)
    head = renderer.head(list_head(renderer.survey, address, title, description))
    return SitePage(address, title, description, body, head)
