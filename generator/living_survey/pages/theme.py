"""What a theme's page has around the editors' text. I/O: none."""

from collections.abc import Iterator

from markupsafe import Markup

from living_survey.model import addresses
from living_survey.model.page import uncited
from living_survey.model.survey import Survey
from living_survey.model.theme import Theme
from living_survey.pages.figures import edges_of, relation_graph
from living_survey.pages.renderer import Renderer
from living_survey.pages.tables import render_results


def theme_sections(survey: Survey, theme: Theme) -> Iterator[tuple[str, str]]:
    """Yield (id, title) of what a theme's page has below the editors' text; sections without anything are left out."""
    papers, page = survey.by_theme[theme.path], survey.pages.get(theme.source)
    if page and page.cited:
        yield "references", "References"
        if uncited(theme, page, papers):
            yield "also", "Also in this theme"
    if any(paper.attributes for paper in papers):
        yield "comparison", "Comparison"
    if any(paper.results for paper in papers):
        yield "claims", "Results"
    if edges_of(papers):
        yield "relations", "Relations"
    yield "papers", "Papers"


def render_section(renderer: Renderer, page: str, theme: Theme, name: str) -> str:
    """Return one of the sections of `theme_sections`, or the lead above the text."""
    survey, papers = renderer.survey, renderer.survey.by_theme[theme.path]
    if name == "lead":
        return renderer.render("theme_lead.html", page, theme=theme)
    if name == "also":
        return renderer.render("also.html", page, papers=uncited(theme, survey.pages[theme.source], papers))
    if name == "comparison":
        columns = [key for key in survey.settings.attributes if any(key in (p.attributes or {}) for p in papers)]
        rows = sorted(papers, key=lambda paper: (paper.date, paper.key))
        return renderer.render("comparison.html", page, papers=rows, columns=columns)
    if name == "claims":
        return render_results(renderer, page, papers, addresses.theme_results(theme.path))
    if name == "relations":
        root = "../" * page.count("/")
        figure = Markup(relation_graph(survey, papers, root))  # noqa: S704  (it escapes)
        return renderer.render("relations.html", page, figure=figure, edges=edges_of(papers))
    return renderer.paper_list(page, papers)
