"""The command line as contributors and workflows call it."""

import json
import subprocess
from pathlib import Path

import pytest

from generator.model import paper_schema
from tests.conftest import ROOT, SURVEY
from tests.fabricate import write_survey


def survey(*arguments: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """Run ``survey`` in a folder."""
    return subprocess.run(
        [str(SURVEY), *arguments], cwd=folder, capture_output=True, text=True, timeout=60, check=False
    )


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A survey of two papers."""
    return write_survey(tmp_path / "survey", 2).parent


def test_a_good_survey_passes(folder: Path) -> None:
    done = survey("check", folder=folder)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "2 papers: no problems\n")


def test_mistakes_exit_with_1_in_each_form(folder: Path) -> None:
    (folder / "papers/wren2020x.yaml").write_text("title: a: b\n")
    text = survey("check", "--format", "text", folder=folder)
    assert text.returncode == 1
    assert text.stdout.startswith("papers/wren2020x.yaml:1:9: error: a colon")
    assert text.stderr == "1 error\n"
    github = survey("check", "--format", "github", folder=folder)
    assert github.stdout.startswith("::error file=papers/wren2020x.yaml,line=1,col=9::a colon")
    found = json.loads(survey("check", "--format", "json", folder=folder).stdout)
    assert [(one["path"], one["line"]) for one in found] == [("papers/wren2020x.yaml", 1)]


def test_in_a_folder_without_a_survey_it_says_where_to_run(tmp_path: Path) -> None:
    done = survey("check", folder=tmp_path)
    assert done.returncode == 1
    assert "run in the survey's folder" in done.stdout


def test_the_schema_is_printed(folder: Path) -> None:
    assert json.loads(survey("schema", folder=folder).stdout) == paper_schema()


def test_this_survey_has_no_errors() -> None:
    done = survey("check", "--format", "json", folder=ROOT)
    assert done.returncode == 0
    assert [one["message"] for one in json.loads(done.stdout) if "OWNER" not in one["message"]] == []
