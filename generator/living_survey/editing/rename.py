"""Plan what changes when a citation key or a theme gets another name: every file that names it, as its new text.

The old name stays as an alias, so that addresses lead on. I/O: none; the caller hands in what reads a file.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from posixpath import normpath, relpath
from typing import Any

from pydantic import TypeAdapter, ValidationError

from living_survey.formats.paper_file import edit_paper
from living_survey.model.citations import find_mentions, replace_mentions
from living_survey.model.identifiers import RESERVED_NAMES, Key, ThemePath
from living_survey.model.paper import Paper
from living_survey.model.survey import Survey
from living_survey.model.theme import Taxonomy
from living_survey.syntax.code_spans import mask_code
from living_survey.syntax.errors import SurveyError
from living_survey.syntax.problems import did_you_mean
from living_survey.syntax.yaml_edit import compose, replace_scalars, to_scalar, walk_nodes
from living_survey.syntax.yaml_reader import read_mapping

Read = Callable[[Path], bytes]

_FRONT_MATTER = re.compile(r"\A---[ \t]*\r?\n(.*?\r?\n)(?:---|\.{3})[ \t]*(?:\r?\n|\Z)", re.DOTALL)
_LINK = re.compile(r"\]\(\s*<?([^)\s>]+)|^ {0,3}\[[^\]\n]+\]:[ \t]*<?([^\s>]+)", re.MULTILINE)
"""The target of a link, of a picture, or of a link's definition."""


class RenamingError(SurveyError):
    """A name cannot be changed: says why and what to do instead."""


@dataclass
class Renaming:
    """What a change of name comes to.

    Attributes:
        files: File → its new content, or None where it goes.
        changes: What happens, a line each, by the files' names in the survey.
        left: Places that name the old one in code or in prose, where only a person can say what is meant.
    """

    files: dict[Path, bytes | None] = field(default_factory=dict)
    changes: list[str] = field(default_factory=list)
    left: list[str] = field(default_factory=list)


def plan_renaming(survey: Survey, old: str, new: str, *, what: str, read: Read, files: Iterable[Path]) -> Renaming:
    """Plan a change of name.

    Args:
        survey: The survey as it is.
        old: A citation key, or the path of a theme.
        new: Its next name.
        what: ``paper`` or ``theme``, for a name that both have; empty otherwise.
        read: Returns the content of a file.
        files: Files that may name the old one: those below ``docs/``, and those beside ``mkdocs.yml``.

    Raises:
        RenamingError: If there is no such name, or the next one is taken or cannot be one.
    """
    known, themes = survey.papers, survey.taxonomy.by_path
    if not what and old in known and old in themes:
        raise RenamingError(f"{old} is a paper and a theme: say --what paper or --what theme")
    if old == new:
        raise RenamingError(f"{old} has that name already")
    if what != "theme" and old in known:
        return _Planner(survey, read, files).rename_paper(old, new)
    if what != "paper" and old in themes:
        return _Planner(survey, read, files).rename_theme(old, new)
    if what != "theme" and old in survey.aliases:
        raise RenamingError(f"{old} is a former key of {survey.aliases[old]}: rename that")
    former = {alias: theme.path for theme in themes.values() for alias in theme.aliases}
    if what != "paper" and old in former:
        raise RenamingError(f"{old} is a former path of {former[old]}: rename that")
    kinds = {"paper": list(known), "theme": list(themes)}.get(what, [*known, *themes])
    hint = did_you_mean(old, kinds, list_few=False) or "survey export --format text lists the papers"
    raise RenamingError(f"there is no {what or 'paper and no theme'} {old}; {hint}")


class _Planner:
    def __init__(self, survey: Survey, read: Read, files: Iterable[Path]) -> None:
        self._survey = survey
        self._settings = survey.settings
        self._read = read
        self._files = list(files)
        self._plan = Renaming()
        self._moved: dict[str, str] = {}
        """Page, relative to ``docs/`` → where it goes. Papers' pages are among them though they have no file there."""

    def rename_paper(self, old: str, new: str) -> Renaming:
        _check_name(new, Key)
        paper = self._survey.papers[old]
        owner = {name.lower(): key for key, name in self._names()}.get(new.lower())
        if new.lower() == old.lower():
            hint = "on some disks they are one file, so an alias cannot lead from one to the other: choose another key"
            raise RenamingError(f"{old} and {new} differ in capitals alone; {hint}")
        if owner and (owner != old or new not in (paper.aliases or ())):
            raise RenamingError(f"{new} is taken: it is {_name_of(new, owner)}; choose another key")
        self._moved[f"papers/{old}.md"] = f"papers/{new}.md"
        for other in self._survey.papers.values():
            if fields := _fields_naming(other, old):
                self._edit(other.key, _rename_key(self._data(other.key), old, new), ", ".join(fields))
        own = self._paper_file(old)
        raw = self._plan.files.pop(own, None) or self._read(own)
        text = edit_paper(raw, own.name, _rename_own(self._data(old), old, new))
        self._plan.files[self._paper_file(new)] = text.encode("utf-8")
        self._plan.files[own] = None
        self._plan.changes.insert(0, f"{self._settings.papers}/{old}.yaml → {new}.yaml, with the alias {old}")
        self._rewrite_pages(lambda text: replace_mentions(text, old, new), old, new)
        self._list_left(rf"(?<![\w-]){re.escape(old)}(?![\w-])")
        return self._plan

    def rename_theme(self, old: str, new: str) -> Renaming:
        _check_name(new, ThemePath)
        taxonomy = self._survey.taxonomy
        self._check_theme(taxonomy, old, new)
        theme = taxonomy.by_path[old]
        self._plan_moves(taxonomy, old, new)
        for path in [inner.path for inner in theme.walk()]:
            self._plan.changes.append(f"theme {path} → {new}{path.removeprefix(old)}, with the alias {path}")
        for paper in self._survey.papers.values():
            if any(_is_below(name, old) for name in paper.themes or ()):
                followed = [_below(name, old, new) for name in paper.themes or ()]
                self._edit(paper.key, {"themes": followed}, "themes")
        aliases = {inner.source: (inner.path, f"{new}{inner.path.removeprefix(old)}") for inner in theme.walk()}
        self._rewrite_pages(lambda text: text, aliases=aliases)
        self._list_left(rf"themes/{re.escape(old)}(?![\w-])")
        return self._plan

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
        self._put(file, edit_paper(self._read(file), file.name, changes), what)

    def _check_theme(self, taxonomy: Taxonomy, old: str, new: str) -> None:
        theme = taxonomy.by_path[old]
        if reserved := [part for part in new.split("/") if part in RESERVED_NAMES]:
            raise RenamingError(f"the name {reserved[0]} is reserved; choose another one")
        if _is_below(new, old):
            raise RenamingError(f"{new} is inside {old}: a theme cannot be its own sub-theme")
        if new in taxonomy.by_path:
            raise RenamingError(f"there is a theme {new}; move the papers one by one, or choose another path")
        for other in taxonomy.by_path.values():
            inside = other.path == old or other.path.startswith(f"{old}/")
            for alias in other.aliases:
                target = f"{new}{other.path.removeprefix(old)}" if inside else ""
                if _is_below(alias, new) and alias != target:
                    where = f"{alias} is a former path of {other.path}"
                    raise RenamingError(f"{where}; delete it under its aliases: first, or choose another path")
        parent = new.rpartition("/")[0]
        if parent and parent not in taxonomy.by_path:
            hint = did_you_mean(parent, taxonomy.by_path, list_few=False) or f"write docs/themes/{parent}/index.md"
            raise RenamingError(f"there is no theme {parent} to put {theme.title} under; {hint}")

    def _plan_moves(self, taxonomy: Taxonomy, old: str, new: str) -> None:
        """Say where the files of a theme go, with the pictures among them."""
        sources = [file.relative_to(self._settings.docs_dir).as_posix() for file in self._docs_files()]
        if taxonomy.by_path[old].source == f"themes/{old}.md":
            self._moved[f"themes/{old}.md"] = f"themes/{new}.md"
        else:
            below = [source for source in sources if source.startswith(f"themes/{old}/")]
            self._moved |= {source: f"themes/{new}{source.removeprefix(f'themes/{old}')}" for source in below}
        parent = new.rpartition("/")[0]
        if parent and taxonomy.by_path[parent].source == f"themes/{parent}.md":
            self._moved[f"themes/{parent}.md"] = f"themes/{parent}/index.md"
            self._plan.changes.append(f"docs/themes/{parent}.md → {parent}/index.md, because it gets a sub-theme")
        if taken := [target for target in self._moved.values() if target in sources]:
            raise RenamingError(f"docs/{taken[0]} is there already; move it away, or choose another path")

    def _docs_files(self) -> list[Path]:
        return [file for file in self._files if file.is_relative_to(self._settings.docs_dir)]

    def _put(self, file: Path, text: str, what: str) -> None:
        self._plan.files[file] = text.encode("utf-8", "surrogateescape")
        self._plan.changes.append(f"{self._settings.relative(file)}: {what}")

    def _rewrite_pages(
        self,
        cite: Callable[[str], str],
        old: str = "",
        new: str = "",
        aliases: Mapping[str, tuple[str, str]] | None = None,
    ) -> None:
        """Rewrite the pages: citations, paths and terms, links; move those that move."""
        for file in self._docs_files():
            source = file.relative_to(self._settings.docs_dir).as_posix()
            target = self._moved.get(source, source)
            if source not in self._survey.pages:  # a picture, or a page that is not one of the survey's
                if target != source:
                    self._plan.files[self._settings.docs_dir / target] = self._read(file)
                    self._plan.files[file] = None
                continue
            before = self._text(file)
            found = _FRONT_MATTER.match(before)
            start, end = found.span(1) if found else (0, 0)
            front, body = before[start:end], before[end:]
            if self._survey.pages[source].front:
                front = replace_scalars(front, lambda path, value: _step(path, value, old, new))
                if aliases and source in aliases:
                    front = _add_alias(front, *aliases[source])
            cited = cite(body)
            linked = self._relink(cited, source, target)
            text = before[:start] + front + linked
            what = [
                name
                for name, changed in (
                    ("front matter", front != before[start:end] and not (aliases and source in aliases)),
                    ("citations", cited != body),
                    ("links", linked != cited),
                )
                if changed
            ]
            if target != source:
                self._plan.files[file] = None
            if what or target != source:
                where = self._settings.docs_dir / target
                self._put(where, text, ", ".join(what) or f"moved from {self._settings.relative(file)}")
        self._rewrite_nav()

    def _relink(self, text: str, source: str, target: str) -> str:
        """Rewrite relative links to what moves, and all of a page that moves."""
        parts, last = [], 0
        for found in _LINK.finditer(mask_code(text)):
            start, end = found.span(1 if found[1] else 2)
            link = text[start:end]
            way, mark, rest = re.fullmatch(r"([^?#]*)([?#]?)(.*)", link, re.DOTALL).groups()  # type: ignore[union-attr]
            if not way or way.startswith("/") or re.match(r"[a-zA-Z][a-zA-Z0-9+.-]*:", way):
                continue
            there = normpath(PurePosixPath(source).parent / way)
            moved = self._moved.get(there, there)
            if moved == there and PurePosixPath(source).parent == PurePosixPath(target).parent:
                continue
            relative = relpath(moved, PurePosixPath(target).parent) + ("/" if way.endswith("/") else "")
            parts += [text[last:start], relative + mark + rest]
            last = end
        return "".join([*parts, text[last:]])

    def _rewrite_nav(self) -> None:
        """Rewrite what ``nav:`` in ``mkdocs.yml`` names of what moves."""
        file = self._settings.root / "mkdocs.yml"
        if file not in self._files:
            return
        before = self._text(file)
        folders = {
            old.removesuffix("index.md"): new.removesuffix("index.md")
            for old, new in self._moved.items()
            if old.endswith("/index.md")
        }
        targets = {**self._moved, **folders}
        text = replace_scalars(before, lambda path, value: targets.get(value) if path[:1] == ("nav",) else None)
        if text != before:
            self._put(file, text, "nav")

    def _text(self, file: Path) -> str:
        return self._read(file).decode("utf-8", "surrogateescape")

    def _list_left(self, pattern: str) -> None:
        """List where the old name stands still."""
        for file in self._files:
            if file.suffix not in (".md", ".yaml", ".yml", ".cff"):
                continue
            target = file
            if file.is_relative_to(self._settings.docs_dir):
                source = file.relative_to(self._settings.docs_dir).as_posix()
                target = self._settings.docs_dir / self._moved.get(source, source)
            changed = self._plan.files.get(target)
            text = (self._read(file) if changed is None else changed).decode("utf-8", "replace")
            for number, line in enumerate(text.splitlines(), 1):
                if re.search(pattern, line):
                    self._plan.left.append(f"{self._settings.relative(target)}:{number}: {line.strip()[:120]}")


def _check_name(new: str, expected: Any) -> None:
    try:
        TypeAdapter(expected).validate_python(new)
    except ValidationError as error:
        context = error.errors()[0].get("ctx", {})
        raise RenamingError(f"{context.get('message', error)}; {context.get('hint', '')}".rstrip("; ")) from None


def _name_of(name: str, owner: str) -> str:
    return "a paper" if name.lower() == owner.lower() else f"a former key of {owner}"


def _is_below(path: str, theme: str) -> bool:
    return path == theme or path.startswith(f"{theme}/")


def _below(path: str, old: str, new: str) -> str:
    return f"{new}{path.removeprefix(old)}" if _is_below(path, old) else path


def _fields_naming(paper: Paper, key: str) -> list[str]:
    """Return the fields of a paper file that name another paper."""
    fields = []
    if paper.summary and any(mention.key == key for mention in find_mentions(paper.summary)):
        fields.append("summary")
    if any(relation.paper == key for relation in paper.relations or ()):
        fields.append("relations")
    return fields


def _rename_key(data: dict[str, Any], old: str, new: str) -> dict[str, Any]:
    changes: dict[str, Any] = {}
    if "summary" in data:
        changes["summary"] = replace_mentions(str(data["summary"]), old, new)
    if "relations" in data:
        changes["relations"] = [
            {**relation, "paper": new} if relation.get("paper") == old else relation for relation in data["relations"]
        ]
    return changes


def _rename_own(data: dict[str, Any], old: str, new: str) -> dict[str, Any]:
    aliases = list(data.get("aliases", ()))
    changes: dict[str, Any] = {
        "aliases": [old if alias == new else alias for alias in aliases] if new in aliases else [*aliases, old]
    }
    return {**changes, "key": new} if data.get("key") == old else changes


def _step(path: tuple[str | int, ...], value: str, old: str, new: str) -> str | None:
    """Return the new key of a step of a reading path."""
    return new if old and value == old and path[:1] == ("path",) and path[-1] == "paper" else None


def _add_alias(front: str, old: str, new: str) -> str:
    """Return a theme's front matter with its old path among its aliases; one that it goes back to makes room."""
    nodes = dict(walk_nodes(compose(front), ()))
    items = [(path, node) for path, node in nodes.items() if len(path) == 2 and path[0] == "aliases"]
    if any(node.value == new for _, node in items):
        return replace_scalars(front, lambda path, value: old if path[:1] == ("aliases",) and value == new else None)
    if not items:
        end = "\r\n" if front.endswith("\r\n") else "\n"
        return f"{front}aliases: [{to_scalar(old)}]{end}"
    at = items[-1][1].end_mark.index
    if nodes[("aliases",)].flow_style:
        return f"{front[:at]}, {to_scalar(old)}{front[at:]}"
    line_end = re.compile(r"\r?\n|\Z").search(front, at)
    place = line_end.start() if line_end else at
    indent = " " * nodes[("aliases",)].start_mark.column
    return f"{front[:place]}\n{indent}- {to_scalar(old)}{front[place:]}"
