"""The names that the numbers of a survey use: metrics, units, baselines, benchmarks, models, hardware.

They stand in a file of their own (``docs/registry.yaml``, unless the settings say otherwise), because nearly every
added paper adds a name and proposals may change them. I/O: none.
"""

import re
from collections.abc import Mapping
from functools import cached_property
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BeforeValidator, ConfigDict, Field

from living_survey.model.identifiers import Key
from living_survey.model.parts import Part
from living_survey.model.units import EITHER, FACTORS, Form, Unit
from living_survey.model.values import Factor, Name, Text, Yes, choice, filled_list, value_error

LISTS = ("results", "scale")
"""Fields of a paper that hold numbers: what was achieved, and sizes."""
KINDS = ("named", "plain", "itself", "unnamed")
"""What baselines can be: a system or method with a name, an ordinary implementation, the same without the method,
something that the source does not name."""
WORDS = ("itself", "unnamed", "unstated")
"""Baselines that are words of the form: a registry has them before a paper needs them."""
ALIKE = ("baseline", "benchmark", "model", "hardware")
"""Fields of a number that a family can ask for before it ranks."""
_CHANGES = ("more", "less", "of")
TO_WRITE = "to be written"
"""Definition of a metric that nobody has defined yet."""
BLOCKS = ("metrics", "baselines", "benchmarks", "models", "hardware")
"""Blocks of names that numbers use."""


def _items(value: Any) -> Any:
    if not isinstance(value, list):
        raise value_error("value-not-a-list")
    return value


def _factors(value: Any) -> Any:
    """Give units that convert into nothing, which are a list, no factor."""
    return {str(unit): None for unit in value} if isinstance(value, list) else value


def _perhaps(value: Any) -> str:
    """Take the empty text for a unit: some levels have none."""
    return " ".join(str(value).split())


_Alike = Annotated[tuple[Annotated[str, choice(ALIKE, "a field of a number")], ...], BeforeValidator(_items)]
_Spellings = Annotated[tuple[Text, ...], BeforeValidator(filled_list)]


_SIZE = r"((?:0|[1-9][0-9]*)(?:\.[0-9]+)?)([MBT])"
_SIZES = re.compile(rf"{_SIZE}|{_SIZE}-{_SIZE}|to {_SIZE}")


def sizes_of(text: str) -> tuple[float, float] | None:
    """Return the least and the most parameters that a size names: ``33B``, ``2B-14B``, ``to 34B`` (that size alone).

    None where the text is no size.
    """
    found = _SIZES.fullmatch(text)
    if not found:
        return None
    factors = {"M": 1e6, "B": 1e9, "T": 1e12}
    groups = [one for one in found.groups() if one is not None]
    sizes = [float(number) * factors[letter] for number, letter in zip(groups[::2], groups[1::2], strict=True)]
    return (sizes[0], sizes[-1]) if sizes[0] <= sizes[-1] else None


def _size(value: str) -> str:
    if sizes_of(value) is None or not value[0].isdigit():
        raise value_error("size-invalid", value=value)
    return value


class Family(Part):
    """Metrics that are shown together."""

    title: Text
    """How it is shown: `Speed`."""
    alike: _Alike | None = None
    """What must be stated and equal for a rank; left out: benchmark and baseline."""
    list: Annotated[Literal["results", "scale"], choice(LISTS, "a list of numbers")] = "results"
    """Whether its numbers stand under `results` or under `scale`."""


class Named(Part):
    """What all names share."""

    label: Text
    """How it is shown."""
    also: _Spellings | None = None
    """Other spellings, which `survey fmt` replaces by the name."""
    vague: Yes | None = None
    """`true` where the name does not pin down one thing: nothing ranks by it."""
    new: Yes | None = None
    """`true` where it came with a proposal and no editor has looked at it."""


class Metric(Part):
    """What is measured. One metric has one meaning."""

    family: Name
    """Name of its family."""
    label: Text | None = None
    """How it is shown; left out: the name with spaces."""
    better: Annotated[Literal["higher", "lower", "none"], choice(("higher", "lower", "none"), "a direction")] = "none"
    """Which is better: `higher`, `lower`, or `none`."""
    units: Annotated[tuple[Annotated[str, BeforeValidator(_perhaps)], ...], BeforeValidator(_items)] | None = None
    """Units of its levels; the first one is that of tables."""
    counts: Text | None = None
    """What it counts, where a number needs no unit, or `k`, `M`, `B`, `T` alone."""
    means: Text
    """Definition, in one sentence."""
    alike: _Alike | None = None
    """Replaces what its family asks for."""
    also: _Spellings | None = None
    """Other spellings."""


class Baseline(Named):
    """What numbers are measured against."""

    kind: Annotated[str, choice(KINDS, "a kind of baseline")]
    """`named`, `plain`, `itself`, or `unnamed`."""
    paper: Key | None = None
    """Key of the paper that describes it."""


class Benchmark(Named):
    """Tasks with a way of scoring them."""

    paper: Key | None = None
    """Key of the paper that describes it."""


class Model(Named):
    """A model that papers make, study or compare with."""

    size: Annotated[Text, AfterValidator(_size)] | None = None
    """Its parameters: `7B`."""


class Hardware(Named):
    """A machine, or a kind of machines."""

    kind: Annotated[Name | None, Field(alias="class")] = None
    """Value of the facet `hardware`."""


class Registry(Part):
    """The file of names."""

    model_config = ConfigDict(ignored_types=(cached_property,))

    families: dict[Name, Family] = Field(default_factory=dict)
    """Groups of metrics that are shown together."""
    units: dict[Name, Annotated[dict[Text, Factor | None], BeforeValidator(_factors)]] = Field(default_factory=dict)
    """Dimension → unit → factor. Units of one dimension convert; those of a list convert into nothing."""
    metrics: dict[Name, Metric] = Field(default_factory=dict)
    """What is measured."""
    baselines: dict[Name, Baseline] = Field(default_factory=dict)
    """What numbers are measured against."""
    benchmarks: dict[Name, Benchmark] = Field(default_factory=dict)
    """What quality is measured on."""
    models: dict[Name, Model] = Field(default_factory=dict)
    """Models that papers make, study or compare with."""
    hardware: dict[Name, Hardware] = Field(default_factory=dict)
    """What something ran on, or is made for."""

    def block(self, name: str) -> Mapping[str, Metric | Named]:
        """Return a block of names that numbers use."""
        found: Mapping[str, Metric | Named] = getattr(self, name)
        return found

    def find(self, block: str, word: str) -> str | None:
        """Return the name that a word is or is another spelling of, whatever its capitals."""
        return word if word in self.block(block) else self._spellings[block].get(word.casefold())

    def spellings(self, block: str) -> list[str]:
        """Return all names and spellings of a block."""
        return [*self.block(block), *(word for item in self.block(block).values() for word in item.also or ())]

    @cached_property
    def _spellings(self) -> dict[str, dict[str, str]]:
        found: dict[str, dict[str, str]] = {}
        for block in BLOCKS:
            words = found[block] = {}
            for name, item in self.block(block).items():
                for word in (name, item.label or name, *(item.also or ())):
                    words.setdefault(word.casefold(), name)
            for name in self.block(block):  # last, so that it takes no word from a label
                words.setdefault(name.replace("-", " ").casefold(), name)
        return found

    @cached_property
    def dimensions(self) -> dict[str, tuple[str, float]]:
        """Unit → its dimension, and how many of the dimension's own unit it is."""
        return {
            unit: (dimension, factor) if factor else (unit, 1.0)
            for dimension, units in self.units.items()
            for unit, factor in units.items()
        }

    def dimension(self, metric: Metric, unit: Unit) -> tuple[str, float]:
        """Return the dimension of a level or a difference, and how many of its own unit one of the unit are."""
        name = unit.level or metric.counts or ""
        dimension, factor = self.dimensions.get(name, (name, 1.0))
        return dimension, factor * FACTORS[unit.factor]

    def takes(self, metric: Metric, unit: Unit) -> bool:
        """Say whether a number of a metric may have a unit."""
        if unit.form is Form.RATIO:
            return unit.change in _CHANGES if unit.name == "percent" else unit.change != "of"
        if unit.form is Form.GAIN:
            return unit.change in ("more", "less")
        if unit.change == "of" or (unit.form is Form.LEVEL and unit.name in ("x", "points", EITHER)):
            return False
        if not unit.level:
            return bool(metric.counts) or (not unit.factor and "" in (metric.units or ()))
        known = {self.dimensions.get(name, (name, 1.0))[0] for name in metric.units or ()}
        return self.dimensions.get(unit.level, (unit.level, 1.0))[0] in known

    def alike(self, metric: Metric) -> tuple[str, ...]:
        """Return the fields that must be stated and equal before numbers of a metric rank."""
        if metric.alike is not None:
            return metric.alike
        family = self.families[metric.family]
        return ("benchmark", "baseline") if family.alike is None else family.alike

    def is_vague(self, block: str, name: str) -> bool:
        """Say whether a name, or a size in the place of one, does not pin down one thing."""
        item = self.block(block).get(name)
        return item is None or bool(item.vague) if not isinstance(item, Metric) else False

    def shown(self, block: str, name: str) -> str:
        """Return how a name is shown."""
        item = self.block(block).get(name)
        return (item.label if item else None) or (name.replace("-", " ") if isinstance(item, Metric) else name)
