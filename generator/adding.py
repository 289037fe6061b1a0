"""Add one paper from an identifier: ask the services, merge what they say, propose themes.

I/O: through `generator.lookup`.
"""

import math
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from anyascii import anyascii
from rapidfuzz import fuzz

from generator.importing import ImportPlan, build_import
from generator.lookup.client import Client, NotKnownError, ServiceError
from generator.lookup.services import ask_arxiv, ask_doi, search_crossref
from generator.settings import Services
from generator.sources.conversion import Wishes
from generator.sources.record import Reading, Record
from generator.survey import Survey

ARXIV_ID = r"(\d{4}\.\d{4,5}|[a-z-]+(?:\.[A-Z]{2})?/\d{7})(?:v\d+)?"
_ARXIV_WAYS = rf"(?:(?i:arxiv:\s*)|https?://(?:www\.|export\.)?arxiv\.org/(?:abs|pdf|html)/)?{ARXIV_ID}(?:\.pdf)?"
_SURE = 92
"""Likeness in per cent from which a title that a service finds is the one that was meant."""


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


def find_paper(client: Client, services: Services, wanted: str) -> Found:
    """Find a paper by arXiv id, DOI, an address with one of them in it, or its title.

    Raises:
        ServiceError: If it is not found, or no service can be asked.
    """
    wanted = wanted.strip()
    if found := re.fullmatch(_ARXIV_WAYS, wanted):
        return _by_arxiv(client, services, found[1])
    if found := re.search(r"10\.48550/arxiv\.(.+)$", wanted, re.IGNORECASE):
        return _by_arxiv(client, services, re.sub(r"v\d+$", "", found[1]))
    if found := re.search(r"\b(10\.\d{4,9}/[^\s\"<>{}\\]+)", wanted):
        return _found([("DOI", ask_doi(client, services, found[1].rstrip(".,;)").lower()))])
    if re.match(r"https?://", wanted):
        hint = "give its DOI, its arXiv id, its title, or a .bib file"
        raise ServiceError(f"no DOI and no arXiv id in {wanted[:120]}: {hint}")
    return _by_title(client, services, wanted)


def _by_arxiv(client: Client, services: Services, identifier: str) -> Found:
    first = ask_arxiv(client, services, identifier)
    answers, failures = [("arXiv", first)], []
    if doi := first.data.get("doi"):
        try:
            # Where there is a publisher's version, its facts are the ones to cite.
            answers.insert(0, ("DOI", ask_doi(client, services, doi)))
        except ServiceError as error:
            failures.append(str(error))
    found = _found(answers)
    found.failures = failures
    return found


def _by_title(client: Client, services: Services, title: str) -> Found:
    candidates = search_crossref(client, services, title)
    likeness = ((fuzz.token_sort_ratio(_words(title), _words(name)), doi, name) for doi, name in candidates)
    scored = sorted(likeness, reverse=True)
    if scored and scored[0][0] >= _SURE and scored[0][1]:
        return _found([("DOI", ask_doi(client, services, scored[0][1]))])
    listed = "".join(f"\n    {doi}  {name}" for _, doi, name in scored[:5])
    hint = f"; the nearest are:{listed}\nGive the DOI or the arXiv id of the one that you mean" if listed else ""
    raise NotKnownError(f"no paper of that title was found{hint}")


def _words(text: str) -> str:
    return " ".join(re.findall(r"[a-z0-9]+", anyascii(text).lower()))


def _found(answers: list[tuple[str, Record]]) -> Found:
    """Merge answers field by field; the first that knows a field gives it."""
    name, first = answers[0]
    first.position = 1
    found = Found(first, consulted=[record.path for _, record in answers])
    found.origins = dict.fromkeys(first.data, name)
    for name, record in answers[1:]:
        for key, value in record.data.items():
            if key in ("type", "status"):
                continue
            if key not in first.data:
                first.data[key] = value
                found.origins[key] = name
            elif key in ("title", "year", "doi") and str(value).casefold() != str(first.data[key]).casefold():
                found.differences.append(f"{key}: {name} says {value}")
            elif key == "authors" and len(value) != len(first.data[key]):
                found.differences.append(f"authors: {name} names {len(value)}, not {len(first.data[key])}")
        for key, value in record.extra.items():
            first.keep(key, value)
    return found


def plan_addition(
    survey: Survey,
    readings: Iterable[tuple[str, Reading]],
    wishes: Wishes,
    *,
    tldr: str = "",
    consulted: Sequence[str] = (),
) -> ImportPlan:
    """Decide what becomes of records that somebody adds by hand. Nothing is written.

    Args:
        survey: The survey that gets the papers.
        readings: (where they are from, what was read).
        wishes: What is added to every record.
        tldr: The paper in one sentence; empty for none.
        consulted: Addresses at which the facts were read.
    """
    plan = build_import(survey, readings, wishes)
    for data in plan.papers.values():
        data.pop("provenance", None)
        if tldr:
            data["tldr"] = tldr
        if consulted:
            data["provenance"] = {"source": "survey-add", "consulted": [*consulted], "checked": wishes.added}
    return plan


def propose_themes(survey: Survey, text: str, count: int = 3) -> list[tuple[str, float]]:
    """Return the themes whose papers read most like a text, with a likeness from 0 to 1, best first.

    Likeness is the cosine of TF-IDF vectors (Salton and Buckley 1988) of the text and of all that a theme's papers say.
    """
    leaves = [theme for theme in survey.taxonomy.by_path.values() if not theme.children]
    texts = {
        theme.path: " ".join([theme.title, theme.definition, *(_said(paper) for paper in survey.by_theme[theme.path])])
        for theme in leaves
    }
    counts = {path: Counter(_terms(said)) for path, said in texts.items()}
    spread = Counter(term for found in counts.values() for term in found)
    weights = {term: math.log((1 + len(counts)) / (1 + number)) + 1 for term, number in spread.items()}

    def vector(terms: Counter[str]) -> dict[str, float]:
        raw = {term: (1 + math.log(number)) * weights[term] for term, number in terms.items() if term in weights}
        length = math.sqrt(sum(value * value for value in raw.values())) or 1.0
        return {term: value / length for term, value in raw.items()}

    own = vector(Counter(_terms(text)))
    scored = []
    for path, found in counts.items():
        other = vector(found)
        scored.append((path, sum(value * other.get(term, 0.0) for term, value in own.items())))
    return sorted(scored, key=lambda one: (-one[1], one[0]))[:count]


def _said(paper: Any) -> str:
    return " ".join(filter(None, [paper.title, paper.tldr, paper.summary, paper.abstract]))


def _terms(text: str) -> Iterable[str]:
    return [word for word in re.findall(r"[a-z]{3,}", anyascii(text).lower()) if word not in _COMMON]


_COMMON_WORDS = (
    "and are but can for from has have into its not our that the their them these they this with which while using "
    "used use based more than such also paper show results propose method approach model models"
)
_COMMON = frozenset(_COMMON_WORDS.split())
