"""Tables over many papers: their claims, where they stand on two axes, how they came into the survey.

I/O: none.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from living_survey.model.paper import Paper
from living_survey.model.results import gather
from living_survey.model.survey import Survey
from living_survey.pages.figures import flow
from living_survey.pages.renderer import Renderer


def render_results(renderer: Renderer, page: str, papers: Iterable[Paper], files: str) -> str:
    """Return the claims of papers as tables by metric.

    Args:
        renderer: The survey's renderer.
        page: Address of the page.
        papers: Whose claims.
        files: Where the same is as CSV and JSON, without the ending.
    """
    return renderer.render("results.html", page, metrics=gather(papers), files=files)


@dataclass(frozen=True, slots=True)
class Axis:
    """One side of a coverage table: its values with their titles, and which of them a paper has."""

    title: str
    values: dict[str, str]
    of: Callable[[Paper], set[str]]


def _axis(survey: Survey, name: str) -> Axis:
    taxonomy, settings = survey.taxonomy, survey.settings
    if name in ("theme", "subtheme"):
        themes = taxonomy.themes if name == "theme" else [t for t in taxonomy.by_path.values() if not t.children]
        titles = {theme.path: theme.title for theme in themes}
        return Axis(
            name,
            titles,
            lambda paper: {t.path for path in paper.themes or () for t in taxonomy.line(path)} & set(titles),
        )
    if name == "kind":
        return Axis(name, {kind: kind for kind in settings.kinds}, lambda paper: {paper.kind} if paper.kind else set())
    if name == "year":
        years = sorted({paper.year for paper in survey.papers.values()})
        return Axis(name, {str(year): str(year) for year in years}, lambda paper: {str(paper.year)})
    if name == "offers":
        kinds = ("code", "weights", "data", "project")
        return Axis(
            "what is offered",
            {kind: kind for kind in kinds},
            lambda paper: {link for link, _ in paper.links.items()} & set(kinds) if paper.links else set(),
        )
    facet = settings.facets[name]
    return Axis(
        facet.title, {value: value for value in facet.values}, lambda paper: set((paper.facets or {}).get(name, ()))
    )


def render_coverage(renderer: Renderer, page: str, row: str, column: str) -> str:
    """Return how many papers stand where two axes meet; empty cells are the gaps of the field."""
    survey = renderer.survey
    rows, columns = _axis(survey, row), _axis(survey, column)
    cells: dict[tuple[str, str], list[Paper]] = {
        (value, other): [] for value in rows.values for other in columns.values
    }
    for paper in survey.newest:
        for value in rows.of(paper):
            for other in columns.of(paper):
                cells[value, other].append(paper)
    gaps = sum(not found for found in cells.values())
    identity = f"{row}-{column}"
    return renderer.render("coverage.html", page, rows=rows, columns=columns, cells=cells, gaps=gaps, id=identity)


def method_steps(survey: Survey) -> list[tuple[str, str]]:
    """Return (what stays, what leaves) of the way from records to papers."""
    screening, included = survey.screening, len(survey.papers)
    duplicates = screening.duplicates if screening else 0
    excluded = len(screening.records) if screening else 0
    screened = included + excluded
    lists = ", ".join(f"{name} ({count})" for name, count in survey.settings.sources.items())
    reasons = screening.by_reason if screening else {}
    why = "; ".join(f"{reason.replace('-', ' ')} {count}" for reason, count in reasons.items() if count)
    return [
        (f"Listed: {screened + duplicates}{f', from {lists}' if lists else ''}", f"Duplicates: {duplicates}"),
        (f"Screened: {screened}", f"Left out: {excluded}{f' ({why})' if why else ''}"),
        (f"Included: {included}", ""),
    ]


def render_method(renderer: Renderer, page: str) -> str:
    """Return how records became papers, from data: as a picture and in words."""
    survey = renderer.survey
    steps = method_steps(survey)
    counts = _checked(list(survey.papers.values()))
    figure = Markup(flow(steps))  # noqa: S704  (it escapes)
    return renderer.render("method.html", page, figure=figure, steps=steps, counts=counts, screening=survey.screening)


def _checked(papers: Sequence[Paper]) -> list[tuple[str, int]]:
    """Return (in words, how many papers) of what is known about where entries come from."""
    origins = [paper.provenance for paper in papers if paper.provenance]
    days = sorted({origin.checked for origin in origins if origin.checked})
    span = f" ({days[0]}{f' to {days[-1]}' if len(days) > 1 else ''})" if days else ""
    return [
        ("with the addresses at which their facts were read", sum(bool(origin.consulted) for origin in origins)),
        (f"compared with them on a day that is noted{span}", sum(bool(origin.checked) for origin in origins)),
        ("with the name of who compared", sum(bool(origin.checked_by) for origin in origins)),
        ("with a summary in the survey's own words", sum(bool(paper.summary) for paper in papers)),
        ("with results, each with the place where it is stated", sum(bool(paper.results) for paper in papers)),
        ("with results that rest on the abstract alone", sum(_abstract_only(paper) for paper in papers)),
    ]


def _abstract_only(paper: Paper) -> bool:
    return bool(paper.results) and all(result.evidence.casefold() == "abstract" for result in paper.results or ())
