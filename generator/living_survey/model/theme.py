"""Themes: the tree of Markdown files under ``docs/themes/``.

To add a theme is to add a file: ``serving.md`` or ``serving/index.md`` is the theme ``serving``,
``serving/scheduling.md`` its sub-theme ``serving/scheduling``. Front matter gives title, order and definition.
I/O: `load_taxonomy` reads the folder.
"""

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, TypeVar

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, ValidationError

from living_survey.checks.theme_texts import check_text as _check_text
from living_survey.files import TEMPORARY
from living_survey.loading.validate import model_problems
from living_survey.model.values import MAX_THEME, RESERVED_NAMES, Text, ThemePath, filled_list, whole_number, wrong
from living_survey.syntax.problems import Problem
from living_survey.syntax.yaml_reader import check_encoding, check_size, read_mapping

_FRONT_MATTER = re.compile(rb"---[ \t]*\r?\n(.*?\r?\n)(?:---|\.{3})[ \t]*(?:\r?\n|$)", re.DOTALL)
_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_SIGNATURES = {
    ".png": rb"\x89PNG\r\n\x1a\n", ".jpg": rb"\xff\xd8\xff", ".jpeg": rb"\xff\xd8\xff", ".gif": rb"GIF8[79]a",
    ".webp": rb"RIFF.{4}WEBP",
}  # fmt: skip
"""Pictures that may stand among the themes, by the ending of their names: how each begins."""
INDEX = "themes/index.md"
"""A survey's own page of all themes, relative to ``docs/``: a text among the themes, and none of them."""
_UNASKED = re.compile(r"\.DS_Store|\..+\.sw[a-p]")
"""Hidden files that macOS and Vim put beside others while people work."""
UNFILED = "unfiled"
"""Address of the list of papers without a theme."""


def _no_markup(value: str) -> str:
    # A title is printed in <title> through a filter that turns &lt; back into <.
    if "<" in value or ">" in value or html.unescape(value) != value:
        raise wrong("the title has <, > or an HTML entity", "write it in words")
    return value


class FrontMatter(BaseModel):
    """What a theme's file says before its text."""

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True, defer_build=True)

    title: Annotated[Text, AfterValidator(_no_markup)]
    """Name of the theme."""
    order: Annotated[int, BeforeValidator(whole_number(0, 1_000_000, "a whole number"))] = 1_000_000
    """Place among its siblings; equal ones are sorted by title."""
    definition: Text
    """One sentence: what belongs to the theme."""
    aliases: Annotated[tuple[ThemePath, ...], BeforeValidator(filled_list)] = ()
    """Former addresses of the theme."""


class IndexFrontMatter(BaseModel):
    """What the page of all themes may say before its text."""

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True, defer_build=True)

    title: Annotated[Text, AfterValidator(_no_markup)] | None = None
    """Name of the page."""
    description: Text | None = None
    """What search engines show of it."""


@dataclass(frozen=True, slots=True)
class Theme:
    """A theme: its path (``serving/scheduling``), what its file says, and its sub-themes in order."""

    path: str
    title: str
    definition: str
    order: int
    source: str
    """Its Markdown file, relative to ``docs/``."""
    aliases: tuple[str, ...] = ()
    children: tuple["Theme", ...] = ()

    def walk(self) -> Iterator["Theme"]:
        """Yield the theme and all below it, depth first."""
        yield self
        for child in self.children:
            yield from child.walk()


class Taxonomy:
    """The themes of a survey, as a tree and by path."""

    def __init__(self, themes: tuple[Theme, ...] = ()) -> None:
        """Index a tree of themes."""
        self.themes = themes
        self.by_path = {theme.path: theme for top in themes for theme in top.walk()}

    def line(self, path: str) -> list[Theme]:
        """Return the theme with those above it, top first."""
        parts = path.split("/")
        return [self.by_path["/".join(parts[: n + 1])] for n in range(len(parts))]


def load_taxonomy(themes_dir: Path, label: str = "docs/themes") -> tuple[Taxonomy, list[Problem]]:
    """Read the theme tree.

    Args:
        themes_dir: The folder; a missing one is an empty taxonomy.
        label: How the folder is named in problems.

    Returns:
        The themes that could be read, and what is wrong.
    """
    problems: list[Problem] = []
    return Taxonomy(_load_folder(themes_dir, "", label, problems)), problems


def _load_folder(folder: Path, prefix: str, label: str, problems: list[Problem]) -> tuple[Theme, ...]:
    themes = []
    for entry in sorted(folder.iterdir()) if folder.is_dir() else []:
        name = entry.name
        place = f"{label}/{prefix}{name}"
        if name.endswith(TEMPORARY) or (_UNASKED.fullmatch(name) and entry.is_file()):
            continue  # the loader names what is left over, wherever it lies
        if name.startswith("."):
            problems.append(Problem(place, 0, 0, "hidden among the themes", f"delete it, or move it out of {label}/"))
            continue
        if entry.is_dir():
            path = prefix + name
            source, children = entry / "index.md", _load_folder(entry, f"{path}/", label, problems)
            if not source.is_file():
                if children:
                    problems.append(
                        Problem(place, 0, 0, "a folder of themes without index.md", f"write {place}/index.md")
                    )
                continue
            if (folder / f"{name}.md").exists():
                problems.append(
                    Problem(f"{place}.md", 0, 0, f"the theme stands twice: also {place}/index.md", "keep one")
                )
            place += "/index.md"
        elif problem := _check_file(entry, place, label):
            problems.append(problem)
            continue
        elif name == "index.md":
            if not prefix:
                problems += _check_index(entry, place)
            continue  # of a theme: read with its folder
        elif entry.suffix == ".md":
            path, source, children = prefix + entry.stem, entry, ()
        else:
            continue
        slug = path.rpartition("/")[2]
        if not _SLUG.fullmatch(slug):
            hint = "name it with lower-case letters, digits and hyphens: kv-cache"
            hint = "name it index.md" if name.lower() in ("index.md", "readme.md") else hint
            problems.append(Problem(place, 0, 0, f"{slug} is not the name of a theme", hint))
            continue
        if slug in RESERVED_NAMES:
            problems.append(Problem(place, 0, 0, f"the name {slug} is reserved", "choose another one"))
            continue
        if len(path) > MAX_THEME:
            hint = f"at most {MAX_THEME}: shorten the names of its folders or its own"
            problems.append(Problem(place, 0, 0, f"the theme's path has {len(path)} letters", hint))
            continue
        if theme := _load_theme(source, path, place, children, problems):
            themes.append(theme)
    return tuple(sorted(themes, key=lambda theme: (theme.order, theme.title)))


def _check_file(file: Path, place: str, label: str) -> Problem | None:
    """Refuse what is neither a text that can be checked nor a picture: the host publishes every file as it is."""
    if not file.is_file():
        return Problem(place, 0, 0, "not a regular file", "put a text or a picture there")
    if problem := check_name(file.name, place, label):
        return problem
    if file.suffix == ".md":
        return next(iter(check_size(file.stat().st_size, place)), None)
    if signature := _SIGNATURES.get(file.suffix):
        with file.open("rb") as opened:
            if not re.match(signature, opened.read(16), re.DOTALL):
                hint = "save the picture in that format, or give it the ending of its own"
                return Problem(place, 0, 0, f"the content is not that of a {file.suffix} file", hint)
    return None


def check_name(name: str, place: str, label: str = "docs/themes") -> Problem | None:
    """Say what is wrong with the name of a file among the themes, by which web servers and the host tell what it is."""
    kinds = [".md", *_SIGNATURES]
    if name.endswith(tuple(kinds)):
        return None
    stem, dot, ending = name.rpartition(".")
    right = f"{stem}.{ending.lower()}" if dot and f".{ending.lower()}" in kinds else ""
    hint = f"rename it to {right}" if right else f"move it out of {label}/, where anybody may propose files"
    return Problem(place, 0, 0, f"neither a text nor a picture: among the themes are {', '.join(kinds)}", hint)


def _load_theme(
    source: Path, path: str, place: str, children: tuple[Theme, ...], problems: list[Problem]
) -> Theme | None:
    raw = source.read_bytes()
    if unreadable := check_encoding(raw, place):
        problems += unreadable
        return None
    found = _FRONT_MATTER.match(raw)
    if not found:
        hint = 'start the file with ---, "title: …", "definition: …", ---'
        problems.append(Problem(place, 1, 1, "the theme has no front matter", hint))
        return None
    front, wrong_front = _read_front(found[1], place, FrontMatter)
    problems += wrong_front
    if front is None:
        return None
    problems += _check_text(raw, found.end(), place)
    file = f"themes/{path}/index.md" if source.name == "index.md" else f"themes/{path}.md"
    return Theme(path, front.title, front.definition, front.order, file, front.aliases, children)


def _check_index(file: Path, place: str) -> list[Problem]:
    """Check the page of all themes as the text that it is; comments for lists may stand in it."""
    raw = file.read_bytes()
    if unreadable := check_encoding(raw, place):
        return unreadable
    found = _FRONT_MATTER.match(raw)
    problems = _read_front(found[1], place, IndexFrontMatter)[1] if found else []
    return problems + _check_text(raw, found.end() if found else 0, place, True)


_Front = TypeVar("_Front", bound=BaseModel)


def _read_front(raw: bytes, place: str, model: type[_Front]) -> tuple[_Front | None, list[Problem]]:
    document = read_mapping(raw, place, first_line=2)
    if document.problems:
        return None, document.problems
    try:
        return model.model_validate(document.data), []
    except ValidationError as error:
        found = model_problems(error, place, model)
        return None, [Problem(place, *document.locate(one.field), one.message, one.hint) for one in found]
