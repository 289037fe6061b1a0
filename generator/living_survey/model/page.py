"""The editors' pages: their text, the papers they cite, the paths and terms they declare.

A citation is ``[@key]``, ``[@key1; @key2]``, or ``@key`` as a word of a sentence. I/O: none.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from living_survey.model.addresses import THEMES, page_address, slugify
from living_survey.model.citations import (
    GROUP,
    Citation,
    Mention,
    Mistaken,
    find_citations,
    find_mistaken,
    locate_mentions,
)
from living_survey.model.paper import Paper
from living_survey.model.question import QuestionMention, find_questions
from living_survey.model.sentences import first_heading
from living_survey.model.settings import Settings
from living_survey.model.theme import INDEX, Theme
from living_survey.syntax.problems import FieldPath

BLOCKS = (
    "counts", "themes", "themes-defined", "kinds", "newest", "papers", "authors", "venues", "years", "results",
    "downloads", "cite", "fields", "form", "path", "glossary", "method",
    "questions", "findings", "comparisons", "outside", "home", "find", "field", "compare", "bibliography",
)  # fmt: skip
"""Generated lists that a page can ask for: ``<!-- survey:themes -->``."""
MATRIX = "coverage"
"""The one that takes two axes: ``<!-- survey:coverage theme kind -->``."""
COVERS = "covers"
"""The one that takes a query: ``<!-- survey:covers kind=survey -->``."""
QUESTIONS, COMPARISONS = "questions/index.md", "comparisons/index.md"
OUTSIDE = "outside/index.md"
COMPARE, MY_BIBLIOGRAPHY = "compare/index.md", "bibliography/index.md"
INDEX_SOURCES = (
    INDEX,
    *(f"{name}/index.md" for name in ("papers", "authors", "venues", "years", "results")),
    QUESTIONS,
    COMPARISONS,
    OUTSIDE,
    COMPARE,
    MY_BIBLIOGRAPHY,
)
"""Pages that every survey has, by their place under ``docs/``; the survey's own file replaces one, but for those of all
questions, of comparisons, and of works outside the survey, which are there if there are any."""
_BLOCK = re.compile(r"^[ \t]*<!--\s*survey:\s*([^\s>]*)((?:[ \t]+[^\s>]+)*?)\s*-->[ \t]*$", re.MULTILINE)
_FENCE = re.compile(r"^ {0,3}(```|~~~).*?^ {0,3}\1", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True, slots=True)
class Block:
    """A comment, alone on its line, in whose place a page gets a generated list.

    Attributes:
        name: What comes there; not always one of those that there are.
        words: What follows the name.
        start: Where in the text the comment begins.
        end: Where it ends.
    """

    name: str
    words: tuple[str, ...]
    start: int
    end: int


def find_blocks(text: str) -> Iterator[Block]:
    """Yield the blocks of a text in Markdown, in its order, fenced code left out."""
    code = [found.span() for found in _FENCE.finditer(text)] if "survey:" in text else []
    for found in _BLOCK.finditer(text):
        if not any(start <= found.start() < end for start, end in code):
            yield Block(found[1], tuple(found[2].split()), *found.span())


def axes(settings: Settings) -> list[str]:
    """Return the names of the axes that coverage tables can have."""
    return ["theme", "subtheme", "kind", "year", "offers", *settings.facets]


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
    has_front: bool = False
    """Whether it has front matter, if only an empty one."""
    broken: bool = False
    """Whether that could not be read."""

    def locate(self, *field: str | int) -> tuple[int, int]:
        """Return line and column of a field of the front matter, or of the nearest one around it."""
        path: FieldPath = field
        while path and path not in self.positions:
            path = path[:-1]
        return self.positions.get(path, (1, 1))

    @property
    def can_have_blocks(self) -> bool:
        """Whether generated lists can be asked for: in the text of a theme their place is fixed."""
        return not self.source.startswith(THEMES) or self.source == INDEX

    @property
    def address(self) -> str:
        """Its address on the site."""
        return page_address(self.source)

    @cached_property
    def title(self) -> str:
        """What its front matter, or else its first heading, says; the name of its file where neither says it."""
        title = self.front.get("title")
        return (title if isinstance(title, str) else "") or first_heading(self.text) or self.source

    @cached_property
    def citations(self) -> list[Citation]:
        """The citations in the text, in its order."""
        return list(find_citations(self.text))

    @cached_property
    def mentions(self) -> list[Mention]:
        """The keys that the text cites, in its order."""
        return list(locate_mentions(self.text, self.citations, self.first_line))

    @cached_property
    def reviewed(self) -> Mapping[str, str]:
        """Key of a paper → the day on which the page was last revised for what became of that paper."""
        days = self.front.get("reviewed")
        return {key: day for key, day in days.items() if isinstance(day, str)} if isinstance(days, dict) else {}

    @cached_property
    def questions(self) -> list[QuestionMention]:
        """The questions that the text names, in its order."""
        return list(find_questions(self.text, self.first_line))

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
        """Words of the text, as `words_of_page` counts them."""
        return words_of_page(self.text)

    @cached_property
    def steps(self) -> list[Step]:
        """The reading path that its front matter declares under ``path``."""
        items = self.front.get("path")
        fields = [item if isinstance(item, dict) else {} for item in (items if isinstance(items, list) else [])]
        return [Step(str(item.get("paper", "")), str(item.get("why", ""))) for item in fields]

    @cached_property
    def terms(self) -> list[Term]:
        """The terms that its front matter declares under ``terms``."""
        items = self.front.get("terms")
        fields = [item if isinstance(item, dict) else {} for item in (items if isinstance(items, list) else [])]
        return [
            Term(str(item.get("term", "")), _listed(item.get("also")), str(item.get("definition", "")))
            for item in fields
        ]


def words_of_page(text: str) -> int:
    """Count the words of a text in Markdown: citations, tables' rules and comments do not count."""
    bare = re.sub(rf"{GROUP}|<!--.*?-->|^\s*\|[\s|:-]+\|\s*$", " ", text, flags=re.MULTILINE | re.DOTALL)
    return len(re.findall(r"\w[\w'’./%×-]*", bare))


def _listed(value: Any) -> tuple[str, ...]:
    return tuple(one for one in value if isinstance(one, str)) if isinstance(value, list) else ()


def uncited(theme: Theme, page: EditorPage, papers: Sequence[Paper]) -> list[Paper]:
    """Return the papers of a theme that its page does not cite; a theme's sub-themes cite for themselves."""
    cited = set(page.cited)
    inside = tuple(child.path for child in theme.children)
    return [
        paper
        for paper in papers
        if paper.key not in cited
        and not (cited & {*(paper.aliases or ()), *(paper.source_keys or ())})
        and not any(
            path in inside or path.startswith(tuple(f"{name}/" for name in inside)) for path in paper.themes or ()
        )
    ]
