"""What Crossref says of a DOI or a title. API: https://api.crossref.org. I/O: through `living_survey.lookup.client`."""

from typing import Any
from urllib.parse import quote, urlencode

from living_survey.formats.fields import clean_pages, put_date, put_doi, put_venue
from living_survey.formats.names import put_people
from living_survey.formats.record import Record
from living_survey.formats.services import CROSSREF_DATES, CROSSREF_RECORD, CROSSREF_TYPES, WITHOUT_CONTAINER
from living_survey.lookup.answers import ask_object, first, mapping, mappings, plain, read_people
from living_survey.lookup.client import Client
from living_survey.model.settings import Services


def ask_crossref(client: Client, services: Services, doi: str) -> Record:
    """Return what Crossref says of a DOI."""
    return _read(ask_object(client, "Crossref", f"{services.crossref}/works/{quote(doi, safe='')}", "message"), doi)


def search_crossref(client: Client, services: Services, title: str) -> list[Record]:
    """Return the works that Crossref finds for a title, best first."""
    query = urlencode({"query.bibliographic": title, "rows": 5})
    found = ask_object(client, "Crossref", f"{services.crossref}/works?{query}", "message")
    return [_read(item, str(item["DOI"])) for item in mappings(found.get("items")) if item.get("DOI")]


def _read(item: dict[str, Any], doi: str) -> Record:
    record = Record(f"{CROSSREF_RECORD}{doi}", 0, doi)
    kind = CROSSREF_TYPES.get(str(item.get("type")), "misc")
    subtitle = plain(first(item.get("subtitle")))
    title = plain(first(item.get("title")))
    record.put("title", f"{title}: {subtitle}" if subtitle and subtitle.lower() not in title.lower() else title)
    put_people(record, "authors", read_people(item.get("author")))
    put_people(record, "editors", read_people(item.get("editor")))
    if not record.data.get("authors") and record.data.get("editors"):
        record.put("authors", record.data.pop("editors"))
        record.put("edited", "true")
    for name in CROSSREF_DATES:
        parts = first(mapping(item.get(name)).get("date-parts"))
        if isinstance(parts, list) and parts and parts[0]:
            put_date(record, *(str(part) for part in parts[:3]))
            break
    put_doi(record, str(item.get("DOI", "")))
    whole = kind in WITHOUT_CONTAINER
    publisher = plain(item.get("publisher"))
    name = publisher if whole else plain(first(item.get("container-title")))
    put_venue(record, kind, name, {
        "short": "" if whole else plain(first(item.get("short-container-title"))),
        "volume": plain(item.get("volume")), "number": plain(item.get("issue")),
        "publisher": "" if whole else publisher,
        "pages": clean_pages(plain(item.get("page") or item.get("article-number"))),
    })  # fmt: skip
    record.put("abstract", plain(item.get("abstract")))
    return record
