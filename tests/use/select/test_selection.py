"""Selecting papers and taking them away, in a real Chromium."""

import json
from pathlib import Path

import pytest
from living_survey.formats.writers import BY_NAME
from living_survey.publish.take import count_parts, part_of
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect

from tests.commands import run_survey
from tests.fabricate import key, paper
from tests.local_server import serve
from tests.use.select.conftest import FORMER, PAPERS

ON_BOTH = pytest.mark.parametrize("context", [(1280, 800), (390, 844)], ids=["desktop", "phone"], indirect=True)
CHOSEN = [key(n) for n in (7, 3, 212, 40, 1)]
KEPT = """() => Object.entries(localStorage)
    .filter(([name]) => name.startsWith("survey-selection")).map(([, kept]) => JSON.parse(kept))"""
"""What the browser keeps."""


def choose(page: Page, address: str, keys: list[str]) -> None:
    """Visit with a selection from an earlier visit."""
    page.goto(address + "404.html")
    page.evaluate(
        "([name, keys]) => localStorage.setItem(name, keys)", [f"survey-selection {path_of(address)}", json.dumps(keys)]
    )


def path_of(address: str) -> str:
    return f"/{address.split('/', 3)[3]}"


def saved(page: Page, name: str) -> str:
    """Press a button of the tray that saves a file; return the file's text."""
    with page.expect_download() as download:
        page.get_by_role("button", name=name, exact=True).click()
    return Path(download.value.path()).read_text(encoding="utf-8")


@ON_BOTH
def test_a_selection_is_counted_kept_undone_and_cleared(page: Page, address: str) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(address + "papers/")
    boxes = page.locator(".survey-pick input")
    page.wait_for_load_state("networkidle")
    assert [one for one in asked if "/take/" in one or "/tray" in one] == []
    boxes.nth(0).check()
    boxes.nth(2).check()
    header = page.locator(".survey-selected")
    expect(header).to_have_attribute("data-count", "2")
    tray = page.get_by_role("region", name="Selection")
    expect(tray.locator("summary", has_text="2 selected")).to_be_visible()
    first = boxes.nth(0).input_value()
    page.goto(f"{address}papers/{first}/")
    button = page.get_by_role("button", name="Select", exact=True)
    expect(button).to_have_attribute("aria-pressed", "true")
    expect(header).to_have_attribute("data-count", "2")
    button.press("Enter")
    expect(header).to_have_attribute("data-count", "1")
    page.reload()
    expect(header).to_have_attribute("data-count", "1")
    tray.get_by_role("button", name="Clear").click()
    expect(header).to_be_hidden()
    expect(tray.get_by_role("status")).to_contain_text("1 paper taken out.")
    tray.get_by_role("button", name="Undo").click()
    expect(header).to_have_attribute("data-count", "1")
    assert len(page.evaluate(KEPT)[0]) == 1
    page.keyboard.press("Escape")
    expect(tray).to_be_hidden()
    header.press("Enter")
    expect(tray).to_be_visible()


@pytest.mark.parametrize("name", [*BY_NAME, "apa", "ieee"])
def test_what_is_taken_away_is_what_export_writes(page: Page, address: str, chosen_survey: Path, name: str) -> None:
    arguments = ("--format", "text", "--style", name) if name in ("apa", "ieee") else ("--format", name)
    wanted = run_survey(chosen_survey, "export", *arguments, "--keys", ",".join(CHOSEN)).stdout
    page.goto(address)
    text = page.evaluate(
        "([module, name, keys]) => import(module).then(take => take.textOf(name, keys))",
        [f"{address}assets/survey/select/take.js", name, CHOSEN],
    )
    assert text == wanted
    everything = [key(n) for n in range(1, PAPERS + 1)]
    text = page.evaluate(
        "([module, name, keys]) => import(module).then(take => take.textOf(name, keys))",
        [f"{address}assets/survey/select/take.js", name, everything],
    )
    assert text == run_survey(chosen_survey, "export", *arguments).stdout


@ON_BOTH
def test_each_button_of_the_tray_does_what_it_says(page: Page, address: str, chosen_survey: Path) -> None:
    choose(page, address, CHOSEN)
    page.goto(address + "papers/")
    tray = page.get_by_role("region", name="Selection")
    more = tray.locator("summary", has_text="More")
    narrow = page.viewport_size and page.viewport_size["width"] < 700

    def exported(*arguments: str) -> str:
        return run_survey(chosen_survey, "export", "--keys", ",".join(CHOSEN), *arguments).stdout

    def copied() -> str:
        expect(tray.get_by_role("status")).to_have_text("Copied.")
        return str(page.evaluate("navigator.clipboard.readText()"))

    assert saved(page, "BibTeX") == exported()
    for name, form in (("RIS", "ris"), ("BibLaTeX", "biblatex"), ("CSL-JSON", "csl-json"), ("CSV", "csv")):
        if narrow or name != "RIS":
            more.click()
        assert saved(page, name) == exported("--format", form)
    expect(tray.get_by_role("status")).to_have_text("5 papers in selection.csv.")
    if narrow:
        more.click()
    tray.get_by_role("button", name="Copy references").locator("visible=true").click()
    assert copied() == exported("--format", "text")
    more.click()
    tray.get_by_role("button", name=r"Copy \cite{…} keys").click()
    assert copied() == f"\\cite{{{','.join(sorted(CHOSEN))}}}\n"
    if narrow:
        more.click()
    tray.get_by_role("button", name="Copy link").locator("visible=true").click()
    assert copied() == f"{address}papers/?keys={','.join(CHOSEN)}"
    tray.locator("summary", has_text="5 selected").click()
    tray.get_by_role("button", name=f"Remove {paper(7)['title']}").click()
    expect(page.locator(".survey-selected")).to_have_attribute("data-count", "4")
    compare = tray.get_by_role("link", name="Compare")
    assert compare.get_attribute("href") == f"{address}compare/?keys={','.join(CHOSEN[1:])}"
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_too_few_and_too_many_for_a_comparison_are_said_and_so_is_a_long_address(page: Page, address: str) -> None:
    choose(page, address, [key(n) for n in range(1, 200)])
    page.goto(address + "papers/")
    tray = page.get_by_role("region", name="Selection")
    tray.get_by_role("link", name="Compare").press("Enter")
    expect(tray.get_by_role("status")).to_have_text("Two to six papers can be compared; 199 are selected.")
    tray.get_by_role("button", name="Copy link").locator("visible=true").click()
    expect(tray.get_by_role("status")).to_contain_text("Hand on a file instead")


def test_papers_that_left_are_named_once_and_renamed_ones_stay(page: Page, address: str) -> None:
    choose(page, address, ["gone2001paper", FORMER, key(9)])
    page.goto(address + "papers/")
    said = page.get_by_role("region", name="Selection").get_by_role("status")
    expect(said).to_have_text("Not in the survey any more: gone2001paper.")
    assert page.evaluate(KEPT) == [[key(1), key(9)]]
    page.reload()
    expect(page.locator(".survey-selected")).to_have_attribute("data-count", "2")
    expect(said).to_have_count(0)


def test_papers_that_left_since_are_named_beside_the_file_of_the_others(page: Page, address: str) -> None:
    choose(page, address, [key(9)])
    page.goto(address + "papers/")
    expect(page.locator(".survey-selected")).to_have_attribute("data-count", "1")
    choose(page, address, ["gone2001paper", FORMER, key(9)])
    page.goto(address + "papers/")
    said = page.get_by_role("region", name="Selection").get_by_role("status")
    assert saved(page, "BibTeX").count("@") == 2
    expect(said).to_have_text("Not in the survey any more: gone2001paper. 2 papers in selection.bib.")
    assert saved(page, "RIS").count("ER  -") == 2
    expect(said).to_have_text("2 papers in selection.ris.")


def test_many_papers_are_few_requests(page: Page, address: str) -> None:
    """A survey of 5,000 has 32 parts; here there are two, and each is asked for once."""
    choose(page, address, [key(n) for n in range(1, PAPERS + 1)])
    page.evaluate("name => sessionStorage.setItem(name, 'yes')", f"survey-settled {path_of(address)}")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url.removeprefix(address)))
    page.goto(address + "papers/")
    assert saved(page, "BibTeX").count("\n@") == PAPERS - 1
    assert sorted(one for one in asked if one.startswith("take/")) == [
        "take/bibtex/0.json", "take/bibtex/1.json", "take/meta.json",
    ]  # fmt: skip


def test_what_is_stored_by_somebody_else_does_no_harm(page: Page, address: str) -> None:
    choose(page, address, [])
    name = f"survey-selection {path_of(address)}"
    for text in ("{", "[1, null, {}]", '["<img src=x onerror=alert(1)>", "__proto__", "a/../b"]', '"constructor"'):
        page.evaluate("([name, text]) => localStorage.setItem(name, text)", [name, text])
        page.goto(address + "papers/")
        page.locator(".survey-pick input").first.check()
        expect(page.locator(".survey-selected")).to_have_attribute("data-count", "1")
    page.evaluate("name => localStorage.setItem(name, '[\"constructor\"]')", name)
    page.goto(address + "papers/")
    page.locator(".survey-pick input").first.check()
    page.evaluate("sessionStorage.clear()")
    page.reload()
    expect(page.get_by_role("region", name="Selection").get_by_role("status")).to_contain_text("more: constructor.")


REFUSED = """for (const name of ["localStorage", "sessionStorage"])
    Object.defineProperty(window, name, { get() { throw new DOMException("refused", "SecurityError") } })"""


def test_where_storage_is_refused_a_selection_lasts_for_the_visit(page: Page, address: str) -> None:
    page.add_init_script(REFUSED)
    page.goto(address + "papers/")
    page.locator(".survey-pick input").first.check()
    said = page.get_by_role("region", name="Selection").get_by_role("status")
    expect(said).to_have_text("This browser refuses to keep anything, so the selection lasts for this visit only.")
    page.goto(address + "authors/")
    expect(page.locator(".survey-selected")).to_have_attribute("data-count", "1")


def test_what_is_ticked_before_the_script_is_there_counts(page: Page, address: str) -> None:
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    page.route("**/select/main.js", hold)
    page.goto(address + "papers/", wait_until="commit")
    page.locator(".survey-pick input").nth(1).check()
    page.wait_for_function("document.readyState === 'complete'")
    for route in held:
        route.continue_()
    expect(page.locator(".survey-selected")).to_have_attribute("data-count", "1")
    expect(page.locator(".survey-pick input").nth(1)).to_be_checked()


POLICY = "default-src 'self'; img-src 'self' data:"
"""What a strict host sends; scripts that the theme has in its pages are not allowed by it without their hashes."""


def test_all_of_it_works_under_a_strict_policy(page: Page, address: str) -> None:
    def with_policy(route: Route) -> None:
        answer = route.fetch()
        route.fulfill(response=answer, headers={**answer.headers, "content-security-policy": POLICY})

    page.route("**/*", with_policy)
    page.add_init_script("""window.refused = []
        addEventListener("securitypolicyviolation", one => refused.push(one.sourceFile + one.blockedURI))""")
    page.goto(address + "papers/")
    page.locator(".survey-pick input").nth(0).check()
    page.locator(".survey-pick input").nth(1).check()
    assert saved(page, "BibTeX").count("@") == 2
    page.get_by_role("link", name="Compare").click()
    expect(page.locator("table.survey-compare")).to_be_visible()
    page.goto(address + "bibliography/")
    page.locator("input[type=file]").set_input_files({"name": "a.bib", "mimeType": "text/plain", "buffer": b"@misc{a}"})
    expect(page.locator("#survey-bibliography")).to_contain_text("Entries: 1.")
    assert [one for one in page.evaluate("refused") if "assets/survey" in one] == []


def test_above_the_limit_the_tray_has_bibtex_ris_and_keys_and_says_how_to_get_the_rest(
    page: Page, few_rich: Path
) -> None:
    with serve(few_rich / "site") as address:
        choose(page, address, [key(2), key(1)])
        page.goto(address + "papers/")
        tray = page.get_by_role("region", name="Selection")
        for name, form in (("BibTeX", "bibtex"), ("RIS", "ris")):
            wanted = run_survey(few_rich, "export", "--keys", f"{key(1)},{key(2)}", "--format", form).stdout
            assert saved(page, name) == wanted
        tray.locator("summary", has_text="More").click()
        tray.get_by_role("button", name="CSL-JSON").click()
        line = tray.get_by_role("textbox")
        expect(line).to_have_value(f"survey export --format csl-json --keys {key(1)},{key(2)}")
        command = line.input_value().split()[1:]
        assert json.loads(run_survey(few_rich, *command).stdout)[0]["id"] == key(1)
        assert not (few_rich / "site/take/csl-json").exists()


def test_windows_of_one_browser_agree(context: BrowserContext, address: str) -> None:
    one, other = context.new_page(), context.new_page()
    one.goto(address + "papers/")
    other.goto(address + "papers/")
    one.locator(".survey-pick input").nth(1).check()
    expect(other.locator(".survey-pick input").nth(1)).to_be_checked()
    expect(other.locator(".survey-selected")).to_have_attribute("data-count", "1")


def test_an_address_of_papers_offers_them(page: Page, address: str) -> None:
    page.goto(f"{address}papers/?keys={FORMER},{key(5)},nobody2020nothing,<b>")
    said = page.get_by_role("region", name="Selection").get_by_role("status")
    expect(said).to_contain_text("Not in this survey: nobody2020nothing. This address names 2 papers.")
    said.get_by_role("button", name="Add to my selection").click()
    expect(page.locator(".survey-selected")).to_have_attribute("data-count", "2")
    assert page.evaluate(KEPT) == [[key(1), key(5)]]


def test_a_file_with_a_missing_part_is_not_made(page: Page, address: str) -> None:
    page.route("**/take/bibtex/*", lambda route: route.abort())
    choose(page, address, CHOSEN)
    page.goto(address + "papers/")
    page.get_by_role("button", name="BibTeX", exact=True).click()
    said = page.get_by_role("region", name="Selection").get_by_role("status")
    expect(said).to_have_text("This could not be loaded, so no file was made. Reload the page and try again.")
    page.unroute("**/take/bibtex/*")
    assert saved(page, "BibTeX").count("@") == len(CHOSEN)


def test_without_scripts_there_are_no_checkboxes(browser: Browser, address: str) -> None:
    visit = browser.new_context(java_script_enabled=False)
    page = visit.new_page()
    page.goto(address + "papers/")
    assert page.locator(".survey-entry").count() == 30
    assert page.locator(".survey-pick").locator("visible=true").count() == 0
    visit.close()


def test_parts_are_few_and_a_paper_is_always_in_the_same() -> None:
    assert [count_parts(n, 256) for n in (0, 1, 256, 257, 512, 513, 5_000, 10_000)] == [1, 1, 1, 2, 2, 4, 32, 64]


def test_scripts_and_generator_cut_alike(page: Page, address: str) -> None:
    keys = [key(n) for n in range(1, 50)] + ["a", "x_y-z"]
    page.goto(address)
    found = page.evaluate(
        "([module, keys]) => import(module).then(data => keys.map(key => data.crc32(key) & 63))",
        [f"{address}assets/survey/select/data.js", keys],
    )
    assert found == [part_of(one, 64) for one in keys]
