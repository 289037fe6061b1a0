"""Papers as formatted references, through pybtex's styles: for people who paste, and for plain text.

pybtex reads every field as LaTeX. Text of papers is not LaTeX, so characters that mean something there travel through
the styles as characters of Unicode's private use area and are put back when the reference is written. I/O: none.
"""

import re
from functools import cache
from html import escape
from typing import Any

from pybtex.backends.html import Backend as HtmlBackend
from pybtex.backends.plaintext import Backend as TextBackend
from pybtex.database import Entry, Person
from pybtex.exceptions import PybtexError
from pybtex.plugin import PluginNotFound, find_plugin
from pybtex.richtext import HRef, Protected, Tag, Text
from pybtex.style import FormattedEntry
from pybtex.style.formatting import BaseStyle

from living_survey.formats.bibtex.writer import (
    FURTHER_FIELDS,
    MONTHS,
    PUBLISHER_FIELDS,
    VENUE_FIELDS,
    entry_type,
    month_of,
    protected_spans,
)
from living_survey.model.paper import Author, Paper

STYLES = {"apa": "APA", "ieee": "IEEE"}
"""Styles shown on pages: name → title."""
_IN_FULL = 20
"""So many authors APA 7 names (section 9.8 of its manual); of more, the first 19 and the last."""
_SHIELD = {ord(character): 0xE000 + n for n, character in enumerate("\\{}~^$%&#_`'\"-")}
_UNSHIELD = {value: chr(key) for key, value in _SHIELD.items()}


class StyleError(Exception):
    """There is no such style, or it cannot format a paper."""


class _Html(HtmlBackend):  # type: ignore[misc]
    """References as HTML, every text and address escaped."""

    symbols = {"ndash": "–", "newblock": " ", "nbsp": "\u00a0"}  # noqa: RUF012  (the base class's attribute)

    def format_str(self, text: str) -> str:
        return escape(text.translate(_UNSHIELD), quote=False)

    def format_protected(self, text: str) -> str:
        return text

    def format_href(self, url: str, text: str, external: bool = False) -> str:  # noqa: ARG002
        return f'<a href="{escape(url)}">{text}</a>' if text else ""


class _Text(TextBackend):  # type: ignore[misc]
    """References as plain text."""

    symbols = {"ndash": "–", "newblock": " ", "nbsp": "\u00a0"}  # noqa: RUF012  (the base class's attribute)

    def format_str(self, text: str) -> str:
        return text.translate(_UNSHIELD)


def to_reference(paper: Paper, style: str) -> str:
    """Return a paper as one reference in plain text.

    Args:
        paper: The paper.
        style: ``apa``, ``ieee``, or the name of a style that pybtex knows: ``plain``, ``alpha``, ``unsrt``, ….

    Raises:
        StyleError: If there is no such style, or it cannot format this paper.
    """
    return str(_formatted(paper, style).render(_Text()))


def to_html_reference(paper: Paper, style: str) -> str:
    """Return a paper as one reference in HTML; raises as `to_reference` does."""
    return str(_formatted(paper, style).render(_Html()))


def _formatted(paper: Paper, style: str) -> Text:
    try:
        return next(iter(_style(style).format_entries([_entry(paper)]))).text
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
        raise StyleError(f"there is no style {name}") from None


def _shield(text: str) -> str:
    return " ".join(text.split()).translate(_SHIELD)


class _Person(Person):  # type: ignore[misc]
    """A person whose names are shielded text: reading them as LaTeX would be half of the work."""

    def __init__(self, author: Author) -> None:
        super().__init__()
        self.last_names = [_shield(author.team or author.family or "")]
        self.first_names = [_shield(name) for name in (author.given or "").split()]
        self.lineage_names = [_shield(author.suffix)] if author.suffix else []

    rich_first_names = property(lambda self: [Text(name) for name in self.first_names])
    rich_middle_names = rich_prelast_names = property(lambda _self: list[Text]())
    rich_last_names = property(lambda self: [Text(name) for name in self.last_names])
    rich_lineage_names = property(lambda self: [Text(name) for name in self.lineage_names])


def _title(paper: Paper) -> str:
    parts, done = [], 0
    for start, end in protected_spans(paper):
        # White space at the border of a span must stay: it is shielded piece by piece.
        parts += [paper.title[done:start].translate(_SHIELD), f"{{{paper.title[start:end].translate(_SHIELD)}}}"]
        done = end
    return "".join([*parts, paper.title[done:].translate(_SHIELD)])


_OTHERS = Author.model_construct(team="others")
"""What BibTeX's styles take for "et al."; a paper file says it in a field of its own."""


def _entry(paper: Paper) -> Entry:
    """Return a paper as an entry of pybtex's, its fields shielded."""
    kind = entry_type(paper)
    venue, extra = paper.venue, paper.extra or {}
    fields = {"title": _title(paper), "year": str(paper.year)}
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
        fields |= {field: _shield(value) for field, value in found.items() if value}
        if venue.pages:
            fields["pages"] = venue.pages
    for field in FURTHER_FIELDS:
        if field in extra:
            fields.setdefault(field, _shield(extra[field]))
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


class AuthorYearStyle(BaseStyle):  # type: ignore[misc]
    """References in the manner of APA 7: who (year). What. Where. Address."""

    default_name_style = "lastfirst"
    default_label_style = "number"
    default_sorting_style = "none"

    def format_entry(self, label: str, entry: Entry, bib_data: Any = None) -> FormattedEntry:  # noqa: ARG002
        """Return one reference."""
        fields = entry.fields
        own = entry.type not in ("article", "inproceedings", "incollection")
        title = _sentence_case(_text(fields["title"]))
        parts = [_people(entry), Text("(", fields["year"], ")")]
        what = Tag("em", title) if own else title
        parts.append(Text(what, *_brackets(entry)))
        parts += _where(entry)
        text = Text(" ").join(part.add_period() for part in parts if str(part))
        if address := _address(entry):
            text = Text(text, " ", HRef(address, address.translate(_SHIELD)))
        return FormattedEntry(entry.key, text, label)


def _text(shielded: str) -> Text:
    """Return a shielded field as rich text; braces are the only LaTeX that it can have, around protected words."""
    pieces = re.split(r"\{(.*?)\}", shielded)
    return Text(*(Protected(piece) if index % 2 else piece for index, piece in enumerate(pieces)))


def _sentence_case(title: Text) -> Text:
    """Return a title with capitals where a sentence has them, behind a colon too; protected words stay."""
    parts = [title]
    for end in (": ", "? ", "! "):
        # The separator stays with the part in front of it.
        parts = [
            Text(piece, end) if index < len(pieces) - 1 else piece
            for part in parts
            for pieces in [part.split(end)]
            for index, piece in enumerate(pieces)
        ]
    return Text(*(part.capitalize() for part in parts))


def _initials(names: list[str]) -> str:
    """Return ``Jean-Luc D.`` as ``J.-L. D.``; scripts without capitals have no initials."""
    plain = [name.translate(_UNSHIELD) for name in names]
    short = [
        "-".join(f"{part[0]}." if part[0].isupper() else part for part in name.split("-") if part) for name in plain
    ]
    return _shield(" ".join(short))


def _name(person: Person) -> Text:
    parts = [person.last_names[0], _initials(person.first_names), *person.lineage_names]
    return _text(", ".join(part for part in parts if part))


def _people(entry: Entry) -> Text:
    role = "author" if "author" in entry.persons else "editor"
    people = list(entry.persons[role])
    others = people[-1].last_names == ["others"]
    named = [_name(person) for person in (people[:-1] if others else people)]
    if len(named) > _IN_FULL:
        text = Text(Text(", ").join(named[: _IN_FULL - 1]), ", … ", named[-1])
    elif len(named) > 1 and not others:
        text = Text(Text(", ").join(named[:-1]), ", & ", named[-1])
    else:
        text = Text(", ").join(named)
    if others:
        text = Text(text, ", et al.")
    if role == "editor":
        text = Text(text, " (Eds.)" if len(named) > 1 else " (Ed.)")
    return text.add_period() if role == "author" else text


def _brackets(entry: Entry) -> list[Any]:
    """Return what follows a title in brackets: edition, number, arXiv id, kind of thesis."""
    fields = entry.fields
    if entry.type in ("phdthesis", "mastersthesis"):
        default = "Doctoral dissertation" if entry.type == "phdthesis" else "Master's thesis".translate(_SHIELD)
        inner = ", ".join(part for part in (fields.get("type", default), fields.get("school")) if part)
        return [" [", _text(inner), "]"]
    if entry.type == "techreport" and "number" in fields:
        return [" (No. ", _text(fields["number"]), ")"]
    if entry.type == "misc" and "eprint" in fields:
        return [" (arXiv:", fields["eprint"], ")"]
    if "edition" in fields and entry.type == "book":
        return [" (", _text(fields["edition"]), " ed.)"]
    return []


def _where(entry: Entry) -> list[Text]:
    fields = {name: _text(value) for name, value in entry.fields.items() if name not in ("url", "doi")}
    pages = Text("–").join(fields["pages"].split("-")) if "pages" in fields else None
    if entry.type == "article":
        journal: list[Any] = [Tag("em", fields["journal"])] if "journal" in fields else []
        if "volume" in fields:
            number = Text("(", fields["number"], ")") if "number" in fields else Text()
            journal.append(Text(Tag("em", fields["volume"]), number))
        return [Text(", ").join([*journal, *([pages] if pages else [])])]
    if entry.type in ("inproceedings", "incollection"):
        place: list[Any] = ["In "]
        if editors := entry.persons.get("editor"):
            names = [_text(f"{_initials(p.first_names)} {p.last_names[0]}".strip()) for p in editors]
            both = Text(Text(", ").join(names[:-1]), ", & " if len(names) > 2 else " & ", names[-1])
            place += [both, " (Eds.), "] if len(names) > 1 else [names[0], " (Ed.), "]
        volume = [Text("Vol. ", fields["volume"])] if "volume" in fields else []
        inner = Text(", ").join([*volume, *([Text("pp. " if "–" in str(pages) else "p. ", pages)] if pages else [])])
        place += [Tag("em", fields.get("booktitle", Text()))] + ([" (", inner, ")"] if str(inner) else [])
        return [Text(*place), fields.get("publisher", Text())]
    if entry.type == "misc" and "eprint" in entry.fields and "howpublished" not in fields:
        return [Text("arXiv")]
    if entry.type in ("phdthesis", "mastersthesis"):
        return []
    return [fields[name] for name in ("institution", "publisher", "howpublished") if name in fields]


class NumberedStyle(AuthorYearStyle):
    """References in the manner of IEEE: who, what, where, when, address; numbers are the reader's."""

    def format_entry(self, label: str, entry: Entry, bib_data: Any = None) -> FormattedEntry:  # noqa: ARG002
        """Return one reference."""
        fields = {name: _text(value) for name, value in entry.fields.items() if name not in ("url", "doi")}
        title = _sentence_case(fields["title"])
        inside = entry.type in ("article", "inproceedings", "incollection")
        quotes = inside or entry.type in ("phdthesis", "mastersthesis", "techreport", "misc")
        people = _people_in_front(entry)
        # A title that ends with a mark of its own takes no comma behind it.
        comma = "" if str(title).endswith(("?", "!")) else ","
        start = Text(people, ", ", *(["“", title, comma, "”"] if quotes else [Tag("em", title), comma]))
        parts = [*_place(entry, fields)]
        if entry.type == "misc" and "eprint" in entry.fields and "howpublished" not in fields:
            parts.append(Text("arXiv:", entry.fields["eprint"]))
        month = f"{fields['month']}{'' if str(fields['month']) == 'May' else '.'} " if "month" in fields else ""
        parts.append(Text(month, fields["year"]))
        if entry.type in ("inproceedings", "incollection") and "pages" in fields:
            parts.append(_pages_of(fields))
        text = Text(start, " ", Text(", ").join(parts))
        if "doi" in entry.fields:
            doi = entry.fields["doi"]
            text = Text(text, ", doi: ", HRef(f"https://doi.org/{doi}", doi.translate(_SHIELD)), ".")
        elif address := _address(entry):
            text = Text(text.add_period(), " [Online]. Available: ", HRef(address, address.translate(_SHIELD)))
        else:
            text = text.add_period()
        return FormattedEntry(entry.key, text, label)


_NAMED = 6
"""So many authors IEEE names; of more, the first and "et al."."""
_OWN_STYLES = {"apa": AuthorYearStyle, "ieee": NumberedStyle}


def _address(entry: Entry) -> str | None:
    """Return where a reference leads."""
    fields = entry.fields
    if "doi" in fields:
        return f"https://doi.org/{fields['doi']}"
    return fields.get("url") or (f"https://arxiv.org/abs/{fields['eprint']}" if "eprint" in fields else None)


def _given_first(person: Person) -> Text:
    name = " ".join(part for part in (_initials(person.first_names), person.last_names[0]) if part)
    return _text(" ".join([name, *person.lineage_names]))


def _people_in_front(entry: Entry) -> Text:
    role = "author" if "author" in entry.persons else "editor"
    people = list(entry.persons[role])
    others = people[-1].last_names == ["others"]
    named = [_given_first(person) for person in (people[:-1] if others else people)]
    if len(named) > _NAMED or others:
        text = Text(named[0], Tag("em", " et al."))
    elif len(named) > 1:
        text = Text(Text(", ").join(named[:-1]), ", and " if len(named) > 2 else " and ", named[-1])
    else:
        text = named[0]
    return text if role == "author" else Text(text, ", Eds." if len(named) > 1 else ", Ed.")


def _pages_of(fields: dict[str, Text]) -> Text:
    pages = Text("–").join(fields["pages"].split("-"))
    return Text("pp. " if "–" in str(pages) else "p. " if str(pages).isdecimal() else "art. ", pages)


def _place(entry: Entry, fields: dict[str, Text]) -> list[Text]:
    """Return where a work stands: journal or book with its numbers, or who brought it out."""
    numbers = [Text("vol. ", fields["volume"])] if "volume" in fields else []
    if entry.type == "article":
        numbers += [Text("no. ", fields["number"])] if "number" in fields else []
        pages = [_pages_of(fields)] if "pages" in fields else []
        return [*([Tag("em", fields["journal"])] if "journal" in fields else []), *numbers, *pages]
    if entry.type in ("inproceedings", "incollection"):
        parts = [Text("in ", Tag("em", fields.get("booktitle", Text())))]
        if editors := entry.persons.get("editor"):
            names = Text(" and ").join([_given_first(editor) for editor in editors])
            parts.append(Text(names, ", Eds." if len(editors) > 1 else ", Ed."))
        return [*parts, *numbers, *([fields["publisher"]] if "publisher" in fields else [])]
    if entry.type in ("phdthesis", "mastersthesis"):
        kind = fields.get("type", Text("Ph.D. dissertation" if entry.type == "phdthesis" else "M.S. thesis"))
        return [part for part in (kind, fields.get("school")) if part]
    edition = [Text(fields["edition"], " ed.")] if "edition" in fields else []
    report = [Text("Rep. ", fields["number"])] if entry.type == "techreport" and "number" in fields else []
    names = [fields[name] for name in ("institution", "publisher", "howpublished") if fields.get(name)]
    return [*edition, *names, *report]
