"""Pictures of numbers: tables in whose rows marks stand on an axis. The same numbers stand in tables on the same page.

Text stays text and only marks are drawn, in percent of their cell, so that nothing shrinks on a phone. No script, no
library, and no style in an attribute, which a policy for contents may refuse. I/O: none.
"""

from collections.abc import Iterable, Sequence
from decimal import Decimal

from markupsafe import Markup, escape

from living_survey.model import addresses
from living_survey.model.amounts import amount, conditions_of, converted, with_unit, written
from living_survey.model.claims import Claim, Group, caveats
from living_survey.model.labels import label
from living_survey.model.plot import (
    STRENGTHS,
    Axis,
    Mark,
    Plot,
    Row,
    compact,
    extent,
    lanes,
    plot_family,
    plot_group,
)
from living_survey.model.survey import Survey
from living_survey.model.theme import Theme
from living_survey.pages.numbers import caveat_of, gathered
from living_survey.pages.plots import LANE, ROW, axis_words, drawn, grid_of, legend, ticks
from living_survey.pages.renderer import Renderer
from living_survey.pages.site_page import capitalized, root_of

_LONG = 1_000_000
"""From here on titles write ``1.9M``."""


def family_pictures(renderer: Renderer, page: str) -> dict[str, Markup]:
    """Return the pictures of what families of metrics say in multiples, by the name of the family.

    Args:
        renderer: Of the survey.
        page: Address of the page that shows them.
    """
    survey = renderer.survey
    families = dict[str, list[Group]]()
    for group in gathered(survey, survey.newest, "results"):
        families.setdefault(survey.registry.metrics[group.metric].family, []).append(group)
    plots = {
        family: plot
        for family, groups in families.items()
        if (plot := plot_family(groups, survey.registry, survey.events))
    }
    key, made = legend([*plots.values()]), dict[str, Markup]()
    for family, plot in plots.items():
        rows = (_family_row(survey, plot.axis, row, root_of(page)) for row in plot.rows)
        name, ident = survey.registry.families[family].title, f"picture-{family}"
        columns = [label("pictures.columns.metric"), label("pictures.columns.numbers")]
        shown = [claim for row in plot.rows for claim in row.group.claims]
        figure = _figure(
            survey,
            ident,
            name,
            plot,
            ["<tbody>\n", *rows, "</tbody>\n"],
            columns=columns,
            claims=shown,
            root=root_of(page),
        )
        made[family] = figure if made else key + figure
    return made


def metric_pictures(survey: Survey, groups: Iterable[Group], page: str) -> Markup:
    """Return the pictures of the numbers of a metric, one for each kind of statement; or nothing.

    Args:
        survey: The survey.
        groups: The metric's numbers.
        page: Address of the page that shows them.
    """
    plots = [(group, plot) for group in groups if (plot := plot_group(group, survey.registry, survey.events))]
    root, figures, seen = root_of(page), list[Markup](), dict[str, int]()
    for group, plot in plots:
        count = seen[group.form] = seen.get(group.form, 0) + 1
        ident = f"picture-{group.form}" if count == 1 else f"picture-{group.form}-{count}"
        last = "baseline" if any(mark.strength for mark in plot.marks) else "setting"
        columns = [label(f"pictures.columns.{column}") for column in ("paper", "value", last)]
        body = _by_strength(survey, plot, root)
        figures.append(
            _figure(survey, ident, _named(survey, group), plot, body, columns=columns, claims=group.claims, root=root)
        )
    return Markup("").join([legend([plot for _, plot in plots]), *figures])


def _named(survey: Survey, group: Group) -> str:
    """Return the name of a group: its metric, and on which benchmarks where the family asks for them."""
    registry, metric = survey.registry, capitalized(survey.registry.shown("metrics", group.metric))
    if "benchmark" not in registry.alike(registry.metrics[group.metric]):
        return metric
    names = ", ".join(registry.shown("benchmarks", name) for name in group.claims[0].number.benchmark or ())
    return label("pictures.titles.on", metric=metric, benchmarks=names)


def _figure(
    survey: Survey, ident: str, name: str, plot: Plot, body: Iterable[str], *, columns: Sequence[str],
    claims: Sequence[Claim], root: str, file: str = addresses.all_numbers("results"),
) -> Markup:  # fmt: skip
    """Return a picture with its title above and what limits it below; columns are those beside the marks."""
    caveat = escape(caveat_of(caveats(claims, survey.registry, survey.events)))
    csv, json = (
        Markup('<a href="{}{}.{}" download>{}</a>').format(root, file, ending, title)
        for ending, title in (("csv", "CSV"), ("json", "JSON"))
    )
    first, *others = (f'<th scope="col">{escape(column)}</th>' for column in columns)
    head = (
        f'<figure class="survey-picture" id="{escape(ident)}">\n'
        f'<figcaption id="{escape(ident)}-title">{escape(_title(survey, name, plot))}</figcaption>\n'
        f'<table class="survey-picture__table" aria-labelledby="{escape(ident)}-title">\n<thead><tr>{first}'
        f'<th scope="col" class="survey-picture__plot">{escape(axis_words(survey, plot))}{ticks(plot)}</th>'
        f"{''.join(others)}</tr></thead>\n"
    )
    foot = (
        f'</table>\n<p class="survey-caveat">{caveat} {label("pictures.files", csv=csv, json=json)} '
        f'<a href="#{escape(ident)}">{escape(label("pictures.link"))}</a></p>\n</figure>\n'
    )
    return Markup("".join([head, *body, foot]))  # noqa: S704  (all that is put in was escaped)


def _title(survey: Survey, name: str, plot: Plot) -> str:
    """Return in a sentence what a picture shows: from where to where its numbers reach."""
    span, metric = plot.span, survey.registry.metrics[plot.rows[0].group.metric]
    reach = _reach(span.low, span.high, best=span.is_best_case)
    if plot.unit is not None:
        return label("pictures.titles.amount", what=name, amount=with_unit(reach, plot.unit, metric))
    if metric.better == "none":
        return label("pictures.titles.multiple", what=name, span=reach)
    if span.low >= 1:
        return label("pictures.titles.better", what=name, span=reach)
    if span.high <= 1:
        return label("pictures.titles.worse", what=name, span=_reach(1 / span.high, 1 / span.low))
    worse, better = _digits(1 / span.low), _reach(span.high, span.high, best=span.is_best_case)
    return label("pictures.titles.both", what=name, low=worse, high=better)


def _reach(low: float, high: float, *, best: bool = False) -> str:
    """Return from where to where numbers reach, in words."""
    kinds = ("one", "best_case") if low == high else ("to", "to_best_case")
    write = compact if high >= _LONG else _digits
    return label(f"pictures.span.{kinds[best]}", low=write(low), high=write(high))


def _digits(value: float) -> str:
    return written(Decimal(f"{value:.12g}"), 6).replace("-", "−")


def theme_picture(survey: Survey, page: str, theme: Theme) -> Markup:
    """Return in one picture all that the papers of a theme say in multiples; nothing where there are not two numbers.

    Args:
        survey: The survey.
        page: Address of the page that shows it.
        theme: The theme.
    """
    root, file = root_of(page), addresses.theme_numbers(theme.path, "results")
    if (plot := theme_plot(survey, theme)) is None:
        return Markup("")
    columns = [label(f"pictures.columns.{column}") for column in ("paper", "value", "baseline")]
    shown = [claim for row in plot.rows for claim in row.group.claims]
    body = _by_strength(survey, plot, root, metrics=True)
    return legend([plot]) + _figure(
        survey, "picture-claims", theme.title, plot, body, columns=columns, claims=shown, root=root, file=file
    )


def theme_plot(survey: Survey, theme: Theme) -> Plot | None:
    """Return where on one axis stands what papers of a theme say in multiples; none where there are not two numbers."""
    key = "theme_plot", theme.path
    if key not in survey.once:
        groups = gathered(survey, survey.by_theme[theme.path], "results")
        survey.once[key] = plot_family(groups, survey.registry, survey.events)
    found: Plot | None = survey.once[key]
    return found


def _by_strength(survey: Survey, plot: Plot, root: str, *, metrics: bool = False) -> list[str]:
    """Return the rows of a picture, a group for each kind of baseline; with their metrics where those differ."""
    marks = plot.marks
    if metrics:
        marks = sorted(marks, key=lambda mark: (-mark.high, -mark.low, mark.claim.id))
    names = ("", *STRENGTHS)
    return [part for name in names for part in _strength_rows(survey, plot.axis, marks, name, root, metrics=metrics)]


def _strength_rows(
    survey: Survey, axis: Axis, all_marks: Sequence[Mark], strength: str, root: str, *, metrics: bool
) -> Iterable[str]:
    """Yield the rows of numbers that rest on one kind of baseline, with a heading where there are such kinds."""
    marks = [mark for mark in all_marks if mark.strength == strength]
    if not marks:
        return
    yield "<tbody>"
    if any(mark.strength for mark in all_marks):
        title = escape(label(f"pictures.groups.{strength or 'amounts'}"))
        yield (
            f'<tr class="survey-picture__group"><th colspan="4" scope="rowgroup">{title} '
            f'<span class="survey-count">{len(marks)}</span></th></tr>\n'
        )
    grid = grid_of(axis)
    for mark in marks:
        paper, number = mark.claim.paper, mark.claim.number
        metric = survey.registry.metrics[number.metric]
        value = f"<strong>{escape(amount(number, metric))}</strong>"
        if other := converted(number, metric, survey.registry):
            value += f' <span class="survey-converted">{escape(other)}</span>'
        of = f"<span>{escape(survey.registry.shown('metrics', number.metric))}</span>" if metrics else ""
        yield (
            f'<tr><th scope="row"><a href="{root}{addresses.paper(paper.key)}">'
            f"{escape(paper.short_name or paper.byline)}</a>{of}</th>"
            f'<td class="survey-picture__plot"><svg class="survey-plot" height="{ROW}" aria-hidden="true">{grid}'
            f'{drawn(mark, axis, ROW // 2)}</svg></td><td class="survey-picture__value">'
            f'<a href="{root}{addresses.claim(paper.key, mark.claim.anchor)}">{value}</a></td>'
            f"<td>{_conditions(survey, mark)}</td></tr>\n"
        )
    yield "</tbody>\n"


def _conditions(survey: Survey, mark: Mark) -> str:
    """Return what a number is measured against, and below it under which conditions."""
    against, setting = _against(survey, mark), conditions_of(mark.claim.number, survey.registry)
    parts = [f"<span>{escape(against)}</span>"] if against else []
    return "".join([*parts, f'<span class="survey-picture__setting">{escape(setting)}</span>' if setting else ""])


def _against(survey: Survey, mark: Mark) -> str:
    """Return what a number is measured against; in brackets where its paper does not say it."""
    names = ", ".join(survey.baseline(name) for name in mark.claim.number.baseline or ())
    inferred = mark.claim.number.baseline_stated is False
    return label("pictures.inferred", baseline=names) if inferred and names else names


def _family_row(survey: Survey, axis: Axis, row: Row, root: str) -> str:
    """Return the row of a metric: all its marks, each a link with its words, where they overlap below each other."""
    places = lanes([extent(mark, axis) for mark in row.marks])
    height = max(ROW, LANE * (1 + max(places)) + LANE)
    marks = []
    for mark, place in zip(row.marks, places, strict=True):
        claim = mark.claim
        words = escape(_words(survey, mark))
        middle = (height - LANE * max(places)) // 2 + LANE * place
        marks.append(
            f'<a href="{root}{addresses.claim(claim.paper.key, claim.anchor)}" aria-label="{words}">'
            f"<title>{words}</title>{drawn(mark, axis, middle)}</a>"
        )
    address, name = addresses.metric(row.group.metric), escape(_named(survey, row.group))
    return (
        f'<tr><th scope="row"><a href="{root}{address}">{name}</a></th><td class="survey-picture__plot">'
        f'<svg class="survey-plot" role="group" aria-label="{name}" height="{height}">{grid_of(axis)}'
        f"{''.join(marks)}</svg></td>"
        f'<td class="survey-picture__value">{escape(label("counts.numbers", len(row.marks)))}</td></tr>\n'
    )


def _words(survey: Survey, mark: Mark) -> str:
    """Return what a mark says, for those who point at it and those who cannot see it."""
    claim = mark.claim
    metric = survey.registry.metrics[claim.number.metric]
    paper, text = claim.paper.short_name or claim.paper.byline, amount(claim.number, metric)
    if against := _against(survey, mark):
        return label("pictures.mark_against", paper=paper, amount=text, baseline=against)
    return label("pictures.mark", paper=paper, amount=text)
