"""The editors' pages: their text, the papers they cite, the paths and terms they declare.

A citation is ``[@key]``, ``[@key1; @key2]``, or ``@key`` as a word of a sentence. I/O: none.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from living_survey.model.addresses import slugify
from living_survey.model.citations import GROUP, Mention, Mistaken, find_mentions, find_mistaken
from living_survey.model.paper import Paper
from living_survey.model.theme import Theme
from living_survey.syntax.problems import FieldPath


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


BLOCK = re.compile(r"^[ \t]*<!--\s*survey:\s*([^\s>]*)((?:[ \t]+[a-z0-9-]+)*)\s*-->[ \t]*$", re.MULTILINE)
"""A comment, alone on its line, in whose place a page gets a generated list: its name, and words behind that."""
