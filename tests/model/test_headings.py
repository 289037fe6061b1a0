"""Sections of a text go on to the next heading that is no deeper."""

from living_survey.model.headings import find_sections


def test_sections_hold_deeper_ones() -> None:
    text = "Opening.\n\n## One *two* ##\na\n### Deeper\nb\n\nThree\n-----\nc\n\n```\n# code\n```\n# Top\nd"
    found = {one.title: text[one.body : one.end].strip() for one in find_sections(text)}
    assert found == {
        "One two": "a\n### Deeper\nb", "Deeper": "b", "Three": "c\n\n```\n# code\n```", "Top": "d",
    }  # fmt: skip


def test_a_table_has_no_headings() -> None:
    assert not list(find_sections("| a |\n|---|\n| b |\n\n- item\n---\n"))
