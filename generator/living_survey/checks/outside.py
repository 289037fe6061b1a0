"""What is wrong with the works outside the survey: some are in it, some have two titles. I/O: none."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from living_survey.checks.papers import paper_path
from living_survey.model.identifiers import work_ids
from living_survey.model.outside import spelling
from living_survey.model.paper import Paper
from living_survey.model.parts import External, Version
from living_survey.model.settings import Settings
from living_survey.model.work import Work
from living_survey.syntax.problems import FieldPath, Problem, problem

_NAMESAKE = "distinct-from"


def check_outside(
    settings: Settings, papers: Sequence[Paper], works: Mapping[str, Work] | None = None
) -> Iterator[Problem]:
    """Warn of works that the survey holds, and of two titles for one identifier.

    Args:
        settings: The survey's settings.
        papers: The papers that could be read.
        works: The records of works outside, by their ids.
    """
    works = works or {}
    named = [
        (paper, one, one.external, ("relations", index, "external"))
        for paper in papers
        for index, one in enumerate(paper.relations or ())
        if one.external
    ]
    if not named and not works:
        return
    by_id, by_title = _held(papers)
    for key, work in works.items():
        if held := next((by_id[one] for one in work.compared if one in by_id), by_title.get(spelling(work.title))):
            place = ("works", key)
            yield problem("work-held", settings.works, field=place, title=work.title, id=key, key=held.key)
    titles = {one: (work.names, settings.works) for work in works.values() for one in work.compared}
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
    external: External, paper: Paper, path: str, field: FieldPath, titles: dict[str, tuple[tuple[str, ...], str]]
) -> Iterator[Problem]:
    """One work has one title, or is called by one of the names that its record gives."""
    for one in _ids(external):
        names, other = titles.setdefault(one, ((external.title,), paper.source_path))
        if spelling(external.title) not in map(spelling, names):
            place, first = (*field, "title"), names[0]
            yield problem(
                "external-two-titles", path, field=place, identifier=one, title=external.title, first=first, other=other
            )
            return


def papers_by_id(papers: Iterable[Paper]) -> dict[str, Paper]:
    """Return the papers by their identifiers, those of their other versions too, in a form that can be compared."""
    return {
        one: paper
        for paper in papers
        for ids in (work_ids(paper.doi, paper.arxiv), *(_ids(version) for version in paper.versions or ()))
        for one in ids
    }


def _held(papers: Sequence[Paper]) -> tuple[dict[str, Paper], dict[str, Paper]]:
    """Return the papers by their identifiers, and by their titles and names; what names two is left out."""
    by_title: dict[str, Paper | None] = {}
    for paper in papers:
        versions = paper.versions or ()
        for title in {paper.title, paper.short_name or paper.title, *(one.title for one in versions)}:
            name = spelling(title)
            by_title[name] = paper if by_title.get(name, paper) is paper else None
    return papers_by_id(papers), {name: paper for name, paper in by_title.items() if paper}


def _ids(work: External | Version) -> list[str]:
    return work_ids(work.doi, work.arxiv)


def _spellings(title: str) -> Iterator[str]:
    """Yield what a title may be called in the survey: whole, and where it is "Title (NAME)", each of the two."""
    yield spelling(title)
    if found := re.fullmatch(r"(.+?)\s*\(([^()]+)\)", title):
        yield from map(spelling, found.groups())
