"""Papers as BibLaTeX, for ``biber``: UTF-8, dates in one field, entry types that BibTeX does not have.

Data model: the manual of biblatex 3.18, section 2. I/O: none.
"""

import re
from collections.abc import Callable

from living_survey.formats.bibtex.writer import join_name, keep_apart, tex_pages, write_entry
from living_survey.formats.entry import PLAIN, Include, date_of, keywords, protected_spans
from living_survey.formats.languages import babel_name
from living_survey.model.paper import Paper

_TYPES = {"thesis": "phdthesis", "report": "techreport"}
_VENUE_FIELDS = {
    "article": "journaltitle",
    "inproceedings": "booktitle",
    "incollection": "booktitle",
    "book": "publisher",
    "collection": "publisher",
    "proceedings": "publisher",
    "dataset": "publisher",
    "software": "publisher",
    "thesis": "institution",
    "report": "institution",
    "online": "organization",
    "misc": "howpublished",
}
_FURTHER_FIELDS = {
    "journal": "journaltitle", "journaltitle": "journaltitle", "booktitle": "booktitle", "school": "institution",
    "institution": "institution", "organization": "organization", "publisher": "publisher", "series": "series",
    "volume": "volume", "number": "number", "pages": "pages", "howpublished": "howpublished", "address": "location",
    "edition": "edition", "chapter": "chapter", "type": "type", "isbn": "isbn", "issn": "issn", "note": "note",
    "eventtitle": "eventtitle", "venue": "venue", "language": "language", "pagetotal": "pagetotal",
    "titleaddon": "titleaddon", "version": "version", "addendum": "addendum", "urldate": "urldate",
    "maintitle": "maintitle", "mainsubtitle": "mainsubtitle", "pubstate": "pubstate",
}  # fmt: skip
"""Name under ``extra`` → BibLaTeX's."""
_UNKNOWN = {
    "article": (
        "booktitle chapter edition eventtitle howpublished institution isbn location mainsubtitle "
        "maintitle organization pagetotal publisher type venue"
    ),
    "inproceedings": "edition howpublished institution issn journaltitle pagetotal type version",
    "incollection": ("eventtitle howpublished institution issn journaltitle organization pagetotal type venue version"),
    "book": "booktitle eventtitle howpublished institution issn journaltitle organization type venue version",
    "collection": ("booktitle eventtitle howpublished institution issn journaltitle organization type venue version"),
    "proceedings": "author booktitle edition howpublished institution issn journaltitle type version",
    "thesis": (
        "booktitle edition eventtitle howpublished isbn issn journaltitle mainsubtitle maintitle number "
        "organization publisher series venue version volume"
    ),
    "report": (
        "booktitle edition eventtitle howpublished isbn issn journaltitle mainsubtitle maintitle "
        "organization publisher series venue volume"
    ),
    "dataset": (
        "booktitle chapter eventtitle howpublished institution isbn issn journaltitle mainsubtitle "
        "maintitle pages pagetotal venue volume"
    ),
    "software": (
        "booktitle chapter edition eventtitle institution isbn issn journaltitle mainsubtitle "
        "maintitle number pages pagetotal publisher series venue volume"
    ),
    "online": (
        "booktitle chapter edition eventtitle howpublished institution isbn issn journaltitle location "
        "mainsubtitle maintitle number pages pagetotal publisher series type venue volume"
    ),
    "misc": (
        "booktitle chapter edition eventtitle institution isbn issn journaltitle mainsubtitle maintitle "
        "number pages pagetotal publisher series venue volume"
    ),
}
_NO_SUCH_FIELD = {kind: frozenset(names.split()) for kind, names in _UNKNOWN.items()}
"""What the data model does not have for a type."""
_TOLD = {
    "volume": "volume {}", "number": "number {}", "pages": "pages {}", "series": "{}", "publisher": "{}",
    "location": "{}", "institution": "{}", "organization": "{}", "booktitle": "{}", "journaltitle": "{}",
    "maintitle": "{}", "howpublished": "{}", "edition": "edition {}", "type": "{}", "version": "version {}",
}  # fmt: skip
"""What of it goes to the note, where a reader finds it; all else is left out, and stays in the paper's file."""
_SPECIAL = str.maketrans(
    {
        "`": r"\textasciigrave{}",
        "\\": r"\textbackslash{}", "{": r"\textbraceleft{}", "}": r"\textbraceright{}", "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}", "$": r"\$", "%": r"\%", "&": r"\&", "#": r"\#", "_": r"\_",
    }
)  # fmt: skip


def entry_type(paper: Paper) -> str:
    """Return the type of a paper's BibLaTeX entry."""
    if paper.type == "book" and paper.edited:
        return "collection"
    return "online" if paper.type == "preprint" else paper.type


def escape(text: str) -> str:
    """Return text with commands for what TeX reads otherwise; all other characters stay."""
    return keep_apart(text.translate(_SPECIAL))


def to_biblatex(paper: Paper, include: Include = PLAIN) -> str:
    """Return a paper as one BibLaTeX entry, with a final newline.

    Raises:
        ValueError: If the braces of a field do not match.
    """
    return write_entry(entry_type(paper), paper.key, biblatex_fields(paper, include))


def biblatex_fields(paper: Paper, include: Include = PLAIN) -> dict[str, str]:
    """Return the fields of an entry in order, escaped."""
    kind = entry_type(paper)
    venue, extra = paper.venue, paper.extra or {}
    names = [join_name(author, escape) for author in paper.authors] + (["others"] if paper.and_others else [])
    fields: dict[str, str | None] = {
        "editor" if paper.edited else "author": " and ".join(names),
        "title": paper.title.to_tex(escape, protected_spans(paper)),
    }
    if venue:
        name = _VENUE_FIELDS[kind]
        if name in ("publisher", "institution"):
            fields[name] = escape(venue.publisher or venue.name)
        else:
            fields[name] = escape(venue.name)
            fields["publisher"] = escape(venue.publisher or "")
        fields["series"] = escape(venue.series or "")
        fields["volume"] = escape(venue.volume or "")
        fields["number"] = escape(venue.number or "")
        fields["pages"] = tex_pages(venue.pages or "")
    if paper.editors:
        fields["editor"] = " and ".join(join_name(editor, escape) for editor in paper.editors)
    for name, target in _FURTHER_FIELDS.items():
        if name in extra and not fields.get(target):
            fields[target] = escape(" ".join(extra[name].split()))
    for name, check in (("isbn", _is_isbn), ("issn", _is_issn)):
        fields[name] = _valid(extra.get(name, ""), check)
    if not re.fullmatch(r"\d{4}(?:-\d\d){0,2}", fields.get("urldate") or ""):
        fields.pop("urldate", None)
    fields["langid"] = babel_name(extra.get("language", ""))
    if kind in _TYPES and not fields.get("type"):
        fields["type"] = _TYPES[kind]
    fields["date"] = date_of(paper)
    if paper.arxiv:
        fields |= {"eprint": paper.arxiv, "eprinttype": "arxiv", "eprintclass": paper.arxiv_class}
    fields["doi"] = paper.doi or paper.arxiv_doi
    fields["url"] = paper.url or (f"https://arxiv.org/abs/{paper.arxiv}" if paper.arxiv_doi else None)
    other_keys = [
        key for key in [*(paper.aliases or ()), *(paper.source_keys or ())] if _is_key(key) and key != paper.key
    ]
    fields["ids"] = ",".join(dict.fromkeys(other_keys))
    fields["keywords"] = escape(keywords(paper))
    fields["abstract"] = escape(paper.abstract or "") if include.abstract else None
    fields["annotation"] = escape(paper.summary or paper.tldr or "") if include.summary else None
    _move_to_note(fields, _NO_SUCH_FIELD[kind])
    return {name: value for name, value in fields.items() if value}


def _move_to_note(fields: dict[str, str | None], names: frozenset[str]) -> None:
    """Keep what an entry type has no field for where a reader finds it."""
    taken = {name: fields.pop(name) for name in names & fields.keys()}
    moved = [form.format(value) for name, form in _TOLD.items() if (value := taken.get(name))]
    if moved:
        fields["note"] = ". ".join([*filter(None, [fields.get("note")]), *moved])


def _valid(numbers: str, check: Callable[[str], bool]) -> str:
    """Return the first of some ISBNs or ISSNs whose check digit is right, which biber asks for."""
    return next((number for number in re.split(r"[;,\s]+", numbers) if check(number)), "")


def _is_isbn(text: str) -> bool:
    digits = text.replace("-", "").upper()
    if re.fullmatch(r"\d{13}", digits):
        return sum(int(digit) * (3 if n % 2 else 1) for n, digit in enumerate(digits)) % 10 == 0
    return bool(re.fullmatch(r"\d{9}[\dX]", digits)) and _weighted(digits)


def _is_issn(text: str) -> bool:
    return bool(re.fullmatch(r"\d{4}-?\d{3}[\dXx]", text)) and _weighted(text.replace("-", "").upper())


def _weighted(digits: str) -> bool:
    return sum((len(digits) - n) * (10 if digit == "X" else int(digit)) for n, digit in enumerate(digits)) % 11 == 0


def _is_key(key: str) -> bool:
    return bool(re.fullmatch(r"[^\s,{}\\#%~\"'=()]+", key))
