"""What others wrote, code, addresses and citations are no prose of a survey's own."""

import pytest
from living_survey.model.prose import own_prose, prose

OURS = [
    "plain words", "a **strong** claim", "2 * 3 * 4", "snake_case_name", "* an item\n* another", 'a 5" pipe', "it's",
]  # fmt: skip


@pytest.mark.parametrize("text", OURS)
def test_own_words_stay_where_they_are(text: str) -> None:
    assert own_prose(text) == text


@pytest.mark.parametrize(
    "text",
    [
        "`code`", "<!-- more -->", "https://example.org/code", "[@code1999x]", "{{ typed 1 \"code\" }}", "[?code]",
        "[a code](https://example.org)", "*a code\nof birds*", "_a code_", "“a code”", '"a code"', "[x](code.md)",
    ],
)  # fmt: skip
def test_the_rest_is_blank(text: str) -> None:
    whole = f"Before {text} behind."
    words = own_prose(whole)
    assert len(words) == len(whole)
    assert "code" not in words
    assert words.startswith("Before ")
    assert words.endswith(" behind.")


def test_the_words_of_a_link_inside_the_site_are_its_own() -> None:
    assert own_prose("[on song](../themes/song.md).") == f"[on song]{' ' * 19}."


def test_a_sentence_keeps_what_it_stresses() -> None:
    assert prose('It is *not* in the "abstract" [@x1999y].') == 'It is *not* in the "abstract"          .'
