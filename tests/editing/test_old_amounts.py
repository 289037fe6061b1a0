"""Values and hedges as people typed them: which bound and which digits they are, and which nobody can read."""

import pytest
from living_survey.editing.old_amounts import Amount, read_amount, read_hedge


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1.5", Amount(("1.5",))),
        ("32.0", Amount(("32.0",))),
        ("<1", Amount(("1",), ("at most",))),
        (">10×", Amount(("10",), ("at least",), "×")),
        ("≥ 99.9 %", Amount(("99.9",), ("at least",), "%")),
        ("+14", Amount(("14",), (), "", "+")),
        ("−5", Amount(("5",), (), "", "-")),
        ("300+", Amount(("300",), ("at least",))),
        ("over 300+", Amount(("300",), ("at least",))),
        ("2–3", Amount(("2", "3"))),
        ("2x to 3x", Amount(("2", "3"), (), "x")),
        ("+0.54–11.82", Amount(("0.54", "11.82"), (), "", "+")),
        ("12 to 15", Amount(("12", "15"))),
        ("between 2 and 3", Amount(("2", "3"))),
        ("1,000", Amount(("1000",))),
        ("1\u2009000\u2009000", Amount(("1000000",))),
        ("over 10", Amount(("10",), ("at least",))),
        ("up to 3×", Amount(("3",), ("up to",), "×")),
        ("about 20", Amount(("20",), ("about",))),
        ("~20", Amount(("20",), ("about",))),
        ("10 (mean)", Amount(("10",), ("mean",))),
        ("50K", Amount(("50",), (), "K")),
        ("up to 9.16 on average", Amount(("9.16",), ("up to", "mean"))),
    ],
)
def test_a_value_is_read(text: str, expected: Amount) -> None:
    assert read_amount(text) == expected


@pytest.mark.parametrize(
    "text", ["", "several", "n/a", "3 to 2", "1,5", "1e5", "007", "3/4", "$5", "5 ± 1", "2 and 3", "1.2.3", "2% to 3×"]
)
def test_a_value_that_is_no_number_is_for_a_person(text: str) -> None:
    assert read_amount(text) is None


@pytest.mark.parametrize(
    ("setting", "expected"),
    [
        ("at most; one season", ("at most", "one season")),
        ("at most, in tests; by night", ("at most", "in tests; by night")),
        ("more than", ("at least", "")),
        ("less than this; at sea", ("at most", "at sea")),
        ("mean; mixed flocks", ("mean", "mixed flocks")),
        ("average reduction at night", ("mean", "reduction at night")),
        ("average over 16 nests", ("mean", "average over 16 nests")),
        ("nearly; whole study", ("about", "whole study")),
        ("average length at dusk", ("", "average length at dusk")),
        ("over 15 nests", ("", "over 15 nests")),
        ("most birds", ("", "most birds")),
        ("meanwhile", ("", "meanwhile")),
        ("", ("", "")),
    ],
)
def test_a_hedge_that_opens_a_setting_is_a_bound(setting: str, expected: tuple[str, str]) -> None:
    assert read_hedge(setting) == expected
