"""What is wrong with files below ``docs/`` that name papers: questions and comparisons.

I/O: none.
"""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from living_survey.checks.papers import check_cited, nearest
from living_survey.model.paper import Paper
from living_survey.model.query import QueryError, Vocabulary, parse_query
from living_survey.model.settings import Settings
from living_survey.model.theme import Taxonomy
from living_survey.syntax.problems import FieldPath, Problem, problem


class DataFile(Protocol):
    """A question or a comparison."""

    @property
    def query(self) -> str | None:
        """Which papers of the survey it is about."""

    @property
    def source(self) -> str:
        """The file, relative to ``docs/``."""

    def named(self) -> Iterator[tuple[FieldPath, str]]:
        """Yield (field, key) of every paper that the file names in its fields."""

    def texts(self) -> Iterator[tuple[FieldPath, str]]:
        """Yield (field, text) of what may cite papers."""


def file_path(settings: Settings, one: DataFile) -> str:
    """Return the file of a question or a comparison as it is reported."""
    return settings.relative(settings.docs_dir / one.source)


@dataclass(frozen=True, slots=True)
class Names:
    """What such files can name."""

    settings: Settings
    owners: Mapping[str, str]
    """Keys and aliases of papers → the key."""
    known: frozenset[str]
    """These, and names that papers which could not be read may have."""
    words: Vocabulary
    propose: Callable[[str], str]
    """From a key that there is not to a hint."""

    @classmethod
    def build(
        cls, settings: Settings, taxonomy: Taxonomy, papers: Sequence[Paper], unread: Collection[str] = ()
    ) -> "Names":
        """Return what files of a survey can name.

        Args:
            settings: The survey's settings.
            taxonomy: Its themes.
            papers: The papers that could be read.
            unread: Names that papers which could not be read may have.
        """
        owners = {name: paper.key for paper in papers for name in (*(paper.aliases or ()), paper.key)}
        known = frozenset([*owners, *unread])
        return cls(settings, owners, known, Vocabulary(settings, taxonomy), nearest(owners))

    def check(self, one: DataFile) -> Iterator[Problem]:
        """Check that the papers that a file names and cites are there, and that its query can be asked."""
        path = file_path(self.settings, one)
        for field, key in one.named():
            if key not in self.known:
                yield problem("citation-unknown", path, field=field, hint=self.propose(key), key=key)
        for field, text in one.texts():
            yield from check_cited(text, path, field, self.known, self.propose)
        try:
            parse_query(one.query or "", self.words)
        except QueryError as error:
            yield query_problem(path, error)

    def check_twice(self, path: str, name: str, keys: Sequence[str]) -> Iterator[Problem]:
        """Check that a list names each paper once, under whichever of its names."""
        yield from check_twice(path, name, [self.owners.get(key, key) for key in keys])


def check_twice(path: str, name: str, values: Sequence[str]) -> Iterator[Problem]:
    """Check that a field has each value once."""
    for number, value in enumerate(values):
        if value in values[:number]:
            yield problem("item-duplicate", path, field=(name, number), value=value)


def query_problem(path: str, error: QueryError) -> Problem:
    """Return the problem of a query that cannot be asked."""
    return problem("query-invalid", path, field=("query",), hint=error.hint, column=error.column, reason=error.reason)
