"""What became of each record of an import, and the tables that say so. I/O: none."""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, Literal

from living_survey.editing.notes import Note
from living_survey.model.titles import Likeness
from living_survey.syntax.problems import Problem

Status = Literal["imported", "merged", "skipped", "refused", "note"]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one record, or a word about a file.

    Attributes:
        status: ``imported``: a new paper; ``merged``: into another record of the same import; ``skipped``: the survey
            has the paper; ``refused``: it cannot be a paper as it is; ``note``: no record, but something was left out.
        place: File and line: ``refs.bib:12``.
        source_key: The record's key in the file.
        key: The paper that it became or belongs to; empty when refused.
        words: Why, and what happened to its fields.
        notes: The same, each remark apart.
        similar: Papers with a title so similar, and an author in common, that they may be the same work.
    """

    status: Status
    place: str
    source_key: str
    key: str
    words: str
    notes: tuple[str, ...] = ()
    similar: tuple[Likeness, ...] = ()


@dataclass(slots=True)
class ImportPlan:
    """A planned import: what to write, and what became of every record."""

    outcomes: list[Outcome] = field(default_factory=list)
    papers: dict[str, dict[str, Any]] = field(default_factory=dict)
    """New papers by key: the data of their files."""
    problems: list[Problem] = field(default_factory=list)
    """What `survey check` will say of them."""
    notes: list[Note] = field(default_factory=list)
    """Private fields of the records that became or belong to a paper."""

    def count(self, status: Status) -> int:
        """Count the records of one fate."""
        return sum(outcome.status == status for outcome in self.outcomes)


def to_table(outcomes: Iterable[Outcome]) -> str:
    """Return the fates as lines for people: what, where, which key became which, and why."""
    rows = [
        (o.status, o.place, " → ".join(dict.fromkeys(filter(None, [_short(o.source_key), o.key]))), o.words)
        for o in outcomes
    ]
    widths = [max((len(row[n]) for row in rows), default=0) for n in range(3)]
    lines = ["  ".join([*(row[n].ljust(widths[n]) for n in range(3)), row[3]]).rstrip() for row in rows]
    return "\n".join(lines)


def to_tsv(outcomes: Iterable[Outcome]) -> str:
    """Return the fates as a table for programs: one line each, columns parted by tabs, a heading first."""
    rows = [("status", "place", "source_key", "key", "words")]
    rows += [(o.status, o.place, o.source_key, o.key, o.words) for o in outcomes]
    return "".join("\t".join(re.sub(r"[\t\n]+", " ", cell) for cell in row) + "\n" for row in rows)


def summary(result: ImportPlan) -> str:
    """Count the fates: ``258 records: 250 imported, 5 merged, 3 refused``."""
    counts = Counter(outcome.status for outcome in result.outcomes if outcome.status != "note")
    parts = [f"{counts[status]} {status}" for status in ("imported", "merged", "skipped", "refused") if counts[status]]
    return f"{counts.total()} records: {', '.join(parts) or 'nothing to do'}"


def _short(key: str) -> str:
    return key if len(key) <= 40 else f"{key[:39]}…"
