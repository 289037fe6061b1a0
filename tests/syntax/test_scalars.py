"""A place in the text of a field is found in the file, however the field is written."""

import pytest
from living_survey.syntax.scalars import count_solid
from living_survey.syntax.yaml_reader import read_mapping

TEXT = "One bird's “wing” é; at 41 km/h."


@pytest.mark.parametrize(
    ("source", "line"),
    [
        (f"a: {TEXT}", 1),
        ("b: x\na: One bird's\n  “wing” é;\n  at 41 km/h. # 41", 4),
        ("a: 'One bird''s “wing” é; at 41 km/h.'", 1),
        ('a: "One bird\'s \\u201cwing” é;\\n at \\\n  41 km/h."', 2),
        ("a: |-  # 41\n  One\n\n\n  bird's “wing” e\u0301; at\n  41 km/h.\nc: 41", 6),
        ("a: >\r\n    One bird's\r\n    “wing” é; at 41 km/h.\r\n", 3),
    ],
)
def test_the_place_of_a_number(source: str, line: int) -> None:
    document = read_mapping(source.encode(), "a.yaml")
    assert document.problems == []
    count = count_solid(TEXT[: TEXT.index("41")])
    found, column = document.locate(("a", count))
    assert found == line
    assert source.splitlines()[line - 1][column - 1 :].startswith("41")


def test_what_is_not_there_is_at_its_field() -> None:
    document = read_mapping(b"x: 1\na:\n  - {b: two}\n", "a.yaml", first_line=2)
    assert document.locate(("a", 0, "b", 1)) == (4, 10)
    assert document.locate(("a", 0, "b", 3)) == (4, 6)
    assert document.locate(("a", 0)) == (4, 5)
