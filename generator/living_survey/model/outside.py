"""Works outside the survey that its papers name: gathered over all papers, the queue for what is added next.

I/O: none.
"""

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from living_survey.model.identifiers import work_ids
from living_survey.model.paper import Paper
from living_survey.model.parts import External, Relation

_Named = tuple[Paper, Relation, External]


@dataclass(frozen=True, slots=True)
class Naming:
    """A paper that names a work, and how."""

    paper: Paper
    type: str
    """The type of the relation: ``uses``."""
    note: str


@dataclass(frozen=True, slots=True)
class OutsideWork:
    """A work that the survey does not hold."""

    title: str
    """As most papers spell it."""
    also: tuple[str, ...]
    """Other spellings."""
    ids: dict[str, str]
    """DOIs, arXiv ids and addresses, as the papers state them → where they lead."""
    named: tuple[Naming, ...]
    """By which papers, newest first."""

    @property
    def papers(self) -> int:
        """How many papers name it."""
        return len({one.paper.key for one in self.named})


def spelling(title: str) -> str:
    """Return what titles have in common that differ only in case, hyphens and spaces."""
    return re.sub(r"[\s\-‐-―−_]+", "", unicodedata.normalize("NFKC", title).casefold()) or title


def outside_works(papers: Iterable[Paper]) -> list[OutsideWork]:
    """Return the works outside the survey that papers name, those first that most papers name.

    Titles of one spelling are one work, and so are all with the same DOI or arXiv id.

    Args:
        papers: The papers, in the order in which they are listed.
    """
    groups = _Groups()
    pairs = [(paper, one, one.external) for paper in papers for one in paper.relations or () if one.external]
    for _, _, external in pairs:
        groups.join([spelling(external.title), *work_ids(external.doi, external.arxiv)])
    found: dict[str, list[_Named]] = defaultdict(list)
    for paper, relation, external in pairs:
        found[groups.first(spelling(external.title))].append((paper, relation, external))
    works = [_work(named) for named in found.values()]
    return sorted(works, key=lambda work: (-work.papers, work.title.casefold(), work.title))


class _Groups:
    """Names of works, those of one work together."""

    def __init__(self) -> None:
        self._before: dict[str, str] = {}

    def first(self, name: str) -> str:
        """Return the name that stands for the work."""
        while (before := self._before.get(name, name)) != name:
            name = before
        return name

    def join(self, names: Iterable[str]) -> None:
        """Note that all of these name one work."""
        one, *others = dict.fromkeys(map(self.first, names))
        self._before.update(dict.fromkeys(others, one))


def _work(found: Sequence[_Named]) -> OutsideWork:
    counted = Counter(external.title for _, _, external in found)
    title, *others = sorted(counted, key=lambda title: (-counted[title], title))
    named = tuple(Naming(paper, relation.type, relation.note or "") for paper, relation, _ in found)
    ids = dict[str, tuple[str, str]]()
    for _, _, external in found:
        for one in external.ids.items():
            ids.setdefault(one[0].casefold(), one)  # a DOI is the same in any case
    return OutsideWork(title, tuple(others), dict(ids.values()), named)
