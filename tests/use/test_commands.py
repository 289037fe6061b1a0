"""The command line as contributors and workflows call it."""

import json
import re
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from living_survey.model.schema import paper_schema

from tests.commands import ROOT, SURVEY
from tests.commands import run_survey as run
from tests.fabricate import key, paper, to_yaml, write_survey


def survey(*arguments: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """Run ``survey`` in a folder."""
    return run(folder, *arguments)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A survey of two papers."""
    return write_survey(tmp_path / "survey", 2).parent


def test_a_good_survey_passes(folder: Path) -> None:
    done = subprocess.run([str(SURVEY), "check"], cwd=folder, capture_output=True, text=True, timeout=60, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "2 papers: no problems\n")


def test_mistakes_exit_with_1_in_each_form(folder: Path) -> None:
    (folder / "papers/wren2020x.yaml").write_text("title: a: b\n")
    text = survey("check", "--format", "text", folder=folder)
    assert text.returncode == 1
    assert text.stdout.startswith("papers/wren2020x.yaml:1:9: error: colon")
    assert text.stderr == "2 papers: 1 error\n"
    github = survey("check", "--format", "github", folder=folder)
    assert github.stdout.startswith("::error file=papers/wren2020x.yaml,line=1,col=9,title=yaml-colon-in-value::colon")
    found = json.loads(survey("check", "--format", "json", folder=folder).stdout)
    assert [(one["path"], one["line"], one["code"]) for one in found] == [
        ("papers/wren2020x.yaml", 1, "yaml-colon-in-value")
    ]


def test_in_a_folder_without_a_survey_it_says_where_to_run(tmp_path: Path) -> None:
    done = survey("check", folder=tmp_path)
    assert done.returncode == 1
    assert "run the command in the survey's folder" in done.stdout


def test_the_schema_is_printed(folder: Path) -> None:
    assert json.loads(survey("schema", folder=folder).stdout) == paper_schema()


def test_this_survey_has_no_errors() -> None:
    done = survey("check", "--format", "json", folder=ROOT)
    assert done.returncode == 0
    assert [one["message"] for one in json.loads(done.stdout) if "OWNER" not in one["message"]] == []


def test_export_writes_a_selection(birds: Path) -> None:
    done = survey("export", "--theme", "flight", "--year", "2000..2010", "--format", "bibtex", folder=birds)
    keys = re.findall(r"@\w+\{([^,]+),", done.stdout)
    assert keys
    assert keys == sorted(keys)
    assert all(2000 <= int(found[4:8]) <= 2010 for found in keys)
    assert done.stderr == f"{len(keys)} papers\n"


def written_by(data: dict[str, Any], family: str) -> bool:
    """Say whether a made paper has an author of a family name."""
    return any(author["family"] == family for author in data["authors"])


@pytest.mark.parametrize(
    ("arguments", "wanted"),
    [
        (["--keys", "bird2002study1, bird2009study2"], lambda data: data["year"] in (2002, 2009) and data["n"] < 3),
        (["--author", "van der Meer", "--year", "..1999"],
         lambda data: written_by(data, "van der Meer") and data["year"] < 2000),
        (["--venue", "JFS", "--kind", "review"],
         lambda data: data.get("venue", {}).get("short") == "JFS" and data["kind"] == "review"),
        (["--year", "2002", "--year", "2009"], lambda data: data["year"] in (2002, 2009)),
        ([], bool),
    ],
)  # fmt: skip
def test_export_chooses(birds: Path, arguments: list[str], wanted: Callable[[dict[str, Any]], bool]) -> None:
    done = survey("export", "--format", "csl-json", *arguments, folder=birds)
    expected = sorted(key(n) for n in range(1, 46) if wanted({**paper(n), "n": n}))
    assert expected
    assert [item["id"] for item in json.loads(done.stdout)] == expected


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--theme", "fligth"], 'unknown theme: fligth; did you mean "flight"?'),
        (["--author", "Finsh"], 'unknown author: Finsh; did you mean "Finch"?'),
        (["--venue", "JSF"], 'unknown venue: JSF; did you mean "JFS"?'),
        (["--keys", "bird2002study"], "unknown paper: bird2002study; did you mean"),
        (["--year", "2010..2001"], "2010..2001 ends before it begins; write 2001..2010"),
        (["--year", "soon"], "soon is not a year or a range of years"),
        (["--format", "text", "--style", "fancy"], "unknown style: fancy"),
    ],
)
def test_export_of_what_is_not_there(birds: Path, arguments: list[str], words: str) -> None:
    done = survey("export", *arguments, folder=birds)
    assert done.returncode == 2
    assert words in done.stderr


def test_export_into_a_file_with_summaries(birds: Path, tmp_path: Path) -> None:
    file = tmp_path / "some.ris"
    done = survey("export", "--keys", "bird2002study1", "--format", "ris", "--summaries", "-o", str(file), folder=birds)
    assert done.stdout == ""
    assert "N2  - Follows flock F21 through a season" in file.read_text(encoding="utf-8")


def test_fmt_formats_and_check_only_says_so(tmp_path: Path) -> None:
    folder = write_survey(tmp_path / "survey", 3).parent
    file = folder / f"papers/{key(1)}.yaml"
    file.write_text(to_yaml(paper(1)), encoding="utf-8")
    before = file.read_text(encoding="utf-8")
    done = survey("fmt", "--check", folder=folder)
    assert done.returncode == 1
    assert f"papers/{key(1)}.yaml:1:1: error: not in canonical form" in done.stderr
    assert file.read_text(encoding="utf-8") == before
    assert survey("fmt", folder=folder).returncode == 0
    assert survey("fmt", "--check", folder=folder).returncode == 0
    assert "- {family: Ørsted, given: Ada A.}" in file.read_text(encoding="utf-8")
    file.write_text("title: a: b\n", encoding="utf-8")
    done = survey("fmt", folder=folder)
    assert done.returncode == 1
    assert f"papers/{key(1)}.yaml:1:9: error: colon and space" in done.stderr
    assert file.read_text(encoding="utf-8") == "title: a: b\n"
