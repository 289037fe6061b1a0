"""Surveys' searches, and pages on which the engine is called without a box."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from living_survey.model.survey import Survey
from playwright.sync_api import Browser, BrowserContext, Page

from tests.conftest import Make
from tests.local_server import serve
from tests.use.search.made import real, with_made, write_site

OPEN = """async () => {
    const part = (name) => import(new URL(`assets/survey/search/${name}.js`, location.href))
    const parts = await Promise.all(["engine", "tokens", "near", "identifiers", "marked"].map(part))
    const [engine] = parts
    window.tried = Object.assign({}, ...parts)
    window.engine = await engine.openEngine(new URL(".", location.href))
}"""


@pytest.fixture(scope="session")
def survey() -> Survey:
    """The survey of this repository."""
    return real()


@pytest.fixture(scope="session")
def small(once: Make, survey: Survey) -> Path:
    """Its search, without pages."""
    return once("search", lambda folder: write_site(survey, folder))


@pytest.fixture(scope="session")
def large(once: Make, survey: Survey) -> Path:
    """The search of 10,000 papers."""
    return once("search-10000", lambda folder: write_site(with_made(survey, 10_000), folder))


Visit = Callable[[Path], Page]


@pytest.fixture(scope="session")
def visit(browser: Browser) -> Iterator[Visit]:
    """Open a fresh page with an engine on a folder; ``page.asked`` are the names of the files that it has asked for."""
    with ExitStack() as stack:
        addresses: dict[Path, str] = {}

        def open_page(folder: Path) -> Page:
            if folder not in addresses:
                addresses[folder] = stack.enter_context(serve(folder))
            context = browser.new_context()
            stack.callback(context.close)
            page = context.new_page()
            page.goto(addresses[folder])
            page.evaluate(OPEN)
            return page

        yield open_page


@pytest.fixture(scope="session")
def desk(visit: Visit, small: Path) -> Page:
    """A page with an engine on the survey of this repository."""
    return visit(small)


@pytest.fixture(params=[(1280, 800), (390, 844)], ids=["desktop", "phone"])
def context(request: pytest.FixtureRequest, browser: Browser) -> Iterator[BrowserContext]:
    """A fresh visit, on a desktop and on a phone."""
    width, height = request.param
    context = browser.new_context(viewport={"width": width, "height": height})
    yield context
    context.close()


def find(page: Page, text: str, **options: Any) -> dict[str, Any]:
    """Return what the engine of a page finds."""
    found: dict[str, Any] = page.evaluate("([text, options]) => engine.find(text, options)", [text, options])
    return found


def names(found: dict[str, Any]) -> list[list[str]]:
    """Return the keys of the papers and the paths of the themes, each best first."""
    return [[paper["key"] for paper in found["papers"]], [f"theme:{theme['path']}" for theme in found["themes"]]]


def rank(found: dict[str, Any], wanted: str | list[str]) -> int:
    """Return at which place, from 1, one of the wanted stands; 0 if none does."""
    wanted = [wanted] if isinstance(wanted, str) else wanted
    places = [list_.index(one) + 1 for list_ in names(found) for one in wanted if one in list_]
    return min(places, default=0)
