"""Crossref and DataCite for a form that asks from a reader's browser."""

from urllib.parse import unquote, urlsplit

from tests.local_server import LocalServer, QuietHandler


class Register(LocalServer):
    """A server on this machine that answers other sites as Crossref and DataCite do."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.answers: dict[str, tuple[int, bytes]] = {}
        outer = self

        class Handler(QuietHandler):
            def do_GET(self) -> None:
                path = unquote(urlsplit(self.path).path)
                outer.asked.append(path)
                status, body = outer.answers.get(path, (404, b"Resource not found."))
                self.send_response(status)
                self.send_header("Access-Control-Allow-Origin", "*")
                self.end_headers()
                self.wfile.write(body)

        super().__init__(Handler)
        self.host = self.url.removeprefix("http://")


ARXIV = {
    "data": {
        "attributes": {
            "doi": "10.48550/arxiv.2401.00001",
            "titles": [{"title": "Songs of the reed warbler at night"}],
            "creators": [
                {"name": "de Wren, Ada", "familyName": "de Wren", "givenName": "Ada"},
                {"name": "Heron Team", "nameType": "Organizational"},
            ],
            "publicationYear": 2024,
            "publisher": "arXiv",
            "types": {"resourceTypeGeneral": "Preprint"},
            "url": "https://arxiv.org/abs/2401.00001",
        }
    }
}
