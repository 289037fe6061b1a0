"""What people do with the form."""

import re
import shutil
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page

from tests.commands import ROOT, run_survey
from tests.fabricate import write_survey

LIMIT = 6000
"""Characters of an address that GitHub surely takes."""
ON_BOTH = pytest.mark.parametrize("context", [(1280, 800), (390, 844)], ids=["desktop", "phone"], indirect=True)
NEW = {
    "Title": "Nests of the penduline tit: a study",
    "Authors": "van der Meer, Jan, Jr.\nHerøn, Ada\nTeam: Tit Watch",
    "Year": "2025",
    "DOI": "10.5555/tits.1",
    "Venue": "Ibis Letters",
}


def form_survey(folder: Path, papers: int = 45, **config: Any) -> Path:
    """Write a survey of birds with the form's page; return its ``mkdocs.yml``."""
    settings = {
        "facets": {"method": {"title": "Method", "values": {"ringing": "Rings on legs", "radar": "By radar"}}},
        "attributes": {"place": "Place"},
        **config.pop("settings", {}),
    }
    written = write_survey(folder / "survey", papers, settings=settings, config=config)
    (written.parent / "docs/questions").mkdir()
    question = "question: Do swifts scream at dawn?\ntheme: song\nstate: open\n"
    (written.parent / "docs/questions/dawn.yaml").write_text(question, encoding="utf-8")
    shutil.copy(ROOT / "generator/living_survey/scaffold/starter/docs/submit.md", written.parent / "docs/submit.md")
    return written


def open_form(page: Page, address: str, query: str = "") -> None:
    page.goto(f"{address}submit/{query}")
    page.locator("form.survey-form").wait_for()


def at(page: Page, name: str) -> Any:
    """Return the field whose label starts with a name."""
    labels = page.locator("form.survey-form .survey-field > label:not([for=survey-lookup])")
    label = labels.filter(has_text=re.compile(f"^{name}")).first
    return page.locator(f"#{label.get_attribute('for')}")


def text_of(page: Page) -> str:
    return page.locator("#survey-form-text").inner_text()


def fill_in(page: Page) -> None:
    """Fill the form with a new paper."""
    for name, value in NEW.items():
        at(page, name).fill(value)
    at(page, "Type").select_option("article")
    page.get_by_label("Theme 1").select_option("song")
    at(page, "Kind").select_option("observation")


def accepted(survey_folder: Path, folder: Path, name: str, text: str) -> str:
    """Put a paper file into a copy of the survey; return what ``survey check`` and ``survey fmt --check`` say."""
    shutil.copytree(survey_folder, folder, ignore=shutil.ignore_patterns("site"))
    (folder / "papers" / name).write_text(text, encoding="utf-8", newline="\n")
    check = run_survey(folder, "check")
    form = run_survey(folder, "fmt", "--check", f"papers/{name}")
    return "" if check.returncode == form.returncode == 0 else check.stdout + check.stderr + form.stdout + form.stderr
