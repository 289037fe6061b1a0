"""Questions as pages, as lists, as findings, and as sections of their themes. I/O: none."""

from collections.abc import Iterator, Sequence

from markupsafe import Markup, escape

from living_survey.model import addresses
from living_survey.model.backlinks import Counting
from living_survey.model.labels import label
from living_survey.model.paper import Paper
from living_survey.model.query import Condition, Query, years
from living_survey.model.question import SETTLED, STATES, Question, Side, findings
from living_survey.model.reopening import Standing, standing
from living_survey.model.survey import Survey
from living_survey.model.theme import Theme
from living_survey.pages.citations import anchor, cited_text, mark_after
from living_survey.pages.entry import PaperLink
from living_survey.pages.head import question_head
from living_survey.pages.marks import render_notices
from living_survey.pages.renderer import Renderer
from living_survey.pages.site_page import SitePage, capitalized, root_of
from living_survey.pages.view import view

_NAMED = 10
"""So many papers that reopen a question are named; the others are counted."""


@view
class PageLink:
    """A page of the site, by its title."""

    address: str
    title: str


@view
class QuestionLine:
    """A question in a list."""

    link: PageLink
    state: str
    """Its state as readers see it: one of the words of files, which name labels."""
    theme: tuple[PageLink, ...]
    """Its theme with those above it, top first."""
    answer: Markup
    certainty: str
    why: Markup
    """On what the certainty rests, or why there is no answer."""
    number: int
    """Its place among the findings; 0 for none."""

    @classmethod
    def build(
        cls, survey: Survey, question: Question, now: Standing, root: str, counting: Counting | None = None
    ) -> "QuestionLine":
        """Return the line of a question; with something that counts, that of its own page."""
        link = PageLink(addresses.question(question.id), question.question)
        source = question.source if counting else ""
        answer, why = (
            cited_text(survey, text or "", root, counting=counting, source=source)
            for text in (question.answer, question.why)
        )
        certainty, number = certainty_of(question), question.finding or 0
        return cls(link, now.state, theme_of(survey, question), answer, certainty, why, number)


@view
class QuestionGroup:
    """The questions of one state."""

    state: str
    lines: tuple[QuestionLine, ...]


@view
class PaperOnSide:
    """A paper that speaks for one answer, and what it reports."""

    paper: PaperLink
    id: Markup
    """The attribute with the id of this citation."""
    mark: Markup
    """What became of the paper since, as citations have it."""
    reason: Markup


@view
class SideView:
    """One answer, and the papers that speak for it."""

    says: Markup
    papers: tuple[PaperOnSide, ...]

    @classmethod
    def build(cls, survey: Survey, side: Side, root: str, counting: Counting, source: str) -> "SideView":
        """Return the view of a side; keys that papers had before lead to them.

        Args:
            survey: The survey.
            side: The side.
            root: The way from the page to the site's root.
            counting: Counts the citations of the page.
            source: The question's file, relative to ``docs/``.
        """

        def text(words: str, own: str = "") -> Markup:
            return cited_text(survey, words, root, counting=counting, source=source, own=own)

        says = text(capitalized(side.says))
        papers = [(survey.find(key), reason) for key, reason in side.papers.items()]
        shown = tuple(
            PaperOnSide(
                PaperLink.build(one), anchor(one, counting), mark_after(survey, one, root, source), text(why, one.key)
            )
            for one, why in papers
            if one
        )
        return cls(says, shown)


@view
class FindingView:
    """A finding in a list: the claim, and who stands for and against it."""

    line: QuestionLine
    sides: tuple[tuple[Markup, tuple[tuple[PaperLink, Markup], ...]], ...]
    """What each side says, with its papers and their marks; the reasons stand on the page of the question."""

    @classmethod
    def build(cls, survey: Survey, question: Question, root: str) -> "FindingView":
        """Return the view of a finding."""
        sides = tuple(
            (
                cited_text(survey, capitalized(side.says), root),
                tuple(
                    (PaperLink.build(paper), mark_after(survey, paper, root, question.source))
                    for key in side.papers
                    if (paper := survey.find(key))
                ),
            )
            for side in question.sides or ()
        )
        return cls(QuestionLine.build(survey, question, standing(survey, question), root), sides)


@view
class FoundPaper:
    """A paper that a question's query finds."""

    paper: PaperLink
    unseen: bool
    """Whether nobody has looked at it yet."""


@view
class QuestionView:
    """The page of a question."""

    line: QuestionLine
    reopened: Markup
    """Why it is open again; empty where it is not."""
    sides: tuple[SideView, ...]
    decided_by: Markup
    """What measurement would answer it, or change the answer."""
    query: str
    """In words; empty where there is none."""
    found: tuple[FoundPaper, ...]
    more: int
    """How many papers the query finds beyond those."""
    reviewed: str
    """In words, when somebody looked at all of them; empty where the file does not say."""
    edit_url: str

    @classmethod
    def build(cls, survey: Survey, question: Question, root: str) -> "QuestionView":
        """Return the view of a question."""
        now, settings = standing(survey, question), survey.settings
        shown, unseen = now.found[: settings.page_size], {paper.key for paper in now.unseen}
        counting, source = Counting(survey.find), question.source  # citations count in the order of these lines
        return cls(
            line=QuestionLine.build(survey, question, now, root, counting),
            reopened=reopened(question, now, root),
            sides=tuple(SideView.build(survey, side, root, counting, source) for side in question.sides or ()),
            decided_by=cited_text(survey, question.decided_by or "", root, counting=counting, source=source),
            query=query_in_words(survey, now.query) if now.query else "",
            found=tuple(FoundPaper(PaperLink.build(paper), paper.key in unseen) for paper in shown),
            more=len(now.found) - len(shown),
            reviewed=label("questions.reviewed", day=question.reviewed_all) if question.reviewed_all else "",
            edit_url=settings.edit_url(settings.relative(settings.docs_dir / question.source)),
        )


def theme_of(survey: Survey, question: Question) -> tuple[PageLink, ...]:
    """Return a question's theme with those above it, top first."""
    line = survey.taxonomy.line(question.theme)
    return tuple(PageLink(addresses.theme(theme.path), theme.title) for theme in line)


def certainty_of(question: Question) -> str:
    """Return how certain the answer is, in words; empty where there is none."""
    return label(f"questions.certainties.{question.certainty}") if question.certainty else ""


def reopened(question: Question, now: Standing, root: str) -> Markup:
    """Return why a question is open again, with links to the papers; empty where it is not."""
    parts, day = [], question.reviewed_all
    if now.unseen:
        name = "questions.reopened.since" if day else "questions.reopened.unseen"
        parts.append(label(name, len(now.unseen), day=day, papers=_links(now.unseen, root)))
    if now.gone:
        parts.append(label("questions.reopened.gone", len(now.gone), papers=_links(now.gone, root)))
    return Markup(" ").join(parts)


def _links(papers: Sequence[Paper], root: str) -> Markup:
    links = [PaperLink.build(paper) for paper in papers[:_NAMED]]
    anchor = Markup('<a href="{}">{}</a> ({}, {})')
    parts = [anchor.format(root + one.address, one.title, one.byline, one.year) for one in links]
    if len(papers) > _NAMED:
        parts.append(escape(label("questions.others", len(papers) - _NAMED)))
    return Markup("; ").join(parts)


def query_in_words(survey: Survey, query: Query) -> str:
    """Return a query as it is read, not as it is typed."""
    return "; ".join(_in_words(survey, condition) for condition in query.conditions) or label("query.all")


def _in_words(survey: Survey, condition: Condition) -> str:
    values = [value_in_words(survey, condition.key, value) for value in condition.values]
    *rest, last = values
    either = label("query.or", first=", ".join(rest), last=last) if rest else last
    facet = survey.settings.facets.get(condition.key)
    name = facet.title if facet else label(f"query.keys.{condition.key}")
    return label("query.is_not" if condition.negated else "query.is", key=name, values=either)


def value_in_words(survey: Survey, key: str, value: str) -> str:
    """Return a value of a query in canonical form as it is read."""
    if key == "theme":
        return " › ".join(theme.title for theme in survey.taxonomy.line(value))
    if key == "year":
        first, last = years(value)
        if first == last:
            return str(first)
        name = "between" if first and last else "from" if first else "until"
        return label(f"query.years.{name}", first=first, last=last)
    if key in ("author", "venue"):
        listings = survey.authors if key == "author" else survey.venues
        return listings[value].name if value in listings else value
    if key == "key":
        return survey.papers[value].display_title.text
    if key == "status":
        return label(f"paper.statuses.{value}")
    return label(f"offers.{value}.name") if key == "has" else value


def unsettled(survey: Survey, theme: Theme) -> list[tuple[Question, Standing]]:
    """Return the questions of a theme and of those below it that are not settled, by state and then by id."""
    inside = f"{theme.path}/"
    of_theme = [one for one in survey.questions.values() if one.theme == theme.path or one.theme.startswith(inside)]
    found = [(question, now) for question in of_theme if (now := standing(survey, question)).state != SETTLED]
    return sorted(found, key=lambda pair: STATES.index(pair[1].state))


def question_groups(survey: Survey, root: str) -> list[QuestionGroup]:
    """Return all questions by the state that readers see; states without any are left out."""
    groups: dict[str, list[QuestionLine]] = {state: [] for state in STATES}
    for question in survey.questions.values():
        now = standing(survey, question)
        groups[now.state].append(QuestionLine.build(survey, question, now, root))
    return [QuestionGroup(state, tuple(lines)) for state, lines in groups.items() if lines]


def render_questions(renderer: Renderer, page: str) -> str:
    """Return the list of all questions."""
    groups = question_groups(renderer.survey, root_of(page))
    return renderer.render("questions.html", page, groups=groups)


def render_findings(renderer: Renderer, page: str) -> str:
    """Return the questions that are findings, in their order."""
    survey, root = renderer.survey, root_of(page)
    ordered = findings(list(survey.questions.values()))
    return renderer.render("findings.html", page, findings=[FindingView.build(survey, one, root) for one in ordered])


def build_question_pages(renderer: Renderer) -> Iterator[SitePage]:
    """Yield the page of every question."""
    survey = renderer.survey
    for question in survey.questions.values():
        address = addresses.question(question.id)
        view = QuestionView.build(survey, question, root_of(address))
        description = plain(view.line.answer) or label(f"questions.described.{view.line.state}")
        leans = Markup(render_notices(renderer, address, question.source))  # noqa: S704 (of a template that escapes)
        body = renderer.render("question.html", address, question=view, leans=leans)
        head = question_head(survey, address, question.question, description, answers(view))
        yield SitePage(
            address, question.question, description, body, renderer.head(head), modified=question.reviewed_all
        )


def answers(view: QuestionView) -> list[tuple[str, list[tuple[str, str]]]]:
    """Return (text, (title, address) of the papers that speak for it) of a question's answer and of its sides."""
    answer: list[tuple[str, list[tuple[str, str]]]] = [(plain(view.line.answer), [])] if view.line.answer else []
    sides = [
        (plain(side.says), [(str(one.paper.title), one.paper.address) for one in side.papers]) for side in view.sides
    ]
    return [*answer, *sides]


def plain(text: Markup) -> str:
    """Return what a reader sees of a text with links."""
    return text.striptags()
