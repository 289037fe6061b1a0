"""Lists that editors put into their pages."""

import pytest
from living_survey.loading.settings import load_settings
from living_survey.model.settings import Settings
from living_survey.pages.blocks import BLOCKS, INDEX_PAGES, FieldRow, counts_of, reserve_blocks

from tests.commands import ROOT
from tests.pages.birds import bird, survey


@pytest.fixture(scope="module")
def settings() -> Settings:
    return load_settings(ROOT / "mkdocs.yml")


def test_a_comment_alone_on_its_line_becomes_a_place(settings: Settings) -> None:
    text = "Before\n\n<!-- survey:themes -->\n\nand <!-- survey:themes --> inside.\n"
    reserved, problems = reserve_blocks(text, "docs/index.md", settings)
    assert reserved == text.replace("\n<!-- survey:themes -->\n", '\n<div id="survey-block-themes"></div>\n', 1)
    assert problems == []


def test_comments_in_code_stay(settings: Settings) -> None:
    text = "```\n<!-- survey:themes -->\n```\n"
    assert reserve_blocks(text, "x", settings) == (text, [])


def test_an_unknown_block_is_a_problem_at_its_line(settings: Settings) -> None:
    _, [problem] = reserve_blocks("a\n\n<!-- survey:theme -->\n", "docs/index.md", settings, first_line=4)
    assert (problem.place, problem.hint) == ("docs/index.md:6:1", 'did you mean "themes"?')


def test_a_coverage_table_needs_two_axes_that_there_are(settings: Settings) -> None:
    reserved, problems = reserve_blocks("<!-- survey:coverage theme kind -->\n", "x", settings)
    assert (reserved, problems) == ('<div id="survey-block-coverage--theme--kind"></div>\n', [])
    _, [problem] = reserve_blocks("<!-- survey:coverage theme mood -->\n", "x", settings)
    assert "with two of: theme, subtheme, kind, year, offers" in problem.hint


def test_index_pages_use_blocks_that_there_are() -> None:
    assert {block for _, block in INDEX_PAGES.values()} <= set(BLOCKS)


def test_counts_lead_to_what_they_count() -> None:
    found = [(one.address, one.words) for one in counts_of(survey(bird(1), bird(2)))]
    assert found == [
        ("papers/", "2 papers"), ("themes/", "5 themes"), ("authors/", "5 authors"), ("venues/", "1 venue"),
        ("years/", "2002–2009"),
    ]  # fmt: skip
    assert counts_of(survey(bird(1)))[-1].words == "2002"
    assert [one.address for one in counts_of(survey())] == ["papers/", "themes/", "authors/", "venues/"]


def test_a_field_says_who_wants_it_and_its_code_is_code() -> None:
    row = FieldRow.build("year", "Like `a<b`, & more.", always=False, here=True)
    assert (row.needed, row.description) == ("in this survey", "Like <code>a&lt;b</code>, &amp; more.")
    assert FieldRow.build("year", "", always=True, here=True).needed == "always"
    assert FieldRow.build("year", "", always=False, here=False).needed == ""
