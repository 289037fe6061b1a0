"""A survey whose folders and settings file have names of their own: nothing writes the usual ones."""

import subprocess
from pathlib import Path

import pytest

from tests.commands import mkdocs, run_survey
from tests.fabricate import key, write_survey


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    config = write_survey(tmp_path / "survey", 3, settings={"papers": "entries"}, config={"docs_dir": "pages"})
    folder = config.parent
    (folder / "papers").rename(folder / "entries")
    (folder / "docs").rename(folder / "pages")
    config.rename(folder / "survey.yml")
    return folder


def git(folder: Path, *arguments: str) -> None:
    who = ["-c", "user.name=Ada", "-c", "user.email=ada@example.org"]
    subprocess.run(["git", *who, *arguments], cwd=folder, capture_output=True, check=True)


def spoil(folder: Path) -> None:
    """Make mistakes whose messages name folders and the settings."""
    file = folder / f"entries/{key(1)}.yaml"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("  - flight/speed", "  - elsewhere\n  - flight/speed"), encoding="utf-8")
    (folder / "entries/x2020y.yaml").write_text("title: x\nkind: rumor\n", encoding="utf-8")
    (folder / "pages/themes/a.html").write_text("<p>", encoding="utf-8")
    (folder / "pages/entries.md").write_text("# Not taken\n", encoding="utf-8")


def test_the_check_names_what_there_is(folder: Path) -> None:
    assert run_survey(folder, "check", "--config", "survey.yml").returncode == 0
    spoil(folder)
    done = run_survey(folder, "check", "--config", "survey.yml", "--format", "text")
    assert done.returncode == 1
    assert f"entries/{key(1)}.yaml:" in done.stdout
    assert "pages/themes" in done.stdout
    assert not [word for word in ("docs/", "papers/", "mkdocs.yml") if word in done.stdout]


def test_the_report_and_the_build_do_too(folder: Path) -> None:
    git(folder, "init", "-q", "-b", "main")
    git(folder, "add", "-A")
    git(folder, "commit", "-qm", "Start")
    spoil(folder)
    git(folder, "add", "-A")
    git(folder, "commit", "-qm", "Spoil")
    done = run_survey(folder, "report", "--config", "survey.yml", "--base", "main~1", "--head", "main")
    assert done.returncode == 1, done.stderr
    for text in (done.stdout, mkdocs(folder / "survey.yml").stderr):
        assert f"entries/{key(1)}.yaml" in text
        assert "pages/themes/a.html" in text
        assert not [word for word in ("docs/", "mkdocs.yml") if word in text]


def test_a_theme_is_renamed_there(folder: Path) -> None:
    (folder / f"entries/{key(3)}.yaml").unlink()  # it is in both themes
    done = run_survey(folder, "mv", "--config", "survey.yml", "song", "season/calls")
    assert done.returncode == 0, done.stderr
    assert "pages/themes/season.md → season/index.md" in done.stdout
    assert (folder / "pages/themes/season/calls.md").is_file()
    assert mkdocs(folder / "survey.yml", "--strict").returncode == 0
    done = run_survey(folder, "mv", "--config", "survey.yml", "flight", "nowhere/flight")
    assert "write pages/themes/nowhere/index.md" in done.stderr
