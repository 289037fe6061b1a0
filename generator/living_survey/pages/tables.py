"""Tables over many papers: where they stand on two axes, how they came into the survey.

I/O: none.
"""

from collections import Counter
from collections.abc import Callable, Sequence

from markupsafe import Markup

from living_survey.model import addresses
from living_survey.model.derived import titles_of
from living_survey.model.facet import GRADES
from living_survey.model.labels import label
from living_survey.model.number import ABSTRACT
from living_survey.model.paper import Paper
from living_survey.model.parts import AGGREGATOR, BASES
from living_survey.model.survey import Survey
from living_survey.pages.entry import PaperLink
from living_survey.pages.figures import flow
from living_survey.pages.renderer import Renderer
from living_survey.pages.site_page import capitalized
from living_survey.pages.view import view

_OFFERS = ("code", "weights", "data", "project")
"""What a coverage table counts of what authors offer."""


@view
class Axis:
    """One side of a coverage table: its values with their titles, and which of them a paper has."""

    name: str
    """Of the condition that a query has for it."""
    title: str
    values: dict[str, str]
    of: Callable[[Paper], set[str]]


@view
class CoverageCell:
    """The papers that stand where two values meet."""

    anchor: str
    title: str
    papers: tuple[PaperLink, ...]
    address: str
    """In the explorer."""
    words: str
    """How many papers, and on what they rest."""
    radius: float
    """Of the mark, in pixels; its area says how many papers there are."""
    shade: int
    """0 to 3, by the share of papers with a number against a named baseline; 2 where the survey does not ask."""


@view
class CoverageRow:
    """A value of the axis at the side, with a cell for each value of the axis at the top."""

    title: str
    cells: tuple[CoverageCell, ...]


@view
class CoverageView:
    """A coverage table."""

    id: str
    side: str
    top: str
    """Titles of its axes."""
    columns: tuple[str, ...]
    rows: tuple[CoverageRow, ...]
    graded: bool
    """Whether marks are shaded by evidence."""

    @property
    def heading(self) -> str:
        """The title of the axis at the side, above its values."""
        return capitalized(self.side)

    @property
    def filled(self) -> list[CoverageCell]:
        """The cells with papers, row by row."""
        return [cell for row in self.rows for cell in row.cells if cell.papers]

    @property
    def caption(self) -> str:
        """A sentence on where the most papers stand."""
        most = max(self.filled, key=lambda cell: len(cell.papers), default=None)
        return label("coverage.most", len(most.papers), cell=most.title) if most else ""

    @property
    def empty(self) -> str:
        """In words, how many cells are empty."""
        cells = len(self.rows) * len(self.columns)
        return label("coverage.empty", cells - len(self.filled), cells=cells)


def _axis(survey: Survey, name: str) -> Axis:
    taxonomy, settings = survey.taxonomy, survey.settings
    if name not in settings.facets:
        title = label(f"coverage.axes.{name}")
    if name in ("theme", "subtheme"):
        themes = taxonomy.themes if name == "theme" else [t for t in taxonomy.by_path.values() if not t.children]
        titles = {theme.path: theme.title for theme in themes}
        return Axis(
            "theme",
            title,
            titles,
            lambda paper: {t.path for path in paper.themes or () for t in taxonomy.line(path)} & set(titles),
        )
    if name == "kind":
        return Axis(
            name, title, {kind: kind for kind in settings.kinds}, lambda paper: {paper.kind} if paper.kind else set()
        )
    if name == "year":
        years = sorted({paper.year for paper in survey.papers.values()})
        return Axis(name, title, {str(year): str(year) for year in years}, lambda paper: {str(paper.year)})
    if name == "offers":
        return Axis(
            "has",
            title,
            {kind: label(f"offers.{kind}.name") for kind in _OFFERS},
            lambda paper: {link for link, _ in paper.links.items()} & set(_OFFERS) if paper.links else set(),
        )
    facet = settings.facets[name]
    return Axis(name, facet.title, titles_of(facet), lambda paper: set(survey.facets[paper.key].get(name, ())))


_LARGEST = 13.0
"""Pixels of the radius of the largest mark."""


def coverage(survey: Survey, row: str, column: str) -> CoverageView:
    """Return how many papers stand where two axes meet; empty cells are the gaps of the field."""
    rows, columns = _axis(survey, row), _axis(survey, column)
    cells: dict[tuple[str, str], list[Paper]] = {
        (value, other): [] for value in rows.values for other in columns.values
    }
    for paper in survey.newest:
        across = columns.of(paper)
        for value in rows.of(paper):
            for other in across:
                cells[value, other].append(paper)
    most = max(map(len, cells.values()), default=0)
    grade = next((name for name, one in survey.settings.facets.items() if one.sources == ("results",)), "")

    def cell(value: str, other: str) -> CoverageCell:
        anchor, papers = f"{row}-{column}-{value}-{other}".replace("/", "-"), cells[value, other]
        title = f"{rows.values[value]}, {columns.values[other]}"
        strong = sum(survey.facets[paper.key][grade][0] == GRADES[0] for paper in papers) if grade else 0
        words = label("coverage.cell", len(papers), title=title)
        return CoverageCell(
            anchor, title, tuple(map(PaperLink.build, papers)),
            addresses.found(**{rows.name: value, columns.name: other}),
            label("coverage.cell_graded", cell=words, strong=strong) if grade else words,
            round(_LARGEST * (len(papers) / most) ** 0.5, 1) if papers else 0.0,
            -(-3 * strong // len(papers)) if grade and papers else 2,
        )  # fmt: skip

    return CoverageView(
        f"coverage-{row}-{column}", rows.title, columns.title, tuple(columns.values.values()),
        tuple(
            CoverageRow(title, tuple(cell(value, other) for other in columns.values))
            for value, title in rows.values.items()
        ),
        bool(grade),
    )  # fmt: skip


def render_coverage(renderer: Renderer, page: str, row: str, column: str) -> str:
    """Return a coverage table as HTML."""
    return renderer.render("coverage.html", page, table=coverage(renderer.survey, row, column))


@view
class MethodStep:
    """A step on the way from records to papers, in words: what stays, and what leaves there."""

    stays: str
    leaves: str

    @property
    def words(self) -> str:
        """Both as one sentence."""
        if not self.leaves:
            return label("method.step", stays=self.stays)
        leaves = self.leaves[0].lower() + self.leaves[1:]
        return label("method.step_leaving", stays=self.stays, leaves=leaves)


@view
class Excluded:
    """A record that was screened and excluded."""

    title: str
    reason: str
    id: str


def method_steps(survey: Survey) -> list[MethodStep]:
    """Return the way from records to papers."""
    screening, included = survey.screening, len(survey.papers)
    duplicates = screening.duplicates if screening else 0
    excluded = len(screening.records) if screening else 0
    screened = included + excluded
    lists = ", ".join(f"{name} ({count})" for name, count in survey.settings.sources.items())
    reasons = screening.by_reason if screening else {}
    why = "; ".join(f"{reason.replace('-', ' ')} {count}" for reason, count in reasons.items() if count)
    listed = screened + duplicates
    return [
        MethodStep(
            label("method.identified_from", listed, lists=lists) if lists else label("method.identified", listed),
            label("method.duplicates", duplicates),
        ),
        MethodStep(
            label("method.screened", screened),
            label("method.excluded_why", excluded, why=why) if why else label("method.excluded", excluded),
        ),
        MethodStep(label("method.included", included), ""),
    ]


def render_method(renderer: Renderer, page: str) -> str:
    """Return how records became papers, from data: as a picture and in words."""
    survey, screening = renderer.survey, renderer.survey.screening
    steps = method_steps(survey)
    figure = Markup(flow([(step.stays, step.leaves) for step in steps]))  # noqa: S704  (it escapes)
    excluded: list[Excluded] = []
    if screening:
        excluded = [Excluded(one.title, screening.reasons[one.reason], one.id) for one in screening.records]
    return renderer.render(
        "method.html", page, figure=figure, steps=steps, counts=_checked(list(survey.papers.values())),
        searched=screening.searched if screening else (), excluded=excluded,
    )  # fmt: skip


def _checked(papers: Sequence[Paper]) -> list[tuple[str, int]]:
    """Return (in words, how many papers) of what is known about where entries come from."""
    origins = [paper.provenance for paper in papers if paper.provenance]
    days = sorted({origin.checked for origin in origins if origin.checked})
    if len(days) > 1:
        compared = label("method.counts.compared_between", first=days[0], last=days[-1])
    else:
        compared = label("method.counts.compared_on", day=days[0]) if days else label("method.counts.compared")
    bases = Counter(origin.basis for origin in origins)
    return [
        (label("method.counts.consulted"), sum(bool(one.consulted) and one.basis != AGGREGATOR for one in origins)),
        *((label(f"method.counts.{basis}"), bases[basis]) for basis in BASES if bases[basis]),
        (compared, sum(bool(origin.checked) for origin in origins)),
        (label("method.counts.checked_by"), sum(bool(origin.checked_by) for origin in origins)),
        (label("method.counts.summary"), sum(bool(paper.summary) for paper in papers)),
        (label("method.counts.results"), sum(bool(paper.results) for paper in papers)),
        (label("method.counts.abstract_only"), sum(_abstract_only(paper) for paper in papers)),
    ]


def _abstract_only(paper: Paper) -> bool:
    return bool(paper.results) and all(
        number.locator.casefold() in (ABSTRACT, "title") for number in paper.results or ()
    )
