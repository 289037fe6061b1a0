"""The numbers of papers as CSV and JSON, one row or object each; quotes are in no file. I/O: none."""

import csv
import io
import json
import math
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from living_survey.formats.numbers_csv import COLUMNS, cell
from living_survey.model.claims import Claim, claims_of, score
from living_survey.model.paper import Paper
from living_survey.model.registry import Registry
from living_survey.model.units import Form
from living_survey.model.values import as_number


def number_rows(papers: Iterable[Paper], registry: Registry, name: str) -> list[dict[str, Any]]:
    """Return the numbers of papers, by key and place in the file; what a paper does not say is None.

    Values and ends of ranges keep their digits, ``4.30``.

    Args:
        papers: Whose numbers.
        registry: The survey's names.
        name: ``results`` or ``scale``.
    """
    return [
        _row(claim, registry)
        for paper in sorted(papers, key=lambda paper: paper.key)
        if (paper.results if name == "results" else paper.scale)
        for claim in claims_of(paper)
        if claim.list == name
    ]


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


def to_csv(rows: Iterable[Mapping[str, Any]]) -> str:
    """Return rows as CSV (RFC 4180 but for line feeds), a heading first; no cell starts a formula."""
    text = io.StringIO()
    writer = csv.DictWriter(text, COLUMNS, lineterminator="\n")
    writer.writeheader()
    for row in rows:
        writer.writerow({name: cell(value) for name, value in row.items()})
    return text.getvalue()


def to_json(rows: Iterable[Mapping[str, Any]]) -> str:
    """Return rows as a JSON list of objects; a missing part is left out, but for ends that nothing limits."""
    kept = [{name: value for name, value in row.items() if value is not None or _is_open(name, row)} for row in rows]
    return json.dumps(kept, ensure_ascii=False, indent=1, default=lambda value: as_number(f"{value:f}")) + "\n"


def _is_open(name: str, row: Mapping[str, Any]) -> bool:
    """Say whether a missing end of the ratio is one that nothing limits."""
    return name in ("better_low", "better_high") and row["form"] == "ratio" and row["direction"] in ("higher", "lower")
