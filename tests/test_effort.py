"""What ``make test`` and ``make test-all`` make of tests that are long or lack a program."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.commands import ROOT
from tests.programs import not_proven

TESTS = """
import pytest
from tests.effort import times
from tests.programs import needs


@pytest.fixture(scope="module")
def bibtex():
    return needs("bibtex")


def test_what_runs_anywhere():
    assert times(1, 2, 3) == LEVEL


@pytest.mark.parametrize("n", [1, 2])
def test_what_needs_a_program(bibtex, n):
    assert False


def test_what_needs_a_browser(browser):
    assert False


@pytest.mark.long
def test_what_takes_long():
    assert True
"""


def run(folder: Path, level: int, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run those tests with the plugin of this folder, two at a time, on a machine without any program."""
    (folder / "test_some.py").write_text(TESTS.replace("LEVEL", str(level)), encoding="utf-8")
    (folder / "pytest.ini").write_text("[pytest]\nmarkers =\n  long: long\n", encoding="utf-8")
    command = [sys.executable, "-m", "pytest", "-q", "-n", "2", "-p", "tests.conftest", *arguments]
    environment = {
        "HOME": str(folder), "PATH": str(folder), "PYTHONPATH": str(ROOT), "PLAYWRIGHT_BROWSERS_PATH": str(folder),
        "LANG": os.environ.get("LANG", "C.UTF-8"),
    }  # fmt: skip
    return subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, text=True, timeout=120, check=False
    )


@pytest.mark.long
def test_make_test_ends_green_and_names_last_what_it_did_not_prove(tmp_path: Path) -> None:
    done = run(tmp_path, 1)
    assert done.returncode == 0, done.stdout
    assert done.stdout.splitlines()[-6:] == [
        done.stdout.splitlines()[-6],
        "Not proven by this run:",
        "  1 test that takes long",
        "  1 test without Chromium, which is missing",
        "  2 tests without bibtex, which is missing",
        "To prove this too: make test-all (on Debian and Ubuntu it installs what is missing, else it says how)",
    ]
    assert done.stdout.splitlines()[-6].startswith("1 passed, 4 skipped")


@pytest.mark.long
def test_make_test_all_runs_long_tests_and_fails_where_one_is_skipped(tmp_path: Path) -> None:
    done = run(tmp_path, 2, "--effort", "thorough")
    assert done.returncode == 1
    assert "make test-all leaves nothing out. Skipped: needs bibtex" in done.stdout
    assert "2 passed, 3 errors in" in done.stdout
    assert "Not proven" not in done.stdout


def test_a_run_without_skips_says_nothing_more() -> None:
    assert not_proven([]) == []
    assert not_proven(["Skipped: on this disk files cannot differ only in case"])[1] == (
        "  1 test: on this disk files cannot differ only in case"
    )
