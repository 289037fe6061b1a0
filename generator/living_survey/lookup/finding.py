"""Find a paper: ask the services that may know it, merge what they say field by field.

I/O: through `living_survey.lookup.client`.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from urllib.parse import unquote

from rapidfuzz import fuzz

from living_survey.formats.record import Record
from living_survey.lookup.arxiv import ask_arxiv, search_arxiv
from living_survey.lookup.client import Client, NotKnownError, ServiceError
from living_survey.lookup.crossref import ask_crossref, search_crossref
from living_survey.lookup.datacite import ask_datacite
from living_survey.lookup.openalex import ask_openalex
from living_survey.lookup.semantic_scholar import ask_semantic_scholar
from living_survey.lookup.web_page import read_page
from living_survey.model.identifiers import ARXIV_DOI, ARXIV_DOI_PATTERN, ARXIV_WAYS, DOI_WITHIN
from living_survey.model.settings import Services
from living_survey.model.words import words

_DOI_IN_ADDRESS = r"\b(10\.\d{4,9}/[^\s\"<>{}\\?#&]+)"
_SURE = 92
"""Likeness in per cent from which two titles are taken for one."""
KEYS = {"OpenAlex": "OPENALEX_API_KEY", "Semantic Scholar": "SEMANTIC_SCHOLAR_API_KEY"}
"""Service → environment variable with the key for it; without the key it is not asked."""


@dataclass(slots=True)
class Found:
    """What the services say of a paper.

    Attributes:
        record: Their answers merged.
        origins: Field → name of the service that it is from.
        differences: What another service says instead, in words.
        consulted: Addresses of the answers.
        failures: Services that gave no answer, in words.
    """

    record: Record
    origins: dict[str, str] = field(default_factory=dict)
    differences: list[str] = field(default_factory=list)
    consulted: list[str] = field(default_factory=list)
    failures: list[str] = field(default_factory=list)


def find_paper(client: Client, services: Services, wanted: str, *, pages: bool = False) -> Found:
    """Find a paper by arXiv id, DOI, an address with one of them in it, or its title.

    Args:
        client: Asks, and has the keys for the services that want one.
        services: Where they are.
        wanted: What somebody typed.
        pages: Also open the page at an address that has neither DOI nor arXiv id in it. Never where a stranger gives
            the address: it could be one inside the network.

    Raises:
        ServiceError: If it is not found, or no service can be asked.
    """
    wanted, search = wanted.strip(), _Search(client, services)
    is_address = bool(re.match(r"https?://", wanted))
    if found := re.fullmatch(ARXIV_WAYS, wanted):
        return search.by_identifier(arxiv=found[1])
    if found := re.search(ARXIV_DOI_PATTERN, wanted, re.IGNORECASE):
        return search.by_identifier(arxiv=re.sub(r"v\d+$", "", found[1]))
    if found := re.search(_DOI_IN_ADDRESS if is_address else DOI_WITHIN, unquote(wanted) if is_address else wanted):
        try:
            return search.by_identifier(doi=found[1].rstrip(".,;)").lower())
        except NotKnownError:  # publishers put more behind it, such as /full or v2
            if not (is_address and pages):
                raise
    if is_address:
        if pages:
            return search.by_page(wanted)
        hint = "give its DOI, its arXiv ID, its title, or a .bib file"
        raise ServiceError(f"no DOI and no arXiv ID in {wanted[:120]}: {hint}")
    return search.by_title(wanted)


Answer = tuple[str, Record]
"""A service's name, and what it says."""


class _Search:
    """One search, and who could not be asked on the way."""

    def __init__(self, client: Client, services: Services) -> None:
        self.client, self.services = client, services
        self.errors: list[ServiceError] = []
        self.differences: list[str] = []

    def by_identifier(self, *, doi: str = "", arxiv: str = "") -> Found:
        """Find it by one identifier, or by two of the same paper."""
        publisher = self._ask_doi(doi) if doi else []
        preprint = self._ask_arxiv(arxiv) if arxiv else []
        others = self._ask_those_with_a_key(doi, arxiv)
        known = [*publisher, *preprint, *others]
        if not known:
            raise self.errors[0]
        # One service not knowing what another one knows is how it is; one that cannot be asked may be missed.
        self.errors = [error for error in self.errors if not isinstance(error, NotKnownError)]
        if not doi and (named := _named(known, "doi")):
            stated = _named(preprint, "doi")
            publisher = self._ask_doi(named.lower())
            # What arXiv itself states is believed, under another title too; what a third party matched is not.
            publisher = publisher if stated else self._confirmed(publisher, known, "doi", named)
        elif not arxiv and (named := _named(known, "arxiv")):
            preprint = self._confirmed(self._ask_arxiv(named), known, "arxiv", named)
        # Where there is a publisher's version, its facts are the ones to cite: they come first.
        return self._merged([*publisher, *preprint, *others])

    def by_page(self, address: str) -> Found:
        """Find it by its own page, and by the identifiers that stand there."""
        page = read_page(self.client, address)
        doi, arxiv = str(page.data.get("doi", "")).lower(), str(page.data.get("arxiv", ""))
        if doi or arxiv:
            try:
                found = self.by_identifier(doi=doi, arxiv=arxiv)
                found.consulted.append(address)
                return found
            except ServiceError:  # it stands in the list of errors, and the page has what is needed
                pass
        return self._merged([("its page", page)])

    def by_title(self, title: str) -> Found:
        """Find the one paper of a title, or name the nearest."""
        found = [record for search in (search_crossref, search_arxiv) for record in self._try_search(search, title)]
        if not found and len(self.errors) == 2:
            raise self.errors[0]
        scored = sorted(((_likeness(title, record), record) for record in found), key=lambda one: -one[0])
        sure = [record for score, record in scored if score >= _SURE]
        if sure and all(_families(sure[0]) & _families(other) for other in sure[1:]):
            # arXiv's record may name the publisher's DOI itself; that is asked for later.
            published = [record.data["doi"] for record in sure if "doi" in record.data and "arxiv" not in record.data]
            preprints = [record.data["arxiv"] for record in sure if "arxiv" in record.data]
            return self.by_identifier(doi=str(next(iter(published), "")).lower(), arxiv=next(iter(preprints), ""))
        words = "several papers have that title" if sure else "no paper of that title was found"
        if scored:
            listed = "".join(f"\n    {record.key}  {_shown(record)}" for _, record in scored[:5])
            words += f"; the nearest are:{listed}\nGive the DOI or the arXiv ID of the one you mean"
        raise NotKnownError("\n".join([words, *map(str, self.errors)]))

    def _try_search(self, search: Callable[[Client, Services, str], list[Record]], title: str) -> list[Record]:
        try:
            return search(self.client, self.services, title)
        except ServiceError as error:
            self.errors.append(error)
            return []

    def _ask(self, service: str, ask: Callable[[], Record]) -> list[Answer]:
        try:
            return [(service, ask())]
        except ServiceError as error:
            self.errors.append(error)
            return []

    def _ask_arxiv(self, identifier: str) -> list[Answer]:
        return self._ask("arXiv", lambda: ask_arxiv(self.client, self.services, identifier))

    def _ask_doi(self, doi: str) -> list[Answer]:
        """Ask Crossref, or DataCite about what Crossref does not know: each DOI is registered at one of them."""
        try:
            return [("Crossref", ask_crossref(self.client, self.services, doi))]
        except NotKnownError:
            return self._ask("DataCite", lambda: ask_datacite(self.client, self.services, doi))
        except ServiceError as error:
            self.errors.append(error)
            return []

    def _ask_those_with_a_key(self, doi: str, arxiv: str) -> list[Answer]:
        answers: list[Answer] = []
        client, services, keys = self.client, self.services, self.client.keys
        if "OpenAlex" in keys:
            known_as = doi or f"{ARXIV_DOI.lower()}{arxiv}"
            answers += self._ask("OpenAlex", lambda: ask_openalex(client, services, known_as, keys["OpenAlex"]))
        if (name := "Semantic Scholar") in keys:
            identifier = f"DOI:{doi}" if doi else f"ARXIV:{arxiv}"
            answers += self._ask(name, lambda: ask_semantic_scholar(client, services, identifier, keys[name]))
        return answers

    def _confirmed(self, new: list[Answer], known: list[Answer], field: str, named: str) -> list[Answer]:
        """Return answers on an identifier that a third party named, if they are about the same title.

        If not, the identifier is taken out of what is known.
        """
        if new and _likeness(str(known[0][1].data.get("title", "")), new[0][1]) >= _SURE:
            return new
        is_other = f"is {_shown(new[0][1])}" if new else "could not be confirmed"
        for service, record in known:
            if record.data.get(field) == named:
                del record.data[field]
                self.differences.append(f"{field}: {service} says {named}, which {is_other}: left out")
        return []

    def _merged(self, answers: list[Answer]) -> Found:
        found = _merge(answers)
        found.failures += map(str, self.errors)
        found.differences += self.differences
        return found


def _named(answers: list[Answer], field: str) -> str:
    return next((str(record.data[field]) for _, record in answers if record.data.get(field)), "")


def _merge(answers: list[Answer]) -> Found:
    """Merge answers field by field; the first that knows a field gives it."""
    name, first = answers[0]
    first.position = 1
    found = Found(first, consulted=[record.path for _, record in answers])
    found.origins = dict.fromkeys(first.data, name)
    preprint = first.data.get("type") == "preprint"
    for name, record in answers[1:]:
        for key, value in record.data.items():
            if key in ("type", "status"):
                continue
            if preprint and key in ("venue", "published"):
                if key == "venue":
                    found.differences.append(f"venue: {name} says {value.get('name')}; the entry is the preprint")
            elif key not in first.data:
                first.data[key] = value
                found.origins[key] = name
            elif key in ("title", "year", "doi") and str(value).casefold() != str(first.data[key]).casefold():
                found.differences.append(f"{key}: {name} says {value}")
            elif key == "authors" and len(value) != len(first.data[key]):
                found.differences.append(f"authors: {name} names {len(value)}, not {len(first.data[key])}")
        for key, value in record.extra.items():
            first.keep(key, value)
    return found


def _likeness(title: str, record: Record) -> float:
    return fuzz.token_sort_ratio(_words(title), _words(str(record.data.get("title", ""))))


def _words(text: str) -> str:
    return " ".join(words(text))


def _families(record: Record) -> set[str]:
    authors: Iterable[dict[str, str]] = record.data.get("authors", ())
    return {_words(author.get("family") or author.get("team") or "") for author in authors}


def _shown(record: Record) -> str:
    authors = record.data.get("authors") or [{}]
    who = authors[0].get("family") or authors[0].get("team") or "no author"
    return f"{who}, {record.data.get('year', 'no year')}: {record.data.get('title', 'no title')}"
