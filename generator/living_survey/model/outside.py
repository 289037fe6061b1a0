"""Works outside the survey that its papers name: gathered over all papers, the queue for what is added next.

I/O: none.
"""

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from living_survey.model.identifiers import ARXIV_PATTERN, DOI_PATTERN
from living_survey.model.paper import Paper
from living_survey.model.parts import Relation


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
    ids: tuple[str, ...]
    """DOIs, arXiv ids and addresses, as the papers state them."""
    named: tuple[Naming, ...]
    """By which papers, newest first."""

    @property
    def papers(self) -> int:
        """How many papers name it."""
        return len({one.paper.key for one in self.named})


def spelling(title: str) -> str:
    """Return what titles have in common that differ only in case, hyphens and spaces."""
    return re.sub(r"[\s\-‐-―−_]+", "", unicodedata.normalize("NFKC", title).casefold()) or title


def outside_address(identifier: str) -> str | None:
    """Return where a work with an identifier is; none for what is no address, DOI or arXiv id."""
    if re.match(r"https?://", identifier):
        return identifier
    if re.fullmatch(DOI_PATTERN, identifier):
        return f"https://doi.org/{identifier}"
    arxiv = re.sub(r"^arxiv:\s*", "", identifier, flags=re.IGNORECASE)
    return f"https://arxiv.org/abs/{arxiv}" if re.fullmatch(rf"(?:{ARXIV_PATTERN})(?:v\d+)?", arxiv) else None


def outside_works(papers: Iterable[Paper]) -> list[OutsideWork]:
    """Return the works outside the survey that papers name, those first that most papers name.

    Args:
        papers: The papers, in the order in which they are listed.
    """
    found: dict[str, list[tuple[Paper, Relation]]] = defaultdict(list)
    for paper in papers:
        for relation in paper.relations or ():
            if relation.external:
                found[spelling(relation.external.title)].append((paper, relation))
    works = [_work(pairs) for pairs in found.values()]
    return sorted(works, key=lambda work: (-work.papers, work.title.casefold(), work.title))


def _work(pairs: list[tuple[Paper, Relation]]) -> OutsideWork:
    external = [relation.external for _, relation in pairs if relation.external]
    counted = Counter(one.title for one in external)
    title, *others = sorted(counted, key=lambda title: (-counted[title], title))
    named = tuple(Naming(paper, relation.type, relation.note or "") for paper, relation in pairs)
    return OutsideWork(title, tuple(others), tuple(dict.fromkeys(one.id for one in external if one.id)), named)
