"""Where numbers stand on an axis: which are drawn together, the axis that holds them, place and shape of each mark.

Places are in percent of a picture's width, so that its text keeps its size on every screen. I/O: none.
"""

import heapq
import math
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace

from living_survey.model.claims import Claim, Group, is_vague_baseline, score, stated
from living_survey.model.number import Number
from living_survey.model.registry import KINDS, Metric, Registry
from living_survey.model.units import FACTORS, Form, Unit

INFERRED = "inferred"
STRENGTHS = (*KINDS, INFERRED)
"""What numbers that have a baseline rest on, the strongest first: kinds of baselines, and what is inferred."""
WEAK = ("unnamed", INFERRED)
_INSET = 3.0
"""Percent that stay free on both sides: half a label, and a mark at the end of the axis."""
_APART = 4.0
"""Percent between two marks that do not touch on the narrowest screen."""
_INTERVALS = 6
"""How many parts an axis has at most, where it has no whole powers of ten."""
_FAR = 10
"""From this ratio of the largest to the smallest on, amounts stand on a logarithmic axis."""


@dataclass(frozen=True, slots=True)
class Axis:
    """A scale from the left to the right of a picture.

    Attributes:
        low: Its value at the left.
        high: Its value at the right.
        ticks: Values with a line and a label.
        logarithmic: Whether equal distances are equal factors.
        line: The value of what is neither better nor worse than a baseline; none for amounts.
    """

    low: float
    high: float
    ticks: tuple[float, ...]
    logarithmic: bool
    line: float | None = None

    def at(self, value: float) -> float:
        """Return the place of a value, in percent."""
        low, high = self.low, self.high
        if self.logarithmic:
            value, low, high = math.log(value), math.log(low), math.log(high)
        return round(_INSET + (100 - 2 * _INSET) * (value - low) / (high - low), 2)


@dataclass(frozen=True, slots=True)
class Mark:
    """A number on an axis.

    Attributes:
        claim: The number.
        low: Its lower end on the axis.
        high: Its upper end, equal to the lower one for all but a range.
        bound: As stated: ``about``, ``up to``, …; empty for none.
        opens: On which side nothing limits it: ``low``, ``high``, or nothing.
        strength: One of `STRENGTHS`; empty for an amount.
    """

    claim: Claim
    low: float
    high: float
    bound: str
    opens: str
    strength: str

    @property
    def shape(self) -> str:
        """``range``, ``hollow`` for the best of several cases, else ``dot``."""
        if self.low != self.high:
            return "range"
        return "hollow" if self.bound == "up to" else "dot"


@dataclass(frozen=True, slots=True)
class Span:
    """The least and the most that marks show, and whether the most is a best case alone."""

    low: float
    high: float
    is_best_case: bool


@dataclass(frozen=True, slots=True)
class Row:
    """Numbers that are drawn together, best first where there is a better."""

    group: Group
    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class Plot:
    """Rows on one axis.

    Attributes:
        rows: The rows.
        axis: Their axis.
        unit: Unit of the axis; none where it is a multiple of the baseline.
    """

    rows: tuple[Row, ...]
    axis: Axis
    unit: Unit | None

    @property
    def marks(self) -> list[Mark]:
        """The marks of all rows."""
        return [mark for row in self.rows for mark in row.marks]

    @property
    def span(self) -> Span:
        """What the marks show."""
        marks = self.marks
        low, high = min(mark.low for mark in marks), max(mark.high for mark in marks)
        return Span(low, high, all(mark.bound == "up to" for mark in marks if mark.high == high))


def plot_group(group: Group, registry: Registry, leaning: Collection[str] = ()) -> Plot | None:
    """Return the picture of numbers of one metric; none where fewer than two can be drawn together.

    Args:
        group: Numbers of one metric and one kind of statement.
        registry: The survey's names.
        leaning: Keys of papers that were retracted, withdrawn or superseded: their numbers are in no picture.
    """
    row = _row(group, registry, leaning)
    if row is None or len(row.marks) < 2:
        return None
    return _plot((row,), None if group.form is Form.RATIO else _unit_of(group, registry))


def plot_family(groups: Iterable[Group], registry: Registry, leaning: Collection[str] = ()) -> Plot | None:
    """Return the picture of all that numbers of a family say in multiples, a row for each metric.

    A row has the numbers that are drawn together, even one; two rows share an axis and nothing else. None where there
    are fewer than two numbers. Arguments as for `plot_group`.
    """
    ratios = [g for g in groups if g.form is Form.RATIO and registry.metrics[g.metric].better != "none"]
    rows = tuple(row for group in ratios if (row := _row(group, registry, leaning)))
    return _plot(rows, None) if sum(len(row.marks) for row in rows) > 1 else None


def extent(mark: Mark, axis: Axis) -> tuple[float, float]:
    """Return from where to where a mark reaches with the sign beside it, in percent."""
    before, behind = mark.opens == "low", mark.opens == "high" or mark.bound == "about"
    return axis.at(mark.low) - _APART * before, axis.at(mark.high) + _APART * behind


def lanes(extents: Sequence[tuple[float, float]]) -> list[int]:
    """Return for each extent of a row, in percent, the lane from the top in which it touches no other."""
    found, free = [0] * len(extents), list[tuple[float, int]]()
    for index in sorted(range(len(extents)), key=lambda index: extents[index]):
        start, end = extents[index]
        lane = heapq.heappop(free)[1] if free and free[0][0] + _APART <= start else len(free)
        found[index] = lane
        heapq.heappush(free, (end, lane))
    return found


def strength(number: Number, registry: Registry) -> str:
    """Return what a number rests on, of several baselines the weakest; empty for an amount without any."""
    if number.baseline_stated is False:
        return INFERRED
    if not number.baseline:
        return "" if number.measured.form is Form.LEVEL else "unnamed"
    found = [_kind(name, registry) for name in number.baseline]
    return max(found, key=STRENGTHS.index)


def _kind(baseline: str, registry: Registry) -> str:
    if is_vague_baseline(registry, baseline):
        return "unnamed"
    known = registry.baselines.get(baseline)
    return known.kind if known else "named"


def _row(group: Group, registry: Registry, leaning: Collection[str]) -> Row | None:
    """Return the marks of a group; none where its numbers are not alike enough to stand on one axis."""
    metric = registry.metrics[group.metric]
    alike = registry.alike(metric)
    if group.form is Form.GAIN or not alike or ("benchmark" in alike and not group.claims[0].number.benchmark):
        return None
    unit = _unit_of(group, registry)
    standing = (claim for claim in group.claims if claim.paper.key not in leaning)
    marks = tuple(mark for claim in standing if (mark := _mark(claim, metric, unit, registry)))
    return Row(group, marks) if marks else None


def _mark(claim: Claim, metric: Metric, unit: Unit, registry: Registry) -> Mark | None:
    """Return the mark of a number; none for a multiple that has no place: nothing is left, or there was nothing."""
    number = claim.number
    low, high = _natural(stated(number, metric, registry), number, metric, unit, registry)
    if number.measured.form is Form.RATIO and (low <= 0 or math.isinf(high)):
        return None
    opens = ""
    if number.bound in ("at least", "at most"):
        _, most = _natural(score(number, metric, registry), number, metric, unit, registry)
        opens = "high" if most > high else "low"
    return Mark(claim, low, high, number.bound or "", opens, strength(number, registry))


def _natural(
    ends: tuple[float, float], number: Number, metric: Metric, unit: Unit, registry: Registry
) -> tuple[float, float]:
    """Return ends on the scale on which more is better as multiples, or else as amounts of a unit."""
    if number.measured.form is Form.RATIO:
        return ends
    low, high = (-ends[1], -ends[0]) if metric.better == "lower" else ends
    _, factor = registry.dimension(metric, unit)
    return low / factor, high / factor


def _unit_of(group: Group, registry: Registry) -> Unit:
    """Return the unit in which amounts of a group are drawn: the first of the metric that converts."""
    metric = registry.metrics[group.metric]
    units = [Unit(name=name) for name in (*(metric.units or ()), "") if name or metric.counts]
    own = replace(group.claims[0].number.measured, factor="", change="")
    found = next((unit for unit in units if registry.dimension(metric, unit)[0] == group.dimension), own)
    if group.form is not Form.DIFFERENCE:
        return found
    return Unit(name="points" if found.name == "percent" else found.name, change="more")


def _plot(rows: tuple[Row, ...], unit: Unit | None) -> Plot:
    ends = [end for row in rows for mark in row.marks for end in (mark.low, mark.high)]
    if unit is None:
        return Plot(rows, axis_of(ends, line=1.0, logarithmic=True), None)
    far = min(ends) > 0 and max(ends) / min(ends) > _FAR and not unit.change
    return Plot(rows, axis_of(ends, line=0.0 if unit.change else None, logarithmic=far), unit)


def axis_of(ends: Sequence[float], *, line: float | None, logarithmic: bool) -> Axis:
    """Return an axis with round ends that holds values and a line; one that is not logarithmic holds zero."""
    values = [*ends, *([] if line is None else [line]), *([] if logarithmic else [0.0])]
    low, high = min(values), max(values)
    if not logarithmic or high / low < 4:
        ticks = _even(low, high)
        return Axis(ticks[0], ticks[-1], ticks, logarithmic, line)
    decades = range(math.floor(math.log10(low)), math.ceil(math.log10(high)) + 1)
    steps = [float(f"{step}e{decade}") for decade in decades for step in (1, 2, 5)]
    low, high = max(step for step in steps if step <= low), min(step for step in steps if step >= high)
    ticks = tuple(step for step in steps if low <= step <= high)
    if len(ticks) > _INTERVALS + 2:
        powers = [tick for tick in ticks if f"{tick:e}".startswith("1.0")]
        ticks = tuple(powers[:: math.ceil(len(powers) / _INTERVALS)])
    return Axis(low, high, ticks, logarithmic, line)


def _even(low: float, high: float) -> tuple[float, ...]:
    """Return ticks at equal distances, a round number apart, the first below and the last above all."""
    least = (high - low) / _INTERVALS or max(abs(high), 1.0) / _INTERVALS
    power = 10.0 ** math.floor(math.log10(least))
    step = next(step for step in (power, 2 * power, 2.5 * power, 5 * power, 10 * power) if step >= least * 0.999999)
    first, last = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
    return tuple(float(f"{index * step:.9g}") for index in range(first, max(last, first + 1) + 1))


def compact(value: float) -> str:
    """Return a value of an axis in few signs: ``0.5``, ``200``, ``50k``, ``7B``."""
    for sign, factor in reversed(FACTORS.items()):
        if sign and abs(value) >= factor and abs(value) >= 10_000:
            return f"{value / factor:.3g}{sign}".replace("-", "−")
    return f"{value:.10g}".replace("-", "−")
