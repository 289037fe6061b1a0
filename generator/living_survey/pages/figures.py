"""Pictures made from data, as SVG that takes its colours from the page. Beside each stands the same in words.

I/O: none.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from living_survey.model import addresses
from living_survey.model.labels import label
from living_survey.model.paper import Paper
from living_survey.model.survey import Survey

_WIDTH, _ROW, _COLUMN, _BOX = 172, 44, 216, 30


@dataclass(frozen=True, slots=True)
class Edge:
    """A relation between two papers of the survey, as its file states it."""

    start: str
    end: str
    label: str


def edges_of(papers: Sequence[Paper]) -> list[Edge]:
    """Return the relations that papers state to papers of the survey, in the order of keys."""
    return [
        Edge(paper.key, relation.paper, label(f"relations.{relation.type}.says"))
        for paper in sorted(papers, key=lambda paper: paper.key)
        for relation in paper.relations or ()
        if relation.paper
    ]


def relation_graph(survey: Survey, papers: Sequence[Paper], root: str) -> str:
    """Return a picture of how papers stand to each other: a column for each year, an arrow for each relation.

    Args:
        survey: The survey.
        papers: Those whose relations are drawn; the papers at the other ends are drawn too.
        root: The way from the page to the site's root.
    """
    edges = edges_of(papers)
    keys = sorted({key for edge in edges for key in (edge.start, edge.end)})
    years = sorted({survey.papers[key].year for key in keys})
    places: dict[str, tuple[int, int]] = {}
    # A row for each, so that no line runs behind a box that it has nothing to do with.
    for row, key in enumerate(sorted(keys, key=lambda key: (survey.papers[key].year, survey.papers[key].date, key))):
        places[key] = (years.index(survey.papers[key].year) * _COLUMN + 8, row * _ROW + 30)
    width = len(years) * _COLUMN - (_COLUMN - _WIDTH) + 16
    height = max((y for _, y in places.values()), default=0) + _BOX + 12
    parts = [
        f'<text class="survey-figure__year" x="{n * _COLUMN + 8}" y="18">{year}</text>' for n, year in enumerate(years)
    ]
    for edge in edges:
        (x1, y1), (x2, y2) = places[edge.start], places[edge.end]
        if x1 == x2:
            start, end = (x1 + _WIDTH, y1 + _BOX // 2), (x2 + _WIDTH, y2 + _BOX // 2)
            bend = f"C {start[0] + 34} {start[1]} {end[0] + 34} {end[1]}"
        else:
            forward = x1 < x2
            start = (x1 + _WIDTH if forward else x1, y1 + _BOX // 2)
            end = (x2 if forward else x2 + _WIDTH, y2 + _BOX // 2)
            middle = (start[0] + end[0]) // 2
            bend = f"C {middle} {start[1]} {middle} {end[1]}"
        names = f"{survey.papers[edge.start].byline} {edge.label} {survey.papers[edge.end].byline}"
        parts.append(
            f'<path class="survey-figure__edge" d="M {start[0]} {start[1]} {bend} {end[0]} {end[1]}" '
            f'marker-end="url(#survey-arrow)"><title>{escape(names)}</title></path>'
        )
    for key, (x, y) in places.items():
        paper = survey.papers[key]
        name = paper.short_name or paper.byline
        short = name if len(name) <= 22 else f"{name[:21]}…"
        parts.append(
            f'<a href="{root}{addresses.paper(key)}"><title>{escape(paper.display_title.text)}</title>'
            f'<rect x="{x}" y="{y}" width="{_WIDTH}" height="{_BOX}" rx="4"/>'
            f'<text x="{x + 10}" y="{y + 20}">{escape(short)}</text></a>'
        )
    arrow = (
        '<defs><marker id="survey-arrow" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" '
        'orient="auto"><path d="M 0 0 L 8 4 L 0 8 z"/></marker></defs>'
    )
    return _svg(
        width, height, label("relations.figure", relations=len(edges), papers=len(keys)), arrow + "".join(parts)
    )


def flow(steps: Sequence[tuple[str, str]]) -> str:
    """Return a picture of how records became papers, in the manner of PRISMA.

    Args:
        steps: (what stays in the flow, what leaves it there), from the top; the second may be empty.
    """
    parts, y = [], 8
    for index, (stays, leaves) in enumerate(steps):
        parts.append(
            f'<rect x="8" y="{y}" width="260" height="44" rx="4"/><text x="20" y="{y + 27}">{escape(stays)}</text>'
        )
        if leaves:
            parts.append(f'<rect x="316" y="{y}" width="300" height="44" rx="4"/>')
            parts.append(f'<text x="328" y="{y + 27}">{escape(leaves)}</text>')
            parts.append(f'<path class="survey-figure__edge" d="M 268 {y + 22} H 316"/>')
        if index < len(steps) - 1:
            parts.append(f'<path class="survey-figure__edge" d="M 138 {y + 44} V {y + 68}"/>')
        y += 68
    width = 624 if any(leaves for _, leaves in steps) else 276
    return _svg(width, y - 16, "; ".join(" / ".join(filter(None, step)) for step in steps), "".join(parts))


def _svg(width: int, height: int, label: str, inner: str) -> str:
    role = "group" if "<a " in inner else "img"  # what is inside an image cannot be reached
    return (
        f'<svg class="survey-figure" role="{role}" aria-label="{escape(label)}" viewBox="0 0 {width} {height}" '
        f'width="{width}" height="{height}" xmlns="http://www.w3.org/2000/svg">{inner}</svg>'
    )
