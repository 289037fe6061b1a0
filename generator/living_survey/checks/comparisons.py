"""What is wrong with comparisons: columns and papers that are not there, queries, papers that lean. I/O: none."""

from collections.abc import Collection, Iterator, Sequence

from living_survey.checks.data_files import Names, check_twice, file_path, query_problem
from living_survey.checks.marks import rests_on
from living_survey.model.columns import Column, column_names, read_column, units_of
from living_survey.model.comparing import compared
from living_survey.model.comparison import Comparison
from living_survey.model.paper import Paper
from living_survey.model.query import QueryError
from living_survey.model.registry import Registry
from living_survey.model.settings import Settings
from living_survey.model.survey import Survey
from living_survey.model.theme import Taxonomy
from living_survey.syntax.problems import FieldPath, Problem, closest, did_you_mean, problem


def check_comparisons(
    settings: Settings,
    taxonomy: Taxonomy,
    comparisons: Sequence[Comparison],
    papers: Sequence[Paper],
    *,
    registry: Registry | None,
    unread: Collection[str] = (),
) -> Iterator[Problem]:
    """Check comparisons against themselves, the papers, and what can be a column.

    Args:
        settings: The survey's settings.
        taxonomy: Its themes.
        comparisons: The comparisons that could be read.
        papers: The papers that could be read.
        registry: The survey's metrics; none if they could not be read, then columns are not checked.
        unread: Names that papers which could not be read may have.
    """
    names = Names.build(settings, taxonomy, papers, unread)
    for one in comparisons:
        path = file_path(settings, one)
        yield from names.check(one)
        yield from names.check_twice(path, "papers", one.papers or ())
        yield from check_twice(path, "columns", [" ".join(text.split()) for text in one.columns])
        if one.papers and one.query:
            yield problem("comparison-papers-twice", path, field=("query",))
        if not one.papers and not one.query:
            yield problem("comparison-papers-missing", path, field=("title",))
        for number, text in enumerate(one.columns if registry else ()):
            yield from _check_column(settings, registry or Registry(), text, path, ("columns", number))


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


def check_found(survey: Survey) -> Iterator[Problem]:
    """Check comparisons for what only a survey without mistakes can tell: what queries find, and what became of it."""
    for one in survey.comparisons.values():
        path = file_path(survey.settings, one)
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
