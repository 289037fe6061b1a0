"""Lists that editors put into their pages."""

from generator.pages.blocks import BLOCKS, INDEX_PAGES, reserve_blocks, theme_markdown
from generator.pages.renderer import Pager, human_date
from generator.taxonomy import Theme


def test_a_comment_alone_on_its_line_becomes_a_place() -> None:
    text = "Before\n\n<!-- survey:themes -->\n\nand <!-- survey:themes --> inside.\n"
    reserved, problems = reserve_blocks(text, "docs/index.md")
    assert reserved == text.replace("\n<!-- survey:themes -->\n", '\n<div id="survey-block-themes"></div>\n', 1)
    assert problems == []


def test_comments_in_code_stay() -> None:
    text = "```\n<!-- survey:themes -->\n```\n"
    assert reserve_blocks(text, "x") == (text, [])


def test_an_unknown_block_is_a_problem_at_its_line() -> None:
    _, [problem] = reserve_blocks("a\n\n<!-- survey:theme -->\n", "docs/index.md", first_line=4)
    assert (problem.place, problem.hint) == ("docs/index.md:6:1", 'did you mean "themes"?')


def test_index_pages_use_blocks_that_there_are() -> None:
    assert {block for _, block in INDEX_PAGES.values()} <= set(BLOCKS)


def test_a_themes_title_is_not_read_as_markdown() -> None:
    theme = Theme("a", "A *b* [c](d) `e` _f_", "x", 1, "themes/a.md")
    assert theme_markdown(theme, "Text.").startswith(r"# A \*b\* \[c\]\(d\) \`e\` \_f\_" + "\n")


def test_pagers_know_their_neighbours() -> None:
    middle = Pager.build("papers/", 2, 45, 20)
    assert (middle.pages, middle.previous, middle.next) == (3, "papers/", "papers/page/3/")
    assert Pager.build("papers/", 1, 0, 20).pages == 1
    assert Pager.build("papers/", 3, 45, 20).next is None


def test_dates_are_as_long_as_they_are_known() -> None:
    assert [human_date(date) for date in ("2024-07-03", "2024-07", "2024")] == ["3 Jul 2024", "Jul 2024", "2024"]
