"""Bring what an old paper file says into the form of numbers with names, bounds, and units that are statements.

Old numbers have `evidence`, which became `locator`. What only a person can decide stays exactly as it is, with a
problem that says what the choices are; what is moved loses nothing. I/O: none.
"""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any

from living_survey.editing.migrate_number import Added, LeftError, NumberReader, names_in
from living_survey.editing.spelling import OF_PAPER, is_old
from living_survey.model.registry import LISTS, Registry, sizes_of
from living_survey.syntax.problems import FieldPath, Problem, problem


@dataclass
class Migration:
    """What the new form of a file comes to.

    Attributes:
        changes: Top-level field → its new value.
        removed: Top-level fields that are empty now.
        moved: Place of a field or an item → its new place, for comments and problems.
        problems: What a person has to decide (errors), and what was read in a way to look at (warnings), at old places.
        added: Names that the registry has to get: block → name → entry.
        units: Units that it has to get.
        numbers: How many numbers have the new form now.
        left: How many stay in the old one.
    """

    changes: dict[str, Any] = field(default_factory=dict)
    removed: list[str] = field(default_factory=list)
    moved: dict[FieldPath, FieldPath] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    added: dict[str, dict[str, dict[str, Any]]] = field(default_factory=dict)
    units: list[str] = field(default_factory=list)
    numbers: int = 0
    left: int = 0

    @property
    def to_scale(self) -> int:
        """How many numbers went from `results` to `scale`."""
        return sum(old[0] == "results" != new[0] for old, new in self.moved.items() if len(old) == 2)


def migrate_paper(
    data: Mapping[str, Any],
    registry: Registry,
    path: str,
    keys: Collection[str] = (),
    added: Added | None = None,
) -> Migration:
    """Return the new form of the data of a paper file.

    Args:
        data: What the file says, as `read_mapping` returns it.
        registry: The survey's names, with those that files before this one added.
        path: The file, as it is reported.
        keys: Keys of papers, which are baselines too.
        added: The names that were added for files before this one: these alone may get further units.
    """
    planner = _Planner(NumberReader(registry, path, keys, added or {}))
    planner.numbers(data)
    planner.attributes(data)
    return planner.plan


class _Planner:
    """The migration of one file."""

    def __init__(self, reader: NumberReader) -> None:
        self._reader, self._registry, self._path = reader, reader.registry, reader.path
        self.plan = Migration(problems=reader.problems, added=reader.added, units=reader.units)

    def numbers(self, data: Mapping[str, Any]) -> None:
        """Move the old numbers of a file to the list that their metric belongs to."""
        lists: dict[str, list[Any]] = {name: [] for name in LISTS}
        if not all(isinstance(data.get(name, []), list) for name in LISTS):
            return  # a mistake, which is the checks' to report
        # Those of scale stay in front of what joins them, so that their addresses stay.
        for place in [(name, index) for name in reversed(LISTS) for index in range(len(data.get(name, [])))]:
            item = data[place[0]][place[1]]
            new, target = item, place[0]
            if is_old(item):
                try:
                    new, target = self._reader.read(item, place)
                    self.plan.numbers += 1
                except LeftError as left:
                    self.plan.problems.append(replace(left.problem, field=(*place, left.name)))
                    self.plan.left += 1
            lists[target].append(new)
            there = (target, len(lists[target]) - 1)
            self.plan.moved[place] = there
            if new is not item:
                self.plan.moved |= {(*place, "evidence"): (*there, *(["locator"] if "locator" in new else []))}
                self.plan.moved |= {(*place, gone): there for gone in item if gone not in new and gone != "evidence"}
        if self.plan.numbers:
            self.plan.changes = {name: items for name, items in lists.items() if items}
            self.plan.removed = [name for name, items in lists.items() if not items and name in data]

    def attributes(self, data: Mapping[str, Any]) -> None:
        """Make lists of names of the attributes `models` and `hardware`, where their whole text is names."""
        attributes = data.get("attributes")
        if not isinstance(attributes, dict):
            return
        kept = dict(attributes)
        for block in OF_PAPER.values():
            text, there = attributes.get(block), data.get(block, [])
            if not isinstance(text, str) or not isinstance(there, list) or not self._registry.block(block):
                continue
            if names := names_in(" ".join(text.split()), partial(self._of_paper, block)):
                self.plan.changes[block] = list(dict.fromkeys([*there, *names]))
                self.plan.moved["attributes", block] = (block,)
                del kept[block]
            else:
                code = "migrate-attribute"
                self.plan.problems.append(
                    problem(code, self._path, field=("attributes", block), block=block, text=text)
                )
        if kept != attributes:
            self.plan.changes["attributes"] = kept
            if not kept:
                self.plan.removed.append("attributes")

    def _of_paper(self, block: str, word: str) -> str | None:
        """Return the name of a model or a machine: ``Llama 2 (70B)`` is ``Llama 2 70B``, or one with that size."""
        if name := self._registry.find(block, word):
            return name
        if block == "models" and sizes_of(word):
            return word
        found = re.fullmatch(r"(.+?) \((.+)\)", word)
        if not found or block != "models":
            return None
        if name := self._registry.find(block, f"{found[1]} {found[2]}"):
            return name
        name = self._registry.find(block, found[1])
        return name if name and self._registry.models[name].size == found[2] else None
