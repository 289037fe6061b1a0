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
from living_survey.syntax.problems import Places
from living_survey.syntax.strange_json import DECODER, half_in, mend

TYPES = {
    "article": "preprint", "article-journal": "article", "article-magazine": "article", "article-newspaper": "article",
    "paper-conference": "inproceedings", "chapter": "incollection", "entry": "incollection",
    "entry-encyclopedia": "incollection", "entry-dictionary": "incollection", "book": "book", "thesis": "thesis",
    "report": "report", "dataset": "dataset", "software": "software", "webpage": "online", "post": "online",
    "post-weblog": "online", "document": "misc", "speech": "misc", "manuscript": "misc",
}  # fmt: skip
"""Type of an item → type of a paper; all others are ``misc``."""
_OWN = ("book", "thesis", "report", "dataset", "software", "misc")
_KEPT = {
    "publisher-place": "address", "genre": "type", "ISBN": "isbn", "ISSN": "issn", "edition": "edition",
    "language": "language", "chapter-number": "chapter", "version": "version",
    "event-title": "eventtitle", "event": "eventtitle",
}  # fmt: skip

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
            record = Record(path, line, str(item.get("id", "")), position=len(reading.records) + 1)
            _fill(record, item)
            reading.records.append(record)
    return reading


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
            people.append(person(family, str(name.get("given") or ""), str(name.get("suffix") or "")))
    return [one for one in people if one]


def _date(record: Record, left: dict[str, Any]) -> None:
    issued = left.pop("issued", None)
    if not isinstance(issued, dict):
        if issued:
            put_date(record, str(issued))
        return
    parts = issued.get("date-parts")
    first = parts[0] if isinstance(parts, list) and parts and isinstance(parts[0], list) else []
    if first:
        put_date(record, *(str(part) for part in first[:3]))
        if isinstance(parts, list) and len(parts) > 1:
            record.keep("date", json.dumps(parts))
    else:
        text = str(issued.get("raw") or issued.get("literal") or "")
        found = re.match(r"(\d{4})(?:-(\d\d?))?(?:-(\d\d?))?", text)
        put_date(record, *([part or "" for part in found.groups()] if found else [text]))
