"""What became of a paper since a text cited it: a mark behind the citation, a notice at the top of the page.

I/O: none.
"""

from collections.abc import Iterator

from living_survey.model import addresses
from living_survey.model.backlinks import COMPARISON, MADE, Backlink, backlinks_of
from living_survey.model.expressions import tldr_of
from living_survey.model.labels import label
from living_survey.model.marks import SUPERSEDED, Event
from living_survey.model.paper import Paper
from living_survey.model.survey import Survey
from living_survey.pages.backlinks import sentence_of
from living_survey.pages.dates import human_date
from living_survey.pages.entry import PaperLink
from living_survey.pages.renderer import Renderer
from living_survey.pages.view import view

NOTICE = "leans"
"""Name of the place at the top of a page."""


@view
class MarkView:
    """What stands behind a citation: a link to the paper, or to its later version."""

    key: str
    """Of the paper that the link leads to."""
    words: str
    about: str
    """What a reader sees of it while the pointer or the focus is on it."""

    @property
    def address(self) -> str:
        """The page that the link leads to."""
        return addresses.paper(self.key)

    @classmethod
    def build(cls, survey: Survey, paper: Paper, event: Event) -> "MarkView":
        """Return the mark of a paper of which something became."""
        if event.status == SUPERSEDED:
            later = survey.papers[event.by]
            words = label("marks.superseded", paper=f"{later.byline}, {later.year}")
            return cls(later.key, words, f"{later.display_title.text}. {tldr_of(survey, later)}".strip())
        about = label(f"marks.{event.status}_on", date=human_date(event.since), title=paper.display_title.text)
        return cls(paper.key, label(f"marks.{event.status}"), about)


@view
class Spot:
    """A sentence of the page."""

    id: str
    sentence: str


@view
class Notice:
    """Sentences of a page that rest on one paper of which something became."""

    words: str
    """How many, and what became of it."""
    paper: PaperLink
    spots: tuple[Spot, ...]


def mark_of(survey: Survey, paper: Paper, source: str) -> MarkView | None:
    """Return the mark that citations of a paper have on the page of a file; none where nothing is open."""
    event = survey.open_event(paper, source)
    return MarkView.build(survey, paper, event) if event else None


def notices(renderer: Renderer, page: str, source: str) -> Iterator[Notice]:
    """Yield what the text of a page rests on and should not: a notice for each paper, as they come.

    Args:
        renderer: The survey's renderer.
        page: The page's address.
        source: The file of the page, the question or the comparison, relative to ``docs/``.
    """
    survey, found = renderer.survey, dict[str, dict[int, Backlink]]()
    for link in backlinks_of(survey).by_source.get(source, ()) if survey.events else ():
        row = link.kind == COMPARISON and link.number < 0  # of which the page says so in other words
        stands = link.kind in MADE or link.id in renderer.anchors[page]
        if stands and not row and survey.open_event(survey.papers[link.key], source):
            found.setdefault(link.key, {}).setdefault(link.number, link)
    for key, sentences in found.items():
        paper = survey.papers[key]
        if event := survey.open_event(paper, source):
            spots = tuple(Spot(link.id, sentence_of(survey, link) or link.id) for link in sentences.values())
            yield Notice(_words(survey, event, len(spots)), PaperLink.build(paper), spots)


def _words(survey: Survey, event: Event, count: int) -> str:
    if event.status != SUPERSEDED:
        return label(f"marks.notices.{event.status}", count, date=human_date(event.since))
    later = survey.papers[event.by]
    name = f"{later.byline} ({later.year})"
    if not event.since:
        return label("marks.notices.superseded", count, paper=name)
    return label("marks.notices.superseded_since", count, paper=name, date=human_date(event.since))


def render_notices(renderer: Renderer, page: str, source: str) -> str:
    """Return the notices at the top of a page; arguments as for `notices`."""
    found = list(notices(renderer, page, source))
    return renderer.render("leans.html", page, notices=found) if found else ""


def has_notices(survey: Survey, source: str) -> bool:
    """Say whether an editors' page rests on a paper of which something became since."""
    return any(
        survey.open_event(survey.papers[link.key], source)
        for link in (backlinks_of(survey).by_source.get(source, ()) if survey.events else ())
        if link.key in survey.events
    )
