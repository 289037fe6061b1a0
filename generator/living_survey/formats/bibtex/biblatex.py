"""Papers as BibLaTeX, for ``biber``: UTF-8, dates in one field, entry types that BibTeX does not have.

Data model: the manual of biblatex 3.18, section 2. I/O: none.
"""

import re

from living_survey.formats.bibtex.writer import join_name, keep_apart, tex_pages, write_entry
from living_survey.formats.entry import PLAIN, Include, date_of, keywords, protected_spans
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
    "titleaddon": "titleaddon", "version": "version", "addendum": "addendum",
}  # fmt: skip
"""Name under ``extra`` → BibLaTeX's."""
_NO_SUCH_FIELD = {
    "article": {"publisher", "location", "institution", "organization", "booktitle", "isbn", "type", "howpublished"},
    "online": {
        "publisher",
        "series",
        "volume",
        "number",
        "pages",
        "booktitle",
        "institution",
        "isbn",
        "issn",
        "location",
    },
}  # fmt: skip
"""What the data model does not have for a type: it goes to the note."""
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
    if kind in _TYPES and not fields.get("type"):
        fields["type"] = _TYPES[kind]
    fields["date"] = date_of(paper)
    if paper.arxiv:
        fields |= {"eprint": paper.arxiv, "eprinttype": "arxiv", "eprintclass": paper.arxiv_class}
    fields["doi"] = paper.doi or paper.arxiv_doi
    fields["url"] = paper.url or (f"https://arxiv.org/abs/{paper.arxiv}" if paper.arxiv_doi else None)
    other_keys = [key for key in [*(paper.aliases or ()), *(paper.source_keys or ())] if _is_key(key)]
    fields["ids"] = ",".join(dict.fromkeys(other_keys))
    fields["keywords"] = escape(keywords(paper))
    fields["abstract"] = escape(paper.abstract or "") if include.abstract else None
    fields["annotation"] = escape(paper.summary or paper.tldr or "") if include.summary else None
    _move_to_note(fields, _NO_SUCH_FIELD.get(kind, set()))
    return {name: value for name, value in fields.items() if value}


def _move_to_note(fields: dict[str, str | None], names: set[str]) -> None:
    """Keep what an entry type has no field for where a reader finds it."""
    moved = [value for name in names & fields.keys() if (value := fields.pop(name))]
    if moved:
        fields["note"] = ". ".join([*filter(None, [fields.get("note")]), *sorted(moved)])


def _is_key(key: str) -> bool:
    return bool(re.fullmatch(r"[^\s,{}\\#%~\"'=()]+", key))
