"""Plan what changes when a citation key or a theme gets another name: every file that names it, as its new text.

The old name stays as an alias, so that addresses lead on. I/O: none; the caller hands in what reads a file.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter, ValidationError

from living_survey.editing.new_name import TEXTS, NewKey, NewPath
from living_survey.editing.rename_data_files import rename_in_data_files, with_key, with_theme
from living_survey.editing.rename_theme import plan_theme
from living_survey.editing.rewrite_pages import Pages, Read, Renaming, RenamingError
from living_survey.formats.paper_file import edit_paper
from living_survey.model.identifiers import Key, ThemePath
from living_survey.model.survey import Survey
from living_survey.syntax.problems import did_you_mean
from living_survey.syntax.yaml_reader import read_mapping


def plan_renaming(survey: Survey, old: str, new: str, *, what: str, read: Read, files: Iterable[Path]) -> Renaming:
    """Plan a change of name.

    Args:
        survey: The survey as it is.
        old: A citation key, or the path of a theme.
        new: Its next name.
        what: ``paper`` or ``theme``, for a name that both have; empty otherwise.
        read: Returns the content of a file.
        files: Files that may name the old one: those below ``docs/``, and those beside the configuration.

    Raises:
        RenamingError: If there is no such name, or the next one is taken or cannot be one.
    """
    known, themes = survey.papers, survey.taxonomy.by_path
    if not what and old in known and old in themes:
        raise RenamingError(f"{old} is a paper and a theme: add --what paper or --what theme")
    if old == new:
        raise RenamingError(f"{old} already has that name")
    if what != "theme" and old in known:
        _check_name(new, Key)
        return _Planner(survey, read, files).rename_paper(old, new)
    if what != "paper" and old in themes:
        _check_name(new, ThemePath)
        return _Planner(survey, read, files).rename_theme(old, new)
    if what != "theme" and old in survey.aliases:
        raise RenamingError(f"{old} is a former key of {survey.aliases[old]}: rename that")
    former = {alias: theme.path for theme in themes.values() for alias in theme.aliases}
    if what != "paper" and old in former:
        raise RenamingError(f"{old} is a former path of {former[old]}: rename that")
    kinds = {"paper": list(known), "theme": list(themes)}.get(what, [*known, *themes])
    hint = did_you_mean(old, kinds, list_few=False) or "survey export --format text lists the papers"
    raise RenamingError(f"unknown {what or 'paper or theme'}: {old}; {hint}")


class _Planner:
    def __init__(self, survey: Survey, read: Read, files: Iterable[Path]) -> None:
        self._survey, self._settings, self._read = survey, survey.settings, read
        self._pages = Pages(survey, read, files)

    def rename_theme(self, old: str, new: str) -> Renaming:
        name = NewPath.build(old, new)
        plan_theme(self._survey, self._pages, self._edit, name)
        rename_in_data_files(self._survey, self._pages, self._read, with_theme(name))
        return self._pages.plan

    def rename_paper(self, old: str, new: str) -> Renaming:
        pages, plan, name = self._pages, self._pages.plan, NewKey.build(self._survey, old, new)
        self._check_key(old, new)
        pages.moved[f"papers/{old}.md"] = f"papers/{new}.md"
        for other in self._survey.papers.values():
            if name.is_in(other) and (changes := _rename_key(self._data(other.key), name)):
                self._edit(other.key, changes, ", ".join(changes))
        own = self._paper_file(old)
        raw = plan.files.pop(own, None) or self._read(own)
        text = edit_paper(raw, own.name, _rename_own(self._data(old), old, new))
        plan.files[self._paper_file(new)] = text.encode("utf-8")
        plan.files[own] = None
        plan.changes.insert(0, f"{self._settings.papers}/{old}.yaml → {new}.yaml, with the alias {old}")
        rename_in_data_files(self._survey, pages, self._read, with_key(name))
        pages.rewrite(
            body=name.page,
            step=lambda path, value: new if value == old and path[:1] == ("path",) and path[-1] == "paper" else None,
            name=lambda path, field: new if field == old and path == ("reviewed",) else None,
        )
        pages.list_left(rf"(?<![\w-]){re.escape(old)}(?![\w-])")
        return plan

    def _check_key(self, old: str, new: str) -> None:
        paper = self._survey.papers[old]
        owner = {name.lower(): key for key, name in self._names()}.get(new.lower())
        if new.lower() == old.lower():
            hint = "on some disks they are one file, so an alias cannot lead from one to the other: choose another key"
            raise RenamingError(f"{old} and {new} differ only in case; {hint}")
        if owner and (owner != old or new not in (paper.aliases or ())):
            raise RenamingError(f"{new} is taken: it is {_name_of(new, owner)}; choose another key")

    def _names(self) -> Iterator[tuple[str, str]]:
        """Yield (key, name that leads to it): every key and every former one."""
        for key, paper in self._survey.papers.items():
            for name in (key, *(paper.aliases or ())):
                yield key, name

    def _paper_file(self, key: str) -> Path:
        return self._settings.papers_dir / f"{key}.yaml"

    def _data(self, key: str) -> dict[str, Any]:
        return read_mapping(self._read(self._paper_file(key)), key, positions=False).data

    def _edit(self, key: str, changes: Mapping[str, Any], what: str) -> None:
        """Change fields of a paper file; what is changed in a list keeps its place, so that comments stay with it."""
        file = self._paper_file(key)
        self._pages.put(file, edit_paper(self._read(file), file.name, changes), what)


def _check_name(new: str, expected: Any) -> None:
    try:
        TypeAdapter(expected).validate_python(new)
    except ValidationError as error:
        context = error.errors()[0].get("ctx", {})
        raise RenamingError(f"{context.get('message', error)}; {context.get('hint', '')}".rstrip("; ")) from None


def _name_of(name: str, owner: str) -> str:
    return "a paper" if name.lower() == owner.lower() else f"a former key of {owner}"


def _rename_key(data: dict[str, Any], name: NewKey) -> dict[str, Any]:
    """Return the fields of a paper file in which something changes where it names another paper, or itself."""
    changes: dict[str, Any] = {field: name.numbers(data[field]) for field in ("results", "scale") if field in data}
    if "relations" in data:
        changes["relations"] = [
            {**relation, "paper": name.new} if relation.get("paper") == name.old else relation
            for relation in data["relations"]
        ]
    return {**name.fields(data, TEXTS), **{field: value for field, value in changes.items() if value != data[field]}}


def _rename_own(data: dict[str, Any], old: str, new: str) -> dict[str, Any]:
    aliases = list(data.get("aliases", ()))
    changes: dict[str, Any] = {
        "aliases": [old if alias == new else alias for alias in aliases] if new in aliases else [*aliases, old]
    }
    return {**changes, "key": new} if data.get("key") == old else changes
