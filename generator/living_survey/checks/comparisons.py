"""What is wrong with comparisons: columns and papers that are not there, queries, papers that lean. I/O: none."""

from collections.abc import Callable, Collection, Iterator, Sequence

from living_survey.checks.marks import rests_on
from living_survey.checks.papers import nearest
from living_survey.checks.questions import query_problem
from living_survey.model.citations import find_mentions, find_mistaken
from living_survey.model.columns import Column, column_names, read_column, units_of
from living_survey.model.comparing import compared
from living_survey.model.comparison import Comparison
from living_survey.model.paper import Paper
from living_survey.model.query import QueryError, Vocabulary, parse_query
from living_survey.model.question import find_questions
from living_survey.model.registry import Registry
from living_survey.model.settings import Settings
from living_survey.model.survey import Survey
from living_survey.model.theme import Taxonomy
from living_survey.syntax.problems import FieldPath, Problem, closest, did_you_mean, problem

_NOTE: FieldPath = ("note",)


def comparison_path(settings: Settings, comparison: Comparison) -> str:
    """Return the file of a comparison as it is reported."""
    return settings.relative(settings.docs_dir / comparison.source)


def check_comparisons(
    settings: Settings,
    taxonomy: Taxonomy,
    comparisons: Sequence[Comparison],
    papers: Sequence[Paper],
    *,
    registry: Registry | None,
    questions: Collection[str],
    unread: Collection[str] = (),
) -> Iterator[Problem]:
    """Check comparisons against themselves, the papers, and what can be a column.

    Args:
        settings: The survey's settings.
        taxonomy: Its themes.
        comparisons: The comparisons that could be read.
        papers: The papers that could be read.
        registry: The survey's metrics; none if they could not be read, then columns are not checked.
        questions: Ids of all questions, which a note may name.
        unread: Names that papers which could not be read may have.
    """
    owners = {name: paper.key for paper in papers for name in (*(paper.aliases or ()), paper.key)}
    propose, words = nearest(owners), Vocabulary(settings, taxonomy)
    for one in comparisons:
        path = comparison_path(settings, one)
        yield from _check_choice(one, path, words)
        for field, key in one.named():
            if key not in owners and key not in unread:
                yield problem("citation-unknown", path, field=field, hint=propose(key), key=key)
        yield from _twice(path, "papers", [owners.get(key, key) for key in one.papers or ()])
        yield from _twice(path, "columns", [" ".join(text.split()) for text in one.columns])
        for number, text in enumerate(one.columns if registry else ()):
            yield from _check_column(settings, registry or Registry(), text, path, ("columns", number))
        yield from _check_note(one.note or "", path, {*owners, *unread}, propose, questions)


def _check_choice(comparison: Comparison, path: str, words: Vocabulary) -> Iterator[Problem]:
    """Papers are named or asked for."""
    if comparison.papers and comparison.query:
        yield problem("comparison-papers-twice", path, field=("query",))
    if not comparison.papers and not comparison.query:
        yield problem("comparison-papers-missing", path, field=("title",))
    try:
        parse_query(comparison.query or "", words)
    except QueryError as error:
        yield query_problem(path, error)


def _twice(path: str, name: str, values: Sequence[str]) -> Iterator[Problem]:
    for number, value in enumerate(values):
        if value in values[:number]:
            yield problem("item-duplicate", path, field=(name, number), value=value)


def _check_column(settings: Settings, registry: Registry, text: str, path: str, field: FieldPath) -> Iterator[Problem]:
    column = read_column(text, settings, registry)
    if column:
        yield from _check_unit(registry, column, path, field)
        return
    name, _, unit = " ".join(text.split()).partition(" ")
    known = column_names(settings, registry)
    if unit and name in known:
        yield problem("comparison-column-unit", path, field=field, name=name)
        return
    hint = did_you_mean(name, [*known, *registry.spellings("metrics")], list_few=False)
    yield problem("comparison-column-unknown", path, field=field, hint=hint, column=name)


def _check_unit(registry: Registry, column: Column, path: str, field: FieldPath) -> Iterator[Problem]:
    if column.unit is None or registry.takes(registry.metrics[column.name], column.unit):
        return
    known, unit = units_of(registry.metrics[column.name]), column.text.partition(" ")[2]
    near = closest(unit, known)
    hint = (f'did you mean "{near}"? ' if near else "") + f"it takes {', '.join(known)}"
    yield problem("comparison-unit-unknown", path, field=field, hint=hint, metric=column.name, unit=unit)


def _check_note(
    note: str, path: str, known: Collection[str], propose: Callable[[str], str], questions: Collection[str]
) -> Iterator[Problem]:
    """A note may cite papers and name questions."""
    for found in find_mistaken(note):
        yield problem("citation-invalid", path, field=_NOTE, text=found.short)
    for mention in find_mentions(note):
        if mention.key not in known:
            yield problem("citation-unknown", path, field=_NOTE, hint=propose(mention.key), key=mention.key)
    for named in find_questions(note):
        if named.id not in questions:
            hint = did_you_mean(named.id, questions)
            yield problem("question-unknown", path, field=_NOTE, hint=hint, name=named.id)


def check_found(survey: Survey) -> Iterator[Problem]:
    """Check comparisons for what only a survey without mistakes can tell: what queries find, and what became of it."""
    for one in survey.comparisons.values():
        path = comparison_path(survey.settings, one)
        try:
            table = compared(survey, one)
        except QueryError as error:
            yield query_problem(path, error)
            continue
        if not table.rows:
            yield problem("comparison-empty", path, field=("query",))
        for number, row in enumerate(table.rows):
            if row.event:
                field: FieldPath = ("papers", number) if one.papers else ("query",)
                hint = f"look at it again, then write reviewed: {{{row.paper.key}: DATE}} in this file"
                yield rests_on(path, row.paper, row.event, field=field, hint=hint)
