"""What a reader does, in a real Chromium, on the built site served from this machine."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from tests.commands import FOLLOW, mkdocs
from tests.fabricate import key, paper, write_survey
from tests.local_server import serve


@pytest.fixture(scope="module")
def address(site: Path) -> Iterator[str]:
    """The address of the survey of this repository."""
    with serve(site) as found:
        yield found


@pytest.fixture
def requests() -> list[str]:
    """Addresses that pages have asked for."""
    return []


@pytest.fixture(params=[(1280, 800), (390, 844)], ids=["desktop", "phone"])
def context(
    request: pytest.FixtureRequest, browser: Browser, address: str, requests: list[str]
) -> Iterator[BrowserContext]:
    """A fresh visit, on a desktop and on a phone."""
    width, height = request.param
    visit = browser.new_context(viewport={"width": width, "height": height}, accept_downloads=True)
    visit.grant_permissions(["clipboard-read", "clipboard-write"], origin=address.rstrip("/"))
    visit.on("request", lambda asked: requests.append(asked.url))
    yield visit
    visit.close()


@pytest.fixture
def page(context: BrowserContext) -> Page:
    """A page of that visit."""
    return context.new_page()


def test_from_home_to_a_paper_on_kv_cache_serving_in_three_clicks_and_its_bibtex_in_four(
    page: Page, address: str, requests: list[str], tmp_path: Path
) -> None:
    page.goto(address)
    main = page.get_by_role("article")
    main.get_by_role("link", name="Serving", exact=True).click()
    main.get_by_role("link", name="Long context and the KV cache").click()
    title = "Infinite-LLM: Efficient LLM Service for Long Context with DistAttention and Distributed KVCache"
    main.get_by_role("link", name=f"DistKV-LLM: {title}", exact=True).click()
    page.wait_for_url("**/papers/lin2024infinitellm/")
    page.get_by_role("button", name="Copy BibTeX").click()
    page.get_by_text("Copied").wait_for()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.startswith("@misc{lin2024infinitellm,\n  author = {Lin, Bin and Peng, Tao")
    with page.expect_download() as download:
        page.get_by_role("link", name="Download BibTeX").click()
    saved = tmp_path / "saved.bib"
    download.value.save_as(saved)
    assert saved.read_text(encoding="utf-8") == copied
    assert download.value.suggested_filename == "lin2024infinitellm.bib"
    assert [url for url in requests if not url.startswith(address)] == []


FOUND_BY = {
    "Borzunov": "papers/borzunov2023distributed/",
    "Petals": "papers/borzunov2023distributed/",
    "Shapley": "papers/sun2025efficient/",
    "quality-diversity": "papers/nasir2024llmatic/",
}


def test_search_finds_papers(page: Page, address: str) -> None:
    page.goto(address)
    if not page.get_by_placeholder("Search").is_visible():
        page.get_by_role("button", name="Search", exact=True).click()
    for typed, found in FOUND_BY.items():
        page.get_by_placeholder("Search").clear()
        page.get_by_placeholder("Search").press_sequentially(typed)
        page.locator(f".survey-find__link[href$='{found}']").first.wait_for()


KINDS = [
    "", "introduction/", "findings/", "paths/serving/", "results/", "coverage/", "glossary/", "method/", "themes/",
    "themes/serving/", "themes/serving/routing/", "papers/", "papers/page/2/", "papers/borzunov2023distributed/",
    "authors/", "authors/l/", "authors/daxin-jiang/", "venues/", "venues/aaai/", "years/", "years/2024/", "formats/",
    "cite/", "submit/", "submit/?paper=borzunov2023distributed", "contributing/add-a-paper/",
    "papers/hu2024inference/", "outside/", "coverage/", "results/throughput/", "results/vs/vllm/", "scale/", "metrics/",
    "benchmarks/", "models/", "models/llama/", "hardware/", "questions/",
    "questions/four-bit-accuracy/", "comparisons/", "comparisons/on-device/",
    "papers/?theme=compression/quantization&kind=-survey&year=2024..", "papers/?find=quantization&view=table", "kinds/",
    "kinds/survey/", "facets/", "facets/size/", "facets/size/under-1b/",
]  # fmt: skip
"""A page of each kind."""


def test_no_page_is_wider_than_the_screen_or_asks_for_what_is_not_there(browser: Browser, address: str) -> None:
    visit = browser.new_context()
    wrong: list[str] = []
    visit.on("console", lambda said: wrong.append(said.text) if said.type in ("error", "warning") else None)
    visit.on("weberror", lambda error: wrong.append(str(error.error)))
    left = "net::ERR_ABORTED"  # what a page was still asking for when the next one was opened
    visit.on("requestfailed", lambda lost: wrong.append(lost.url) if lost.failure != left else None)
    visit.on("response", lambda got: wrong.append(f"{got.status} {got.url}") if got.status >= 400 else None)
    visit.on("request", lambda asked: wrong.append(asked.url) if not asked.url.startswith(address) else None)
    page = visit.new_page()
    for path in KINDS:
        page.set_viewport_size({"width": 1280, "height": 800})
        page.goto(address + path)
        for width in (1280, 390):
            page.set_viewport_size({"width": width, "height": 800})
            if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
                wrong.append(f"{path} is wider than {width} px")
    page.wait_for_load_state("networkidle")
    visit.close()
    assert wrong == []


OUT_OF_PLACE = """() => [...document.querySelectorAll(":is(.survey-picture, .survey-legend) *")].filter(it => {
    const box = it.getBoundingClientRect();
    const words = [...it.childNodes].some(node => node.nodeType === Node.TEXT_NODE && node.data.trim());
    const small = words && it.tagName !== "title" && parseFloat(getComputedStyle(it).fontSize) < 12;
    return small || (box.width > 0 && (box.left < 0 || box.right > innerWidth));
}).map(it => it.outerHTML)"""


def test_pictures_of_numbers_fit_a_phone_with_text_of_full_size_and_lead_to_numbers(page: Page, address: str) -> None:
    for path in ("results/", "results/throughput/", "results/prefill-speed/"):
        page.goto(address + path)
        page.locator("figure.survey-picture").first.wait_for()
        assert page.evaluate(OUT_OF_PLACE) == [], path
    page.goto(address + "results/")
    mark = page.get_by_role("link", name="ScaleLLM: 4.3×, compared with vLLM")
    mark.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/papers/yao2024scalellm/#inference-speed*")


def test_without_javascript_everything_can_be_read_and_downloaded(browser: Browser, address: str) -> None:
    visit = browser.new_context(java_script_enabled=False)
    page = visit.new_page()
    page.goto(address + "papers/borzunov2023distributed/")
    assert page.get_by_role("heading", level=1).inner_text().startswith("Petals: Distributed Inference")
    assert "@inproceedings{borzunov2023distributed," in page.locator("#bibtex-text").inner_text()
    assert not page.get_by_role("button", name="Copy BibTeX").is_visible()
    assert page.get_by_role("link", name="Download BibTeX").is_visible()
    page.goto(address + "papers/")
    assert page.locator(".survey-entry").count() == 30
    for number in (2, 3, 4):
        page.get_by_role("link", name="Next", exact=True).first.click()
        page.wait_for_url(f"**/papers/page/{number}/")
    assert page.locator(".survey-entry").count() == 29
    visit.close()


HEADS = """() => ({
    authors: [...document.querySelectorAll("meta[name=citation_author]")].map(tag => tag.content),
    titles: [...document.querySelectorAll("meta[name=citation_title]")].map(tag => tag.content),
    bib: [...document.querySelectorAll("link[rel~=describedby]")].map(tag => tag.href.split("/").pop()),
    data: [...document.querySelectorAll("script[type='application/ld+json']")].map(tag => JSON.parse(tag.textContent)),
})"""


IS_TITLE = "title => document.querySelector('meta[name=citation_title]')?.content === title"


@pytest.fixture(scope="module")
def instant(tmp_path_factory: pytest.TempPathFactory, browser: Browser) -> Iterator[str]:
    """The survey on birds with instant navigation, which swaps pages without loading them; its address."""
    theme = {"name": "material", "font": False, "features": ["navigation.instant"]}
    config = write_survey(
        tmp_path_factory.mktemp("instant") / "survey", 20, config={"theme": theme, "site_url": "http://127.0.0.1/"}
    )
    done = mkdocs(config, "--strict")
    assert done.returncode == 0, done.stderr
    with serve(config.parent / "site") as address:
        yield address


def test_the_search_leads_on_from_a_page_that_was_swapped_in(browser: Browser, instant: str) -> None:
    visit = browser.new_context()
    page = visit.new_page()
    page.goto(instant)
    page.evaluate(FOLLOW, f"{instant}papers/{key(5)}/")
    page.wait_for_url(f"**/papers/{key(5)}/")
    page.keyboard.press("/")
    page.keyboard.type(f"field study {11}")
    page.locator(f".survey-find__link[href$='papers/{key(11)}/']").first.click()
    page.get_by_role("heading", level=1).filter(has_text="field study 11 ").wait_for()
    visit.close()


@pytest.mark.parametrize("way", ["loading", "instant"])
def test_the_head_of_each_paper_is_its_own_after_going_from_one_to_the_next(
    browser: Browser, instant: str, way: str
) -> None:
    # Three papers that share authors at other places in the list: where heads get mixed up, it shows.
    address = instant
    visit = browser.new_context()
    page = visit.new_page()
    page.goto(address + "papers/")
    for n in (5, 11, 17):
        if way == "loading":
            page.goto(f"{address}papers/{key(n)}/")
        else:
            page.evaluate(FOLLOW, f"{address}papers/{key(n)}/")
        title = paper(n)["title"]
        page.get_by_role("heading", level=1).filter(has_text=f"field study {n} ").wait_for()
        page.wait_for_function(IS_TITLE, arg=title)
        head = page.evaluate(HEADS)
        assert head["authors"] == [f"{author['family']}, {author['given']}" for author in paper(n)["authors"]]
        assert head["titles"] == [title]
        assert head["bib"] == [f"{key(n)}.bib", f"{key(n)}.ris"]
        assert [one["headline"] for one in head["data"]] == [title]
    visit.close()


def test_ways_to_cite_are_tabs_for_the_keyboard(page: Page, address: str) -> None:
    page.goto(address + "papers/borzunov2023distributed/")
    page.get_by_role("tab", name="BibTeX", exact=True).focus()
    assert page.get_by_role("tabpanel", name="BibTeX", exact=True).is_visible()
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("ArrowLeft")
    panel = page.get_by_role("tabpanel", name="APA")
    assert panel.is_visible()
    assert "Borzunov, A., Ryabinin, M.," in panel.inner_text()
    assert page.get_by_role("tab", selected=True).inner_text() == "APA"
    panel.get_by_role("button", name="Copy APA").click()
    page.get_by_text("Copied").wait_for()
    assert str(page.evaluate("navigator.clipboard.readText()")).startswith("Borzunov, A., Ryabinin, M.,")


def test_a_citation_shows_its_paper_on_focus_and_leads_there(page: Page, address: str) -> None:
    page.goto(address + "themes/compression/")
    citation = page.locator("a.survey-citation").first
    citation.focus()
    # The browser shows focus rings, and so the text, for keys only.
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Tab")
    shown = citation.evaluate("link => getComputedStyle(link, '::after').content")
    assert shown.strip('"') == citation.get_attribute("data-survey-about")
    citation.press("Enter")
    page.wait_for_url("**/papers/*/")


def test_tables_sort_by_number_and_by_word(page: Page, address: str) -> None:
    page.goto(address + "models/")
    table = page.locator("table").first
    values = table.locator("tbody tr td:nth-child(3)")
    table.get_by_role("button", name="Numbers").click()
    numbers = [int(text) for text in values.all_inner_texts()]
    assert len(numbers) > 10
    assert numbers == sorted(numbers)
    assert table.locator("th[aria-sort=ascending]").inner_text().startswith("Numbers")
    table.get_by_role("button", name="Name").click()
    table.get_by_role("button", name="Name").click()
    names = [name.casefold() for name in table.locator("tbody tr td:nth-child(1)").all_inner_texts()]
    assert names[0] > names[-1]


def test_a_quote_opens_beside_its_number_by_keyboard(page: Page, address: str) -> None:
    page.goto(address + "papers/yao2024scalellm/")
    row = page.locator("#inference-speed")
    quote = row.locator("q")
    assert not quote.is_visible()
    row.locator("summary").focus()
    page.keyboard.press("Enter")
    assert quote.inner_text().strip('“”"') == "with 64 concurrent requests, ScaleLLM achieves a 4.3x speed up over vLLM"
    assert row.locator(".survey-value").inner_text() == "4.3×"


def test_by_keyboard_the_first_stop_leads_to_the_text(page: Page, address: str) -> None:
    page.goto(address + "papers/borzunov2023distributed/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.getAttribute('href')") == "#content"
