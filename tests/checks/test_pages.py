"""What the checks say of the editors' pages."""

from pathlib import Path

import pytest
from living_survey.checks.pages import check_blocks, check_pages, check_queries
from living_survey.model.page import EditorPage
from living_survey.model.settings import Settings
from living_survey.syntax.problems import Problem

from tests.pages.birds import bird, survey, themes


def settings() -> Settings:
    return Settings(root=Path("/"), docs_dir=Path("/docs"), site_dir=Path("/site"))


def blocks(text: str, source: str = "index.md", first_line: int = 1, **front: object) -> list[Problem]:
    page = EditorPage(source, f"docs/{source}", front, {}, text, first_line)
    return list(check_blocks(settings(), themes(), [page]))


def test_an_unknown_block_is_a_problem_at_its_line() -> None:
    [problem] = blocks("a\n\n<!-- survey:theme -->\n", first_line=4)
    assert (problem.place, problem.code, problem.hint) == (
        "docs/index.md:6:1",
        "block-unknown",
        'did you mean "themes"?',
    )
    assert [one.code for one in blocks("<!-- survey:themes now -->\n")] == ["block-unknown"]
    assert blocks("```\n<!-- survey:theme -->\n```\n") == []
    assert blocks("<!-- survey:theme -->\n", "themes/song.md") == []


def test_a_coverage_table_needs_two_axes_that_there_are() -> None:
    assert blocks("<!-- survey:coverage theme kind -->\n") == []
    [problem] = blocks("<!-- survey:coverage theme mood -->\n")
    assert problem.code == "block-axes"
    assert "with two of: theme, subtheme, kind, year, offers" in problem.hint


def test_a_list_needs_what_it_is_made_from() -> None:
    assert [one.code for one in blocks("<!-- survey:path -->\n", pth=[])] == ["path-invalid"]
    assert [one.code for one in blocks("<!-- survey:glossary -->\n", "glossary.md", term=[])] == ["terms-invalid"]
    assert blocks("<!-- survey:path -->\n", path=[{"paper": "a2020b", "why": "x"}]) == []


def test_a_table_of_what_papers_cover_needs_a_query() -> None:
    assert blocks("<!-- survey:covers theme=song year=2001..,2020 -->\n") == []
    [problem] = blocks("<!-- survey:covers theme=song year=x -->\n")
    assert (problem.code, problem.place) == ("query-invalid", "docs/index.md:1:1")
    assert "column 17" in problem.message
    assert [one.code for one in blocks("<!-- survey:covers -->\n")] == ["block-query-missing"]
    assert [one.code for one in blocks("<!-- survey:covers them=song -->\n")] == ["query-invalid"]


@pytest.mark.parametrize(
    ("front", "code"),
    [
        ({"path": "a2020b"}, "path-invalid"),
        ({"path": ["a2020b"]}, "path-step-invalid"),
        ({"path": [{"papr": "a2020b", "why": "x"}]}, "path-step-invalid"),
        ({"path": [{"paper": "a2020b"}]}, "path-reason-missing"),
        ({"terms": {"term": "x"}}, "terms-invalid"),
        ({"terms": ["moult"]}, "term-incomplete"),
        ({"terms": [{"term": "moult"}]}, "term-incomplete"),
    ],
)
def test_a_slip_in_front_matter_is_a_problem(front: dict[str, object], code: str) -> None:
    page = EditorPage("more.md", "docs/more.md", front, {}, "")
    assert [one.code for one in check_pages([page], [], unread={"a2020b"})] == [code]


def test_papers_authors_and_venues_of_a_query_are_looked_up_in_the_survey() -> None:
    text = "# Coverage\n\n<!-- survey:covers venue=nowhere -->\n<!-- survey:covers theme=song -->\n"
    page = EditorPage("coverage.md", "docs/coverage.md", {}, {}, text)
    assert list(check_blocks(settings(), themes(), [page])) == []
    [problem] = check_queries(survey(bird(1), pages=(page,)))
    assert (problem.code, problem.place) == ("query-invalid", "docs/coverage.md:3:1")
