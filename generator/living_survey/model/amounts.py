"""Numbers in words: with bound and unit as stated, and converted into another unit. I/O: none."""

from decimal import Decimal

from living_survey.model.labels import label
from living_survey.model.number import Number
from living_survey.model.registry import Metric, Registry
from living_survey.model.units import EITHER, Form, Unit, rounded, significant, times

_SPACED = 1_000
"""From here on thousands are set apart."""


def amount(number: Number, metric: Metric) -> str:
    """Return a number with its bound and unit in words: ``up to 3.9× less``, ``at least 300 language models``."""
    text = with_unit(digits_of(number), number.measured, metric)
    return label(f"numbers.bounds.{number.bound.replace(' ', '_')}", amount=text) if number.bound else text


def digits_of(number: Number) -> str:
    """Return a number as stated, or both ends of its range, without bound and unit."""
    low, high = number.value or number.low or "", number.value or number.high or ""
    return _set_apart(low) if low == high else f"{_set_apart(low)}–{_set_apart(high)}"


def with_unit(digits: str, unit: Unit, metric: Metric) -> str:
    """Return digits with a unit."""
    if unit.name == "x":
        return label("numbers.units.times_less" if unit.change == "less" else "numbers.units.times", amount=digits)
    if unit.name == EITHER:
        text = label("numbers.units.percent_or_points", amount=digits)
    elif unit.name == "percent":
        text = label("numbers.units.percent", amount=digits)
    else:
        name = "" if metric.counts == unit.name or not unit.name else f" {unit.name}"
        text = f"{digits}{unit.factor}{name}"
    return " ".join(part for part in (text, unit.change) if part)


def converted(number: Number, metric: Metric, registry: Registry) -> str:
    """Return a share of the baseline as a multiple, or a level in the unit of its metric; empty where it is in that."""
    unit = number.measured
    if unit.form is Form.RATIO and unit.name == "percent":
        multiples = [times(end, unit) for end in dict.fromkeys(number.ends)]
        found = [multiple for multiple in multiples if multiple]
        if len(found) != len(multiples):
            return ""
        less = all(multiple < 1 for multiple in found)
        ends = [_like(1 / multiple if less else multiple, number) for multiple in found]
        joined = "–".join(sorted(ends, key=Decimal))
        return label("numbers.units.times_less" if less else "numbers.units.times", amount=joined)
    first = next((one for one in metric.units or () if one), "")
    if unit.form is Form.LEVEL and unit.name and not unit.factor and unit.name != first:
        dimension, factor = registry.dimensions.get(unit.name, ("", 1.0))
        other, into = registry.dimensions.get(first, (" ", 1.0))
        if dimension == other:
            ends = [
                _like(end * Decimal(str(factor)) / Decimal(str(into)), number) for end in dict.fromkeys(number.ends)
            ]
            return f"{'–'.join(ends)} {first}"
    return ""


def in_unit(value: Decimal, unit: Unit, other: Unit, metric: Metric, registry: Registry) -> Decimal | None:
    """Return a value in another unit; none where the two say different things."""
    if unit == other:
        return value
    if unit.form is not other.form:
        return None
    if unit.form is Form.RATIO:
        multiple = times(value, unit)
        if multiple is None or (other.name == "x" and other.change == "less" and not multiple):
            return None
        if other.name == "x":
            return 1 / multiple if other.change == "less" else multiple
        return {"more": multiple - 1, "less": 1 - multiple, "of": multiple}[other.change] * 100
    (dimension, factor), (into, by) = registry.dimension(metric, unit), registry.dimension(metric, other)
    if dimension != into or unit.change != other.change:
        return None
    return value * Decimal(str(factor)) / Decimal(str(by))


def written(value: Decimal, digits: int = 3) -> str:
    """Return a computed value: exactly where so many digits do, else with three that say something."""
    exact = f"{value.normalize():f}"
    return _set_apart(exact if len(exact.replace(".", "").strip("0")) <= digits else rounded(value, 3))


def conditions_of(number: Number, registry: Registry) -> str:
    """Return under which conditions a number holds: model, hardware, benchmark, setting; empty where none is stated."""
    named = [
        registry.shown(block, word)
        for field, block in (("model", "models"), ("hardware", "hardware"), ("benchmark", "benchmarks"))
        for word in getattr(number, field) or ()
    ]
    return ", ".join([*named, *([number.setting] if number.setting else [])])


def _like(value: Decimal, number: Number) -> str:
    """Return a converted value: exactly where three digits do, else with those of the value that it comes from."""
    if Decimal(exact := rounded(value, 3)) == value:
        return exact
    digits = max(significant(end) for end in number.ends)
    return rounded(value, min(max(digits, 2), 3))


def _set_apart(digits: str) -> str:
    whole, point, rest = digits.partition(".")
    return f"{int(whole):,}{point}{rest}" if int(whole) >= _SPACED else digits
