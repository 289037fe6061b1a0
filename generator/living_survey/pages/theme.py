"""Themes as links and lists. I/O: none."""

from living_survey.model import addresses
from living_survey.model.survey import Survey
from living_survey.model.theme import Theme
from living_survey.pages.renderer import Renderer
from living_survey.pages.view import view


@view
class ThemeLink:
    """A theme's title, with its page."""

    address: str
    title: str


@view
class ThemeView:
    """A theme as lists and its own page show it."""

    link: ThemeLink
    definition: str
    papers: int
    """Filed under it or below."""
    children: tuple["ThemeView", ...]

    @classmethod
    def build(cls, survey: Survey, theme: Theme) -> "ThemeView":
        """Return a theme with those below it."""
        children = tuple(cls.build(survey, child) for child in theme.children)
        link = ThemeLink(addresses.theme(theme.path), theme.title)
        return cls(link, theme.definition, len(survey.by_theme[theme.path]), children)


class ThemeLines:
    """Each theme with those above it: a line stands on the page of every paper that is filed there."""

    def __init__(self, renderer: Renderer) -> None:
        """Begin without any."""
        self._taxonomy = renderer.survey.taxonomy
        self._lines: dict[str, tuple[ThemeLink, ...]] = {}

    def of(self, path: str) -> tuple[ThemeLink, ...]:
        """Return the line of a theme, top first."""
        if path not in self._lines:
            line = self._taxonomy.line(path)
            self._lines[path] = tuple(ThemeLink(addresses.theme(theme.path), theme.title) for theme in line)
        return self._lines[path]

    def title(self, path: str) -> str:
        """Return the line of a theme as text."""
        return " › ".join(theme.title for theme in self.of(path))


def render_themes(renderer: Renderer, page: str, *, definitions: bool = False) -> str:
    """Return the list of all themes, with their definitions if asked for."""
    survey = renderer.survey
    themes = [ThemeView.build(survey, theme) for theme in survey.taxonomy.themes]
    return renderer.render(
        "themes.html", page, themes=themes, definitions=definitions, unfiled=len(survey.unfiled),
        unfiled_address=addresses.unfiled(),
    )  # fmt: skip
