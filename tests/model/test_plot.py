"""Pictures of numbers: what is drawn together, the axis, and where which mark stands on it."""

import itertools
import math
from collections.abc import Collection
from typing import Any

import pytest
from living_survey.model.claims import Group, claims_of, gather
from living_survey.model.plot import Mark, Plot, axis_of, compact, extent, lanes, plot_family, plot_group, strength
from living_survey.model.registry import Registry

from tests.fabricate import REGISTRY, key, number
from tests.pages.birds import bird

BIRDS = Registry.model_validate(REGISTRY)
AGAINST = {"baseline": "gulls"}
REST = {"metric": "rest", **AGAINST}


def groups(*numbers: dict[str, Any], registry: Registry = BIRDS) -> list[Group]:
    """Gather numbers, one of each paper."""
    return gather([bird(n, results=[one]) for n, one in enumerate(numbers, 1)], registry)


def plot(*numbers: dict[str, Any], leaning: Collection[str] = ()) -> Plot | None:
    """Return the picture of numbers of one group."""
    [group] = groups(*numbers)
    return plot_group(group, BIRDS, leaning)


def drawn(*numbers: dict[str, Any]) -> Plot:
    """Return the picture of numbers of one group, of which there is one."""
    found = plot(*numbers)
    assert found
    return found


def mark(value: str | None, unit: str, **changes: Any) -> Mark:
    """Return the mark of a number beside another one of the same kind."""
    one = number(value, unit, **changes)  # type: ignore[arg-type]
    other = {name: one[name] for name in ("metric", "baseline") if name in one}
    found = drawn(one, number("1", unit, **other))
    return next(mark for mark in found.marks if mark.claim.paper.key == key(1))


def test_a_logarithmic_axis_has_equal_factors_at_equal_distances() -> None:
    axis = axis_of([1, 100], line=1, logarithmic=True)
    assert axis.ticks == (1, 2, 5, 10, 20, 50, 100)
    assert [axis.at(value) for value in (1, 10, 100, 1000**0.5)] == [3, 50, 97, 73.5]


def test_a_linear_axis_holds_zero() -> None:
    axis = axis_of([36.14, 55.2], line=None, logarithmic=False)
    assert axis.ticks == (0, 10, 20, 30, 40, 50, 60)
    assert [axis.at(value) for value in (0, 15, 30, 60)] == [3, 26.5, 50, 97]
    assert axis_of([-3, 8], line=0, logarithmic=False).ticks == (-4, -2, 0, 2, 4, 6, 8)


@pytest.mark.parametrize(
    ("ends", "ticks"),
    [
        ([1.03, 27], (1, 2, 5, 10, 20, 50)), ([0.8, 33], (0.5, 1, 2, 5, 10, 20, 50)), ([1, 1], (1, 1.2)),
        ([1.13, 1.65], (1, 1.2, 1.4, 1.6, 1.8)), ([0.71, 130], (1, 10, 100)), ([1, 1e12], (1, 1e3, 1e6, 1e9, 1e12)),
        ([2, 3.5], (1, 1.5, 2, 2.5, 3, 3.5)), ([0.3, 0.9], (0.2, 0.4, 0.6, 0.8, 1)),
    ],
)  # fmt: skip
def test_ends_of_an_axis_are_round_and_hold_all(ends: list[float], ticks: tuple[float, ...]) -> None:
    axis = axis_of(ends, line=1, logarithmic=True)
    assert axis.ticks == ticks
    assert axis.low <= min(*ends, 1) <= max(*ends, 1) <= axis.high
    assert all(3 <= axis.at(value) <= 97 for value in (*ends, *ticks))


def test_every_axis_has_two_to_nine_ticks_in_order() -> None:
    lows, factors = [0.001 * 1.7**n for n in range(25)], [1, 1.001, 1.9, 3.99, 4, 99, 101, 1e7]
    for low, factor, line in itertools.product(lows, factors, (1, None)):
        high = low * factor
        axis = axis_of([low, high], line=line, logarithmic=line is not None)
        assert 2 <= len(axis.ticks) <= 9
        assert list(axis.ticks) == sorted(set(axis.ticks))
        assert axis.low <= axis.ticks[0] < axis.ticks[-1] <= axis.high
        assert axis.low <= low
        assert axis.high >= high or math.isclose(axis.high, high)


@pytest.mark.parametrize(
    ("value", "unit", "changes", "ends"),
    [
        ("4.3", "x more", AGAINST, (4.3, 4.3)), ("86", "percent more", AGAINST, (1.86, 1.86)),
        ("80", "percent of", AGAINST, (0.8, 0.8)), ("2", "x less", AGAINST, (0.5, 0.5)),
        ("2", "x less", REST, (2, 2)), ("75", "percent less", REST, (4, 4)), ("25", "percent more", REST, (0.8, 0.8)),
        (None, "x more", {"low": "1.5", "high": "3", **AGAINST}, (1.5, 3)),
        (None, "percent less", {"low": "50", "high": "75", **REST}, (2, 4)),
        ("10", "m/s", {}, (36, 36)), ("40", "percent", {"metric": "rest"}, (40, 40)),
        ("3", "points more", REST, (3, 3)), ("3", "points less", REST, (-3, -3)),
    ],
)  # fmt: skip
def test_numbers_stand_in_multiples_or_in_the_unit_of_their_metric(
    value: str | None, unit: str, changes: dict[str, Any], ends: tuple[float, float]
) -> None:
    found = mark(value, unit, **changes)
    assert (found.low, found.high) == pytest.approx(ends)


@pytest.mark.parametrize(
    ("unit", "bound", "changes", "shape", "opens"),
    [
        ("x more", None, AGAINST, "dot", ""), ("x more", "mean", AGAINST, "dot", ""),
        ("x more", "about", AGAINST, "dot", ""), ("x more", "up to", AGAINST, "hollow", ""),
        ("x more", "at least", AGAINST, "dot", "high"), ("x more", "at most", AGAINST, "dot", "low"),
        ("percent less", "at least", REST, "dot", "high"), ("percent of", "at most", REST, "dot", "high"),
        ("percent", "at least", {"metric": "rest"}, "dot", "high"), ("km/h", "at most", {}, "dot", "low"),
        ("points less", "at least", REST, "dot", "low"), ("points more", "at least", REST, "dot", "high"),
    ],
)  # fmt: skip
def test_a_mark_shows_what_a_number_bounds(
    unit: str, bound: str | None, changes: dict[str, Any], shape: str, opens: str
) -> None:
    found = mark("40", unit, bound=bound, **changes)
    assert (found.shape, found.opens, found.bound) == (shape, opens, bound or "")


def test_a_range_is_a_line_and_a_sign_takes_room() -> None:
    axis = axis_of([1, 100], line=1, logarithmic=True)
    found = mark(None, "x more", low="10", high="100", **AGAINST)
    assert (found.shape, extent(found, axis)) == ("range", (50, 97))
    assert extent(mark("10", "x more", bound="at least", **AGAINST), axis) == (50, 54)
    assert extent(mark("10", "x more", bound="at most", **AGAINST), axis) == (46, 50)
    assert extent(mark("10", "x more", bound="about", **AGAINST), axis) == (50, 54)


def test_what_is_alike_is_drawn_together_best_first() -> None:
    found = drawn(number("2", "x more", **AGAINST), number("86", "percent more", **AGAINST), number("3", "x more"))
    assert [mark.claim.number.value for mark in found.marks] == ["3", "2", "86"]
    assert (found.span.low, found.span.high, found.span.is_best_case) == (1.86, 3, False)
    assert (found.axis.line, found.axis.logarithmic, found.unit) == (1, True, None)


def test_amounts_are_logarithmic_where_they_are_far_apart() -> None:
    near, far = drawn(number("40"), number("4")), drawn(number("41"), number("4"))
    assert (near.axis.logarithmic, far.axis.logarithmic, far.axis.line) == (False, True, None)
    assert near.unit
    assert near.unit.text == "km/h"
    changes = drawn(number("3", "points more", **REST), number("300", "points less", **REST))
    assert (changes.axis.logarithmic, changes.axis.line) == (False, 0)
    assert not drawn(number("0"), number("4")).axis.logarithmic


def test_a_best_case_alone_at_the_top_is_said_to_be_one() -> None:
    best = number("5", "x more", bound="up to", **AGAINST)
    assert drawn(best, number("3", "x more")).span.is_best_case
    assert not drawn(best, number("5", "x more")).span.is_best_case


def test_what_is_not_alike_is_not_drawn() -> None:
    notes = {"metric": "notes", "baseline": "gulls"}
    assert plot(number("2", "x more", **AGAINST)) is None
    assert plot(*[number("4", "percent or points more", **notes)] * 2) is None
    assert plot(*[number("4", "points more", **notes)] * 2) is None, "no benchmark"
    assert plot(*[number("4", "points more", benchmark="dawn", **notes)] * 2)
    lost = number("100", "percent less", **REST)
    assert plot(lost, number("50", "percent less", **REST)) is None, "nothing is left: no multiple"
    asks_nothing = Registry.model_validate({
        **REGISTRY, "families": {**REGISTRY["families"], "flight": {"title": "Flight", "alike": []}},
    })  # fmt: skip
    [group] = groups(number("40"), number("41"), registry=asks_nothing)
    assert plot_group(group, asks_nothing) is None


def test_numbers_of_what_was_retracted_are_in_no_picture() -> None:
    numbers = [number("2", "x more"), number("3", "x more"), number("9", "x more")]
    found = plot(*numbers, leaning=(key(3),))
    assert found
    assert [mark.claim.number.value for mark in found.marks] == ["3", "2"]
    assert plot(*numbers, leaning=(key(3), key(2))) is None


def test_a_family_has_a_row_for_what_is_drawn_together_even_one_number() -> None:
    rest = [number("50", "percent less", **REST), number("4", "x less", **REST)]
    found = plot_family(groups(number("40"), number("2", "x more"), *rest), BIRDS)
    assert found
    assert [(row.group.metric, [mark.high for mark in row.marks]) for row in found.rows] == [
        ("speed", [2]), ("rest", [4, 2]),
    ]  # fmt: skip
    assert plot_family(groups(number("40"), number("2", "x more")), BIRDS) is None


@pytest.mark.parametrize(
    ("changes", "found"),
    [
        ({"baseline": "gulls"}, "named"), ({"baseline": "itself"}, "itself"), ({"baseline": "unnamed"}, "unnamed"),
        ({"baseline": "owl"}, "named"), ({"baseline": "wader"}, "unnamed"), ({"baseline": "33B"}, "unnamed"),
        ({"baseline": key(2)}, "named"), ({"baseline": ["gulls", "itself"]}, "itself"), ({}, "unnamed"),
        ({"baseline": "gulls", "baseline_stated": "false", "reason": "it follows"}, "inferred"),
    ],
)  # fmt: skip
def test_numbers_rest_on_their_weakest_baseline(changes: dict[str, Any], found: str) -> None:
    [claim] = claims_of(bird(1, results=[number("2", "x more", **changes)]))
    assert strength(claim.number, BIRDS) == found


def test_an_amount_rests_on_nothing() -> None:
    [claim] = claims_of(bird(1, results=[number("40")]))
    assert strength(claim.number, BIRDS) == ""


def test_marks_that_would_touch_stand_below_each_other() -> None:
    assert lanes([(10, 10), (20, 20), (30, 30)]) == [0, 0, 0]
    assert lanes([(10, 10), (12, 12), (14, 14)]) == [0, 1, 0]
    assert lanes([(50, 60), (10, 90), (62, 62), (64, 64)]) == [1, 0, 2, 1]
    assert lanes([]) == []


def test_labels_of_an_axis_are_short() -> None:
    values = (0.5, 1, 200, 5000, 10_000, 2e6, 1.5e9, 3e12, -20_000, -4)
    assert [compact(value) for value in values] == [
        "0.5", "1", "200", "5000", "10k", "2M", "1.5B", "3T", "−20k", "−4",
    ]  # fmt: skip
