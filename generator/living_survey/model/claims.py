"""The numbers of papers, gathered: what can be drawn together, what ranks, and why the rest does not.

Two numbers are drawn together if they have one metric and one kind of statement; they rank if what their family asks
for is stated and equal, and only where one is certainly better. I/O: none.
"""

import math
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import NamedTuple

from living_survey.model.number import ABSTRACT, Number
from living_survey.model.paper import Paper
from living_survey.model.registry import LISTS, Metric, Registry, sizes_of
from living_survey.model.units import Form, times

_BLOCKS = {"benchmark": "benchmarks", "model": "models", "hardware": "hardware"}
Interval = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Claim:
    """One number of one paper.

    Attributes:
        paper: The paper.
        number: The number.
        list: ``results`` or ``scale``.
        anchor: Its id on the paper's page: the metric, from the second of the paper on with ``-2``.
    """

    paper: Paper
    number: Number
    list: str
    anchor: str

    @property
    def id(self) -> str:
        """The claim among those of the survey."""
        return f"{self.paper.key}#{self.anchor}"


def claims_of(paper: Paper) -> Iterator[Claim]:
    """Yield the numbers of a paper, outcomes first."""
    seen = Counter[str]()
    for name in LISTS:
        for number in getattr(paper, name) or ():
            seen[number.metric] += 1
            count = seen[number.metric]
            yield Claim(paper, number, name, number.metric if count == 1 else f"{number.metric}-{count}")


@dataclass(frozen=True, slots=True)
class Group:
    """Numbers that can be drawn together, best first where there is a better.

    Attributes:
        metric: Name of their metric.
        form: Their kind of statement.
        dimension: What is counted, for levels and differences.
        claims: The numbers.
        ranks: Place of each claim among those that it ranks with; id of the claim → (rank, shared).
        missing: Why a claim does not rank: ``leaning`` (its paper was retracted, withdrawn or superseded), the first
            field that is not stated or is vague, ``estimated``, ``alone``, or ``uncertain``.
    """

    metric: str
    form: Form
    dimension: str
    claims: tuple[Claim, ...]
    ranks: dict[str, tuple[int, bool]] = field(default_factory=dict)
    missing: dict[str, str] = field(default_factory=dict)

    @property
    def papers(self) -> int:
        """How many papers they are of."""
        return len({claim.paper.key for claim in self.claims})


@dataclass(frozen=True, slots=True)
class Caveats:
    """What a reader has to know of numbers that stand together. Each is a count of numbers."""

    claims: int
    papers: int
    best_cases: int
    named: int
    """Measured against something named, or an ordinary implementation, or the same without the method."""
    inferred: int
    unnamed: int
    without: int
    """Relative to a baseline that the paper does not give at all."""
    settings: int
    """Different settings."""
    abstracts: int
    """Rest on the abstract or the title alone."""
    estimated: int
    leaning: int
    """Of papers that were retracted, withdrawn or superseded; nothing else here counts them."""


def caveats(claims: Sequence[Claim], registry: Registry, leaning: Collection[str] = ()) -> Caveats:
    """Count what limits the comparison of numbers; `leaning` as for `gather`."""
    total, claims = len(claims), [claim for claim in claims if claim.paper.key not in leaning]
    numbers = [claim.number for claim in claims]
    relative = [number for number in numbers if number.measured.form is not Form.LEVEL or number.baseline]
    stated = [number for number in relative if number.baseline and number.baseline_stated is None]
    unnamed = [number for number in stated if all(is_vague_baseline(registry, name) for name in number.baseline or ())]
    return Caveats(
        claims=len(claims),
        papers=len({claim.paper.key for claim in claims}),
        best_cases=sum(number.bound == "up to" for number in numbers),
        named=len(stated) - len(unnamed),
        inferred=sum(number.baseline_stated is False for number in numbers),
        unnamed=len(unnamed),
        without=sum(number.baseline is None for number in relative),
        settings=len({(n.setting, n.model, n.hardware, n.benchmark) for n in numbers}),
        abstracts=sum(number.locator.casefold() in (ABSTRACT, "title") for number in numbers),
        estimated=sum(number.confidence == "estimated" for number in numbers),
        leaning=total - len(claims),
    )


def has_named_baseline(number: Number, registry: Registry) -> bool:
    """Say whether a number is measured against something that the paper names."""
    names = number.baseline or ()
    return (
        bool(names) and number.baseline_stated is None and not any(is_vague_baseline(registry, name) for name in names)
    )


def is_vague_baseline(registry: Registry, baseline: str) -> bool:
    """Say whether a baseline does not pin down one thing.

    It is a name of its own block, a model, or the key of a paper, which is never vague.
    """
    for block in ("baselines", "models"):
        if baseline in registry.block(block):
            return registry.is_vague(block, baseline)
    return sizes_of(baseline) is not None


class _Placed(NamedTuple):
    """A claim, what those have in common that are drawn with it, and its place among them."""

    claim: Claim
    group: tuple[object, ...]
    order: tuple[object, ...]


class Gathering:
    """Brings numbers of a survey together; where one belongs and how it sorts is worked out once."""

    def __init__(self, registry: Registry, leaning: Collection[str] = ()) -> None:
        """Begin without any.

        Args:
            registry: The survey's names.
            leaning: Keys of papers that were retracted, withdrawn or superseded: their numbers rank nothing.
        """
        self._registry, self._leaning = registry, leaning
        self._place = {metric: place for place, metric in enumerate(registry.metrics)}
        self._known: dict[tuple[str, str], list[_Placed]] = {}

    def groups(self, papers: Iterable[Paper], name: str = "results") -> list[Group]:
        """Return the numbers of papers in groups, by the order of metrics in the registry, largest of one first.

        Args:
            papers: Whose numbers.
            name: ``results`` or ``scale``.
        """
        found: dict[tuple[object, ...], list[_Placed]] = {}
        for paper in sorted(papers, key=lambda paper: paper.key):
            if not (paper.results if name == LISTS[0] else paper.scale):
                continue
            if (paper.key, name) not in self._known:
                placed = [_placed(claim, self._registry) for claim in claims_of(paper) if claim.list == name]
                self._known[paper.key, name] = placed
            for one in self._known[paper.key, name]:
                found.setdefault(one.group, []).append(one)
        groups = [self._group(key, placed) for key, placed in found.items()]
        return sorted(
            groups, key=lambda group: (self._place[group.metric], -len(group.claims), group.form, group.dimension)
        )

    def _group(self, key: tuple[object, ...], placed: list[_Placed]) -> Group:
        claims = tuple(one.claim for one in sorted(placed, key=lambda one: one.order))
        number = claims[0].number
        form, metric = number.measured.form, self._registry.metrics[number.metric]
        group = Group(number.metric, form, str(key[2]), claims)
        if claims[0].list == LISTS[0] and metric.better != "none" and form is not Form.GAIN:
            _rank(group, metric, self._registry, self._leaning)
        return group


def _placed(claim: Claim, registry: Registry) -> _Placed:
    order = _order(claim.number, registry.metrics[claim.number.metric], registry)
    return _Placed(claim, _group_of(claim, registry), (*order, claim.paper.key))


def gather(
    papers: Iterable[Paper], registry: Registry, name: str = "results", leaning: Collection[str] = ()
) -> list[Group]:
    """Return the numbers of papers in groups; arguments as for `Gathering`."""
    return Gathering(registry, leaning).groups(papers, name)


def _group_of(claim: Claim, registry: Registry) -> tuple[object, ...]:
    """Return what claims that can be drawn together share: metric, form, dimension, benchmark."""
    number, metric = claim.number, registry.metrics[claim.number.metric]
    form, dimension = number.measured.form, ""
    if form in (Form.LEVEL, Form.DIFFERENCE):
        dimension, _ = registry.dimension(metric, number.measured)
    benchmark = tuple(sorted(number.benchmark or ())) if "benchmark" in registry.alike(metric) else ()
    return number.metric, form, dimension, benchmark


def _rank(group: Group, metric: Metric, registry: Registry, leaning: Collection[str]) -> None:
    """Rank the claims of a group within those that share what the family asks for; note what the others miss."""
    sets: dict[Alike, list[Claim]] = {}
    for claim in group.claims:
        if claim.paper.key in leaning:
            group.missing[claim.id] = "leaning"
            continue
        reason, same = sameness(claim.number, metric, registry)
        if reason:
            group.missing[claim.id] = reason
        else:
            sets.setdefault(same, []).append(claim)
    for claims in sets.values():
        if len({claim.paper.key for claim in claims}) < 2:
            group.missing.update({claim.id: "alone" for claim in claims})
            continue
        scores = [score(claim.number, metric, registry) for claim in claims]
        ranks = [1 + sum(other[0] > mine[1] for other in scores) for mine in scores]
        if len(set(ranks)) == 1:
            group.missing.update({claim.id: "uncertain" for claim in claims})
            continue
        for claim, rank in zip(claims, ranks, strict=True):
            group.ranks[claim.id] = rank, ranks.count(rank) > 1


Alike = tuple[tuple[str, frozenset[str]], ...]
"""What a number must share with others to rank with them: names of fields, each with what the number says there."""


def sameness(number: Number, metric: Metric, registry: Registry) -> tuple[str, Alike]:
    """Return the first thing that keeps a number from ranking, or what it must share with others."""
    if number.confidence == "estimated":
        return "estimated", ()
    same: list[tuple[str, frozenset[str]]] = []
    asked = registry.alike(metric)
    for name in asked:
        if name == "baseline":
            if number.measured.form is Form.LEVEL:
                continue
            if not has_named_baseline(number, registry):
                return name, ()
            same.append((name, frozenset(number.baseline or ())))
            continue
        values: tuple[str, ...] = getattr(number, name) or ()
        if not values or any(registry.is_vague(_BLOCKS[name], value) for value in values):
            return name, ()
        same.append((name, frozenset(values)))
    if "itself" in (number.baseline or ()) and number.measured.form is not Form.LEVEL and "model" not in asked:
        values = number.model or ()
        if not values or any(registry.is_vague("models", value) for value in values):
            return "model", ()
        same.append(("model", frozenset(values)))
    return "", tuple(same)


def score(number: Number, metric: Metric, registry: Registry) -> Interval:
    """Return where a number lies on a scale on which more is better; an end that nothing limits is infinite."""
    low, high = (float(end) for end in number.ends)
    if number.bound == "at least":
        high = math.inf
    elif number.bound in ("at most", "up to"):
        low = 0.0
    return _scored(low, high, number, metric, registry)


def stated(number: Number, metric: Metric, registry: Registry) -> Interval:
    """Return where the stated ends lie on the same scale, whatever they bound."""
    low, high = (float(end) for end in number.ends)
    return _scored(low, high, number, metric, registry)


def _scored(low: float, high: float, number: Number, metric: Metric, registry: Registry) -> Interval:
    unit, lower_is_better = number.measured, metric.better == "lower"
    if unit.form is Form.RATIO:
        ends = [_times(end, number) for end in (low, high)]
        if lower_is_better:
            ends = [1 / end if end else math.inf for end in ends]
        return min(ends), max(ends)
    _, factor = registry.dimension(metric, unit)
    sign = -1.0 if (unit.change == "less") != lower_is_better else 1.0
    ends = [sign * factor * end for end in (low, high)]
    return min(ends), max(ends)


def _times(value: float, number: Number) -> float:
    """Return how many times as much as the baseline a value of a number's unit is."""
    if math.isinf(value):
        return 0.0 if number.measured.change == "less" else math.inf
    found = times(Decimal(str(value)), number.measured)
    return math.inf if found is None else max(float(found), 0.0)


def _order(number: Number, metric: Metric, registry: Registry) -> tuple[float, bool]:
    worse, _ = stated(number, metric, registry)
    return -worse, number.bound == "up to"
