"""What OpenAlex says of a DOI. API: https://developers.openalex.org; it wants a key, which is free.

I/O: through `living_survey.lookup.client`.
"""

import re
from typing import Any
from urllib.parse import quote

from living_survey.formats.fields import clean_pages, put_date, put_doi, put_venue
from living_survey.formats.names import put_people
from living_survey.formats.record import Record
from living_survey.lookup.answers import ask_object, mapping, mappings, plain, read_whole_names, with_orcid
from living_survey.lookup.client import Client
from living_survey.model.settings import Services

_TYPES = {
    "article": "article", "book": "book", "book-chapter": "incollection", "dissertation": "thesis",
    "report": "report", "preprint": "preprint", "dataset": "dataset", "software": "software",
}  # fmt: skip


def ask_openalex(client: Client, services: Services, doi: str, key: str) -> Record:
    """Return what OpenAlex says of a DOI; arXiv's own DOIs are known there too."""
    url = f"{services.openalex}/works/doi:{quote(doi, safe='/')}"
    item = ask_object(client, "OpenAlex", url, secret_query={"api_key": key})
    record = Record(f"https://api.openalex.org/works/doi:{doi}", 0, doi)
    record.put("title", plain(item.get("title")))
    people: list[dict[str, str]] = []
    for authorship in mappings(item.get("authorships")):
        author = mapping(authorship.get("author"))
        name = plain(author.get("display_name") or authorship.get("raw_author_name"))
        people += [with_orcid(one, author.get("orcid")) for one in read_whole_names([name], record)]
    put_people(record, "authors", people)
    put_date(record, str(item.get("publication_year") or ""))
    put_doi(record, str(item.get("doi") or doi))
    locations = [mapping(item.get("primary_location")), *mappings(item.get("locations"))]
    for location in locations:
        if found := re.search(r"arxiv\.org/abs/([\w./-]+?)(?:v\d+)?$", str(location.get("landing_page_url") or "")):
            record.data.setdefault("arxiv", found[1])
    _put_venue(record, item, mapping(locations[0].get("source")))
    return record


def _put_venue(record: Record, item: dict[str, Any], source: dict[str, Any]) -> None:
    kind = _TYPES.get(str(item.get("type")), "misc")
    venue = source.get("type") in ("journal", "conference", "book series")
    if kind == "article" and source.get("type") == "conference":
        kind = "inproceedings"
    biblio = mapping(item.get("biblio"))
    pages = "-".join(filter(None, [plain(biblio.get("first_page")), plain(biblio.get("last_page"))]))
    put_venue(record, kind, plain(source.get("display_name")) if venue else "", {
        "volume": plain(biblio.get("volume")), "number": plain(biblio.get("issue")), "pages": clean_pages(pages),
    })  # fmt: skip
