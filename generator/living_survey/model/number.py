"""Numbers that papers state, each with its unit, what it is measured against, and the evidence for it.

One class for outcomes and sizes: the metric's family says which list a number belongs to. I/O: none.
"""

from decimal import Decimal
from functools import cached_property
from typing import Annotated, Literal

from pydantic import ConfigDict, model_validator

from living_survey.model.parts import Part
from living_survey.model.units import Unit, parse_unit
from living_survey.model.values import (
    Amount,
    FullDate,
    Names,
    No,
    Rule,
    Text,
    WordsAtMost,
    choice,
    rule,
    value_error,
)

BOUNDS = ("at least", "at most", "about", "mean", "up to")
"""`at least`, `at most`: a limit that holds for all cases. `up to`: the best of several. `mean`: their average."""
OF_RANGES = ("about", "mean")
"""Bounds that a range can have."""
CONFIDENCES = ("stated", "derived", "estimated")
SETTING_WORDS = 15
QUOTE_WORDS = 25
ABSTRACT = "abstract"


class Number(Part):
    """One number that the paper states."""

    model_config = ConfigDict(
        ignored_types=(cached_property,),
        json_schema_extra={
            "oneOf": [
                {"required": ["value"], "not": {"anyOf": [{"required": ["low"]}, {"required": ["high"]}]}},
                {
                    "required": ["low", "high"],
                    "not": {"required": ["value"]},
                    "properties": {"bound": {"enum": [*OF_RANGES]}},
                },
            ],
            "allOf": [
                {
                    "if": {
                        "properties": {"confidence": {"enum": ["derived", "estimated"]}},
                        "required": ["confidence"],
                    },
                    "then": {"required": ["reason"]},
                    "x-hint": "say how it follows",
                }
            ],
            "dependentRequired": {"baseline_stated": ["baseline", "reason"]},
            "x-below": {"low": "high"},
            "x-expected": "a number",
            "x-hint": "fill in the value, or low and high for a range",
        },
    )

    metric: Annotated[Text, rule(x_vocabulary="metrics")]
    """What was measured, a name of the registry: `throughput`."""
    bound: Annotated[str, choice(BOUNDS, "a bound"), Rule({"enum": [*BOUNDS]})] | None = None
    """`at least` or `at most` (holds for all cases), `up to` (the best case), `mean`, `about`."""
    value: Amount | None = None
    """The number as stated, in digits: `4.3`."""
    low: Amount | None = None
    """Lower end of a range, with `high` instead of `value`."""
    high: Amount | None = None
    """Upper end of a range."""
    unit: Text | None = None
    """`tokens/s`, `percent`, `x more`, `percent less`, `points more`, `B`."""
    baseline: Annotated[Names, rule(x_vocabulary="baselines")] | None = None
    """What it is measured against: a name of the registry, a model, or the key of a paper."""
    baseline_stated: No | None = None
    """`false` where the paper does not say it and it follows; needs a `reason`."""
    benchmark: Annotated[Names, rule(x_vocabulary="benchmarks")] | None = None
    """What it was measured on, a name of the registry."""
    model: Annotated[Names, rule(x_vocabulary="models")] | None = None
    """Which model, a name of the registry or a size: `33B`."""
    hardware: Annotated[Names, rule(x_vocabulary="hardware")] | None = None
    """What it ran on, a name of the registry."""
    setting: Annotated[Text, WordsAtMost.build(SETTING_WORDS)] | None = None
    """What no other field holds, in at most 15 words."""
    quote: Annotated[Text, WordsAtMost.build(QUOTE_WORDS)] | None = None
    """The words of the source that state it, at most 25, copied as they are."""
    locator: Text = ABSTRACT
    """Where those words are: `abstract` where left out, `title`, `Table 3`, `Section 5.2`."""
    confidence: Annotated[
        Literal["stated", "derived", "estimated"],
        choice(CONFIDENCES, "a degree of confidence"),
        Rule({"enum": [*CONFIDENCES]}),
    ] = "stated"
    """`stated` where left out; `derived` and `estimated` need a `reason`."""
    reason: Text | None = None
    """How it follows, or what was assumed."""
    read_by: Text | None = None
    """Who read it, where that is not who checked the entry."""
    read: FullDate | None = None
    """Day on which it was read, where that is another day."""

    @model_validator(mode="after")
    def _one_statement(self) -> "Number":
        if not self.reason:
            if self.confidence != "stated":
                raise value_error("number-without-reason", what=f"confidence: {self.confidence}")
            if self.baseline_stated is False:
                raise value_error("number-without-reason", what="baseline_stated: false")
        if self.baseline_stated is False and not self.baseline:
            raise value_error("number-without-baseline")
        if self.low is None and self.high is None:
            if self.value is None:
                raise value_error("number-without-value")
            return self
        if self.value is not None:
            raise value_error("number-value-and-range")
        if self.low is None or self.high is None:
            there, missing = ("low", "high") if self.high is None else ("high", "low")
            raise value_error("number-half-a-range", there=there, missing=missing)
        if Decimal(self.low) >= Decimal(self.high):
            raise value_error("number-range-reversed", low=self.low, high=self.high)
        if self.bound and self.bound not in OF_RANGES:
            raise value_error("number-range-bound", bound=self.bound)
        return self

    @cached_property
    def measured(self) -> Unit:
        """Its unit, taken apart."""
        return parse_unit(self.unit or "")

    @property
    def ends(self) -> tuple[Decimal, Decimal]:
        """The stated number twice, or both ends of the range."""
        low, high = self.value or self.low or "0", self.value or self.high or "0"
        return Decimal(low), Decimal(high)
