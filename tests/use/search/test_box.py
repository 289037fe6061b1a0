"""The search box of the pages: what a reader sees, types and presses."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, Route

from tests.local_server import serve


@pytest.fixture(scope="module")
def address(site: Path) -> Iterator[str]:
    """The address of a page of this repository's survey that has no other search box than the header's."""
    with serve(site) as found:
        yield f"{found}themes/"


@pytest.fixture
def asked() -> list[str]:
    """Addresses that the page has asked for."""
    return []


@pytest.fixture
def page(context: BrowserContext, asked: list[str]) -> Iterator[Page]:
    """A page of a fresh visit; a mistake in a script fails the test."""
    errors: list[str] = []
    page = context.new_page()
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("request", lambda request: asked.append(request.url))
    yield page
    assert errors == []


def box(page: Page) -> Locator:
    """Bring the box into sight by its key, and return it."""
    page.keyboard.press("/")
    found = page.get_by_role("searchbox", name="Find papers")
    found.wait_for()
    return found


def test_nothing_of_the_search_is_asked_for_before_the_box_has_the_focus(
    page: Page, address: str, asked: list[str]
) -> None:
    page.goto(address)
    page.wait_for_load_state("networkidle")
    assert [url for url in asked if "/search/" in url] == []
    box(page)
    page.wait_for_load_state("networkidle")
    assert [url for url in asked if url.endswith("search/engine.js")]
    assert [url for url in asked if "/search/" in url and not url.endswith(".js")] == []


def test_themes_stand_above_papers_and_these_above_pages(page: Page, address: str) -> None:
    page.goto(address)
    box(page).fill("quantisation")
    found = page.locator("[data-survey-found]")
    found.get_by_role("list", name="Terms and pages").wait_for()
    heads = found.locator(".survey-find__heading").all_inner_texts()
    assert heads == ["Themes", "Papers", "Terms and pages"]
    assert found.get_by_role("link", name="Quantization · 12 papers").get_attribute("href", timeout=1000)
    assert found.get_by_role("status").inner_text().startswith("14 papers found")
    assert "Quantization" in found.locator("mark").all_inner_texts()
    found.get_by_role("link", name="Show all 14 papers").click()
    page.wait_for_url("**/papers/?find=quantisation")


def test_an_identifier_leads_to_its_paper_from_a_few_kilobytes(page: Page, address: str, asked: list[str]) -> None:
    page.goto(address)
    box(page).fill("https://arxiv.org/abs/2403.20041v1")
    page.get_by_role("link", name="Transformer-Lite").wait_for()
    page.keyboard.press("Enter")
    page.wait_for_url("**/papers/li2024transformerlite/")
    files = [url.rpartition("/")[2] for url in asked if "/search/" in url and not url.endswith(".js")]
    assert len(set(files)) == 1
    assert files[0].startswith("i")


def test_an_identifier_that_no_paper_has_leads_to_the_form(page: Page, address: str) -> None:
    page.goto(address)
    box(page).fill("arXiv:2401.99999")
    page.get_by_text("No paper of this survey has 2401.99999.").wait_for()
    page.get_by_role("link", name="Propose the paper").click()
    page.wait_for_url("**/submit/")


def test_arrows_go_through_what_is_found_and_escape_closes(page: Page, address: str) -> None:
    page.goto(address)
    field = box(page)
    field.fill("mobile llm")
    page.get_by_role("link", name="MobileLLM").wait_for()
    page.keyboard.press("ArrowDown")
    assert page.evaluate("document.activeElement.href").endswith("/papers/liu2024mobilellm/")
    page.keyboard.press("ArrowUp")
    assert field.evaluate("it => it === document.activeElement")
    page.keyboard.press("Escape")
    page.locator("[data-survey-found]").wait_for(state="hidden")
    page.keyboard.press("Escape")
    assert page.locator("[data-survey-find] input").input_value() == ""


def test_the_key_of_the_search_is_a_letter_where_somebody_types(page: Page, address: str) -> None:
    page.goto(address)
    field = box(page)
    field.press_sequentially("a/b")
    assert field.input_value() == "a/b"


def test_what_cannot_be_loaded_is_said_with_a_way_on(page: Page, address: str) -> None:
    page.route("**/search/records.json", lambda route: route.abort())
    page.goto(address)
    field = box(page)
    field.fill("serving")
    page.get_by_text("The search could not be loaded.").wait_for()
    assert page.locator("[data-survey-found]").get_by_role("link", name="All papers").is_visible()
    page.unroute("**/search/records.json")
    field.fill("serving systems")
    page.get_by_text("papers found").wait_for()


def test_a_late_answer_to_an_older_question_is_dropped(page: Page, address: str) -> None:
    held: list[Route] = []
    page.route("**/search/texts.json", lambda route: held.append(route))  # noqa: PLW0108  (playwright wants a function)
    page.goto(address)
    field = box(page)
    field.fill("xyzzy")  # asks for the summaries, which do not come
    page.get_by_text("Searching").wait_for()
    field.fill("MobileLLM")
    page.get_by_role("link", name="MobileLLM").wait_for()
    held[0].continue_()
    page.wait_for_load_state("networkidle")
    assert page.get_by_role("link", name="MobileLLM").is_visible()


def test_a_stranger_s_text_stays_text(page: Page, address: str) -> None:
    page.goto(address)
    box(page).fill("<img src=x onerror=alert(1)> 2401")
    page.locator("[data-survey-found]").wait_for()
    assert page.locator("[data-survey-found] img").count() == 0


def test_nothing_shifts_and_targets_are_large_enough(page: Page, address: str) -> None:
    page.goto(address)
    box(page).fill("serving")
    page.get_by_role("list", name="Papers").wait_for()
    sizes = page.locator("[data-survey-found] a").evaluate_all("all => all.map(a => a.getBoundingClientRect().height)")
    assert min(sizes) >= 24
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_without_scripts_the_box_leads_to_the_list_of_papers(browser: Browser, address: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(address)
    page.get_by_role("searchbox", name="Find papers").fill("serving")
    page.keyboard.press("Enter")
    page.wait_for_url("**/papers/?find=serving")
    context.close()
