"""Citations in texts: ``[@key]``, ``[@key1; @key2]``, or ``@key`` as a word of a sentence. I/O: none."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from living_survey.model.identifiers import KEY_PATTERN
from living_survey.model.paper import Paper
from living_survey.syntax.code_spans import mask_code
from living_survey.syntax.problems import Places

SHAPE = r"[A-Za-z][A-Za-z-]*[0-9]{4}[A-Za-z0-9]*(?:[-_][A-Za-z0-9]+)*"
"""What tells a key in a sentence from other words with @: a year behind letters."""
_DIGITS = {ord("0") + n: chr(0xFDD0 + n) for n in range(10)}
"""Characters that stand for none in any text, by Unicode's own rule: the digits of numbers behind keys."""
_NUMBER = f"[{_DIGITS[ord('0')]}-{_DIGITS[ord('9')]}]"


def _group(number: str) -> str:
    key = f"@{KEY_PATTERN}{number}"
    return rf"\[(\s*{key}(?:\s*;\s*{key})*\s*)\]"


GROUP = _group("")
"""A citation in brackets; the group holds keys with their signs."""
BARE = rf"(?<![^\s(])@({SHAPE})"
"""A citation in a sentence: behind a space or a bracket, with the shape of a key. Other words with @ are not meant."""
NUMBERED_GROUP, NUMBERED_BARE = _group(f"{_NUMBER}*"), f"{BARE}({_NUMBER}*)"
NUMBERED_KEY = f"@({KEY_PATTERN})({_NUMBER}*)"
"""The same in a text in which the citations have been counted by `number_citations`."""
_IN = r"(?:[^\[\]\n]|\n(?![ \t]*\n))"
_SIGN = r"(?<![A-Za-z0-9_.+@/])@"
"""One that is part of no mail address and of no address on the web."""
_LATEX = r"\\[A-Za-z]{0,20}[Cc]ite[A-Za-z]{0,20}\*?(?:[ \t]*(?:\[[^\]\n]{0,200}\]|\([^)\n]{0,200}\))){0,4}[ \t]*\{"
_NONE = "|".join([
    # Brackets that hold more than keys; those of a link count only if what they hold has the shape of a key.
    rf"\[(?!\^)(?={_IN}{{0,400}}\](?![(\[]|:[ \t]*<?https?:)){_IN}*?{_SIGN}[A-Za-z0-9_{{]{_IN}*\]",
    rf"\[(?!\^)(?={_IN}{{0,400}}\][(\[]){_IN}*?{_SIGN}{SHAPE}{_IN}*\]",
    rf"{_SIGN}\{{{SHAPE}\}}",
    rf"""(?<=["'“‘„«*_~—–…,;:>|-])@{SHAPE}""",
    rf"{_LATEX}[^}}\n]{{0,200}}\}}?",
    r"(?<![A-Za-z0-9_^}])\{cite(?::[a-z]{1,4})?\}", r"(?<![A-Za-z0-9]):cite(?::[a-z]{1,4})?:",  # MyST, reST
    r"\{%-?[ \t]*cite\b[^%\n]{0,200}%?\}?",  # Jekyll
])  # fmt: skip
CITATION = rf"(?=[\[@\\{{:])(?:{GROUP}|{BARE}|({_NONE}))"
"""Citations and, in the third group, what is written as elsewhere and would be printed as it stands.

For JavaScript too.
"""
_CITATION, _KEY, _NUMBERS = re.compile(CITATION), re.compile(f"@({KEY_PATTERN})"), re.compile(f"{_NUMBER}+")
_SIGNS = re.compile(r"@|\\[A-Za-z]*[Cc]ite|[{:]cite|%-?[ \t]*cite")
"""Without any of these a text has nothing that could be meant as a citation: most have not, and need no closer look."""


@dataclass(frozen=True, slots=True)
class Citation:
    """A citation in a text: one key, or several in brackets.

    Attributes:
        keys: Each key, with the place of its sign in the text.
        start: Where in the text the citation begins.
        end: Where it ends.
        bare: Whether it stands in a sentence without brackets, as a word of it.
    """

    keys: tuple[tuple[str, int], ...]
    start: int
    end: int
    bare: bool


@dataclass(frozen=True, slots=True)
class Mention:
    """A key that a page cites, and where."""

    key: str
    line: int
    column: int
    heading: bool


@dataclass(frozen=True, slots=True)
class Mistaken:
    """What is meant as a citation and is none here, and where."""

    text: str
    line: int
    column: int

    @property
    def short(self) -> str:
        """Its beginning."""
        return self.text if len(self.text) <= 60 else f"{self.text[:59]}…"


def find_citations(text: str) -> Iterator[Citation]:
    """Yield the citations of a text in Markdown, in its order, code and comments left out.

    This alone says what is a citation: the checks, the pages and the lists of what cites a paper go by it.
    """
    for found in _CITATION.finditer(mask_code(text)) if "@" in text else ():
        if found[3]:
            continue
        inside, start = (found[1], found.start(1)) if found[1] else (found[0], found.start())
        keys = tuple((key[1], start + key.start()) for key in _KEY.finditer(inside))
        yield Citation(keys, *found.span(), bare=not found[1])


def find_mentions(text: str, first_line: int = 1) -> Iterator[Mention]:
    """Yield the keys that a text in Markdown cites, in its order, code and comments left out."""
    return locate_mentions(text, find_citations(text), first_line)


def locate_mentions(text: str, citations: Iterable[Citation], first_line: int = 1) -> Iterator[Mention]:
    """Yield the keys of the citations that were found in a text, with their places."""
    places = Places(text, first_line)
    for key, place in (key for citation in citations for key in citation.keys):
        line, column = places.find(place)
        yield Mention(key, line, column, text.startswith("#", place - column + 1))


def find_mistaken(text: str, first_line: int = 1) -> Iterator[Mistaken]:
    """Yield what of a text is written like a citation of pandoc, LaTeX or MyST, and would be printed as it stands."""
    if not _SIGNS.search(text):
        return
    masked = mask_code(text)
    places = Places(masked, first_line)
    for found in _CITATION.finditer(masked):
        if found[3]:
            yield Mistaken(" ".join(found[3].split()), *places.find(found.start()))


def replace_mentions(text: str, old: str, new: str) -> str:
    """Return a text that cites ``new`` wherever it cited ``old``; code and comments stay as they are."""
    for key, place in reversed([key for citation in find_citations(text) for key in citation.keys]):
        if key == old:
            text = f"{text[: place + 1]}{new}{text[place + 1 + len(old) :]}"
    return text


def number_citations(text: str, citations: Iterable[Citation], count: Callable[[str], int], behind: int = 0) -> str:
    """Return a text in which a number stands behind each key that is cited, in characters that no text has.

    Markdown does not come to citations in the order of the text: those in brackets are found before others, footnotes
    after all else. So they are counted before.

    Args:
        text: The text, in Markdown.
        citations: What was found in it.
        count: Returns the number of a key that is cited once more; 0 for none.
        behind: How many characters stood before the text where that was found.
    """
    parts, done = list[str](), 0
    for key, place in (key for citation in citations for key in citation.keys):
        end = place + 1 + len(key) - behind
        if number := count(key):
            parts += [text[done:end], str(number).translate(_DIGITS)]
            done = end
    return "".join([*parts, text[done:]])


def read_number(digits: str) -> int:
    """Return the number behind a key; 0 where there is none."""
    return int("".join(chr(ord(digit) - 0xFDD0 + ord("0")) for digit in digits)) if digits else 0


def without_numbers(text: str) -> str:
    """Return a text without the numbers that stand behind what turned out to be no citation."""
    return _NUMBERS.sub("", text)


def author_year(papers: Iterable[Paper]) -> dict[str, tuple[str, str]]:
    """Return (who, year) for each paper that a page cites; equal ones get letters, in the order of keys: ``2024a``."""
    same: dict[tuple[str, int], list[Paper]] = {}
    for paper in sorted(papers, key=lambda paper: paper.key):
        same.setdefault((paper.byline, paper.year), []).append(paper)
    return {
        paper.key: (who, f"{year}{chr(97 + n % 26) if len(group) > 1 else ''}")
        for (who, year), group in same.items()
        for n, paper in enumerate(group)
    }
