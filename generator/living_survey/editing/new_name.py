"""What becomes of texts and queries when a paper or a theme gets another name. I/O: none."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from living_survey.model.citations import replace_mentions
from living_survey.model.expressions import replace_names
from living_survey.model.page import find_blocks
from living_survey.model.paper import Paper
from living_survey.model.query import replace_values
from living_survey.model.survey import Survey

TEXTS = ("tldr", "summary")
"""Fields of a paper file whose text may name papers and themes."""


@dataclass(frozen=True, slots=True)
class NewName:
    """A name and its next one.

    Attributes:
        old: The name.
        new: The next one.
        keys: The keys of queries whose values are such names.
    """

    old: str
    new: str
    keys: tuple[str, ...]

    def of(self, name: str) -> str:
        """Return what a name becomes: most stay."""
        return self.new if name == self.old else name

    def query(self, text: str) -> str:
        """Return a query that asks for the same."""
        for key in self.keys:
            text = replace_values(text, key, self.of)
        return text

    def text(self, text: str) -> str:
        """Return a text of a field that says the same; code stays as it is."""
        changed = replace_names(text, self.of, self.query)
        return changed if changed != text else text  # one that stays keeps how it was quoted

    def page(self, text: str) -> str:
        """Return a text in Markdown that says the same, in the queries of its blocks too."""
        text = self.text(text)
        for block in reversed(list(find_blocks(text))):
            text = text[: block.start] + self.query(text[block.start : block.end]) + text[block.end :]
        return text

    def fields(self, data: dict[str, Any], names: Iterable[str]) -> dict[str, Any]:
        """Return those of the named fields of a file whose text changes."""
        changed = {name: self.text(str(data[name])) for name in names if name in data}
        return {name: text for name, text in changed.items() if text != data[name]}


@dataclass(frozen=True, slots=True)
class NewKey(NewName):
    """The citation key of a paper, which texts cite and numbers have as a baseline."""

    @classmethod
    def build(cls, survey: Survey, old: str, new: str) -> "NewKey":
        """Return a paper's next key; a baseline or a model of that name is not the paper."""
        registry = survey.registry
        taken = old in registry.baselines or old in registry.models
        return cls(old, new, ("key",) if taken else ("key", "baseline"))

    def text(self, text: str) -> str:
        """Return a text of a field that says the same and cites the same."""
        cited = replace_mentions(text, self.old, self.new)
        return NewName.text(self, cited if cited != text else text)

    def numbers(self, numbers: list[dict[str, Any]]) -> list[dict[str, Any]]:
        """Return the numbers of a file, with their baselines by their next names."""
        return [self._number(number) for number in numbers] if "baseline" in self.keys else numbers

    def _number(self, number: dict[str, Any]) -> dict[str, Any]:
        said = number.get("baseline", ())
        changed = list(map(self.of, said)) if isinstance(said, list) else self.of(said) if said else said
        return {**number, "baseline": changed} if changed != said else number

    def is_in(self, paper: Paper) -> bool:
        """Say whether a paper's file may name it in a text, a relation or a number."""
        texts = any(self.old in (text or "") for text in (paper.tldr, paper.summary))
        numbers = any(self.old in (number.baseline or ()) for number in (*(paper.results or ()), *(paper.scale or ())))
        return texts or numbers or any(relation.paper == self.old for relation in paper.relations or ())


@dataclass(frozen=True, slots=True)
class NewPath(NewName):
    """The path of a theme, with those below it."""

    @classmethod
    def build(cls, old: str, new: str) -> "NewPath":
        """Return a theme's next path."""
        return cls(old, new, ("theme",))

    def of(self, name: str) -> str:
        """Return what a path becomes."""
        inside = name == self.old or name.startswith(f"{self.old}/")
        return f"{self.new}{name.removeprefix(self.old)}" if inside else name
