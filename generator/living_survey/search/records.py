"""What the search knows of each paper: a row to show and to search, its words by fields, its identifiers. I/O: none."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from living_survey.model.expressions import tldr_of, with_values
from living_survey.model.identifiers import ARXIV_DOI
from living_survey.model.paper import Paper
from living_survey.model.survey import Survey
from living_survey.search.rules import rules
from living_survey.search.tokens import levels, name_tokens, tokens

_CITATIONS = re.compile(r"\[@[^\]]*\]")

Row = list[Any]
"""A paper in a list of results: key, title, short name, authors (each "given⇥family", a team alone), year, venue, paths
of themes, attributes as one text, TLDR."""


@dataclass(frozen=True)
class Records:
    """The papers in the order of their numbers: by the day on which they were added, then by key.

    So a new paper gets the last number, and no other paper's changes.
    """

    survey: Survey

    @cached_property
    def papers(self) -> list[Paper]:
        """The papers; the place in this list is the number of a paper."""
        return sorted(self.survey.papers.values(), key=lambda paper: (paper.added or "", paper.key))

    def row(self, paper: Paper) -> Row:
        """Return what a list of results shows of a paper."""
        kind = [paper.kind] if paper.kind else []
        return [
            paper.key,
            paper.title.text,
            paper.short_name or "",
            [f"{author.given}\t{author.family}" if author.given else author.short_name for author in paper.authors],
            str(paper.year),
            (paper.venue.short or paper.venue.name) if paper.venue else "",
            list(paper.themes or ()),
            "; ".join([*kind, *(paper.attributes or {}).values()]),
            tldr_of(self.survey, paper),
        ]

    def summary(self, paper: Paper) -> str:
        """Return a paper's summary as plain text, on one line."""
        text = _CITATIONS.sub("", paper.summary) if paper.summary else ""
        return " ".join(with_values(self.survey, text, paper.key).split())

    def levels(self, row: Row) -> tuple[dict[str, int], list[str]]:
        """Return the levels of the terms by which a paper is found first, and the words of its sentence and attributes.

        Args:
            row: The paper's row.
        """
        _, title, short, authors, year, venue, themes, attributes, tldr = row
        found = [
            ("short", tokens(short)),
            ("title", tokens(title)),
            ("authors", [word for name in authors for word in self._names(name)]),
            ("themes", [word for path in self._lines(tuple(themes)) for word in self._theme_words[path]]),
            ("venue", tokens(venue)),
            ("year", [year]),
        ]
        return levels(found), [*tokens(attributes), *tokens(tldr)]

    def _names(self, name: str) -> list[str]:
        known = self._known_names.get(name)
        if known is None:
            given, _, family = name.rpartition("\t")
            known = self._known_names[name] = name_tokens(family, given)
        return known

    @cached_property
    def _known_names(self) -> dict[str, list[str]]:
        return {}

    @cached_property
    def _theme_words(self) -> Mapping[str, list[str]]:
        return {path: tokens(theme.title) for path, theme in self.survey.taxonomy.by_path.items()}

    def _lines(self, paths: tuple[str, ...]) -> tuple[str, ...]:
        known = self._known_lines.get(paths)
        if known is None:
            line = self.survey.taxonomy.line
            known = self._known_lines[paths] = tuple({theme.path: None for path in paths for theme in line(path)})
        return known

    @cached_property
    def _known_lines(self) -> dict[tuple[str, ...], tuple[str, ...]]:
        return {}


def identifiers_of(papers: list[Paper]) -> Iterator[tuple[str, Paper]]:
    """Yield (identifier, paper), each identifier once: ``arxiv:2403.20041``, ``doi:10.1145/1``, ``key:wren2020a``.

    Letters are in lower case. Those of other versions and former keys come after all own ones, which go before.
    """
    seen = set()
    for names in (_own_names, _other_names):
        for paper in papers:
            for name in names(paper):
                if name not in seen:
                    seen.add(name)
                    yield name, paper


def _own_names(paper: Paper) -> Iterator[str]:
    yield f"key:{paper.key.lower()}"
    yield from _of_work(paper.doi, paper.arxiv)


def _other_names(paper: Paper) -> Iterator[str]:
    yield from (f"key:{alias.lower()}" for alias in paper.aliases or ())
    for version in paper.versions or ():
        yield from _of_work(version.doi, version.arxiv)


def _of_work(doi: str | None, arxiv: str | None) -> Iterator[str]:
    if arxiv:
        yield f"arxiv:{arxiv.lower()}"
    if doi:
        lower = doi.lower()
        of_arxiv = lower.startswith(ARXIV_DOI.lower())
        yield f"arxiv:{lower[len(ARXIV_DOI) :]}" if of_arxiv else f"doi:{lower}"


def groups_of(survey: Survey) -> list[list[str]]:
    """Return the glossary's terms that have other words, each with those."""
    return [[term.name, *term.also] for term in survey.terms if term.also]


def themes_of(survey: Survey) -> list[list[Any]]:
    """Return (path, title, number of papers) of each theme."""
    return [[path, theme.title, len(survey.by_theme[path])] for path, theme in survey.taxonomy.by_path.items()]


def is_small(survey: Survey) -> bool:
    """Say whether papers are few enough for browsers to read all records and make the index themselves."""
    limit: int = rules()["limit"]
    return len(survey.papers) <= limit
