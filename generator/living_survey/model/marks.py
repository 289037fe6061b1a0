"""What became of papers that texts rest on: withdrawn, retracted, superseded; and whether a text was revised since.

The one place that says which papers lean and since when. Texts ask it for the papers that they cite, and so can
whatever else names papers and has a day on which somebody looked at it again. I/O: none.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from living_survey.model.paper import Paper
from living_survey.model.parts import GRAVE
from living_survey.model.question import ALL

SUPERSEDED = "superseded"
_LATER = "later-version-of"


@dataclass(frozen=True, slots=True)
class Event:
    """What became of a paper, after which a text that rests on it wants another look."""

    status: str
    """``retracted``, ``withdrawn`` or ``superseded``."""
    since: str
    """Day on which that became so; empty where nobody said when the later version was added."""
    by: str = ""
    """Key of the later version."""


def events_of(papers: Iterable[Paper]) -> dict[str, tuple[Event, ...]]:
    """Return what became of the papers that lean, by their keys: the gravest first, then the latest."""
    events = dict[str, list[Event]]()
    for paper in papers:
        if paper.status in GRAVE:
            events.setdefault(paper.key, []).append(Event(paper.status, paper.status_since or ""))
        for relation in paper.relations or ():
            if relation.type == _LATER and relation.paper:
                events.setdefault(relation.paper, []).append(Event(SUPERSEDED, paper.added or "", paper.key))
    return {key: tuple(sorted(found, key=_latest_first, reverse=True)) for key, found in events.items()}


def _latest_first(event: Event) -> tuple[bool, str, str]:
    return event.status in GRAVE, event.since, event.by


def open_event(paper: Paper, events: Sequence[Event], reviewed: Mapping[str, str]) -> Event | None:
    """Return the gravest event since which nobody has revised what rests on a paper; none where there is none.

    Args:
        paper: The paper.
        events: What became of it.
        reviewed: Key, present or former → the day on which what rests on that paper was revised; a question has ``all``
            too, the day of a look at all its papers.
    """
    days = [reviewed[name] for name in (paper.key, *(paper.aliases or ()), ALL) if name in reviewed]
    return next((event for event in events if not days or max(days) < event.since), None)
