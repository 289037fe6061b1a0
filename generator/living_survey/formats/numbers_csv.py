"""Numbers of papers as CSV: the columns, how a cell is written, and the reading of a file with such columns.

A cell that a spreadsheet would run as a formula gets an apostrophe in front; reading takes it away again. I/O: none.
"""

import csv
import io
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from living_survey.syntax.problems import Problem, did_you_mean, problem

COLUMNS = (
    "key", "list", "metric", "family", "form", "value", "low", "high", "bound", "unit", "direction", "better_low",
    "better_high", "baseline", "baseline_stated", "benchmark", "model", "hardware", "setting", "locator", "confidence",
    "reason", "quoted", "read_by", "read",
)  # fmt: skip
NEEDED = ("key", "list", "metric")
"""Columns without which nothing can be read; those that a file lacks otherwise are empty."""
LISTS = ("baseline", "benchmark", "model", "hardware")
BETWEEN = "; "
_FORMULA = ("=", "+", "-", "@", "\t", "＝", "＋", "－", "＠")


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a table: where it begins in its file, from 1, and its cells by column, empty ones left out."""

    line: int
    cells: dict[str, str]


def cell(value: Any) -> str:
    """Return a value as a cell of CSV, which starts no formula."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Decimal):
        return f"{value:f}"
    text = BETWEEN.join(value) if isinstance(value, list) else str(value)
    return f"'{text}" if isinstance(value, str | list) and _is_formula(text) else text


def _is_formula(text: str) -> bool:
    """Say whether a spreadsheet would run a text, or a text is one that was kept from it."""
    return text.lstrip("'").startswith(_FORMULA)


def read_numbers(text: str, path: str) -> tuple[list[Row], list[Problem]]:
    """Read a table of numbers: its rows, and what of it cannot be read.

    Args:
        text: The file, lines ended by line feeds.
        path: The file, as it is reported.
    """
    problems = list[Problem]()
    lines = _lines(text, path, problems)
    first = next(lines, None)
    if first is None:
        return [], problems or [problem("csv-unreadable", path, (1, 1), reason="no heading in its first line")]
    place, names = (first[0], 1), [name.strip() for name in first[1]]
    if len(names) == 1 and (other := next((sign for sign in ";\t" if sign in names[0]), "")):
        reason = f"columns are parted by {'semicolons' if other == ';' else 'tabs'}"
        return [], [problem("csv-unreadable", path, place, hint="save it as CSV with commas", reason=reason)]
    for name, count in Counter(names).items():
        if name not in COLUMNS:
            hint = did_you_mean(name, COLUMNS, list_few=False)
            problems.append(problem("csv-column-unknown", path, place, hint=hint, name=name[:80]))
        elif count > 1:
            problems.append(problem("csv-column-twice", path, place, name=name))
    missing = [name for name in NEEDED if name not in names]
    problems += [problem("csv-column-missing", path, place, name=name) for name in missing]
    if problems:
        return [], problems
    rows = []
    for line, cells in lines:
        if len(cells) != len(names):
            problems.append(problem("csv-cells", path, (line, 1), count=len(cells), wanted=len(names)))
            continue
        rows.append(Row(line, {name: said for name, value in zip(names, cells, strict=True) if (said := _said(value))}))
    return rows, problems


def _lines(text: str, path: str, problems: list[Problem]) -> Iterator[tuple[int, list[str]]]:
    """Yield the line on which a row begins, and its cells; rows without any text are left out."""
    reader, begin = csv.reader(io.StringIO(text, newline=""), strict=True), 1
    while True:
        try:
            cells = next(reader, None)
        except csv.Error as error:
            hint = "put cells with commas, quotes, or line ends in double quotes, and write a quote inside as two"
            problems.append(problem("csv-unreadable", path, (begin, 1), hint=hint, reason=str(error)))
            return
        if cells is None:
            return
        if any(one.strip() for one in cells):
            yield begin, cells
        begin = reader.line_num + 1


def _said(value: str) -> str:
    """Return what a cell says: without the sign that kept it from being a formula, on one line."""
    text = value.strip()
    if text.startswith("'") and _is_formula(text):
        text = text[1:]
    return " ".join(text.split())
