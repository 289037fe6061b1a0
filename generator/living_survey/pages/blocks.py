"""Blocks that editors put into their Markdown: ``<!-- survey:themes -->`` becomes the list of themes.

A block stands alone on its line. While MkDocs renders the page an empty element keeps its place, so that generated
lists neither pass through Markdown nor into the page's entry in the search index. I/O: none.
"""

import re
from collections.abc import Callable, Mapping

from markupsafe import Markup

from living_survey.model import addresses
from living_survey.model.labels import label
from living_survey.model.page import (
    COMPARE,
    COMPARISONS,
    COVERS,
    MATRIX,
    MY_BIBLIOGRAPHY,
    OUTSIDE,
    QUESTIONS,
    axes,
    find_blocks,
)
from living_survey.model.schema import field_table
from living_survey.model.survey import Survey
from living_survey.model.theme import INDEX, Theme
from living_survey.pages.authors import render_authors
from living_survey.pages.citations import SurveyReference, references, step_links, with_numbers
from living_survey.pages.claims_picture import family_pictures
from living_survey.pages.compare import render_compare, render_my_bibliography
from living_survey.pages.comparisons import render_comparisons
from living_survey.pages.covers import render_covers
from living_survey.pages.downloads import render_downloads
from living_survey.pages.entry import PaperLink
from living_survey.pages.explorer import render_explorer
from living_survey.pages.facets import facet_addresses
from living_survey.pages.field import render_field
from living_survey.pages.home import render_find, render_home
from living_survey.pages.lists import render_newest, render_venues, render_years
from living_survey.pages.marks import NOTICE, MarkView, mark_of, render_notices
from living_survey.pages.navigation import WIDE
from living_survey.pages.number_table import render_numbers
from living_survey.pages.outside import render_outside
from living_survey.pages.questions import render_findings, render_questions
from living_survey.pages.renderer import Renderer
from living_survey.pages.site_page import page_at
from living_survey.pages.tables import render_coverage, render_method
from living_survey.pages.theme import render_themes
from living_survey.pages.theme_page import blocks_of, render_section
from living_survey.pages.view import view

_PLACE = re.compile(r'<div id="survey-block-([a-z-]+?)((?:--[a-z0-9-]+?)*)"></div>')


@view
class Count:
    """How many there are of something, in words, with the page that lists them."""

    address: str
    words: str


@view
class StepView:
    """A paper on a reading path, and why it is read there."""

    id: str
    paper: PaperLink
    why: str
    mark: MarkView | None


@view
class KindView:
    """A kind of contribution."""

    name: str
    definition: str
    papers: int
    address: str
    """Of the page of its papers; empty where it has none."""


@view
class FieldRow:
    """A field of a paper file."""

    name: str
    needed: str
    description: Markup

    @classmethod
    def build(cls, name: str, description: str, *, always: bool, here: bool) -> "FieldRow":
        """Return the row of a field; what stands between backticks in its description is code."""
        needed = label("fields.always") if always else label("fields.here") if here else ""
        parts = description.split("`")
        code = Markup("<code>{}</code>")
        marked = [code.format(part) if n % 2 else Markup("{}").format(part) for n, part in enumerate(parts)]
        return cls(name, needed, Markup("").join(marked))


@view
class FormPlace:
    """What the place of the form says to scripts, and where there are none; addresses have {key} for a paper's key."""

    guide: str
    """How a paper file is written by hand; empty where the survey has no such page."""
    issue: str
    """Where an issue is opened; empty where the repository is not at GitHub."""
    schema: str = addresses.SCHEMA
    survey: str = addresses.FORM
    titles: str = addresses.TITLES
    paper: str = addresses.paper("{key}")
    paper_data: str = addresses.paper_file("{key}", ".json")


def counts_of(survey: Survey) -> list[Count]:
    """Return what a survey has, and from when until when; without papers there are no years."""
    found = [
        Count(addresses.PAPERS, label("counts.papers", len(survey.papers))),
        Count(addresses.THEMES, label("counts.themes", len(survey.taxonomy.by_path))),
        Count(addresses.AUTHORS, label("counts.authors", len(survey.authors))),
        Count(addresses.VENUES, label("counts.venues", len(survey.venues))),
    ]
    if years := list(survey.years):
        span = years[-1] if len(years) == 1 else label("counts.years", first=years[-1], last=years[0])
        found.append(Count(addresses.YEARS, span))
    return found


def _kinds(renderer: Renderer, page: str) -> str:
    survey = renderer.survey
    pages = set(facet_addresses(survey))
    kinds = [
        KindView(kind, definition, len(survey.by_kind[kind]), address if address in pages else "")
        for kind, definition in survey.settings.kinds.items()
        for address in [addresses.kind(kind)]
    ]
    return renderer.render("kinds.html", page, kinds=kinds)


def _cite(renderer: Renderer, page: str) -> str:
    citation = SurveyReference.build(renderer.citation) if renderer.citation else None
    return renderer.render("cite.html", page, citation=citation, file=renderer.survey.settings.citation)


def _fields(renderer: Renderer, page: str) -> str:
    wanted = renderer.survey.settings.require
    rows = [
        FieldRow.build(name, description, always=required, here=name in wanted)
        for name, required, description in field_table()
    ]
    return renderer.render("fields.html", page, fields=rows)


def _glossary(renderer: Renderer, page: str) -> str:
    terms = sorted(renderer.survey.terms, key=lambda term: term.name.lower())
    return renderer.render("glossary.html", page, terms=terms)


def _path(renderer: Renderer, page: str) -> str:
    """Return the reading path that the page's front matter declares."""
    survey, source = renderer.survey, page_at(renderer.survey, page)
    found = [(step, paper) for step in (source.steps if source else ()) if (paper := survey.find(step.key))]
    cited = step_links(survey, source.source) if source else []
    steps = [
        StepView(link.id, PaperLink.build(paper), step.why, mark_of(survey, paper, link.source))
        for (step, paper), link in zip(found, cited, strict=True)
    ]
    return renderer.render("path.html", page, steps=steps)


def _form(renderer: Renderer, page: str) -> str:
    """Return the place of the form, with what to do where there is no JavaScript."""
    guide = addresses.GUIDE if page_at(renderer.survey, addresses.GUIDE) else ""
    github = renderer.survey.settings.github
    issue = f"{github}/issues/new?template=paper.yml" if github else ""
    return renderer.render("form.html", page, place=FormPlace(guide, issue))


BLOCKS: Mapping[str, Callable[[Renderer, str], str]] = {
    "counts": lambda renderer, page: renderer.render("counts.html", page, counts=counts_of(renderer.survey)),
    "themes": render_themes,
    "themes-defined": lambda renderer, page: render_themes(renderer, page, definitions=True),
    "kinds": _kinds,
    "newest": render_newest,
    "papers": render_explorer,
    "authors": render_authors,
    "venues": render_venues,
    "years": render_years,
    "results": lambda renderer, page: render_numbers(
        renderer,
        page,
        renderer.survey.newest,
        "results",
        addresses.all_numbers("results"),
        pictures=family_pictures(renderer, page),
    ),
    "downloads": render_downloads,
    "cite": _cite,
    "fields": _fields,
    "form": _form,
    "path": _path,
    "glossary": _glossary,
    "method": render_method,
    "questions": render_questions,
    "findings": render_findings,
    "outside": render_outside,
    "comparisons": render_comparisons,
    "home": render_home,
    "find": render_find,
    "field": render_field,
    "compare": render_compare,
    "bibliography": render_my_bibliography,
}
"""Name of a block → its HTML for the page at an address."""

INDEX_PAGES = {
    INDEX: (label("lists.themes"), "themes-defined"),
    "papers/index.md": (label("lists.papers"), "papers"),
    "authors/index.md": (label("lists.authors"), "authors"),
    "venues/index.md": (label("lists.venues"), "venues"),
    "years/index.md": (label("lists.years"), "years"),
    "results/index.md": (label("lists.results"), "results"),
    QUESTIONS: (label("lists.questions"), "questions"),
    COMPARISONS: (label("lists.comparisons"), "comparisons"),
    OUTSIDE: (label("lists.outside"), "outside"),
    COMPARE: (label("compare.title"), "compare"),
    MY_BIBLIOGRAPHY: (label("my_bibliography.title"), "bibliography"),
}
"""Pages that surveys have, by their place under ``docs/``: title and block. The survey's own file replaces one."""
_WIDE = (COMPARE,)
"""Those of them that need the width of the screen."""


def index_pages(survey: Survey) -> list[str]:
    """Return which of the pages that surveys have this one has: those of what it has nothing of are not there."""
    there = {QUESTIONS: survey.questions, COMPARISONS: survey.comparisons, OUTSIDE: survey.outside}
    return [source for source in INDEX_PAGES if there.get(source, True)]


def index_text(source: str) -> str:
    """Return the text of a page that surveys have, where the survey has no file of its own."""
    title, block = INDEX_PAGES[source]
    hidden = WIDE if block == "papers" or source in _WIDE else "---\nhide: [toc]\n---\n"
    return f"{hidden}# {title}\n\n<!-- survey:{block} -->\n"


def reserve_blocks(markdown: str) -> str:
    """Replace the comments in a page's Markdown by empty elements; the checks have seen to it that each is right."""
    parts, done = [], 0
    for block in find_blocks(markdown):
        words = [" ".join(block.words).encode().hex()] if block.name == COVERS else block.words
        name = "--".join([block.name, *words])
        parts += [markdown[done : block.start], f'<div id="survey-block-{name}"></div>']
        done = block.end
    return "".join([*parts, markdown[done:]])


def fill_blocks(html: str, renderer: Renderer, page: str, source: str, theme: Theme | None = None) -> str:
    """Put the blocks into a finished page.

    Args:
        html: The page as the host rendered it.
        renderer: The survey's renderer.
        page: The page's address.
        source: The page's file, relative to ``docs/``.
        theme: The theme that the page is about, if any.
    """
    if '<div id="survey-block-references"></div>' in html:
        html = with_numbers(html, references(renderer.survey, source))
    own = blocks_of(renderer.survey, theme) if theme else frozenset()

    def block(place: re.Match[str]) -> str:
        name, arguments = place[1], [word for word in place[2].split("--") if word]
        if theme and name in own:
            return render_section(renderer, page, theme, name, html)
        if name == "references":
            return renderer.render("references.html", page, references=references(renderer.survey, source))
        if name == NOTICE:
            return render_notices(renderer, page, source)
        if name == MATRIX and len(arguments) == 2 and set(arguments) <= set(axes(renderer.survey.settings)):
            return render_coverage(renderer, page, *arguments)
        if name == COVERS and len(arguments) == 1:
            return render_covers(renderer, page, bytes.fromhex(arguments[0]).decode()) or place[0]
        return BLOCKS[name](renderer, page) if name in BLOCKS else place[0]

    return _PLACE.sub(block, html)
