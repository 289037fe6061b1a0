"""What is wrong with expressions in texts, and with numbers that are typed there. I/O: none."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Any

from living_survey.checks.prose import FieldText, field_texts
from living_survey.checks.typed_numbers import TypedNumbers
from living_survey.model.citations import Citation, find_citations
from living_survey.model.expressions import Expression, evaluate, find_expressions, find_in_field
from living_survey.model.query import QueryError
from living_survey.model.sentences import Sentences
from living_survey.model.survey import Survey
from living_survey.syntax.problems import Places, Problem, problem


def check_expressions(survey: Survey) -> Iterator[Problem]:
    """Evaluate every expression of pages, summaries and questions, and compare typed numbers with what papers state."""
    for page in survey.pages.values():
        if "{{" in page.text:
            places = Places(page.text, page.first_line)
            for start, said in _check(survey, find_expressions(page.text), page.text, page.citations):
                yield problem(said.pop("code"), page.path, places.find(start), **said)
    numbers = TypedNumbers(survey)
    for text in field_texts(survey):
        if "{{" in text.text:
            yield from _check_field(survey, text)
        yield from numbers.field(text)
    for page in survey.pages.values():
        yield from numbers.page(page)


def _check_field(survey: Survey, text: FieldText) -> Iterator[Problem]:
    citations, named = list(find_citations(text.text)), {paper.key for paper in text.papers}
    found = _check(survey, find_in_field(text.text), text.text, citations, own=text.own, named=named)
    for start, said in found:
        if text.field == ("tldr",) and "key" in said:
            said["hint"] = "a tldr cites nothing: put it into the summary"
        yield problem(said.pop("code"), text.path, field=text.place(start), **said)


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
