"""Marks on an axis as SVG, in percent of the cell that they stand in. Texts stay HTML. I/O: none."""

from collections.abc import Sequence

from markupsafe import Markup, escape

from living_survey.model.labels import label
from living_survey.model.plot import WEAK, Axis, Mark, Plot, compact
from living_survey.model.survey import Survey
from living_survey.pages.site_page import capitalized

ROW, LANE = 32, 16
"""Heights in pixels of a row with one mark, and of each lane of one with several."""


def axis_words(survey: Survey, plot: Plot) -> str:
    """Return what an axis measures, and whether it is logarithmic."""
    metric = survey.registry.metrics[plot.rows[0].group.metric]
    if plot.unit is None:
        what = label("pictures.axis.multiple" if metric.better == "none" else "pictures.axis.better")
    else:
        what = capitalized(plot.unit.text or metric.counts or "")
    return label(f"pictures.axis.{'logarithmic' if plot.axis.logarithmic else 'linear'}", what=what)


def ticks(plot: Plot) -> str:
    """Return the labels of an axis; they stand above the lines of all rows."""
    texts = (compact(tick) for tick in plot.axis.ticks)
    if plot.unit is None:
        texts = (label("numbers.units.times", amount=text) for text in texts)
    inner = "".join(
        f'<text x="{plot.axis.at(tick)}%" y="14">{escape(text)}</text>'
        for tick, text in zip(plot.axis.ticks, texts, strict=True)
    )
    return f'<svg class="survey-plot" height="18" aria-hidden="true">{inner}</svg>'


def grid_of(axis: Axis) -> str:
    """Return the lines of an axis, which stand behind the marks of each row."""
    lines = "".join(_vertical(axis.at(tick)) for tick in axis.ticks)
    line = "" if axis.line is None else _vertical(axis.at(axis.line), ' class="survey-plot__line"')
    return f'<g class="survey-plot__grid">{lines}{line}</g>'


def _vertical(place: float, attributes: str = "") -> str:
    return f'<line{attributes} x1="{place}%" x2="{place}%" y2="100%"/>'


def drawn(mark: Mark, axis: Axis, y: int) -> str:
    """Return a mark at a height in pixels."""
    low, high = axis.at(mark.low), axis.at(mark.high)
    weak = " survey-plot__mark--weak" if mark.strength in WEAK else ""
    if mark.shape == "range":
        shape = f'<line class="survey-plot__range" x1="{low}%" x2="{high}%" y1="{y}" y2="{y}"/>'
    else:
        hollow = ' class="survey-plot__hollow"' if mark.shape == "hollow" else ""
        shape = f'<circle{hollow} cx="{high}%" cy="{y}" r="5"/>'
    if mark.bound == "about":
        shape += _sign(_ABOUT, high, y)
    if mark.opens:
        shape += _sign(_ARROWS[mark.opens], high, y)
    return f'<g class="survey-plot__mark{weak}">{shape}</g>'


_ARROWS = {"high": "M5 0H16M12 -4L16 0L12 4", "low": "M-5 0H-16M-12 -4L-16 0L-12 4"}
_ABOUT = "M9 -2q2 -3 4 -1t4 -1M9 3q2 -3 4 -1t4 -1"


def _sign(path: str, x: float, y: int) -> str:
    """Return a sign beside a mark: a path in pixels from a place in percent, which a path alone cannot have."""
    return f'<svg x="{x}%" y="{y}" class="survey-plot__sign"><path d="{path}"/></svg>'


def legend(plots: Sequence[Plot]) -> Markup:
    """Return what the marks of pictures mean, those that occur; nothing without a picture."""
    marks = [mark for plot in plots for mark in plot.marks]
    shapes = {mark.shape for mark in marks}
    dot, hollow = '<circle cx="50%" cy="8" r="5"/>', '<circle class="survey-plot__hollow" cx="50%" cy="8" r="5"/>'
    kinds = [
        ("dot", "dot" in shapes, dot),
        ("about", any(mark.bound == "about" for mark in marks), dot + _sign(_ABOUT, 50, 8)),
        ("range", "range" in shapes, '<line class="survey-plot__range" x1="15%" x2="85%" y1="8" y2="8"/>'),
        ("hollow", "hollow" in shapes, hollow),
        ("open", any(mark.opens for mark in marks), dot + _sign(_ARROWS["high"], 50, 8)),
        ("weak", any(mark.strength in WEAK for mark in marks), f'<g class="survey-plot__mark--weak">{dot}</g>'),
        ("line", any(plot.axis.line for plot in plots), _vertical(50, ' class="survey-plot__line"')),
    ]
    items = "".join(
        f'<li><svg class="survey-plot" height="16" aria-hidden="true"><g class="survey-plot__mark">{shape}</g></svg> '
        f"{escape(label(f'pictures.legend.{name}'))}</li>"
        for name, occurs, shape in kinds
        if occurs
    )
    lead = escape(label("pictures.legend.lead"))
    text = f'<p class="survey-legend__lead">{lead}</p>\n<ul class="survey-legend">{items}</ul>\n' if items else ""
    return Markup(text)  # noqa: S704  (all that is put in was escaped)
