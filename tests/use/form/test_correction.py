"""A correction in the form."""

from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from living_survey.formats.paper_file import to_yaml
from playwright.sync_api import Browser, Page

from tests.fabricate import key, paper
from tests.local_server import serve
from tests.use.form.visit import ON_BOTH, at, open_form


@ON_BOTH
def test_a_correction_starts_from_the_paper_and_proposes_what_changed(page: Page, address: str) -> None:
    page.goto(f"{address}papers/{key(4)}/")
    page.get_by_role("link", name="Suggest a correction").click()
    page.locator("form.survey-form").wait_for()
    assert at(page, "Title").input_value() == paper(4)["title"]
    page.get_by_text("Nothing has changed yet.").wait_for()
    assert page.locator("#survey-form-open").get_attribute("href") is None
    at(page, "Title").fill("Cranes: another title")
    at(page, "One sentence").fill("")
    people = at(page, "Authors").input_value().split("\n")
    at(page, "Authors").fill("\n".join([*people, "Crane, C. [0000-0002-1825-0097]"]))
    page.wait_for_function("document.getElementById('survey-form-text').textContent.includes('Crane, given: C.')")
    link = urlsplit(page.locator("#survey-form-open").get_attribute("href") or "")
    assert link.path == "/birds/survey/issues/new"
    asked = parse_qs(link.query)
    authors = [*paper(4)["authors"], {"family": "Crane", "given": "C.", "orcid": "0000-0002-1825-0097"}]
    assert asked["template"] == ["correction.yml"]
    assert asked["paper"] == [key(4)]
    assert asked["removed"] == ["tldr"]
    assert asked["changes"] == [to_yaml({"title": "Cranes: another title", "authors": authors})]
    at(page, "Title").fill("")
    page.locator("#survey-form-reason").get_by_role("button", name="Title").wait_for()
    assert page.locator("#survey-form-open").get_attribute("href") is None


def test_rich_papers_open_for_correction_without_a_change(browser: Browser, site: Path) -> None:
    visit = browser.new_context()
    page = visit.new_page()
    with serve(site) as address:
        for name in ("borzunov2023distributed", "bambhaniya2024demystifying", "lin2024infinitellm", "dettmers2024spqr"):
            open_form(page, address, f"?paper={name}")
            page.locator("#survey-form-reason").get_by_text("Nothing has changed yet.").wait_for()
    visit.close()


@pytest.mark.parametrize("name", ["nobody2020nothing", "../../api/form", "<script>window.hurt=1</script>"])
def test_a_paper_that_is_not_there_cannot_be_corrected(page: Page, address: str, name: str) -> None:
    page.goto(f"{address}submit/?paper={name}")
    page.get_by_text("This survey has no paper").wait_for()
    assert page.evaluate("window.hurt") is None
