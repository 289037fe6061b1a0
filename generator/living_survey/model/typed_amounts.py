"""What to write for an amount that is typed as people say it: ``4.3x``, ``up to 3``, ``10-20 %``, ``7B``. I/O: none."""

import re

_WORDS = {"twice": "2", "double": "2", "doubled": "2", "triple": "3", "tripled": "3", "half": "2", "halved": "2"}
_BEHIND = {"%": "percent", "×": "x", "x": "x", "times": "x", "fold": "x", "percent": "percent", "pp": "points"}
"""What stands behind an amount → its unit, but for whether it is more or less."""
_LETTERS = {"k": "k", "m": "M", "b": "B", "t": "T", "thousand": "k", "million": "M", "billion": "B", "trillion": "T"}


def in_place_of(text: str) -> str:
    """Return what to write for an amount with a sign, a bound, a range, a comma, or a unit in it."""
    bare = " ".join(re.sub(r"(?<=\d),(?=\d{3}(?!\d))", "", text).split())
    bare = re.sub(r"(?<=\d),(?=\d)", ".", bare)
    number, behind = r"(\d+(?:\.\d+)?)", r"\s*[%×xkKMBT]?"
    range_of = rf"(?:from |between )?{number}{behind}\s*(?:-|–|—|~|to|and)\s*{number}\s*([^\d]*)"
    if found := re.fullmatch(range_of, bare):
        return f"write low: {found[1]}, high: {found[2]}{_unit_behind(found[3])}"
    signs = {"<": "at most", "≤": "at most", ">": "at least", "≥": "at least", "o": "at least", "u": "up to"}
    signs |= {"more than": "at least", "less than": "at most", "at least": "at least", "at most": "at most"}
    words = "<=?|≤|>=?|≥|~|≈|up to|about|over|around|nearly|more than|less than|at least|at most"
    if found := re.fullmatch(rf"({words})?\s*\+?{number}(\+)?\s*([^\d]*)", bare, re.IGNORECASE):
        sign = (found[1] or ("≥" if found[3] else "")).lower()
        bound = f"bound: {signs.get(sign) or signs.get(sign[:1], 'about')}, " if sign else ""
        return f"write {bound}value: {found[2]}{_unit_behind(found[4])}"
    if found := re.fullmatch(rf"[-−]{number}\s*(?:%|percent)?", bare):
        return f"write value: {found[1]}, and a unit that ends in less, like percent less"
    if digits := _WORDS.get(bare.lower()):
        return f"write value: {digits}, unit: x {'less' if bare.lower().startswith('hal') else 'more'}"
    return ""


def _unit_behind(text: str) -> str:
    """Return how to go on with what stands behind the digits of an amount."""
    if not text:
        return ""
    first, _, rest = text.partition(" ")
    unit = _BEHIND.get(first.lower(), "")
    if unit == "percent":
        return ", and percent in its unit"
    if unit:
        return f", unit: {'points' if unit == 'points' else 'x'} more"
    letter = _LETTERS.get(first.lower(), "")
    return f", unit: {f'{letter} {rest}'.strip() if letter else text}"
