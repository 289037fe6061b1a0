"""What is wrong with the works outside the survey that papers name: some are in it, some have two titles. I/O: none."""

import re
from collections.abc import Iterator, Sequence

from living_survey.checks.papers import paper_path
from living_survey.model.identifiers import work_ids
from living_survey.model.outside import spelling
from living_survey.model.paper import Paper
from living_survey.model.parts import External, Version
from living_survey.model.settings import Settings
from living_survey.syntax.problems import FieldPath, Problem, problem

_NAMESAKE = "distinct-from"


def check_outside(settings: Settings, papers: Sequence[Paper]) -> Iterator[Problem]:
    """Warn of works that the survey holds, and of two titles for one identifier."""
    named = [
        (paper, one, one.external, ("relations", index, "external"))
        for paper in papers
        for index, one in enumerate(paper.relations or ())
        if one.external
    ]
    if not named:
        return
    by_id, by_title = _held(papers)
    titles: dict[str, tuple[str, Paper]] = {}
    for paper, relation, external, field in named:
        path = paper_path(settings, paper)
        held = by_id.get(next((one for one in _ids(external) if one in by_id), ""))
        if not held and relation.type != _NAMESAKE:  # which is said of works with the title of another
            held = next((by_title[name] for name in _spellings(external.title) if name in by_title), None)
            held = None if held is paper else held  # an earlier version may have its title
        if held:
            yield problem("external-held", path, field=field, title=external.title, key=held.key)
        yield from _check_titles(external, paper, path, field, titles)


def _check_titles(
    external: External, paper: Paper, path: str, field: FieldPath, titles: dict[str, tuple[str, Paper]]
) -> Iterator[Problem]:
    """One work has one title."""
    for one in _ids(external):
        title, first = titles.setdefault(one, (external.title, paper))
        if spelling(title) != spelling(external.title):
            place, other = (*field, "title"), first.source_path
            yield problem(
                "external-two-titles", path, field=place, identifier=one, title=external.title, first=title, other=other
            )
            return


def _held(papers: Sequence[Paper]) -> tuple[dict[str, Paper], dict[str, Paper]]:
    """Return the papers by their identifiers, and by their titles and names; what names two is left out."""
    by_id: dict[str, Paper] = {}
    by_title: dict[str, Paper | None] = {}
    for paper in papers:
        versions = paper.versions or ()
        for ids in (work_ids(paper.doi, paper.arxiv), *(_ids(one) for one in versions)):
            by_id.update(dict.fromkeys(ids, paper))
        for title in {paper.title, paper.short_name or paper.title, *(one.title for one in versions)}:
            name = spelling(title)
            by_title[name] = paper if by_title.get(name, paper) is paper else None
    return by_id, {name: paper for name, paper in by_title.items() if paper}


def _ids(work: External | Version) -> list[str]:
    return work_ids(work.doi, work.arxiv)


def _spellings(title: str) -> Iterator[str]:
    """Yield what a title may be called in the survey: whole, and where it is "Title (NAME)", each of the two."""
    yield spelling(title)
    if found := re.fullmatch(r"(.+?)\s*\(([^()]+)\)", title):
        yield from map(spelling, found.groups())
