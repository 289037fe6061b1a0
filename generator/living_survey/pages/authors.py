"""Authors on pages: where each is listed, and the lists of them. I/O: none."""

from collections import Counter
from collections.abc import Iterator
from functools import cached_property
from itertools import groupby

from living_survey.model import addresses
from living_survey.model.labels import label
from living_survey.model.paper import Paper
from living_survey.model.parts import Author
from living_survey.model.survey import Listing, Survey
from living_survey.pages.entry import PaperLink
from living_survey.pages.listing import ListingLink
from living_survey.pages.renderer import Renderer
from living_survey.pages.site_page import Pager, SitePage
from living_survey.pages.view import view


@view
class AuthorLink:
    """An author of a paper, with the page or the line on which they are listed."""

    name: str
    address: str
    orcid: str


@view
class AuthorLine:
    """A line in the index of authors: of several papers their number, of one the paper itself."""

    listing: ListingLink
    slug: str
    paper: PaperLink | None
    """The only one; none where there are several."""

    @classmethod
    def build(cls, author: Listing) -> "AuthorLine":
        """Return the line of an author."""
        several = len(author.papers) > 1
        listing = ListingLink(addresses.author(author.slug), author.name, len(author.papers))
        return cls(listing, author.slug, None if several else PaperLink.build(author.papers[0]))


@view
class LetterLink:
    """A letter of the index, and how many authors stand under it."""

    address: str
    letter: str
    number: int


class AuthorLinks:
    """Where the authors of a survey are listed."""

    def __init__(self, renderer: Renderer) -> None:
        """Take the survey."""
        self._survey = renderer.survey

    def of(self, paper: Paper) -> tuple[AuthorLink, ...]:
        """Return the authors of a paper, in their order."""
        return tuple(AuthorLink(author.name, self.address(author), author.orcid or "") for author in paper.authors)

    def address(self, author: Author) -> str:
        """Return an author's page, or their line in the index while they have one paper."""
        slug = self._survey.author_slug(author)
        return addresses.author(slug) if len(self._survey.authors[slug].papers) > 1 else self._lines[slug]

    @cached_property
    def _lines(self) -> dict[str, str]:
        size = self._survey.settings.index_size
        lines = {}
        for letter, authors in _by_letter(self._survey):
            first = addresses.author_letter(letter)
            for index, author in enumerate(authors):
                lines[author.slug] = f"{addresses.list_page(first, index // size + 1)}#{author.slug}"
        return lines


def render_authors(renderer: Renderer, page: str) -> str:
    """Return the letters of the index, and who has the most papers."""
    authors = renderer.survey.authors.values()
    counts = sorted(Counter(addresses.letter(author.sort_slug) for author in authors).items())
    letters = [LetterLink(addresses.author_letter(letter), letter.upper(), number) for letter, number in counts]
    several = [author for author in authors if len(author.papers) > 1]
    most = sorted(several, key=lambda author: -len(author.papers))[: renderer.survey.settings.index_size]
    links = [ListingLink(addresses.author(author.slug), author.name, len(author.papers)) for author in most]
    return renderer.render("authors.html", page, total=len(authors), letters=letters, most=links)


def build_author_indices(renderer: Renderer) -> Iterator[SitePage]:
    """Yield the pages of all authors, a letter after the other."""
    size = renderer.survey.settings.index_size
    for letter, authors in _by_letter(renderer.survey):
        first = addresses.author_letter(letter)
        title = label("authors.under", letter=letter.upper() if letter.isalpha() else "0–9")
        for number in range(1, -(-len(authors) // size) + 1):
            address = addresses.list_page(first, number)
            lines = [AuthorLine.build(author) for author in authors[(number - 1) * size : number * size]]
            pager = Pager.build(first, number, len(authors), size)
            body = renderer.render("authors_letter.html", address, authors=lines, pager=pager, index=addresses.AUTHORS)
            description = label("counts.authors", len(authors))
            yield SitePage(address, pager.title(title), description, body)


def _by_letter(survey: Survey) -> Iterator[tuple[str, list[Listing]]]:
    grouped = groupby(survey.authors.values(), key=lambda author: addresses.letter(author.sort_slug))
    return ((letter, list(authors)) for letter, authors in grouped)
