"""What a reader's selection needs: the entries of papers to take away, what is put side by side, what tells them apart.

Entries are those of bibliographies, so that a file that is joined in a browser is what `survey export` writes. They lie
in parts, by a checksum of the key: a paper that comes or goes changes one part of each kind. I/O: none.
"""

from collections.abc import Iterator, Mapping
from typing import Any
from zlib import crc32

from living_survey.formats.bibtex.fields import NOT_ONLY_ARXIV
from living_survey.formats.entry import PLAIN
from living_survey.formats.fields import ARXIV, BARE_ARXIV
from living_survey.formats.references.pybtex_styles import NUMBERED, STYLES, plain_reference
from living_survey.formats.writers import CSV, FORMATS, KEYS, Format
from living_survey.model import addresses, identifiers
from living_survey.model.labels import label, labels
from living_survey.model.paper import Paper
from living_survey.model.parts import GRAVE
from living_survey.model.published import published_version
from living_survey.model.survey import Survey
from living_survey.pages.compare import compare_row
from living_survey.pages.renderer import Renderer
from living_survey.pages.ways_to_cite import References
from living_survey.publish.form import title_row, to_json

_ALWAYS = ("bibtex", "ris")
"""Formats that are there however many papers a survey has."""
_MARKS = {"latex": "", "pandoc": "@"}
"""What stands in front of a key in a citation, by format."""
_ENTRIES, _FACTS = 256, 32
"""Papers in a part, at most on average: of entries, of which many are taken at once; of what a few are compared by."""


def build_entries(renderer: Renderer, form: Format, entries: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Yield (path, text) of the parts of the entries in one of the formats of bibliographies."""
    if renderer.rich or form.name in _ALWAYS:
        yield from _parts(form.name, entries, len(renderer.survey.papers), _ENTRIES)


def build_files(renderer: Renderer) -> Iterator[tuple[str, str]]:
    """Yield (path, text) of all other files: CSV, references, names, facts, what scripts have to know."""
    survey, count = renderer.survey, len(renderer.survey.papers)
    if renderer.rich:
        rows = {key: CSV.entry(paper, PLAIN) for key, paper in survey.papers.items()}
        yield from _parts(CSV.name, rows, count, _ENTRIES)
        references = renderer.once(References)
        for style in STYLES:
            texts = {key: plain_reference(references.of(paper, style)) for key, paper in survey.papers.items()}
            yield from _parts(style, texts, count, _ENTRIES)
    yield from _parts("names", _names(survey), count, _ENTRIES)
    facts = {key: compare_row(survey, paper) for key, paper in survey.papers.items()}
    yield from _parts("facts", facts, count, _FACTS)
    yield addresses.KNOWN, to_json(_known(survey))
    yield addresses.TAKE, to_json(_meta(renderer))


def part_of(key: str, parts: int) -> int:
    """Return in which of so many parts a key is."""
    return crc32(key.encode("ascii")) & (parts - 1)


def count_parts(papers: int, size: int) -> int:
    """Return in how many parts papers lie: a power of two."""
    return 1 << max(0, -(-papers // size) - 1).bit_length()


def _parts(name: str, values: Mapping[str, Any], papers: int, size: int) -> Iterator[tuple[str, str]]:
    count = count_parts(papers, size)
    parts: list[dict[str, Any]] = [{} for _ in range(count)]
    for key, value in values.items():
        parts[part_of(key, count)][key] = value
    for number, part in enumerate(parts):
        yield addresses.take_part(name, number), to_json(part)


def _names(survey: Survey) -> dict[str, Any]:
    """Return (title, who and when) by key, and the present key by each former one."""
    names: dict[str, Any] = {
        key: [paper.display_title.text, f"{paper.byline}, {paper.year}"] for key, paper in survey.papers.items()
    }
    return names | survey.aliases


def _known(survey: Survey) -> dict[str, Any]:
    """Return what a reader's own bibliography is read and matched by.

    That is the titles of themes by path; patterns; and the papers: what tells each apart, its themes, where it appeared
    (``at``), what became of it (``state``, in a word; ``by``, the key of a later version).
    """
    return {
        "patterns": {
            "arxiv": ARXIV.pattern,
            "bare_arxiv": BARE_ARXIV.pattern,
            "not_only_arxiv": NOT_ONLY_ARXIV.pattern,
            "doi": identifiers.DOI_WITHIN,
            "doi_in_front": identifiers.DOI_IN_FRONT,
            "arxiv_doi": identifiers.ARXIV_DOI_PATTERN,
        },
        "themes": {
            theme.path: " › ".join(part.title for part in survey.taxonomy.line(theme.path))
            for theme in survey.taxonomy.by_path.values()
        },
        "unfiled": label("lists.unfiled"),
        "papers": [title_row(paper) | _state(survey, paper) for paper in survey.papers.values()],
    }


def _state(survey: Survey, paper: Paper) -> dict[str, Any]:
    events, version = survey.events.get(paper.key, ()), published_version(paper)
    venue, year = (version.venue, version.year) if version else (paper.venue, paper.year)
    superseded = next((event.by for event in events if event.by), "")
    state = {
        "themes": paper.themes,
        "at": f"{venue.short or venue.name} {year}" if venue else "",
        "state": next((label(f"paper.statuses.{event.status}") for event in events if event.status in GRAVE), ""),
        "by": superseded,
    }
    return {name: value for name, value in state.items() if value}


def _meta(renderer: Renderer) -> dict[str, Any]:
    """Return how many parts there are, the formats with how entries make a file, and the words of the scripts."""
    count = len(renderer.survey.papers)
    forms = [
        {
            "name": form.name, "title": form.title, "ending": form.ending, "type": form.media_type,
            "before": form.before, "between": form.between, "after": form.after,
            "there": renderer.rich or form.name in _ALWAYS,
            "export": f"survey export --format {form.name} --keys",
        }
        for form in (*FORMATS, CSV)
    ]  # fmt: skip
    styles = [
        {
            "name": style, "title": label("select.references_in", style=title), "ending": ".txt", "type": "text/plain",
            "before": "", "between": "", "after": "", "line": True, "numbered": style in NUMBERED,
            "there": renderer.rich, "export": f"survey export --format text --style {style} --keys",
        }
        for style, title in STYLES.items()
    ]  # fmt: skip
    return {
        "papers": count,
        "entries": count_parts(count, _ENTRIES),
        "facts": count_parts(count, _FACTS),
        "formats": [*forms, *styles],
        "keys": [
            {
                "name": form.name, "title": form.title, "before": form.before, "between": form.between,
                "after": form.after, "mark": _MARKS[form.name],
            }
            for form in KEYS
        ],
        "labels": labels("select"),
    }  # fmt: skip
