"""A page of the site: one that is generated, its place in a list of several, the editors' page at an address.

I/O: none.
"""

from living_survey.model import addresses
from living_survey.model.labels import label
from living_survey.model.page import EditorPage
from living_survey.model.survey import Survey
from living_survey.pages.view import view


@view
class SitePage:
    """A page whose body is ready: address, title and description as plain text, head and body as HTML."""

    address: str
    title: str
    description: str
    body: str
    head: str = ""
    modified: str = ""
    """Day of the last change, from data; empty when data does not say."""
    crumbs: str = ""
    """The way to it as HTML; empty where its address alone says it."""


@view
class Pager:
    """Where a page of a list stands among the others."""

    first: str
    number: int
    pages: int
    total: int

    @classmethod
    def build(cls, first: str, number: int, total: int, size: int) -> "Pager":
        """Return the pager of page ``number`` of a list of ``total`` items, ``size`` a page."""
        return cls(first, number, max(1, -(-total // size)), total)

    def title(self, title: str) -> str:
        """Return the title of this page of a list, whose own title is given."""
        return title if self.number == 1 else label("lists.page_title", title=title, number=self.number)

    @property
    def previous(self) -> str | None:
        """Address of the page before."""
        return addresses.list_page(self.first, self.number - 1) if self.number > 1 else None

    @property
    def next(self) -> str | None:
        """Address of the page after."""
        return addresses.list_page(self.first, self.number + 1) if self.number < self.pages else None


def capitalized(text: str) -> str:
    """Return a text that begins with a capital; other than `str.capitalize` does, acronyms in it stay."""
    return text[:1].upper() + text[1:]


def root_of(page: str) -> str:
    """Return the way from the page at an address to the site's root."""
    return "../" * page.count("/")


def page_at(survey: Survey, address: str) -> EditorPage | None:
    """Return the editors' page at an address."""
    stem = address.removesuffix("/")
    sources = (f"{stem}/index.md", f"{stem}.md") if stem else ("index.md",)
    return next((survey.pages[source] for source in sources if source in survey.pages), None)
