"""Dates as people and programs write them."""

import pytest
from living_survey.formats.dates import read_date


@pytest.mark.parametrize(
    ("text", "date", "exact"),
    [
        ("2019", "2019", True), ("[2019]", "2019", True), ("c. 2019", "2019", False), ("2019?", "2019", False),
        ("2019a", "2019", False), ("2019/2020", "2019", False), ("2019-20", "2019", False), ("199X", "", False),
        ("2019-5-3", "2019-05-03", True), ("20190503", "2019-05-03", True), ("2019/05/03/", "2019-05-03", True),
        ("2004/05", "2004", False),
        ("2019-05-03T10:00:00Z", "2019-05-03", True), ("2019-02-31", "2019-02", False), ("2019-13", "2019", False),
        ("3 May 2019", "2019-05-03", True), ("May 3rd, 2019", "2019-05-03", True), ("Sept. 2019", "2019-09", True),
        ("June 10-15, 2019", "2019-06", False), ("May-June 2019", "2019-05", False), ("Spring 2019", "2019", False),
        ("2019 Dec 32", "2019-12", False), ("Dec 2019 - Jan 2020", "2019-12", False),
        # Which number is the day is known from a point, or where one is no month.
        ("3.5.2019", "2019-05-03", True), ("25/05/2019", "2019-05-25", True), ("05/25/2019", "2019-05-25", True),
        ("05/05/2019", "2019-05-05", True), ("01/05/2019", "2019", False), ("05/2019", "2019-05", True),
    ],
)  # fmt: skip
def test_dates(text: str, date: str, *, exact: bool) -> None:
    found = read_date(text)
    assert (found.text, found.exact) == (date, exact)


def test_a_month_without_a_year() -> None:
    assert (read_date("MAY 1").month, read_date("MAY 1").day, read_date("MAY 1").exact) == (5, 1, True)
    assert (read_date("JAN-FEB").month, read_date("JAN-FEB").exact) == (1, False)
