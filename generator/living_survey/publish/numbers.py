"""The numbers of papers as CSV and JSON, one row or object each; quotes are in no file. I/O: none."""

import csv
import io
import json
import math
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from typing import Any

from living_survey.formats.numbers_csv import COLUMNS, cell
from living_survey.model.claims import Claim, claims_of, score
from living_survey.model.paper import Paper
from living_survey.model.registry import Registry
from living_survey.model.units import Form
from living_survey.model.values import as_number


class NumberFiles:
    """The numbers of a survey's papers as files; each is written once, since it stands in those of its themes too."""

    def __init__(self, registry: Registry) -> None:
        """Begin without any.

        Args:
            registry: The survey's names.
        """
        self._registry = registry
        self._written: dict[tuple[str, str], tuple[str, str]] = {}

    def to_csv(self, papers: Iterable[Paper], name: str) -> str:
        """Return numbers as CSV (RFC 4180 but for line feeds), a heading first; no cell starts a formula.

        They stand by key and place in the paper's file. Values and ends of ranges keep their digits, ``4.30``.

        Args:
            papers: Whose numbers.
            name: ``results`` or ``scale``.
        """
        return "".join([_line(COLUMNS), *(line for line, _ in self._of(papers, name))])

    def to_json(self, papers: Iterable[Paper], name: str) -> str:
        """Return numbers as a JSON list, an object a line; a missing part is left out, but for ends without a limit."""
        objects = ",\n".join(one for _, one in self._of(papers, name))
        return f"[\n{objects}\n]\n" if objects else "[]\n"

    def _of(self, papers: Iterable[Paper], name: str) -> Iterator[tuple[str, str]]:
        for paper in sorted(papers, key=lambda paper: paper.key):
            if not (paper.results if name == "results" else paper.scale):
                continue
            if (paper.key, name) not in self._written:
                rows = [_row(claim, self._registry) for claim in claims_of(paper) if claim.list == name]
                lines = "".join(_line([cell(value) for value in row.values()]) for row in rows)
                self._written[paper.key, name] = lines, ",\n".join(map(_object, rows))
            yield self._written[paper.key, name]


def _row(claim: Claim, registry: Registry) -> dict[str, Any]:
    number, metric = claim.number, registry.metrics[claim.number.metric]
    form = number.measured.form
    better: tuple[float | None, float | None] = (None, None)
    if form is Form.RATIO and metric.better != "none":
        low, high = score(number, metric, registry)
        better = _limited(low), _limited(high)
    provenance = claim.paper.provenance
    return {
        "key": claim.paper.key,
        "list": claim.list,
        "metric": number.metric,
        "family": metric.family,
        "form": form.value,
        "value": Decimal(number.value) if number.value else None,
        "low": Decimal(number.low) if number.low else None,
        "high": Decimal(number.high) if number.high else None,
        "bound": number.bound,
        "unit": number.unit,
        "direction": metric.better if claim.list == "results" else None,
        "better_low": better[0],
        "better_high": better[1],
        "baseline": list(number.baseline) if number.baseline else None,
        "baseline_stated": number.baseline_stated is None if number.baseline else None,
        "benchmark": list(number.benchmark) if number.benchmark else None,
        "model": list(number.model) if number.model else None,
        "hardware": list(number.hardware) if number.hardware else None,
        "setting": number.setting,
        "locator": number.locator,
        "confidence": number.confidence,
        "reason": number.reason,
        "quoted": bool(number.quote),
        "read_by": number.read_by or (provenance.checked_by if provenance else None),
        "read": number.read or (provenance.checked if provenance else None),
    }


def _limited(value: float) -> float | None:
    """Return an end with six significant digits; none where nothing limits it."""
    return None if math.isinf(value) else float(f"{value:.6g}")


def _line(cells: Iterable[str]) -> str:
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerow(cells)
    return text.getvalue()


def _object(row: Mapping[str, Any]) -> str:
    kept = {name: value for name, value in row.items() if value is not None or _is_open(name, row)}
    return json.dumps(kept, ensure_ascii=False, default=lambda value: as_number(f"{value:f}"))


def _is_open(name: str, row: Mapping[str, Any]) -> bool:
    """Say whether a missing end of the ratio is one that nothing limits."""
    return name in ("better_low", "better_high") and row["form"] == "ratio" and row["direction"] in ("higher", "lower")
