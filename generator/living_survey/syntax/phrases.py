"""Phrases of a fixed list, found in a text in a time that does not grow with the list. I/O: none."""

import re
from collections.abc import Iterable

_WORD = re.compile(r"\w+")


class Phrases:
    """A list of phrases, each found by its first word and only as whole words; capitals do not count."""

    def __init__(self, phrases: Iterable[str]) -> None:
        """Keep the phrases; one without a letter or a digit is never found."""
        self._by_word: dict[str, list[tuple[str, int]]] = {}
        for phrase in sorted({phrase.lower() for phrase in phrases}, key=len, reverse=True):
            if first := _WORD.search(phrase):
                self._by_word.setdefault(first[0], []).append((phrase, first.start()))

    def find(self, text: str) -> list[tuple[int, int]]:
        """Return where phrases stand in a text, from left to right; of several at one place the longest."""
        lower, found, done = text.lower(), list[tuple[int, int]](), 0
        if len(lower) != len(text):  # a capital whose small letter takes two characters
            lower = text
        for word in _WORD.finditer(lower):
            for phrase, before in self._by_word.get(word[0], ()):
                start = word.start() - before
                end = start + len(phrase)
                if start >= done and lower.startswith(phrase, start) and not _joins(lower, end):
                    found.append((start, end))
                    done = end
                    break
        return found

    def blanked(self, text: str) -> str:
        """Return a text of the same length with blanks for the phrases; ends of lines stay."""
        parts, done = list[str](), 0
        for start, end in self.find(text):
            parts += [text[done:start], "".join("\n" if char == "\n" else " " for char in text[start:end])]
            done = end
        return "".join([*parts, text[done:]])


def _joins(text: str, end: int) -> bool:
    """Say whether a word goes on behind a place."""
    return _WORD.match(text, end) is not None
