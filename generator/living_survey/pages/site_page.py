"""A generated page, and its place in a list of several. I/O: none."""

from dataclasses import dataclass

from living_survey.model import addresses


@dataclass(frozen=True, slots=True)
class SitePage:
    """A page whose body is ready: address, title and description as plain text, head and body as HTML."""

    address: str
    title: str
    description: str
    body: str
    head: str = ""
    modified: str = ""
    """Day of the last change, from data; empty when data does not say."""


@dataclass(frozen=True, slots=True)
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

    @property
    def previous(self) -> str | None:
        """Address of the page before."""
        return addresses.list_page(self.first, self.number - 1) if self.number > 1 else None

    @property
    def next(self) -> str | None:
        """Address of the page after."""
        return addresses.list_page(self.first, self.number + 1) if self.number < self.pages else None
