"""Themes: the tree of Markdown files under ``docs/themes/``.

To add a theme is to add a file: ``serving.md`` or ``serving/index.md`` is the theme ``serving``,
``serving/scheduling.md`` its sub-theme ``serving/scheduling``. Front matter gives title, order and definition.
I/O: `load_taxonomy` reads the folder.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, ValidationError

from generator.problems import Problem
from generator.validation import model_problems
from generator.values import RESERVED_NAMES, Text, ThemePath, filled_list, is_web_or_relative, whole_number, wrong
from generator.yaml_reader import read_mapping

_FRONT_MATTER = re.compile(rb"---[ \t]*\r?\n(.*?\r?\n)---[ \t]*(?:\r?\n|$)", re.DOTALL)
_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_CODE = re.compile(
    r"^(?P<fence>`{3,}|~{3,})[ ]*[\w#.+-]*[ ]*\n(?:.*?\n)??(?P=fence)[ ]*$"  # as Python-Markdown has fences
    r"|(?<![\\`])(?P<ticks>`+)(?!`)[^\n]+?(?<!`)(?P=ticks)(?!`)",  # and spans, here only those on one line
    re.DOTALL | re.MULTILINE,
)
_RAW_HTML = re.compile(r"<(?!https?://[^\s<>]+>)[A-Za-z/!?]")
_DESTINATION = re.compile(r"\](?:\(|:)[ \t]*<?([^\n)>]*)")
"""Of links, pictures and reference definitions."""
_PICTURE = re.compile(r"!\[[^\]]*\](?:\[|\(\s*<?\s*(?:[a-zA-Z]+:|[/\\]{2}))")
_ATTRIBUTES = re.compile(r"\{:?[ ]*[^{}\n]*=[^{}\n]*\}")
UNFILED = "unfiled"
"""Address of the list of papers without a theme."""


def _no_markup(value: str) -> str:
    # A title is printed in <title> through a filter that turns &lt; back into <.
    if re.search(r"[<>]|&[a-z#]", value):
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
        path = prefix + entry.stem if entry.suffix == ".md" else prefix + name
        place = f"{label}/{prefix}{name}"
        if entry.is_dir():
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
        elif entry.suffix == ".md" and name != "index.md":
            source, children = entry, ()
        else:
            continue
        slug = path.rpartition("/")[2]
        if not _SLUG.fullmatch(slug):
            hint = "name it with lower-case letters, digits and hyphens: kv-cache"
            problems.append(Problem(place, 0, 0, f"{slug} is not the name of a theme", hint))
            continue
        if slug in RESERVED_NAMES:
            problems.append(Problem(place, 0, 0, f"the name {slug} is reserved", "choose another one"))
            continue
        if theme := _load_theme(source, path, place, children, problems):
            themes.append(theme)
    return tuple(sorted(themes, key=lambda theme: (theme.order, theme.title)))


def _load_theme(
    source: Path, path: str, place: str, children: tuple[Theme, ...], problems: list[Problem]
) -> Theme | None:
    raw = source.read_bytes()
    found = _FRONT_MATTER.match(raw)
    if not found:
        hint = 'start the file with ---, "title: …", "definition: …", ---'
        problems.append(Problem(place, 1, 1, "the theme has no front matter", hint))
        return None
    document = read_mapping(found[1], place, first_line=2)
    if document.problems:
        problems += document.problems
        return None
    try:
        front = FrontMatter.model_validate(document.data)
    except ValidationError as error:
        for problem in model_problems(error, place, FrontMatter):
            line, column = document.locate(problem.field)
            problems.append(Problem(place, line, column, problem.message, problem.hint))
        return None
    problems += _check_text(raw, found.end(), place)
    file = f"themes/{path}/index.md" if source.name == "index.md" else f"themes/{path}.md"
    return Theme(path, front.title, front.definition, front.order, file, front.aliases, children)


def _check_text(raw: bytes, start: int, place: str) -> list[Problem]:
    """Refuse raw HTML in a theme's text: it would be live on the page."""
    text = raw.decode("utf-8", errors="replace")
    offset = len(raw[:start].decode("utf-8", errors="replace"))
    body = _CODE.sub(lambda code: re.sub(r"[^\n]", " ", code[0]), text[offset:])
    problems = []
    for tag in _RAW_HTML.finditer(body):
        before = text[: offset + tag.start()]
        line, column = before.count("\n") + 1, len(before) - before.rfind("\n")
        problems.append(Problem(place, line, column, "HTML in a theme's text", "use Markdown; write &lt; for <"))
    for position, message, hint in _forbidden(body):
        before = text[: offset + position]
        line, column = before.count("\n") + 1, len(before) - before.rfind("\n")
        problems.append(Problem(place, line, column, message, hint))
    return problems


def _forbidden(body: str) -> Iterator[tuple[int, str, str]]:
    """Yield (place, message, hint) of links that leave the web, pictures from elsewhere, and attributes."""
    for link in _DESTINATION.finditer(body):
        if not is_web_or_relative(link[1]):
            yield link.start(), "a link that is not to a web address", "links start with https://"
    for picture in _PICTURE.finditer(body):
        yield picture.start(), "a picture from elsewhere", "put the file under docs/assets/ and name it from there"
    for attributes in _ATTRIBUTES.finditer(body):
        yield attributes.start(), "attributes in a theme's text", "delete what stands in braces"
