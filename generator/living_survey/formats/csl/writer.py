"""Papers as CSL-JSON, for pandoc, Zotero, citation-js and everything else that runs CSL styles.

Schema: csl-data.json 1.0.2, https://github.com/citation-style-language/schema. I/O: none.
"""

import json
from typing import Any

from living_survey.formats.entry import PLAIN, Include, date_of, keywords
from living_survey.model.paper import Paper
from living_survey.model.parts import Author

TYPES = {
    "article": "article-journal",
    "inproceedings": "paper-conference",
    "incollection": "chapter",
    "book": "book",
    "proceedings": "book",
    "thesis": "thesis",
    "report": "report",
    "preprint": "article",
    "dataset": "dataset",
    "software": "software",
    "online": "webpage",
    "misc": "document",
}
FURTHER_FIELDS = {
    "address": "publisher-place",
    "edition": "edition",
    "isbn": "ISBN",
    "issn": "ISSN",
    "type": "genre",
    "language": "language",
    "note": "note",
    "chapter": "chapter-number",
    "version": "version",
    "eventtitle": "event-title",
}
"""Name under ``extra`` → variable."""


def csl_item(paper: Paper, include: Include = PLAIN) -> dict[str, Any]:
    """Return a paper as an item of CSL-JSON."""
    venue, extra = paper.venue, paper.extra or {}
    authors = [_name(author) for author in paper.authors] + ([{"literal": "others"}] if paper.and_others else [])
    own = paper.type in ("book", "proceedings", "thesis", "report", "dataset", "software", "misc")
    item: dict[str, Any] = {
        "id": paper.key,
        "citation-key": paper.key,
        "type": TYPES[paper.type],
        "editor" if paper.edited else "author": authors,
        "title": paper.title.text,
        "issued": {"date-parts": [[int(part) for part in date_of(paper).split("-")]]},
    }
    if paper.editors:
        item["editor"] = [_name(editor) for editor in paper.editors]
    if venue:
        item["publisher" if own else "container-title"] = (venue.publisher if own else None) or venue.name
        if venue.short and not own:
            item["container-title-short"] = venue.short
        if not own:
            item["publisher"] = venue.publisher
        item["collection-title"] = venue.series
        item["volume"] = venue.volume
        item["number" if paper.type == "report" else "issue"] = venue.number
        item["page"] = venue.pages
    if paper.arxiv and paper.type == "preprint":
        item |= {"publisher": "arXiv", "number": f"arXiv:{paper.arxiv}"}
    elif paper.arxiv:
        item["archive"] = "arXiv"
        item["archive_location"] = f"arXiv:{paper.arxiv}"
    item["DOI"] = paper.doi or paper.arxiv_doi
    item["URL"] = paper.reader_url
    for name, variable in FURTHER_FIELDS.items():
        if name in extra and not item.get(variable):
            item[variable] = " ".join(extra[name].split())
    item["keyword"] = keywords(paper)
    if include.abstract:
        item["abstract"] = paper.abstract
    if include.summary:
        item["annote"] = paper.summary or paper.tldr
    return {name: value for name, value in item.items() if value}


def to_csl_json(paper: Paper, include: Include = PLAIN) -> str:
    """Return a paper as the text of one item."""
    return json.dumps(csl_item(paper, include), ensure_ascii=False, indent=1)


def _name(author: Author) -> dict[str, str]:
    if author.team is not None:
        return {"literal": author.team}
    parts = {"family": author.family, "given": author.given, "suffix": author.suffix}
    return {name: part for name, part in parts.items() if part}
