"""What is wrong with questions: sides that a state needs, papers and themes that are not there, queries. I/O: none."""

from collections.abc import Collection, Iterator, Sequence

from living_survey.checks.data_files import DataFile, Names, file_path, query_problem
from living_survey.model.page import EditorPage
from living_survey.model.paper import Paper
from living_survey.model.query import QueryError
from living_survey.model.question import DISPUTED, OPEN, SETTLED, Question, find_questions
from living_survey.model.reopening import standing
from living_survey.model.settings import Settings
from living_survey.model.survey import Survey
from living_survey.model.theme import Taxonomy
from living_survey.syntax.problems import FieldPath, Problem, did_you_mean, problem

_SUMMARY: FieldPath = ("summary",)
_SHOWN = 10
"""So many papers that nobody has looked at are named."""


def check_questions(
    settings: Settings,
    taxonomy: Taxonomy,
    questions: Sequence[Question],
    papers: Sequence[Paper],
    *,
    unread: Collection[str] = (),
) -> Iterator[Problem]:
    """Check questions against themselves, the themes and the papers.

    Args:
        settings: The survey's settings.
        taxonomy: Its themes.
        questions: The questions that could be read.
        papers: The papers that could be read.
        unread: Names that papers which could not be read may have.
    """
    names, numbers = Names.build(settings, taxonomy, papers, unread), dict[int, str]()
    for question in questions:
        path = file_path(settings, question)
        yield from names.check(question)
        yield from names.check_twice(path, "seen", question.seen or ())
        yield from _check_state(question, path)
        if question.finding:
            first = numbers.setdefault(question.finding, question.source)
            if first != question.source:
                number, other = question.finding, first.rpartition("/")[2]
                yield problem("question-finding-duplicate", path, field=("finding",), number=number, other=other)
        if question.theme not in taxonomy.by_path:
            hint, folder = taxonomy.propose(question.theme), settings.relative(settings.themes_dir)
            yield problem("theme-unknown", path, field=("theme",), hint=hint, theme=question.theme, folder=folder)
        if question.seen and not question.query:
            yield problem("question-seen-alone", path, field=("seen",))


def _check_state(question: Question, path: str) -> Iterator[Problem]:
    """A state promises sides and an answer, an answer says how certain it is."""
    sides, field = [len(side.papers) for side in question.sides or ()], ("state",)
    if question.state == DISPUTED and sum(map(bool, sides)) < 2:
        yield problem("question-one-sided", path, field=field)
    if question.state == SETTLED and not question.answer:
        yield problem("question-answer-missing", path, field=field, what="settled")
    if question.state == SETTLED and max(sides, default=0) < 2:
        yield problem("question-unsupported", path, field=field)
    if question.state == OPEN and question.answer:
        yield problem("question-answered", path, field=("answer",))
    if question.answer and not question.certainty:
        yield problem("question-certainty-missing", path, field=("answer",))
    for name, value in (("certainty", question.certainty), ("finding", question.finding)):
        if value and not question.answer:
            yield problem(
                "question-answer-missing", path, field=(name,), hint=f"add answer: …, or delete {name}", what=name
            )


def check_standing(survey: Survey) -> Iterator[Problem]:
    """Check queries for what only a survey without mistakes can tell: names of people, and papers nobody looked at."""
    for question in survey.questions.values():
        path = file_path(survey.settings, question)
        try:
            now = standing(survey, question)
        except QueryError as error:
            yield query_problem(path, error)
            continue
        field = ("seen",) if question.seen else ("query",)
        if now.unseen:
            yield problem("question-unseen", path, field=field, papers=_some(now.unseen), id=question.id)
        if now.gone:
            yield problem("question-gone", path, field=field, papers=_some(now.gone), id=question.id)


def _some(papers: Sequence[Paper]) -> str:
    names = ", ".join(paper.key for paper in papers[:_SHOWN])
    return f"{names}, …" if len(papers) > _SHOWN else names


def check_mentions(
    settings: Settings,
    pages: Collection[EditorPage],
    papers: Sequence[Paper],
    files: Sequence[DataFile],
    ids: Collection[str],
) -> Iterator[Problem]:
    """Check that every question that a text names is there.

    Args:
        settings: The survey's settings.
        pages: The editors' pages.
        papers: The papers, whose summaries name questions.
        files: Questions and comparisons, which name questions too.
        ids: Of all questions, those that could not be read too.
    """

    def unknown(name: str, path: str, place: tuple[int, int] = (0, 0), field: FieldPath = ()) -> Problem:
        hint = did_you_mean(name, ids)
        return problem("question-unknown", path, place, field=field, hint=hint, name=name)

    for page in pages:
        for mention in page.questions:
            place = (mention.line, mention.column)
            if mention.id not in ids:
                yield unknown(mention.id, page.path, place)
            if mention.heading:
                yield problem("citation-in-heading", page.path, place)
    texts = [(f"{settings.papers}/{paper.source_path}", _SUMMARY, paper.summary or "") for paper in papers]
    texts += [(file_path(settings, one), field, text) for one in files for field, text in one.texts()]
    for path, field, text in texts:
        yield from (unknown(one.id, path, field=field) for one in find_questions(text) if one.id not in ids)
