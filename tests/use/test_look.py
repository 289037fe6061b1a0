"""How the pages of this survey look and open, in a real Chromium: views by their addresses, first screens, paper."""

import gzip
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Browser, Page

from tests.local_server import serve

TOUCHED = "article :is(.survey-button, .survey-views a, .survey-subs a, .survey-crumbs a, .survey-try a, td a:has(svg))"
VIEWS = ["read", "claims", "papers", "compare", "results"]


@pytest.fixture(scope="module")
def address(site: Path) -> Iterator[str]:
    """The address of the survey of this repository."""
    with serve(site) as found:
        yield found


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page on a desktop."""
    visit = browser.new_context(viewport={"width": 1280, "height": 800})
    yield visit.new_page()
    visit.close()


def shown(page: Page) -> list[str]:
    """Return which views of a theme can be seen."""
    return [name for name in VIEWS if page.locator(f"#{name}").is_visible()]


@pytest.mark.parametrize("script", [True, False], ids=["with script", "without"])
def test_the_address_opens_a_view_of_a_theme(browser: Browser, address: str, *, script: bool) -> None:
    visit = browser.new_context(java_script_enabled=script)
    page = visit.new_page()
    page.goto(address + "themes/serving/")
    assert shown(page) == ["read"]
    page.get_by_role("navigation", name="Views of this theme").get_by_role("link", name="Claims").click()
    assert (page.url.partition("#")[2], shown(page)) == ("claims", ["claims"])
    page.go_back()
    assert shown(page) == ["read"]
    page.goto(address + "themes/serving/#comparison")  # an address from before there were views
    assert shown(page) == ["compare"]
    page.get_by_role("link", name="All on one page").click()
    assert shown(page) == VIEWS
    visit.close()


def test_those_who_cannot_see_it_are_told_which_view_is_open(page: Page, address: str) -> None:
    page.goto(address + "themes/serving/#picture-claims")
    current = page.locator(".survey-views [aria-current=true]")
    assert current.inner_text().startswith("Claims")
    assert shown(page) == ["claims"]


def test_a_theme_on_paper_is_an_article_with_numbered_references_and_whole_tables(page: Page, address: str) -> None:
    page.goto(address + "themes/serving/")
    page.emulate_media(media="print")
    assert shown(page) == ["read", "claims", "compare"]
    assert page.locator(".survey-references").is_visible()
    assert not page.locator(".survey-subs").is_visible()
    number = page.evaluate(
        """() => { const cited = document.querySelector(".survey-citation[data-survey-place]")
           return [getComputedStyle(cited, "::after").content, cited.dataset.surveyPlace] }"""
    )
    assert "".join(re.findall('"(.*?)"', number[0])) == f" [{number[1]}]"
    page.set_viewport_size({"width": 700, "height": 1000})
    cut = """() => [...document.querySelectorAll("article table")].filter((table) => table.checkVisibility()
             && table.getBoundingClientRect().right > innerWidth + 1).length"""
    assert page.evaluate(cut) == 0


@pytest.mark.parametrize(("path", "most"), [("", 1800), ("themes/serving/", 4400)])
def test_first_views_are_no_longer_than_they_may_be(page: Page, address: str, path: str, most: int) -> None:
    page.goto(address + path)
    assert page.evaluate("document.documentElement.scrollHeight") <= most


def moved(file: Path) -> int:
    """Return how many bytes a file is when it is sent."""
    return len(gzip.compress(file.read_bytes(), 6))


def test_pages_are_as_light_as_they_have_to_be(site: Path) -> None:
    own = [*(site / "assets/survey").glob("*.css"), site / "assets/survey/survey.js"]
    assert moved(site / "index.html") + sum(map(moved, own)) <= 30_000
    assert max(moved(page) for page in (site / "papers").glob("*/index.html")) <= 12_000


def test_no_page_has_styles_in_attributes_or_scripts_of_ours_in_its_text(site: Path) -> None:
    for path in ("", "themes/serving/", "papers/yao2024scalellm/", "coverage/", "findings/", "results/"):
        html = (site / path / "index.html").read_text(encoding="utf-8")
        assert re.findall(r"<[^>]* (?:style|on\w+)=", html) == []
        assert "survey" not in "".join(re.findall(r"<script>(.*?)</script>", html, re.DOTALL))


def test_the_first_screen_of_a_paper_says_what_it_is_and_claims(page: Page, address: str) -> None:
    page.goto(address + "papers/yao2024scalellm/")
    for part in (
        ".survey-crumbs",
        "h1",
        ".survey-authors",
        ".survey-tldr",
        ".survey-row",
        "#inference-speed",
        "#facts",
    ):
        box = page.locator(part).first.bounding_box()
        assert box
        assert box["y"] + min(box["height"], 40) < 800, part
    crumbs = page.locator(".survey-crumbs a").all_inner_texts()
    assert crumbs[:3] == ["Survey", "Themes", "Serving"]


def test_a_square_of_the_field_opens_its_papers(page: Page, address: str) -> None:
    page.goto(address)
    page.get_by_role("link", name="Serving, 2024:").click()
    assert page.url == f"{address}papers/?theme=serving&year=2024"


def test_the_search_field_of_the_home_page_works_without_a_script(browser: Browser, address: str) -> None:
    visit = browser.new_context(java_script_enabled=False)
    page = visit.new_page()
    page.goto(address)
    page.get_by_role("searchbox", name="Title, author, topic, arXiv id or DOI").fill("KV cache")
    page.keyboard.press("Enter")
    page.wait_for_url(f"{address}papers/?find=KV+cache")
    visit.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", ["", "themes/serving/", "papers/yao2024scalellm/", "coverage/", "venues/"])
def test_what_is_touched_is_large_enough_and_nothing_moves(
    browser: Browser, address: str, path: str, scheme: Literal["light", "dark"]
) -> None:
    visit = browser.new_context(viewport={"width": 390, "height": 844}, color_scheme=scheme)
    page = visit.new_page()
    page.add_init_script(
        """window.moved = 0
        new PerformanceObserver((list) => { for (const one of list.getEntries()) window.moved += one.value })
          .observe({type: "layout-shift", buffered: true})"""
    )
    page.goto(address + path)
    page.wait_for_load_state("networkidle")
    assert page.evaluate("window.moved") <= 0.02
    small = page.evaluate(
        """(touched) => [...document.querySelectorAll(touched)]
           .filter((link) => link.checkVisibility() && link.getBoundingClientRect().height < 24)
           .map((link) => link.textContent.trim())""",
        TOUCHED,
    )
    assert small == []
    visit.close()
