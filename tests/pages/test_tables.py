"""Tables over many papers."""

from typing import Any

import pytest
from living_survey.model.screening import Exclusion, Screening
from living_survey.model.survey import Survey, build_survey
from living_survey.pages.tables import MethodStep, coverage, method_steps, render_method

from tests.pages.birds import bird, renderer, survey


def test_a_coverage_table_has_a_cell_for_every_pair_and_counts_the_empty_ones() -> None:
    whole = survey(bird(1, themes=["flight/height"], kind="review"), bird(2, themes=["song"], kind="review"))
    table = coverage(whole, "theme", "kind")
    assert (table.side, table.heading, table.top) == ("theme", "Theme", "kind")
    assert table.columns == ("observation", "experiment", "review")
    assert [row.title for row in table.rows] == ["Flight", "Season", "Song"]
    assert [(cell.anchor, cell.title, len(cell.papers)) for cell in table.filled] == [
        ("theme-kind-flight-review", "Flight, review", 1), ("theme-kind-song-review", "Song, review", 1),
    ]  # fmt: skip
    assert table.empty == "7 of 9 cells are empty: no paper in this survey belongs there."
    one = coverage(survey(bird(1, kind="review"), kinds={"review": "x", "study": "y"}), "year", "kind")
    assert one.empty.startswith("1 of 2 cells is empty")
    below = coverage(whole, "subtheme", "offers")
    assert below.rows[0].cells[0].anchor == "subtheme-offers-flight-height-code"
    assert below.columns == ("code", "weights", "data", "project")


def test_facets_and_years_are_axes() -> None:
    facets = {"habitat": {"title": "Habitat", "values": {"sea": "The sea", "wood": "A wood"}}}
    whole = survey(bird(1, facets={"habitat": ["sea"]}), bird(2), facets=facets)
    table = coverage(whole, "year", "habitat")
    assert (table.top, table.columns, [row.title for row in table.rows]) == (
        "Habitat",
        ("sea", "wood"),
        ["2002", "2009"],
    )
    assert [cell.title for cell in table.filled] == ["2002, sea"]


def screened(screening: Screening | None, **settings: Any) -> Survey:
    made = survey(bird(1), bird(2), **settings)
    return build_survey(made.settings, made.taxonomy, [*made.papers.values()], screening=screening)


def test_the_way_of_records_is_told_from_what_is_known() -> None:
    assert [step.words for step in method_steps(screened(None))] == [
        "Identified: 2; duplicates: 0.", "Screened: 2; excluded: 0.", "Included: 2.",
    ]  # fmt: skip
    records = (Exclusion("On bats", "off-topic", id="10.1/x"),)
    full = screened(Screening(3, {"off-topic": "Not about birds", "no-text": "No text"}, records), sources={"list": 5})
    assert [(step.stays, step.leaves) for step in method_steps(full)] == [
        ("Identified: 6, from list (5)", "Duplicates: 3"), ("Screened: 3", "Excluded: 1 (off topic 1)"),
        ("Included: 2", ""),
    ]  # fmt: skip


def test_a_step_is_a_sentence() -> None:
    assert MethodStep("Screened: 3", "Excluded: 1 (Off topic 1)").words == "Screened: 3; excluded: 1 (Off topic 1)."
    assert MethodStep("Included: 2", "").words == "Included: 2."


@pytest.mark.parametrize(
    ("days", "words"),
    [
        ([], "recorded date<"),
        (["2026-01-03"], "recorded date (2026-01-03)<"),
        (["2026-02-05", "2026-01-03"], "(2026-01-03 to 2026-02-05)<"),
    ],
)
def test_days_of_comparison_are_named_as_far_as_there_are_any(days: list[str], words: str) -> None:
    papers = [bird(n, provenance={"source": "list", "checked": day}) for n, day in enumerate(days, 1)]
    assert words in render_method(renderer(*papers), "method/")
