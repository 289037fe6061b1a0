"""Units as people typed them before they said what kind of statement they make: ``×``, ``%``, ``B parameters``.

The last word of an old metric (reduction, improvement), the side of `direction`, and words of the setting tell a change
from an amount; where they do not, a person has to. I/O: none.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from living_survey.model.registry import Metric, Registry
from living_survey.model.units import EITHER, FACTORS, Unit, parse_unit

CHANGES = {
    "reduction": "less", "decrease": "less", "drop": "less", "saving": "less", "savings": "less", "saved": "less",
    "increase": "more", "improvement": "better", "speed-up": "better", "speedup": "better", "enhancement": "better",
}  # fmt: skip
"""Word that states a change → its side; ``better`` is the side that the metric wants."""
KEPT = ("retained", "kept", "preserved", "maintained")
"""Last words of metrics that state a share of what the baseline has."""
_TIMES = ("×", "x", "X", "times", "-fold", "fold")
_PERCENT = ("%", "percent", "per cent")
_POINTS = re.compile(r"(?:percentage|percent) points?|pp|points?|%-points?")
_SPELLED = {
    "seconds": "s", "sec": "s", "milliseconds": "ms", "minutes": "min", "hours": "h", "GPU hours": "GPU h",
    "GPU-hours": "GPU h", "$": "USD", "US$": "USD", "tokens per second": "tokens/s", "token/s": "tokens/s",
}  # fmt: skip
_FACTORS = {"K": "k", "thousand": "k", "million": "M", "billion": "B", "trillion": "T", "Million": "M", "Billion": "B"}
_UNSAID = r"(?:(?:whether )?relative(?: or absolute)?|absolute or relative)(?: is)? not (?:stated|said|given)"
_RELATIVE = re.compile(r"\brelative (?:improvement|increase|gain|reduction|decrease|drop|loss)", re.IGNORECASE)


def change_of(text: str) -> tuple[str, str]:
    """Return an old metric without its last word, and the side of the change that this word states, if it does."""
    found = re.fullmatch(rf"(.*?)[\s-]*\b({'|'.join(CHANGES)})", text.strip(), re.IGNORECASE)
    return (found[1].strip(), CHANGES[found[2].lower()]) if found else (text.strip(), "")


def without_said(setting: str, *, baseline: bool) -> str:
    """Return a setting without clauses that the new unit, or an unstated baseline, says."""
    said = ["|".join(CHANGES), _UNSAID, *(["baseline(?: is)? not (?:stated|said|given)"] if baseline else [])]
    for clause in said:
        setting = re.sub(rf"(?:^|\s*[;,]\s*)(?:{clause})\s*(?=[;,]|$)", "", setting, flags=re.IGNORECASE)
    return setting.strip(" ;,")


@dataclass(frozen=True, slots=True)
class Old:
    """What an old item says of its unit.

    Attributes:
        metric: Its metric as it is typed.
        unit: Its unit as it is typed.
        change: ``less``, ``more``, ``better``, or nothing: what the metric's last word, or a sign, states.
        direction: ``higher``, ``lower`` or nothing.
        setting: Its setting.
        baseline: What it is measured against, as it is typed.
        other: Whether the metric is typed in words that are neither its name nor its label.
    """

    metric: str
    unit: str
    change: str
    direction: str
    setting: str
    baseline: str
    other: bool


@dataclass(frozen=True, slots=True)
class Reading:
    """What it comes to.

    Attributes:
        unit: The new unit; None where a person has to decide.
        choices: What a person can write.
        wrong_way: Whether `direction` contradicts the metric.
        level: The unit of amounts with which the metric would take it as it stands.
        words: Words of the old unit that the new one does not have.
        deduced: Whether ``less`` follows from `direction` alone.
    """

    unit: str | None = None
    choices: tuple[str, ...] = ()
    wrong_way: bool = False
    level: str | None = None
    words: str = ""
    deduced: bool = False


def read_unit(old: Old, metric: Metric, registry: Registry) -> Reading:
    """Return the new unit of an old item."""
    unit, words = old.unit, old.unit.strip()
    change = old.change or _change_in(old.setting)
    if change == "better":
        change = "less" if metric.better == "lower" else "more"
    typed = parse_unit(words)
    if typed.change and words not in _TIMES:  # in the new form already
        change, kind = typed.change, "typed"
    elif words in _TIMES:
        kind = "times"
    elif words in _PERCENT:
        kind = "percent"
    elif _POINTS.fullmatch(words) or words.endswith(" points"):
        kind = "points"
    else:
        kind = "level"
    wrong = _is_wrong_way(old.direction, metric, change)
    deduced = wrong and not change and old.other and kind in ("times", "percent", "points")
    if deduced:
        change, wrong = "less", False
    if wrong:
        return Reading(wrong_way=True)
    if kind == "typed":
        found = Reading(typed.text)
    elif kind == "times":
        found = _times(old, metric, change)
    elif kind == "percent":
        found = _percent(old, metric, registry, change)
    elif kind == "points":
        found = _points(old, change)
    else:
        found = _amount(unit, old.metric, metric, registry, change)
    if found.unit is not None and not registry.takes(metric, parse_unit(found.unit)):
        return Reading(choices=units_of(metric))
    return replace(found, deduced=deduced)


def units_of(metric: Metric) -> tuple[str, ...]:
    """Return units that a person may choose for a metric, levels first."""
    levels = [unit for unit in metric.units or () if unit]
    counted = ["k", "M", "B", "T"] if metric.counts else []
    return (*counted, *levels, "x more", "x less", "percent more", "percent less", "percent of")


def _is_wrong_way(direction: str, metric: Metric, change: str) -> bool:
    """Say whether more of the amount is better by `direction` and worse by the metric, or the other way round."""
    if not direction or metric.better == "none":
        return False
    expected = metric.better
    if change == "less":
        expected = "lower" if expected == "higher" else "higher"
    return direction != expected


def _change_in(setting: str) -> str:
    """Return the change that a clause of a setting begins with."""
    found = re.search(rf"(?:^|[;,]\s*)({'|'.join(CHANGES)})\b", setting, re.IGNORECASE)
    return CHANGES[found[1].lower()] if found else ""


def _times(old: Old, metric: Metric, change: str) -> Reading:
    if change:
        return Reading(f"x {change}")
    if metric.better == "lower" and not old.direction:
        return Reading(choices=("x more", "x less"))
    return Reading("x more")


def _percent(old: Old, metric: Metric, registry: Registry, change: str) -> Reading:
    level = registry.takes(metric, Unit(name="percent"))
    unsaid = re.search(_UNSAID, old.setting, re.IGNORECASE)
    if not change and unsaid and old.direction == metric.better == "higher":
        change = "more"
    if change:
        # Of a share, "5% more" is percent or points; so it is of a score, whose scale nobody knows.
        either = level or unsaid or ("benchmark" in registry.alike(metric) and metric.better != "lower")
        said = _RELATIVE.search(old.setting)
        return Reading(f"{EITHER if either and not said else 'percent'} {change}")
    choices = ("percent more", "percent less", "percent of")
    if unsaid:
        return Reading(choices=(f"{EITHER} more", f"{EITHER} less"))
    if old.metric.lower().endswith(KEPT) or "share of" in old.baseline:
        return Reading("percent of")
    if level:
        return Reading("percent")
    if old.baseline and metric.better == "lower" and old.direction == "lower":
        return Reading("percent of")
    return Reading(choices=choices, level="percent")


def _points(old: Old, change: str) -> Reading:
    """Return a difference: points of percent, or of the unit that stands before the word."""
    name = "points" if _POINTS.fullmatch(old.unit.strip()) else old.unit.strip().removesuffix(" points")
    if not change and old.direction == "higher":
        change = "more"
    return Reading(f"{name} {change}") if change else Reading(choices=(f"{name} more", f"{name} less"))


def _amount(text: str, name: str, metric: Metric, registry: Registry, change: str) -> Reading:
    """Return a level, or a difference of levels, with the unit that the metric has."""
    words = " ".join(text.split())
    words = _SPELLED.get(words, words)
    first, _, rest = words.partition(" ")
    factor, counted = (_FACTORS.get(first, first), rest) if _FACTORS.get(first, first) in FACTORS else ("", words)
    counted = _SPELLED.get(counted, counted)
    if counted == metric.counts:
        counted = ""
    own = [unit for unit in metric.units or () if unit]
    tried = [(counted, "")]
    tried += [(unit, counted) for unit in own if counted.endswith(f" {unit}")]
    in_name = [unit for unit in own if re.search(rf"(?<!\w){re.escape(unit)}(?!\w)", name)]
    if len(in_name) == 1 and (not counted or in_name[0].endswith(f" {counted}")):
        tried.append((in_name[0], ""))
    for unit, left in tried:
        new = Unit(factor, unit, change)
        if registry.takes(metric, new):
            return Reading(new.text, words=left)
    return Reading(choices=units_of(metric), level=counted)


def metrics_with(unit: str, registry: Registry) -> Sequence[str]:
    """Return the metrics that take an old unit as a level."""
    words = " ".join(unit.split())
    parsed = parse_unit(_SPELLED.get(words, words))
    parsed = replace(parsed, name=_SPELLED.get(parsed.name, parsed.name))
    if not parsed.name or parsed.change:
        return ()
    return [name for name, metric in registry.metrics.items() if registry.takes(metric, parsed)]
