"""What the facts of an entry rest on, as the foot of a paper's page says it. I/O: none."""

from dataclasses import dataclass

from living_survey.model.labels import label
from living_survey.model.paper import Paper
from living_survey.model.parts import AGGREGATOR
from living_survey.model.repeating import repeats
from living_survey.pages.citations import doi_url
from living_survey.pages.renderer import Renderer


@dataclass(frozen=True, slots=True)
class Sources:
    """Addresses behind an entry; empty where there are none."""

    title: str
    basis: str
    """In words, what the facts were read from."""
    work: tuple[str, ...]
    """Where the work itself is, if no address at which the facts were read says so."""
    read: tuple[str, ...]
    """Where the facts were read."""
    seen: tuple[str, ...]
    """Pages that repeat others."""


def sources_of(renderer: Renderer, paper: Paper) -> Sources | None:
    """Return what the facts of a paper's entry rest on; nothing where the entry does not say it."""
    origin = paper.provenance
    if not origin or not (origin.basis or origin.consulted):
        return None
    aggregators, consulted = renderer.survey.settings.aggregators, origin.consulted or ()
    second_hand = origin.basis == AGGREGATOR
    seen = tuple(url for url in consulted if second_hand or repeats(url, aggregators))
    return Sources(
        title=label("paper.sources.title_repeated" if second_hand else "paper.sources.title"),
        basis=label(f"paper.sources.{origin.basis}") if origin.basis else "",
        work=_addresses_of(paper) if second_hand else (),
        read=tuple(url for url in consulted if url not in seen),
        seen=seen,
    )


def _addresses_of(paper: Paper) -> tuple[str, ...]:
    """Return where a work is: at arXiv, by its DOI, where the cited version is read."""
    arxiv = f"https://arxiv.org/abs/{paper.arxiv}" if paper.arxiv else None
    doi = doi_url(paper.doi) if paper.doi else None
    return tuple(dict.fromkeys(url for url in (arxiv, doi, paper.url) if url))
