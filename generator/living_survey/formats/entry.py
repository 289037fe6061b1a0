"""What entries of all bibliographic formats share: dates, months, keywords, capitals that a title keeps. I/O: none."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from living_survey.model.paper import Paper


def date_of(paper: Paper) -> str:
    """Return the date of the cited version as far as it is known: ``2024-07-23``, ``2024-07``, ``2024``."""
    date = paper.published or (paper.first_public if paper.type == "preprint" else None) or ""
    return date if date[:4] == str(paper.year) else str(paper.year)


FURTHER_FIELDS = (
    "journal", "booktitle", "school", "institution", "organization", "publisher", "series", "volume", "number",
    "pages", "howpublished", "address", "edition", "chapter", "type", "isbn", "issn", "note",
)  # fmt: skip
"""Fields that BibTeX's styles know and that a paper file may keep under ``extra``."""


MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_WORD = re.compile(r"[^\W_]+")
_PLURAL = re.compile(r"([A-Z0-9]*[A-Z])s")


@dataclass(frozen=True, slots=True)
class Include:
    """What an export adds to the bibliographic facts."""

    abstract: bool = False
    """The authors' abstract."""
    summary: bool = False
    """The survey's summary, or its one sentence where there is none."""


PLAIN = Include()


def protected_spans(paper: Paper) -> list[tuple[int, int]]:
    """Return the parts of the title whose capitals a style must keep, as (start, end), in order.

    Without ``protect`` in the file these are words with a capital behind their first character (acronyms, mixed case)
    and the short name of what the paper introduces.
    """
    title, spans = paper.title, list[tuple[int, int]]()
    phrases = paper.protect if paper.protect is not None else (paper.short_name,) if paper.short_name else ()
    for phrase in phrases:
        spans += [match.span() for match in re.finditer(rf"(?<!\w){re.escape(phrase)}(?!\w)", title)]
    if paper.protect is None:
        spans += _automatic_spans(title)
    merged: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def automatic_protection(title: str) -> list[str]:
    """Return the words of a title whose capitals are kept without being asked for."""
    return [title[start:end] for start, end in _automatic_spans(title)]


def _automatic_spans(title: str) -> Iterator[tuple[int, int]]:
    """Yield where acronyms and words in mixed case stand: those with a capital behind their first character."""
    for word in _WORD.finditer(title):
        if word[0][1:] != word[0][1:].lower():
            plural = _PLURAL.fullmatch(word[0])
            yield word.start(), word.start() + len(plural[1]) if plural else word.end()


def keywords(paper: Paper) -> str:
    """Return the themes of a paper, then the keywords that its source gave it."""
    return ", ".join([*(paper.themes or ()), *filter(None, [(paper.extra or {}).get("keywords")])])


def month_of(paper: Paper) -> int | None:
    """Return the month of the cited version, 1 to 12, where it is known.

    The day on which a published paper was first public says nothing about the month of its volume.
    """
    date = paper.published or (paper.first_public if paper.type == "preprint" else None) or ""
    return int(date[5:7]) if date[5:7] and date[:4] == str(paper.year) else None
