"""Citations in texts: ``[@key]``, ``[@key1; @key2]``, or ``@key`` as a word of a sentence. I/O: none."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from living_survey.model.identifiers import KEY_PATTERN
from living_survey.model.paper import Paper
from living_survey.syntax.code_spans import mask_code
from living_survey.syntax.problems import Places

SHAPE = r"[A-Za-z][A-Za-z-]*[0-9]{4}[A-Za-z0-9]*(?:[-_][A-Za-z0-9]+)*"
"""What tells a key in a sentence from other words with @: a year behind letters."""
GROUP = rf"\[(\s*@{KEY_PATTERN}(?:\s*;\s*@{KEY_PATTERN})*\s*)\]"
"""A citation in brackets; the group holds keys with their signs."""
BARE = rf"(?<![^\s(])@({SHAPE})"
"""A citation in a sentence: behind a space or a bracket, with the shape of a key. Other words with @ are not meant."""
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
_CITATION = re.compile(CITATION)
_SIGNS = re.compile(r"@|\\[A-Za-z]*[Cc]ite|[{:]cite|%-?[ \t]*cite")
"""Without any of these a text has nothing that could be meant as a citation: most have not, and need no closer look."""


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


def find_mentions(text: str, first_line: int = 1) -> Iterator[Mention]:
    """Yield the citations of a text in Markdown, code and comments left out."""
    masked = mask_code(text)
    places = Places(masked, first_line)
    for key, place in _places(masked):
        line, column = places.find(place)
        yield Mention(key, line, column, masked.startswith("#", place - column + 1))


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
    for key, place in reversed(list(_places(mask_code(text)))):
        if key == old:
            text = f"{text[: place + 1]}{new}{text[place + 1 + len(old) :]}"
    return text


def _places(masked: str) -> Iterator[tuple[str, int]]:
    """Yield (key, offset of its sign) of the citations in a text without code."""
    for found in _CITATION.finditer(masked):
        if found[3]:
            continue
        inside = found[1] or f"@{found[2]}"
        start = found.start() + (1 if found[1] else 0)
        for key in re.finditer(rf"@({KEY_PATTERN})", inside):
            yield key[1], start + key.start()


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
