"""The papers as data for scripts of others: state, and where the survey cites them. I/O: none."""

from collections.abc import Iterator
from typing import Any

from living_survey.model import addresses
from living_survey.model.paper import Paper
from living_survey.model.published import published_paper
from living_survey.pages.backlinks import standing
from living_survey.pages.renderer import Renderer


def paper_rows(renderer: Renderer) -> Iterator[dict[str, Any]]:
    """Yield an object for each paper, in the order of keys, without what is empty.

    It has ``key``, ``title``, ``year``, ``page``, ``status``, ``status_since``, ``status_notice``; ``basis``, what the
    facts were read from; ``superseded_by``, the keys of later versions in the survey; ``published``, where a preprint
    appeared, an object with ``key``, ``title``, ``type``, ``venue``, ``year``, ``doi``, ``url``; ``cited_in``, an
    object with ``page`` and ``id`` for each citation.
    """
    survey = renderer.survey
    for key, paper in survey.papers.items():
        row = {
            "key": key, "title": paper.title.text, "year": paper.year, "page": addresses.paper(key),
            "status": paper.status, "status_since": paper.status_since, "status_notice": paper.status_notice,
            "basis": paper.provenance.basis if paper.provenance else None,
            "superseded_by": [event.by for event in survey.events.get(key, ()) if event.by],
            "published": _published(paper),
            "cited_in": [{"page": link.page, "id": link.id} for link in standing(renderer, key)],
        }  # fmt: skip
        yield {name: value for name, value in row.items() if value}


def _published(paper: Paper) -> dict[str, Any]:
    published = published_paper(paper)
    if not published or not published.venue:
        return {}
    row = {
        "key": published.key, "title": published.title.text, "type": published.type, "venue": published.venue.name,
        "year": published.year, "doi": published.doi, "url": published.reader_url,
    }  # fmt: skip
    return {name: value for name, value in row.items() if value}
