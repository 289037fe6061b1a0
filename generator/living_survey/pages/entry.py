"""A paper as an item of lists: in full, as a link, and where it was published. I/O: none."""

from markupsafe import Markup

from living_survey.model import addresses
from living_survey.model.expressions import tldr_of
from living_survey.model.labels import label
from living_survey.model.paper import Paper
from living_survey.model.parts import GRAVE
from living_survey.model.published import published_version
from living_survey.model.survey import Survey
from living_survey.pages.metadata import coins
from living_survey.pages.renderer import Renderer
from living_survey.pages.view import view

_ROOT = "\x00"
"""Stands for the way to the site's root in what is rendered once; no text of a paper can have it."""
_NAMES = 4
"""Authors that an entry names; the rest is counted."""


@view
class PaperLink:
    """A paper in a few words, with its page."""

    address: str
    title: str
    name: str
    """What it introduces, else who wrote it: for cells of tables."""
    byline: str
    year: int

    @classmethod
    def build(cls, paper: Paper) -> "PaperLink":
        """Return the link to a paper."""
        name = paper.short_name or paper.byline
        return cls(addresses.paper(paper.key), paper.display_title, name, paper.byline, paper.year)


@view
class Published:
    """Where and when the cited version appeared: a venue with its page, or else arXiv or the type; the year."""

    where: str
    venue_address: str
    """Empty where there is no venue."""
    year: int
    year_address: str

    @classmethod
    def build(cls, survey: Survey, paper: Paper) -> "Published":
        """Return where a paper was published."""
        where, address = label("paper.arxiv") if paper.arxiv else type_of(paper), ""
        if paper.venue:
            where, address = paper.venue.short or paper.venue.name, venue_address(survey, paper)
        return cls(where, address, paper.year, addresses.year(paper.year))


@view
class OfferLink:
    """What the authors offer beside the text: ``code``, at an address elsewhere."""

    name: str
    title: str
    url: str


@view
class EntryView:
    """A paper as an item of a list."""

    key: str
    link: PaperLink
    coins: str
    authors: str
    published: Published
    version: str
    """In words, that another version is meant than the entry's; else empty."""
    kind: str
    alarm: str
    tldr: str
    bibtex: str
    read_url: str
    offers: tuple[OfferLink, ...]

    @classmethod
    def build(cls, survey: Survey, paper: Paper, *, published: bool = False) -> "EntryView":
        """Return the entry of a paper; with a word on its published version where that is what is listed."""
        version = published_version(paper) if published else None
        return cls(
            key=paper.key,
            link=PaperLink.build(paper),
            coins=coins(paper),
            authors=some_authors(paper),
            published=Published.build(survey, paper),
            version=label("entry.published_version", year=version.year) if version else "",
            kind=paper.kind or "",
            alarm=alarm(paper),
            tldr=tldr_of(survey, paper),
            bibtex=addresses.paper_file(paper.key, ".bib"),
            read_url=paper.reader_url or "",
            offers=offers(paper),
        )


class Entries:
    """The entries of a survey's papers, each rendered once: a paper stands in some ten lists."""

    def __init__(self, renderer: Renderer) -> None:
        """Begin without any."""
        self._renderer = renderer
        self._rendered: dict[tuple[str, bool], str] = {}

    def render(self, paper: Paper, root: str, *, published: bool = False) -> Markup:
        """Return a paper's entry for a page from which ``root`` leads to the site's root.

        Args:
            paper: The paper.
            root: That way.
            published: Whether it is listed for its published version, and says so.
        """
        name = paper.key, published
        if name not in self._rendered:
            entry = EntryView.build(self._renderer.survey, paper, published=published)
            self._rendered[name] = self._renderer.fill("entry.html", root=_ROOT, entry=entry)
        return Markup(self._rendered[name].replace(_ROOT, root))  # noqa: S704  (rendered with autoescape)


def some_authors(paper: Paper) -> str:
    """Return the first authors, and how many more there are."""
    names = ", ".join(author.name for author in paper.authors[:_NAMES])
    more = len(paper.authors) - _NAMES
    return label("entry.more_authors", more, names=names) if more > 0 else names


def alarm(paper: Paper) -> str:
    """Return the status of a paper that must not be missed, in a word, or nothing."""
    return label(f"paper.statuses.{paper.status}") if paper.status in GRAVE else ""


def type_of(paper: Paper) -> str:
    """Return the type of publication in a word."""
    return label(f"paper.types.{paper.type}")


def offers(paper: Paper) -> tuple[OfferLink, ...]:
    """Return what the authors offer, in canonical order."""
    if not paper.links:
        return ()
    return tuple(
        OfferLink(label(f"offers.{name}.name"), label(f"offers.{name}.title"), url) for name, url in paper.links.items()
    )


def venue_address(survey: Survey, paper: Paper) -> str:
    """Return the page of a paper's venue."""
    slug = survey.venue_slug(paper)
    return addresses.venue(slug) if slug else addresses.VENUES
