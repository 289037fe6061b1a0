"""What is wrong with expressions in texts, and with numbers that are typed there. I/O: none."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Any

from living_survey.checks.questions import question_path
from living_survey.checks.typed_numbers import check_typed_numbers
from living_survey.model.citations import Citation, find_citations
from living_survey.model.expressions import Expression, evaluate, find_expressions, find_in_field
from living_survey.model.query import QueryError
from living_survey.model.sentences import Sentences
from living_survey.model.survey import Survey
from living_survey.syntax.problems import FieldPath, Places, Problem, problem


def check_expressions(survey: Survey) -> Iterator[Problem]:
    """Evaluate every expression of pages, summaries and questions, and compare typed numbers with what papers state."""
    for page in survey.pages.values():
        if "{{" in page.text:
            places = Places(page.text, page.first_line)
            for start, said in _check(survey, find_expressions(page.text), page.text, page.citations):
                yield problem(said.pop("code"), page.path, places.find(start), **said)
    for path, field, text, own, named in _fields(survey):
        for _, said in _check(survey, find_in_field(text), text, list(find_citations(text)), own=own, named=named):
            if field == ("tldr",) and "key" in said:
                said["hint"] = "a tldr cites nothing: put it into the summary"
            yield problem(said.pop("code"), path, field=field, **said)
    yield from check_typed_numbers(survey)


def _fields(survey: Survey) -> Iterator[tuple[str, FieldPath, str, str, set[str]]]:
    """Yield (file, field, text, key of the paper that it is about, keys that it need not cite) of all texts in fields.

    In what a side says all papers of the side are cited already.
    """
    for paper in survey.papers.values():
        for name, text in (("tldr", paper.tldr), ("summary", paper.summary)):
            if text and "{{" in text:
                yield f"{survey.settings.papers}/{paper.source_path}", (name,), text, paper.key, {paper.key}
    for question in survey.questions.values():
        for field, text in question.texts():
            if "{{" not in text:
                continue
            sides = [side for number, side in enumerate(question.sides or ()) if field[:2] == ("sides", number)]
            named = [str(field[-1])] if "papers" in field else [key for side in sides for key in side.papers]
            keys = [found.key for key in named if (found := survey.find(key))]
            own = keys[0] if "papers" in field and keys else ""
            yield question_path(survey.settings, question), field, text, own, set(keys)


def _check(
    survey: Survey,
    expressions: Iterable[Expression],
    text: str,
    citations: Sequence[Citation],
    *,
    own: str = "",
    named: Collection[str] = (),
) -> Iterator[tuple[int, dict[str, Any]]]:
    """Yield where an expression stands that is wrong, and the code and the words of the problem.

    Args:
        survey: The survey.
        expressions: Those of the text.
        text: The text.
        citations: What it cites.
        own: Key of the paper that the text is about, which its expressions need not name.
        named: Keys that it need not cite.
    """
    sentences = Sentences(text, citations, str)
    cited = {
        (sentences.number(citation.start), paper.key)
        for citation in citations
        for key, _ in citation.keys
        if (paper := survey.find(key))
    }
    for expression in expressions:
        try:
            value = evaluate(survey, expression, own)
        except QueryError as error:
            yield expression.start, {"code": "expression-invalid", "hint": error.hint, "reason": error.reason}
            continue
        if value.key and value.key not in named and (sentences.number(expression.start), value.key) not in cited:
            yield expression.start, {"code": "expression-uncited", "key": value.key}
