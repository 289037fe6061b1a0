"""Citations in texts, as pandoc has them: ``[@key]``, ``[see @key, p. 3; -@key2]``, or ``@key`` in a sentence.

A key may be one of somebody's own bibliography, from which papers were imported; one with signs at its end stands in
braces, ``@{key:}``. I/O: none.
"""

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


_FOREIGN = r"[A-Za-z0-9_](?:[A-Za-z0-9_:.#$%&+?<>~/\-]{0,150}[A-Za-z0-9_/])?"
"""A key of another bibliography, which may have signs between its letters."""
_BRACED = r"\{[^{}\s@\[\]]{1,150}\}"
_WORDS = r"(?:[^@\[\];`\\\n]|\n(?![ \t]*\n)){0,120}"
"""What may stand around a key: ``see``, ``p. 3``."""


def _group(number: str) -> str:
    key = f"-?@(?:{_BRACED}|{_FOREIGN}){number}"
    item = rf"(?:{_WORDS}[\s(])?{key}(?:(?:,|\s){_WORDS})?"
    # Brackets with words in them may be a link's.
    return (
        rf"\[(\s*@{KEY_PATTERN}{number}(?:\s*;\s*@{KEY_PATTERN}{number})*\s*(?=\])"
        rf"|(?!\^){item}(?:;{item})*(?=\](?![(\[]|:[ \t]*<?https?:)))\]"
    )


GROUP = _group("")
"""A citation in brackets; the group holds what stands between them."""
BARE = rf"(?<![^\s(])@({SHAPE}|{_BRACED})"
"""A citation in a sentence: behind a space or a bracket, with the shape of a key. Other words with @ are not meant."""
NUMBERED_GROUP, NUMBERED_BARE = _group(f"{_NUMBER}*"), f"{BARE}({_NUMBER}*)"
"""The same in a text in which the citations have been counted by `number_citations`."""
_IN = r"(?:[^\[\]\n]|\n(?![ \t]*\n))"
_SIGN = r"(?<![A-Za-z0-9_.+@/])@"
"""One that is part of no mail address and of no address on the web."""
_LATEX = r"\\[A-Za-z]{0,20}[Cc]ite[A-Za-z]{0,20}\*?(?:[ \t]*(?:\[[^\]\n]{0,200}\]|\([^)\n]{0,200}\))){0,4}[ \t]*\{"
_NONE = "|".join([
    # Brackets that hold more than keys; those of a link count only if what they hold has the shape of a key.
    rf"\[(?!\^)(?={_IN}{{0,400}}\](?![(\[]|:[ \t]*<?https?:)){_IN}*?{_SIGN}[A-Za-z0-9_{{]{_IN}*\]",
    rf"\[(?!\^)(?={_IN}{{0,400}}\][(\[]){_IN}*?{_SIGN}{SHAPE}{_IN}*\]",
    rf"""(?<=["'“‘„«*_~—–…,;:>|-])@{SHAPE}""",
    rf"{_LATEX}[^}}\n]{{0,200}}\}}?",
    r"(?<![A-Za-z0-9_^}])\{cite(?::[a-z]{1,4})?\}", r"(?<![A-Za-z0-9]):cite(?::[a-z]{1,4})?:",  # MyST, reST
    r"\{%-?[ \t]*cite\b[^%\n]{0,200}%?\}?",  # Jekyll
])  # fmt: skip
CITATION = rf"(?=[\[@\\{{:])(?:{GROUP}|{BARE}|({_NONE}))"
"""Citations and, in the third group, what is written as elsewhere and would be printed as it stands.

For JavaScript too.
"""
_CITATION, _NUMBERS = re.compile(CITATION), re.compile(f"{_NUMBER}+")
_ITEM = re.compile(
    rf"(?P<before>[^@;]*?)(?P<minus>-?)@(?:\{{(?P<braced>[^{{}}]+)\}}|(?P<key>{_FOREIGN}))(?P<number>{_NUMBER}*)(?P<after>[^@;]*)"
)
_SIGNS = re.compile(r"@|\\[A-Za-z]*[Cc]ite|[{:]cite|%-?[ \t]*cite")
"""Without any of these a text has nothing that could be meant as a citation: most have not, and need no closer look."""


@dataclass(frozen=True, slots=True)
class Item:
    """One key of a citation, and the words around it.

    Attributes:
        key: The key.
        place: Where its sign stands in the text that was read.
        before: Words in front of it: ``see``.
        after: Words behind it, with the comma or the blank that parts them from it: ``, p. 3``.
        year_only: Whether a hyphen in front of it says that the text names the authors itself.
        number: Which citation of this paper on the page it is; 0 where nobody has counted.
    """

    key: str
    place: int
    before: str = ""
    after: str = ""
    year_only: bool = False
    number: int = 0

    def words(self, who: str, year: str) -> str:
        """Return what is shown for the key within brackets."""
        return year if self.year_only else f"{who}, {year}"


def items_of(inside: str, start: int = 0) -> list[Item]:
    """Return the keys of a citation.

    Args:
        inside: What stands between the brackets, or a key with its sign.
        start: Where in the text that begins.
    """
    return [
        Item(
            found["braced"] or found["key"],
            start + found.end("minus"),
            found["before"].strip(),
            found["after"].rstrip(),
            bool(found["minus"]),
            read_number(found["number"]),
        )
        for found in _ITEM.finditer(inside)
    ]


@dataclass(frozen=True, slots=True)
class Citation:
    """A citation in a text: one key, or several in brackets.

    Attributes:
        keys: Each key, with the place of its sign in the text.
        start: Where in the text the citation begins.
        end: Where it ends.
        bare: Whether it stands in a sentence without brackets, as a word of it.
        items: Its keys with the words around them.
    """

    keys: tuple[tuple[str, int], ...]
    start: int
    end: int
    bare: bool
    items: tuple[Item, ...] = ()


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
        items = tuple(items_of(inside, start))
        yield Citation(tuple((item.key, item.place) for item in items), *found.span(), not found[1], items)


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


def foreign_keys(papers: Iterable[Paper]) -> dict[str, str]:
    """Return the keys that papers had in other bibliographies → theirs here; one that two papers had is nobody's."""
    owners: dict[str, set[str]] = {}
    for paper in papers:
        for name in paper.source_keys or ():
            owners.setdefault(name, set()).add(paper.key)
    return {name: min(keys) for name, keys in owners.items() if len(keys) == 1}


def citable(papers: Iterable[Paper]) -> set[str]:
    """Return all keys by which texts may cite papers: theirs, former ones, and those of other bibliographies."""
    papers = list(papers)
    return {name for paper in papers for name in (paper.key, *(paper.aliases or ()))} | foreign_keys(papers).keys()


def replace_mentions(text: str, old: str, new: str) -> str:
    """Return a text that cites ``new`` wherever it cited ``old``; code and comments stay as they are."""
    return rename_mentions(text, lambda key: new if key == old else key)


def rename_mentions(text: str, renamed: Callable[[str], str]) -> str:
    """Return a text whose citations have other keys; code and comments stay as they are."""
    for key, place in reversed([key for citation in find_citations(text) for key in citation.keys]):
        if (new := renamed(key)) != key:
            text = f"{text[: place + 1]}{new}{text[_end_of_key(text, key, place) :]}"
    return text


def _end_of_key(text: str, key: str, place: int) -> int:
    """Return where a key ends whose sign is at a place, with its braces."""
    return place + 1 + len(key) + (2 if text[place + 1 : place + 2] == "{" else 0)


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
        end = _end_of_key(text, key, place - behind)
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
