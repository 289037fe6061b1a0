"""Where the survey discusses a paper: every citation of it, with its page, its place there, and its sentence.

Collected once for a survey, from everything that cites: editors' pages, the steps of their reading paths, questions
with the papers on their sides, comparisons with the rows of their tables, summaries of papers. Whatever else comes to
cite papers adds its citations in `backlinks_of`. I/O: none.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from living_survey.model import addresses
from living_survey.model.citations import Citation, find_citations
from living_survey.model.comparing import Compared, compared
from living_survey.model.page import EditorPage
from living_survey.model.paper import Paper
from living_survey.model.question import Question
from living_survey.model.sentences import Sentences, shortened
from living_survey.model.survey import Survey

THEME, PATH, FINDING, QUESTION, COMPARISON, PAGE, SUMMARY = KINDS = (
    "theme", "path", "finding", "question", "comparison", "page", "summary",
)  # fmt: skip
"""Kinds of what cites, in the order in which a paper's page lists them."""
MADE = (QUESTION, COMPARISON, SUMMARY)
"""Kinds whose pages the generator makes: every citation there is on the page, as no Markdown can turn it into code."""
FINDINGS = "findings"
"""Name of the page, or of the folder of pages, with what appears across themes."""


@dataclass(frozen=True, slots=True)
class Backlink:
    """A citation, as it is seen from the paper that it cites."""

    key: str
    """Key of the paper."""
    kind: str
    """One of `KINDS`."""
    source: str
    """File of what cites: a page's, a question's or a comparison's, relative to ``docs/``; empty for a summary."""
    page: str
    """Address of the page on which the citation stands."""
    title: str
    """Title of that page."""
    id: str
    """Id of the citation on that page."""
    sentence: str
    """The sentence in which it stands, as plain text, with its expressions as they are typed; of a row, its cells."""
    about: str = field(default="", kw_only=True)
    """Key of the paper in whose file the sentence stands, or of which it gives what it reports; for expressions."""
    number: int
    """Which sentence of the page that is; a step of a path, or a row of a comparison, is one before all of the text."""


@dataclass(frozen=True, slots=True)
class Backlinks:
    """All citations of a survey: those of each paper, in order; those on each page, as they stand there."""

    by_key: dict[str, list[Backlink]] = field(default_factory=dict)
    by_source: dict[str, list[Backlink]] = field(default_factory=dict)


Find = Callable[[str], Paper | None]
"""Returns the paper of a key or of a former key."""


class Counting:
    """Counts the citations of each paper on a page, which gives them their ids."""

    def __init__(self, find: Find, keys: Iterable[str] = ()) -> None:
        """Begin behind what the page cites first.

        Args:
            find: Returns the paper of a key.
            keys: What is cited before.
        """
        self._find, self._counts = find, Counter[str]()
        for key in keys:
            self.count(key)

    def count(self, key: str) -> int:
        """Return the number of a further citation; 0 where there is no such paper."""
        if not (paper := self._find(key)):
            return 0
        self._counts[paper.key] += 1
        return self._counts[paper.key]


def citation_id(key: str, number: int) -> str:
    """Return the id of the nth citation of a paper on a page."""
    return f"c-{key}-{number}"


def kind_of(page: EditorPage, themes: Iterable[str]) -> str:
    """Return the kind of an editors' page, where ``themes`` are the sources of themes."""
    if page.source in themes:
        return THEME
    if page.steps:
        return PATH
    return FINDING if page.source.removesuffix(".md").partition("/")[0] == FINDINGS else PAGE


def backlinks_of(survey: Survey) -> Backlinks:
    """Return the citations of a survey, which has been checked; they are collected once."""
    known = ("backlinks", "")
    if known not in survey.once:
        survey.once[known] = _collected(survey)
    links: Backlinks = survey.once[known]
    return links


def _collected(survey: Survey) -> Backlinks:
    order = {theme.source: place for place, theme in enumerate(survey.taxonomy.by_path.values())}
    pages, find = survey.pages.values(), survey.find
    of_sources = [
        (page.source, _of_page(page, kind_of(page, order), find))
        for page in sorted(pages, key=lambda page: (order.get(page.source, len(order)), page.source))
    ]
    of_sources += [(one.source, _of_question(one, find)) for one in survey.questions.values()]
    of_sources += [(one.source, _of_comparison(compared(survey, one), find)) for one in survey.comparisons.values()]
    links, found = Backlinks(), list[Backlink]()
    for source, cited in of_sources:
        if on_page := list(cited):
            links.by_source[source] = on_page
            found += on_page
    for paper in survey.papers.values():
        if paper.summary and "@" in paper.summary:
            found += _of_summary(paper, find)
    for link in sorted(found, key=lambda link: KINDS.index(link.kind)):
        links.by_key.setdefault(link.key, []).append(link)
    return links


def _of_page(page: EditorPage, kind: str, find: Find) -> Iterator[Backlink]:
    counting, steps = Counting(find), len(page.steps)

    def link(key: str, sentence: str, number: int) -> Iterator[Backlink]:
        if paper := find(key):
            name = citation_id(paper.key, counting.count(key))
            yield Backlink(paper.key, kind, page.source, page.address, page.title, name, sentence, number)

    for place, step in enumerate(page.steps):
        yield from link(step.key, shortened(" ".join(step.why.split())), place - steps)
    for key, sentence, number in _cited(page.text, page.citations, find):
        yield from link(key, sentence, number)


def _of_question(question: Question, find: Find) -> Iterator[Backlink]:
    """Yield the citations of a question's page, as they stand there: papers on sides, and those of texts.

    A paper on a side comes before what the reason beside it cites.
    """
    counting, address, number = Counting(find), addresses.question(question.id), 0
    for place, text in question.texts():
        citations, own = list(find_citations(text)), str(place[-1]) if "papers" in place else ""
        cited = [(own, _reason(text, citations, find))] if own else []
        cited += [(key, sentence) for key, sentence, _ in _cited(text, citations, find)]
        about = paper.key if own and (paper := find(own)) else ""
        for key, said in cited:
            if paper := find(key):
                name = citation_id(paper.key, counting.count(key))
                yield Backlink(
                    paper.key, QUESTION, question.source, address, question.question, name, said, number, about=about
                )
            number += 1


def _of_comparison(table: Compared, find: Find) -> Iterator[Backlink]:
    """Yield the citations of a comparison's page, as they stand there: those of the note, then the rows."""
    one, counting = table.comparison, Counting(find)
    address, note, rows = addresses.comparison(one.id), one.note or "", len(table.rows)
    cited = list(_cited(note, list(find_citations(note)), find))
    cited += [(row.paper.key, shortened(table.in_words(row)), place - rows) for place, row in enumerate(table.rows)]
    for key, said, number in cited:
        if paper := find(key):
            name = citation_id(paper.key, counting.count(paper.key))
            yield Backlink(paper.key, COMPARISON, one.source, address, one.title, name, said, number)


def _reason(text: str, citations: list[Citation], find: Find) -> str:
    """Return what a paper reports, without citations in brackets."""
    for citation in reversed(citations):
        paper = find(citation.keys[0][0]) if citation.bare else None
        text = f"{text[: citation.start]}{paper.byline if paper else ''}{text[citation.end :]}"
    words = re.sub(r"\s+(?=[.,;:!?)])", "", " ".join(text.split()))
    return words if "{{" in words else shortened(words)


def _of_summary(paper: Paper, find: Find) -> Iterator[Backlink]:
    counting, text, address = Counting(find), paper.summary or "", addresses.paper(paper.key)
    for key, sentence, number in _cited(text, list(find_citations(text)), find):
        if cited := find(key):
            name = citation_id(cited.key, counting.count(key))
            title = paper.display_title.text
            yield Backlink(cited.key, SUMMARY, "", address, title, name, sentence, number, about=paper.key)


def _cited(text: str, citations: list[Citation], find: Find) -> Iterator[tuple[str, str, int]]:
    """Yield (key, sentence, number of the sentence) of all that a text cites."""
    if not citations:
        return

    def name(key: str) -> str:
        paper = find(key)
        return paper.byline if paper else f"@{key}"

    sentences = Sentences(text, citations, name)
    for citation in citations:
        number = sentences.number(citation.start)
        for key, _ in citation.keys:
            yield key, sentences.plain(number), number
