"""What the form on the site knows: vocabularies, the rules of keys, files and names, words, titles, papers as data.

The JSON Schema says what a paper file may say. The rest of what the form's script needs is here, each table and pattern
from the module that defines it: the script has none of its own. I/O: none.
"""

import json
import re
import unicodedata
from collections.abc import Sequence
from functools import cache
from typing import Any

from anyascii import anyascii

from living_survey.formats.dates import YEAR
from living_survey.formats.entry import MONTHS
from living_survey.formats.fields import PAGES_BETWEEN, PAGES_IN_FRONT
from living_survey.formats.names import PATTERNS, WORDS
from living_survey.formats.paper_file import INDICATORS
from living_survey.formats.services import (
    CROSSREF_DATES,
    CROSSREF_RECORD,
    CROSSREF_TYPES,
    DATACITE_RECORD,
    DATACITE_TYPES,
    WITHOUT_CONTAINER,
)
from living_survey.model import identifiers
from living_survey.model.citations import CITATION
from living_survey.model.keys import BETWEEN_WORDS, LONGEST, STOP_WORDS
from living_survey.model.labels import labels
from living_survey.model.paper import FLOW_LISTS, PARAGRAPHS, SHORT_ITEMS, UNQUOTED, WIDTH, Paper
from living_survey.model.parts import WITH_VENUE
from living_survey.model.question import MENTION
from living_survey.model.settings import Services
from living_survey.model.survey import Survey
from living_survey.model.titles import ALIKE, ROMAN, SMALL
from living_survey.syntax.code_spans import CODE
from living_survey.syntax.yaml_reader import NOT_TEXT

_LETTERS = ((0xA0, 0x250), (0x1E00, 0x1F00), (0x2000, 0x20D0), (0x2100, 0x2150))
"""Blocks of Unicode whose letters and signs a form can write in ASCII: Latin, punctuation, currencies, small signs."""


def form_data(survey: Survey) -> dict[str, Any]:
    """Return what a form needs beside the schema."""
    settings = survey.settings
    return {
        "repository": settings.repo_url.rstrip("/"),
        "github": settings.github,
        "branch": settings.branch,
        "folder": settings.papers,
        "services": _services(settings.services),
        "required": list(settings.require),
        "corrections": survey.is_rich,
        "kinds": settings.kinds,
        "themes": [
            {"path": theme.path, "title": " › ".join(part.title for part in survey.taxonomy.line(theme.path))}
            for theme in survey.taxonomy.by_path.values()
        ],
        "facets": {
            name: {"title": facet.title, "values": facet.values}
            for name, facet in settings.facets.items()
            if facet.is_typed
        },
        "attributes": settings.attributes,
        "citation": CITATION, "question": MENTION, "code": CODE,
        "questions": list(survey.questions),
        "key": {"stop": sorted(STOP_WORDS), "longest": LONGEST, "between": BETWEEN_WORDS},
        "likeness": {"alike": ALIKE, "small": sorted(SMALL), "roman": ROMAN},
        "yaml": {
            "width": WIDTH, "unquoted": sorted(UNQUOTED), "paragraphs": sorted(PARAGRAPHS),
            "inline": sorted(FLOW_LISTS), "short_items": SHORT_ITEMS, "not_text": NOT_TEXT, "indicators": INDICATORS,
        },
        "identifiers": {
            "arxiv_doi": identifiers.ARXIV_DOI, "arxiv_doi_pattern": identifiers.ARXIV_DOI_PATTERN,
            "arxiv_ways": identifiers.ARXIV_WAYS, "arxiv_address": identifiers.ARXIV_ADDRESS,
            "arxiv_behind": identifiers.ARXIV_BEHIND, "doi_within": identifiers.DOI_WITHIN,
            "doi_address": identifiers.DOI_ADDRESS, "doi_in_front": identifiers.DOI_IN_FRONT,
            "orcid": identifiers.ORCID_PATTERN,
        },
        "names": {
            **{name: _for_scripts(pattern) for name, pattern in PATTERNS.items()},
            **{name: sorted(words) for name, words in WORDS.items()},
        },
        "records": {
            "months": MONTHS, "year": YEAR, "with_venue": WITH_VENUE, "without_container": WITHOUT_CONTAINER,
            "pages_in_front": PAGES_IN_FRONT, "pages_between": PAGES_BETWEEN,
        },
        "labels": labels("form"),
        "blocks": [{"start": start, "end": end} for start, end in _LETTERS],
        "letters": _letters(),
    }  # fmt: skip


def title_rows(survey: Survey) -> list[dict[str, Any]]:
    """Return what tells the survey's papers apart, an object each, without what is empty.

    It has ``key``, ``title``, ``year``; ``names``, the family names or teams of the authors; ``doi`` and ``arxiv``;
    ``versions`` and ``ids``, the titles and the identifiers of other versions; ``aliases``, former keys;
    ``foreign``, those of other bibliographies.
    """
    foreign: dict[str, list[str]] = {}
    for name, key in survey.foreign_keys.items():
        foreign.setdefault(key, []).append(name)
    return [title_row(paper, foreign.get(paper.key, [])) for paper in survey.papers.values()]


def paper_data(paper: Paper) -> dict[str, Any]:
    """Return what a paper's file says, in its shape."""
    return paper.model_dump(mode="json", exclude={"key"}, exclude_unset=True)


def to_json(data: Any) -> str:
    """Return data as a small file."""
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")) + "\n"


def title_row(paper: Paper, foreign: Sequence[str] = ()) -> dict[str, Any]:
    """Return the row of a paper in `title_rows`."""
    versions = paper.versions or ()
    row = {
        "key": paper.key, "title": paper.title.text, "year": paper.year,
        "names": [author.short_name for author in paper.authors],
        "doi": paper.doi, "arxiv": paper.arxiv,
        "versions": [version.title.text for version in versions],
        "ids": [name for version in versions for name in identifiers.work_ids(version.doi, version.arxiv)],
        "aliases": paper.aliases, "foreign": foreign,
    }  # fmt: skip
    return {name: value for name, value in row.items() if value}


def _services(services: Services) -> dict[str, Any]:
    """Return where each service is asked, where its records stand, and what its words for types mean."""
    return {
        "crossref": {
            "address": services.crossref, "record": CROSSREF_RECORD, "types": CROSSREF_TYPES, "dates": CROSSREF_DATES,
        },
        "datacite": {"address": services.datacite, "record": DATACITE_RECORD, "types": DATACITE_TYPES},
    }  # fmt: skip


def _for_scripts(pattern: str) -> str:
    """Return a pattern as JavaScript reads it, where letters and digits of all scripts are written otherwise."""
    return pattern.replace(r"[^\W\d_]", r"\p{L}").replace(r"[\w-]", r"[\p{L}\p{N}_-]")


@cache
def _letters() -> dict[str, str]:
    """Return how letters are written in ASCII where taking off their accents is not how `anyascii` does it."""
    table = {}
    for start, end in _LETTERS:
        for character in map(chr, range(start, end)):
            without = "".join(part for part in unicodedata.normalize("NFKD", character) if part.isascii())
            if _told(anyascii(character)) != _told(without or " "):
                table[character] = anyascii(character)
    return table


def _told(text: str) -> str:
    """Return what of a text makes keys and words."""
    return re.sub(r"[^a-z0-9]+", " ", text.lower())
