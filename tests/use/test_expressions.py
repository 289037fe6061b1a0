"""Expressions in the texts of files, on the built site and in exports: everywhere their values, as plain text."""

import json
import shutil
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
NOTED = f"""\
title: Wings
papers:
  - {ONE}
columns:
  - speed km/h
note: 'Swifts fly {{{{ result {ONE} speed }}}}, <b> & % {{{{ typed 7× "x" }}}}. So say [@{ONE}; @{THREE}].'
"""


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
    text = f"Birds `{{{{ count }}}}` sing \\{{{{ count }}}} [@{ONE}; @{THREE}].\n"
    front = "---\ntitle: Song\ndefinition: What birds sing.\n---\n"
    (survey / "docs/themes/song.md").write_text(front + text, encoding="utf-8")
    (survey / "docs/comparisons").mkdir()
    (survey / "docs/comparisons/wings.yaml").write_text(NOTED, encoding="utf-8")
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
    rows = json.loads((survey / "site/search/records.json").read_text(encoding="utf-8"))
    assert [row[-1] for row in rows if row[0] == ONE] == [SAID]


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


def test_the_note_of_a_comparison_has_its_values_on_its_page_and_in_its_files(survey: Path) -> None:
    page, folder = page_of(survey, "comparisons/wings"), survey / "site/comparisons/wings"
    [link] = page.xpath("//article/p/a[@class='survey-number']")
    assert (link.text, link.get("href")) == ("41.5 km/h", f"../../papers/{ONE}/#speed")
    who = f"{link.getparent().text_content().partition('So say ')[2].partition(' (superseded')[0]}"
    note = f"Swifts fly 41.5 km/h, <b> & % 7×. So say {who}"
    data = json.loads((folder / "wings.jsonld").read_text(encoding="utf-8"))
    assert note in data["description"]
    [row] = json.loads((survey / "site/api/comparisons.json").read_text(encoding="utf-8"))
    assert row["note"].startswith(note)
    line = (folder / "wings.tex").read_text(encoding="utf-8").splitlines()[1]
    assert line.startswith(r"% Swifts fly 41.5 km/h, {\textless}b{\textgreater} \& \% 7$\times$. So say (")
    guides = json.loads((survey / "site/search/guides.json").read_text(encoding="utf-8"))
    [found] = [words for address, _, _, words in guides if address == "comparisons/wings/"]
    assert "Swifts fly 41.5 km/h, <b> & % 7×." in found


def test_a_comparison_discusses_what_it_cites_and_shows(survey: Path) -> None:
    lines = page_of(survey, f"papers/{ONE}").xpath("//ul[@class='survey-discussed']/li")
    said = ["Song: Birds {{ count }} sing {{ count }}.", "Wings: So say.", "Wings: Speed, km/h: 41.5"]
    assert [line.text_content() for line in lines[:3]] == said
    rows = json.loads((survey / "site/api/papers.json").read_text(encoding="utf-8"))
    cited = {
        row["key"]: [one["id"] for one in row["cited_in"] if one["page"] == "comparisons/wings/"] for row in rows[:3:2]
    }
    assert cited == {ONE: [f"c-{ONE}-1", f"c-{ONE}-2"], THREE: [f"c-{THREE}-1"]}
    ids = page_of(survey, "comparisons/wings").xpath("//article//@id[starts-with(., 'c-')]")
    assert ids == [f"c-{ONE}-1", f"c-{THREE}-1", f"c-{ONE}-2"]


def test_what_a_note_rests_on_is_marked_and_reported_until_somebody_looked(survey: Path, tmp_path: Path) -> None:
    page = page_of(survey, "comparisons/wings")
    [mark] = page.xpath("//article/p/a[@class='survey-mark']")
    assert mark.get("href") == f"../../papers/{ONE}/"
    notice = page.xpath("//aside[contains(@class, 'survey-leans')]")[0].text_content()
    assert "1 sentence rests on a paper superseded" in notice
    copy = shutil.copytree(survey, tmp_path / "survey", ignore=shutil.ignore_patterns("site"))
    file = copy / "docs/comparisons/wings.yaml"
    assert f"wings.yaml:6:1: warning: rests on {THREE}, superseded by {ONE}" in run(copy, "check").stdout
    file.write_text(f"{NOTED}reviewed:\n  {THREE}: 2026-11-01\n", encoding="utf-8")
    assert "rests on" not in "".join(line for line in run(copy, "check").stdout.splitlines() if "wings.yaml" in line)


def test_mistakes_are_named_where_they_stand(survey: Path, tmp_path: Path) -> None:
    copy = shutil.copytree(survey, tmp_path / "survey", ignore=shutil.ignore_patterns("site"))
    file = copy / "docs/comparisons/wings.yaml"
    file.write_text(NOTED.replace("Swifts fly", "Swifts fly 40 or"), encoding="utf-8")
    summary = "By night.\n\nIt flies {{ result sped }}, or by day in all\nthe weathers that there are, 77 hours a week."
    put(copy, 2, kind="observation", summary=summary, tldr='In \'22 "it" flew: {{ resul }}.')
    found = [line for line in run(copy, "check").stdout.splitlines() if ": error: " in line]
    texts = {}
    for line in found:
        name, row, column, _ = line.split(":", 3)
        text = (copy / name).read_text(encoding="utf-8").splitlines()[int(row) - 1][int(column) - 1 :]
        texts[line.partition("error: ")[2].partition(" [")[0]] = text[:4]
    assert texts == {
        f"40 is in no number of {ONE}": "40 o",
        '"resul" is no expression': "{{ r",
        "unknown metric: sped": "{{ r",
        f"22 is in no number of {TWO}": "22 \\",
        f"77 is in no number of {TWO}": "77 h",
    }
