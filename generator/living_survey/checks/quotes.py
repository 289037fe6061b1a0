"""Whether the quotes of numbers stand in the abstracts and titles of a listing. I/O: none."""

from collections.abc import Mapping, Sequence
from typing import Any

from living_survey.checks.papers import paper_path
from living_survey.model.number import ABSTRACT
from living_survey.model.paper import Paper
from living_survey.model.quotes import fold
from living_survey.model.registry import LISTS
from living_survey.model.survey import Survey
from living_survey.syntax.problems import Problem, problem

_TITLE = "title"


def check_quotes(survey: Survey, records: Sequence[Mapping[str, Any]]) -> tuple[int, list[Problem]]:
    """Look for each quote whose place is the abstract or the title there.

    A paper's record is the one at its position in the listing, else the one with its title.

    Args:
        survey: The survey.
        records: Each has ``title`` and ``abstract``, in the order of the listing.

    Returns:
        How many quotes were looked for, and those that are not there.
    """
    by_title = {fold(str(record.get(_TITLE, ""))): record for record in records}
    looked, problems = 0, list[Problem]()
    for paper in survey.papers.values():
        quoted = [
            ((name, index, "quote"), number)
            for name in LISTS
            for index, number in enumerate(getattr(paper, name) or ())
            if number.quote and number.locator.casefold() in (ABSTRACT, _TITLE)
        ]
        record, place = _record_of(paper, by_title, records) if quoted else (None, "")
        if record is None:
            continue
        texts = {name: fold(str(record.get(name, ""))) for name in (ABSTRACT, _TITLE)}
        for field, number in quoted:
            looked += 1
            where = number.locator.casefold()
            if fold(number.quote or "") not in texts[where]:
                path = paper_path(survey.settings, paper)
                problems.append(problem("quote-not-in-source", path, field=field, locator=where, record=place))
    return looked, problems


def _record_of(
    paper: Paper, by_title: Mapping[str, Mapping[str, Any]], records: Sequence[Mapping[str, Any]]
) -> tuple[Mapping[str, Any] | None, str]:
    """Return a paper's record and how it is called, or none."""
    position = paper.provenance.position if paper.provenance else None
    if position and position <= len(records):
        return records[position - 1], f"position {position} of the listing"
    record = by_title.get(fold(paper.title.text))
    return record, "the listing"
