"""Papers against the themes at the top."""

from living_survey.pages.blocks import fill_blocks, reserve_blocks
from living_survey.pages.covers import covers

from tests.fabricate import key
from tests.pages.birds import bird, renderer, survey

SURVEYS = [
    {"type": "surveys", "paper": key(2)},
    {"type": "surveys", "external": {"title": "Atlas"}},
    {"type": "uses", "external": {"title": "Map"}},
]


def test_a_paper_covers_its_themes_and_those_of_what_it_surveys() -> None:
    reviewed = bird(1, kind="review", themes=["flight/height"], relations=SURVEYS)
    whole = survey(reviewed, bird(2, themes=["song"], short_name="SongNet"), bird(3, kind="review", themes=["season"]))
    table = covers(whole, [reviewed])
    assert [theme.title for theme in table.themes] == ["Flight", "Season", "Song"]
    (row,) = table.rows
    assert [(cell.filed, [link.name for link in cell.surveyed]) for cell in row.cells] == [
        (True, []), (False, []), (False, ["SongNet"]),
    ]  # fmt: skip
    assert (row.outside, table.outside) == (1, "outside/")
    assert table.uncovered == "Covered by none of them: Season."
    assert covers(whole, whole.newest).uncovered.startswith("Each theme")


def test_the_block_takes_a_query() -> None:
    made = renderer(bird(1, kind="review", themes=["song"]), bird(2, kind="experiment", themes=["song"]))

    def filled(query: str) -> str:
        return fill_blocks(reserve_blocks(f"<!-- survey:covers {query} -->\n"), made, "coverage/", "coverage.md")

    assert filled("kind=review year=1900..").count('<th scope="row">') == 1
    assert filled("kind=review,experiment").count('<th scope="row">') == 2
    assert "No paper of this survey meets the query." in filled("year=1800")
    assert 'id="survey-block-covers--' in filled("nonsense")
