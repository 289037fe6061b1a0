"""What became of papers, and whether what rests on them was revised since."""

import pytest
from living_survey.model.marks import Event, events_of, open_event

from tests.fabricate import key
from tests.pages.birds import bird

LATER = [{"type": "later-version-of", "paper": key(1)}]


def test_papers_lean_that_were_retracted_or_superseded() -> None:
    papers = [
        bird(1, status="retracted", status_since="2026-10-02"),
        bird(2, status="withdrawn", status_since="2025-01-01"),
        bird(3, relations=LATER, added="2026-11-01"),
        bird(4, relations=LATER, added=None),
        bird(5, relations=[{"type": "extends", "paper": key(2)}]),
    ]
    retracted = Event("retracted", "2026-10-02")
    assert events_of(papers) == {
        key(1): (retracted, Event("superseded", "2026-11-01", key(3)), Event("superseded", "", key(4))),
        key(2): (Event("withdrawn", "2025-01-01"),),
    }


@pytest.mark.parametrize(
    ("reviewed", "status"),
    [
        ({}, "retracted"),
        ({"other2020x": "2027-01-01"}, "retracted"),
        ({key(1): "2026-10-01"}, "retracted"),
        ({key(1): "2026-10-02"}, "superseded"),
        ({key(1): "2026-10-31"}, "superseded"),
        ({key(1): "2026-11-01"}, ""),
        ({"old1999name": "2026-11-01"}, ""),
    ],
)
def test_an_event_is_open_until_a_day_not_before_it(reviewed: dict[str, str], status: str) -> None:
    events = (Event("retracted", "2026-10-02"), Event("superseded", "2026-11-01", key(3)))
    found = open_event(bird(1, aliases=["old1999name"]), events, reviewed)
    assert (found.status if found else "") == status
    assert not open_event(bird(1), (), {})


def test_a_later_version_without_a_day_is_open_until_any_day() -> None:
    assert open_event(bird(1), (Event("superseded", "", key(3)),), {})
    assert not open_event(bird(1), (Event("superseded", "", key(3)),), {key(1): "2020-01-01"})
