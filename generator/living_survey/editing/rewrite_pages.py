"""Rewrite the editors' pages and the navigation for a change of name: citations, front matter, links, files that move.

I/O: none; the caller hands in what reads a file.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from posixpath import normpath, relpath

from living_survey.model.survey import Survey
from living_survey.syntax.code_spans import mask_code
from living_survey.syntax.errors import SurveyError
from living_survey.syntax.markdown import front_matter_of
from living_survey.syntax.yaml_edit import Change, replace_scalars

Read = Callable[[Path], bytes]

_LINK = re.compile(r"\]\(\s*<?([^)\s>]+)|^ {0,3}\[[^\]\n]+\]:[ \t]*<?([^\s>]+)", re.MULTILINE)
"""The target of a link, of a picture, or of a link's definition."""
_TEXTS = (".md", ".yaml", ".yml", ".cff")


def _stays(_path: tuple[str | int, ...], _text: str) -> None:
    """Change nothing."""


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


class Pages:
    """The files of a survey beside its papers, and what becomes of them.

    Attributes:
        plan: What the change of name comes to.
        moved: Page, relative to ``docs/`` → where it goes; papers' pages among them, though they have no file there.
        files: Files that may name what is renamed.
    """

    def __init__(self, survey: Survey, read: Read, files: Iterable[Path]) -> None:
        """Start a plan in which nothing changes."""
        self._survey, self._settings, self._read = survey, survey.settings, read
        self.files = list(files)
        self.plan = Renaming()
        self.moved: dict[str, str] = {}

    def docs_files(self) -> list[Path]:
        """Return the files below ``docs/``."""
        return [file for file in self.files if file.is_relative_to(self._settings.docs_dir)]

    def put(self, file: Path, text: str, what: str) -> None:
        """Plan a file's new text, and say what changes in it."""
        self.plan.files[file] = text.encode("utf-8", "surrogateescape")
        self.plan.changes.append(f"{self._settings.relative(file)}: {what}")

    def rewrite(
        self,
        body: Callable[[str], str] = lambda text: text,
        step: Change = _stays,
        name: Change = _stays,
        front: Mapping[str, Callable[[str], str]] | None = None,
    ) -> None:
        """Rewrite the pages and the navigation; move those that move.

        Args:
            body: Renames what the text of a page names.
            step: Returns the new value of a scalar of a page's front matter, or None for one that stays.
            name: Returns the new name of a field of a page's front matter, or None for one that stays.
            front: Page, relative to ``docs/`` → what else changes in its front matter.
        """
        for file in self.docs_files():
            source = file.relative_to(self._settings.docs_dir).as_posix()
            if source in self._survey.pages:
                self._rewrite_page(file, source, body, (step, name), (front or {}).get(source))
            elif (target := self.moved.get(source, source)) != source:  # a picture, or no page of the survey's
                self.plan.files[self._settings.docs_dir / target] = self._read(file)
                self.plan.files[file] = None
        self._rewrite_nav()

    def list_left(self, pattern: str) -> None:
        """List where the old name stands still."""
        for file in self.files:
            if file.suffix not in _TEXTS:
                continue
            target = file
            if file.is_relative_to(self._settings.docs_dir):
                source = file.relative_to(self._settings.docs_dir).as_posix()
                target = self._settings.docs_dir / self.moved.get(source, source)
            changed = self.plan.files.get(target)
            text = (self._read(file) if changed is None else changed).decode("utf-8", "replace")
            for number, line in enumerate(text.splitlines(), 1):
                if re.search(pattern, line):
                    self.plan.left.append(f"{self._settings.relative(target)}:{number}: {line.strip()[:120]}")

    def _rewrite_page(
        self,
        file: Path,
        source: str,
        reword: Callable[[str], str],
        scalars: tuple[Change, Change],
        change: Callable[[str], str] | None,
    ) -> None:
        target, before = self.moved.get(source, source), self._text(file)
        found = front_matter_of(before)
        start, end = (found.start, found.start + len(found.text)) if found else (0, 0)
        front, body = before[start:end], before[end:]
        stepped = replace_scalars(front, *scalars) if self._survey.pages[source].front else front
        changed = change(stepped) if change else stepped
        renamed = reword(body)
        linked = self._relink(renamed, source, target)
        parts = {"front matter": stepped != front, "text": renamed != body, "links": linked != renamed}
        what = [name for name, differs in parts.items() if differs]
        if target != source:
            self.plan.files[file] = None
        if what or target != source or changed != front:
            where = ", ".join(what) or f"moved from {self._settings.relative(file)}"
            self.put(self._settings.docs_dir / target, before[:start] + changed + linked, where)

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
            moved = self.moved.get(there, there)
            if moved == there and PurePosixPath(source).parent == PurePosixPath(target).parent:
                continue
            relative = relpath(moved, PurePosixPath(target).parent) + ("/" if way.endswith("/") else "")
            parts += [text[last:start], relative + mark + rest]
            last = end
        return "".join([*parts, text[last:]])

    def _rewrite_nav(self) -> None:
        """Rewrite what ``nav:`` in the configuration names of what moves."""
        file = self._settings.root / self._settings.config
        if file not in self.files:
            return
        before = self._text(file)
        folders = {
            old.removesuffix("index.md"): new.removesuffix("index.md")
            for old, new in self.moved.items()
            if old.endswith("/index.md")
        }
        targets = {**self.moved, **folders}
        text = replace_scalars(before, lambda path, value: targets.get(value) if path[:1] == ("nav",) else None)
        if text != before:
            self.put(file, text, "nav")

    def _text(self, file: Path) -> str:
        return self._read(file).decode("utf-8", "surrogateescape")
