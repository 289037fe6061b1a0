"""What arXiv says of a paper. API: https://info.arxiv.org/help/api/user-manual.html.

I/O: through `living_survey.lookup.client`.
"""

import re
from urllib.parse import urlencode
from xml.etree import ElementTree as ET

from living_survey.formats.fields import put_doi
from living_survey.formats.names import put_people
from living_survey.formats.record import Record, tidy
from living_survey.lookup.answers import read_whole_names
from living_survey.lookup.client import Client, NotKnownError, ServiceError
from living_survey.model.settings import Services

_ATOM = {"a": "http://www.w3.org/2005/Atom", "x": "http://arxiv.org/schemas/atom"}


def ask_arxiv(client: Client, services: Services, identifier: str) -> Record:
    """Return what arXiv says of a paper."""
    entries = _ask(client, f"{services.arxiv}?{urlencode({'id_list': identifier, 'max_results': 1})}")
    if not entries:
        raise NotKnownError(f"arXiv has no record of {identifier}")
    return _read(entries[0], identifier)


def search_arxiv(client: Client, services: Services, title: str) -> list[Record]:
    """Return the papers that arXiv finds for a title, best first."""
    words = " ".join(re.findall(r"\w+", title))
    query = {"search_query": f'ti:"{words}"', "max_results": 5}
    entries = _ask(client, f"{services.arxiv}?{urlencode(query)}")
    return [_read(entry, identifier) for entry in entries if (identifier := _identifier(entry))]


def _ask(client: Client, url: str) -> list[ET.Element]:
    body = client.get("arXiv", url, "application/atom+xml")
    try:
        # A document type is where entities are declared that grow without end; arXiv's answers have none. In UTF-16,
        # which the parser reads too, its letters have zeros between them.
        if b"<!DOCTYPE" in body.replace(b"\0", b""):
            raise ET.ParseError
        feed = ET.fromstring(body)  # noqa: S314  (no document type, size limited)
    except ET.ParseError:
        client.forget(url)
        raise ServiceError("arXiv did not answer with a feed: try again later") from None
    # An identifier that cannot be one is answered with an entry that has a title, "Error", and no date.
    return [entry for entry in feed.findall("a:entry", _ATOM) if entry.find("a:published", _ATOM) is not None]


def _identifier(entry: ET.Element) -> str:
    return re.sub(r"v\d+$", "", tidy(entry.findtext("a:id", "", _ATOM)).rpartition("/abs/")[2])


def _read(entry: ET.Element, identifier: str) -> Record:
    def text(path: str) -> str:
        return tidy(entry.findtext(path, "", _ATOM))

    record = Record(f"https://arxiv.org/abs/{identifier}", 0, identifier)
    record.put("title", text("a:title"))
    names = [tidy(author.findtext("a:name", "", _ATOM)) for author in entry.findall("a:author", _ATOM)]
    put_people(record, "authors", read_whole_names(names, record))
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
