"""Blocks that editors put into their Markdown: ``<!-- survey:themes -->`` becomes the list of themes.

A block stands alone on its line. While MkDocs renders the page an empty element keeps its place, so that generated
lists neither pass through Markdown nor into the page's entry in the search index. I/O: none.
"""

import re
from collections import Counter
from collections.abc import Callable, Mapping

from generator import addresses
from generator.bibliography.bibtex import PLAIN
from generator.bibliography.formats import FORMATS, cut
from generator.pages.renderer import Pager, Renderer
from generator.problems import Problem, did_you_mean
from generator.taxonomy import Theme

_COMMENT = re.compile(r"^[ \t]*<!--\s*survey:\s*([^\s>]*)\s*-->[ \t]*$", re.MULTILINE)
_PLACE = re.compile(r'<div id="survey-block-([a-z-]+)"></div>')
_FENCE = re.compile(r"^ {0,3}(```|~~~).*?^ {0,3}\1", re.MULTILINE | re.DOTALL)


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
    "downloads": lambda renderer, page: renderer.render("downloads.html", page, parts=_parts(renderer)),
    "cite": lambda renderer, page: renderer.render("cite.html", page),
    "fields": lambda renderer, page: renderer.render("fields.html", page),
}
"""Name of a block → its HTML for the page at an address."""

INDEX_PAGES = {
    "themes/index.md": ("Themes", "themes-defined"),
    "papers/index.md": ("Papers", "papers"),
    "authors/index.md": ("Authors", "authors"),
    "venues/index.md": ("Venues", "venues"),
    "years/index.md": ("Years", "years"),
}
"""Pages that every survey has, by their place under ``docs/``: title and block. The survey's own file replaces one."""


def reserve_blocks(markdown: str, path: str, *, first_line: int = 1) -> tuple[str, list[Problem]]:
    """Replace the comments in a page's Markdown by empty elements.

    Args:
        markdown: The text without front matter.
        path: The page's file, for problems about unknown blocks.
        first_line: The line of the file at which the text starts.
    """
    problems: list[Problem] = []
    code = [match.span() for match in _FENCE.finditer(markdown)]

    def place(comment: re.Match[str]) -> str:
        if any(start <= comment.start() < end for start, end in code):
            return comment[0]
        if comment[1] not in BLOCKS:
            line = first_line + markdown.count("\n", 0, comment.start())
            hint = did_you_mean(comment[1], BLOCKS)
            problems.append(Problem(path, line, 1, f"there is no block {comment[1]}", hint))
            return comment[0]
        return f'<div id="survey-block-{comment[1]}"></div>'

    return _COMMENT.sub(place, markdown), problems


def theme_markdown(theme: Theme, markdown: str) -> str:
    """Return a theme's Markdown with its heading, and with places for what is generated around the editors' text."""
    heading = re.sub(r"([\\`*_{}\[\]()#+.!|~^=$@:-])", r"\\\1", theme.title)
    return (
        f'# {heading}\n\n<div id="survey-block-lead"></div>\n\n{markdown}\n\n## Papers {{ #papers }}\n\n'
        '<div id="survey-block-list"></div>\n'
    )


def fill_blocks(html: str, renderer: Renderer, page: str, theme: Theme | None = None) -> str:
    """Put the blocks into a finished page.

    Args:
        html: The page as the host rendered it.
        renderer: The survey's renderer.
        page: The page's address.
        theme: The theme that the page is about, if any.
    """

    def block(place: re.Match[str]) -> str:
        name = place[1]
        if theme and name == "lead":
            return renderer.render("theme_lead.html", page, theme=theme)
        if theme and name == "list":
            return renderer.paper_list(page, renderer.survey.by_theme[theme.path])
        return BLOCKS[name](renderer, page)

    return _PLACE.sub(block, html)
