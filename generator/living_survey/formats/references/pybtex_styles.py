"""Papers as formatted references, through pybtex's styles: for people who paste, and for plain text.

pybtex reads every field as LaTeX. Text of papers is not LaTeX, so characters that mean something there travel through
the styles as characters of Unicode's private use area and are put back when the reference is written. I/O: none.
"""

import re
from collections.abc import Iterable
from functools import cache
from html import escape, unescape
from typing import Any

from pybtex.backends.html import Backend as HtmlBackend
from pybtex.backends.plaintext import Backend as TextBackend
from pybtex.database import Entry, Person
from pybtex.exceptions import PybtexError
from pybtex.plugin import PluginNotFound, find_plugin
from pybtex.richtext import Text

from living_survey.formats.bibtex.writer import PUBLISHER_FIELDS, VENUE_FIELDS, entry_type
from living_survey.formats.entry import FURTHER_FIELDS, MONTHS, month_of, protected_spans
from living_survey.formats.references.apa import AuthorYearStyle
from living_survey.formats.references.ieee import NumberedStyle
from living_survey.formats.references.rich_text import SHIELD, UNSHIELD, shield
from living_survey.model.paper import Paper
from living_survey.model.parts import Author
from living_survey.syntax.errors import SurveyError

STYLES = {"apa": "APA", "ieee": "IEEE"}
"""Styles shown on pages: name → title."""
NUMBERED = frozenset({"ieee"})
"""Those of them in whose lists references have numbers."""


class StyleError(SurveyError):
    """There is no such style, or it cannot format a paper."""


class _Html(HtmlBackend):  # type: ignore[misc]
    """References as HTML, every text and address escaped."""

    symbols = {"ndash": "–", "newblock": " ", "nbsp": "\u00a0"}  # noqa: RUF012  (the base class's attribute)

    def format_str(self, text: str) -> str:
        return escape(text.translate(UNSHIELD), quote=False)

    def format_protected(self, text: str) -> str:
        return text

    def format_href(self, url: str, text: str, external: bool = False) -> str:  # noqa: ARG002
        return f'<a href="{escape(url)}">{text}</a>' if text else ""


class _Text(TextBackend):  # type: ignore[misc]
    """References as plain text."""

    symbols = {"ndash": "–", "newblock": " ", "nbsp": "\u00a0"}  # noqa: RUF012  (the base class's attribute)

    def format_str(self, text: str) -> str:
        return text.translate(UNSHIELD)


def to_reference(paper: Paper, style: str) -> str:
    """Return a paper as one reference in plain text.

    Args:
        paper: The paper.
        style: ``apa``, ``ieee``, or the name of a style that pybtex knows: ``plain``, ``alpha``, ``unsrt``, ….

    Raises:
        StyleError: If there is no such style, or it cannot format this paper.
    """
    return str(_formatted(paper, style).render(_Text()))


def to_html_references(paper: Paper, styles: Iterable[str] = STYLES) -> list[str]:
    """Return a paper as references in HTML, one in each style; raises as `to_reference` does."""
    entry = _entry(paper)
    return [str(_formatted(paper, style, entry).render(_Html())) for style in styles]


def plain_reference(reference: str) -> str:
    """Return a reference in HTML as `to_reference` writes it."""
    return unescape(re.sub(r"<[^>]*>", "", reference))


def join_references(references: Iterable[str], style: str) -> str:
    """Return references in plain text as a list, one a line, with numbers where the style has them."""
    numbered = style in NUMBERED
    return "".join(f"[{n}] {one}\n" if numbered else f"{one}\n" for n, one in enumerate(references, 1))


def _formatted(paper: Paper, style: str, entry: Entry | None = None) -> Text:
    try:
        return next(iter(_style(style).format_entries([entry or _entry(paper)]))).text
    except (PybtexError, AttributeError, KeyError) as error:
        raise StyleError(f"the style {style} cannot format {paper.key}: {error}") from None


@cache
def _style(name: str) -> Any:
    if name in _OWN_STYLES:
        return _OWN_STYLES[name]()
    try:
        # Styles of one name differ in order and label; a reference shows neither, so that "plain" is "unsrt".
        return find_plugin("pybtex.style.formatting", name)(label_style="number", sorting_style="none")
    except PluginNotFound:
        raise StyleError(f"unknown style: {name}") from None


class _Person(Person):  # type: ignore[misc]
    """A person whose names are shielded text: reading them as LaTeX would be half of the work."""

    def __init__(self, author: Author) -> None:
        # The base class would split an empty name into its parts: a fifth of the work on a reference.
        self.middle_names = self.prelast_names = list[str]()
        self.last_names = [shield(author.team or author.family or "")]
        self.first_names = [shield(name) for name in (author.given or "").split()]
        self.lineage_names = [shield(author.suffix)] if author.suffix else []

    rich_first_names = property(lambda self: [Text(name) for name in self.first_names])
    rich_middle_names = rich_prelast_names = property(lambda _self: list[Text]())
    rich_last_names = property(lambda self: [Text(name) for name in self.last_names])
    rich_lineage_names = property(lambda self: [Text(name) for name in self.lineage_names])


def _shielded(text: str) -> str:
    """Shield a piece of a title; white space at its border stays."""
    return text.translate(SHIELD)


_OTHERS = Author.model_construct(team="others")
"""What BibTeX's styles take for "et al."; a paper file says it in a field of its own."""


def _entry(paper: Paper) -> Entry:
    """Return a paper as an entry of pybtex's, its fields shielded."""
    kind = entry_type(paper)
    venue, extra = paper.venue, paper.extra or {}
    fields = {"title": paper.title.to_tex(_shielded, protected_spans(paper)), "year": str(paper.year)}
    if month := month_of(paper):
        fields["month"] = MONTHS[month - 1].capitalize()
    if venue:
        if name := VENUE_FIELDS.get(kind):
            found = {name: venue.name, "publisher": venue.publisher}
        else:
            found = {PUBLISHER_FIELDS[kind]: venue.publisher or venue.name}
        found |= {
            "series": venue.series,
            "volume": venue.volume,
            "number": venue.number,
        }
        fields |= {field: shield(value) for field, value in found.items() if value}
        if venue.pages:
            fields["pages"] = venue.pages
    for field in FURTHER_FIELDS:
        if field in extra:
            fields.setdefault(field, shield(extra[field]))
    if paper.arxiv:
        fields["eprint"] = paper.arxiv
    if doi := paper.doi or paper.arxiv_doi:
        fields["doi"] = doi
    if paper.url and not paper.doi:
        fields["url"] = paper.url
    people = [_Person(author) for author in paper.authors] + ([_Person(_OTHERS)] if paper.and_others else [])
    persons = {"editor" if paper.edited else "author": people}
    if paper.editors:
        persons["editor"] = [_Person(editor) for editor in paper.editors]
    if needed := _NEEDS.get(kind):
        fields.setdefault(needed, "")
    entry = Entry(kind, fields=fields, persons=persons)
    entry.key = paper.key
    return entry


_NEEDS = {"phdthesis": "school", "mastersthesis": "school", "techreport": "institution", "book": "publisher"}
"""Fields without which pybtex's styles give up, and papers do without."""
_OWN_STYLES = {"apa": AuthorYearStyle, "ieee": NumberedStyle}
