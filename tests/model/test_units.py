"""Units: what is typed, what kind of statement it is, and what converts into what, with pint as the oracle."""

from decimal import Decimal
from typing import Any

import pint
import pytest
from living_survey.loading.registry import load_registry
from living_survey.loading.settings import load_settings
from living_survey.model.units import Form, Unit, parse_unit, rounded, significant, times

from tests.commands import ROOT


@pytest.mark.parametrize(
    ("typed", "unit", "form"),
    [
        ("tokens/s", Unit("", "tokens/s"), Form.LEVEL), ("k tokens", Unit("k", "tokens"), Form.LEVEL),
        ("B", Unit("B"), Form.LEVEL), ("M GPU h", Unit("M", "GPU h"), Form.LEVEL), ("GB", Unit("", "GB"), Form.LEVEL),
        ("", Unit(), Form.LEVEL), ("percent", Unit("", "percent"), Form.LEVEL), ("%", Unit("", "percent"), Form.LEVEL),
        ("x more", Unit("", "x", "more"), Form.RATIO), ("x", Unit("", "x", "more"), Form.RATIO),
        ("×", Unit("", "x", "more"), Form.RATIO), ("x less", Unit("", "x", "less"), Form.RATIO),
        ("percent of", Unit("", "percent", "of"), Form.RATIO), ("% less", Unit("", "percent", "less"), Form.RATIO),
        ("points more", Unit("", "points", "more"), Form.DIFFERENCE),
        ("pp less", Unit("", "points", "less"), Form.DIFFERENCE),
        ("spBLEU more", Unit("", "spBLEU", "more"), Form.DIFFERENCE),
        ("percent or points more", Unit("", "percent or points", "more"), Form.GAIN),
    ],
)  # fmt: skip
def test_a_unit_says_what_kind_of_statement_it_makes(typed: str, unit: Unit, form: Form) -> None:
    assert parse_unit(typed) == unit
    assert unit.form is form
    assert parse_unit(unit.text) == unit


@pytest.mark.parametrize(
    ("value", "unit", "expected"),
    [
        ("4.3", "x more", "4.3"), ("4", "x less", "0.25"), ("15", "percent more", "1.15"),
        ("70", "percent less", "0.3"), ("93.75", "percent of", "0.9375"), ("100", "percent less", "0"),
    ],
)  # fmt: skip
def test_a_ratio_is_so_many_times_its_baseline(value: str, unit: str, expected: str) -> None:
    assert times(Decimal(value), parse_unit(unit)) == Decimal(expected)


def test_what_is_no_ratio_is_no_multiple() -> None:
    for unit in ("tokens/s", "points more", "percent or points more", "percent"):
        assert times(Decimal(3), parse_unit(unit)) is None
    assert times(Decimal(0), parse_unit("x less")) is None


def test_digits_that_say_something() -> None:
    assert [significant(Decimal(text)) for text in ("0.120", "86", "1000", "88.7", "0")] == [3, 2, 1, 3, 1]
    assert [rounded(Decimal(text), 3) for text in ("8.8496", "1.5", "33333", "0.012345", "0")] == [
        "8.85", "1.5", "33300", "0.0123", "0",
    ]  # fmt: skip


def test_units_of_this_survey_convert_as_pint_converts_them() -> None:
    registry, problems, _ = load_registry(load_settings(ROOT / "mkdocs.yml"))
    assert problems == []
    oracle: pint.UnitRegistry[Any] = pint.UnitRegistry()
    names = {"GPU h": "hour", "GPU days": "day", "FLOPs": "", "PFLOP-days": "", "USD": "", "months": "year / 12"}
    compared = 0
    for dimension in ("time", "bytes", "energy", "machine-time"):
        units = registry.units[dimension]
        first, factor = next(iter(units.items()))
        for unit, other in units.items():
            left, right = (oracle.parse_expression(names.get(one, one)) for one in (unit, first))
            assert factor
            assert other
            assert (left / right).to_base_units().magnitude == pytest.approx(other / factor, rel=1e-4)
            compared += 1
    assert compared > 15
