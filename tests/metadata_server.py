"""A server on this machine that answers as metadata services and publishers do, or as a test tells it to."""

import json
from collections.abc import Callable, Iterable
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from tests.local_server import LocalServer, QuietHandler

ARXIV = """<?xml version="1.0" encoding="UTF-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xmlns:arxiv="http://arxiv.org/schemas/atom"><entry>
<id>http://arxiv.org/abs/2401.00001v2</id><published>2024-01-02T10:00:00Z</published>
<title>Songs of the
  reed warbler at night</title><summary>We recorded the song of reed warblers. They sing at night.</summary>
<author><name>Ada de Wren</name></author><author><name>Bo Finch</name></author>
<arxiv:primary_category term="q-bio.PE"/>%s</entry></feed>"""
CROSSREF: dict[str, Any] = {
    "type": "journal-article",
    "DOI": "10.5555/songs",
    "title": ["Songs of the <i>reed warbler</i> at night &amp; day"],
    "author": [
        {"given": "Ada", "family": "de Wren", "ORCID": "http://orcid.org/0000-0002-1825-0097"},
        {"name": "Bird Board"},
    ],
    "container-title": ["Ibis Letters"],
    "volume": "3",
    "page": "1-9",
    "issued": {"date-parts": [[2025, 2]]},
    "publisher": "Feather Press",
}
DATACITE = {
    "data": {
        "attributes": {
            "doi": "10.5555/data",
            "titles": [{"title": "Tracks of cranes"}],
            "creators": [{"familyName": "Crane", "givenName": "C."}],
            "publicationYear": 2023,
            "publisher": "Field Archive",
            "types": {"resourceTypeGeneral": "Dataset"},
        }
    }
}
OPENALEX = {
    "title": "Songs of the reed warbler at night &amp; day",
    "doi": "https://doi.org/10.5555/songs",
    "publication_year": 2025,
    "type": "article",
    "authorships": [
        {"author": {"display_name": "Ada de Wren", "orcid": "https://orcid.org/0000-0002-1825-0097"}},
        {"author": {"display_name": "Bo Finch"}},
    ],
    "primary_location": {"source": {"display_name": "Ibis Letters", "type": "journal"}},
    "locations": [{"landing_page_url": "http://arxiv.org/abs/2401.00001v2"}],
    "biblio": {"volume": "3", "issue": "4", "first_page": "1", "last_page": "9"},
}
SEMANTIC_SCHOLAR = {
    "title": "Songs of the reed warbler at night",
    "year": 2025,
    "authors": [{"name": "A. de Wren"}, {"name": "B. Finch"}],
    "externalIds": {"ArXiv": "2401.00001", "DOI": "10.5555/songs"},
    "publicationVenue": {"name": "Ibis Letters", "type": "journal"},
    "journal": {"volume": "3", "pages": "1-9"},
}
PAGE = """<!doctype html><html><head><meta charset="utf-8"><title>x</title>
<meta name="citation_title" content="Gulls &amp; terns on the wing">
<meta name="citation_author" content="Tern, Té"><meta name="citation_author" content="Ursula Gull">
<meta name="citation_publication_date" content="2023/04/05">
<meta name="citation_conference_title" content="Conference on Gulls">
<meta name="citation_firstpage" content="7"><meta name="citation_lastpage" content="12">%s
</head><body><p>Text</p></body></html>"""
Answer = tuple[int, dict[str, str], bytes | Iterable[bytes]]


class MetadataServer(LocalServer):
    """Its ``answers`` say what it answers to a path; ``asked`` is what it was asked, and by whom.

    A body in parts is sent a part at a time, as fast as they are made.
    """

    def __init__(self) -> None:
        self.asked: list[tuple[str, str]] = []
        self.headers: list[dict[str, str]] = []
        self.answers: Callable[[str], Answer] = usual
        outer = self

        class Handler(QuietHandler):
            def do_GET(self) -> None:
                outer.asked.append((self.path, self.headers["User-Agent"]))
                outer.headers.append({name.lower(): value for name, value in self.headers.items()})
                status, headers, body = outer.answers(self.path)
                self.send_response(status)
                for name, value in headers.items():
                    self.send_header(name, value)
                self.end_headers()
                for part in [body] if isinstance(body, bytes) else body:
                    self.wfile.write(part)

        super().__init__(Handler)


def usual(path: str) -> Answer:
    """Answer as the services do."""
    parts = urlsplit(path)
    if parts.path == "/arxiv":
        query = parse_qs(parts.query)
        title = 'ti:"Songs of the reed warbler at night"'
        known = query.get("id_list") == ["2401.00001"] or query.get("search_query") == [title]
        return 200, {}, (ARXIV % "" if known else '<feed xmlns="http://www.w3.org/2005/Atom"/>').encode()
    if parts.path == "/crossref/works":
        other = {"DOI": "10.5555/x", "title": ["Other"], "author": [{"family": "Otter"}], "issued": {}}
        return 200, {}, json.dumps({"message": {"items": [CROSSREF, other]}}).encode()
    known_works = {
        "/crossref/works/10.5555/songs": {"message": CROSSREF},
        "/datacite/dois/10.5555/data": DATACITE,
        "/openalex/works/doi:10.5555/songs": OPENALEX,
        "/semantic_scholar/paper/ARXIV:2401.00001": SEMANTIC_SCHOLAR,
        "/semantic_scholar/paper/DOI:10.5555/songs": SEMANTIC_SCHOLAR,
    }
    if work := known_works.get(unquote(parts.path)):
        return 200, {}, json.dumps(work).encode()
    if parts.path == "/page":
        return 200, {"Content-Type": "text/html"}, (PAGE % "").encode()
    return 404, {}, b"Resource not found."
