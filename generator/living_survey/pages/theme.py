"""What a theme's page has around the editors' text, and themes as links and lists. I/O: none."""

import html
from collections import Counter
from collections.abc import Iterator, Sequence

from markupsafe import Markup

from living_survey.model import addresses
from living_survey.model.facet import GRADES
from living_survey.model.labels import label
from living_survey.model.page import uncited
from living_survey.model.paper import Paper
from living_survey.model.survey import Survey
from living_survey.model.theme import Theme
from living_survey.pages.bibliography import files_of
from living_survey.pages.entry import OfferLink, PaperLink, offers
from living_survey.pages.figures import Edge, edges_of, relation_graph
from living_survey.pages.lists import render_papers
from living_survey.pages.number_table import render_numbers
from living_survey.pages.questions import render_unsettled, unsettled
from living_survey.pages.renderer import Renderer
from living_survey.pages.site_page import root_of
from living_survey.pages.view import view


@view
class ThemeLink:
    """A theme's title, with its page."""

    address: str
    title: str


@view
class ThemeView:
    """A theme as lists and its own page show it."""

    link: ThemeLink
    definition: str
    papers: int
    """Filed under it or below."""
    children: tuple["ThemeView", ...]

    @classmethod
    def build(cls, survey: Survey, theme: Theme) -> "ThemeView":
        """Return a theme with those below it."""
        children = tuple(cls.build(survey, child) for child in theme.children)
        link = ThemeLink(addresses.theme(theme.path), theme.title)
        return cls(link, theme.definition, len(survey.by_theme[theme.path]), children)


class ThemeLines:
    """Each theme with those above it: a line stands on the page of every paper that is filed there."""

    def __init__(self, renderer: Renderer) -> None:
        """Begin without any."""
        self._taxonomy = renderer.survey.taxonomy
        self._lines: dict[str, tuple[ThemeLink, ...]] = {}

    def of(self, path: str) -> tuple[ThemeLink, ...]:
        """Return the line of a theme, top first."""
        if path not in self._lines:
            line = self._taxonomy.line(path)
            self._lines[path] = tuple(ThemeLink(addresses.theme(theme.path), theme.title) for theme in line)
        return self._lines[path]

    def title(self, path: str) -> str:
        """Return the line of a theme as text."""
        return " › ".join(theme.title for theme in self.of(path))


@view
class ComparisonRow:
    """A paper in the comparison table of its theme."""

    paper: PaperLink
    kind: str
    attributes: tuple[str, ...]
    """In the order of the columns; what a paper does not say is empty."""
    offers: tuple[OfferLink, ...]

    @classmethod
    def build(cls, paper: Paper, columns: Sequence[str]) -> "ComparisonRow":
        """Return the row of a paper."""
        said = paper.attributes or {}
        attributes = tuple(said.get(name, "") for name in columns)
        return cls(PaperLink.build(paper), paper.kind or "", attributes, offers(paper))


@view
class RelationView:
    """A relation between two papers of the survey."""

    start: PaperLink
    label: str
    end: PaperLink

    @classmethod
    def build(cls, survey: Survey, edge: Edge) -> "RelationView":
        """Return the words of an edge of the picture."""
        start, end = survey.papers[edge.start], survey.papers[edge.end]
        return cls(PaperLink.build(start), edge.label, PaperLink.build(end))


def evidence_of(survey: Survey, papers: Sequence[Paper]) -> str:
    """Return in words what papers rest on; nothing where there are none, or where the survey asks for no such facet."""
    names = [name for name, facet in survey.settings.facets.items() if facet.sources == ("results",)]
    if not names or not papers:
        return ""
    graded = Counter(survey.facets[paper.key][names[0]][0] for paper in papers)
    counts = ", ".join(label(f"theme.evidence.{grade}", graded[grade]) for grade in GRADES)
    return label("theme.evidence.sentence", papers=label("counts.papers", len(papers)), counts=counts)


def theme_sections(survey: Survey, theme: Theme) -> Iterator[tuple[str, str]]:
    """Yield (id, title) of what a theme's page has below the editors' text; sections without anything are left out."""
    papers, page = survey.by_theme[theme.path], survey.pages.get(theme.source)
    if page and page.cited:
        yield "references", label("theme.sections.references")
        if uncited(theme, page, papers):
            yield "also", label("theme.sections.also")
    if unsettled(survey, theme):
        yield "questions", label("theme.sections.questions")
    if any(paper.attributes for paper in papers):
        yield "comparison", label("theme.sections.comparison")
    if any(paper.results for paper in papers):
        yield "claims", label("theme.sections.results")
    if any(paper.scale for paper in papers):
        yield "scale", label("theme.sections.scale")
    if edges_of(papers):
        yield "relations", label("theme.sections.relations")
    yield "papers", label("theme.sections.papers")


def proposed_front(survey: Survey, source: str) -> dict[str, str]:
    """Return of the front matter of a proposed page what it may say, as HTML; the host would obey the rest."""
    page = survey.pages.get(source)
    front = page.front if page else {}
    return {name: html.escape(str(front[name])) for name in ("title", "description") if name in front}


def render_section(renderer: Renderer, page: str, theme: Theme, name: str) -> str:
    """Return one of the sections of `theme_sections`, or the lead above the text."""
    survey, papers = renderer.survey, renderer.survey.by_theme[theme.path]
    if name == "lead":
        files, evidence = files_of(addresses.theme_bibliography(theme.path)), evidence_of(survey, papers)
        view = ThemeView.build(survey, theme)
        return renderer.render("theme_lead.html", page, theme=view, files=files, evidence=evidence)
    if name == "also":
        also = [PaperLink.build(paper) for paper in uncited(theme, survey.pages[theme.source], papers)]
        return renderer.render("also.html", page, papers=also)
    if name == "questions":
        return render_unsettled(renderer, page, theme)
    if name == "comparison":
        columns = [key for key in survey.settings.attributes if any(key in (p.attributes or {}) for p in papers)]
        ordered = sorted(papers, key=lambda paper: (paper.date, paper.key))
        rows = [ComparisonRow.build(paper, columns) for paper in ordered]
        titles = [survey.settings.attributes[column] for column in columns]
        return renderer.render("comparison.html", page, rows=rows, columns=titles)
    if name == "claims":
        return render_numbers(renderer, page, papers, "results", addresses.theme_numbers(theme.path, "results"))
    if name == "scale":
        return render_numbers(renderer, page, papers, "scale", addresses.theme_numbers(theme.path, "scale"))
    if name == "relations":
        figure = Markup(relation_graph(survey, papers, root_of(page)))  # noqa: S704  (it escapes)
        relations = [RelationView.build(survey, edge) for edge in edges_of(papers)]
        return renderer.render("relations.html", page, figure=figure, relations=relations)
    return render_papers(renderer, page, papers)


def render_themes(renderer: Renderer, page: str, *, definitions: bool = False) -> str:
    """Return the list of all themes, with their definitions if asked for."""
    survey = renderer.survey
    themes = [ThemeView.build(survey, theme) for theme in survey.taxonomy.themes]
    return renderer.render(
        "themes.html", page, themes=themes, definitions=definitions, unfiled=len(survey.unfiled),
        unfiled_address=addresses.unfiled(),
    )  # fmt: skip
