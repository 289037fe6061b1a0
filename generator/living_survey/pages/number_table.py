"""Tables of numbers as HTML: the cells of a number are made once, since it stands in some six tables.

Strings joined over `escape`: templates took four times as long here, where most of the rows of a site are. I/O: none.
"""

from collections.abc import Iterable, Mapping, Sequence
from functools import cache

from markupsafe import Markup, escape

from living_survey.model import addresses
from living_survey.model.claims import Claim, claims_of, gather
from living_survey.model.labels import label
from living_survey.model.paper import Paper
from living_survey.model.plot import Mark, Plot, plot_family
from living_survey.model.registry import LISTS
from living_survey.model.units import Form
from living_survey.pages.numbers import NameLink, NumberRow, NumbersView, NumberView, number_view
from living_survey.pages.plots import ROW, axis_words, drawn, grid_of, ticks
from living_survey.pages.renderer import Renderer
from living_survey.pages.view import view

_ROOT = "\x00"
"""Stands for the way to the site's root, as long as no page is given. No text of a paper has this character."""


@view
class _Cells:
    """The cells of a number; `_ROOT` stands for the way to the site's root."""

    anchor: str
    metric: str
    value: str
    linked: str
    """The value as a link to the number's place on its paper's page."""
    paper: str
    against: str
    """What it is compared with."""
    rest: str
    """Setting, evidence."""
    below: str
    """What it is compared with, its setting, and its evidence, below each other."""


class NumberTables:
    """The tables of a survey's numbers."""

    def __init__(self, renderer: Renderer) -> None:
        """Begin without any."""
        self._survey = renderer.survey
        self._cells: dict[str, _Cells] = {}

    def of_metric(self, rows: Sequence[NumberRow], root: str, title: str) -> Markup:
        """Return numbers of one metric, each with its paper, and with ranks where there are any.

        Args:
            rows: The numbers.
            root: The way from the page to the site's root.
            title: What assistive technology calls the table.
        """
        ranked, based = any(row.rank for row in rows), _are_based(row.claim for row in rows)
        lines = (
            f"<tr>{f'<td>{row.rank}</td>' if ranked else ''}{cells.linked}{cells.paper}"
            f"{cells.against if based else ''}{cells.rest}"
            for row in rows
            for cells in (self._of(row.claim),)
        )
        columns = (*(("rank",) if ranked else ()), "value", "paper", *_last(based=based))
        return _table(columns, lines, root, title)

    def of_paper(self, claims: Sequence[Claim], root: str, title: str) -> Markup:
        """Return the numbers of one paper, with the ids to which all other tables lead; arguments as above.

        Where two or more say how many times something is better, they stand on one axis beside their metrics.
        """
        plot = self._plot_of(claims)
        marks = {mark.claim.id: mark for mark in plot.marks} if plot else {}
        head = f'<th scope="col">{escape(label("numbers.columns.metric"))}</th>'
        if plot:
            words = f'<span class="survey-hidden">{escape(axis_words(self._survey, plot))}</span>{ticks(plot)}'
            head += f'<th scope="col" class="survey-picture__plot">{words}</th>'
        for name in ("value", "baseline" if _are_based(claims) else "setting"):
            head += f'<th scope="col">{escape(label(f"pictures.columns.{name}"))}</th>'
        lines = []
        for claim, cells in ((claim, self._of(claim)) for claim in claims):
            mark = marks.get(claim.id)
            lines.append(
                f'<tr id="{cells.anchor}"><th scope="row">{cells.metric}</th>'
                f"{_plot_cell(plot, mark)}{cells.value}<td>{cells.below}</td></tr>"
            )
        return Markup(  # noqa: S704  (every text in it is escaped)
            f'<table class="survey-picture__table survey-claims" aria-label="{escape(title)}">\n'
            f"<thead><tr>{head}</tr></thead>\n"
            f"<tbody>\n{chr(10).join(lines).replace(_ROOT, root)}\n</tbody>\n</table>"
        )

    def _plot_of(self, claims: Sequence[Claim]) -> Plot | None:
        """Return the axis of a paper's multiples; none for fewer than two."""
        ratios = [claim for claim in claims if claim.list == "results" and claim.number.measured.form is Form.RATIO]
        if len(ratios) < 2:
            return None
        registry = self._survey.registry
        return plot_family(gather([ratios[0].paper], registry, "results", ()), registry)

    def _of(self, claim: Claim) -> _Cells:
        if claim.id not in self._cells:
            self._cells[claim.id] = _cells(number_view(self._survey, claim))
        return self._cells[claim.id]


def _are_based(claims: Iterable[Claim]) -> bool:
    """Say whether a table has a column of baselines: where no number has one, it would be empty."""
    return any(claim.number.baseline for claim in claims)


def _last(*, based: bool) -> tuple[str, ...]:
    return (*(("baseline",) if based else ()), "setting", "evidence")


def _table(columns: Iterable[str], lines: Iterable[str], root: str, title: str) -> Markup:
    heads = _heads(tuple(columns))
    body = "\n".join(lines).replace(_ROOT, root)
    return Markup(  # noqa: S704  (every text in it is escaped)
        f'<div class="survey-scroll" tabindex="0" role="region" aria-label="{escape(title)}">\n'
        f"<table>\n<thead><tr>{heads}</tr></thead>\n<tbody>\n{body}\n</tbody>\n</table>\n</div>"
    )


@cache
def _heads(columns: tuple[str, ...]) -> str:
    return "".join(f"<th>{escape(label(f'numbers.columns.{name}'))}</th>" for name in columns)


def _cells(row: NumberView) -> _Cells:
    value = f"<strong>{escape(row.value)}</strong>"
    if row.converted:
        value += f' <span class="survey-converted">{escape(row.converted)}</span>'
    if row.struck:
        value = f'<del>{value}</del> <span class="survey-struck">{escape(row.struck)}</span>'
    better = f' <span class="survey-better">{escape(row.better)}</span>' if row.better else ""
    against = _links(row.baseline)
    compared = f"({against})" if row.inferred else against
    parts = (("against", compared), ("setting", _conditions(row)), ("evidence", _evidence(row)))
    return _Cells(
        anchor=str(escape(row.anchor)),
        metric=f"{_link(row.metric)}{better}",
        value=f'<td class="survey-picture__value">{value}</td>',
        linked=f'<td class="survey-value"><a href="{_ROOT}{escape(row.place)}">{value}</a></td>',
        paper=f"<td>{_link(NameLink(row.paper.name, row.paper.address))}</td>",
        against=f'<td class="survey-against">{compared}</td>',
        rest=f'<td class="survey-setting">{_conditions(row)}</td><td>{_evidence(row)}</td></tr>',
        below="".join(f'<div class="survey-{name}">{text}</div>' for name, text in parts if text),
    )


def _plot_cell(plot: Plot | None, mark: Mark | None) -> str:
    """Return the cell with the mark of a number; an empty one where it has none, nothing where there is no axis."""
    if plot is None:
        return ""
    shape = f"{grid_of(plot.axis)}{drawn(mark, plot.axis, ROW // 2)}" if mark else ""
    inner = f'<svg class="survey-plot" height="{ROW}" aria-hidden="true">{shape}</svg>' if shape else ""
    return f'<td class="survey-picture__plot">{inner}</td>'


def _conditions(row: NumberView) -> str:
    return "; ".join(part for part in (_links(row.conditions), str(escape(row.setting))) if part)


def _evidence(row: NumberView) -> str:
    where = str(escape(row.locator))
    if row.quote:
        where = f'<details class="survey-quote"><summary>{where}</summary><q>{escape(row.quote)}</q></details>'
    for name, text in (("confidence", row.confidence), ("reason", row.reason)):
        if text:
            where += f' <span class="survey-{name}">{escape(text)}</span>'
    return where


def _links(links: Iterable[NameLink]) -> str:
    return ", ".join(map(_link, links))


def _link(link: NameLink) -> str:
    text = escape(link.label)
    return f'<a href="{_ROOT}{escape(link.address)}">{text}</a>' if link.address else str(text)


def render_numbers(
    renderer: Renderer,
    page: str,
    papers: Iterable[Paper],
    name: str,
    files: str,
    *,
    pictures: Mapping[str, str] | None = None,
) -> str:
    """Return the numbers of papers as tables by family and metric, with pictures above those of their families.

    Arguments as for `NumbersView.build`.
    """
    view = NumbersView.build(renderer.survey, papers, name, files, "" if page == addresses.RESULTS else f"{name}-")
    level = 2 if page in (addresses.RESULTS, addresses.SCALE) else 3
    tables = renderer.once(NumberTables)
    return renderer.render("numbers.html", page, numbers=view, tables=tables, pictures=pictures or {}, level=level)


def render_paper_numbers(renderer: Renderer, paper: Paper, name: str, root: str, title: str) -> str:
    """Return the numbers of a paper for its page: those of its ``results``, or of its ``scale``; empty without any."""
    if not (paper.results if name == LISTS[0] else paper.scale):
        return ""
    claims = [claim for claim in claims_of(paper) if claim.list == name]
    return renderer.once(NumberTables).of_paper(claims, root, title)
