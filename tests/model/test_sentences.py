"""Sentences of texts, and what a reader sees of them."""

import pytest
from living_survey.model.citations import find_citations
from living_survey.model.sentences import LONGEST, Sentences, find_sentences, first_heading, shortened, to_plain


def cited(text: str) -> list[str]:
    """Return the sentence of each citation of a text."""
    citations = list(find_citations(text))
    sentences = Sentences(text, citations, lambda key: key.capitalize())
    return [sentences.plain(sentences.number(citation.start)) for citation in citations]


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("One bird. Two [@a2020b] birds.\nThree.", ["Two birds."]),
        ("As @a2020b (and @c2021d) say, so. No.", ["As A2020b (and C2021d) say, so."] * 2),
        ("Swifts [@a2020b], e.g. large ones, cf. Wren et al. (2009), sleep. Or not.",
         ["Swifts, e.g. large ones, cf. Wren et al. (2009), sleep."]),
        ("It is so. [@a2020b] And so on.", ["It is so."]),
        ("Is it so? It is!\n[@a2020b; @c2021d]\n\nNew.", ["It is!"]),
        ("- One item.\n- Two *items* [@a2020b]\n  go on.\n- Three.", ["Two items go on."]),
        ("1. One [@a2020b]\n2. Two", ["One"]),
        ("> Quoted\n> twice [@a2020b].\n", ["Quoted twice."]),
        ("Head\n====\n\nAt 3.5 m [@a2020b]. So.", ["At 3.5 m."]),
        ("| a | b |\n|---|---|\n| @a2020b | 3 \\| 4 | `x` |\n| c | d |", ["A2020b · 3 | 4 · x"]),
        ("See [there](x.md \"T\") and [**here**][h], `a_b` & <b>c</b> [@a2020b][^1].",
         ["See there and here, a_b & c."]),
        ("Text[^1].\n\n[^1]: A note [@a2020b].\n", ["A note."]),
        ("snake_case_name, 2 * 3 * 4, \\*star\\* [@a2020b]", ["snake_case_name, 2 * 3 * 4, *star*"]),
        ("大雁飞行。它们[@a2020b]很快。是的。", ["它们很快。"]),
        ("Code `[@a2020b]` says. True [@c2021d].", ["True."]),
        ("(See [@a2020b].)", ["(See.)"]),
        ("So `{{ count }}`, \\{{ x }} and {{ count }} [@a2020b].", ["So \\{{ count }}, \\{{ x }} and {{ count }}."]),
        ("[@a2020b]", [""]),
    ],
)  # fmt: skip
def test_the_sentence_of_a_citation(text: str, sentences: list[str]) -> None:
    assert cited(text) == sentences


def test_all_of_a_text_is_in_a_sentence() -> None:
    text = "# Birds\n\nOne. Two!\n\n- Three\n\n| a |\n|---|\n\nFour"
    found = [text[start:end].strip() for start, end in find_sentences(text)]
    assert found == ["Birds", "One.", "Two!", "Three", "| a |", "|---|", "Four"]


def test_a_long_sentence_is_cut_behind_a_word() -> None:
    [sentence] = cited("Swifts [@a2020b] " + "sleep, " * 60)
    assert sentence.endswith("sleep…")
    assert len(sentence) <= LONGEST
    assert len(shortened("x" * 500)) == LONGEST
    assert shortened("x" * LONGEST) == "x" * LONGEST
    whole = "a" * (LONGEST - 1)
    assert shortened(f"{whole} b") == f"{whole}…"


def test_what_comes_from_papers_stands_as_it_is() -> None:
    text = "As @a2020b says."
    sentences = Sentences(text, list(find_citations(text)), lambda _: "*O* <b> \\1")
    assert sentences.plain(0) == "As *O* <b> \\1 says."


def test_a_text_is_read_in_a_time_that_grows_with_it() -> None:
    for piece in ("[@a2020b] ", "[" * 50 + "@a2020b ", "*_`[@a2020b]", "<!-- ", "a. [ @", "| @a2020b "):
        text = piece * (200_000 // len(piece))
        cited(text)
        to_plain(text[:4000])


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Text.\n\n## On *birds* ##\n\n# More", "On birds"),
        ("Birds\n=====\n", "Birds"),
        ("```\n# no\n```\n# Yes & <b>so</b>", "Yes & so"),
        ("Text.", ""),
    ],
)
def test_the_first_heading_is_a_title(text: str, title: str) -> None:
    assert first_heading(text) == title
