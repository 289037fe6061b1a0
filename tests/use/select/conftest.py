"""A survey whose papers readers choose from: entries in two parts, numbers, a former key, and what became of some."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from living_survey.formats.paper_file import to_yaml
from playwright.sync_api import Browser, BrowserContext, Page

from tests.commands import build
from tests.conftest import Make
from tests.fabricate import key, number, paper, write_registry, write_survey
from tests.local_server import serve

PAPERS = 300
OURS = "assets/survey/"
"""Where our scripts are; what the host's do where storage is refused is theirs."""
FORMER = "swift1990old"
"""A former key of paper 1."""
CHANGES: dict[int, dict[str, Any]] = {
    1: {
        "aliases": [FORMER], "short_name": "SwiftNet", "models": ["swift"],
        "results": [
            number("40", "x more", baseline=["gulls"], model=["swift"], setting="by night", quote="40 x"),
            number("7", "percent", metric="notes", benchmark=["dawn"], quote="hears 7 percent at night"),
        ],
    },
    2: {
        "models": ["swift"],
        "results": [
            number("30", "x more", baseline=["gulls"], model=["swift"], setting="by night", quote="30 x"),
            number("9", "percent", metric="notes", benchmark=["dusk"], quote="hears 9 percent at night"),
        ],
        "relations": [{"type": "extends", "paper": key(1), "note": "with radar"}],
    },
    3: {
        "models": ["swift"],
        "results": [number("2", "x more", baseline=["unnamed"], model=["swift"], quote="flies 2 x at night")],
        "scale": [number("12", "g", metric="mass", quote="weighs 12 g at night")],
        "versions": [
            {
                "title": "Plovers, counted again", "year": 2024, "type": "article", "doi": "10.5555/plovers.again",
                "venue": {"name": "Journal of Field Studies", "short": "JFS"},
            }
        ],
    },
    4: {"status": "retracted", "status_since": "2026-02-03"},
}  # fmt: skip


def fill(folder: Path) -> None:
    """Write the survey and build it."""
    config = write_survey(folder / "survey", PAPERS, settings={"attributes": {"place": "Place"}})
    write_registry(config.parent)
    for n, changes in CHANGES.items():
        file = config.parent / f"papers/{key(n)}.yaml"
        file.write_text(to_yaml({**paper(n), **changes}), encoding="utf-8")
    build(config)


@pytest.fixture(scope="session")
def chosen_survey(once: Make) -> Path:
    """The survey, built; its folder."""
    return once("select", fill) / "survey"


@pytest.fixture(scope="session")
def few_rich(once: Make) -> Path:
    """A survey of more papers than it makes all formats for, built; its folder."""
    few = {"rich_up_to": 2}
    return once("few-rich", lambda folder: build(write_survey(folder / "survey", 4, settings=few))) / "survey"


@pytest.fixture(scope="session")
def address(chosen_survey: Path) -> Iterator[str]:
    """Its address."""
    with serve(chosen_survey / "site") as found:
        yield found


@pytest.fixture(params=[(1280, 800)], ids=["desktop"])
def context(request: pytest.FixtureRequest, browser: Browser, address: str) -> Iterator[BrowserContext]:
    """A fresh visit, in which nothing may go wrong unseen."""
    width, height = request.param
    visit = browser.new_context(viewport={"width": width, "height": height}, accept_downloads=True)
    visit.grant_permissions(["clipboard-read", "clipboard-write"], origin=address.rstrip("/"))
    visit.set_default_timeout(10_000)
    wrong: list[str] = []
    visit.on(
        "weberror", lambda found: wrong.append(found.error.stack or "") if OURS in (found.error.stack or "") else None
    )
    yield visit
    visit.close()
    assert [one for one in wrong if OURS in one] == []


@pytest.fixture
def page(context: BrowserContext) -> Page:
    """A page of that visit."""
    return context.new_page()
