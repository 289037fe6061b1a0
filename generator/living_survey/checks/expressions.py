"""What is wrong with expressions in texts, and with numbers that are typed there. I/O: none."""

from collections.abc import Iterator

from living_survey.checks.typed_numbers import check_typed_numbers
from living_survey.model.expressions import evaluate, find_expressions
from living_survey.model.page import EditorPage
from living_survey.model.query import QueryError
from living_survey.model.sentences import Sentences
from living_survey.model.survey import Survey
from living_survey.syntax.problems import Places, Problem, problem


def check_expressions(survey: Survey) -> Iterator[Problem]:
    """Evaluate every expression of the editors' pages, and compare typed numbers with what papers state."""
    for page in survey.pages.values():
        if "{{" in page.text:
            yield from _check_page(survey, page)
    yield from check_typed_numbers(survey)


def _check_page(survey: Survey, page: EditorPage) -> Iterator[Problem]:
    places, sentences = Places(page.text, page.first_line), Sentences(page.text, page.citations, str)
    cited = {
        (sentences.number(citation.start), paper.key)
        for citation in page.citations
        for key, _ in citation.keys
        if (paper := survey.find(key))
    }
    for expression in find_expressions(page.text):
        place = places.find(expression.start)
        try:
            value = evaluate(survey, expression)
        except QueryError as error:
            yield problem("expression-invalid", page.path, place, hint=error.hint, reason=error.reason)
            continue
        if value.key and (sentences.number(expression.start), value.key) not in cited:
            yield problem("expression-uncited", page.path, place, key=value.key)
