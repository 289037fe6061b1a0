"""Slips in a line of fields in braces, and what to write instead."""

import pytest
from living_survey.syntax.one_line import CLOSE, remedy_of


@pytest.mark.parametrize(
    ("line", "remedy"),
    [
        ("  - {metric: speed, value: 4", CLOSE),
        (
            "- {a: b",
            'items stand below the name of their list: results: on a line of its own, then "  - " and the item',
        ),
        ("  - {a: [b, c, d: e}", "end the list of a with ]"),
        ("  - {a: [b, c], d: [e]", CLOSE),
        ("  - {a: 'b, c: d}", "end the value of a with '"),
        ('  - {"a": "b \\" c" d}', 'write \\" for a quotation mark inside the double quotes of a'),
        ("  - {a: 'b''s' c}", 'text with an apostrophe stands in double quotes: a: "…"'),
        ("x: {a: b: c}", 'put text with a colon in double quotes: a: "b: c"'),
        ("  - {a: b; c: d}", "put commas between the fields, no semicolons"),
        ("  - (a: b)", "write { } around the fields, in the place of ( )"),
        ("  - {a: b},", "delete the comma behind the brace"),
        ("  - a: b, c: d", "put the fields of one line in braces: - {a: b, c: d}"),
        ('  - {a: "b, c", d: [e, f], g: h}', ""),
        ("  - {a: {b: c}}", ""),
        ("  - {}", ""),
        ("title: Swifts, at night", ""),
        ("  - Swifts: by night, and by day", ""),
        ("", ""),
    ],
)
def test_a_slip_has_its_remedy_and_what_is_right_has_none(line: str, remedy: str) -> None:
    assert remedy_of(line) == remedy


@pytest.mark.parametrize("part", ["{a: ", "[", '"', "'", "a: b, ", "- (", "; a: ", " "])
def test_a_long_line_costs_no_time_to_speak_of(part: str) -> None:
    assert isinstance(remedy_of("  - {" + part * 200_000), str)
