"""Columns of comparisons: something that papers say, a facet, an attribute, or a metric with a unit. I/O: none."""

from collections.abc import Iterator
from dataclasses import dataclass

from living_survey.model.amounts import with_unit
from living_survey.model.labels import label
from living_survey.model.registry import Metric, Registry
from living_survey.model.settings import Settings
from living_survey.model.units import Unit, parse_unit

FIELDS = ("year", "kind", "venue", "themes", "has", "models", "hardware")
"""What papers of every survey say; of equal names a facet or an attribute gives way."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a comparison.

    Attributes:
        text: As it is typed.
        name: The field, facet, attribute or metric.
        of: Which of these: ``field``, ``facet``, ``attribute`` or ``metric``.
        unit: That of all cells of a metric; none where numbers stand as stated.
    """

    text: str
    name: str
    of: str
    unit: Unit | None = None


def read_column(text: str, settings: Settings, registry: Registry) -> Column | None:
    """Return the column that a text names; none where it names nothing. Whether a metric takes the unit is open."""
    name, _, unit = " ".join(text.split()).partition(" ")
    if not unit:
        for of, names in (("field", FIELDS), ("facet", settings.facets), ("attribute", settings.attributes)):
            if name in names:
                return Column(text, name, of)
    return Column(text, name, "metric", parse_unit(unit) if unit else None) if name in registry.metrics else None


def column_names(settings: Settings, registry: Registry) -> list[str]:
    """Return all that a column can be, units left out."""
    return list(dict.fromkeys([*FIELDS, *settings.facets, *settings.attributes, *registry.metrics]))


def units_of(metric: Metric) -> list[str]:
    """Return the units that a number of a metric can have, the commonest first."""
    levels = [one for one in (metric.units or ()) if one]
    known = [*levels, *(f"{one} more" for one in levels if one != "percent"), "x more", "x less"]
    known += ["percent more", "percent less", "percent of", *(["points more"] if "percent" in levels else [])]
    return ["k", "M", "B", "T", *known] if metric.counts else known


def title_of(column: Column, settings: Settings, registry: Registry) -> str:
    """Return the heading of a column."""
    if column.of == "field":
        return label(f"comparisons.columns.{column.name}")
    if column.of == "facet":
        return settings.facets[column.name].title
    if column.of == "attribute":
        return settings.attributes[column.name]
    name = registry.shown("metrics", column.name)
    title = name[:1].upper() + name[1:]
    unit = unit_in_words(column, registry)
    return label("comparisons.in_unit", metric=title, unit=unit) if unit else title


def unit_in_words(column: Column, registry: Registry) -> str:
    """Return the unit of a column as it stands behind a number: ``tokens/s``, ``×``; empty where it has none."""
    return with_unit("", column.unit, registry.metrics[column.name]).strip() if column.unit else ""


def some_columns(settings: Settings, registry: Registry) -> Iterator[str]:
    """Yield what an editor of texts offers: all names, metrics also with each unit."""
    yield from column_names(settings, registry)
    for name, metric in registry.metrics.items():
        yield from (f"{name} {unit}" for unit in units_of(metric))
