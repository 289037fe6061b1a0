"""Units of numbers: what they count, and what kind of statement they make.

A unit is typed in words: a factor (``k``, ``M``, ``B``, ``T``), a name, and ``more``, ``less`` or ``of`` where the
number says how something differs from a baseline. I/O: none.
"""

import re
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum

FACTORS = {"": 1, "k": 10**3, "M": 10**6, "B": 10**9, "T": 10**12}
_TYPED = re.compile(r"(?:([kMBT])(?: (?=\S)|$))?(.*?)(?:(?:^| )(more|less|of))?")
_SPELLINGS = {"×": "x", "%": "percent", "pp": "points", "percentage points": "points"}
EITHER = "percent or points"
"""What a source leaves open: whether it counts in percent of the baseline or in percentage points."""
RATIOS = ("x", "percent")
"""Units in which any metric can be compared with a baseline."""


class Form(StrEnum):
    """What kind of statement a number makes. Numbers of one metric are alike only within one form."""

    LEVEL = "level"
    """An amount: 121 tokens/s."""
    RATIO = "ratio"
    """Relative to a baseline: 4.3 times as much, 15 percent less."""
    DIFFERENCE = "difference"
    """An amount more or less than a baseline: 3.4 points more."""
    GAIN = "gain"
    """Relative or an amount, which the source does not say."""


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit, taken apart.

    Attributes:
        factor: A name of `FACTORS`.
        name: ``tokens/s``, ``percent``, ``x``; empty where the metric alone says what is counted.
        change: ``more``, ``less``, ``of``, or nothing for a level.
    """

    factor: str = ""
    name: str = ""
    change: str = ""

    @property
    def form(self) -> Form:
        """What kind of statement it makes."""
        if not self.change:
            return Form.LEVEL
        if self.name == EITHER:
            return Form.GAIN
        return Form.RATIO if self.name in RATIOS else Form.DIFFERENCE

    @property
    def text(self) -> str:
        """The unit as it is typed."""
        return " ".join(part for part in (self.factor, self.name, self.change) if part)

    @property
    def level(self) -> str:
        """Name of the unit in which the amount is counted; a difference in points is one of percent."""
        return "percent" if self.name == "points" else self.name


def parse_unit(text: str) -> Unit:
    """Take a unit apart. Signs are read as words: ``×`` is ``x more``, ``%`` is ``percent``."""
    words = " ".join(text.split())
    for sign, word in _SPELLINGS.items():
        words = re.sub(rf"(?<!\w){re.escape(sign)}(?!\w)", word, words)
    found = _TYPED.fullmatch(words)
    if not found:
        return Unit(name=words)
    unit = Unit(found[1] or "", found[2], found[3] or "")
    return replace(unit, change="more") if unit == Unit(name="x") else unit


def times(value: Decimal, unit: Unit) -> Decimal | None:
    """Return how many times as much as its baseline a ratio states; none where nothing is left of it or it is none."""
    if unit.form is not Form.RATIO:
        return None
    if unit.name == "x":
        if not value and unit.change == "less":
            return None
        return 1 / value if unit.change == "less" else value
    share = value / 100
    return {"more": 1 + share, "less": 1 - share, "of": share}[unit.change]


def significant(value: Decimal) -> int:
    """Return how many digits of a number say something: 3 of ``0.120``, 2 of ``86``, 1 of ``1000``."""
    _, digits, exponent = value.as_tuple()
    kept = len("".join(map(str, digits)).lstrip("0"))
    if isinstance(exponent, int) and exponent >= 0:
        kept = len(str(value.to_integral_value()).strip("0-"))
    return max(kept, 1)


def rounded(value: Decimal, digits: int) -> str:
    """Return a number with so many significant digits, in digits and a point, without zeros that say nothing."""
    if not value:
        return "0"
    exponent = value.adjusted() - digits + 1
    near = value.quantize(Decimal(1).scaleb(exponent)) if exponent < 0 else round(value, -exponent)
    text = f"{near:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


_DIRECTIONS = {
    "more": "higher larger bigger greater longer increase increased gain up",
    "less": "lower smaller fewer shorter cheaper reduction reduced decrease decreased drop savings saving down",
    "": "faster quicker better improvement improved speedup speed-up acceleration",
    "of": "relative remaining",
}
"""What `more`, `less` and `of` are called elsewhere; better is what the metric says."""
_DIRECTION_OF = {word: direction for direction, words in _DIRECTIONS.items() for word in words.split()}
_NAMES_OF = {
    "times": "x", "fold": "x", "pct": "percent", "percentage": "percent", "percentages": "percent",
    "thousand": "k", "million": "M", "billion": "B", "trillion": "T", "mio": "M", "bn": "B", "K": "k",
}  # fmt: skip


def meant_units(text: str, better: str) -> list[str]:
    """Return the units that words may mean which are none: ``times faster`` is ``x more``, or ``x less`` of a time.

    Args:
        text: What was typed.
        better: Of the metric: ``higher``, ``lower``, ``none``.
    """
    words = re.sub(r"[-–]fold\b", " fold", re.sub(r"^[\d.]+ *", "", " ".join(text.split()))).split(" ")
    change = {"lower": "less", "higher": "more"}.get(better, "")
    found = ""
    if (last := words[-1].casefold()) in _DIRECTION_OF and len(words) > 1:
        found, words = _DIRECTION_OF[last] or change or "more", words[:-1]
    elif last in ("more", "less", "of"):
        found, words = last, words[:-1]
    name = " ".join(_NAMES_OF.get(word, _NAMES_OF.get(word.casefold(), word)) for word in words if word != "in")
    name = parse_unit(name.replace("percent points", "points")).text
    name = "x" if name == "x more" else name
    both = [f"{name} more", f"{name} less"]
    return [f"{name} {found}"] if found else both if name == "x" else [name, *both]
