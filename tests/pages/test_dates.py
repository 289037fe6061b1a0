"""Dates as people read them."""

from living_survey.pages.dates import human_date


def test_dates_are_as_long_as_they_are_known() -> None:
    assert [human_date(date) for date in ("2024-07-03", "2024-07", "2024")] == ["3 Jul 2024", "Jul 2024", "2024"]
