"""Phrases of the settings are found as words, and what replaces them has what their signs stood for."""

import pytest
from living_survey.model.avoided import AvoidedPhrases, phrase
from pydantic_core import PydanticCustomError


def found(text: str, **wording: str | None) -> list[tuple[str, str]]:
    """Return (what was found, what to write instead)."""
    phrases = AvoidedPhrases({name.replace("_", " "): instead for name, instead in wording.items()})
    return [(text[one.start : one.end], one.instead) for one in phrases.find(text)]


@pytest.mark.parametrize(
    ("phrase_", "instead", "text", "expected"),
    [
        ("data set", "dataset", "A data set, a Data\nset, data sets, a metadata set", ["data set", "Data\nset"]),
        ("data set*", "dataset*", "Data sets", [("Data sets", "datasets")]),
        ("*isation*", "*ization*", "Quantisations cost", [("Quantisations", "Quantizations")]),
        ("# %", "#%", "3–5 % of 12,288, 0.5 %, 5%", [("5 %", "5%"), ("0.5 %", "0.5%")]),
        ("#x", "#×", "10x, 8x7B, 2.5x.", [("10x", "10×"), ("2.5x", "2.5×")]),
        ("llama #", "Llama #", "LLaMA 2, Llama 3.1, LLaMA 7B", [("LLaMA 2", "Llama 2")]),
        ("llama-#", "Llama #", "Llama-3.1-8B and LLaMA-7B", [("Llama-3.1", "Llama 3.1")]),
        ("Swift", "swift", "Swift swift SWIFT", ["Swift"]),
        ("it should be noted", "", "It should be  noted that", ["It should be  noted"]),
        ("data set", "dataset", "data      set, data\n\nset", []),
        ("a+b", "c", "a+b aab a.b", ["a+b"]),
    ],
)
def test_a_phrase_is_found(phrase_: str, instead: str, text: str, expected: list[object]) -> None:
    places = [(text[one.start : one.end], one.instead) for one in AvoidedPhrases({phrase_: instead}).find(text)]
    assert places == [one if isinstance(one, tuple) else (one, instead) for one in expected]


def test_of_two_phrases_at_one_place_the_longest_is_found() -> None:
    assert found("no data sets", data="facts", data_sets="datasets", no=None) == [("no", ""), ("data sets", "datasets")]


@pytest.mark.parametrize("text", ["", "*", "#", "a*b", "**", "* *", "x" * 101])
def test_what_is_no_phrase(text: str) -> None:
    with pytest.raises(PydanticCustomError):
        phrase(text)
