"""Quotes: two spellings of one text are equal once folded, and the numbers that a quote holds are read."""

from decimal import Decimal

import pytest
from living_survey.model.quotes import fold, is_in, numbers_in


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("6times to 8times", "6× to 8×"), ("6sim45%", "6–45%"), ("6 \\sim 45\\%", "6-45%"), ("2 to 14", "2–14"),
        ("12,288 GPUs", "12288 GPUs"), ("a “quote”", 'a "quote"'), ("4.3 times faster", "4.3x faster"),
        ("$2\\times$ more", "2x more"), ("2~3x", "2-3x"), ("A  B\nC", "a b c"), ("ﬁne", "fine"),
    ],
)  # fmt: skip
def test_spellings_of_one_text_are_equal(left: str, right: str) -> None:
    assert fold(left) == fold(right)


def test_a_quote_is_one_run_of_its_source() -> None:
    source = "We compress model deltas by a factor of 6times to 8times, and increase throughput by 1.5times."
    assert is_in("by a factor of 6× to 8×", source)
    assert not is_in("by a factor of 6× and increase throughput", source)
    assert fold("times of sim and to") == "times of sim and to"


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("over 4.3x", {"4.3"}), ("requiring only 50K data", {"50", "50000"}), ("1.5 million", {"1.5", "1500000"}),
        ("three and two routers", {"3", "2"}), ("half, twice, triple", {"0.5", "2", "3"}),
        ("three orders of magnitude", {"3", "1000"}), ("3-5%", {"3", "5"}), ("12,288", {"12288"}),
        ("7B and 1.8 B", {"7", "7000000000", "1.8", "1800000000"}), ("no number", set()),
    ],
)  # fmt: skip
def test_numbers_are_read_in_digits_and_words(text: str, numbers: set[str]) -> None:
    assert {f"{value.normalize():f}" for value in numbers_in(text)} == {f"{Decimal(n).normalize():f}" for n in numbers}
