"""Phrases of a list, found as whole words."""

import pytest
from living_survey.syntax.phrases import Phrases

NAMES = Phrases(["Llama 2", "llama-2-7b", "GPT-4", "(2)gram", "C++17", "İ2", "…"])


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("On LLAMA 2 and gpt-4.", ["LLAMA 2", "gpt-4"]),
        ("Llama-2-7B, not Llama-2-7Bx", ["Llama-2-7B"]),  # the longest one, and never a part of a word
        ("MyLlama 2, Llama 22, GPT-4o", []),
        ("a (2)gram of C++17", ["(2)gram", "C++17"]),
        ("GPT-4 GPT-4", ["GPT-4", "GPT-4"]),
        ("İ is one sign: Llama 2", []),  # small letters are longer here: only what is written the same way is found
        ("İ is one sign: llama 2", ["llama 2"]),
        ("", []),
    ],
)
def test_phrases_are_found_as_whole_words_in_any_capitals(text: str, found: list[str]) -> None:
    assert [text[start:end] for start, end in NAMES.find(text)] == found


def test_what_is_blanked_keeps_its_length_and_its_lines() -> None:
    text = "one Llama 2\nand GPT-4, two"
    assert NAMES.blanked(text) == "one        \nand      , two"
    assert Phrases(["a\nb"]).blanked("a\nb c") == " \n  c"
