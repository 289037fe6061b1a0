"""Make the tree of themes of the pages under ``docs/themes/``.

I/O: reads the names of the files in that folder, and the beginnings of pictures.
"""

import re
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ValidationError

from living_survey.checks.theme_texts import check_text
from living_survey.checks.themes import PICTURES, check_name
from living_survey.disk.files import TEMPORARY
from living_survey.loading.validate import model_problems
from living_survey.model.identifiers import MAX_THEME, RESERVED_NAMES
from living_survey.model.page import EditorPage
from living_survey.model.settings import Settings
from living_survey.model.theme import FrontMatter, IndexFrontMatter, Taxonomy, Theme
from living_survey.syntax.problems import Problem, problem
from living_survey.syntax.reading import reading

_Front = TypeVar("_Front", bound=BaseModel)
_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_UNASKED = re.compile(r"\.DS_Store|\..+\.sw[a-p]")
"""Hidden files that macOS and Vim put beside others while people work."""


def load_taxonomy(settings: Settings, pages: Mapping[str, EditorPage]) -> tuple[Taxonomy, list[Problem]]:
    """Make the tree of themes.

    Args:
        settings: The survey's settings; a missing folder of themes is an empty taxonomy.
        pages: The pages that could be read, by their files relative to ``docs/``.

    Returns:
        The themes that could be read, and what is wrong.
    """
    reader = _Reader(settings.relative(settings.themes_dir), pages)
    return Taxonomy(reader.read(settings.themes_dir, "")), reader.problems


class _Reader:
    """Reads one tree. A prefix is the path of a folder with a slash behind it, or nothing."""

    def __init__(self, label: str, pages: Mapping[str, EditorPage]) -> None:
        self._label = label
        self._pages = pages
        self.problems: list[Problem] = []

    def read(self, folder: Path, prefix: str) -> tuple[Theme, ...]:
        entries = sorted(folder.iterdir()) if folder.is_dir() else []
        themes = [theme for entry in entries if (theme := self._theme_at(entry, prefix))]
        return tuple(sorted(themes, key=lambda theme: (theme.order, theme.title)))

    def _theme_at(self, entry: Path, prefix: str) -> Theme | None:
        """Return the theme of a file or a folder, if it is one's."""
        name, place = entry.name, f"{self._label}/{prefix}{entry.name}"
        if name.endswith(TEMPORARY) or (_UNASKED.fullmatch(name) and entry.is_file()):
            return None  # the loader names what is left over, wherever it lies
        if name.startswith("."):
            self.problems.append(problem("theme-file-hidden", place, folder=self._label))
            return None
        if entry.is_dir():
            return self._theme_of_folder(entry, prefix, place)
        if found := _check_file(entry, place, self._label):
            self.problems += found
        elif name == "index.md":
            if not prefix:
                self._check_index()
            # Elsewhere it is a theme's, which is read with its folder.
        elif entry.suffix == ".md":
            return self._theme(prefix + entry.stem, f"themes/{prefix}{name}", place, ())
        return None

    def _theme_of_folder(self, folder: Path, prefix: str, place: str) -> Theme | None:
        path = prefix + folder.name
        children = self.read(folder, f"{path}/")
        if not (folder / "index.md").is_file():
            if children:
                self.problems.append(problem("theme-index-missing", place, file=f"{place}/index.md"))
            return None
        if folder.with_name(f"{folder.name}.md").exists():
            self.problems.append(problem("theme-duplicate", f"{place}.md", other=f"{place}/index.md"))
        return self._theme(path, f"themes/{path}/index.md", f"{place}/index.md", children)

    def _theme(self, path: str, source: str, place: str, children: tuple[Theme, ...]) -> Theme | None:
        slug = path.rpartition("/")[2]
        if not _SLUG.fullmatch(slug):
            hint = "rename it to index.md" if slug.lower() in ("index", "readme") else ""
            self.problems.append(problem("theme-name-invalid", place, hint=hint, name=slug))
        elif slug in RESERVED_NAMES:
            self.problems.append(problem("name-reserved", place, value=slug))
        elif len(path) > MAX_THEME:
            self.problems.append(
                problem("theme-path-too-long", place, value=path[:30], length=len(path), limit=MAX_THEME)
            )
        elif page := self._pages.get(source):  # else it could not be read, which has been said
            if not page.has_front:
                self.problems.append(problem("theme-front-matter-missing", place, (1, 1)))
            elif front := self._front(page, FrontMatter):
                with reading(place):
                    self.problems += check_text(page.text, page.first_line, place)
                return Theme(path, front.title, front.definition, front.order, source, front.aliases, children)
        return None

    def _check_index(self) -> None:
        """Check the page of all themes as the text that it is; comments for lists may stand in it."""
        if page := self._pages.get("themes/index.md"):
            if page.has_front:
                self._front(page, IndexFrontMatter)
            with reading(page.path):
                self.problems += check_text(page.text, page.first_line, page.path, blocks=True)

    def _front(self, page: EditorPage, model: type[_Front]) -> _Front | None:
        if not page.front and page.broken:
            return None  # which has been said
        try:
            return model.model_validate(page.front)
        except ValidationError as error:
            found = model_problems(error, page.path, model)
            self.problems += [
                replace(one, line=line, column=column) for one in found for line, column in [page.locate(*one.field)]
            ]
            return None


def _check_file(file: Path, place: str, label: str) -> list[Problem]:
    """Refuse what is neither a text that can be checked nor a picture: the host publishes every file as it is."""
    if not file.is_file():
        return [problem("theme-file-not-regular", place)]
    if found := check_name(file.name, place, label):
        return [found]
    if signature := PICTURES.get(file.suffix):
        with file.open("rb") as opened:
            if not re.match(signature, opened.read(16), re.DOTALL):
                return [problem("theme-file-content", place, ending=file.suffix)]
    return []
