"""Read what services answer: strangers' data, of any shape, with markup in it.

I/O: through `living_survey.lookup.client`.
"""

import html
import re
from typing import Any

from living_survey.formats.names import people_in
from living_survey.formats.record import Record, person, team, tidy
from living_survey.lookup.client import Client, ServiceError


def ask_object(client: Client, service: str, url: str, name: str = "", **secrets: dict[str, str]) -> dict[str, Any]:
    """Return the object in a JSON answer, or the one that it has under a name.

    Raises:
        ServiceError: As `Client.get` does, and if there is no such object.
    """
    answer = client.json(service, url, **secrets)
    found = answer.get(name) if name and isinstance(answer, dict) else answer
    if not isinstance(found, dict):
        client.forget(url)
        raise ServiceError(f"{service} answered without {name or 'a record'}: try again later")
    return found


def mapping(value: Any) -> dict[str, Any]:
    """Return a value that should be an object; empty if it is none."""
    return value if isinstance(value, dict) else {}


def mappings(value: Any) -> list[dict[str, Any]]:
    """Return the objects of a value that should be a list of them."""
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []


def first(value: Any) -> Any:
    """Return the first of a value that should be a list; None if there is none."""
    return value[0] if isinstance(value, list) and value else None


def plain(value: Any) -> str:
    """Return a value as plain text: services put HTML and JATS into titles and abstracts."""
    text = html.unescape(re.sub(r"<[^>]{0,200}>", "", "" if value is None else str(value)))
    return tidy(re.sub(r"\s+", " ", text))


def read_people(people: Any) -> list[dict[str, str]]:
    """Return people given as objects of ``family``, ``given``, ``suffix``, ``ORCID``, or of a group's ``name``."""
    found = []
    for one in mappings(people):
        if one.get("family"):
            author = person(plain(one["family"]), plain(one.get("given")), plain(one.get("suffix")))
            found.append(with_orcid(author, one.get("ORCID")))
        elif one.get("name"):
            found.append(team(plain(one["name"])))
    return found


def read_whole_names(names: list[str], record: Record) -> list[dict[str, str]]:
    """Return people named as they are read, ``Ada de Wren``: particles in small letters belong to the family name."""
    return [person for name in names for person in people_in(name, record.notes)]


def with_orcid(author: dict[str, str], orcid: Any) -> dict[str, str]:
    """Return an author with an ORCID, where one is given as identifier or address."""
    found = re.search(r"(?:\d{4}-){3}\d{3}[\dX]", str(orcid or ""))
    return {**author, "orcid": found[0]} if found and author else author
