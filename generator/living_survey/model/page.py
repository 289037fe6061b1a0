"""The editors' pages: their text, the papers they cite, the paths and terms they declare.

A citation is ``[@key]``, ``[@key1; @key2]``, or ``@key`` as a word of a sentence. I/O: none.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Any

from living_survey.model.addresses import slugify
from living_survey.model.paper import Paper
from living_survey.model.theme import Taxonomy, Theme
from living_survey.model.values import KEY_PATTERN
from living_survey.syntax.code_spans import mask_code
from living_survey.syntax.problems import FieldPath, Places, Problem, did_you_mean

_SHAPE = r"[A-Za-z][A-Za-z-]*[0-9]{4}[A-Za-z0-9]*(?:[-_][A-Za-z0-9]+)*"
"""What tells a key in a sentence from other words with @: a year behind letters."""
GROUP = rf"\[(\s*@{KEY_PATTERN}(?:\s*;\s*@{KEY_PATTERN})*\s*)\]"
"""A citation in brackets; the group holds keys with their signs."""
BARE = rf"(?<![^\s(])@({_SHAPE})"
"""A citation in a sentence: behind a space or a bracket, with the shape of a key. Other words with @ are not meant."""
_IN = r"(?:[^\[\]\n]|\n(?![ \t]*\n))"
_SIGN = r"(?<![A-Za-z0-9_.+@/])@"
"""One that is part of no mail address and of no address on the web."""
_LATEX = r"\\[A-Za-z]{0,20}[Cc]ite[A-Za-z]{0,20}\*?(?:[ \t]*(?:\[[^\]\n]{0,200}\]|\([^)\n]{0,200}\))){0,4}[ \t]*\{"
_NONE = "|".join([
    # Brackets that hold more than keys; those of a link count only if what they hold has the shape of a key.
    rf"\[(?!\^)(?={_IN}{{0,400}}\](?![(\[]|:[ \t]*<?https?:)){_IN}*?{_SIGN}[A-Za-z0-9_{{]{_IN}*\]",
    rf"\[(?!\^)(?={_IN}{{0,400}}\][(\[]){_IN}*?{_SIGN}{_SHAPE}{_IN}*\]",
    rf"{_SIGN}\{{{_SHAPE}\}}",
    rf"""(?<=["'“‘„«*_~—–…,;:>|-])@{_SHAPE}""",
    rf"{_LATEX}[^}}\n]{{0,200}}\}}?",
    r"(?<![A-Za-z0-9_^}])\{cite(?::[a-z]{1,4})?\}", r"(?<![A-Za-z0-9]):cite(?::[a-z]{1,4})?:",  # MyST, reST
    r"\{%-?[ \t]*cite\b[^%\n]{0,200}%?\}?",  # Jekyll
])  # fmt: skip
CITATION = rf"(?=[\[@\\{{:])(?:{GROUP}|{BARE}|({_NONE}))"
"""Citations and, in the third group, what is written as elsewhere and would be printed as it stands.

For JavaScript too.
"""
NONE_HINT = "write [@key] or [@key1; @key2], page numbers in the sentence; \\@ is just an @"
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
    def message(self) -> str:
        """What is wrong with it."""
        return f"{self.text if len(self.text) <= 60 else self.text[:59] + '…'} is not a citation here"


@dataclass(frozen=True, slots=True)
class Term:
    """A term of the glossary."""

    name: str
    also: tuple[str, ...]
    """Other ways to write it."""
    definition: str

    @property
    def slug(self) -> str:
        """Its anchor in the glossary."""
        return slugify(self.name)


@dataclass(frozen=True, slots=True)
class Step:
    """A paper on a reading path, and why it is read there."""

    key: str
    why: str


@dataclass(frozen=True)
class EditorPage:
    """A page of the editors'.

    Attributes:
        source: Its file, relative to ``docs/``.
        path: Its file, as it is reported.
        front: What its front matter says.
        positions: Where in the file that stands.
        text: What follows the front matter.
        first_line: The line of the file at which the text starts.
    """

    source: str
    path: str
    front: Mapping[str, Any]
    positions: Mapping[FieldPath, tuple[int, int]]
    text: str
    first_line: int = 1

    @cached_property
    def mentions(self) -> list[Mention]:
        """The citations in the text, in its order."""
        return list(find_mentions(self.text, self.first_line)) if "@" in self.text else []

    @cached_property
    def mistaken(self) -> list[Mistaken]:
        """What in the text is meant as a citation and is none."""
        return list(find_mistaken(self.text, self.first_line))

    @cached_property
    def cited(self) -> list[str]:
        """The keys that it cites, once each, in the order of the text."""
        return list(dict.fromkeys(mention.key for mention in self.mentions))

    @property
    def words(self) -> int:
        """Words of the text: citations, tables' rules and comments do not count."""
        text = re.sub(rf"{GROUP}|<!--.*?-->|^\s*\|[\s|:-]+\|\s*$", " ", self.text, flags=re.MULTILINE | re.DOTALL)
        return len(re.findall(r"\w[\w'’./%×-]*", text))

    @cached_property
    def steps(self) -> list[Step]:
        """The reading path that its front matter declares under ``path``."""
        items = self.front.get("path")
        return [
            Step(str(item.get("paper", "")), str(item.get("why", "")))
            for item in (items if isinstance(items, list) else [])
            if isinstance(item, dict)
        ]

    @cached_property
    def terms(self) -> list[Term]:
        """The terms that its front matter declares under ``terms``."""
        items = self.front.get("terms")
        return [
            Term(str(item.get("term", "")), tuple(map(str, item.get("also") or ())), str(item.get("definition", "")))
            for item in (items if isinstance(items, list) else [])
            if isinstance(item, dict)
        ]


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


def check_pages(pages: Iterable[EditorPage], papers: Mapping[str, Paper]) -> list[Problem]:
    """Check what the editors' pages say of papers: every key exists, headings cite nothing, paths give reasons."""
    problems = []
    owners = set(papers) | {alias for paper in papers.values() for alias in paper.aliases or ()}

    @cache
    def unknown(key: str) -> str:
        return did_you_mean(key, owners, list_few=False) if len(owners) < 5000 else "look it up on the site"

    for page in pages:
        for mention in page.mentions:
            place = (page.path, mention.line, mention.column)
            if mention.key not in owners:
                problems.append(Problem(*place, f"there is no paper {mention.key}", unknown(mention.key)))
            if mention.heading:
                problems.append(Problem(*place, "a citation in a heading", "cite in the text below it"))
        problems += [Problem(page.path, one.line, one.column, one.message, NONE_HINT) for one in page.mistaken]
        for index, step in enumerate(page.steps):
            line, column = page.positions.get(("path", index), (1, 1))
            if step.key not in owners:
                problems.append(Problem(page.path, line, column, f"there is no paper {step.key}", unknown(step.key)))
            if not step.why:
                hint = "add why: what a reader learns from it here"
                problems.append(
                    Problem(page.path, line, column, f"{step.key} stands on the path without a reason", hint)
                )
        for index, term in enumerate(page.terms):
            if not term.name or not term.definition:
                line, column = page.positions.get(("terms", index), (1, 1))
                hint = "write {term: …, definition: …}"
                problems.append(Problem(page.path, line, column, "a term without a name or a definition", hint))
    return problems


def check_coverage(
    pages: Mapping[str, EditorPage], taxonomy: Taxonomy, by_theme: Mapping[str, Sequence[Paper]]
) -> list[Problem]:
    """Warn of papers that the text of their theme never cites, where there is a text that cites."""
    problems = []
    for theme in taxonomy.by_path.values():
        page = pages.get(theme.source)
        if page and page.cited and (missing := uncited(theme, page, by_theme[theme.path])):
            some = ", ".join(paper.key for paper in missing[:10]) + (" …" if len(missing) > 10 else "")
            message = f"{len(missing)} of {len(by_theme[theme.path])} papers of {theme.path} are not cited: {some}"
            hint = "cite them, or leave them: the page lists them under Also in this theme"
            problems.append(Problem(page.path, 0, 0, message, hint, "warning"))
    return problems


def uncited(theme: Theme, page: EditorPage, papers: Sequence[Paper]) -> list[Paper]:
    """Return the papers of a theme that its page does not cite; a theme's sub-themes cite for themselves."""
    cited = set(page.cited)
    inside = tuple(child.path for child in theme.children)
    return [
        paper
        for paper in papers
        if paper.key not in cited
        and not (cited & set(paper.aliases or ()))
        and not any(
            path in inside or path.startswith(tuple(f"{name}/" for name in inside)) for path in paper.themes or ()
        )
    ]


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
