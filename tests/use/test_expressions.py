"""Expressions in the texts of files, on the built site and in exports: everywhere their values, as plain text."""

import json
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from living_survey.formats.paper_file import to_yaml
from lxml import html

from tests.commands import build
from tests.commands import run_survey as run
from tests.conftest import Make
from tests.fabricate import key, number, paper, write_registry, write_survey

ONE, TWO, THREE = key(1), key(2), key(3)
TLDR = 'Flies {{ result speed }} <b>fast</b>, one of {{ count kind=review }} & {{ typed 5 "<i>x</i>" }}; \\{{ count }}.'
SAID = "Flies 41.5 km/h <b>fast</b>, one of 1 & 5; {{ count }}."


def put(folder: Path, n: int, **fields: object) -> None:
    """Write a made paper with other fields; one that is none is left out."""
    said = {name: value for name, value in {**paper(n), **fields}.items() if value is not None}
    (folder / f"papers/{key(n)}.yaml").write_text(to_yaml(said), encoding="utf-8")


def page_of(survey: Path, address: str) -> Any:
    """Return a page of the site."""
    return html.fromstring((survey / "site" / address / "index.html").read_bytes())


def fill(folder: Path) -> None:
    """Build a survey whose first paper is described in numbers; others cite it, and it is a later version of one."""
    config = write_survey(folder / "survey", 4)
    survey = config.parent
    write_registry(survey)
    version = {"title": "Printed", "type": "article", "year": 2004, "venue": {"name": "Journal"}}
    put(survey, 1, results=[number("41.5")], tldr=TLDR, type="preprint", status="preprint", doi=None, kind="review",
        venue=None, versions=[version], relations=[{"type": "later-version-of", "paper": THREE}])  # fmt: skip
    put(survey, 2, kind="observation", summary=f"It goes on from [@{ONE}].")
    put(survey, 3, kind="observation")
    put(survey, 4, kind="observation")
    text = f"---\ntitle: Song\ndefinition: What birds sing.\n---\nBirds sing [@{ONE}; @{THREE}].\n"
    (survey / "docs/themes/song.md").write_text(text, encoding="utf-8")
    build(config)


@pytest.fixture(scope="module")
def survey(once: Make) -> Path:
    """The folder of that survey, with its site."""
    return once("expressions", fill) / "survey"


def test_a_sentence_has_its_values_wherever_it_is_shown(survey: Path) -> None:
    page = page_of(survey, f"papers/{ONE}")
    assert page.xpath("//meta[@name='description' or @property='og:description']/@content") == [SAID] * 2
    assert [one.text_content() for one in page.xpath("//p[@class='survey-tldr']")] == [SAID]
    assert SAID in page_of(survey, "papers").text_content()
    theme = page_of(survey, "themes/song")
    [shown] = theme.xpath(f"//a[@id='c-{ONE}-1']/@data-survey-about")
    assert shown.endswith(SAID)
    assert [shown] == theme.xpath("//a[@class='survey-mark']/@data-survey-about")
    assert [shown] == page_of(survey, f"papers/{TWO}").xpath("//a[@class='survey-citation']/@data-survey-about")
    records = json.loads((survey / "site/search/search_index.json").read_text(encoding="utf-8"))["docs"]
    [found] = [one["text"] for one in records if one["location"] == f"papers/{ONE}/"]
    assert unescape(found).startswith(SAID)


def test_no_page_and_no_file_shows_how_a_sentence_is_typed(survey: Path) -> None:
    files = [file for file in (survey / "site").rglob("*") if file.suffix in (".html", ".json", ".bib", ".ris", ".xml")]
    typed = [file.relative_to(survey / "site").as_posix() for file in files if "{{ result" in file.read_text("utf-8")]
    assert typed == [f"papers/{ONE}/{ONE}.json"]  # what the form for corrections begins with


@pytest.mark.parametrize("form", ["bibtex", "biblatex", "ris", "csl-json"])
def test_a_sentence_has_its_values_in_exports(survey: Path, form: str) -> None:
    done = run(survey, "export", "--keys", ONE, "--summaries", "--format", form)
    assert done.returncode == 0, done.stderr
    assert "Flies 41.5 km/h" in done.stdout
    assert "result" not in done.stdout
