"""The picture of the field: themes against years, a square for each paper. I/O: none.

A table whose squares are SVG: text stays HTML and links are links, so that the table is its own alternative.
"""

import csv
import io
from collections.abc import Iterator, Sequence

from living_survey.model import addresses
from living_survey.model.labels import label
from living_survey.model.paper import Paper
from living_survey.model.survey import Survey
from living_survey.model.theme import Theme
from living_survey.pages.renderer import Renderer
from living_survey.pages.theme import ThemeLink
from living_survey.pages.view import view

MOST_SQUARES = 40
"""Papers of a cell that have a square each; more are a bar with their number."""
MOST_YEARS = 6
"""Columns: what is older stands together in the first."""
_SIDE, _ROWS, _LOW = 9, 3, 12
"""Pixels from one square to the next; squares above each other, one less in cells of so many papers."""
_BAR = 60
"""Width in pixels of the longest bar."""


@view
class Square:
    """A paper, in pixels from the upper left corner of its cell."""

    x: int
    y: int
    code: bool


@view
class FieldCell:
    """The papers of a theme and a year."""

    address: str
    """In the explorer; empty where there are none."""
    year: str
    words: str
    number: int
    width: int
    height: int
    """Of its picture, in pixels."""
    squares: tuple[Square, ...]
    bar: int
    """Width in pixels of the bar in the place of squares, and of its part with code; 0 for none."""
    bar_code: int


@view
class FieldRow:
    """A theme."""

    theme: ThemeLink
    cells: tuple[FieldCell, ...]
    papers: int


@view
class FieldView:
    """Themes at the top of the tree against years."""

    title: str
    years: tuple[str, ...]
    rows: tuple[FieldRow, ...]
    code: str
    """In words, how many have code."""
    note: str
    csv: str
    theme_index: str


def spans_of(survey: Survey) -> list[tuple[str, str, range]]:
    """Return (heading, condition of a query, years) of each column, the earliest first."""
    years = sorted(int(year) for year in survey.years)
    if len(years) > MOST_YEARS:
        first = years[-MOST_YEARS + 1]
        older = (label("field.until", year=first - 1), f"..{first - 1}", range(years[0], first))
        return [older, *_single([year for year in years if year >= first])]
    return _single(years)


def _single(years: Sequence[int]) -> list[tuple[str, str, range]]:
    return [(str(year), str(year), range(year, year + 1)) for year in years]


def has_code(paper: Paper) -> bool:
    """Say whether a paper's authors offer code."""
    return bool(paper.links and paper.links.code)


def field_of(survey: Survey) -> FieldView:
    """Return the picture of a survey."""
    spans = spans_of(survey)
    themes = [theme for theme in survey.taxonomy.themes if survey.by_theme[theme.path]]
    cells = {
        (theme.path, heading): [paper for paper in survey.by_theme[theme.path] if paper.year in years]
        for theme in themes
        for heading, _, years in spans
    }
    most = max((len(papers) for papers in cells.values()), default=0)
    rows = tuple(
        FieldRow(
            ThemeLink(addresses.theme(theme.path), theme.title),
            tuple(
                _cell(cells[theme.path, heading], theme, heading, condition, most) for heading, condition, _ in spans
            ),
            len(survey.by_theme[theme.path]),
        )
        for theme in themes
    )
    total, code = len(survey.papers), sum(map(has_code, survey.papers.values()))
    largest = max(rows, key=lambda row: row.papers, default=None)
    title = label("field.title", theme=largest.theme.title, papers=largest.papers, total=total) if largest else ""
    return FieldView(
        title=title,
        years=tuple(heading for heading, _, _ in spans),
        rows=rows,
        code=label("field.code", number=f"{code:,}"),
        note=label("field.note", total=f"{total:,}"),
        csv=addresses.FIELD,
        theme_index=addresses.THEMES,
    )


def _cell(papers: Sequence[Paper], theme: Theme, heading: str, condition: str, most: int) -> FieldCell:
    number, code = len(papers), sum(map(has_code, papers))
    words = label("field.cell", number, theme=theme.title, year=heading, code=code)
    address = addresses.found(theme=theme.path, year=condition) if papers else ""
    if number > MOST_SQUARES:
        length = max(round(_BAR * number / most), 1)
        return FieldCell(address, heading, words, number, _BAR, 2 * _SIDE, (), length, round(length * code / number))
    high = _ROWS if number > _LOW else _ROWS - 1
    places = (divmod(place, high) for place in range(number))
    squares = tuple(
        Square(column * _SIDE + 1, row * _SIDE + 1, place < code) for place, (column, row) in enumerate(places)
    )
    return FieldCell(address, heading, words, number, -(-number // high) * _SIDE, high * _SIDE, squares, 0, 0)


def render_field(renderer: Renderer, page: str) -> str:
    """Return the picture for the page at an address; nothing for a survey without themes that have papers."""
    field = field_of(renderer.survey)
    return renderer.render("field.html", page, field=field) if field.rows else ""


def field_csv(survey: Survey) -> str:
    """Return the numbers of the picture as a table: theme, year, papers, with code."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(("theme", "year", "papers", "code"))
    writer.writerows(_lines(survey))
    return out.getvalue()


def _lines(survey: Survey) -> Iterator[tuple[str, int, int, int]]:
    for theme in survey.taxonomy.themes:
        papers = survey.by_theme[theme.path]
        for year in sorted({paper.year for paper in papers}):
            found = [paper for paper in papers if paper.year == year]
            yield theme.path, year, len(found), sum(map(has_code, found))
