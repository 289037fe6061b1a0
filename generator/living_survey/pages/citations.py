"""Citations on pages: links in texts, the list of references below them, how the survey itself is cited. I/O: none."""

import re
from collections.abc import Iterable, Iterator
from urllib.parse import quote

from markupsafe import Markup, escape

from living_survey.formats.bibtex.writer import citation_to_bibtex
from living_survey.model import addresses
from living_survey.model.backlinks import Backlink, Counting, backlinks_of, citation_id
from living_survey.model.citations import author_year, find_citations, number_citations, without_numbers
from living_survey.model.expressions import Value, evaluate, find_expressions, find_in_field, tldr_of, unescaped
from living_survey.model.labels import label
from living_survey.model.page import find_blocks
from living_survey.model.paper import Paper
from living_survey.model.parts import GRAVE
from living_survey.model.question import MENTION, Question
from living_survey.model.reopening import standing
from living_survey.model.survey import Survey
from living_survey.model.survey_citation import SurveyCitation
from living_survey.pages.marks import NOTICE, MarkView, has_notices, mark_of
from living_survey.pages.page_markup import NamedTarget, PageMarkup, Target
from living_survey.pages.site_page import capitalized
from living_survey.pages.view import view
from living_survey.syntax.code_spans import mask_code

_MENTION = re.compile(MENTION)
_CITED = re.compile(r'(<a class="survey-citation"[^>]*? href="[^"]*?papers/([^/"]+)/")')


@view
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


@view
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


def about(survey: Survey, paper: Paper) -> str:
    """Return what a reader sees of a paper where it is cited."""
    return f"{paper.display_title.text}. {tldr_of(survey, paper)}".strip()


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
        return Target(*cited[paper.key], f"{up}papers/{paper.key}.md", about(survey, paper), paper.key, *marked)

    return {key: target(paper) for key, paper in papers.items()}


def page_markup(survey: Survey, source: str, way: str) -> PageMarkup:
    """Return what Markdown has to know of an editors' page.

    Args:
        survey: The survey.
        source: The page's file, relative to ``docs/``.
        way: Address of the glossary from this page; empty where there is none, or on that page itself.
    """
    targets = citation_targets(survey, source), question_targets(survey, source), value_targets(survey, source)
    markup = PageMarkup(*targets, survey.terms, way)
    markup.proposed = source.startswith(addresses.THEMES)
    markup.notice = NOTICE if has_notices(survey, source) else ""
    if (page := survey.pages.get(source)) and page.steps and "path" in {block.name for block in find_blocks(page.text)}:
        markup.anchors.update(link.id for link in step_links(survey, source))
    return markup


def step_links(survey: Survey, source: str) -> list[Backlink]:
    """Return the citations that are steps of the reading path of an editors' page."""
    return [link for link in backlinks_of(survey).by_source.get(source, ()) if link.number < 0]


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


def about_question(survey: Survey, question: Question) -> str:
    """Return what a reader sees of a question where a text names it: its state, and its answer."""
    state = capitalized(label(f"questions.states.{standing(survey, question).state}"))
    # An answer may name a question whose answer names this one.
    answer = Markup("").join(_pieces(survey, question.answer or "", "", questions=False)).striptags()
    return label("questions.about", state=state, answer=answer) if answer else state


def question_targets(survey: Survey, source: str) -> dict[str, NamedTarget]:
    """Return what the questions that an editors' page names lead to; `source` as for `citation_targets`."""
    page, up = survey.pages.get(source), "../" * source.count("/")
    named = {mention.id: survey.questions.get(mention.id) for mention in (page.questions if page else ())}
    return {
        name: NamedTarget(question.question, f"{up}questions/{name}.md", about_question(survey, question))
        for name, question in named.items()
        if question
    }


def value_targets(survey: Survey, source: str) -> dict[str, NamedTarget]:
    """Return what the expressions of an editors' page yield; `source` as for `citation_targets`."""
    page, up = survey.pages.get(source), "../" * source.count("/")
    values = {}
    for expression in find_expressions(page.text) if page else ():
        value = evaluate(survey, expression)
        href = f"{up}{source_of(survey, value.address)}" if value.address else ""
        values[expression.text] = NamedTarget(value.text, href, value.about)
    return values


def source_of(survey: Survey, address: str) -> str:
    """Return the file that the page at an address is, or would be, relative to ``docs/``; a fragment stays."""
    page, mark, place = address.partition("#")
    if page.startswith(addresses.THEMES) and (theme := survey.taxonomy.by_path.get(page[len(addresses.THEMES) : -1])):
        return theme.source
    file = f"{page}index.md" if page == addresses.PAPERS else f"{page.rstrip('/')}.md"
    return f"{file}{mark}{place}"


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


def with_numbers(html: str, listed: Iterable[Reference]) -> str:
    """Return a page whose citations say which place their paper has in its list of references: paper has no links.

    Args:
        html: The page.
        listed: Its references, in their order.
    """
    places = {reference.key: number for number, reference in enumerate(listed, 1)}

    def place(found: re.Match[str]) -> str:
        number = places.get(found[2])
        return f'{found[1]} data-survey-place="{number}"' if number else found[0]

    return _CITED.sub(place, html)


def _reference(paper: Paper, who: str, year: str) -> Reference:
    venue = (paper.venue.short or paper.venue.name) if paper.venue else ""
    return Reference(
        key=paper.key, address=addresses.paper(paper.key), cited_as=f"{who} ({year})", title=paper.title, venue=venue,
        arxiv="" if venue else paper.arxiv or "", read_url=paper.reader_url or "",
    )  # fmt: skip


def cited_text(
    survey: Survey, text: str, root: str, *, counting: Counting | None = None, source: str = "", own: str = ""
) -> Markup:
    """Return running text of a paper's or a question's file; citations, questions and expressions in it are links.

    Args:
        survey: The survey; what cites a paper that is not in it, or names such a question, stays as it is.
        text: The text, plain, an empty line between paragraphs.
        root: The way from the page to the site's root.
        counting: Counts the citations of the page, where they get ids; left out, they get none.
        source: File of a question or a comparison, on whose page what was revised since has no mark.
        own: Key of the paper that the text is about, which its expressions need not name.
    """
    if "@" not in text and "[?" not in text and "{{" not in text:
        return escape(text)
    return Markup("").join(_pieces(survey, text, root, counting=counting, source=source, own=own))


def _pieces(
    survey: Survey,
    text: str,
    root: str,
    *,
    questions: bool = True,
    counting: Counting | None = None,
    source: str = "",
    own: str = "",
) -> Iterator[Markup]:
    links, done = dict[tuple[int, int], Markup](), 0
    for found in _MENTION.finditer(mask_code(text)) if "[?" in text else ():
        if question := survey.questions.get(found[1]):
            shown = _question_link(survey, question, root) if questions else escape(question.question)
            links[found.span()] = shown
    links |= _citation_links(survey, text, root, counting, source)
    for expression in find_in_field(text):
        value = evaluate(survey, expression, own)
        links[expression.start, expression.end] = _value_link(value, root)
    for (start, end), link in sorted(links.items()):
        if start >= done:
            yield _words(text[done:start])
            yield link
            done = end
    yield _words(text[done:])


def _words(text: str) -> Markup:
    return escape(unescaped(text))


def _value_link(value: Value, root: str) -> Markup:
    about = Markup(' data-survey-about="{}"').format(value.about) if value.about else Markup("")
    if value.address:
        return _VALUE_LINK.format(root + value.address, about, value.text)
    return _VALUE.format(about, value.text)


def _citation_links(
    survey: Survey, text: str, root: str, counting: Counting | None, source: str
) -> Iterator[tuple[tuple[int, int], Markup]]:
    """Yield where the citations of a text stand, and the links in their place."""
    citations = list(find_citations(text))
    papers = {key: paper for one in citations for key, _ in one.keys if (paper := survey.find(key))}
    cited = author_year({paper.key: paper for paper in papers.values()}.values())
    for citation in citations:
        links, whole = list[Markup](), True
        for item in citation.items:
            if not (paper := papers.get(item.key)):
                whole = False
                continue
            who, year = cited[paper.key]
            words = f"{who} ({year})" if citation.bare else item.words(who, year)
            link = anchor(paper, counting) if counting else Markup("")
            shown = _LINK.format(link, root + addresses.paper(paper.key), about(survey, paper), words)
            shown += mark_after(survey, paper, root, source)
            links.append(escape(f"{item.before} " if item.before else "") + shown + escape(item.after))
        if whole:
            group = Markup("; ").join(links)
            yield (citation.start, citation.end), group if citation.bare else Markup("(") + group + Markup(")")


def anchor(paper: Paper, counting: Counting) -> Markup:
    """Return the attribute that gives the next citation of a paper on a page its id."""
    return _ANCHOR.format(citation_id(paper.key, counting.count(paper.key)))


def mark_after(survey: Survey, paper: Paper, root: str, source: str = "") -> Markup:
    """Return what stands behind a citation of a paper: on such a file's page what is open, elsewhere what is grave."""
    grave = [event for event in survey.events.get(paper.key, ()) if event.status in GRAVE and not source]
    mark = mark_of(survey, paper, source) if source else MarkView.build(survey, paper, grave[0]) if grave else None
    return _MARK.format(root + mark.address, mark.about, mark.words) if mark else Markup("")


def _question_link(survey: Survey, question: Question, root: str) -> Markup:
    address = root + addresses.question(question.id)
    return _LINK.format("", address, about_question(survey, question), question.question)


_ANCHOR = Markup(' id="{}"')
_LINK = Markup('<a class="survey-citation"{} href="{}" data-survey-about="{}">{}</a>')
_VALUE_LINK = Markup('<a class="survey-number" href="{}"{}>{}</a>')
_VALUE = Markup('<span class="survey-number" tabindex="0"{}>{}</span>')
_MARK = Markup(' <a class="survey-mark" href="{}" data-survey-about="{}">{}</a>')
