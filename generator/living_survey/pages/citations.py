"""Citations on pages: links in texts, the list of references below them, how the survey itself is cited. I/O: none."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import quote

from markupsafe import Markup, escape

from living_survey.formats.bibtex.writer import citation_to_bibtex
from living_survey.model import addresses
from living_survey.model.citations import BARE, GROUP, author_year, find_mentions
from living_survey.model.identifiers import KEY_PATTERN
from living_survey.model.labels import label
from living_survey.model.paper import Paper
from living_survey.model.question import MENTION, Question
from living_survey.model.reopening import standing
from living_survey.model.survey import Survey
from living_survey.model.survey_citation import SurveyCitation
from living_survey.pages.markdown import QuestionTarget, Target
from living_survey.pages.site_page import capitalized
from living_survey.syntax.code_spans import mask_code

_CITATION = re.compile(f"{GROUP}|{BARE}|{MENTION}")
_KEY = re.compile(f"@({KEY_PATTERN})")


@dataclass(frozen=True, slots=True)
class Reference:
    """A line of a list of references."""

    key: str
    address: str
    cited_as: str
    """Author and year as a citation has them: ``Wren et al. (2019a)``."""
    title: str
    venue: str
    arxiv: str
    """Only of what has no venue."""
    read_url: str


@dataclass(frozen=True, slots=True)
class SurveyReference:
    """How the survey itself is cited: in words, and as BibTeX."""

    authors: str
    year: str
    title: str
    version: str
    url: str
    doi: str
    doi_url: str
    bibtex: str

    @classmethod
    def build(cls, citation: SurveyCitation) -> "SurveyReference":
        """Return what the survey's citation file makes."""
        authors = ", ".join(author.name for author in citation.authors)
        facts = (citation.year, citation.title, citation.version, citation.url, citation.doi, doi_url(citation.doi))
        return cls(authors, *facts, citation_to_bibtex(citation))


def doi_url(doi: str) -> str:
    """Return the address that a DOI leads to; nothing for none."""
    return f"https://doi.org/{quote(doi)}" if doi else ""


def about(paper: Paper) -> str:
    """Return what a reader sees of a paper where it is cited."""
    return f"{paper.display_title.text}. {paper.tldr or ''}".strip()


def citation_targets(survey: Survey, source: str) -> dict[str, Target]:
    """Return what the citations of an editors' page lead to, by the keys that it cites.

    Args:
        survey: The survey.
        source: The page's file, relative to ``docs/``; targets are the Markdown files that papers' pages would be.
    """
    page = survey.pages.get(source)
    papers = {key: paper for key in (page.cited if page else ()) if (paper := survey.find(key))}
    cited = author_year({paper.key: paper for paper in papers.values()}.values())
    up = "../" * source.count("/")
    return {key: Target(*cited[paper.key], f"{up}papers/{paper.key}.md", about(paper)) for key, paper in papers.items()}


def about_question(survey: Survey, question: Question) -> str:
    """Return what a reader sees of a question where a text names it: its state, and its answer."""
    state = capitalized(label(f"questions.states.{standing(survey, question).state}"))
    # An answer may name a question whose answer names this one.
    answer = Markup("").join(_pieces(survey, question.answer or "", "", questions=False)).striptags()
    return label("questions.about", state=state, answer=answer) if answer else state


def question_targets(survey: Survey, source: str) -> dict[str, QuestionTarget]:
    """Return what the questions that an editors' page names lead to; `source` as for `citation_targets`."""
    page, up = survey.pages.get(source), "../" * source.count("/")
    named = {mention.id: survey.questions.get(mention.id) for mention in (page.questions if page else ())}
    return {
        name: QuestionTarget(question.question, f"{up}questions/{name}.md", about_question(survey, question))
        for name, question in named.items()
        if question
    }


def references(survey: Survey, source: str) -> list[Reference]:
    """Return what an editors' page cites, sorted as it is read.

    Args:
        survey: The survey.
        source: The page's file, relative to ``docs/``.
    """
    papers = {paper.key: paper for key in survey.pages[source].cited if (paper := survey.find(key))}
    cited = author_year(papers.values()).items()
    return [
        _reference(papers[key], who, year)
        for key, (who, year) in sorted(cited, key=lambda item: (item[1][0].casefold(), item[1][1]))
    ]


def _reference(paper: Paper, who: str, year: str) -> Reference:
    venue = (paper.venue.short or paper.venue.name) if paper.venue else ""
    return Reference(
        key=paper.key, address=addresses.paper(paper.key), cited_as=f"{who} ({year})", title=paper.title, venue=venue,
        arxiv="" if venue else paper.arxiv or "", read_url=paper.reader_url or "",
    )  # fmt: skip


def cited_text(survey: Survey, text: str, root: str) -> Markup:
    """Return a paragraph of a paper's or a question's file with citations and names of questions as links.

    Args:
        survey: The survey; what cites a paper that is not in it, or names such a question, stays as it is.
        text: The paragraph, plain text.
        root: The way from the page to the site's root.
    """
    if "@" not in text and "[?" not in text:
        return escape(text)
    return Markup("").join(_pieces(survey, text, root))


def _pieces(survey: Survey, text: str, root: str, *, questions: bool = True) -> Iterator[Markup]:
    papers = {m.key: paper for m in find_mentions(text) if (paper := survey.find(m.key))}
    cited = author_year(papers.values())
    done = 0
    for found in _CITATION.finditer(mask_code(text)):
        if found[3]:
            if question := survey.questions.get(found[3]):
                yield escape(text[done : found.start()])
                yield _question_link(survey, question, root) if questions else escape(question.question)
                done = found.end()
            continue
        keys = _KEY.findall(found[0])
        if not all(key in papers for key in keys):
            continue
        bare = bool(found[2])
        links = []
        for paper in (papers[key] for key in keys):
            who, year = cited[paper.key]
            words = f"{who} ({year})" if bare else f"{who}, {year}"
            address = root + addresses.paper(paper.key)
            links.append(_LINK.format(address, about(paper), words))
        group = Markup("; ").join(links)
        yield escape(text[done : found.start()])
        yield group if bare else Markup("(") + group + Markup(")")
        done = found.end()
    yield escape(text[done:])


def _question_link(survey: Survey, question: Question, root: str) -> Markup:
    return _LINK.format(root + addresses.question(question.id), about_question(survey, question), question.question)


_LINK = Markup('<a class="survey-citation" href="{}" data-survey-about="{}">{}</a>')
