"""Works outside the survey that its papers and texts name: gathered over all, the queue for what is added next.

I/O: none.
"""

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from living_survey.model.identifiers import work_ids
from living_survey.model.links import find_links
from living_survey.model.paper import Paper
from living_survey.model.parts import External, Relation
from living_survey.model.work import Work

_Named = tuple[Paper, Relation, External]


@dataclass(frozen=True, slots=True)
class Naming:
    """A paper that names a work, and how."""

    paper: Paper
    type: str
    """The type of the relation: ``uses``."""
    note: str


@dataclass(frozen=True, slots=True)
class NamingText:
    """A text that links to a work."""

    title: str
    address: str
    """Address of the page on which it stands."""


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
    texts: tuple[NamingText, ...] = ()
    """By which texts, in the order of pages."""
    record: Work | None = None
    """What the survey's file of such works says of it."""

    @property
    def papers(self) -> int:
        """How many papers name it."""
        return len({one.paper.key for one in self.named})

    @property
    def count(self) -> int:
        """How many papers and texts name it."""
        return self.papers + len(self.texts)


def naming_texts(
    works: Mapping[str, Work], texts: Iterable[tuple[NamingText, Iterable[str]]]
) -> dict[str, list[NamingText]]:
    """Return the texts that link to each work: id of its record → texts, each once.

    Args:
        works: Id → record.
        texts: What has a title and an address, and all that it says.
    """
    owners = {one: key for key, work in works.items() for one in work.compared}
    found: dict[str, list[NamingText]] = defaultdict(list)
    for place, said in texts if owners else ():
        ids = [one for text in said for link in find_links(text) for one in link.ids]
        for key in dict.fromkeys(owners[one] for one in ids if one in owners):
            found[key].append(place)
    return found


def spelling(title: str) -> str:
    """Return what titles have in common that differ only in case, hyphens and spaces."""
    return re.sub(r"[\s\-‐-―−_]+", "", unicodedata.normalize("NFKC", title).casefold()) or title


def outside_works(
    papers: Iterable[Paper],
    works: Mapping[str, Work] | None = None,
    texts: Mapping[str, Sequence[NamingText]] | None = None,
) -> list[OutsideWork]:
    """Return the works outside the survey that papers and texts name, those first that are named most.

    Titles of one spelling are one work, and so are all with the same DOI or arXiv id. What a record says of a work
    holds for all that are one with it: a title in a paper's file needs no identifier of its own.

    Args:
        papers: The papers, in the order in which they are listed.
        works: Id → record.
        texts: Id of a record → the texts that name the work.
    """
    works, texts = works or {}, texts or {}
    groups = _Groups()
    pairs = [(paper, one, one.external) for paper in papers for one in paper.relations or () if one.external]
    for _, _, external in pairs:
        groups.join([spelling(external.title), *work_ids(external.doi, external.arxiv)])
    for work in works.values():
        groups.join([*map(spelling, work.names), *work_ids(work.doi, work.arxiv)])
    found: dict[str, list[_Named]] = defaultdict(list)
    for paper, relation, external in pairs:
        found[groups.first(spelling(external.title))].append((paper, relation, external))
    outside = {name: _work(named) for name, named in found.items()}
    for key, work in works.items():
        name = groups.first(spelling(work.title))
        if name in outside or texts.get(key):
            outside[name] = _recorded(outside.get(name), work, texts.get(key, ()))
    return sorted(outside.values(), key=lambda one: (-one.count, -one.papers, one.title.casefold(), one.title))


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


def _recorded(found: OutsideWork | None, record: Work, texts: Sequence[NamingText]) -> OutsideWork:
    """Return a work as its record has it: that says what its title is and identifies it."""
    if found is None:
        return OutsideWork(record.title, (), record.ids, (), tuple(texts), record)
    also = tuple(title for title in (found.title, *found.also) if title != record.title)
    known = {one.casefold() for one in record.ids}
    ids = record.ids | {one: address for one, address in found.ids.items() if one.casefold() not in known}
    return replace(found, title=record.title, also=also, ids=ids, texts=(*found.texts, *texts), record=record)
