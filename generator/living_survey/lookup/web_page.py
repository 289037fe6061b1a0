"""What a paper's own web page says of it, in the tags that publishers put there for Google Scholar and Zotero.

Source: https://scholar.google.com/intl/en/scholar/inclusion.html#indexing. I/O: through `living_survey.lookup.client`.
"""

import re
from html.parser import HTMLParser
from urllib.parse import quote, urlsplit

from living_survey.formats.decoding import decode
from living_survey.formats.fields import put_arxiv, put_date, put_doi, put_url, put_venue
from living_survey.formats.names import people_in, put_people
from living_survey.formats.record import Record
from living_survey.lookup.answers import plain
from living_survey.lookup.client import Client, NotKnownError, is_web_address

_VENUES = (
    ("citation_journal_title", "article"), ("citation_conference_title", "inproceedings"),
    ("citation_inbook_title", "incollection"), ("citation_dissertation_institution", "thesis"),
    ("citation_technical_report_institution", "report"),
)  # fmt: skip
_DATES = ("citation_publication_date", "citation_date", "citation_online_date", "citation_year")


class _Tags(HTMLParser):
    """Collects the ``meta`` elements of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.found: dict[str, list[str]] = {}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        name, content = given.get("name") or given.get("property"), plain(given.get("content"))
        if tag == "meta" and name and content:
            self.found.setdefault(name.lower(), []).append(content)


def read_page(client: Client, address: str) -> Record:
    """Return what the page at an address says of the paper that it shows.

    Raises:
        NotKnownError: If it names no paper.
        ServiceError: As `Client.get` does.
    """
    address = quote(address, safe="%/:?#[]@!$&'()*+,;=~")
    host = urlsplit(address).hostname if is_web_address(address) else ""
    tags = _Tags()
    tags.feed(decode(client.get(host or "it", address, "text/html"))[0])
    record = Record(address, 0, address)

    def one(*names: str) -> str:
        return next((tags.found[name][0] for name in names if name in tags.found), "")

    record.put("title", one("citation_title"))
    if not record.data:
        hint = "give its DOI, its arXiv ID, its title, or a .bib file"
        raise NotKnownError(f"the page {address[:120]} has no citation tags: {hint}")
    names = tags.found.get("citation_author") or re.split(r"\s*;\s*", one("citation_authors"))
    put_people(record, "authors", [person for name in names for person in people_in(name, record.notes)])
    put_date(record, *re.split(r"[/-]", one(*_DATES))[:3])
    if arxiv := one("citation_arxiv_id"):
        put_arxiv(record, arxiv)
    put_doi(record, one("citation_doi", "prism.doi", "bepress_citation_doi"))
    kind, name = next(((kind, one(tag)) for tag, kind in _VENUES if one(tag)), ("misc", ""))
    pages = "-".join(filter(None, [one("citation_firstpage"), one("citation_lastpage")]))
    put_venue(record, kind, name, {
        "volume": one("citation_volume"), "number": one("citation_issue"), "pages": pages,
        "publisher": one("citation_publisher"),
    })  # fmt: skip
    put_url(record, address)
    return record
