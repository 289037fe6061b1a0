"""What the values of a BibTeX file stand for, and how much all of a file together may become. I/O: none."""

from collections.abc import Iterator, Mapping

from living_survey.formats.entry import MONTHS


class TooMuchError(ValueError):
    """Abbreviations, commands and cross-references make far more of a file than it says."""


class Values:
    """What expressions stand for, and how many characters all of a file together may become.

    Abbreviations that are made of abbreviations grow tenfold with each line, as commands do that are made of commands,
    and entries that take over from one another repeat what they take: 700 bytes become gigabytes.

    Attributes:
        strings: Abbreviation in small letters → what it stands for.
    """

    def __init__(self, limit: int) -> None:
        """Begin with the months, and nothing spent.

        Args:
            limit: Characters that the file may become.
        """
        self.strings = {month: month for month in MONTHS}
        self._left = self._limit = limit

    def spend(self, length: int) -> None:
        """Count characters that are made.

        Raises:
            TooMuchError: If they are more than are left.
        """
        if length > self._left:
            raise TooMuchError(
                f"abbreviations, commands and crossrefs of this file make more than {self._limit:,} characters"
            )
        self._left -= length

    def read(self, expression: str) -> str:
        """Return the value of ``{…}``, ``"…"``, an abbreviation, or several of them joined by ``#``.

        Raises:
            TooMuchError: If it is too long.
        """
        parts = list(_values_in(expression, self.strings))
        self.spend(sum(map(len, parts)))
        return "".join(parts)


def _values_in(expression: str, strings: Mapping[str, str]) -> Iterator[str]:
    """Yield what is joined by ``#``: groups in braces or quotes, and what abbreviations stand for."""
    parts, depth, quoted, start = [], 0, False, 0
    for place, character in enumerate(expression):
        if character in "{}" and expression[place - 1 : place] != "\\":
            depth += 1 if character == "{" else -1
        elif character == '"' and depth == 0:
            quoted = not quoted
        elif character == "#" and depth == 0 and not quoted:
            parts.append(expression[start:place])
            start = place + 1
    for part in [*parts, expression[start:]]:
        part = part.strip()
        if part[:1] in ('"', "{") and part[-1:] in ('"', "}") and len(part) > 1:
            yield part[1:-1]
        else:
            yield strings.get(part.lower(), part)
