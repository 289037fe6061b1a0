"""Looking a paper up in the form."""

import json
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page

from tests.metadata_server import CROSSREF
from tests.use.form.register import Register
from tests.use.form.visit import ON_BOTH, accepted, at, open_form, text_of


def look_up(page: Page, wanted: str, host: str) -> None:
    page.locator("#survey-lookup").fill(wanted)
    page.get_by_role("button", name=f"Ask {host}", exact=True).click()


@ON_BOTH
def test_looking_up_fills_what_is_empty_and_asks_only_when_told(
    page: Page, address: str, register: Register, survey_folder: Path, tmp_path: Path
) -> None:
    open_form(page, address)
    at(page, "Year").fill("2020")
    page.locator("#survey-lookup").fill("https://doi.org/10.5555/SONGS")
    page.locator("#survey-lookup").press("Enter")
    assert register.asked == []
    page.keyboard.press("Enter")
    page.locator("#survey-lookup-status").get_by_text("Left unchanged: Year").wait_for()
    assert register.asked == ["/crossref/works/10.5555/songs"]
    page.get_by_label("Theme 1").select_option("song")
    at(page, "Kind").select_option("review")
    page.locator("#survey-form-reason").get_by_text("does not match “Year” 2020").wait_for()
    at(page, "Year").fill("2025")
    page.wait_for_function("document.getElementById('survey-form-open').href")
    text = text_of(page)
    assert text.startswith("title: Songs of the reed warbler at night & day\nauthors:\n")
    assert '  - {family: de Wren, given: Ada, orcid: "0000-0002-1825-0097"}\n  - {team: Bird Board}\n' in text
    assert "published: 2025-02\ntype: article\n" in text
    assert 'venue:\n  name: Ibis Letters\n  volume: "3"\n  pages: "1-9"\n  publisher: Feather Press\n' in text
    assert "source: form\n  consulted:\n    - https://api.crossref.org/works/10.5555/songs\n" in text
    assert accepted(survey_folder, tmp_path / "copy", "dewren2025songs.yaml", text) == ""


def test_an_arxiv_id_is_asked_at_datacite(page: Page, address: str, register: Register) -> None:
    open_form(page, address)
    look_up(page, "arXiv:2401.00001v2", register.host)
    page.locator("#survey-lookup-status").get_by_text("Please compare").wait_for()
    assert register.asked == ["/datacite/dois/10.48550/arXiv.2401.00001"]
    text = text_of(page)
    assert (
        "  - {family: de Wren, given: Ada}\n  - {team: Heron Team}\nyear: 2024\ntype: preprint\nstatus: preprint\n"
        in text
    )
    assert 'arxiv: "2401.00001"\n' in text
    assert "url:" not in text


def test_what_crossref_does_not_know_is_asked_at_datacite_on_a_second_press(
    page: Page, address: str, register: Register
) -> None:
    open_form(page, address)
    look_up(page, "10.5555/data", register.host)
    page.locator("#survey-lookup-status").get_by_text("press again to ask there").wait_for()
    assert register.asked == ["/crossref/works/10.5555/data"]
    page.get_by_role("button", name=f"Ask {register.host}", exact=True).click()
    page.locator("#survey-lookup-status").get_by_text("Please compare").wait_for()
    assert "type: dataset\nvenue:\n  name: Field Archive\ndoi: 10.5555/data\n" in text_of(page)


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        ((404, b""), "does not know this identifier (404)"),
        ((429, b""), "is rate-limiting requests (429): wait a minute"),
        ((500, b""), "returned an error (500)"),
        ((200, b"<html>Down for lunch</html>"), "did not return JSON"),
        ((200, b"[]"), "answered without message"),
        ((200, b'{"message": []}'), "answered without message"),
        (
            (200, b'{"message": {"title": 7, "author": "x", "issued": {"date-parts": [[{}]]}}}'),
            "has nothing that is not filled in|From 127",
        ),
        ((200, b" " * 6_000_000), "more than 5,000,000 bytes"),
        ((200, b"[" * 100_000), "did not return JSON"),
    ],
    ids=["404", "429", "500", "html", "list", "no mapping", "odd", "large", "deep"],
)
def test_bad_answers_get_clear_words_and_leave_the_fields_alone(
    page: Page, address: str, register: Register, answer: tuple[int, bytes], words: str
) -> None:
    register.answers["/crossref/works/10.5555/songs"] = answer
    open_form(page, address)
    at(page, "Title").fill("Mine")
    look_up(page, "10.5555/songs", register.host)
    status = page.locator("#survey-lookup-status")
    page.wait_for_function("!document.getElementById('survey-lookup-status').textContent.startsWith('Asking')")
    assert any(word in status.inner_text() for word in words.split("|"))
    assert at(page, "Title").input_value() == "Mine"


def test_nobody_there_is_said_to_be_so(page: Page, context: BrowserContext, address: str, register: Register) -> None:
    open_form(page, address)
    context.set_offline(True)
    look_up(page, "10.5555/songs", register.host)
    page.locator("#survey-lookup-status").get_by_text("You are offline").wait_for()
    context.set_offline(False)
    context.route(f"http://{register.host}/**", lambda route: route.abort())
    page.get_by_role("button", name=f"Ask {register.host}", exact=True).click()
    page.locator("#survey-lookup-status").get_by_text("cannot be reached: check your connection").wait_for()


def test_hostile_answers_stay_text(page: Page, address: str, register: Register) -> None:
    image = "img src=x onerror=window.hurt=1"
    evil = f"<{image}><script>window.hurt=1</script> {{{{7*7}}}} \u202e\u0000&lt;{image}&gt;"
    hostile = {
        **CROSSREF,
        "title": [evil],
        "author": [{"family": f"{evil}, {evil}", "given": "<b>"}, {"name": evil}, {"__proto__": {"x": 1}}],
        "container-title": ["<" + "x" * 300 + "><img src=x onerror=window.hurt=1>"],
        "publisher": {"toString": "x"},
        "DOI": "javascript:window.hurt=1",
        "type": "constructor",
    }
    register.answers["/crossref/works/10.5555/songs"] = (200, json.dumps({"message": hostile}).encode())
    open_form(page, address)
    look_up(page, "10.5555/songs", register.host)
    page.locator("#survey-lookup-status").get_by_text("Please compare").wait_for()
    page.locator("#survey-form-reason").get_by_text("is not a DOI").wait_for()
    assert page.evaluate("window.hurt") is None
    assert page.locator("form.survey-form img, form.survey-form script").count() == 0
    names = at(page, "Authors").input_value()
    hurt = "window.hurt=1 {{7*7}}"
    assert names == f"Team: {hurt} , {hurt}\nTeam: {hurt}"
    title = at(page, "Title").input_value()
    assert title == "window.hurt=1 {{7*7}} <img src=x onerror=window.hurt=1>"
    assert "\u202e" not in text_of(page)
    at(page, "Title").fill("<img src=x onerror=window.hurt=1>")
    at(page, "Year").fill("<script>")
    page.locator("#survey-form-reason").get_by_text("“<script>” is not a year").wait_for()
    assert page.evaluate("window.hurt") is None
    assert page.locator("form.survey-form img, form.survey-form script").count() == 0
