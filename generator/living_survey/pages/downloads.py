"""The files of a survey's bibliography, and of each theme's, as a list to download. I/O: none."""

from living_survey.formats.writers import FORMATS
from living_survey.model import addresses
from living_survey.pages.bibliography import FileLink, files_of
from living_survey.pages.renderer import Renderer
from living_survey.pages.theme import ThemeLines
from living_survey.pages.view import view


@view
class PartsView:
    """A bibliography in parts: the format, and a file for each part, named by its number."""

    title: str
    files: tuple[FileLink, ...]


@view
class ThemeFiles:
    """A theme with the files of its bibliography."""

    title: str
    line: str
    """Its title behind those of the themes above it."""
    papers: int
    files: tuple[FileLink, ...]


def parts_of(renderer: Renderer) -> list[PartsView]:
    """Return the formats in which the whole bibliography is too long for some programs."""
    found = []
    for form in FORMATS:
        numbers = range(1, renderer.bibliography.parts(form) + 1)
        address = addresses.BIBLIOGRAPHY
        files = (FileLink(addresses.bibliography_part(address, n, form.ending), str(n)) for n in numbers)
        if len(numbers) > 1:
            found.append(PartsView(form.title, tuple(files)))
    return found


def render_downloads(renderer: Renderer, page: str) -> str:
    """Return what can be downloaded of the whole survey and of its themes."""
    survey, lines = renderer.survey, renderer.once(ThemeLines)
    themes = [
        ThemeFiles(
            theme.title, lines.title(theme.path), len(survey.by_theme[theme.path]),
            files_of(addresses.theme_bibliography(theme.path)),
        )
        for theme in survey.taxonomy.by_path.values()
    ]  # fmt: skip
    return renderer.render(
        "downloads.html", page, total=len(survey.papers), files=files_of(addresses.BIBLIOGRAPHY),
        parts=parts_of(renderer), themes=themes, mine=addresses.MY_BIBLIOGRAPHY,
    )  # fmt: skip
