"""What DataCite says of a DOI. API: https://support.datacite.org/docs/api.

I/O: through `living_survey.lookup.client`.
"""

from urllib.parse import quote

from living_survey.formats.fields import put_date, put_doi, put_url, put_venue
from living_survey.formats.names import put_people
from living_survey.formats.record import Record, person, team
from living_survey.formats.services import DATACITE_RECORD, DATACITE_TYPES
from living_survey.lookup.answers import ask_object, first, mapping, mappings, plain
from living_survey.lookup.client import Client, ServiceError
from living_survey.model.settings import Services


def ask_datacite(client: Client, services: Services, doi: str) -> Record:
    """Return what DataCite says of a DOI."""
    data = ask_object(client, "DataCite", f"{services.datacite}/dois/{quote(doi, safe='')}", "data")
    item = data.get("attributes")
    if not isinstance(item, dict):
        raise ServiceError("DataCite answered without attributes: try again later")
    record = Record(f"{DATACITE_RECORD}{doi}", 0, doi)
    kind = DATACITE_TYPES.get(str(mapping(item.get("types")).get("resourceTypeGeneral")), "misc")
    record.put("title", plain(mapping(first(item.get("titles"))).get("title")))
    people = []
    for creator in mappings(item.get("creators")):
        family, given = plain(creator.get("familyName")), plain(creator.get("givenName"))
        people.append(person(family, given) if family else team(plain(creator.get("name"))))
    put_people(record, "authors", people)
    put_date(record, str(item.get("publicationYear") or ""))
    put_doi(record, str(item.get("doi") or doi))
    publisher = item.get("publisher")
    name = plain(publisher.get("name") if isinstance(publisher, dict) else publisher)
    put_venue(record, kind, "" if name.lower() == "arxiv" else name, {})
    put_url(record, str(item.get("url") or ""))
    return record
