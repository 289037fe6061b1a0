"""Dates as bibliographies write them: ISO 8601, in words, as numbers, as ranges. I/O: none."""

import re
from calendar import monthrange
from dataclasses import dataclass

from living_survey.formats.entry import MONTHS

YEAR = r"(?<!\d)[12]\d{3}(?!\d)"
"""A year in a text."""
# "2004/05" may be two years.
_ISO = re.compile(
    r"(\d{4})(?:(?:[-.]|/(?=\d+/\d))(\d{1,2})(?:[-/.](\d{1,2}))?)?(?:T[\d:.,]+(?:Z|[+-][\d:]{2,5})?)?[/-]*"
)
_NUMBERS = re.compile(r"(?:(\d{1,2})([-/.]))?(\d{1,2})[-/.](\d{4})")
_WORD = re.compile(r"[^\W\d_]+")
_DAY = re.compile(r"(?<!\d)\d{1,2}(?!\d)")
_SILENT = frozenset(("of", "the", "st", "nd", "rd", "th"))


@dataclass(frozen=True, slots=True)
class Date:
    """What a text says of a day.

    Attributes:
        year: Four digits; empty where it names none.
        month: 1 to 12; 0 where it names none, or leaves open which.
        day: 1 to 31; 0 likewise.
        exact: Whether the text says no more than that.
    """

    year: str = ""
    month: int = 0
    day: int = 0
    exact: bool = False

    @property
    def text(self) -> str:
        """As a paper file has it: ``2019-05-03``, as far as it is known."""
        parts = [self.year, *(f"{part:02d}" for part in (self.month, self.day) if part)]
        return "-".join(parts[: 1 + bool(self.month) + bool(self.month and self.day)])


def month_number(text: str) -> int | None:
    """Return the month that a word or a number names, 1 to 12."""
    word = text.strip().strip(".").lower()
    if word.isdecimal():
        return int(word) if len(word) <= 2 and 1 <= int(word) <= 12 else None
    return next((n for n, month in enumerate(MONTHS, 1) if word.startswith(month) and len(word) >= 3), None)


def read_date(text: str) -> Date:
    """Return the date that a text names; of a range the year and month in which it begins, and no day of it."""
    text = re.sub(r"^(\d{4})([01]\d)([0-3]\d)$", r"\1-\2-\3", text.strip())
    if found := _ISO.fullmatch(text):
        return _checked(found[1], int(found[2] or 0), int(found[3] or 0))
    if found := _NUMBERS.fullmatch(text):
        return _from_numbers(int(found[1] or 0), int(found[3]), found[4], found[2] or "")
    years = re.findall(YEAR, text)
    rest = re.sub(YEAR, " ", text)
    words = [word for word in _WORD.findall(rest) if word.lower() not in _SILENT]
    months = [number for word in words if (number := month_number(word))]
    days = [int(number) for number in _DAY.findall(rest)]
    numbers = len(re.findall(r"\d+", rest))
    one = len(months) == 1 and len(days) <= 1 and len(words) == 1 and numbers == len(days) and len(years) <= 1
    if one and not (days and not 1 <= days[0] <= 31):
        return Date("".join(years), months[0], days[0] if days else 0, exact=True)
    nothing_else = len(years) == 1 and not words and not numbers and not re.search(r"[?~]", text)
    return Date(years[0] if years else "", months[0] if months else 0, 0, exact=nothing_else)


def _checked(year: str, month: int, day: int) -> Date:
    if not re.fullmatch(YEAR, year):
        return Date()
    if not 1 <= month <= 12:
        return Date(year, exact=not month and not day)
    if day and not 1 <= day <= monthrange(int(year), month)[1]:
        return Date(year, month)
    return Date(year, month, day, exact=True)


def _from_numbers(first: int, second: int, year: str, sign: str) -> Date:
    """Read ``03.05.2019``, ``25/05/2019``, ``05/2019``; which of two small numbers is the day nobody knows."""
    if not first:
        return _checked(year, second, 0)
    if sign == "." or first > 12 or first == second:
        return _checked(year, second, first)
    return _checked(year, first, second) if second > 12 else Date(year)
