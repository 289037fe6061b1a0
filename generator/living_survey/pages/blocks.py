"""Blocks that editors put into their Markdown: ``<!-- survey:themes -->`` becomes the list of themes.

A block stands alone on its line. While MkDocs renders the page an empty element keeps its place, so that generated
lists neither pass through Markdown nor into the page's entry in the search index. I/O: none.
"""

import re
from collections import Counter
from collections.abc import Callable, Mapping

from living_survey.formats.entry import PLAIN
from living_survey.formats.writers import FORMATS, cut
from living_survey.model import addresses
from living_survey.model.labels import label
from living_survey.model.page import MATRIX, axes, find_blocks
from living_survey.model.theme import INDEX, Theme
from living_survey.pages.citations import render_references
from living_survey.pages.renderer import Renderer
from living_survey.pages.site_page import Pager
from living_survey.pages.tables import render_coverage, render_method, render_results
from living_survey.pages.theme import render_section, theme_sections

_PLACE = re.compile(r'<div id="survey-block-([a-z-]+?)((?:--[a-z0-9-]+?)*)"></div>')


def _authors(renderer: Renderer, page: str) -> str:
    listings = renderer.survey.authors.values()
    letters = sorted(Counter(addresses.letter(author.sort_slug) for author in listings).items())
    several = [author for author in listings if len(author.papers) > 1]
    most = sorted(several, key=lambda author: -len(author.papers))[: renderer.survey.settings.page_size]
    return renderer.render("authors.html", page, letters=letters, most=most)


def _venues(renderer: Renderer, page: str) -> str:
    venues, size = list(renderer.survey.venues.values()), renderer.survey.settings.page_size
    pager = Pager.build(addresses.VENUES, 1, len(venues), size)
    return renderer.render("venues.html", page, venues=venues[:size], pager=pager)


def _parts(renderer: Renderer) -> dict[str, int]:
    """Return in how many parts the whole bibliography comes, by format."""
    papers = list(renderer.survey.papers.values())
    # A survey of this size is far below the limit; rendering everything to measure it would cost more than the page.
    if len(papers) < 5_000:
        return {form.name: 0 for form in FORMATS}
    return {form.name: sum(1 for _ in cut(form, [form.entry(paper, PLAIN) for paper in papers])) for form in FORMATS}


def _path(renderer: Renderer, page: str) -> str:
    """Return the reading path that the page's front matter declares."""
    source = renderer.page_at(page)
    steps = [
        (paper, step.why) for step in (source.steps if source else ()) if (paper := renderer.survey.find(step.key))
    ]
    return renderer.render("path.html", page, steps=steps)


def _form(renderer: Renderer, page: str) -> str:
    """Return the place of the form, with what to do where there is no JavaScript."""
    guide = addresses.GUIDE if renderer.page_at(addresses.GUIDE) else ""
    return renderer.render("form.html", page, guide=guide, label=label)


BLOCKS: Mapping[str, Callable[[Renderer, str], str]] = {
    "counts": lambda renderer, page: renderer.render("counts.html", page),
    "themes": lambda renderer, page: renderer.render("themes.html", page, definitions=False),
    "themes-defined": lambda renderer, page: renderer.render("themes.html", page, definitions=True),
    "kinds": lambda renderer, page: renderer.render("kinds.html", page),
    "newest": lambda renderer, page: renderer.render("newest.html", page),
    "papers": lambda renderer, _page: renderer.paper_list(addresses.PAPERS, renderer.survey.newest, counted=True),
    "authors": _authors,
    "venues": _venues,
    "years": lambda renderer, page: renderer.render("years.html", page),
    "results": lambda renderer, page: render_results(renderer, page, renderer.survey.newest, addresses.ALL_RESULTS),
    "downloads": lambda renderer, page: renderer.render("downloads.html", page, parts=_parts(renderer)),
    "cite": lambda renderer, page: renderer.render("cite.html", page),
    "fields": lambda renderer, page: renderer.render("fields.html", page),
    "form": _form,
    "path": _path,
    "glossary": lambda renderer, page: renderer.render("glossary.html", page),
    "method": render_method,
}
"""Name of a block → its HTML for the page at an address."""

INDEX_PAGES = {
    INDEX: ("Themes", "themes-defined"),
    "papers/index.md": ("Papers", "papers"),
    "authors/index.md": ("Authors", "authors"),
    "venues/index.md": ("Venues", "venues"),
    "years/index.md": ("Years", "years"),
    "results/index.md": ("Results", "results"),
}
"""Pages that every survey has, by their place under ``docs/``: title and block. The survey's own file replaces one."""


def reserve_blocks(markdown: str) -> str:
    """Replace the comments in a page's Markdown by empty elements; the checks have seen to it that each is right."""
    parts, done = [], 0
    for block in find_blocks(markdown):
        name = "--".join([block.name, *block.words])
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

    def block(place: re.Match[str]) -> str:
        name, arguments = place[1], [word for word in place[2].split("--") if word]
        if name == "references":
            return render_references(renderer, page, source)
        if name == MATRIX and len(arguments) == 2 and set(arguments) <= set(axes(renderer.survey.settings)):
            return render_coverage(renderer, page, *arguments)
        if theme and (name == "lead" or name in dict(theme_sections(renderer.survey, theme))):
            return render_section(renderer, page, theme, name)
        return BLOCKS[name](renderer, page) if name in BLOCKS else place[0]

    return _PLACE.sub(block, html)
