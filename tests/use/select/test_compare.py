"""Putting papers side by side, in a real Chromium."""

import csv
import io
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.fabricate import key
from tests.use.select.conftest import FORMER
from tests.use.select.test_selection import ON_BOTH, choose


def row(page: Page, title: str) -> list[str]:
    """Return the cells of a row of the comparison, its title first."""
    found = page.locator("table.survey-compare tr").filter(has=page.get_by_role("rowheader", name=title))
    return [" ".join(text.split()) for text in found.locator("th, td").all_inner_texts()]


@ON_BOTH
def test_numbers_stand_beside_each_other_and_compare_where_all_is_alike(page: Page, address: str) -> None:
    page.goto(f"{address}compare/?keys={key(1)},{key(2)}")
    expect(page.locator("table.survey-compare")).to_be_visible()
    assert row(page, "Speed") == ["Speed comparable", "40× vs Gulls Swift, by night", "30× vs Gulls Swift, by night"]
    assert row(page, "Notes") == [
        "Notes benchmarks differ: not comparable", "7% Dawn chorus", "9% Dusk chorus",
    ]  # fmt: skip
    other = "Wren et al." if row(page, "Relations")[2].startswith("extends Wren") else "SwiftNet"
    assert row(page, "Relations") == ["Relations", row(page, "Relations")[1], f"extends {other}"]
    assert row(page, "Kind")[1:] == ["experiment", "review"]
    link = page.get_by_role("link", name="40× vs Gulls")
    assert str(link.get_attribute("href")).endswith(f"/papers/{key(1)}/#speed")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_reasons_are_named_and_what_only_one_paper_states_stands_apart(page: Page, address: str) -> None:
    page.goto(f"{address}compare/?keys={key(1)},{key(2)},{key(3)},{key(4)}")
    expect(page.locator("table.survey-compare")).to_be_visible()
    names = [text.split("\n")[0] for text in page.locator("table.survey-compare thead th").all_inner_texts()]
    assert row(page, "Speed")[0] == (f"Speed comparable: {', '.join(names[:2])}; baseline not named: not comparable")
    assert row(page, "Other numbers")[3] == "Mass: 12 g"
    assert row(page, "Speed")[4] == "not stated"
    assert page.locator("thead th").nth(3).inner_text().split("\n")[0].endswith("retracted")


def test_the_table_is_a_file_and_an_address(page: Page, address: str) -> None:
    page.goto(f"{address}compare/?keys={key(2)},{key(1)}")
    with page.expect_download() as download:
        page.get_by_role("button", name="CSV").click()
    rows = list(csv.reader(io.StringIO(Path(download.value.path()).read_text(encoding="utf-8"))))
    assert rows[0] == ["", key(2), key(1)]
    assert ["Speed (comparable)", "30× vs Gulls (Swift, by night)", "40× vs Gulls (Swift, by night)"] in rows
    page.get_by_role("button", name="Copy link").click()
    expect(page.get_by_text("Copied.")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()") == f"{address}compare/?keys={key(2)},{key(1)}"


def test_on_paper_the_table_is_whole(page: Page, address: str) -> None:
    page.set_viewport_size({"width": 700, "height": 900})
    page.goto(f"{address}compare/?keys={','.join(key(n) for n in range(1, 7))}")
    expect(page.locator("table.survey-compare")).to_be_visible()
    whole = (
        "() => { const t = document.querySelector('.survey-compare__scroll'); return t.scrollWidth <= t.clientWidth }"
    )
    assert page.evaluate(whole) is False
    page.emulate_media(media="print")
    assert page.evaluate(whole) is True
    expect(page.get_by_role("button", name="CSV")).to_be_hidden()


def test_addresses_are_strangers_texts(page: Page, address: str) -> None:
    typed = f"{FORMER},<img src=x onerror=alert(1)>,__proto__,nobody2001x,{','.join(key(n) for n in range(1, 9))}"
    page.goto(f"{address}compare/?keys={typed}")
    place = page.locator("#survey-compare")
    expect(place).to_contain_text("Not in this survey: <img src=x onerror=alert(1)>, __proto__, nobody2001x.")
    expect(place).to_contain_text(f"{FORMER} is now {key(1)}.")
    expect(place).to_contain_text(f"Six papers are compared at most; left out: {key(7)}, {key(8)}.")
    assert page.locator("table.survey-compare thead th").count() == 6
    assert page.locator("#survey-compare img").count() == 0
    page.get_by_role("link", name="Take SwiftNet out").click()
    expect(page.locator("table.survey-compare thead th")).to_have_count(5)


@pytest.mark.parametrize(
    ("query", "said"), [("", "Select two to six papers"), (f"?keys={key(1)}", "Only one paper"), ("?keys=%zz", "%zz")]
)
def test_what_is_missing_is_said(page: Page, address: str, query: str, said: str) -> None:
    page.goto(f"{address}compare/{query}")
    expect(page.locator("#survey-compare")).to_contain_text(said)


def test_without_keys_the_selection_is_compared(page: Page, address: str) -> None:
    choose(page, address, [key(5), key(6)])
    page.goto(address + "compare/")
    expect(page.locator("table.survey-compare thead th")).to_have_count(2)


def test_what_cannot_be_loaded_is_said(page: Page, address: str) -> None:
    page.route("**/take/facts/*", lambda route: route.abort())
    page.goto(f"{address}compare/?keys={key(1)},{key(2)}")
    expect(page.get_by_role("alert")).to_contain_text("could not be loaded")


def test_without_scripts_the_way_to_what_there_is_is_said(browser: Browser, address: str) -> None:
    visit = browser.new_context(java_script_enabled=False)
    page = visit.new_page()
    page.goto(address + "compare/")
    expect(page.get_by_text("scripts are off")).to_be_visible()
    page.get_by_role("article").get_by_role("link", name="Papers").click()
    assert page.locator(".survey-entry").count() == 30
    visit.close()
