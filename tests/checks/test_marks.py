"""What the checks say of texts that rest on papers which were retracted or superseded since."""

from typing import Any

import pytest
from living_survey.checks.marks import check_files_rest, check_marks
from living_survey.model.page import EditorPage
from living_survey.model.question import Question
from living_survey.syntax.problems import Problem

from tests.fabricate import key
from tests.pages.birds import bird

RETRACTED = bird(1, status="retracted", status_since="2026-10-02")
LATER = bird(3, relations=[{"type": "later-version-of", "paper": key(2)}])
PLACES: Any = {("reviewed",): (2, 1), ("reviewed", key(1)): (3, 3), ("path", 0): (5, 5)}


def said(text: str = "", **front: Any) -> list[Problem]:
    page = EditorPage("song.md", "docs/song.md", front, PLACES, text, 7)
    return list(check_marks([page], [RETRACTED, bird(2), LATER], unread={"unread2020x"}))


def test_each_citation_is_named_with_its_place_and_what_to_type() -> None:
    one, two, three = said(f"So\n[@{key(1)}; @{key(2)}].\n", path=[{"paper": key(1), "why": "First."}])
    assert (one.place, one.severity, one.code) == ("docs/song.md:5:5", "warning", "rests-on-retracted")
    assert (two.place, two.message) == ("docs/song.md:8:2", f"rests on {key(1)}, retracted on 2026-10-02")
    assert two.hint == f"revise it, then write reviewed: {{{key(1)}: DATE}} in the front matter"
    assert three.message == f"rests on {key(2)}, superseded by {key(3)} since 2026-01-02"


def test_a_day_not_before_the_event_clears_it() -> None:
    text = f"So [@{key(1)}]."
    assert len(said(text, reviewed={key(1): "2026-10-01"})) == 1
    assert said(text, reviewed={key(1): "2026-10-02"}) == []


@pytest.mark.parametrize(
    ("reviewed", "report"),
    [
        ("2026-10-02", ("docs/song.md:2:1", "expected dates by citation key under reviewed")),
        ({key(1): "2026-10"}, ("docs/song.md:3:3", f"reviewed.{key(1)}: 2026-10 is not a full date")),
        ({key(1): "2026-02-30"}, ("docs/song.md:3:3", f"reviewed.{key(1)}: 2026-02-30 is not on the calendar")),
        ({key(1): ["x"]}, ("docs/song.md:3:3", f"reviewed.{key(1)}: expected a date, found a list")),
        ({key(1): ""}, ("docs/song.md:3:3", f"reviewed.{key(1)}: no value; expected a date")),
        ({f"{key(1)}x": "2026-10-02"}, ("docs/song.md:2:1", f"unknown paper: {key(1)}x")),
    ],
)
def test_a_slip_in_what_was_revised_is_an_error(reviewed: Any, report: tuple[str, str]) -> None:
    [problem] = said(reviewed=reviewed)
    assert (problem.place, problem.message) == report
    assert problem.severity == "error"
    assert problem.hint
    if problem.code == "citation-unknown":
        assert problem.hint == f'did you mean "{key(1)}"?'


def test_what_could_not_be_read_is_not_unknown() -> None:
    assert said(reviewed={"unread2020x": "2026-10-02"}) == []


def test_a_question_rests_on_the_papers_of_its_sides_until_somebody_looked_again() -> None:
    sides = [{"says": f"they do, says @{key(2)}", "papers": {key(1): "in part", key(3): "yes"}}]
    said = {"id": "dawn", "question": "Dawn?", "theme": "song", "state": "open", "sides": sides}

    def rests(**reviewed: str) -> list[Problem]:
        question = Question.model_validate({**said, **({"reviewed": reviewed} if reviewed else {})})
        return list(check_files_rest({"docs/questions/dawn.yaml": question}, [RETRACTED, bird(2), LATER]))

    one, two = rests()
    assert (one.code, one.field, one.severity) == ("rests-on-superseded", ("sides", 0, "says"), "warning")
    assert (two.code, two.field) == ("rests-on-retracted", ("sides", 0, "papers", key(1)))
    assert two.hint == f"look at it again, then write reviewed: {{{key(1)}: DATE}}"
    assert rests(**{key(1): "2026-10-02"}) == [one]
    assert rests(all="2026-10-01") == [two]
    assert rests(all="2026-10-02") == []
