"""Words and phrases that a survey does not want in its texts, as its settings write them.

White space stands for any, a line's end too. ``*`` at either end of a word is the rest of the word, ``#`` a number; all
else is itself, and no pattern takes more than one way through a text. A phrase without capitals is found with any.
I/O: none.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from living_survey.model.values import one_line, value_error

LONGEST = 100
"""Characters of a phrase."""
_WORD = re.compile(r"\*?[^\s*]+\*?")
_GAP = r"(?:[^\S\n]{1,2}|[^\S\n]?\n[ \t>]{0,8})"
"""What may stand between two words of a phrase; more is a place where something was taken out."""
_NUMBER = r"\d+(?:[.,]\d+)*"


def phrase(value: Any) -> str:
    """Check that a setting is a phrase that can be looked for."""
    text = one_line(value)
    if len(text) > LONGEST or not all(map(_WORD.fullmatch, text.split())) or not _literal(text):
        raise value_error("wording-invalid", value=text, most=LONGEST)
    return text


@dataclass(frozen=True, slots=True)
class Avoided:
    """A phrase that stands in a text.

    Attributes:
        start: Where in the text it begins.
        end: Where it ends.
        instead: What to write instead; empty where it is to be left out.
    """

    start: int
    end: int
    instead: str


class AvoidedPhrases:
    """The phrases of a setting."""

    def __init__(self, wording: Mapping[str, str | None]) -> None:
        """Make what finds each phrase: a pattern, and words without which a text cannot have it."""
        self._known = [(_literal(one), _pattern(one), instead or "") for one, instead in wording.items()]

    def find(self, text: str) -> list[Avoided]:
        """Return what stands in a text and should not, from left to right; of several at one place the longest."""
        lower, done, kept = text.lower(), 0, list[Avoided]()
        known = ((pattern, instead) for literal, pattern, instead in self._known if literal in lower)
        found = (one for pattern, instead in known for one in _found(text, pattern, instead))
        for one in sorted(found, key=lambda one: (one.start, -one.end)):
            if one.start >= done:
                kept.append(one)
                done = one.end
        return kept


def _found(text: str, pattern: re.Pattern[str], instead: str) -> Iterator[Avoided]:
    for found in pattern.finditer(text):
        written = _filled(instead, found.groups())
        # A phrase may be replaced by itself in other capitals, and then is right where it has these.
        if not written or " ".join(found[0].split()) != written:
            yield Avoided(*found.span(), written)


def _filled(instead: str, rests: Iterable[str]) -> str:
    """Put what stands for ``*`` and ``#`` in a phrase in their places in what replaces it, in their order."""
    left = iter(rests)
    return re.sub(r"[*#]", lambda _: next(left, ""), instead)


def _literal(phrase: str) -> str:
    """Return the longest run of a phrase that is itself, in small letters."""
    return max(re.split(r"[\s*#]+", phrase), key=len).lower()


def _pattern(phrase: str) -> re.Pattern[str]:
    parts = (re.sub(r"\\[*#]|[*#]", _wild, re.escape(word)) for word in phrase.split())
    before = r"(?<![\w.,])" if phrase[0] == "#" else r"(?<!\w)" if _joins(phrase[0]) else ""
    after = r"(?![\w]|[.,]\d)" if phrase[-1] == "#" else r"(?!\w)" if _joins(phrase[-1]) else ""
    return re.compile(before + _GAP.join(parts) + after, re.IGNORECASE if phrase == phrase.lower() else 0)


def _wild(found: re.Match[str]) -> str:
    return r"(\w*)" if found[0].endswith("*") else f"({_NUMBER})"


def _joins(char: str) -> bool:
    """Say whether a word would go on beside a character."""
    return char in "*_" or char.isalnum()
