"""The picture of the field: themes against years."""

from living_survey.pages.field import MOST_SQUARES, MOST_YEARS, field_csv, field_of, render_field, spans_of

from tests.pages.birds import bird, renderer, survey

CODE = {"code": "https://x.org/"}
SONG = {"themes": ["song"]}


def test_every_paper_has_a_square_and_those_with_code_come_first() -> None:
    whole = survey(bird(1, **SONG, year=2003), bird(2, **SONG, year=2003, links=CODE), bird(3, **SONG, year=2005))
    field = field_of(whole)
    [row] = field.rows
    assert (row.theme.title, row.papers, field.years) == ("Song", 3, ("2003", "2005"))
    first, second = row.cells
    assert [(one.x, one.y, one.code) for one in first.squares] == [(1, 1, True), (1, 10, False)]
    assert (first.words, first.address) == ("Song, 2003: 2 papers, 1 with code", "papers/?theme=song&year=2003")
    assert (second.number, second.width, second.height) == (1, 9, 18)
    assert field.title == "Song has the most papers: 3 of 3"


def test_many_papers_are_a_bar_with_their_number() -> None:
    papers = [bird(n, **SONG, year=2003, links=CODE if n % 2 else None) for n in range(MOST_SQUARES + 2)]
    [row] = field_of(survey(*papers)).rows
    [cell] = row.cells
    assert (cell.squares, cell.bar, cell.bar_code) == ((), 60, 30)
    assert f'<span aria-hidden="true">{MOST_SQUARES + 2}</span>' in render_field(renderer(*papers), "")


def test_older_years_stand_together() -> None:
    papers = [bird(n, **SONG, year=2000 + n) for n in range(MOST_YEARS + 3)]
    spans = spans_of(survey(*papers))
    assert len(spans) == MOST_YEARS
    assert spans[0] == ("to 2003", "..2003", range(2000, 2004))
    cells = field_of(survey(*papers)).rows[0].cells
    assert [cell.number for cell in cells] == [4, 1, 1, 1, 1, 1]
    assert cells[0].address == "papers/?theme=song&year=..2003"


def test_a_survey_without_filed_papers_has_no_picture() -> None:
    assert render_field(renderer(bird(1, themes=None)), "") == ""
    assert field_csv(survey()) == "theme,year,papers,code\r\n"


def test_the_same_is_a_table_to_download() -> None:
    whole = survey(bird(1, **SONG, year=2003, links=CODE), bird(2, themes=["flight/height"], year=2004))
    assert field_csv(whole) == "theme,year,papers,code\r\nflight,2004,1,0\r\nsong,2003,1,1\r\n"
