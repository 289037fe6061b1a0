"""Where a character of a value stands in its YAML file, however the value is written there. I/O: none."""

import re
import unicodedata
from dataclasses import dataclass
from typing import Any

_QUOTES = {"'": re.compile(r"''|.", re.DOTALL), '"': re.compile(r"\\(?:x..|u....|U.{8}|.)|.", re.DOTALL)}
_PLAIN = re.compile(r".", re.DOTALL)
_BLANK = frozenset(f"\\{sign}" for sign in " \n\tntrvf_NLP")
"""How white space is written in double quotes."""


def count_solid(text: str) -> int:
    """Return how many characters of a text are no white space and no marks on others.

    Reading a file changes these alone: it folds lines, trims, and composes letters with their accents.
    """
    return sum(map(_is_solid, text))


def _is_solid(character: str) -> bool:
    return not character.isspace() and not unicodedata.combining(character)


@dataclass(frozen=True, slots=True)
class Scalar:
    """A value as it stands in a file."""

    start: Any
    """The mark of YAML's at which it starts: the first letter, the quote, or the sign of a block."""
    end: Any
    style: str | None
    """The quote, or the sign of a block; none or empty for a value without."""

    def locate(self, source: str, count: int) -> tuple[int, int] | None:
        """Return line and column, from 1, of the character behind so many solid ones; none where there are fewer.

        Args:
            source: The text of the file.
            count: How many.
        """
        begin, end = (_offset(source, mark) for mark in (self.start, self.end))
        if self.style in ("|", ">"):
            begin = source.find("\n", begin, end) + 1 or end
        elif self.style:
            begin += 1
        for found in _QUOTES.get(self.style or "", _PLAIN).finditer(source, begin, end):
            piece = found[0]
            if piece in _BLANK or not (len(piece) > 1 or _is_solid(piece)):
                continue
            if not count:
                place = found.start()
                return source.count("\n", 0, place) + 1, place - source.rfind("\n", 0, place)
            count -= 1
        return None


def _offset(source: str, mark: Any) -> int:
    """Return the place of a mark in the text; libyaml counts bytes in some versions and characters in others."""
    place = 0
    for _ in range(mark.line):
        place = source.index("\n", place) + 1
    column: int = mark.column
    return place + column
