"""A server on this machine that answers as arXiv, Crossref and DataCite do, or as a test tells it to."""

import http.server
import json
import threading
from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

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
Answer = tuple[int, dict[str, str], bytes]


class MetadataServer:
    """Its ``answers`` say what it answers to a path; ``asked`` is what it was asked, and by whom."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, str]] = []
        self.answers: Callable[[str], Answer] = usual
        outer = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                outer.asked.append((self.path, self.headers["User-Agent"]))
                status, headers, body = outer.answers(self.path)
                self.send_response(status)
                for name, value in headers.items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_: object) -> None:
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_address[1]}"

    def start(self) -> threading.Thread:
        """Serve until `stop`."""
        thread = threading.Thread(target=self.server.serve_forever)
        thread.start()
        return thread

    def stop(self, thread: threading.Thread) -> None:
        """Stop serving."""
        self.server.shutdown()
        thread.join()
        self.server.server_close()


def usual(path: str) -> Answer:
    """Answer as the services do."""
    parts = urlsplit(path)
    if parts.path == "/arxiv":
        known = parse_qs(parts.query)["id_list"] == ["2401.00001"]
        return 200, {}, (ARXIV % "" if known else '<feed xmlns="http://www.w3.org/2005/Atom"/>').encode()
    if parts.path == "/crossref/works":
        items = [{"DOI": "10.5555/songs", "title": CROSSREF["title"]}, {"DOI": "10.5555/x", "title": ["Other"]}]
        return 200, {}, json.dumps({"message": {"items": items}}).encode()
    if unquote(parts.path) == "/crossref/works/10.5555/songs":
        return 200, {}, json.dumps({"message": CROSSREF}).encode()
    if unquote(parts.path) == "/datacite/dois/10.5555/data":
        return 200, {}, json.dumps(DATACITE).encode()
    return 404, {}, b"Resource not found."
