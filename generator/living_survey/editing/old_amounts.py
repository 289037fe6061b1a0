"""Amounts and hedges as people typed them before numbers had bounds: ``<1``, ``2–3``, ``up to 3×``, ``about; …``.

I/O: none.
"""

import re
from dataclasses import dataclass
from decimal import Decimal

HEDGES = {
    "at most": r"at most|no more than|not more than|less than(?: this)?|fewer than|below|under|<=?|≤",
    "at least": r"at least|no less than|not less than|more than(?: this)?|over|above|>=?|≥",
    "up to": r"up to|as much as|as many as",
    "about": r"about|around|approximately|approx\.?|roughly|nearly|almost|circa|ca\.?|some|~|≈|∼",
    "mean": r"on average|in the mean|averaging|average|avg\.?|mean",
}
"""Bound → the words that say it before or behind an amount, as a pattern."""
_OPENERS = {
    "at most": r"at most|no more than|less than(?: this)?|fewer than",
    "up to": r"up to|as much as",
    "at least": r"at least|more than(?: this)?|over(?= *(?:[;,]|$))",
    "about": r"about|around|approximately|approximate(?= )|roughly|nearly|almost",
    "mean": r"on average|averages?(?! length)|mean",
}
_KEPT = re.compile(r"average (?:over|across|per|of)\b|approximate ")
"""Openers that say more than the bound and stay."""
_DIGITS = r"(?:0|[1-9][0-9]*)(?:\.[0-9]+)?"
_RANGE = re.compile(rf"({_DIGITS})\s*([kKMBT]|%|×|x)?\s*(?:-|–|—|−|~|∼|to)\s*({_DIGITS})")
_ONE = re.compile(rf"({_DIGITS})")
_SPACES = "\u00a0\u2009\u202f"


@dataclass(frozen=True, slots=True)
class Amount:
    """What an old value states.

    Attributes:
        ends: The number, or both ends of a range, as they are typed.
        bounds: What limits it, in the words of the new form; more than one is for a person to sort out.
        unit: What stood behind the digits: ``×``, ``k``.
        sign: ``+``, ``-`` or nothing.
    """

    ends: tuple[str, ...]
    bounds: tuple[str, ...] = ()
    unit: str = ""
    sign: str = ""


def read_amount(text: str) -> Amount | None:
    """Take the text of an old value apart; none where it is no number."""
    rest = re.sub(rf"(?<=\d)[,{_SPACES}](?=\d{{3}}(?!\d))", "", text.strip().replace("−", "-"))
    bounds: list[str] = []
    while hedge := _hedge(rest):
        bound, rest = hedge
        bounds.append(bound)
    sign = rest[0] if rest[:1] in ("+", "-") else ""
    rest = rest[len(sign) :].strip()
    rest = re.sub(rf"^between ({_DIGITS}) and ({_DIGITS})", r"\1-\2", rest)
    inner = ""
    if found := _RANGE.match(rest):
        ends: tuple[str, ...] = (found[1], found[3])
        inner = found[2] or ""
    elif found := _ONE.match(rest):
        ends = (found[1],)
    else:
        return None
    unit = rest[found.end() :].strip()
    if unit.startswith("+"):
        bounds, unit = [*bounds, "at least"], unit[1:].strip()
    if (inner and inner != unit) or not re.fullmatch(r"[^\d,.;<>≤≥~≈∼+-]*", unit):
        return None
    if len(ends) == 2 and Decimal(ends[0]) >= Decimal(ends[1]):
        return None
    return Amount(ends, tuple(dict.fromkeys(bounds)), unit, sign)


def _hedge(text: str) -> tuple[str, str] | None:
    """Take one hedge from the start or the end of a value."""
    for bound, words in HEDGES.items():
        if found := re.match(rf"(?:{words})(?![a-z])[\s,]*", text, re.IGNORECASE):
            return bound, text[found.end() :]
        if found := re.search(rf"[\s,(]+(?:{words})\)?$", text, re.IGNORECASE):
            return bound, text[: found.start()].strip()
    return None


def read_hedge(setting: str) -> tuple[str, str]:
    """Return the bound that opens a setting, and the setting without it; no bound where none opens it."""
    for bound, words in _OPENERS.items():
        found = re.match(rf"(?:{words})(?![\w-])", setting, re.IGNORECASE)
        if found:
            kept = _KEPT.match(setting.lower())
            return bound, setting if kept else setting[found.end() :].lstrip(" ,;:")
    return "", setting
