"""The home page's blocks: the search field with examples, and all that a reader finds there at once. I/O: none."""

from markupsafe import Markup

from living_survey.model import addresses
from living_survey.model.labels import label
from living_survey.model.page import EditorPage
from living_survey.model.question import findings
from living_survey.model.reopening import standing
from living_survey.model.survey import Survey
from living_survey.pages.bibliography import FileLink, files_of
from living_survey.pages.dates import human_date
from living_survey.pages.entry import PaperLink, Published
from living_survey.pages.field import has_code, render_field
from living_survey.pages.questions import QuestionLine
from living_survey.pages.renderer import Renderer
from living_survey.pages.site_page import page_at, root_of
from living_survey.pages.view import view

_FINDINGS, _NEWEST, _RECENT = 5, 5, 2
"""So many findings, newest papers, and years in the example of a query."""


@view
class Example:
    """A query that shows what can be asked."""

    address: str
    words: str


@view
class NewestLine:
    """One of the newest papers."""

    paper: PaperLink
    facts: str


@view
class PathLine:
    """A reading path."""

    address: str
    title: str
    about: str


@view
class HomeView:
    """What the home page has below its sentence."""

    field: Markup
    findings: tuple[QuestionLine, ...]
    findings_page: str
    newest: tuple[NewestLine, ...]
    all_newest: str
    paths: tuple[PathLine, ...]
    total: int
    files: tuple[FileLink, ...]


def examples_of(survey: Survey) -> list[Example]:
    """Return queries that show what filters there are: a theme of recent years with code, a term, a kind."""
    found = []
    years = sorted(map(int, survey.years))
    if years:
        since = years[max(0, len(years) - 1 - _RECENT)]
        counted = [
            (sum(has_code(paper) and paper.year >= since for paper in survey.by_theme[path]), path)
            for path, theme in survey.taxonomy.by_path.items()
            if not theme.children
        ]
        most, path = max(counted, key=lambda pair: pair[0], default=(0, ""))
        if most:
            address = addresses.found(theme=path, year=f"{since}..", has="code")
            words = label("home.example_theme", theme=survey.taxonomy.by_path[path].title, year=since)
            found.append(Example(address, words))
    if term := next((term for term in survey.terms if term.also), None):
        found.append(Example(addresses.found(find=term.name), term.name))
    kinds = [(len(papers), kind) for kind, papers in survey.by_kind.items() if papers]
    if kinds:
        _, kind = max(kinds, key=lambda pair: (pair[1] == "survey", pair[0]))
        found.append(Example(addresses.found(kind=kind), label("home.example_kind", kind=kind)))
    if survey.papers:
        found.append(Example(addresses.PAPERS, label("lists.all", len(survey.papers))))
    return found


def render_find(renderer: Renderer, page: str) -> str:
    """Return the search field, with examples; a form that leads to the list of papers."""
    return renderer.render("find.html", page, papers=addresses.PAPERS, examples=examples_of(renderer.survey))


def home_of(renderer: Renderer, page: str) -> HomeView:
    """Return what the home page has."""
    survey, root = renderer.survey, root_of(page)
    found = findings(list(survey.questions.values()))[:_FINDINGS]
    results = [FileLink(f"{addresses.all_numbers('results')}.csv", label("home.results", _results(survey)))]
    return HomeView(
        field=Markup(render_field(renderer, page)),  # noqa: S704  (of a template that escapes)
        findings=tuple(QuestionLine.build(survey, one, standing(survey, one), root) for one in found),
        findings_page=addresses.FINDINGS if page_at(survey, addresses.FINDINGS) else addresses.QUESTIONS,
        newest=tuple(
            NewestLine(PaperLink.build(paper), _facts(survey, paper.key)) for paper in survey.newest[:_NEWEST]
        ),
        all_newest=addresses.PAPERS,
        paths=tuple(_path(one) for one in survey.pages.values() if one.steps),
        total=len(survey.papers),
        files=(*files_of(addresses.BIBLIOGRAPHY), *(results if _results(survey) else ())),
    )


def _results(survey: Survey) -> int:
    return sum(len(paper.results or ()) for paper in survey.papers.values())


def _facts(survey: Survey, key: str) -> str:
    paper = survey.papers[key]
    where = Published.build(survey, paper).where
    return " · ".join((paper.byline, where, human_date(paper.first_public) if paper.first_public else str(paper.year)))


def _path(page: EditorPage) -> PathLine:
    about = page.front.get("description")
    return PathLine(page.address, page.title, about if isinstance(about, str) else label("home.steps", len(page.steps)))


def render_home(renderer: Renderer, page: str) -> str:
    """Return all that the home page has below its sentence."""
    find = Markup(render_find(renderer, page))  # noqa: S704  (of a template that escapes)
    return renderer.render("home.html", page, home=home_of(renderer, page), find=find)
