"""Choose papers of a survey by theme, kind, year, author, venue and key.

I/O: none.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from living_survey.model.addresses import slugify
from living_survey.model.paper import Paper
from living_survey.model.survey import Survey
from living_survey.syntax.errors import SurveyError
from living_survey.syntax.problems import did_you_mean

YEAR_RANGE = r"(\d{4})?(\.\.)?(\d{4})?"


class SelectionError(SurveyError):
    """A wish that no paper can meet because of how it is written: says what is wrong and what to write."""


@dataclass(frozen=True, slots=True)
class Selection:
    """What papers must have. Values of one kind are alternatives; kinds add up; an empty one asks for nothing."""

    themes: tuple[str, ...] = ()
    """Papers of sub-themes included."""
    kinds: tuple[str, ...] = ()
    years: tuple[str, ...] = ()
    """``2024``, ``2023..2025``, ``2023..``, ``..2025``."""
    authors: tuple[str, ...] = ()
    """Family names, full names, or the last part of an author's address on the site."""
    venues: tuple[str, ...] = ()
    """Short or full names, or the last part of a venue's address."""
    keys: tuple[str, ...] = ()


def select(survey: Survey, wanted: Selection) -> list[Paper]:
    """Return the papers that meet all wishes, in the order of their keys.

    Raises:
        SelectionError: If a theme, kind, author, venue or key does not exist, or a range of years is not one.
    """
    found = set(survey.papers)
    if wanted.keys:
        owners = {**{key: key for key in survey.papers}, **survey.aliases}
        found &= {owners[_known(key, owners, "paper")] for key in wanted.keys}
    if wanted.themes:
        found &= _keys(survey.by_theme[_known(path, survey.by_theme, "theme")] for path in wanted.themes)
    if wanted.kinds:
        found &= _keys(survey.by_kind[_known(kind, survey.by_kind, "kind")] for kind in wanted.kinds)
    if wanted.authors:
        found &= _keys([_by_author(survey, name) for name in wanted.authors])
    if wanted.venues:
        found &= _keys(survey.venues[_venue(survey, name)].papers for name in wanted.venues)
    if wanted.years:
        checks = [_in_years(text) for text in wanted.years]
        found &= {key for key, paper in survey.papers.items() if any(check(paper.year) for check in checks)}
    return [survey.papers[key] for key in sorted(found)]


def _keys(lists: Iterable[list[Paper]]) -> set[str]:
    return {paper.key for papers in lists for paper in papers}


def _known(name: str, options: Iterable[str], what: str) -> str:
    known = list(options)
    if name not in known:
        raise SelectionError(f"there is no {what} {name}; {did_you_mean(name, known)}".rstrip("; "))
    return name


def _by_author(survey: Survey, name: str) -> list[Paper]:
    wanted = slugify(name)
    found = []
    for paper in survey.papers.values():
        for author in paper.authors:
            names = {survey.author_slug(author), slugify(author.name), slugify(author.sort_name)}
            if wanted in names or wanted == slugify(author.short_name):
                found.append(paper)
                break
    if not found:
        families = {author.short_name for paper in survey.papers.values() for author in paper.authors}
        raise SelectionError(f"there is no author {name}; {did_you_mean(name, families, list_few=False)}".rstrip("; "))
    return found


def _venue(survey: Survey, name: str) -> str:
    wanted = slugify(name)
    for slug, listing in survey.venues.items():
        full = {slugify(paper.venue.name) for paper in listing.papers if paper.venue}
        if wanted == slug or wanted in full:
            return slug
    names = [listing.name for listing in survey.venues.values()]
    raise SelectionError(f"there is no venue {name}; {did_you_mean(name, names, list_few=False)}".rstrip("; "))


def _in_years(text: str) -> Callable[[int], bool]:
    match = re.fullmatch(YEAR_RANGE, text, re.ASCII)
    if not match or not (match[1] or match[3]) or (match[1] and match[3] and not match[2]):
        raise SelectionError(f"{text} is not a year or a range of years; write 2024, 2023..2025, 2023.. or ..2025")
    low = int(match[1] or 0)
    high = int(match[3] or 9999) if match[2] else low
    if low > high:
        raise SelectionError(f"{text} ends before it begins; write {high}..{low}")
    return lambda year: low <= year <= high
