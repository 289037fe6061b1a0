"""Themes: the tree of Markdown files under ``docs/themes/``.

To add a theme is to add a file: ``serving.md`` or ``serving/index.md`` is the theme ``serving``,
``serving/scheduling.md`` its sub-theme ``serving/scheduling``. Front matter gives title, order and definition.
I/O: none.
"""

import html
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict

from living_survey.model.identifiers import ThemePath
from living_survey.model.values import Text, filled_list, value_error, whole_number
from living_survey.syntax.problems import did_you_mean

INDEX = "themes/index.md"
"""A survey's own page of all themes, relative to ``docs/``: a text among the themes, and none of them."""
UNFILED = "unfiled"
"""Address of the list of papers without a theme."""


def no_markup(value: str) -> str:
    """Check that a title has no markup."""
    # A title is printed in <title> through a filter that turns &lt; back into <.
    if "<" in value or ">" in value or html.unescape(value) != value:
        raise value_error("theme-title-markup")
    return value


class FrontMatter(BaseModel):
    """What a theme's file says before its text."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)

    title: Annotated[Text, AfterValidator(no_markup)]
    """Name of the theme."""
    order: Annotated[int, BeforeValidator(whole_number(0, 1_000_000, "a whole number"))] = 1_000_000
    """Place among its siblings; equal ones are sorted by title."""
    definition: Text
    """One sentence: what belongs to the theme."""
    aliases: Annotated[tuple[ThemePath, ...], BeforeValidator(filled_list)] = ()
    """Former addresses of the theme."""
    reviewed: Any = None
    """Key of a paper → day of the last revision for what became of it; checked like that of any page."""


class IndexFrontMatter(BaseModel):
    """What the page of all themes may say before its text."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)

    title: Annotated[Text, AfterValidator(no_markup)] | None = None
    """Name of the page."""
    description: Text | None = None
    """What search engines show of it."""
    reviewed: Any = None
    """As for a theme."""


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

    def propose(self, name: str) -> str:
        """Return what to write for a name that is no theme's path: that of the theme of this title, or the nearest."""
        titled = [path for path, theme in self.by_path.items() if theme.title.casefold() == name.strip().casefold()]
        return f"write {titled[0]}" if titled else did_you_mean(name, self.by_path)
