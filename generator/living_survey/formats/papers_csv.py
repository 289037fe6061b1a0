"""Papers as rows of a table, for spreadsheets. Cells are those of `living_survey.formats.numbers_csv`. I/O: none."""

import csv
import io
from collections.abc import Iterable

from living_survey.formats.entry import PLAIN, Include
from living_survey.formats.numbers_csv import cell
from living_survey.model.paper import Paper

COLUMNS = (
    "key", "title", "short_name", "authors", "year", "type", "status", "venue", "doi", "arxiv", "url", "themes", "kind",
)  # fmt: skip


def to_csv(paper: Paper, _include: Include = PLAIN) -> str:
    """Return a paper as one line (RFC 4180 but for the line feed); no cell starts a formula."""
    names = [author.name for author in paper.authors] + (["et al."] if paper.and_others else [])
    cells = (
        paper.key, paper.title.text, paper.short_name, names, str(paper.year), paper.type, paper.status,
        paper.venue.name if paper.venue else None, paper.doi or paper.arxiv_doi, paper.arxiv, paper.reader_url,
        list(paper.themes or ()), paper.kind,
    )  # fmt: skip
    return _line(map(cell, cells))


def _line(cells: Iterable[str]) -> str:
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerow(cells)
    return text.getvalue()


HEADING = _line(COLUMNS)
