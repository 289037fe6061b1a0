"""The page of all papers, on which they are filtered: its filters as links that need no script, the newest papers.

The scripts make boxes of the links. I/O: none.
"""

import json

from living_survey.model import addresses
from living_survey.model.axes import HAS, KIND, THEME, YEAR, Axis, axes_of
from living_survey.model.labels import label, labels
from living_survey.pages.lists import ListView, PaperList
from living_survey.pages.renderer import Renderer
from living_survey.pages.view import view

_OPEN = frozenset({THEME, YEAR, HAS, KIND})
"""Axes whose values are seen from the start."""
_FEW = 8
"""Values of a long axis that are seen without asking for more."""
_LONG = 14


@view
class FilterValue:
    """A value by which papers are filtered."""

    id: str
    name: str
    papers: int
    address: str
    """Of its page; empty where it has none."""
    height: float
    """Papers in per cent of those of the largest value: the height of a bar."""


@view
class Filter:
    """An axis with the values that the page shows from the start."""

    name: str
    title: str
    opened: bool
    is_range: bool
    values: tuple[FilterValue, ...]
    total: int
    """Values that it has in all."""
    index: str
    """Address of the page of all values; empty where it has none."""

    @property
    def has_more(self) -> bool:
        """Whether the page of all values has others."""
        return bool(self.index) and self.total > len(self.values)

    @classmethod
    def build(cls, axis: Axis) -> "Filter":
        """Return the filter of an axis: the topmost values of a tree, the first ones of a long list."""
        top = [value for value in axis.values if value not in axis.above and axis.counts[value]]
        shown = top if axis.name == YEAR or len(top) <= _LONG else top[:_FEW]
        most = max(axis.counts[value] for value in shown)
        values = tuple(
            FilterValue(
                value, axis.values[value], axis.counts[value], axis.page(value) if axis.page else "",
                round(100 * axis.counts[value] / most, 1),
            )
            for value in shown
        )  # fmt: skip
        total = sum(1 for count in axis.counts.values() if count)
        return cls(axis.name, axis.title, axis.name in _OPEN, axis.name == YEAR, values, total, axis.index)


def render_explorer(renderer: Renderer, page: str) -> str:
    """Return the list of all papers with its filters."""
    papers = PaperList(addresses.PAPERS, "", renderer.survey.newest)
    return renderer.render(
        "explorer.html",
        page,
        filters=[Filter.build(axis) for axis in axes_of(renderer.survey)],
        list=ListView.build(renderer, papers),
        size=renderer.survey.settings.page_size,
        words=json.dumps(labels("explore.script"), ensure_ascii=False, separators=(",", ":")),
        submit=addresses.SUBMIT if _has_form(renderer) else "",
        shown=label("explore.script.all", len(renderer.survey.papers)),
    )


def _has_form(renderer: Renderer) -> bool:
    return "submit.md" in renderer.survey.pages
