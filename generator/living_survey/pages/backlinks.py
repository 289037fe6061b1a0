"""Where the survey discusses a paper, as its page lists it. I/O: none."""

from collections.abc import Iterator

from living_survey.model.backlinks import MADE, Backlink, backlinks_of
from living_survey.model.expressions import with_values
from living_survey.model.sentences import shortened
from living_survey.model.survey import Survey
from living_survey.pages.renderer import Renderer
from living_survey.pages.view import view


@view
class DiscussedLine:
    """A sentence of the survey that cites the paper."""

    address: str
    """Of the citation."""
    title: str
    """Of the page on which it stands."""
    sentence: str

    @classmethod
    def build(cls, survey: Survey, link: Backlink) -> "DiscussedLine":
        """Return the line of a citation."""
        return cls(f"{link.page}#{link.id}", link.title, sentence_of(survey, link))


def sentence_of(survey: Survey, link: Backlink) -> str:
    """Return the sentence in which a citation stands, with what its expressions yield."""
    if "{{" not in link.sentence:
        return link.sentence
    return shortened(with_values(survey, link.sentence, link.about))


def standing(renderer: Renderer, key: str) -> Iterator[Backlink]:
    """Yield the citations of a paper that stand on the site: no draft's, none in what turned out to be code."""
    for link in backlinks_of(renderer.survey).by_key.get(key, ()):
        if link.kind in MADE or link.id in renderer.anchors[link.page]:
            yield link
