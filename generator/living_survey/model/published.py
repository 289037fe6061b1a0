"""The published version of a work whose entry is its preprint. I/O: none."""

from living_survey.model.identifiers import MAX_KEY
from living_survey.model.paper import Paper
from living_survey.model.parts import Version

PREPRINT = "preprint"
_BEHIND = "-published"


def published_version(paper: Paper) -> Version | None:
    """Return the version of a preprint that appeared elsewhere, at a venue in a year; of several the latest."""
    if paper.type != PREPRINT:
        return None
    found = [one for one in paper.versions or () if one.venue and one.year and one.type != PREPRINT]
    return max(found, key=lambda one: one.year or 0, default=None)


def published_key(paper: Paper) -> str:
    """Return the citation key of the published version: that of the paper with ``-published`` behind it."""
    return f"{paper.key[: MAX_KEY - len(_BEHIND)].rstrip('-_')}{_BEHIND}"


def published_paper(paper: Paper) -> Paper | None:
    """Return the published version as a paper of its own, as bibliographies want it; none where there is none.

    It has what the version says. What the version leaves out is not taken from the preprint, but for the authors, the
    themes, and what the survey itself says of the work.
    """
    version = published_version(paper)
    if not version:
        return None
    facts = {
        "key": published_key(paper),
        "title": version.title,
        "short_name": paper.short_name,
        "protect": paper.protect if version.title == paper.title else None,
        "authors": version.authors or paper.authors,
        "and_others": None if version.authors else paper.and_others,
        "year": version.year,
        "type": version.type or "misc",
        "status": "published",
        "venue": version.venue,
        "arxiv": version.arxiv,
        "doi": version.doi,
        "url": version.url,
        "themes": paper.themes,
        "kind": paper.kind,
        "tldr": paper.tldr,
        "summary": paper.summary,
    }
    return Paper.model_construct(**{name: value for name, value in facts.items() if value is not None})  # type: ignore[arg-type]
