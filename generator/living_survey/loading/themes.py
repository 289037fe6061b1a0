"""Read the tree of themes under ``docs/themes/``.

I/O: reads the folder.
"""

import re
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ValidationError

from living_survey.checks.theme_texts import check_text
from living_survey.checks.themes import PICTURES, check_name
from living_survey.disk.files import TEMPORARY
from living_survey.loading.validate import model_problems
from living_survey.model.identifiers import MAX_THEME, RESERVED_NAMES
from living_survey.model.theme import FrontMatter, IndexFrontMatter, Taxonomy, Theme
from living_survey.syntax.problems import Problem
from living_survey.syntax.yaml_reader import check_encoding, check_size, read_mapping

_FRONT_MATTER = re.compile(rb"---[ \t]*\r?\n(.*?\r?\n)(?:---|\.{3})[ \t]*(?:\r?\n|$)", re.DOTALL)

_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_UNASKED = re.compile(r"\.DS_Store|\..+\.sw[a-p]")
"""Hidden files that macOS and Vim put beside others while people work."""


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
    if signature := PICTURES.get(file.suffix):
        with file.open("rb") as opened:
            if not re.match(signature, opened.read(16), re.DOTALL):
                hint = "save the picture in that format, or give it the ending of its own"
                return Problem(place, 0, 0, f"the content is not that of a {file.suffix} file", hint)
    return None


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
    problems += check_text(raw, found.end(), place)
    file = f"themes/{path}/index.md" if source.name == "index.md" else f"themes/{path}.md"
    return Theme(path, front.title, front.definition, front.order, file, front.aliases, children)


def _check_index(file: Path, place: str) -> list[Problem]:
    """Check the page of all themes as the text that it is; comments for lists may stand in it."""
    raw = file.read_bytes()
    if unreadable := check_encoding(raw, place):
        return unreadable
    found = _FRONT_MATTER.match(raw)
    problems = _read_front(found[1], place, IndexFrontMatter)[1] if found else []
    return problems + check_text(raw, found.end() if found else 0, place, True)


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
