"""The page of a theme: what stands above the editors' text, its views, and what stands beside the text. I/O: none."""

import re
from collections import Counter
from collections.abc import Sequence
from html import escape
from typing import Any

from markupsafe import Markup

from living_survey.model import addresses
from living_survey.model.amounts import amount
from living_survey.model.facet import GRADES
from living_survey.model.labels import label
from living_survey.model.number import ABSTRACT
from living_survey.model.page import EditorPage, uncited
from living_survey.model.paper import Paper
from living_survey.model.plot import Mark
from living_survey.model.survey import Survey
from living_survey.model.theme import Theme
from living_survey.pages.bibliography import FileLink, files_of
from living_survey.pages.citations import references
from living_survey.pages.claims_picture import theme_picture, theme_plot
from living_survey.pages.crumbs import theme_crumbs
from living_survey.pages.entry import OfferLink, PaperLink, offers
from living_survey.pages.lists import render_papers
from living_survey.pages.number_table import render_numbers
from living_survey.pages.page_markup import PageView
from living_survey.pages.questions import QuestionLine, unsettled
from living_survey.pages.relations import edges_of, relation_views
from living_survey.pages.renderer import Renderer
from living_survey.pages.site_page import root_of
from living_survey.pages.theme import ThemeView
from living_survey.pages.view import view

SHOWN_FILES = 2
"""So many formats stand as buttons; the others are one step away."""
TEMPLATE = "survey_tree.html"
"""Of the host's page: on wide screens it has the themes beside it."""
_NEXT = 3
"""Pages of a kind that are named to be read next, at most."""
_HEADING = re.compile(r'<h2 id="([^"]+)">(.*?)</h2>', re.DOTALL)
_SECTIONS = ("references", "relations", "scale")
"""Sections with headings like those of the text, which stand in other views or on paper alone."""
_PERMALINK = re.compile(r'<a class="headerlink".*?</a>', re.DOTALL)


@view
class Stat:
    """A number of a theme, and what it counts."""

    number: str
    words: str


@view
class ViewLink:
    """A view of the page, and how much there is in it."""

    id: str
    title: str
    number: int


@view
class LeadView:
    """What stands above a theme's text."""

    theme: ThemeView
    stats: tuple[Stat, ...]
    filter: str
    """Address of its papers in the explorer."""
    files: tuple[FileLink, ...]
    more_files: tuple[FileLink, ...]
    edit_url: str
    views: tuple[ViewLink, ...]


@view
class Aside:
    """What stands beside a theme's text."""

    headings: tuple[tuple[str, str], ...]
    """(id, title as HTML without links) of the text's own headings."""
    claims: tuple[Markup, ...]
    """The largest number, and the largest against a named system, as sentences."""
    evidence: str
    """In words, what the papers rest on."""
    questions: tuple[QuestionLine, ...]
    """Those that are not settled."""
    next: tuple[tuple[str, str], ...]
    """(address, title) of what to read next."""


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


def proposed_front(survey: Survey, source: str) -> dict[str, str]:
    """Return of the front matter of a proposed page what it may say, as HTML; the host would obey the rest."""
    page = survey.pages.get(source)
    front = page.front if page else {}
    return {name: escape(str(front[name])) for name in ("title", "description") if name in front}


def theme_meta(theme: Theme) -> dict[str, Any]:
    """Return what the host has to know of a theme's page: its frame is the survey's, and needs no columns beside it."""
    said = {"title": theme.title, "description": escape(theme.definition)}
    return {**said, "template": TEMPLATE, "hide": ["navigation", "toc"]}


def theme_views(survey: Survey, theme: Theme) -> tuple[PageView, ...]:
    """Return the views of a theme's page, each with its sections; those without anything are left out."""
    key = "theme_views", theme.path
    if key not in survey.once:
        survey.once[key] = _views(survey, theme)
    views: tuple[PageView, ...] = survey.once[key]
    return views


def _views(survey: Survey, theme: Theme) -> tuple[PageView, ...]:
    papers, page = survey.by_theme[theme.path], survey.pages.get(theme.source)
    numbers = [name for name in ("results", "scale") if any(getattr(p, name) for p in papers)]
    cited, rest = bool(page and page.cited), bool(page and page.cited and uncited(theme, page, papers))
    read = [name for name, there in (("references", cited), ("also", rest)) if there]
    found = [PageView("read", label("theme.views.read"), "", tuple((name, _title(name)) for name in read))]
    if has_picture := theme_plot(survey, theme) is not None:
        found.append(PageView("claims", label("theme.views.claims"), "claims-title", (("claims", ""),)))
    found.append(PageView("papers", label("theme.views.papers"), "papers-title", (("papers", ""),)))
    related = (("relations", _title("relations")),) if edges_of(papers) else ()
    if related or any(paper.attributes for paper in papers):
        table = (("comparison", ""),) if any(paper.attributes for paper in papers) else ()
        found.append(PageView("compare", label("theme.views.compare"), "comparison", (*table, *related)))
    if numbers:
        # Its heading keeps the address that it had before there was a picture of claims.
        titled = {"results": ("numbers", ""), "scale": ("scale", _title("scale"))}
        sections = tuple(titled[name] for name in numbers)
        heading = "results-title" if has_picture else "claims"
        found.append(PageView("results", label("theme.views.results"), heading, sections))
    return tuple(found)


def _title(section: str) -> str:
    return label(f"theme.sections.{section}")


def blocks_of(survey: Survey, theme: Theme) -> set[str]:
    """Return the names of the blocks that a theme's page has."""
    return {"crumbs", "lead", "aside", *(name for one in theme_views(survey, theme) for name, _ in one.sections)}


def evidence_of(survey: Survey, papers: Sequence[Paper]) -> str:
    """Return in words what papers rest on; nothing where there are none, or where the survey asks for no such facet."""
    names = [name for name, facet in survey.settings.facets.items() if facet.sources == ("results",)]
    if not names or not papers:
        return ""
    graded = Counter(survey.facets[paper.key][names[0]][0] for paper in papers)
    counts = ", ".join(label(f"theme.evidence.{grade}", graded[grade]) for grade in GRADES)
    return label("theme.evidence.sentence", papers=label("counts.papers", len(papers)), counts=counts)


def stats_of(papers: Sequence[Paper]) -> tuple[Stat, ...]:
    """Return how many papers there are, from which years, with code, with which numbers; what is none is left out."""
    years = sorted({paper.year for paper in papers})
    found = [(len(papers), "papers"), (sum(bool(p.links and p.links.code) for p in papers), "code")]
    found.append((sum(len(paper.results or ()) for paper in papers), "results"))
    stats = [Stat(f"{number:,}", label(f"theme.stats.{name}", number)) for number, name in found if number]
    if years:
        span = str(years[0]) if len(years) == 1 else label("counts.years", first=years[0], last=years[-1])
        stats.insert(1, Stat(span, ""))
    places = {number.locator.casefold() for paper in papers for number in paper.results or ()}
    if places and places <= {ABSTRACT, "title"}:
        stats.append(Stat("", label("theme.stats.abstracts")))
    return tuple(stats)


def lead_of(survey: Survey, theme: Theme) -> LeadView:
    """Return what stands above a theme's text."""
    papers, settings = survey.by_theme[theme.path], survey.settings
    files = files_of(addresses.theme_bibliography(theme.path))
    first = sorted(files, key=lambda file: not file.address.endswith((f"{theme.path}.bib", ".ris")))
    numbers = addresses.theme_numbers(theme.path, "results")
    tables = [FileLink(f"{numbers}.csv", label("theme.results_csv"))] if any(p.results for p in papers) else []
    return LeadView(
        theme=ThemeView.build(survey, theme),
        stats=stats_of(papers),
        filter=addresses.found(theme=theme.path) if papers else "",
        files=tuple(first[:SHOWN_FILES]),
        more_files=(*first[SHOWN_FILES:], *tables),
        edit_url=settings.edit_url(settings.relative(settings.docs_dir / theme.source)),
        views=tuple(ViewLink(one.id, one.title, _number(survey, theme, one.id)) for one in theme_views(survey, theme)),
    )


def _number(survey: Survey, theme: Theme, name: str) -> int:
    """Return how much there is in a view; 0 where that says nothing."""
    papers = survey.by_theme[theme.path]
    if name == "claims":
        plot = theme_plot(survey, theme)
        return len(plot.marks) if plot else 0
    if name == "results":
        return sum(len(paper.results or ()) + len(paper.scale or ()) for paper in papers)
    return len(papers) if name == "papers" else 0


def aside_of(survey: Survey, theme: Theme, html: str, root: str) -> Aside:
    """Return what stands beside a theme's text.

    Args:
        survey: The survey.
        theme: The theme.
        html: The page, in which the headings of the text stand.
        root: The way from the page to the site's root.
    """
    found = _HEADING.findall(html)
    headings = tuple((name, _PERMALINK.sub("", title).strip()) for name, title in found if name not in _SECTIONS)
    papers = survey.by_theme[theme.path]
    claims = tuple(_largest(survey, theme, root))
    asked = tuple(QuestionLine.build(survey, one, now, root) for one, now in unsettled(survey, theme))
    return Aside(headings, claims, evidence_of(survey, papers), asked, tuple(_next(survey, theme)))


def _largest(survey: Survey, theme: Theme, root: str) -> list[Markup]:
    """Return as sentences the largest multiple of a baseline, and the largest of a baseline that is named."""
    plot = theme_plot(survey, theme)
    marks = sorted(plot.marks, key=lambda mark: (-mark.high, mark.claim.id)) if plot else []
    found = []
    if marks:
        found.append(_sentence(survey, marks[0], "largest", root))
    named = next((mark for mark in marks if mark.strength == "named"), None)
    if named and named is not marks[0]:
        found.append(_sentence(survey, named, "largest_named", root))
    return found


def _sentence(survey: Survey, mark: Mark, name: str, root: str) -> Markup:
    paper, number = mark.claim.paper, mark.claim.number
    link = Markup('<a href="{}">{}</a>').format(
        root + addresses.claim(paper.key, mark.claim.anchor), amount(number, survey.registry.metrics[number.metric])
    )
    metric = survey.registry.shown("metrics", number.metric)
    baseline = ", ".join(survey.baseline(one) for one in number.baseline or ())
    known = baseline and mark.strength not in ("unnamed", "inferred")
    kind = f"theme.claims.{name}" if known else f"theme.claims.{name}_unnamed"
    text = label(kind, amount=link, metric=metric, paper=paper.short_name or paper.byline, baseline=baseline)
    return Markup("{}").format(text)


def _next(survey: Survey, theme: Theme) -> list[tuple[str, str]]:
    """Return (address, title) of paths and comparisons that take up the theme's papers, and of the theme behind it."""
    keys = {paper.key for paper in survey.by_theme[theme.path]}

    def steps(page: EditorPage) -> bool:
        return any((found := survey.find(step.key)) and found.key in keys for step in page.steps)

    paths = [page for page in survey.pages.values() if page.steps and steps(page)]
    found = [(page.address, label("theme.next.path", title=page.title)) for page in paths[:_NEXT]]
    for one in survey.comparisons.values():
        if sum(key in keys for key in one.papers or ()) > 1 and len(found) < _NEXT + 1:
            found.append((addresses.comparison(one.id), label("theme.next.comparison", title=one.title)))
    siblings = [*survey.taxonomy.by_path.values()]
    behind = siblings[siblings.index(theme) + 1 :][:1]
    return [*found, *((addresses.theme(one.path), label("theme.next.theme", title=one.title)) for one in behind)]


def render_section(renderer: Renderer, page: str, theme: Theme, name: str, html: str = "") -> str:
    """Return one of the blocks of `blocks_of`.

    Args:
        renderer: Of the survey.
        page: Address of the page.
        theme: Whose page it is.
        name: The block.
        html: The page as the host rendered it.
    """
    survey, papers = renderer.survey, renderer.survey.by_theme[theme.path]
    if name == "crumbs":
        return renderer.render("crumbs.html", page, crumbs=theme_crumbs(survey, theme))
    if name == "lead":
        return renderer.render("theme_lead.html", page, lead=lead_of(survey, theme))
    if name == "aside":
        return renderer.render("theme_aside.html", page, aside=aside_of(survey, theme, html, root_of(page)))
    if name == "also":
        also = [PaperLink.build(paper) for paper in uncited(theme, survey.pages[theme.source], papers)]
        return renderer.render("also.html", page, papers=also)
    if name == "comparison":
        columns = [key for key in survey.settings.attributes if any(key in (p.attributes or {}) for p in papers)]
        ordered = sorted(papers, key=lambda paper: (paper.date, paper.key))
        rows = [ComparisonRow.build(paper, columns) for paper in ordered]
        titles = [survey.settings.attributes[column] for column in columns]
        return renderer.render("comparison.html", page, rows=rows, columns=titles)
    if name == "claims":
        return theme_picture(survey, page, theme)
    if name in ("numbers", "scale"):
        which = "scale" if name == "scale" else "results"
        return render_numbers(renderer, page, papers, which, addresses.theme_numbers(theme.path, which))
    if name == "relations":
        return renderer.render("relations.html", page, relations=relation_views(survey, papers))
    if name == "references":
        return renderer.render("references.html", page, references=references(survey, theme.source))
    return render_papers(renderer, page, papers)
