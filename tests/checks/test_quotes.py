"""Quotes of numbers are looked for where they are said to stand."""

from living_survey.checks.quotes import check_quotes

from tests.fabricate import key, number
from tests.pages.birds import bird, survey

RECORDS = [
    {"title": "Herons at 40 km/h", "abstract": "A bird flies 40times as far, and 6sim45% of all."},
    {"title": "Something else", "abstract": "Nothing."},
]


def test_quotes_are_found_in_the_abstract_or_the_title_however_signs_are_spelled() -> None:
    paper = bird(
        1,
        provenance={"source": "listing", "position": "1"},
        results=[
            number(quote="flies 40× as far"),
            number(None, low="6", high="45", quote="6–45% of all"),  # type: ignore[arg-type]
            number(quote="at 40 km/h", locator="title"),
            number(quote="40 km/h", locator="Table 3"),
        ],
    )
    assert check_quotes(survey(paper), RECORDS) == (3, [])


def test_a_quote_that_is_not_there_is_named_with_its_place() -> None:
    paper = bird(
        1, provenance={"source": "listing", "position": "1"},
        results=[number(quote="walks 40 km/h")], scale=[number("9", "g", metric="mass", quote="9 g")],
    )  # fmt: skip
    looked, problems = check_quotes(survey(paper), RECORDS)
    assert looked == 2
    assert [(found.field, found.message) for found in problems] == [
        (("results", 0, "quote"), "not in the abstract (position 1 of the listing)"),
        (("scale", 0, "quote"), "not in the abstract (position 1 of the listing)"),
    ]  # fmt: skip
    assert problems[0].path == f"papers/{key(1)}.yaml"


def test_papers_without_a_position_are_found_by_their_title() -> None:
    named = bird(1, title="Something Else", provenance=None, results=[number(quote="40 km/h")])
    assert check_quotes(survey(named), RECORDS)[0] == 1
    assert check_quotes(survey(bird(1, provenance=None, results=[number()])), RECORDS) == (0, [])
