"""Made papers, surveys and renderers in memory, about birds."""

from pathlib import Path
from typing import Any

from living_survey.model.page import EditorPage
from living_survey.model.paper import Paper
from living_survey.model.registry import Registry
from living_survey.model.settings import Settings
from living_survey.model.survey import Survey, build_survey
from living_survey.model.theme import Taxonomy, Theme
from living_survey.pages.renderer import Renderer

from tests import fabricate
from tests.formats.difficult import make


def bird(n: int = 1, **changes: Any) -> Paper:
    """Return paper ``n`` with other fields; one that is none is left out."""
    data = {**fabricate.paper(n), **changes}
    return make({name: value for name, value in data.items() if value is not None}, fabricate.key(n))


def themes() -> Taxonomy:
    """Return the themes of made surveys."""

    def theme(path: str, children: tuple[Theme, ...] = ()) -> Theme:
        title, definition = fabricate.THEMES[path]
        return Theme(path, title, definition, 0, f"themes/{path}.md", children=children)

    inner = tuple(theme(path) for path in fabricate.THEMES if path.startswith("flight/"))
    return Taxonomy((theme("flight", inner), theme("season"), theme("song")))


def survey(*papers: Paper, pages: tuple[EditorPage, ...] = (), **settings: Any) -> Survey:
    """Return a survey of papers."""
    folder = Path("/birds")
    block = {"kinds": fabricate.KINDS, "repo_url": "https://github.com/birds/survey", "edit_uri": "edit/main/docs/"}
    said = Settings.model_validate(
        {"root": folder, "docs_dir": folder / "docs", "site_dir": folder / "site", **block, **settings}
    )
    registry = Registry.model_validate(fabricate.REGISTRY)
    return build_survey(said, themes(), papers, pages, registry=registry)


def renderer(*papers: Paper, pages: tuple[EditorPage, ...] = (), **settings: Any) -> Renderer:
    """Return the renderer of a survey of papers."""
    return Renderer(survey(*papers, pages=pages, **settings))


def page(source: str, text: str = "") -> EditorPage:
    """Return a page of the editors'."""
    return EditorPage(source, f"docs/{source}", {}, {}, text)
