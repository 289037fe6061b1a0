"""A survey's bibliography: its entries, each written once for a build, the files they make, and in how many parts.

I/O: none.
"""

from collections.abc import Mapping

from living_survey.formats.entry import PLAIN
from living_survey.formats.writers import BY_NAME, FORMATS, PART_BYTES, Format, cut
from living_survey.model.paper import Paper
from living_survey.pages.view import view

KEPT = BY_NAME["bibtex"]
"""The format whose entries are kept: they stand on pages of papers, in files of their own and in those of themes."""
_LONGEST = 4
"""No format takes more than so many times the bytes of BibTeX; a test says so of difficult papers."""


class Bibliography:
    """The entries of a survey's papers by format.

    Of the formats other than BibTeX, one lies in memory at a time: who goes through formats does so one by one.
    """

    def __init__(self, papers: Mapping[str, Paper]) -> None:
        """Take the papers by key, in the order of keys."""
        self._papers = papers
        self._kept: dict[str, str] = {}
        self._other: dict[str, str] = {}
        self._other_name = ""

    def entry(self, form: Format, paper: Paper) -> str:
        """Return one paper's entry."""
        entries = self._of(form)
        if paper.key not in entries:
            entries[paper.key] = form.entry(paper, PLAIN)
        return entries[paper.key]

    def entries(self, form: Format) -> dict[str, str]:
        """Return the entries of all papers by key, in the order of keys."""
        return {key: self.entry(form, paper) for key, paper in self._papers.items()}

    def parts(self, form: Format, limit: int = PART_BYTES) -> int:
        """Return in how many parts the whole bibliography comes, 0 where it is no longer than a part.

        What is far from the limit by the length of its BibTeX, which has to be written anyway, is not written to be
        measured.
        """
        length = sum(len(entry.encode("utf-8")) for entry in self.entries(KEPT).values())
        if length * _LONGEST <= limit:
            return 0
        return sum(1 for _ in cut(form, list(self.entries(form).values()), limit))

    def _of(self, form: Format) -> dict[str, str]:
        if form.name == KEPT.name:
            return self._kept
        if form.name != self._other_name:
            self._other, self._other_name = {}, form.name
        return self._other


@view
class FileLink:
    """A file to download: where it is, and what it is called."""

    address: str
    title: str


def files_of(bibliography: str) -> tuple[FileLink, ...]:
    """Return the files of a bibliography, whose address is given without the ending of a format."""
    return tuple(FileLink(f"{bibliography}{form.ending}", form.title) for form in FORMATS)
