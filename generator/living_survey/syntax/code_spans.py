"""Where a text in Markdown is code, in a time that grows with the text and not with its square.

Texts come from strangers: what opens and never ends must not be looked for again from every further opening. I/O: none.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator
from functools import lru_cache

_FENCE, _ESCAPED = r"^ {0,3}(```|~~~).*?(?:^ {0,3}\1|(?![\s\S]))", r"\\@"
_CLOSING = {"<!--": "-->", "<script": "</script", "<style": "</style"}
CODE = "|".join([
    _FENCE, r"(?<![\\`])(`+)(?!`).*?(?<!`)\2(?!`)", _ESCAPED, *(f"{start}.*?{end}" for start, end in _CLOSING.items()),
])  # fmt: skip
"""What `mask_code` blanks, as a pattern that JavaScript reads too, with flags ``gms``."""
_OPENING = re.compile("|".join([_FENCE, r"(?<![\\`])`+", _ESCAPED, *_CLOSING]), re.DOTALL | re.MULTILINE)
_STRICT = re.compile(r"^(`{3,}|~{3,}) *[\w#.+-]* *\n|(?<![\\`])`+", re.MULTILINE)
_END_OF_FENCE = re.compile(r"^(`{3,}|~{3,}) *$", re.MULTILINE)


@lru_cache(maxsize=512)  # checks and pages come to the same texts again and again
def mask_code(text: str) -> str:
    """Return a text of the same length with blanks for code, comments, scripts and escaped signs."""
    return _blanked(text, _spans(text))


def mask_strict_code(text: str) -> str:
    """Return a text of the same length with blanks for what Python-Markdown is sure to take for code.

    That is fences without attributes and without indentation, and spans on one line.
    """
    return _blanked(text, _strict_spans(text))


def _blanked(text: str, spans: Iterator[tuple[int, int]]) -> str:
    parts, done = [], 0
    for start, end in spans:
        parts += [text[done:start], re.sub(r"[^\n]", " ", text[start:end])]
        done = end
    return "".join([*parts, text[done:]])


class _Ends:
    """Places at which something can end, by what it is that ends there."""

    def __init__(self, pattern: re.Pattern[str], text: str, group: int) -> None:
        self._places: dict[str, list[tuple[int, int]]] = {}
        for found in pattern.finditer(text):
            self._places.setdefault(found[group], []).append(found.span())

    def behind(self, place: int, what: str) -> tuple[int, int] | None:
        """Return where the first one behind a place starts and ends."""
        places = self._places.get(what, [])
        index = bisect_right(places, (place, place))
        return places[index] if index < len(places) else None


def _spans(text: str) -> Iterator[tuple[int, int]]:
    ticks = _Ends(re.compile("`+"), text, 0)
    position, without = 0, set[str]()
    while found := _OPENING.search(text, position):
        start, position = found.span()
        opening = found[0]
        if opening[0] == "`" and not found[1]:
            there = ticks.behind(position, opening)
            if not there:
                continue
            position = there[1]
        elif closing := _CLOSING.get(opening):
            end = -1 if closing in without else text.find(closing, position)
            if end < 0:
                without.add(closing)
                continue
            position = end + len(closing)
        yield start, position


def _strict_spans(text: str) -> Iterator[tuple[int, int]]:
    ticks, fences = _Ends(re.compile("`+"), text, 0), _Ends(_END_OF_FENCE, text, 1)
    position = 0
    while found := _STRICT.search(text, position):
        start, position = found.span()
        if found[1]:
            # One that is closed at once is behind a line's end, and so is at the place itself.
            there = fences.behind(position - 1, found[1])
        else:
            there = ticks.behind(position, found[0])
            if there and text.find("\n", position, there[0]) >= 0:
                there = None
        if there:
            position = there[1]
            yield start, position
        elif found[1]:
            position = start + len(found[1])  # no fence: what stands on its line may be a span
