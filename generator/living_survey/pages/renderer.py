"""Turn parts of a survey into HTML with the templates in ``pages/templates``.

Templates escape everything; text of papers never reaches a page as markup. Links are relative, so that a site works
under any address. I/O: none (templates come from the package).
"""

import re
from collections.abc import Iterator, Sequence
from functools import cached_property
from itertools import groupby
from typing import Any

from jinja2 import BytecodeCache, Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape

from living_survey.formats.bibtex.biblatex import to_biblatex
from living_survey.formats.bibtex.writer import citation_to_bibtex, to_bibtex
from living_survey.formats.references.pybtex_styles import STYLES, to_html_reference
from living_survey.formats.writers import FORMATS
from living_survey.model import addresses
from living_survey.model.citations import BARE, GROUP, author_year, find_mentions
from living_survey.model.identifiers import KEY_PATTERN
from living_survey.model.page import EditorPage
from living_survey.model.paper import Paper
from living_survey.model.parts import Author
from living_survey.model.schema import field_table
from living_survey.model.survey import Survey
from living_survey.model.survey_citation import SurveyCitation
from living_survey.pages.head import Head
from living_survey.pages.metadata import coins
from living_survey.pages.site_page import Pager

MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
_ROOT = "\x00"
"""Stands for the way to the site's root in what is rendered once; no text of a paper can have it."""
SAME_THEME = 8
"""Papers of the same theme shown on a paper's page."""


def human_date(date: str) -> str:
    """Return ``2024-07-23`` as ``23 Jul 2024``, ``2024-07`` as ``Jul 2024``."""
    year, *rest = date.split("-")
    month = [MONTHS[int(rest[0]) - 1]] if rest else []
    return " ".join([*(str(int(day)) for day in rest[1:]), *month, year])


class Renderer:
    """Renders one survey; made anew for each build."""

    def __init__(
        self, survey: Survey, citation: SurveyCitation | None = None, compiled: BytecodeCache | None = None
    ) -> None:
        """Prepare the templates.

        Args:
            survey: What is rendered.
            citation: How the survey is cited.
            compiled: Where compiled templates are kept between builds.
        """
        self.survey = survey
        self.citation = citation
        self.rich = survey.is_rich
        """Whether papers are few enough for what takes time or a file for each."""
        self._theme_positions: dict[str, dict[str, int]] = {}
        self._entries: dict[str, str] = {}
        self._bibtex: dict[str, str] = {}
        self._environment = Environment(
            loader=PackageLoader("living_survey", "pages/templates"),
            autoescape=True,
            bytecode_cache=compiled,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            auto_reload=False,
        )
        self._environment.filters |= {"date": human_date, "bibtex": self.bibtex, "citation_bibtex": citation_to_bibtex}
        self._environment.globals |= {
            "survey": survey,
            "entry": self.entry,
            "coins": coins,
            "cite_as": self.cite_as,
            "cited_text": self.cited_text,
            "formats": FORMATS,
            "settings": survey.settings,
            "citation": citation,
            "address": addresses,
            "author_address": self.author_address,
            "venue_address": self.venue_address,
            "field_table": field_table,
            "theme_line": survey.taxonomy.line,
        }

    def render(self, template: str, page: str, **context: Any) -> str:
        """Render a template for the page at an address."""
        root = "../" * page.count("/")
        return self._environment.get_template(template).render(root=root, **context)

    def bibtex(self, paper: Paper) -> str:
        """Return a paper's BibTeX entry; it stands in its own file, on its page, and in those of its themes."""
        if paper.key not in self._bibtex:
            self._bibtex[paper.key] = to_bibtex(paper)
        return self._bibtex[paper.key]

    def page_at(self, address: str) -> EditorPage | None:
        """Return the editors' page at an address."""
        return self._pages_by_address.get(address)

    @cached_property
    def _pages_by_address(self) -> dict[str, EditorPage]:
        pages = {}
        for source, page in self.survey.pages.items():
            stem = source.removesuffix(".md")
            stem = "" if stem == "index" else stem.removesuffix("/index")
            pages[f"{stem}/" if stem else ""] = page
        return pages

    def cited_text(self, text: str, page: str) -> Markup:
        """Return a paragraph of a paper file with its citations as links."""
        root = "../" * page.count("/")
        parts, done = [], 0
        papers = {m.key: paper for m in find_mentions(text) if (paper := self.survey.find(m.key))}
        labels = author_year(papers.values())
        for found in re.finditer(rf"{GROUP}|{BARE}", text):
            keys = re.findall(rf"@({KEY_PATTERN})", found[0])
            if not all(key in papers for key in keys):
                continue
            links = []
            for key in keys:
                who, year = labels[papers[key].key]
                words = f"{who} ({year})" if found[2] else f"{who}, {year}"
                links.append(
                    Markup('<a class="survey-citation" href="{}{}" data-survey-about="{}">{}</a>').format(
                        root, addresses.paper(papers[key].key), self.about(papers[key]), words
                    )
                )
            group = Markup("; ").join(links)
            parts += [escape(text[done : found.start()]), group if found[2] else Markup("(") + group + Markup(")")]
            done = found.end()
        return Markup("").join([*parts, escape(text[done:])])

    @staticmethod
    def about(paper: Paper) -> str:
        """Return what a reader sees of a paper where it is cited."""
        return f"{paper.display_title}. {paper.tldr or ''}".strip()

    def head(self, head: Head) -> str:
        """Return what a page's head says to machines, as HTML."""
        return self._environment.get_template("head.html").render(head=head)

    def cite_as(self, paper: Paper) -> Iterator[tuple[str, str, Markup]]:
        """Yield (id, title, HTML) of the ways to cite a paper that its page shows: references, then code to copy."""
        if self.rich:
            for style, title in STYLES.items():
                yield style, title, Markup(to_html_reference(paper, style))  # noqa: S704  (its backend escapes)
        yield "bibtex", "BibTeX", escape(self.bibtex(paper))
        if self.rich:
            yield "biblatex", "BibLaTeX", escape(to_biblatex(paper))

    def entry(self, paper: Paper, root: str) -> Markup:
        """Return a paper as an item of a list, rendered once: a paper stands in some ten lists."""
        if paper.key not in self._entries:
            template = self._environment.get_template("entry.html")
            self._entries[paper.key] = template.render(root=_ROOT, paper=paper)
        return Markup(self._entries[paper.key].replace(_ROOT, root))  # noqa: S704  (rendered with autoescape)

    def paper(self, paper: Paper) -> str:
        """Return the body of a paper's page, without its heading."""
        peers = self.survey.by_theme[paper.primary_theme] if paper.primary_theme else []
        position = self._positions(paper.primary_theme)[paper.key] if paper.primary_theme else 0
        start = max(0, min(position - SAME_THEME // 2, len(peers) - SAME_THEME - 1))
        near = [peer for peer in peers[start : start + SAME_THEME + 1] if peer is not paper]
        path = f"{self.survey.settings.papers}/{paper.source_path}"
        settings = self.survey.settings
        return self.render(
            "paper.html", addresses.paper(paper.key), paper=paper, near=near, edit_url=settings.edit_url(path),
            correctable=self.rich and self.has_form and bool(settings.repo_url),
        )  # fmt: skip

    @cached_property
    def has_form(self) -> bool:
        """Whether the survey has the page with the form."""
        return addresses.SUBMIT in self._pages_by_address

    def _positions(self, theme: str) -> dict[str, int]:
        """Return where each paper stands in a theme's list (a search per paper would be quadratic)."""
        if theme not in self._theme_positions:
            papers = self.survey.by_theme[theme]
            self._theme_positions[theme] = {paper.key: index for index, paper in enumerate(papers)}
        return self._theme_positions[theme]

    def paper_list(self, first: str, papers: Sequence[Paper], number: int = 1, *, counted: bool = False) -> str:
        """Return one page of a list of papers.

        Args:
            first: Address of the list's first page.
            papers: The whole list.
            number: Which page, from 1.
            counted: Whether to say how many papers there are.
        """
        size = self.survey.settings.page_size
        page = papers[(number - 1) * size : number * size]
        pager = Pager.build(first, number, len(papers), size)
        return self.render("papers.html", addresses.list_page(first, number), papers=page, pager=pager, counted=counted)

    def author_address(self, author: Author) -> str:
        """Return where an author is listed: their page, or their line in the index while they have one paper."""
        slug = self.survey.author_slug(author)
        return addresses.author(slug) if len(self.survey.authors[slug].papers) > 1 else self._author_lines[slug]

    def venue_address(self, paper: Paper) -> str:
        """Return the page of a paper's venue."""
        slug = self.survey.venue_slug(paper)
        return addresses.venue(slug) if slug else addresses.VENUES

    @cached_property
    def _author_lines(self) -> dict[str, str]:
        size = self.survey.settings.page_size
        lines = {}
        for letter, group in groupby(
            self.survey.authors.values(), key=lambda author: addresses.letter(author.sort_slug)
        ):
            first = addresses.author_letter(letter)
            for index, author in enumerate(group):
                lines[author.slug] = f"{addresses.list_page(first, index // size + 1)}#{author.slug}"
        return lines
