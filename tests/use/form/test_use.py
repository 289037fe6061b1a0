"""A new paper in the form: by keyboard, by mistake, without scripts, with too much text."""

from pathlib import Path
from urllib.parse import parse_qs, quote, urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from tests.commands import FOLLOW, mkdocs
from tests.fabricate import key, paper
from tests.local_server import serve
from tests.use.form.visit import LIMIT, NEW, ON_BOTH, accepted, at, fill_in, form_survey, open_form, text_of


@ON_BOTH
def test_by_keyboard_alone_a_paper_becomes_a_file_that_the_checks_accept(
    page: Page, address: str, survey_folder: Path, tmp_path: Path
) -> None:
    requests: list[str] = []
    page.on("request", lambda asked: requests.append(asked.url))
    open_form(page, address)
    page.locator("#survey-lookup").focus()
    typed = {**NEW, "Type": "Article in", "Kind": "obs"}
    seen = []
    for _ in range(60):
        page.keyboard.press("Tab")
        label = page.evaluate(
            """() => {
                const here = document.activeElement
                return here.labels?.[0]?.textContent ?? here.getAttribute("aria-label") ?? here.textContent
            }"""
        )
        seen.append(label)
        name = next((name for name in typed if label.startswith(name)), None)
        if name:
            for index, line in enumerate(typed.pop(name).split("\n")):
                if index:
                    page.keyboard.press("Enter")
                page.keyboard.type(line)
        elif label == "Theme 1":
            page.keyboard.type("Song")
        elif label == "Open on GitHub":
            break
    assert typed == {}
    assert seen[-1] == "Open on GitHub"
    link = page.locator("#survey-form-open")
    page.wait_for_function("document.getElementById('survey-form-open').href")
    parts = urlsplit(link.get_attribute("href") or "")
    assert f"{parts.scheme}://{parts.netloc}{parts.path}" == "https://github.com/birds/survey/new/main/papers"
    asked = parse_qs(parts.query)
    assert asked["filename"] == ["vandermeer2025nests.yaml"]
    assert asked["value"] == [text_of(page)]
    assert text_of(page).startswith(
        'title: "Nests of the penduline tit: a study"\nauthors:\n'
        "  - {family: van der Meer, given: Jan, suffix: Jr.}\n  - {family: Herøn, given: Ada}\n  - {team: Tit Watch}\n"
    )
    assert accepted(survey_folder, tmp_path / "copy", asked["filename"][0], text_of(page)) == ""
    assert [url for url in requests if not url.startswith(address)] == []


@ON_BOTH
def test_a_mistake_is_named_beside_its_field_with_a_remedy(page: Page, address: str) -> None:
    open_form(page, address)
    fill_in(page)
    doi = at(page, "DOI")
    doi.fill("https://doi.org/10.5555/tits.1")
    page.get_by_text("is not a DOI: write 10.5555/tits.1.").first.wait_for()
    described = (doi.get_attribute("aria-describedby") or "").split()
    assert "write 10.5555/tits.1." in " ".join(page.locator(f"#{name}").inner_text() for name in described)
    assert doi.get_attribute("aria-invalid") == "true"
    link = page.locator("#survey-form-open")
    assert link.get_attribute("href") is None
    assert link.get_attribute("aria-disabled") == "true"
    assert "Fix this first:" in page.locator("#survey-form-reason").inner_text()
    page.locator("#survey-form-reason").get_by_role("button", name="DOI").click()
    assert doi.evaluate("node => node === document.activeElement")
    doi.fill("10.5555/tits.1")
    page.wait_for_function("document.getElementById('survey-form-open').href")
    assert doi.get_attribute("aria-invalid") == "false"


@ON_BOTH
def test_a_pasted_line_of_names_is_read_and_confirmed(page: Page, address: str) -> None:
    open_form(page, address)
    fill_in(page)
    authors = at(page, "Authors")
    authors.fill("Kestrel, K.\nTim Wren1,2, Ada Finch1∗, Bo de Heron et al.\nTeam: Tit Watch")
    people = "family: Wren, given: Tim}\n  - {family: Finch, given: Ada}\n  - {family: de Heron, given: Bo}\n"
    page.locator("#survey-form-reason").get_by_text("This reads as 3 names, Wren, Tim; Finch, Ada;").wait_for()
    assert page.locator("#survey-form-open").get_attribute("href") is None
    described = (authors.get_attribute("aria-describedby") or "").split()
    assert "Line 2: This reads as 3 names" in " ".join(page.locator(f"#{name}").inner_text() for name in described)
    answers = page.locator(".survey-field__names").first
    assert answers.get_attribute("aria-live") == "polite"
    answers.get_by_role("button", name="3 names: Wren, Tim; Finch, Ada; de Heron, Bo; and others").focus()
    page.keyboard.press("Enter")
    page.wait_for_function("document.getElementById('survey-form-open').href")
    assert authors.input_value() == "Kestrel, K.\nWren, Tim\nFinch, Ada\nde Heron, Bo\nTeam: Tit Watch"
    assert authors.evaluate("node => node === document.activeElement")
    assert answers.inner_text() == ""
    assert people in text_of(page)
    assert "and_others: true\n" in text_of(page)


def test_a_line_that_could_be_one_person_or_two_is_asked_about(page: Page, address: str) -> None:
    open_form(page, address)
    fill_in(page)
    authors, answers = at(page, "Authors"), page.locator(".survey-field__names").first
    reads = {
        "Ada Wren, Bo Finch": ("2 names: Wren, Ada; Finch, Bo", "Wren, Ada\nFinch, Bo"),
        "García Márquez, Gabriel José": (
            "one person: García Márquez (family name), Gabriel José",
            "García Márquez, Gabriel José",
        ),
        "Ada Wren": ("one person: Wren (family name), Ada", "Wren, Ada"),
        "Ducks Unlimited": ("a group: Ducks Unlimited", "Team: Ducks Unlimited"),
        "El Niño,": ("one person: El Niño (family name)", "El Niño,"),
        "Wren, Ada and Finch, Bo": ("2 names: Wren, Ada; Finch, Bo", "Wren, Ada\nFinch, Bo"),
        "Wren, Ada, Bo": ("one person: Wren (family name), Ada Bo", "Wren, Ada Bo"),
    }
    for typed, (label, lines) in reads.items():
        authors.fill(typed)
        answers.get_by_role("button", name=label).wait_for()
        assert page.locator("#survey-form-open").get_attribute("href") is None, typed
        answers.get_by_role("button", name=label).click()
        page.wait_for_function("document.getElementById('survey-form-open').href")
        assert authors.input_value() == lines
    authors.fill("Wren, Ada, Bo Finch III\nX Æ A-12,")
    page.locator("#survey-form-reason").get_by_text("This reads as").first.wait_for()
    authors.fill("A-12, X Æ")
    page.locator("#survey-form-reason").get_by_text("is not a part of a person's name").wait_for()
    authors.fill("Wren, <b>Ada</b>")
    page.locator("#survey-form-reason").get_by_text("is not a part of a person's name").wait_for()
    authors.fill("Wren, Ada, Dr.")
    page.locator("#survey-form-reason").get_by_text("This reads as one person, Wren (family name), Ada Dr.").wait_for()


def test_the_survey_says_what_it_has_already(page: Page, address: str) -> None:
    open_form(page, address)
    fill_in(page)
    at(page, "DOI").fill(paper(1)["doi"].upper())
    here = page.locator(".survey-form__alike")
    here.get_by_text("Already here").wait_for()
    assert here.get_by_role("link").get_attribute("href") == f"{address}papers/{key(1)}/"
    assert page.locator("#survey-form-open").get_attribute("href") is None
    at(page, "DOI").fill("")
    at(page, "arXiv id").fill(paper(3)["arxiv"])
    here.get_by_role("link", name=paper(3)["title"]).wait_for()
    at(page, "arXiv id").fill("")
    at(page, "Title").fill(paper(1)["title"].replace("migration", "migrations"))
    author = paper(1)["authors"][0]
    at(page, "Authors").fill(f"{author['family']}, X.")
    here.get_by_text("Looks like:").wait_for()
    assert here.get_by_role("link").first.get_attribute("href") == f"{address}papers/{key(1)}/"
    page.wait_for_function("document.getElementById('survey-form-open').href")
    at(page, "Title").fill(paper(1)["title"].replace("study 1 ", "study 2 "))
    page.wait_for_function("!document.querySelector('.survey-form__alike').textContent.includes('study 1 ')")


def test_a_key_that_is_taken_or_cannot_be_made(page: Page, address: str) -> None:
    open_form(page, address)
    fill_in(page)
    at(page, "Citation key").fill(key(1).upper())
    page.locator("#survey-form-reason").get_by_text("belongs to another paper").wait_for()
    at(page, "Citation key").fill("")
    at(page, "Authors").fill("王, 小明")
    page.locator("#survey-form-reason").get_by_text("type a key, like wang2024dayan").wait_for()
    at(page, "Citation key").fill("wang2025nests")
    page.wait_for_function("document.getElementById('survey-form-open').href")
    assert "filename=wang2025nests.yaml" in (page.locator("#survey-form-open").get_attribute("href") or "")


def test_an_address_that_grows_too_long_is_opened_empty_and_the_text_copied(
    page: Page, context: BrowserContext, address: str
) -> None:
    context.route("https://github.com/**", lambda route: route.fulfill(status=200, body="GitHub"))
    open_form(page, address)
    fill_in(page)
    page.locator("summary", has_text="More fields").click()
    summary = at(page, "Summary")
    link, both = page.locator("#survey-form-open"), page.get_by_role("button", name="Copy and open GitHub's empty page")
    page.wait_for_function("document.getElementById('survey-form-open').href")
    assert not both.is_visible()
    short = len(link.get_attribute("href") or "")
    room = LIMIT - short - len(quote("summary: |-\n  \n", safe="!~*'()"))
    summary.fill("x" * room)
    page.wait_for_function("document.getElementById('survey-form-open').href.includes('summary')")
    assert len(link.get_attribute("href") or "") == LIMIT
    summary.fill("x" * (room + 1))
    both.wait_for()
    assert not link.is_visible()
    assert "too long for an address" in page.locator("#survey-form-reason").inner_text()
    with context.expect_page() as opened:
        both.click()
    assert opened.value.url == "https://github.com/birds/survey/new/main/papers?filename=vandermeer2025nests.yaml"
    assert page.evaluate("navigator.clipboard.readText()") == page.locator("#survey-form-text").text_content()


def test_parts_of_which_there_are_several_are_added_and_taken_away(page: Page, address: str) -> None:
    open_form(page, address)
    fill_in(page)
    page.locator("summary", has_text="More fields").click()
    page.get_by_role("button", name="Add: result").click()
    part = page.get_by_role("group", name="Result 1")
    page.locator("#survey-form-reason").get_by_text("Result 1, Metric").wait_for()
    for label, value in (("Metric", "speed"), ("Value", "10"), ("Quote", "flies 10")):
        part.get_by_label(label).fill(value)
    page.get_by_role("button", name="Add: field").click()
    page.get_by_role("group", name="Field 1").get_by_label("Name").fill("isbn")
    page.get_by_role("group", name="Field 1").get_by_label("Text").fill("978-3-16")
    page.get_by_label("ringing").check()
    at(page, "Place").fill("Oslo")
    page.get_by_label("Theme 2").select_option("flight/height")
    page.wait_for_function("document.getElementById('survey-form-text').textContent.includes('flight/height')")
    text = text_of(page)
    assert "themes:\n  - song\n  - flight/height\n" in text
    assert "facets:\n  method:\n    - ringing\nattributes:\n  place: Oslo\n" in text
    assert "results:\n  - {metric: speed, value: 10, quote: flies 10}\n" in text
    assert 'extra:\n  isbn: "978-3-16"\n' in text
    part.get_by_role("button", name="Remove").click()
    page.wait_for_function("!document.getElementById('survey-form-text').textContent.includes('results')")


@ON_BOTH
def test_nothing_is_wider_than_the_screen(page: Page, address: str) -> None:
    open_form(page, address)
    page.locator("summary", has_text="More fields").click()
    at(page, "Title").fill("x" * 400)
    at(page, "Address").fill(f"https://example.org/{'x' * 400} y")
    page.locator("#survey-form-reason").get_by_text("is not a web address").wait_for()
    page.get_by_role("button", name="Add: version").click()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_without_javascript_the_page_says_what_to_do(browser: Browser, address: str, site: Path) -> None:
    visit = browser.new_context(java_script_enabled=False)
    page = visit.new_page()
    page.goto(f"{address}submit/")
    issue = page.get_by_role("link", name="Open an issue")
    assert issue.get_attribute("href") == "https://github.com/birds/survey/issues/new?template=paper.yml"
    with serve(site) as own:
        page.goto(f"{own}submit/")
        page.get_by_role("article").get_by_role("link", name="Add a paper").first.click()
        assert page.url == f"{own}contributing/add-a-paper/"
    visit.close()


@pytest.mark.parametrize(
    ("repo_url", "words"),
    [
        ("https://codeberg.org/birds/survey", "repository is not on GitHub: copy the text"),
        ("https://github.com/OWNER/REPO", "does not name its repository yet: copy the text"),
    ],
)
def test_a_repository_elsewhere_or_nowhere_gets_a_copy_only(
    browser: Browser, tmp_path: Path, repo_url: str, words: str
) -> None:
    config = form_survey(tmp_path, 1, repo_url=repo_url)
    assert mkdocs(config, "--strict").returncode == 0
    visit = browser.new_context()
    page = visit.new_page()
    with serve(config.parent / "site") as address:
        open_form(page, address)
        fill_in(page)
        page.locator("#survey-form-reason").get_by_text(words).wait_for()
        assert not page.locator("#survey-form-open").is_visible()
        assert page.get_by_role("button", name="Copy", exact=True).is_visible()
    visit.close()


def test_the_form_opens_under_instant_navigation_each_time(browser: Browser, tmp_path: Path) -> None:
    theme = {"name": "material", "font": False, "features": ["navigation.instant"]}
    config = form_survey(tmp_path, 3, theme=theme, site_url="http://127.0.0.1/")
    done = mkdocs(config, "--strict")
    assert done.returncode == 0, done.stderr
    visit = browser.new_context()
    page = visit.new_page()
    with serve(config.parent / "site") as address:
        page.goto(address)
        page.evaluate("window.same = true")
        for _ in range(2):
            page.evaluate(FOLLOW, f"{address}submit/")
            page.locator("form.survey-form").wait_for()
            page.evaluate(FOLLOW, f"{address}papers/{key(1)}/")
            page.get_by_role("link", name="Suggest a correction").wait_for()
        page.get_by_role("link", name="Suggest a correction").click()
        page.get_by_text("Nothing has changed yet.").wait_for()
    visit.close()


def test_a_paper_with_numbers_goes_to_the_issue_form_that_takes_new_names_along(page: Page, address: str) -> None:
    open_form(page, address)
    fill_in(page)
    page.locator("details.survey-form__more > summary").click()
    at(page, "Hardware").fill("Night radar")
    page.wait_for_function("document.getElementById('survey-form-open').href")
    parts = urlsplit(page.locator("#survey-form-open").get_attribute("href") or "")
    assert parts.path == "/birds/survey/issues/new"
    asked = parse_qs(parts.query)
    assert asked["template"] == ["paper.yml"]
    assert asked["entry"] == [text_of(page)]
    assert "hardware: [Night radar]" in asked["entry"][0]
