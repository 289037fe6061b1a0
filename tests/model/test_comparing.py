"""Cells of comparisons: numbers in the unit of a column, what cannot be said in it, and the day of a comparison."""

from typing import Any

import pytest
from living_survey.model.comparing import compared
from living_survey.model.comparison import Comparison

from tests.fabricate import key, number
from tests.pages.birds import bird, survey


def cell(column: str, *numbers: dict[str, Any]) -> list[str]:
    """Return what stands in the cell of a made paper with numbers."""
    whole = survey(bird(1, results=list(numbers)))
    [row] = compared(
        whole, Comparison.model_validate({"id": "x", "title": "X", "papers": [key(1)], "columns": [column]})
    ).rows
    return [piece.text for piece in row.cells[0]]


@pytest.mark.parametrize(
    ("column", "changes", "text"),
    [
        ("speed km/h", {"value": "10", "unit": "m/s"}, "36"),
        ("speed m/s", {"value": "10", "unit": "m/s"}, "10"),
        ("speed km/h", {"value": "12288", "bound": "up to"}, "up to 12,288"),
        ("speed km/h", {"value": None, "low": "10", "high": "20", "unit": "m/s"}, "36–72"),
        ("speed", {"value": "10", "unit": "m/s"}, "10 m/s"),
        ("speed x", {"value": "15", "unit": "percent more"}, "1.15"),
        ("speed ×", {"value": "4.3", "unit": "x more"}, "4.3"),
        ("speed x", {"value": "4", "unit": "x less", "bound": "at least"}, "at most 0.25"),
        ("speed x", {"value": "4", "unit": "x less", "bound": "at most"}, "at least 0.25"),
        ("speed x", {"value": "4", "unit": "x less", "bound": "up to"}, "down to 0.25"),
        ("speed x", {"value": None, "low": "2", "high": "4", "unit": "x less"}, "0.25–0.5"),
        ("speed percent less", {"value": "4", "unit": "x less", "bound": "at least"}, "at least 75"),
        ("speed percent more", {"value": "4", "unit": "x less"}, "not in % more"),
        ("speed x less", {"value": "100", "unit": "percent less"}, "not in × less"),
        ("speed km/h", {"value": "4", "unit": "x less"}, "not in km/h"),
        ("notes percent", {"metric": "speed"}, ""),
    ],
)
def test_a_number_stands_in_the_unit_of_its_column_with_its_bound(
    column: str, changes: dict[str, Any], text: str
) -> None:
    said = {"baseline": "gulls", **changes} if "x" in str(changes) or "percent" in str(changes) else changes
    assert cell(column, number(**said)) == ([text] if text else [])


def test_all_numbers_of_a_metric_stand_in_the_cell_and_others_are_counted() -> None:
    others = [number("2", "x more", baseline="gulls"), number("3", "x more", baseline="owl")]
    assert cell("speed km/h", number("40"), *others, number("50")) == ["40", "50", "2 not in km/h"]


def test_a_number_that_two_columns_show_is_one_number() -> None:
    whole = survey(bird(1, results=[number("40"), number("2", "x more", baseline="gulls")]))
    made = Comparison.model_validate({"id": "x", "title": "X", "papers": [key(1)], "columns": ["speed", "speed km/h"]})
    assert [claim.anchor for claim in compared(whole, made).claims] == ["speed", "speed-2"]


@pytest.mark.parametrize(
    ("added", "checked", "day"),
    [
        ("2026-01-02", None, "2026-01-02"), ("2026-01-02", "2026-03-01", "2026-03-01"),
        ("2026-05-01", "2026-03-01", "2026-05-01"), (None, None, ""),
    ],
)  # fmt: skip
def test_a_comparison_is_as_of_the_newest_day_of_its_papers(added: str, checked: str, day: str) -> None:
    provenance = {"source": "other", "checked": checked} if checked else None
    whole = survey(bird(1, added=added, provenance=provenance), bird(2, added="2027-01-01"))
    assert (
        compared(
            whole, Comparison.model_validate({"id": "x", "title": "X", "papers": [key(1)], "columns": ["year"]})
        ).as_of
        == day
    )


def test_a_former_key_leads_to_its_paper() -> None:
    whole = survey(bird(1, aliases=["wren1990song"]))
    made = Comparison.model_validate({"id": "x", "title": "X", "papers": ["wren1990song"], "columns": ["year"]})
    assert [row.paper.key for row in compared(whole, made).rows] == [key(1)]
