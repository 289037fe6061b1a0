"""Lists that editors put into their pages."""

import pytest
from living_survey.loading.settings import load_settings
from living_survey.model.settings import Settings
from living_survey.pages.blocks import BLOCKS, INDEX_PAGES, reserve_blocks
from living_survey.pages.dates import human_date
from living_survey.pages.site_page import Pager

from tests.commands import ROOT


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


def test_pagers_know_their_neighbours() -> None:
    middle = Pager.build("papers/", 2, 45, 20)
    assert (middle.pages, middle.previous, middle.next) == (3, "papers/", "papers/page/3/")
    assert Pager.build("papers/", 1, 0, 20).pages == 1
    assert Pager.build("papers/", 3, 45, 20).next is None


def test_dates_are_as_long_as_they_are_known() -> None:
    assert [human_date(date) for date in ("2024-07-03", "2024-07", "2024")] == ["3 Jul 2024", "Jul 2024", "2024"]
