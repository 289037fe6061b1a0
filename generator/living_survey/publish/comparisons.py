"""Comparisons as files beside their pages, with the same cells, and all of them as JSON. I/O: none."""

import csv
import io
import json
from collections.abc import Iterator
from typing import Any

from living_survey.formats.bibtex.writer import escape
from living_survey.formats.numbers_csv import cell as cell_of_csv
from living_survey.formats.writers import BY_NAME
from living_survey.model import addresses
from living_survey.model.columns import Column
from living_survey.model.comparing import Compared, compared, text_of
from living_survey.model.labels import label
from living_survey.pages.comparisons import dataset, note_of
from living_survey.pages.renderer import Renderer

_WIDE = 24
"""A column with longer cells, in letters, breaks its lines."""
_NARROW, _NARROWEST = 0.08, 0.1
"""Shares of the line: what a column of short cells takes about, and the least that one with longer cells gets."""


def build_comparison_files(renderer: Renderer) -> Iterator[tuple[str, str]]:
    """Yield (path in the site, text) of all files of comparisons; nothing where there is no comparison."""
    survey, form = renderer.survey, BY_NAME["bibtex"]
    tables = [compared(survey, one) for one in survey.comparisons.values()]
    for table in tables:
        name = table.comparison.id
        papers = sorted(table.papers, key=lambda paper: paper.key)
        yield addresses.comparison_file(name, ".csv"), to_csv(table)
        yield addresses.comparison_file(name, ".tex"), to_tex(table, note_of(survey, table.comparison))
        entries = [renderer.bibliography.entry(form, paper) for paper in papers]
        yield addresses.comparison_file(name, ".bib"), form.join(entries)
        yield addresses.comparison_file(name, ".jsonld"), _json(dataset(renderer, table))
    if tables:
        yield addresses.ALL_COMPARISONS, _json([_row(table, note_of(survey, table.comparison)) for table in tables])


def to_csv(table: Compared) -> str:
    """Return a comparison as CSV: the key of each paper, its name, and the cells of its page."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(["key", "paper", *map(cell_of_csv, table.titles)])
    for row in table.rows:
        name = row.paper.short_name or row.paper.byline
        writer.writerow(map(cell_of_csv, [row.paper.key, name, *map(text_of, row.cells)]))
    return text.getvalue()


def to_tex(table: Compared, note: str = "") -> str:
    """Return a comparison as a table of LaTeX, to be read with ``input``; its note is a comment, for a caption."""
    name = table.comparison.id
    wide = [_is_wide(table, number, column) for number, column in enumerate(table.columns)]
    left = (1 - _NARROW * (1 + wide.count(False))) / max(wide.count(True), 1)
    kinds = [rf"p{{{max(left, _NARROWEST):.2f}\linewidth}}" if one else "l" for one in wide]
    lines = [
        f"% {tex(table.comparison.title)}",
        *([f"% {tex(note)}"] if note else []),
        f"% {label('comparisons.tex.packages')}",
        f"% {label('comparisons.tex.bibliography', file=name)}",
        rf"\begin{{tabular}}{{@{{}}l{''.join(kinds)}@{{}}}}",
        r"\toprule",
        _line([tex(label("comparison.paper")), *map(tex, table.titles)]),
        r"\midrule",
    ]
    for row in table.rows:
        paper = tex(row.paper.short_name or row.paper.byline)
        lines.append(_line([rf"{paper}~\cite{{{row.paper.key}}}", *(tex(text_of(cell)) for cell in row.cells)]))
    return "\n".join([*lines, r"\bottomrule", r"\end{tabular}", ""])


def tex(text: str) -> str:
    """Return text as LaTeX prints it with the fonts that every installation has."""
    return escape(text).replace(r"{\texttimes}", r"$\times$").replace(r"{\textendash}", "--")


def _is_wide(table: Compared, number: int, column: Column) -> bool:
    """Say whether LaTeX breaks the lines of a column; a year or a few short words stand on one."""
    longest = max((len(text_of(row.cells[number])) for row in table.rows), default=0)
    return max(longest, len(table.titles[number])) > _WIDE and column.name != "year"


def _line(cells: list[str]) -> str:
    # A bracket or a star behind the end of a line would be taken for a part of it.
    return " & ".join(f"{{}}{text}" if text.startswith(("[", "*")) else text for text in cells) + r" \\"


def _row(table: Compared, note: str) -> dict[str, Any]:
    one = table.comparison
    return {
        "id": one.id,
        "title": one.title,
        **({"note": note} if note else {}),
        "columns": [column.text for column in table.columns],
        "rows": [
            {"key": row.paper.key, "cells": [[piece.text for piece in cell] for cell in row.cells]}
            for row in table.rows
        ],
    }


def _json(data: Any) -> str:
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"
