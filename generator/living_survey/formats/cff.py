"""Read the CITATION.cff of a piece of software or a data set.

Citation File Format 1.2, https://citation-file-format.github.io. A file with a preferred citation asks to be cited by
it. I/O: none.
"""

import re
from typing import Any

from living_survey.formats.dates import read_date
from living_survey.formats.fields import clean_pages, put_date, put_doi, put_link, put_url, put_venue
from living_survey.formats.names import put_people
from living_survey.formats.record import FieldReader, Reading, Record, UnreadableError, person, team, tidy
from living_survey.syntax.yaml_reader import read_mapping

TYPES = {
    "article": "article", "magazine-article": "article", "newspaper-article": "article", "proceedings": "proceedings",
    "conference-paper": "inproceedings", "conference": "inproceedings", "book": "book", "edited-work": "book",
    "encyclopedia": "book", "dictionary": "book", "thesis": "thesis", "report": "report", "standard": "report",
    "dataset": "dataset", "data": "dataset", "database": "dataset", "software": "software",
    "software-code": "software", "software-container": "software", "software-executable": "software",
    "website": "online", "blog": "online", "unpublished": "misc", "generic": "misc",
}  # fmt: skip
"""Type of a reference → type of a paper; all others are ``misc``."""


def read_cff(raw: bytes, path: str) -> Reading:
    """Read what a file asks to be cited by; its references are somebody else's choice and are named, not read."""
    document = read_mapping(raw, path)
    if document.problems or not document.data:
        problem = document.problems[0] if document.problems else None
        raise UnreadableError(f"line {problem.line}: {problem.message}" if problem else "the file is empty")
    reading, data = Reading(), document.data
    preferred = data.get("preferred-citation")
    if isinstance(preferred, dict):
        reading.notes.append(
            (1, f"{tidy(str(data.get('title', 'the work itself')))}: its preferred citation is imported")
        )
        line = document.locate(("preferred-citation",))[0]
        fields = preferred
        # A work in press has no year yet; that of the software is the nearest there is.
        released = read_date(str(data.get("date-released") or data.get("year") or "")).year
        if released and not any(preferred.get(name) for name in ("year", "date-released", "date-published")):
            fields = {**preferred, "year": released}
            words = f"the preferred citation has no year: {released}, that of the work itself, is taken"
            reading.notes.append((1, words))
    else:
        line, fields = 1, {**data, "type": data.get("type", "software")}
    record = Record(path, line, position=1)
    _fill(record, fields)
    reading.records.append(record)
    references = data.get("references")
    for index, reference in enumerate(references if isinstance(references, list) else []):
        title = reference.get("title", "") if isinstance(reference, dict) else reference
        place = document.locate(("references", index))[0]
        reading.notes.append((place, f"reference skipped, since it is what the work cites: {tidy(str(title))[:60]}"))
    return reading


def _fill(record: Record, data: dict[str, Any]) -> None:
    take = FieldReader({name: data[name] for name in data if name not in ("cff-version", "message", "references")})
    left = take.left
    word = take("type")
    kind = TYPES.get(word, "misc")
    if word not in TYPES:
        record.keep("entrytype", word)
    record.put("title", take("title"))
    put_people(record, "authors", _people(left.pop("authors", [])))
    put_people(record, "editors", _people(left.pop("editors", [])))
    date = take("date-released") or take("date-published")
    year, month = take("year"), take("month")
    if found := re.fullmatch(r"(\d{4})-(\d\d)-(\d\d)", date):
        year, month, day = (year or found[1], found[2], found[3]) if year in ("", found[1]) else (year, month, "")
    else:
        day = ""
    put_date(record, year, month, day)
    put_doi(record, take("doi"))
    for item in left.pop("identifiers", []):
        if isinstance(item, dict):
            if item.get("type") == "doi" and not record.data.get("doi"):
                put_doi(record, str(item.get("value", "")))
            else:
                record.keep("identifier", str(item.get("value", "")))
    conference = left.pop("conference", None)
    event = tidy(str(conference.get("name", ""))) if isinstance(conference, dict) else ""
    publisher_of = next((left.pop(name) for name in ("publisher", "institution") if name in left), None)
    publisher = (
        tidy(str(publisher_of.get("name", ""))) if isinstance(publisher_of, dict) else tidy(str(publisher_of or ""))
    )
    own = kind in ("book", "proceedings", "thesis", "report", "dataset", "software", "online", "misc")
    collection = take("collection-title")
    name = publisher if own else take("journal") or collection or event
    pages = "-".join(part for part in (take("start"), take("end")) if part) or take("pages")
    put_venue(record, kind, name, {
        "volume": take("volume"), "number": take("issue") or take("number"), "pages": clean_pages(pages),
        "publisher": "" if own else publisher,
    })  # fmt: skip
    if event not in (name, ""):
        record.keep("eventtitle", event)
    put_url(record, take("url"))
    put_link(record, "code", repository) if (repository := take("repository-code")) else None
    record.put("abstract", take("abstract"))
    words = left.pop("keywords", [])
    record.data["keywords"] = [tidy(str(word)) for word in words] if isinstance(words, list) else []
    for name, value in left.items():
        record.keep(name, value if isinstance(value, str) else _flat(value))


def _people(people: Any) -> list[dict[str, str]]:
    found = []
    for one in people if isinstance(people, list) else []:
        if not isinstance(one, dict):
            continue
        if one.get("name"):
            found.append(team(str(one["name"])))
            continue
        particle, family = str(one.get("name-particle") or ""), str(one.get("family-names") or one.get("alias") or "")
        author = person(f"{particle} {family}", str(one.get("given-names") or ""), str(one.get("name-suffix") or ""))
        if orcid := re.search(r"(?:\d{4}-){3}\d{3}[\dX]", str(one.get("orcid") or "")):
            author["orcid"] = orcid[0]
        found.append(author)
    return [one for one in found if one]


def _flat(value: Any) -> str:
    if isinstance(value, dict):
        return ", ".join(f"{name}: {_flat(inner)}" for name, inner in value.items())
    return "; ".join(map(_flat, value)) if isinstance(value, list) else str(value)
