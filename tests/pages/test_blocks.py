"""Lists that editors put into their pages."""

from living_survey.model import page
from living_survey.pages.blocks import BLOCKS, INDEX_PAGES, FieldRow, counts_of, reserve_blocks

from tests.pages.birds import bird, survey


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
