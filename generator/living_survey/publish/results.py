"""The claims of papers as CSV and JSON. I/O: none."""

import csv
import io
import json
from collections.abc import Iterable

from living_survey.model.paper import Paper
from living_survey.model.results import number_of

COLUMNS = ("key", "metric", "value", "unit", "direction", "baseline", "setting", "evidence")


def _rows(papers: Iterable[Paper]) -> list[dict[str, str]]:
    rows = []
    for paper in sorted(papers, key=lambda paper: paper.key):
        for result in paper.results or ():
            values = {name: getattr(result, name) or "" for name in COLUMNS[1:]}
            rows.append({"key": paper.key, **values})
    return rows


def to_csv(papers: Iterable[Paper]) -> str:
    """Return all claims as CSV (RFC 4180 but for line feeds), a heading first; no cell starts a formula."""
    text = io.StringIO()
    writer = csv.DictWriter(text, COLUMNS, lineterminator="\n")
    writer.writeheader()
    for row in _rows(papers):
        # A spreadsheet would run what starts like a formula; numbers with a sign are numbers.
        safe = {
            name: f"'{value}" if value[:1] in ("=", "+", "-", "@", "\t") and number_of(value) is None else value
            for name, value in row.items()
        }
        writer.writerow(safe)
    return text.getvalue()


def to_json(papers: Iterable[Paper]) -> str:
    """Return all claims as a JSON list of objects; a missing part is left out."""
    rows = [{name: value for name, value in row.items() if value} for row in _rows(papers)]
    return json.dumps(rows, ensure_ascii=False, indent=1) + "\n"
