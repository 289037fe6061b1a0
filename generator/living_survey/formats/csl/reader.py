"""Read CSL-JSON, as Zotero, pandoc and citation-js write it.

I/O: none.
"""

import json
import re
from typing import Any

from living_survey.formats.fields import ARXIV, clean_pages, put_arxiv, put_date, put_doi, put_url, put_venue
from living_survey.formats.markup import plain_text
from living_survey.formats.names import people_in, put_people
from living_survey.formats.record import (
    FieldReader,
    Reading,
    Record,
    UnreadableError,
    person,
    refusing,
    split_keywords,
    team,
)
from living_survey.model.identifiers import ORCID_PATTERN
from living_survey.syntax.problems import Places
from living_survey.syntax.strange_json import DECODER, half_in, mend

TYPES = {
    "article": "preprint", "article-journal": "article", "article-magazine": "article", "article-newspaper": "article",
    "paper-conference": "inproceedings", "chapter": "incollection", "entry": "incollection",
    "entry-encyclopedia": "incollection", "entry-dictionary": "incollection", "book": "book", "thesis": "thesis",
    "report": "report", "dataset": "dataset", "software": "software", "webpage": "online", "post": "online",
    "post-weblog": "online", "document": "misc", "speech": "misc", "manuscript": "misc",
    # Crossref's own.
    "journal-article": "article", "proceedings-article": "inproceedings", "book-chapter": "incollection",
    "book-section": "incollection", "book-part": "incollection", "reference-entry": "incollection",
    "monograph": "book", "edited-book": "book", "reference-book": "book", "proceedings": "proceedings",
    "dissertation": "thesis", "posted-content": "preprint", "report-component": "report", "database": "dataset",
}  # fmt: skip
"""Type of an item → type of a paper; all others are ``misc``."""
_OWN = ("book", "thesis", "report", "dataset", "software", "misc")
_KEPT = {
    "publisher-place": "address", "genre": "type", "ISBN": "isbn", "ISSN": "issn", "edition": "edition",
    "language": "language", "chapter-number": "chapter", "version": "version",
    "event-title": "eventtitle", "event": "eventtitle",
}  # fmt: skip

_SEVERAL = ("ISBN", "ISSN", "keyword", "subject", "alternative-id")
"""What there may be several of; several texts of a title are parts of it."""
_OF_CROSSREF = {
    "container-title-short": "short-container-title",
    "keyword": "subject",
    "publisher-place": "publisher-location",
}
"""Variable of CSL → Crossref's name of it."""
_BOOKKEEPING = frozenset((
    "indexed", "reference-count", "references-count", "is-referenced-by-count", "content-domain", "created",
    "deposited", "source", "prefix", "member", "score", "resource", "license", "link", "reference", "relation",
    "published", "published-print", "published-online", "journal-issue", "alternative-id", "assertion",
    "update-policy", "issn-type",
    "isbn-type", "original-title", "short-title", "funder", "accepted", "update-to", "publisher-record",
))  # fmt: skip
"""What Crossref's own JSON says of the record rather than of the work."""
_PRIVATE = ("note", "custom", "extra")
"""What is the owner's in these files: Zotero's "Extra" is exported as ``note``."""


def read_csl(text: str, path: str) -> Reading:
    """Read all items of a file: a list of them, or one alone."""
    reading = Reading()
    places = Places(text)
    for start, item in _items(text):
        line = places.find(start)[0]
        if not isinstance(item, dict):
            reading.refused.append((line, str(mend(item))[:40], 'not a CSL-JSON item: expected {"id": …}'))
            continue
        with refusing(reading, line, str(item.get("id", ""))[:40]):
            if half := half_in(item):
                words = f"half a character, U+{ord(half):04X}, which cannot be written: correct it"
                reading.refused.append((line, mend(str(item.get("id", "")))[:40], words))
                continue
            whole = _one_of_each(item)
            record = Record(path, line, str(whole.get("id", "")), position=len(reading.records) + 1)
            _fill(record, whole)
            reading.records.append(record)
    return reading


def _one_of_each(item: dict[str, Any]) -> dict[str, Any]:
    """Return an item in which a list of texts is a text: Crossref's own JSON has lists where CSL has none."""
    whole = dict(item)
    for name, value in item.items():
        if isinstance(value, list) and all(isinstance(one, str) for one in value):
            whole[name] = ("; " if name in _SEVERAL else ": ").join(one for one in value if one.strip())
    if whole.get("subtitle") and isinstance(whole.get("title"), str):
        whole["title"] = f"{whole['title']}: {whole.pop('subtitle')}"
    for name, crossref in _OF_CROSSREF.items():
        if crossref in whole and name not in whole:
            whole[name] = whole.pop(crossref)
    return whole


def _items(text: str) -> list[tuple[int, Any]]:
    """Return (offset, value) of each item."""
    space = re.compile(r"[\s,]*")

    def skip(place: int) -> int:
        found = space.match(text, place)
        return found.end() if found else place

    place = skip(0)
    try:
        if text[place : place + 1] != "[":
            whole = DECODER.raw_decode(text, place)[0]
            whole = whole["message"] if isinstance(whole, dict) and isinstance(whole.get("message"), dict) else whole
            inner = whole.get("items") if isinstance(whole, dict) else None
            return [(place, item) for item in inner] if isinstance(inner, list) else [(place, whole)]
        items = []
        place = skip(place + 1)
        while text[place : place + 1] not in ("]", ""):
            start = place
            value, place = DECODER.raw_decode(text, place)
            items.append((start, value))
            place = skip(place)
        if not text[place : place + 1]:
            raise UnreadableError("invalid JSON: the list is not closed")
    except (json.JSONDecodeError, RecursionError) as error:
        where = f"line {error.lineno}: {error.msg}" if isinstance(error, json.JSONDecodeError) else "nested too deeply"
        raise UnreadableError(f"not JSON: {where}") from None
    return items


def _fill(record: Record, item: dict[str, Any]) -> None:
    take = FieldReader(item, plain_text)
    left = take.left
    for name in ("id", "citation-key"):
        take.raw(name)
    word = take("type")
    kind = TYPES.get(word, "misc")
    if word not in TYPES:
        record.keep("entrytype", word)
    record.put("title", " ".join(take("title").split()))
    authors, editors = (_people(left.pop(role, []), record.notes) for role in ("author", "editor"))
    if not authors and editors:
        authors, editors = editors, []
        record.put("edited", "true")
    put_people(record, "authors", authors)
    put_people(record, "editors", editors)
    _date(record, left)
    put_doi(record, take("DOI"))
    for name in ("number", "archive_location", "note"):
        if ARXIV.fullmatch(text := str(left.get(name, "")).strip()):
            put_arxiv(record, text)
            left.pop(name)
    if record.data.get("arxiv") and str(left.get("archive", "")).lower() == "arxiv":
        left.pop("archive")
    if kind == "preprint" and not record.data.get("arxiv"):
        kind = "article" if left.get("container-title") else "preprint"
    publisher = take("publisher")
    if publisher.lower() == "arxiv" and record.data.get("arxiv"):
        publisher = ""
    own = kind in _OWN
    name = publisher if own else take("container-title")
    short = take("container-title-short") or take("journalAbbreviation")
    number = take("number") if kind == "report" else ""
    put_venue(record, kind, name, {
        "short": "" if own else short, "series": take("collection-title"), "volume": take("volume"),
        "number": number or take("issue"), "pages": clean_pages(take("page")), "publisher": "" if own else publisher,
    })  # fmt: skip
    put_url(record, take("URL"))
    record.put("abstract", take("abstract"))
    record.data["keywords"] = split_keywords(take("keyword"))
    if "reference-count" in left or "indexed" in left:
        named = [name for name in left if name in _BOOKKEEPING]
        record.notes.append(f"Crossref's own records left out: {', '.join(named)}")
        for name in named:
            left.pop(name)
    for variable, target in _KEPT.items():
        record.keep(target, take(variable))
    for variable in _PRIVATE:
        value = left.pop(variable, "")
        record.hold_back(variable, value if isinstance(value, str) else json.dumps(value, ensure_ascii=False))
    for variable, value in left.items():
        record.keep(variable, value if isinstance(value, str) else json.dumps(value, ensure_ascii=False))


def _people(names: Any, notes: list[str]) -> list[dict[str, str]]:
    people = []
    for name in [names] if isinstance(names, str) else names if isinstance(names, list) else []:
        if isinstance(name, str):
            people += people_in(name, notes)
        elif isinstance(name, dict):
            # Crossref's own JSON calls a group's name so.
            if literal := str(name.get("literal") or name.get("name") or ""):
                people.append(team(literal))
                continue
            particles = [str(name.get(part) or "") for part in ("dropping-particle", "non-dropping-particle")]
            family = " ".join(part for part in [*particles, str(name.get("family") or "")] if part)
            one = person(family, str(name.get("given") or ""), str(name.get("suffix") or ""))
            if orcid := re.search(ORCID_PATTERN, str(name.get("ORCID") or name.get("orcid") or "")):
                one["orcid"] = orcid[0]
            people.append(one)
    return [one for one in people if one]


def _date(record: Record, left: dict[str, Any]) -> None:
    issued = left.pop("issued", None)
    if not isinstance(issued, dict):
        if issued:
            put_date(record, str(issued))
        return
    parts = issued.get("date-parts")
    first = parts[0] if isinstance(parts, list) and parts and isinstance(parts[0], list) else parts
    numbers = [str(part) for part in first[:3] if part] if isinstance(first, list) else []
    if numbers:
        put_date(record, *numbers)
        if isinstance(parts, list) and len(parts) > 1 and isinstance(parts[0], list):
            record.keep("date", json.dumps(parts))
    else:
        put_date(record, str(issued.get("raw") or issued.get("literal") or issued.get("date-time") or ""))
    for name in ("season", "circa"):
        if issued.get(name):
            record.keep(name, str(issued[name]))
