"""Papers against the themes of the survey: what surveys within it, say, cover. I/O: none."""

from collections.abc import Iterable

from living_survey.model import addresses
from living_survey.model.labels import label
from living_survey.model.paper import Paper
from living_survey.model.query import QueryError, Vocabulary, parse_query
from living_survey.model.survey import Survey
from living_survey.model.theme import Taxonomy
from living_survey.pages.entry import PaperLink
from living_survey.pages.renderer import Renderer
from living_survey.pages.theme import ThemeLink
from living_survey.pages.view import view

_RELATION = "surveys"


@view
class CoversCell:
    """What a paper has of a theme."""

    filed: bool
    """Whether it is filed there."""
    surveyed: tuple[PaperLink, ...]
    """Papers of the theme that it is said to survey."""


@view
class CoversRow:
    """A paper, with a cell for each theme at the top."""

    paper: PaperLink
    cells: tuple[CoversCell, ...]
    outside: int
    """How many works outside the survey it is said to survey."""


@view
class CoversView:
    """Papers against themes, newest first."""

    themes: tuple[ThemeLink, ...]
    rows: tuple[CoversRow, ...]
    uncovered: str
    """In words, the themes that none of the papers covers."""
    outside: str
    """Address of the page of works outside the survey; empty where there is none."""


def covers(survey: Survey, papers: Iterable[Paper]) -> CoversView:
    """Return which papers cover which themes at the top: by their own themes, and by those of what they survey."""
    themes, rows, covered = survey.taxonomy.themes, [], set[str]()
    wanted = {paper.key for paper in papers}
    for paper in survey.newest:
        if paper.key not in wanted:
            continue
        own, surveyed, outside = _top(survey.taxonomy, paper), dict[str, dict[str, Paper]](), 0
        for relation in paper.relations or ():
            if relation.type != _RELATION:
                continue
            outside += relation.external is not None
            if other := survey.find(relation.paper or ""):
                for path in _top(survey.taxonomy, other):
                    surveyed.setdefault(path, {})[other.key] = other
        covered |= own | surveyed.keys()
        cells = tuple(
            CoversCell(theme.path in own, tuple(map(PaperLink.build, surveyed.get(theme.path, {}).values())))
            for theme in themes
        )
        rows.append(CoversRow(PaperLink.build(paper), cells, outside))
    missing = [theme.title for theme in themes if theme.path not in covered]
    return CoversView(
        tuple(ThemeLink(addresses.theme(theme.path), theme.title) for theme in themes),
        tuple(rows),
        label("covers.uncovered", themes=", ".join(missing)) if missing else label("covers.all"),
        addresses.OUTSIDE if survey.outside else "",
    )


def _top(taxonomy: Taxonomy, paper: Paper) -> set[str]:
    return {taxonomy.line(path)[0].path for path in paper.themes or ()}


def render_covers(renderer: Renderer, page: str, query: str) -> str | None:
    """Return what the papers of a query cover as HTML; nothing for what is no query."""
    survey = renderer.survey
    try:
        papers = parse_query(query, Vocabulary.build(survey)).papers(survey)
    except QueryError:
        return None
    return renderer.render("covers.html", page, table=covers(survey, papers))
