"""The formats in which a bibliography can be had: one list, for the site, the command line and the tests.

I/O: none.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from living_survey.formats.bibtex.biblatex import to_biblatex
from living_survey.formats.bibtex.writer import to_bibtex
from living_survey.formats.csl.writer import to_csl_json
from living_survey.formats.entry import Include
from living_survey.formats.papers_csv import HEADING, to_csv
from living_survey.formats.ris.writer import to_ris
from living_survey.model.paper import Paper

PART_BYTES = 50_000_000
"""Longest part of a long bibliography: Overleaf takes no longer file."""


@dataclass(frozen=True, slots=True)
class Format:
    """A format: how an entry is written and how entries make a file."""

    name: str
    """As it is asked for on the command line."""
    title: str
    ending: str
    """Of the file's name, with the dot."""
    media_type: str
    entry: Callable[[Paper, Include], str]
    each: bool = False
    """Whether every paper has a file of its own in it."""
    before: str = ""
    between: str = "\n"
    after: str = ""

    def join(self, entries: Iterable[str]) -> str:
        """Return entries as the text of a file."""
        return self.before + self.between.join(entries) + self.after


FORMATS = (
    Format("bibtex", "BibTeX", ".bib", "application/x-bibtex", to_bibtex, each=True),
    Format("biblatex", "BibLaTeX", ".biblatex.bib", "application/x-bibtex", to_biblatex),
    Format("ris", "RIS", ".ris", "application/x-research-info-systems", to_ris, each=True, between=""),
    Format(
        "csl-json", "CSL-JSON", ".csl.json", "application/vnd.citationstyles.csl+json", to_csl_json,
        before="[\n", between=",\n", after="\n]\n",
    ),
)  # fmt: skip
"""The formats that the site has files of."""


def _key(paper: Paper, _include: Include) -> str:
    return paper.key


def _mention(paper: Paper, _include: Include) -> str:
    return f"@{paper.key}"


CSV = Format("csv", "CSV", ".csv", "text/csv", to_csv, before=HEADING, between="")
KEYS = (
    Format("latex", "LaTeX", ".tex", "application/x-tex", _key, before="\\cite{", between=",", after="}\n"),
    Format("pandoc", "Markdown", ".md", "text/markdown", _mention, before="[", between="; ", after="]\n"),
)
"""Citations of papers, to be put into a text."""
BY_NAME = {form.name: form for form in (*FORMATS, CSV, *KEYS)}
"""All formats, by the names with which `survey export` is asked for them."""


def cut(form: Format, entries: Sequence[str], limit: int = PART_BYTES) -> Iterator[str]:
    """Yield a bibliography in parts of at most ``limit`` bytes, entries whole and in order.

    Nothing is yielded for one that is no longer than that. An entry that is longer is a part of its own.
    """
    sizes = [len((entry + form.between).encode("utf-8")) for entry in entries]
    frame = len((form.before + form.after).encode("utf-8"))
    if frame + sum(sizes) <= limit:
        return
    start, size = 0, frame
    for index, length in enumerate(sizes):
        if index > start and size + length > limit:
            yield form.join(entries[start:index])
            start, size = index, frame
        size += length
    yield form.join(entries[start:])
