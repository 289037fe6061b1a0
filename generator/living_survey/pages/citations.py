"""Citations on pages: links in texts, the list of references below them, how the survey itself is cited. I/O: none."""

from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import quote

from markupsafe import Markup, escape

from living_survey.formats.bibtex.writer import citation_to_bibtex
from living_survey.model import addresses
from living_survey.model.backlinks import Backlink, Counting, citation_id
from living_survey.model.citations import author_year, find_citations, number_citations, without_numbers
from living_survey.model.page import find_blocks
from living_survey.model.paper import Paper
from living_survey.model.parts import GRAVE
from living_survey.model.survey import Survey
from living_survey.model.survey_citation import SurveyCitation
from living_survey.pages.markdown import PageMarkup, Target
from living_survey.pages.marks import NOTICE, MarkView, has_notices, mark_of


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

    def target(paper: Paper) -> Target:
        mark = mark_of(survey, paper, source)
        marked = (mark.words, f"{up}papers/{mark.key}.md", mark.about) if mark else ()
        return Target(*cited[paper.key], f"{up}papers/{paper.key}.md", about(paper), paper.key, *marked)

    return {key: target(paper) for key, paper in papers.items()}


def page_markup(survey: Survey, source: str, way: str) -> PageMarkup:
    """Return what Markdown has to know of an editors' page.

    Args:
        survey: The survey.
        source: The page's file, relative to ``docs/``.
        way: Address of the glossary from this page; empty where there is none, or on that page itself.
    """
    markup = PageMarkup(citation_targets(survey, source), survey.terms, way)
    markup.proposed = source.startswith(addresses.THEMES)
    markup.notice = NOTICE if has_notices(survey, source) else ""
    if (page := survey.pages.get(source)) and page.steps and "path" in {block.name for block in find_blocks(page.text)}:
        markup.anchors.update(link.id for link in step_links(survey, source))
    return markup


def step_links(survey: Survey, source: str) -> list[Backlink]:
    """Return the citations that are steps of the reading path of an editors' page."""
    return [link for link in survey.backlinks.by_source.get(source, ()) if link.number < 0]


def numbered(survey: Survey, source: str, markdown: str) -> str:
    """Return the text of an editors' page in which its citations have their numbers, behind those of its steps.

    Args:
        survey: The survey.
        source: The page's file, relative to ``docs/``.
        markdown: The text as the host has it: without empty lines at its start, or as another plugin has changed it.
    """
    page, markdown = survey.pages[source], without_numbers(markdown)  # nobody's text has any
    counting = Counting(survey.find, (step.key for step in page.steps))
    behind = len(page.text) - len(markdown)
    if page.text.endswith(markdown) and not page.text[:behind].strip():
        return number_citations(markdown, page.citations, counting.count, behind)
    return number_citations(markdown, find_citations(markdown), counting.count)


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
    """Return running text of a paper file with its citations as links.

    Args:
        survey: The survey; what cites a paper that is not in it stays as it is.
        text: The text, plain, an empty line between paragraphs.
        root: The way from the page to the site's root.
    """
    return Markup("").join(_pieces(survey, text, root)) if "@" in text else escape(text)


def _pieces(survey: Survey, text: str, root: str) -> Iterator[Markup]:
    citations = list(find_citations(text))
    papers = {key: paper for one in citations for key, _ in one.keys if (paper := survey.find(key))}
    cited = author_year({paper.key: paper for paper in papers.values()}.values())
    counting, done = Counting(survey.find), 0
    for citation in citations:
        links, whole = list[Markup](), True
        for key, _ in citation.keys:
            if not (paper := papers.get(key)):
                whole = False
                continue
            who, year = cited[paper.key]
            words = f"{who} ({year})" if citation.bare else f"{who}, {year}"
            name = citation_id(paper.key, counting.count(key))
            links.append(_LINK.format(name, root + addresses.paper(paper.key), about(paper), words))
            if grave := [event for event in survey.events.get(paper.key, ()) if event.status in GRAVE]:
                mark = MarkView.build(survey, paper, grave[0])
                links[-1] += _MARK.format(root + mark.address, mark.about, mark.words)
        if whole:
            group = Markup("; ").join(links)
            yield escape(text[done : citation.start])
            yield group if citation.bare else Markup("(") + group + Markup(")")
            done = citation.end
    yield escape(text[done:])


_LINK = Markup('<a class="survey-citation" id="{}" href="{}" data-survey-about="{}">{}</a>')
_MARK = Markup(' <a class="survey-mark" href="{}" data-survey-about="{}">{}</a>')
