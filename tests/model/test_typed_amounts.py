"""Amounts and units as people type them, and what to write instead."""

import pytest
from living_survey.model.typed_amounts import in_place_of
from living_survey.model.units import meant_units


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("4.3x", "write value: 4.3, unit: x more"),
        ("4,3", "write value: 4.3"),
        ("12,288", "write value: 12288"),
        ("1,234,567.5", "write value: 1234567.5"),
        ("3 times", "write value: 3, unit: x more"),
        ("Up to 3x", "write bound: up to, value: 3, unit: x more"),
        ("<4.3", "write bound: at most, value: 4.3"),
        ("more than 300", "write bound: at least, value: 300"),
        ("300+", "write bound: at least, value: 300"),
        ("nearly 5", "write bound: about, value: 5"),
        ("10-20 %", "write low: 10, high: 20, and percent in its unit"),
        ("10%–20%", "write low: 10, high: 20, and percent in its unit"),
        ("between 1.5 and 3x", "write low: 1.5, high: 3, unit: x more"),
        ("7B", "write value: 7, unit: B"),
        ("50K samples", "write value: 50, unit: k samples"),
        ("7 billion", "write value: 7, unit: B"),
        ("121 tokens/s", "write value: 121, unit: tokens/s"),
        ("-50%", "write value: 50, and a unit that ends in less, like percent less"),
        ("twice", "write value: 2, unit: x more"),
        ("half", "write value: 2, unit: x less"),
        ("1e400", ""), ("NaN", ""), ("1.2.3", ""), ("", ""), ("many", ""),
    ],
)  # fmt: skip
def test_what_is_typed_as_people_say_it_has_its_form(typed: str, written: str) -> None:
    assert in_place_of(typed) == written


@pytest.mark.parametrize(
    ("typed", "better", "meant"),
    [
        ("x faster", "higher", ["x more"]),
        ("x faster", "lower", ["x less"]),
        ("times better", "none", ["x more"]),
        ("-fold", "higher", ["x more", "x less"]),
        ("4.3x more", "higher", ["x more"]),
        ("percent lower", "higher", ["percent less"]),
        ("% reduction", "lower", ["percent less"]),
        ("percentage points", "higher", ["points", "points more", "points less"]),
        ("pp higher", "higher", ["points more"]),
        ("billion", "none", ["B", "B more", "B less"]),
        ("K samples", "none", ["k samples", "k samples more", "k samples less"]),
    ],
)
def test_what_is_no_unit_may_mean_one(typed: str, better: str, meant: list[str]) -> None:
    assert meant_units(typed, better) == meant
