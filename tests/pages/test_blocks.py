"""Lists that editors put into their pages."""

from living_survey.model import page
from living_survey.pages.blocks import BLOCKS, INDEX_PAGES, reserve_blocks
from living_survey.pages.renderer import human_date
from living_survey.pages.site_page import Pager


def test_a_comment_alone_on_its_line_becomes_a_place() -> None:
    text = "Before\n\n<!-- survey:themes -->\n\nand <!-- survey:themes --> inside.\n"
    reserved = reserve_blocks(text)
    assert reserved == text.replace("\n<!-- survey:themes -->\n", '\n<div id="survey-block-themes"></div>\n', 1)
    table = '<div id="survey-block-coverage--theme--kind"></div>\n'
    assert reserve_blocks("<!-- survey:coverage theme kind -->\n") == table


def test_comments_in_code_stay() -> None:
    text = "```\n<!-- survey:themes -->\n```\n"
    assert reserve_blocks(text) == text


def test_every_block_and_page_that_checks_know_can_be_rendered() -> None:
    assert set(BLOCKS) == set(page.BLOCKS)
    assert tuple(INDEX_PAGES) == page.INDEX_SOURCES


def test_index_pages_use_blocks_that_there_are() -> None:
    assert {block for _, block in INDEX_PAGES.values()} <= set(BLOCKS)


def test_pagers_know_their_neighbours() -> None:
    middle = Pager.build("papers/", 2, 45, 20)
    assert (middle.pages, middle.previous, middle.next) == (3, "papers/", "papers/page/3/")
    assert Pager.build("papers/", 1, 0, 20).pages == 1
    assert Pager.build("papers/", 3, 45, 20).next is None


def test_dates_are_as_long_as_they_are_known() -> None:
    assert [human_date(date) for date in ("2024-07-03", "2024-07", "2024")] == ["3 Jul 2024", "Jul 2024", "2024"]
