"""Sentences of a text in Markdown, and what a reader sees of one, as plain text. I/O: none."""

import html
import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache

from living_survey.model.citations import Citation
from living_survey.syntax.code_spans import mask_code

LONGEST = 240
"""Characters of a sentence that are quoted."""
_LOOKED_AT = 4000
"""Characters of a sentence from which these are taken."""
_ITEM = re.compile(r"[ \t]*(?:>[ \t]*)*(?:[-*+]|\d{1,9}[.)]|:|#{1,6}|\[\^[^\]\n]{1,100}\]:)[ \t]+")
"""How a line begins that goes on with no sentence of the line above: items, definitions, headings, footnotes."""
_QUOTED = re.compile(r"^[ \t]*(?:>[ \t]?)+")
_END = re.compile(
    r"""(?:[.!?…]["'”’)\]*_]{0,4}(?=\s)|[。！？])"""
    r"(?:\s{1,3}\[\s{0,3}@[^\]\n]{1,400}\])*"  # a citation behind the full stop is of the sentence before it
    r"(?:\s+|$|(?<=[。！？]))"
)
_SHORTENED = re.compile(
    r"(?:^|[\s(])(?:[A-Za-z]|e\.g|i\.e|cf|vs|al|etc|resp|approx|ca|figs?|secs?|eqs?|vol|pp?|ch|dr|prof|st)\.$",
    re.IGNORECASE,
)
"""What ends in a full stop and not in a sentence."""
_PLAIN = (
    ("<", re.compile(r"<(https?://[^\s<>]+)>"), r"\1"),
    ("<", re.compile(r"<!--.*?-->|</?[A-Za-z][^<>\n]{0,500}>", re.DOTALL), ""),
    (
        "[",
        re.compile(r"!?\[([^\[\]]{0,500})\](?:\([^()\s]{0,500}(?:\s+\"[^\"\n]{0,300}\")?\)|\[[^\[\]]{0,200}\])"),
        r"\1",
    ),
    ("[^", re.compile(r"\[\^[^\]\n]{1,100}\]:?"), ""),
    ("{", re.compile(r"\{:?\s*[#.][^{}\n]{0,200}\}"), ""),
    ("`", re.compile(r"(?<!\\)`+"), ""),
    ("*", re.compile(r"(?<![\\*])\*{1,3}(?=\S)|(?<=\S)(?<!\\)\*{1,3}"), ""),
    ("_", re.compile(r"(?<![\\\w])_{1,3}(?=\S)|(?<=\S)(?<!\\)_{1,3}(?!\w)"), ""),
    ("\\", re.compile(r"\\([!-/:-@\[-`{-~])"), r"\1"),
)  # fmt: skip
"""Marks of Markdown: a sign without which there is none, the mark, and what is left of it."""
_LOOSE = re.compile(r"\s+(?=[.,;:!?)\]])|(?<=[(\[])\s+|\s*\(\s*\)")
_TITLE = re.compile(r"^ {0,3}#{1,6}[ \t]+(.+?)[ \t]*#*[ \t]*$|^(?![ \t>-])(.+)\n(?:=+|-+)[ \t]*$", re.MULTILINE)
_NAME = "\ufdef"
"""Stands for the name of a paper that is a word of a sentence."""
_BRACES = "\ufdee\ufdee"
"""Stands for braces that are escaped, or in code."""
_LITERAL = re.compile(rf"\\?{_BRACES}")


class Sentences:
    """The sentences of a text, found once, and as plain text where that is asked for."""

    def __init__(self, text: str, citations: Sequence[Citation], name: Callable[[str], str]) -> None:
        """Find the sentences.

        Args:
            text: The text, in Markdown.
            citations: What it cites, in its order.
            name: Returns what stands for a paper that is a word of a sentence, by the key.
        """
        self._text, self._citations, self._name = _without_literal(text), citations, name
        self._spans = find_sentences(text)
        self._starts = [start for start, _ in self._spans]
        self._cited_at = [citation.start for citation in citations]
        self._plain: dict[int, str] = {}

    def number(self, place: int) -> int:
        """Return which sentence a place of the text is in, from 0."""
        return max(0, bisect_right(self._starts, place) - 1)

    def plain(self, number: int) -> str:
        """Return a sentence without citations in brackets and without marks, not longer than what is quoted.

        One with an expression is whole, since what that yields may be shorter: whoever shows it shortens it. Braces
        that begin none are escaped there, those of code too, of which the marks are gone.
        """
        if number not in self._plain:
            start, end = self._spans[number]
            whole = self._without_citations(start, end)
            self._plain[number] = whole if "{{" in whole else shortened(whole)
        return self._plain[number]

    def _without_citations(self, start: int, end: int) -> str:
        parts, done, names = list[str](), start, list[str]()
        end = min(end, start + _LOOKED_AT)
        for citation in self._citations[bisect_left(self._cited_at, start) : bisect_left(self._cited_at, end)]:
            parts.append(self._text[done : citation.start])
            if citation.bare:
                parts.append(_NAME)
                names.append(self._name(citation.keys[0][0]))
            done = citation.end
        words = iter(names)
        plain = to_plain("".join([*parts, self._text[done:end]]))
        named = re.sub(_NAME, lambda _: next(words, ""), plain)
        return _LITERAL.sub(r"\\{{", named.replace(" al..", " al."))


def _without_literal(text: str) -> str:
    """Return a text, of the same length, in which other characters stand for braces that begin no expression."""
    if "{{" not in text:
        return text
    masked = mask_code(text)
    kept = {found.start() for found in re.finditer(r"(?<!\\)\{\{", masked)}
    return re.sub(r"\{\{", lambda found: found[0] if found.start() in kept else _BRACES, text)


@lru_cache(maxsize=512)  # checks and pages come to the same texts again and again
def find_sentences(text: str) -> Sequence[tuple[int, int]]:
    """Return where each sentence of a text in Markdown starts and ends; a row of a table is one."""
    return tuple(_sentences(mask_code(text)))


def _sentences(masked: str) -> Iterator[tuple[int, int]]:
    for start, end in _blocks(masked):
        begin = start
        if not masked.startswith("|", start):
            for found in _END.finditer(masked, start, end):
                if found.end() < end and not _goes_on(masked, found):
                    yield begin, found.end()
                    begin = found.end()
        if begin < end:
            yield begin, end


def _goes_on(masked: str, found: re.Match[str]) -> bool:
    """Say whether a sentence goes on behind what looks like its end."""
    stop = found.start()
    shortened = masked[stop] == "." and _SHORTENED.search(masked, max(0, stop - 8), stop + 1)
    return bool(shortened) or masked[found.end()].islower()


def _blocks(masked: str) -> Iterator[tuple[int, int]]:
    """Yield where each paragraph, item, heading and row of a table starts and ends."""
    start, place = -1, 0
    for line in masked.splitlines(keepends=True):
        item = _ITEM.match(line)
        row = line.lstrip().startswith("|")
        if start >= 0 and (not line.strip() or item or row):
            yield start, place
            start = -1
        if row:
            yield place + len(line) - len(line.lstrip()), place + len(line)
        elif start < 0 and line.strip():
            start = place + (item.end() if item else 0)
            if item and "#" in item[0]:
                yield start, place + len(line)
                start = -1
        place += len(line)
    if start >= 0:
        yield start, place


def to_plain(markdown: str) -> str:
    """Return what a reader sees of a sentence, on one line."""
    lines = [_QUOTED.sub("", line) for line in markdown.splitlines()]
    text = " ".join(lines)
    if text.startswith("|"):
        cells = (cell.strip() for cell in re.split(r"(?<!\\)\|", text))
        text = " · ".join(cell for cell in cells if cell)
    for sign, pattern, left in _PLAIN:
        if sign in text:
            text = pattern.sub(left, text)
    return _LOOSE.sub("", " ".join(html.unescape(text).split())).strip()


def shortened(text: str) -> str:
    """Return a text, cut behind a word where it is longer than what is quoted."""
    if len(text) <= LONGEST:
        return text
    head = text[: LONGEST - 1]
    if not text[LONGEST - 1].isspace():
        head = head.rpartition(" ")[0] or head
    return f"{head.rstrip(' ,;:.–—-')}…"


def first_heading(text: str) -> str:
    """Return the first heading of a text in Markdown, as plain text; nothing where there is none."""
    masked = mask_code(text)
    if not (found := _TITLE.search(masked)):
        return ""
    start, end = found.span(1 if found[1] else 2)
    return to_plain(text[start:end])
