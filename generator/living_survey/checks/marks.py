"""What rests on papers that were withdrawn, retracted or superseded, and the days on which that was revised since.

I/O: none.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any

from pydantic import TypeAdapter, ValidationError

from living_survey.checks.papers import nearest
from living_survey.model.citations import find_mentions
from living_survey.model.comparison import Comparison
from living_survey.model.marks import SUPERSEDED, Event, events_of, open_event
from living_survey.model.page import EditorPage
from living_survey.model.paper import Paper
from living_survey.model.question import Question
from living_survey.model.values import FullDate
from living_survey.syntax.problems import FieldPath, Problem, problem

_DAY = TypeAdapter[str](FullDate)


def check_marks(
    pages: Iterable[EditorPage], papers: Sequence[Paper], *, unread: Collection[str] = ()
) -> Iterator[Problem]:
    """Check ``reviewed`` of the editors' pages, and warn of each citation since whose event a page was not revised.

    Args:
        pages: The pages.
        papers: The papers that could be read.
        unread: Names that papers which could not be read may have.
    """
    owners = {name: paper for paper in papers for name in (*(paper.aliases or ()), paper.key)}
    events, propose = events_of(papers), nearest(owners)
    for page in pages:
        if "reviewed" in page.front:
            yield from _check_reviewed(page, {*owners, *unread}, propose)
        cited = [(step.key, page.locate("path", index)) for index, step in enumerate(page.steps)] if events else []
        cited += [(mention.key, (mention.line, mention.column)) for mention in page.mentions] if events else []
        for key, place in cited:
            paper = owners.get(key)
            if paper and paper.key in events and (event := open_event(paper, events[paper.key], page.reviewed)):
                yield rests_on(page.path, paper, event, place)


def check_files_rest(files: Mapping[str, Question | Comparison], papers: Sequence[Paper]) -> Iterator[Problem]:
    """Warn of each paper that a question names on a side or cites, since whose event nobody has looked at it again.

    So it is with what the note of a comparison cites; the rows of its table need the survey to be told.

    Args:
        files: Questions and comparisons, by their files as they are reported.
        papers: The papers that could be read.
    """
    owners = {name: paper for paper in papers for name in (*(paper.aliases or ()), paper.key)}
    events = events_of(papers)
    for path, one in files.items() if events else ():
        for field, text in one.texts():
            named = [str(field[-1])] if "papers" in field else []
            for key in [*named, *(mention.key for mention in find_mentions(text))]:
                paper = owners.get(key)
                if not paper or paper.key not in events:
                    continue
                if event := open_event(paper, events[paper.key], one.reviewed or {}):
                    hint = f"look at it again, then write reviewed: {{{paper.key}: DATE}}"
                    yield rests_on(path, paper, event, field=field, hint=hint)


def rests_on(
    path: str, paper: Paper, event: Event, place: tuple[int, int] = (0, 0), *, field: FieldPath = (), hint: str = ""
) -> Problem:
    """Return the warning that something rests on a paper of which something became.

    Args:
        path: The file.
        paper: The paper.
        event: What became of it.
        place: Line and column; none where the field is known instead.
        field: As for `problem`.
        hint: What to do, where it is not a text in Markdown that rests on it.
    """
    where: dict[str, Any] = {"place": place, "field": field, "hint": hint}
    if event.status == SUPERSEDED:
        since = f" since {event.since}" if event.since else ""
        return problem("rests-on-superseded", path, **where, key=paper.key, later=event.by, since=since)
    return problem("rests-on-retracted", path, **where, key=paper.key, status=event.status, since=event.since)


def _check_reviewed(page: EditorPage, known: Collection[str], propose: Callable[[str], str]) -> Iterator[Problem]:
    """``reviewed`` gives days by papers that there are."""
    days = page.front["reviewed"]
    if not isinstance(days, dict):
        yield problem("reviewed-invalid", page.path, page.locate("reviewed"))
        return
    for key, day in days.items():
        place = page.locate("reviewed", key)
        if key not in known:
            yield problem("citation-unknown", page.path, place, hint=propose(key), key=key)
        try:
            _DAY.validate_python(day)
        except ValidationError as error:
            said = error.errors()[0]["ctx"]
            yield Problem(page.path, *place, f"reviewed.{key}: {said['message']}", said["hint"], code=said["code"])
