"""What Semantic Scholar says of a paper. API: https://api.semanticscholar.org/api-docs/graph; it wants a key.

I/O: through `living_survey.lookup.client`.
"""

from urllib.parse import quote

from living_survey.formats.fields import clean_pages, put_date, put_doi, put_venue
from living_survey.formats.names import put_people
from living_survey.formats.record import Record
from living_survey.lookup.answers import ask_object, mapping, mappings, plain, read_whole_names
from living_survey.lookup.client import Client
from living_survey.model.settings import Services

_FIELDS = "title,authors,year,venue,publicationVenue,journal,publicationTypes,externalIds,abstract"


def ask_semantic_scholar(client: Client, services: Services, identifier: str, key: str) -> Record:
    """Return what Semantic Scholar says of a paper: ``DOI:10.5555/songs`` or ``ARXIV:2401.00001``."""
    url = f"{services.semantic_scholar}/paper/{quote(identifier, safe=':/')}?fields={_FIELDS}"
    item = ask_object(client, "Semantic Scholar", url, secret_headers={"x-api-key": key})
    record = Record(f"https://api.semanticscholar.org/graph/v1/paper/{identifier}", 0, identifier)
    record.put("title", plain(item.get("title")))
    names = [plain(one.get("name")) for one in mappings(item.get("authors"))]
    put_people(record, "authors", read_whole_names(names, record))
    put_date(record, str(item.get("year") or ""))
    identifiers = mapping(item.get("externalIds"))
    record.put("arxiv", plain(identifiers.get("ArXiv")))
    put_doi(record, plain(identifiers.get("DOI")))
    types, venue, journal = item.get("publicationTypes"), mapping(item.get("publicationVenue")), item.get("journal")
    meeting = venue.get("type") == "conference" or (isinstance(types, list) and "Conference" in types)
    name = plain(venue.get("name") or item.get("venue"))
    journal = mapping(journal)
    put_venue(record, "inproceedings" if meeting else "article", "" if name.lower().startswith("arxiv") else name, {
        "volume": "" if meeting else plain(journal.get("volume")), "pages": clean_pages(plain(journal.get("pages"))),
    })  # fmt: skip
    record.put("abstract", plain(item.get("abstract")))
    return record
