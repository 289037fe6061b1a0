"""What the form on the site knows of the survey: vocabularies, the rules of keys and files, titles, papers as data.

The JSON Schema says what a paper file may say; this says what only the survey can. I/O: none.
"""

import json
import re
import unicodedata
from functools import cache
from typing import Any

from anyascii import anyascii

from living_survey.model.citations import CITATION
from living_survey.model.identifiers import work_ids
from living_survey.model.keys import LONGEST, STOP_WORDS
from living_survey.model.paper import FLOW_LISTS, PARAGRAPHS, UNQUOTED, WIDTH, Paper
from living_survey.model.survey import Survey
from living_survey.model.titles import ALIKE, ROMAN, SMALL
from living_survey.syntax.code_spans import CODE

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
        "services": {"crossref": settings.services.crossref, "datacite": settings.services.datacite},
        "required": list(settings.require),
        "corrections": survey.is_rich,
        "kinds": settings.kinds,
        "themes": [
            [theme.path, " › ".join(part.title for part in survey.taxonomy.line(theme.path))]
            for theme in survey.taxonomy.by_path.values()
        ],
        "facets": {name: {"title": facet.title, "values": facet.values} for name, facet in settings.facets.items()},
        "attributes": settings.attributes,
        "citation": CITATION, "code": CODE,
        "key": {"stop": sorted(STOP_WORDS), "longest": LONGEST},
        "likeness": {"alike": ALIKE, "small": sorted(SMALL), "roman": ROMAN},
        "yaml": {
            "width": WIDTH, "unquoted": sorted(UNQUOTED), "paragraphs": sorted(PARAGRAPHS),
            "inline": sorted(FLOW_LISTS),
        },
        "blocks": _LETTERS,
        "letters": _letters(),
    }  # fmt: skip


def title_rows(survey: Survey) -> list[list[Any]]:
    """Return what tells the survey's papers apart, a row each.

    A row is key, title, year, family names or teams of the authors, DOI, arXiv id, titles of other versions,
    identifiers of other versions, former keys; empty ends are left out.
    """
    return [_row(paper) for paper in survey.papers.values()]


def paper_data(paper: Paper) -> dict[str, Any]:
    """Return what a paper's file says, in its shape."""
    return paper.model_dump(mode="json", exclude={"key"}, exclude_unset=True)


def to_json(data: Any) -> str:
    """Return data as a small file."""
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")) + "\n"


def _row(paper: Paper) -> list[Any]:
    versions = paper.versions or ()
    row = [
        paper.key, paper.title, paper.year, [author.short_name for author in paper.authors],
        paper.doi or "", paper.arxiv or "",
        [version.title for version in versions],
        [name for version in versions for name in work_ids(version.doi, version.arxiv)],
        list(paper.aliases or ()),
    ]  # fmt: skip
    while not row[-1]:
        row.pop()
    return row


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
