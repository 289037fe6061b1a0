"""Bring numbers of a CSV file, with the columns of the survey's own export, into the files of their papers.

Every row is checked before anything is written; what texts make of the numbers is for `survey check`. A number that a
paper has already changes nothing, and one that says something else of the same thing is for a person to decide.

I/O: reads paper files; the caller writes them.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from itertools import islice
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from living_survey.checks.numbers import check_numbers
from living_survey.checks.papers import nearest
from living_survey.editing.spelling import respell
from living_survey.formats.numbers_csv import BETWEEN, COLUMNS, Row
from living_survey.formats.numbers_csv import LISTS as SEVERAL
from living_survey.formats.paper_file import edit_paper
from living_survey.loading.validate import check_paper, model_problems
from living_survey.model.number import ABSTRACT, Number
from living_survey.model.paper import Paper
from living_survey.model.registry import LISTS
from living_survey.model.survey import Survey
from living_survey.syntax.problems import Problem, ProblemsError, has_errors, problem
from living_survey.syntax.yaml_reader import check_encoding, read_mapping

MOST_PROBLEMS = 200
"""So many mistakes are reported at once."""
_FIELDS = [name for name in Number.model_fields if name in COLUMNS]
_CONDITIONS = ("metric", "baseline", "benchmark", "model", "hardware", "setting")
"""Numbers that differ in one of these say something of different things."""
_DEFAULTS = {"locator": ABSTRACT, "confidence": "stated"}


@dataclass(frozen=True, slots=True)
class NewNumber:
    """A number that a paper gets: where it was read, and what."""

    place: str
    key: str
    metric: str


@dataclass(slots=True)
class NumbersPlan:
    """What an import of numbers would do: file of a paper → its new text, new numbers, how many are there already."""

    files: dict[Path, str] = field(default_factory=dict)
    added: list[NewNumber] = field(default_factory=list)
    present: int = 0


@dataclass(slots=True)
class _Entry:
    """A row on its way into a list of a paper."""

    path: str
    row: Row
    list: str
    data: dict[str, Any]
    number: Number | None = None

    def problem(self, found: Problem, name: str = "") -> Problem:
        """Return a problem of the number as one of its row; ``name`` is the column."""
        message = f"{name}: {found.message}" if name and not found.message.startswith(f"{name}: ") else found.message
        return replace(found, path=self.path, line=self.row.line, column=1, message=message, field=())


def plan_numbers(
    survey: Survey, tables: Iterable[tuple[str, Sequence[Row]]], unreadable: Iterable[Problem] = ()
) -> NumbersPlan:
    """Decide what becomes of every row. Nothing is written.

    Args:
        survey: The survey whose papers get the numbers.
        tables: (name of the file, its rows).
        unreadable: What of the files could not be read, to be reported with all else.

    Raises:
        ProblemsError: If any row cannot be taken, or says something else than the paper's file.
    """
    problems = list(unreadable)
    by_paper: dict[str, list[_Entry]] = defaultdict(list)
    propose = nearest([*survey.papers, *survey.aliases])
    for path, rows in tables:
        for row in rows:
            if len(problems) >= MOST_PROBLEMS:
                _refuse(problems)
            key = row.cells.get("key", "")
            paper, place = survey.find(key), (row.line, 1)
            if paper is None:
                reason = f"key: the survey has no paper {key[:80]}" if key else "key: empty"
                problems.append(problem("csv-cell", path, place, hint=propose(key) or "write its key", reason=reason))
            elif (name := row.cells.get("list", "")) not in LISTS:
                reason = f"list: {name[:80] or 'empty'}"
                problems.append(problem("csv-cell", path, place, hint="write results or scale", reason=reason))
            else:
                entry = _Entry(path, row, name, {})
                problems += _fill(entry, paper)
                by_paper[paper.key].append(entry)
    plan, changed = NumbersPlan(), dict[str, tuple[Paper, dict[tuple[str, int], _Entry]]]()
    for key, entries in by_paper.items():
        problems += _take(survey, survey.papers[key], entries, plan, changed)
    problems += islice(_check(survey, changed), MOST_PROBLEMS)
    _refuse(problems)
    return plan


def _refuse(problems: Sequence[Problem]) -> None:
    if has_errors(problems):
        raise ProblemsError(sorted(problems)[:MOST_PROBLEMS])


def _fill(entry: _Entry, paper: Paper) -> Iterator[Problem]:
    """Make of a row's cells the fields of a number, without what needs no saying."""
    origin = paper.provenance
    usual = {**_DEFAULTS, **({"read_by": origin.checked_by, "read": origin.checked} if origin else {})}
    for name in _FIELDS:
        said = entry.row.cells.get(name)
        if said is None or said == usual.get(name):
            continue
        if name == "baseline_stated":
            if said.lower() not in ("yes", "no"):
                reason = f"{name}: {said[:80]}"
                yield problem("csv-cell", entry.path, (entry.row.line, 1), hint="write yes or no", reason=reason)
            elif said.lower() == "no":
                entry.data[name] = "false"
        elif name in SEVERAL:
            words = [word for part in said.split(BETWEEN.strip()) if (word := part.strip())]
            entry.data[name] = words if len(words) > 1 else said
        else:
            entry.data[name] = said


def _take(
    survey: Survey,
    paper: Paper,
    entries: Sequence[_Entry],
    plan: NumbersPlan,
    changed: dict[str, tuple[Paper, dict[tuple[str, int], _Entry]]],
) -> Iterator[Problem]:
    """Put the rows of one paper that are new behind the numbers that it has, and note its new text."""
    path = f"{survey.settings.papers}/{paper.source_path}"
    file = survey.settings.root / path
    raw = file.read_bytes()
    document = read_mapping(raw, path)
    keys = {*survey.papers, *survey.aliases}
    new: dict[str, list[_Entry]] = {name: [] for name in LISTS}
    for name in LISTS:
        there = [_statement(number, paper) for number in getattr(paper, name) or ()]
        own = [entry for entry in entries if entry.list == name]
        respelled = respell({name: [entry.data for entry in own]}, survey.registry, keys)
        for entry, data in zip(own, respelled.get(name, [entry.data for entry in own]), strict=True):
            entry.data = data
            try:
                entry.number = Number.model_validate(data)
            except ValidationError as error:
                for found in model_problems(error, entry.path, Number):
                    yield entry.problem(found)
        said = [(entry, _statement(entry.number, paper)) for entry in own if entry.number]
        # What a row says as the paper does is a number of its own: a paper may have several of one kind.
        confirmed = {statement for _, statement in said}
        others = {_about(one): n for n, one in reversed([*enumerate(there)]) if one not in confirmed}
        seen = set(there)
        for entry, statement in said:
            if statement in seen:
                plan.present += 1
                continue
            seen.add(statement)
            if (other := others.get(_about(statement))) is not None:
                line, _ = document.locate((name, other))
                metric, where = entry.data["metric"], f"{path}:{line}"
                yield problem("csv-conflict", entry.path, (entry.row.line, 1), metric=metric, where=where)
            new[name].append(entry)
    items = {name: [*document.data.get(name, []), *(one.data for one in new[name])] for name in LISTS if new[name]}
    if not items:
        return
    changes = {**items, **respell({**document.data, **items}, survey.registry, keys)}
    text = edit_paper(raw, path, changes)
    if problems := check_encoding(text.encode("utf-8"), path):
        yield from problems
        return
    whole, problems = check_paper(paper.key, path, read_mapping(text.encode("utf-8"), path).data, survey.taxonomy)
    of_rows = {
        (name, len(document.data.get(name, [])) + n): entry for name in LISTS for n, entry in enumerate(new[name])
    }
    plan.files[file] = text
    plan.added += [
        NewNumber(f"{one.path}:{one.row.line}", paper.key, one.data.get("metric", "")) for one in of_rows.values()
    ]
    if whole is None:  # of what is wrong with a row there is a report already
        yield from (one for one in problems if one.field[:2] not in of_rows)
    else:
        changed[paper.key] = whole, of_rows


def _statement(number: Number, paper: Paper) -> tuple[Any, ...]:
    """Return what a number says in `_FIELDS`, however it is written; its quote is in no table."""
    origin = paper.provenance
    said: dict[str, Any] = {name: getattr(number, name) for name in _FIELDS}
    said |= {name: Decimal(said[name]) for name in ("value", "low", "high") if said[name]}
    said |= {name: frozenset(said[name] or ()) for name in SEVERAL}
    said["unit"] = number.measured
    said["read_by"] = number.read_by or (origin.checked_by if origin else None)
    said["read"] = number.read or (origin.checked if origin else None)
    return tuple(said[name] for name in _FIELDS)


def _about(statement: tuple[Any, ...]) -> tuple[Any, ...]:
    return tuple(value for name, value in zip(_FIELDS, statement, strict=True) if name in _CONDITIONS)


def _check(survey: Survey, changed: Mapping[str, tuple[Paper, dict[tuple[str, int], _Entry]]]) -> Iterator[Problem]:
    """Check the new numbers against the registry, as errors of their rows."""
    by_path = {f"{survey.settings.papers}/{paper.source_path}": rows for paper, rows in changed.values()}
    papers, keys = [paper for paper, _ in changed.values()], {*survey.papers, *survey.aliases}
    for found in check_numbers(survey.settings, survey.registry, papers, keys):
        index = found.field[:2]
        entry = by_path[found.path].get((str(index[0]), int(index[1]))) if index[0] in LISTS else None
        if entry is None or found.severity != "error":
            continue
        if found.code in ("number-belongs-to-scale", "number-belongs-to-results"):
            found = replace(found, hint=f"write {found.code.rpartition('-')[2]} in the column list")
        yield entry.problem(found, str(found.field[2]) if len(found.field) > 2 else "")
