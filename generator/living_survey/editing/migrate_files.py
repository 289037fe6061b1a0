"""Plan the migration of paper files to the new form of numbers, and of the names that they need to the registry.

I/O: reads paper files and the registry; the caller writes what is planned here.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from living_survey.editing.fmt import is_readable, paper_files
from living_survey.editing.migrate import Migration, migrate_paper
from living_survey.editing.registry_file import NEW, add_entry
from living_survey.formats.paper_file import edit_paper
from living_survey.loading.registry import read_registry
from living_survey.model.registry import Registry
from living_survey.model.settings import Settings
from living_survey.syntax.problems import FieldPath, Problem, ProblemsError, problem
from living_survey.syntax.yaml_reader import Document, read_mapping

_ORDER = ("families", "units", "metrics", "baselines")
_FEW = 8
"""So many added names are listed."""


@dataclass
class FilesMigration:
    """What the migration of a survey's files comes to.

    Attributes:
        files: File → its new text; the registry among them where it gets names.
        lines: What happens to each file.
        problems: What is for a person, located: in the new text of files that change, if they are to be written.
        numbers: How many numbers get the new form.
        left: How many stay in the old one.
    """

    files: dict[Path, str] = field(default_factory=dict)
    lines: list[str] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    numbers: int = 0
    left: int = 0

    @property
    def summary(self) -> str:
        """The last line of the report."""
        return f"{self.numbers} numbers moved to the new form, {self.left} left for a person, {len(self.files)} files"


def plan_migration(settings: Settings, files: Iterable[Path] | None = None, *, write: bool = True) -> FilesMigration:
    """Plan the migration of paper files. Nothing is written.

    Args:
        settings: The survey's settings.
        files: The files to look at; all papers if left out.
        write: Whether the plan will be written, so that problems are located in the new texts.

    Raises:
        ProblemsError: If the registry has a mistake.
    """
    plan, names = FilesMigration(), _Names(settings)
    papers = paper_files(settings) if settings.papers_dir.is_dir() else []
    keys = {file.stem for file in papers}
    for file in papers if files is None else files:
        path = settings.relative(file.absolute())
        if not is_readable(file):
            plan.problems.append(problem("file-not-a-paper", path))
            continue
        raw = file.read_bytes()
        document = read_mapping(raw, path)
        if document.problems or not document.data:
            plan.problems += document.problems or [problem("file-empty", path)]
            continue
        found = migrate_paper(document.data, names.registry, path, keys, names.added)
        text = edit_paper(raw, path, found.changes, found.removed, moved=found.moved) if found.changes else ""
        if lost := [one for one in document.comments if text and one.text not in text]:
            plan.problems += [problem("migrate-comment", path, (one.line, one.column), text=one.text) for one in lost]
            plan.left += found.numbers + found.left
            continue
        names.add(found)
        plan.problems += _located(found, document, read_mapping(text.encode(), path) if text and write else None)
        plan.numbers, plan.left = plan.numbers + found.numbers, plan.left + found.left
        if text:
            plan.files[file.absolute()] = text
        if text or found.left:
            plan.lines.append(f"{path}: {_told(found)}")
    if new := names.text():
        plan.files[settings.root / settings.registry] = new
        added = [f"{block}.{name}" for block in _ORDER for name in names.added.get(block, ())]
        some = ", ".join(added) if len(added) <= _FEW else f"{len(added)} names, from {added[0]} to {added[-1]}"
        plan.lines.append(f"{settings.registry}: {some or 'new'}")
    return plan


def _told(found: Migration) -> str:
    """Say what happens to a file."""
    parts = [f"{found.numbers} number{'s' * (found.numbers > 1)}"] if found.numbers else []
    parts += [f"{found.to_scale} to scale"] if found.to_scale else []
    parts += [block for block in ("models", "hardware") if block in found.changes]
    parts += [f"{found.left} left as typed"] if found.left else []
    return ", ".join(parts)


def _located(found: Migration, old: Document, new: Document | None) -> Iterable[Problem]:
    """Give the problems of a file their lines: those of its new text, if there is one."""
    for one in found.problems:
        place = one.field if new is None else _moved(one.field, found)
        line, column = (new or old).locate(place)
        yield replace(one, line=line, column=column)


def _moved(place: FieldPath, found: Migration) -> FieldPath:
    for length in range(len(place), 0, -1):
        if (there := found.moved.get(place[:length])) is not None:
            return (*there, *place[length:])
    return place


class _Names:
    """The registry, and what the files add to it."""

    def __init__(self, settings: Settings) -> None:
        self._file, self._path = settings.root / settings.registry, settings.registry
        self._is_there = self._file.is_file()
        self._text = self._file.read_bytes().decode("utf-8") if self._is_there else NEW
        self.registry = self._read(self._text)
        self.added: dict[str, dict[str, Any]] = {}
        self._needed = False

    def _read(self, text: str) -> Registry:
        registry, problems = read_registry(text.encode("utf-8"), self._path)
        if problems:
            raise ProblemsError(problems)
        return registry

    def add(self, found: Migration) -> None:
        """Take the names that a file needs."""
        self._needed = self._needed or bool(found.numbers)
        if not found.added and not found.units:
            return
        for block, entries in found.added.items():
            self.added.setdefault(block, {}).update(entries)
        if found.units:
            name = self._dimension()
            units = self.added.setdefault("units", {}).setdefault(name, [])
            units += [unit for unit in dict.fromkeys(found.units) if unit not in units]
        self.registry = self._read(self._written())

    def _dimension(self) -> str:
        """Return the name of the dimension of added units, which convert into nothing."""
        if mine := list(self.added.get("units", {})):
            return mine[0]
        return next(name for name in _numbered("migrated") if name not in self.registry.units)

    def _written(self) -> str:
        text = self._text
        for block in _ORDER:
            for name, entry in self.added.get(block, {}).items():
                text = add_entry(text, block, name, entry, path=self._path)
        return text

    def text(self) -> str:
        """Return the registry's new text; nothing where it stays as it is."""
        return self._written() if self.added or (self._needed and not self._is_there) else ""


def _numbered(name: str) -> Iterable[str]:
    yield name
    count = 2
    while True:
        yield f"{name}-{count}"
        count += 1
