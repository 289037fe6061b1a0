"""arXiv, Crossref and DataCite: what each says of a paper, as a record.

APIs: https://info.arxiv.org/help/api, https://api.crossref.org, https://support.datacite.org/docs/api.
I/O: through `generator.lookup.client`.
"""

import html
import re
from typing import Any
from urllib.parse import quote, urlencode
from xml.etree import ElementTree as ET

from generator.lookup.client import Client, NotKnownError, ServiceError
from generator.settings import Services
from generator.sources.bibtex import read_names
from generator.sources.fields import clean_pages, put_date, put_doi, put_url, put_venue
from generator.sources.record import Record, person, team, tidy

_ATOM = {"a": "http://www.w3.org/2005/Atom", "x": "http://arxiv.org/schemas/atom"}
_CROSSREF_TYPES = {
    "journal-article": "article", "proceedings-article": "inproceedings", "book-chapter": "incollection",
    "book": "book", "monograph": "book", "edited-book": "book", "proceedings": "proceedings",
    "dissertation": "thesis", "report": "report", "posted-content": "preprint", "dataset": "dataset",
}  # fmt: skip
_DATACITE_TYPES = {
    "JournalArticle": "article", "ConferencePaper": "inproceedings", "BookChapter": "incollection", "Book": "book",
    "Dissertation": "thesis", "Report": "report", "Preprint": "preprint", "Dataset": "dataset", "Software": "software",
}  # fmt: skip


def ask_arxiv(client: Client, services: Services, identifier: str) -> Record:
    """Return what arXiv says of a paper."""
    url = f"{services.arxiv}?{urlencode({'id_list': identifier, 'max_results': 1})}"
    body = client.get("arXiv", url, "application/atom+xml")
    # A document type is where entities are declared that grow without end; arXiv's answers have none.
    if b"<!DOCTYPE" in body or b"<!ENTITY" in body:
        client.forget(url)
        raise ServiceError("arXiv answered with something that is not its feed: try again later")
    try:
        feed = ET.fromstring(body)  # noqa: S314  (no document type, size limited)
    except ET.ParseError:
        client.forget(url)
        raise ServiceError("arXiv answered with something that is not its feed: try again later") from None
    entry = feed.find("a:entry", _ATOM)
    if entry is None or entry.find("a:published", _ATOM) is None:
        raise NotKnownError(f"arXiv does not know {identifier}")

    def text(path: str) -> str:
        return tidy(entry.findtext(path, "", _ATOM))

    record = Record(f"https://arxiv.org/abs/{identifier}", 0, identifier)
    record.put("title", text("a:title"))
    names = [tidy(author.findtext("a:name", "", _ATOM)) for author in entry.findall("a:author", _ATOM)]
    # arXiv writes names as they are read; particles in small letters belong to the family name.
    record.put("authors", [one for name in names for one in read_names(name, record.notes)[0]])
    record.put("year", text("a:published")[:4])
    record.put("first_public", text("a:published")[:10])
    record.put("arxiv", re.sub(r"v\d+$", "", identifier))
    category = entry.find("x:primary_category", _ATOM)
    record.put("arxiv_class", category.get("term") if category is not None else "")
    put_doi(record, text("x:doi"))
    record.put("type", "preprint")
    record.put("status", "preprint")
    record.put("abstract", text("a:summary"))
    record.keep("journal-reference", text("x:journal_ref"))
    return record


def ask_doi(client: Client, services: Services, doi: str) -> Record:
    """Return what Crossref, or else DataCite, says of a DOI."""
    try:
        return ask_crossref(client, services, doi)
    except NotKnownError:
        return ask_datacite(client, services, doi)


def ask_crossref(client: Client, services: Services, doi: str) -> Record:
    """Return what Crossref says of a DOI."""
    url = f"{services.crossref}/works/{quote(doi, safe='')}"
    message = _object(client, "Crossref", url, "message")
    record = Record(f"https://api.crossref.org/works/{doi}", 0, doi)
    _fill_crossref(record, message)
    return record


def search_crossref(client: Client, services: Services, title: str) -> list[tuple[str, str]]:
    """Return (DOI, title) of the works that Crossref finds for a title, best first."""
    url = f"{services.crossref}/works?{urlencode({'query.bibliographic': title, 'rows': 5, 'select': 'DOI,title'})}"
    items = _object(client, "Crossref", url, "message").get("items")
    works = [item for item in (items if isinstance(items, list) else []) if isinstance(item, dict)]
    return [(str(item.get("DOI", "")), _plain(_first(item.get("title")))) for item in works if item.get("title")]


def _fill_crossref(record: Record, item: dict[str, Any]) -> None:
    kind = _CROSSREF_TYPES.get(str(item.get("type")), "misc")
    subtitle = _plain(_first(item.get("subtitle")))
    title = _plain(_first(item.get("title")))
    record.put("title", f"{title}: {subtitle}" if subtitle and subtitle.lower() not in title.lower() else title)
    record.put("authors", _people(item.get("author")))
    record.put("editors", _people(item.get("editor")))
    if not record.data.get("authors") and record.data.get("editors"):
        record.put("authors", record.data.pop("editors"))
        record.put("edited", "true")
    for name in ("published-print", "published-online", "issued", "published"):
        parts = item.get(name, {}).get("date-parts") if isinstance(item.get(name), dict) else None
        if isinstance(parts, list) and parts and isinstance(parts[0], list) and parts[0] and parts[0][0]:
            put_date(record, *(str(part) for part in parts[0][:3]))
            break
    put_doi(record, str(item.get("DOI", "")))
    own = kind in ("book", "proceedings", "thesis", "report", "dataset", "misc")
    publisher = _plain(item.get("publisher"))
    name = publisher if own else _plain(_first(item.get("container-title")))
    put_venue(record, kind, name, {
        "short": "" if own else _plain(_first(item.get("short-container-title"))), "volume": _plain(item.get("volume")),
        "number": _plain(item.get("issue")), "publisher": "" if own else publisher,
        "pages": clean_pages(_plain(item.get("page") or item.get("article-number"))),
    })  # fmt: skip
    record.put("abstract", _plain(item.get("abstract")))


def ask_datacite(client: Client, services: Services, doi: str) -> Record:
    """Return what DataCite says of a DOI."""
    url = f"{services.datacite}/dois/{quote(doi, safe='')}"
    data = _object(client, "DataCite", url, "data")
    item = data.get("attributes")
    if not isinstance(item, dict):
        raise ServiceError("DataCite answered without attributes: try again later")
    record = Record(f"https://api.datacite.org/dois/{doi}", 0, doi)
    types = item.get("types")
    general = str(types.get("resourceTypeGeneral")) if isinstance(types, dict) else ""
    kind = _DATACITE_TYPES.get(general, "misc")
    titles = [entry.get("title") for entry in item.get("titles") or [] if isinstance(entry, dict)]
    record.put("title", _plain(_first(titles)))
    people = []
    for creator in item.get("creators") or []:
        if isinstance(creator, dict):
            family, given = str(creator.get("familyName") or ""), str(creator.get("givenName") or "")
            people.append(person(family, given) if family else team(str(creator.get("name") or "")))
    record.put("authors", [one for one in people if any(one.values())])
    put_date(record, str(item.get("publicationYear") or ""))
    put_doi(record, str(item.get("doi") or doi))
    publisher = item.get("publisher")
    name = _plain(publisher.get("name") if isinstance(publisher, dict) else publisher)
    put_venue(record, kind, "" if name.lower() == "arxiv" else name, {})
    put_url(record, str(item.get("url") or ""))
    return record


def _object(client: Client, service: str, url: str, name: str) -> dict[str, Any]:
    answer = client.json(service, url)
    found = answer.get(name) if isinstance(answer, dict) else None
    if not isinstance(found, dict):
        client.forget(url)
        raise ServiceError(f"{service} answered without {name}: try again later")
    return found


def _first(value: Any) -> str:
    return str(value[0]) if isinstance(value, list) and value and value[0] else ""


def _plain(value: Any) -> str:
    """Return a value as plain text: services put HTML and JATS into titles and abstracts."""
    text = html.unescape(re.sub(r"<[^>]{0,200}>", "", str(value or "")))
    return tidy(re.sub(r"\s+", " ", text))


def _people(people: Any) -> list[dict[str, str]]:
    found = []
    for one in people if isinstance(people, list) else []:
        if not isinstance(one, dict):
            continue
        if one.get("family"):
            author = person(_plain(one["family"]), _plain(one.get("given")), _plain(one.get("suffix")))
            if orcid := re.search(r"(?:\d{4}-){3}\d{3}[\dX]", str(one.get("ORCID") or "")):
                author["orcid"] = orcid[0]
            found.append(author)
        elif one.get("name"):
            found.append(team(_plain(one["name"])))
    return found
