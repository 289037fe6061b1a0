"""Findings and their renderings."""

import json

from living_survey.syntax.problems import Problem, closest, did_you_mean, summary, to_github, to_json, to_text

ERROR = Problem("papers/a.yaml", 3, 7, "50% is not: a year,\nreally", "write 2021", code="year-invalid")
WARNING = Problem("mkdocs.yml", 0, 0, "no title", severity="warning")


def test_for_people_a_line_with_the_place_and_one_with_the_remedy() -> None:
    expected = (
        "papers/a.yaml:3:7: error: 50% is not: a year,\nreally [year-invalid]\n    write 2021\n"
        "mkdocs.yml: warning: no title"
    )
    assert to_text([ERROR, WARNING]) == expected


def test_for_github_what_would_end_a_command_is_escaped() -> None:
    assert to_github([ERROR]) == (
        "::error file=papers/a.yaml,line=3,col=7,title=year-invalid::50%25 is not: a year,%0Areally%0Awrite 2021"
    )
    hostile = Problem("papers/a,b:c%.yaml", 0, 0, "x\n::error::fake")
    assert to_github([hostile]) == "::error file=papers/a%2Cb%3Ac%25.yaml,line=1,col=1::x%0A::error::fake"


def test_for_programs_all_attributes() -> None:
    assert json.loads(to_json([ERROR]))[0] == {
        "path": "papers/a.yaml", "line": 3, "column": 7, "message": ERROR.message, "hint": "write 2021",
        "severity": "error", "field": [], "code": "year-invalid",
    }  # fmt: skip


def test_the_closest_word_is_found_whatever_its_capitals() -> None:
    assert closest("Autors", ["authors", "aliases"]) == "authors"
    assert closest("zzz", ["authors"]) is None
    assert did_you_mean("zzz", ["a", "b"]) == "use one of: a, b"
    assert did_you_mean("zzz", ["a", "b"], list_few=False) == ""
    assert did_you_mean("zzz", map(str, range(100))) == ""


def test_problems_are_sorted_by_place_and_counted() -> None:
    assert sorted([ERROR, WARNING]) == [WARNING, ERROR]
    assert summary([ERROR, ERROR, WARNING]) == "2 errors, 1 warning"
    assert summary([]) == "no problems"
