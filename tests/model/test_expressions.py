"""Expressions in texts: what each word yields, and what is said where one cannot."""

import pytest
from living_survey.model.expressions import Expression, evaluate, find_expressions, spoken, with_values
from living_survey.model.query import QueryError
from living_survey.model.survey import Survey

from tests.fabricate import key, number
from tests.pages.birds import bird, survey

AGAINST = {"baseline": "gulls", "model": "swift"}


@pytest.fixture(scope="module")
def birds() -> Survey:
    """A survey with numbers."""
    return survey(
        bird(1, themes=["song"], results=[number("2", "x more", **AGAINST), number("40")]),
        bird(2, themes=["song"], results=[number("27", "x more", bound="up to", baseline="owl")]),
        bird(3, themes=["flight/height"], scale=[number("9", "g", metric="mass"), number("2", "kg", metric="mass")]),
        bird(4, themes=["season"], results=[number("50", "percent less", metric="rest", **AGAINST)]),
    )


@pytest.mark.parametrize(
    ("typed", "text", "address"),
    [
        ("count theme=song", "2", "themes/song/"), ("count", "4", "papers/"),
        ("count metric=speed model=swift", "1", "papers/"),
        (f"result {key(1)} speed unit=x-more", "2×", f"papers/{key(1)}/#speed"),
        (f"result {key(1)} speed n=2", "40 km/h", f"papers/{key(1)}/#speed-2"),
        (f"result {key(1)} speed n=2 in=m/s", "11.1 m/s", f"papers/{key(1)}/#speed-2"),
        (f"result {key(4)} rest in=x less", "2× less", f"papers/{key(4)}/#rest"),
        (f"result {key(2)} speed in=percent more", "up to 2,600% more", f"papers/{key(2)}/#speed"),
        ("range speed theme=song in=x", "2× to, in the best case, 27×", "results/speed/"),
        ("range speed in=km/h", "40 km/h", "results/speed/"),
        ("range mass in=g", "9 g to 2,000 g", "scale/mass/"), ("sum mass", "2,009 g", "scale/mass/"),
        ('typed 2.4 "Table 5"', "2.4", ""),
    ],
)  # fmt: skip
def test_each_word_yields_text_and_leads_to_its_place(birds: Survey, typed: str, text: str, address: str) -> None:
    value = evaluate(birds, Expression.build(typed))
    assert (value.text, value.address) == (text, address)


@pytest.mark.parametrize(
    ("typed", "reason", "hint"),
    [
        ("resul x y", '"resul" is no expression', 'did you mean "result"?'),
        (f"result {key(1)} speed", f"{key(1)} has 2 results for speed", "add baseline= or n="),
        (f"result {key(1)} mass", f"{key(1)} has no such result for mass", "it has speed"),
        (f"result {key(1)}x speed", f"unknown paper: {key(1)}x", f'did you mean "{key(1)}"?'),
        (f"result {key(1)}", "result needs a paper and a metric", "write result KEY METRIC"),
        ("range spead", "unknown metric: spead", 'did you mean "speed"?'),
        ("range speed", "numbers of 2 kinds: ratio, level", "add in=UNIT: in=x, in=tokens/s"),
        ("range speed theme=season", "no number for speed there", "widen the query"),
        ("sum speed in=x", "only amounts add up", "take a metric that counts or measures something"),
        ("count thene=song", "unknown key: thene", 'did you mean "theme"?'),
        ("typed 2.4", "typed needs a number and a reason", 'write typed 2.4 "Table 5 of the paper"'),
        (
            f"result {key(4)} rest in=percent more", f"{key(4)} states less than its baseline",
            "choose another unit: in=UNIT",
        ),
    ],
)  # fmt: skip
def test_what_cannot_be_said_is_explained(birds: Survey, typed: str, reason: str, hint: str) -> None:
    with pytest.raises(QueryError) as error:
        evaluate(birds, Expression.build(typed))
    assert (error.value.reason, error.value.hint) == (reason, hint)


def test_code_and_escaped_braces_are_no_expressions() -> None:
    text = "A {{ count }} and `{{ count }}` and \\{{ count }}, {{\n sum mass\n}}.\n\n{{ x\n\n }}\n\n"
    text += "```\n{{ count }}\n```\n"
    assert [expression.text for expression in find_expressions(text)] == ["count", "sum mass"]


def test_what_was_retracted_is_in_no_range_and_no_sum() -> None:
    gone = {"status": "retracted", "status_since": "2026-10-02"}
    kilo = number("2", "kg", metric="mass")
    made = survey(
        bird(1, results=[number("2", "x more", **AGAINST)]),
        bird(2, results=[number("27", "x more", **AGAINST)], scale=[kilo], **gone),
        bird(3, scale=[number("9", "g", metric="mass")]),
        bird(4, scale=[number("5", "g", metric="mass")], relations=[{"type": "later-version-of", "paper": key(3)}]),
    )
    typed = ("range speed in=x", "sum mass", f"result {key(2)} speed")
    assert [evaluate(made, Expression.build(one)).text for one in typed] == ["2×", "5 g", "27×"]
    for word in ("range", "sum"):
        none = evaluate(made, Expression.build(f"{word} mass key={key(2)}"))
        assert (none.text, none.address) == ("no number that still stands", "")


def test_files_that_know_no_expressions_have_their_values(birds: Survey) -> None:
    text = "It is {{ result speed n=2 }}, {{ nothing }}, `{{ count }}`."
    assert with_values(birds, text, key(1)) == "It is 40 km/h, {{ nothing }}, `{{ count }}`."
    assert spoken(birds, bird(1, summary=text)).summary == with_values(birds, text, key(1))
    paper = bird(1, summary="Plain.")
    assert spoken(birds, paper) is paper
