"""A facet as the settings declare it: typed in papers, or following from what they say otherwise.

I/O: none.
"""

from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from living_survey.model.identifiers import Slug
from living_survey.model.registry import sizes_of
from living_survey.model.values import Text, one_or_more, value_error
from living_survey.syntax.problems import did_you_mean

SOURCES = ("models", "scale.parameters", "hardware", "links", "results")
"""What facets can follow from: fields of a paper, and of those under ``scale`` the numbers of one metric."""
OF_SIZES = frozenset({"models", "scale.parameters"})
"""Sources of one facet together: each says how many parameters."""
GRADES = ("baseline", "number", "words")
"""What a paper rests on, the strongest first: a number against a named baseline, numbers without one, words alone."""


def _source(value: Any) -> str:
    if value not in SOURCES:
        raise value_error("facet-source-unknown", value=value, sources=", ".join(SOURCES))
    return str(value)


def _limit(value: Any) -> str | None:
    if value is None:
        return None
    text = str(value)
    sizes = sizes_of(text)
    if not sizes or not text[0].isdigit() or "-" in text:
        raise value_error("size-invalid", value=value)
    return text


def _ascending(steps: dict[str, str | None]) -> dict[str, str | None]:
    """A step holds what is below its limit and in no step before; the last takes the rest, so that no size is lost."""
    below = 0.0
    for number, (name, limit) in enumerate(steps.items(), 1):
        if limit is None and number < len(steps):
            raise value_error("facet-step-open", step=name)
        if limit is not None:
            sizes = sizes_of(limit) or (0.0, 0.0)
            if sizes[0] <= below:
                raise value_error("facet-steps-order", step=name, limit=limit)
            below = sizes[0]
    if steps and (limit := list(steps.values())[-1]) is not None:
        raise value_error("facet-steps-closed", limit=limit)
    return steps


_Sources = Annotated[tuple[Annotated[str, BeforeValidator(_source)], ...], BeforeValidator(one_or_more)]
_Steps = Annotated[dict[Slug, Annotated[str | None, BeforeValidator(_limit)]], AfterValidator(_ascending)]


class Facet(BaseModel):
    """A further axis along which papers are told apart, with a closed vocabulary."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    title: Text
    sources: Annotated[_Sources, Field(alias="from")] = ()
    """What it follows from; none where papers state it."""
    values: dict[Slug, Text] = Field(default_factory=dict)
    """Value → definition; of a facet that follows from something, how it is shown."""
    labels: dict[Slug, Text] = Field(default_factory=dict)
    """Of a facet that papers state: value → how it is shown, where that is not its id with spaces."""
    under: dict[Slug, Slug] = Field(default_factory=dict)
    """The same: value → the broader one that it is part of. A paper with a value has those above it too."""
    steps: _Steps = Field(default_factory=dict)
    """Of sizes: value → the size below which it ends; the last one has no end."""

    @model_validator(mode="after")
    def _complete(self) -> "Facet":
        """Each source has its own way to say which values there are."""
        if len(self.sources) > 1 and not OF_SIZES.issuperset(self.sources):
            raise value_error("facet-sources-mixed", sources=", ".join(self.sources))
        if self.of_sizes:
            if len(self.steps) < 2:
                raise value_error("facet-steps-missing")
        elif self.steps:
            raise value_error("facet-steps-needless")
        if self.of_sizes or self.sources == ("links",):
            if self.values:
                raise value_error("facet-values-needless")
        elif not self.values:
            raise value_error("facet-values-missing")
        if self.sources == ("results",) and set(self.values) != set(GRADES):
            raise value_error("facet-grades")
        return self._ordered()

    def _ordered(self) -> "Facet":
        """Labels and the tree name values that there are, and no value is part of itself."""
        if not self.is_typed and (self.labels or self.under):
            raise value_error("facet-tree-needless")
        for value in (*self.labels, *self.under, *self.under.values()):
            if value not in self.values:
                raise value_error("facet-value-undeclared", did_you_mean(value, self.values), value=value)
        for value in self.under:
            if value in self.above(value):
                raise value_error("facet-tree-circle", value=value)
        return self

    def above(self, value: str) -> tuple[str, ...]:
        """Return the broader values that a value is part of, the nearest first."""
        line: list[str] = []
        while (value := self.under.get(value, "")) and value not in line:
            line.append(value)
        return tuple(line)

    @property
    def is_typed(self) -> bool:
        """Whether papers state it."""
        return not self.sources

    @property
    def of_sizes(self) -> bool:
        """Whether it follows from sizes of models."""
        return bool(self.sources) and OF_SIZES.issuperset(self.sources)
