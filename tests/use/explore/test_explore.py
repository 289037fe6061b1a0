"""Filtering the papers, in a real Chromium: what is pressed, what the address says, what a stranger's address does."""

import gzip
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from tests.fabricate import key
from tests.local_server import serve


@pytest.fixture(scope="module")
def address(birds: Path) -> Iterator[str]:
    """The address of a survey of 45 papers in pages of 10."""
    with serve(birds / "site") as found:
        yield f"{found}papers/"


@pytest.fixture
def asked() -> list[str]:
    """Files below ``explore/`` that pages have asked for."""
    return []


@pytest.fixture
def visit(browser: Browser, asked: list[str]) -> Iterator[BrowserContext]:
    """A fresh visit, in which nothing goes wrong."""
    context = browser.new_context(viewport={"width": 1280, "height": 800}, accept_downloads=True)
    wrong: list[str] = []
    context.on("weberror", lambda error: wrong.append(str(error.error)))
    context.on("console", lambda said: wrong.append(said.text) if said.type == "error" else None)
    context.on("request", lambda one: asked.append(one.url.split("/explore/")[1]) if "/explore/" in one.url else None)
    context.set_default_timeout(8000)
    yield context
    context.close()
    assert wrong == []


@pytest.fixture
def page(visit: BrowserContext) -> Page:
    """A page of that visit."""
    return visit.new_page()


def data(asked: list[str]) -> list[str]:
    """Return what was asked for beside the scripts."""
    return [name for name in asked if name.endswith(".json")]


def count(page: Page) -> str:
    """Return how many papers the page says there are, once it says so."""
    page.wait_for_function("!document.querySelector('.survey-explorer').hasAttribute('aria-busy')")
    return page.locator(".survey-explorer [role=status]").inner_text()


def box(page: Page, axis: str, value: str) -> Locator:
    """Return the box of a value."""
    return page.locator(f"[data-axis={axis}] [data-value='{value}'] input")


def titles(page: Page) -> list[str]:
    """Return the titles in the list."""
    return page.locator(".survey-explorer__list .survey-entry__title").all_inner_texts()


def search(page: Page) -> str:
    """Return what the address says of the list."""
    return str(page.evaluate("location.search"))


def test_nothing_is_fetched_until_a_filter_is_pressed_and_the_address_then_says_it(
    page: Page, address: str, asked: list[str]
) -> None:
    page.goto(address)
    assert (count(page), len(titles(page)), data(asked)) == ("45 papers", 10, [])
    box(page, "theme", "flight").check()
    expect(page.get_by_text("of 45 papers")).to_be_visible()
    box(page, "theme", "flight/speed").check()  # a part in the place of the whole
    expect(box(page, "theme", "flight")).not_to_be_checked()
    box(page, "has", "code").check()
    page.get_by_role("button", name="Without review").click()
    expect(page.locator(".survey-chip").first).to_have_text("Flight speed")
    count(page)
    assert search(page) == "?theme=flight/speed&kind=-review&has=code"
    before, shown = count(page), titles(page)
    assert shown
    page.reload()
    expect(page.locator(".survey-chip")).to_have_count(4)
    assert (count(page), titles(page)) == (before, shown)
    page.go_back()
    page.go_back()
    count(page)
    assert search(page) == "?theme=flight/speed"
    expect(page.locator(".survey-chip")).to_have_count(1)
    page.locator(".survey-chip").click()
    count(page)
    assert (search(page), len(titles(page))) == ("", 10)


def test_counts_say_what_a_press_would_give(page: Page, address: str) -> None:
    page.goto(f"{address}?theme=song&has=code")
    count(page)
    for name in ("review", "observation"):
        row = page.locator(f"[data-axis=kind] [data-value={name}]")
        wanted = row.locator(".survey-filter__count").inner_text()
        row.get_by_role("checkbox").check()
        if wanted == "0":
            expect(page.get_by_text("Nothing fits all of this.")).to_be_visible()
        else:
            expect(page.locator(".survey-explorer [role=status]")).to_have_text(f"{wanted} of 45 papers")
        row.get_by_role("checkbox").uncheck()
        page.wait_for_function("!location.search.includes('kind')")
        count(page)


def test_years_are_pressed_from_and_until(page: Page, address: str) -> None:
    page.goto(address)
    bars = page.locator("[data-axis=year]")
    years = [bars.locator("button").nth(place) for place in range(4)]
    names = [year.locator("span").first.inner_text() for year in years]
    for press, wanted in ((1, f"{names[1]}.."), (3, f"{names[1]}..{names[3]}"), (0, f"{names[0]}..{names[3]}")):
        years[press].click()
        page.wait_for_function(f"location.search === '?year={wanted}'")
    count(page)
    assert [year.get_attribute("aria-pressed") for year in years] == ["true"] * 4


CASES = [
    ("?sort=date&find=a%20b&keys=x,y,x&theme=a/b,-c&year=1..", "?find=a+b&keys=x,y&theme=a/b,-c&year=1..&sort=date"),
    ("?sort=best&find=a&view=table", "?find=a&view=table"),
    ("?view=list&sort=date&q=x&h=y", ""),
    ("?zoo=b&apes=a&kind=k&theme=t", "?theme=t&kind=k&apes=a&zoo=b"),
    ("?kind=a&kind=b,a,,&=x&&find=", "?kind=a,b"),
    ("?author=%zz&venue=%2C,a%26b", "?venue=%2C,a%26b&author=%25zz"),
    ("?__proto__=1&constructor=2", "?__proto__=1&constructor=2"),
]  # fmt: skip


def test_a_state_is_written_in_one_order_without_what_is_usual(page: Page, address: str) -> None:
    page.goto(address)
    code = """async (cases) => {
        const { read, write } = await import(new URL("../assets/survey/explore/state.js", location.href))
        return cases.map(([search]) => write(read(new URL(search, location.href))))
    }"""
    written = page.evaluate(code, CASES)
    assert written == [wanted for _, wanted in CASES]
    assert page.evaluate(code, [[one] for one in written]) == written


def test_what_an_address_has_and_the_survey_has_not_is_said_as_text(page: Page, address: str) -> None:
    bad = "<img src=x onerror=document.title=1>"
    page.goto(
        f"{address}?theme=nothing&{quote(bad)}=1&kind=review,{bad}&sort={bad}&year=soon&keys={key(1)},{bad}&view=x"
    )
    assert count(page).endswith("of 45 papers")
    said = page.locator(".survey-explorer__notes").inner_text()
    for words in (
        "Theme: this survey has no “nothing”",
        f"no filter “{bad}”",
        f"no paper “{bad}”",
        f"“{bad}” is no way",
        "Year:",
    ):
        assert words in said
    assert page.locator(".survey-explorer img").count() == 0
    assert page.title().startswith("Papers")


def test_the_list_is_sorted_shown_as_a_table_and_made_longer(page: Page, address: str) -> None:
    page.goto(address)
    page.get_by_role("button", name="Show 10 more").click()
    expect(page.locator(".survey-entry")).to_have_count(20)
    assert page.evaluate(
        "document.activeElement.closest('.survey-entry') === document.querySelectorAll('.survey-entry')[10]"
    )
    page.get_by_role("combobox", name="Sort by").select_option("title")
    page.wait_for_function("location.search === '?sort=title'")
    count(page)
    shown = titles(page)
    assert shown == sorted(shown, key=str.lower)
    page.get_by_role("button", name="Table").click()
    rows = page.locator(".survey-explorer__table tbody tr")
    expect(rows).to_have_count(10)
    assert rows.first.locator("a").first.inner_text() == shown[0]
    assert search(page) == "?sort=title&view=table"


def test_words_are_found_and_marked(page: Page, address: str, asked: list[str]) -> None:
    page.goto(address)
    page.get_by_role("searchbox", name="Search these papers").fill("stopover")
    page.wait_for_function("location.search === '?find=stopover'")
    assert count(page).endswith("of 45 papers")
    assert {text.lower() for text in page.locator(".survey-explorer mark").all_inner_texts()} == {"stopover"}
    assert "keys.json" in asked


def test_nothing_left_says_what_to_leave_out(page: Page, address: str) -> None:
    page.goto(f"{address}?has=code&year=..1995&kind=review")
    assert count(page) == "0 of 45 papers"
    page.get_by_role("button", name="Clear all").last.click()
    expect(page.locator(".survey-entry")).to_have_count(10)


def test_a_choice_too_long_for_an_address_becomes_a_file(page: Page, address: str, tmp_path: Path) -> None:
    page.goto(f"{address}?keys={','.join(key(n) for n in range(1, 46))},{'x' * 1500}")
    count(page)
    with page.expect_download() as download:
        page.get_by_role("button", name="Download the keys").click()
    download.value.save_as(tmp_path / "keys.txt")
    assert set((tmp_path / "keys.txt").read_text(encoding="utf-8").split()) == {key(n) for n in range(1, 46)}
    long = search(page)
    box(page, "has", "code").check()
    expect(page.locator(".survey-chip", has_text="code")).to_be_visible()
    assert search(page) == long  # it stays what it was


def test_a_list_that_does_not_load_says_so_and_tries_again(page: Page, address: str) -> None:
    page.route("**/explore/axes.json", lambda route: route.fulfill(status=200, body="no data"))
    page.goto(f"{address}?theme=song")
    expect(page.get_by_text("The list could not be loaded")).to_be_visible()
    page.unroute("**/explore/axes.json")
    page.get_by_role("button", name="Try again").click()
    expect(page.locator(".survey-chip")).to_have_count(1)


def test_long_axes_are_loaded_when_they_open_and_narrowed_by_typing(page: Page, address: str) -> None:
    page.goto(address)
    authors = page.locator("[data-axis=author]")
    authors.locator("summary").click()
    authors.get_by_role("searchbox").fill("orsted")
    boxes = authors.get_by_role("checkbox")
    expect(boxes.first).to_be_visible()
    assert all("rsted" in name for name in authors.locator(".survey-filter__name").all_inner_texts())
    boxes.first.check()
    page.wait_for_function("location.search.startsWith('?author=')")
    assert count(page).endswith("of 45 papers")


def test_on_a_phone_the_filters_are_a_sheet(browser: Browser, address: str) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 844}, has_touch=True)
    page = context.new_page()
    page.goto(address)
    expect(page.locator("#filters")).to_be_hidden()
    opener = page.get_by_role("button", name="Filters")
    opener.click()
    assert page.evaluate("document.activeElement.tagName") == "SUMMARY"
    page.keyboard.press("Escape")
    expect(page.locator("#filters")).to_be_hidden()
    assert page.evaluate("document.activeElement.textContent") == "Filters"
    opener.click()
    box(page, "theme", "song").check()
    done = page.get_by_role("button", name=re.compile("^Show [0-9]+ papers$"))
    expect(done).not_to_have_text("Show 45 papers")
    small = """() => [...document.querySelectorAll("#filters :is(button, label, summary)")].filter((node) => {
        const { width, height } = node.getBoundingClientRect()
        return height && (height < 24 || width < 24)
    }).map((node) => node.outerHTML)"""
    assert page.evaluate(small) == []
    done.click()
    expect(page.get_by_role("button", name="Filters (1)")).to_be_focused()
    context.close()


def test_without_scripts_filters_lead_to_pages_and_the_whole_list_is_there(browser: Browser, address: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(address)
    assert page.locator(".survey-entry").count() == 10
    page.get_by_role("link", name="Next").click()
    page.wait_for_url("**/papers/page/2/")
    page.goto(address)
    page.locator("#filters").get_by_role("link", name="review").click()
    page.wait_for_url("**/kinds/review/")
    assert page.locator(".survey-entry").count() == 10
    context.close()


def test_methods_for_quantization_since_2024_with_code_in_four_actions(browser: Browser, site: Path) -> None:
    with serve(site) as address:
        context = browser.new_context(viewport={"width": 1280, "height": 800})
        page = context.new_page()
        page.goto(f"{address}papers/")
        page.get_by_role("searchbox", name="Search these papers").fill("quantisation")
        expect(page.get_by_role("link", name="Theme: Quantization")).to_be_visible()
        page.get_by_role("button", name="2024, ").click()
        box(page, "has", "code").check()
        page.get_by_role("button", name="Without survey").click()
        page.wait_for_function("location.search === '?find=quantisation&year=2024..&kind=-survey&has=code'")
        count(page)
        shown = titles(page)
        assert "The Super Weight in Large Language Models" in shown
        page.reload()
        expect(page.locator(".survey-chip")).to_have_count(4)
        count(page)
        assert titles(page) == shown
        context.close()


CODE_AND_RECORDS = 60_000
"""Bytes, compressed, of everything that the list needs beside the page and the host's files, however it is filtered."""


def test_the_scripts_and_records_of_the_list_are_small(site: Path) -> None:
    assets = site / "assets/survey"
    code = [*(assets / "explore").glob("*.js"), assets / "explore.css", *assets.glob("submit/[el]*.js")]
    records = [file for file in (site / "explore").rglob("*.json") if file.parent.name != "axes"]
    assert len(code) > 8
    assert len(records) > 4
    assert sum(len(gzip.compress(file.read_bytes(), 6)) for file in [*code, *records]) <= CODE_AND_RECORDS
