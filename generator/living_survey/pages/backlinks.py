"""Where the survey discusses a paper, as its page lists it. I/O: none."""

from collections.abc import Iterator
from dataclasses import dataclass

from living_survey.model.backlinks import Backlink
from living_survey.pages.renderer import Renderer


@dataclass(frozen=True, slots=True)
class DiscussedLine:
    """A sentence of the survey that cites the paper."""

    address: str
    """Of the citation."""
    title: str
    """Of the page on which it stands."""
    sentence: str

    @classmethod
    def build(cls, link: Backlink) -> "DiscussedLine":
        """Return the line of a citation."""
        return cls(f"{link.page}#{link.id}", link.title, link.sentence)


def standing(renderer: Renderer, key: str) -> Iterator[Backlink]:
    """Yield the citations of a paper that stand on the site: no draft's, none in what turned out to be code."""
    for link in renderer.survey.backlinks.by_key.get(key, ()):
        if not link.source or link.id in renderer.anchors[link.page]:
            yield link
