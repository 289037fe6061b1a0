"""Sites that many tests look at, built once for each test process by the command that a user runs."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.fabricate import write_survey

ROOT = Path(__file__).parent.parent
MKDOCS = Path(sys.executable).parent / "mkdocs"
SURVEY = Path(sys.executable).parent / "survey"
FOLLOW = """address => {
    const link = document.createElement("a")
    link.href = address
    document.body.append(link)
    link.click()
}"""
"""Script: follow a link to an address, as a click does."""


def mkdocs(config: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run ``mkdocs build`` on a survey."""
    command = [str(MKDOCS), "build", "-f", str(config), *arguments]
    environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1"}
    return subprocess.run(command, capture_output=True, text=True, env=environment, timeout=300, check=False)


def snapshot(folder: Path) -> dict[str, bytes]:
    """Return the content of every file in a folder."""
    return {
        file.relative_to(folder).as_posix(): file.read_bytes() for file in sorted(folder.rglob("*")) if file.is_file()
    }


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The survey of this repository, built."""
    folder = tmp_path_factory.mktemp("survey") / "site"
    done = mkdocs(ROOT / "mkdocs.yml", "--strict", "-d", str(folder))
    assert done.returncode == 0, done.stderr
    return folder


@pytest.fixture(scope="session")
def birds(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A survey of 45 papers on birds in pages of 10, built; its folder."""
    folder = tmp_path_factory.mktemp("birds")
    config = write_survey(folder / "survey", 45, settings={"page_size": 10})
    done = mkdocs(config, "--strict")
    assert done.returncode == 0, done.stderr
    return folder / "survey"


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The machine's Chromium; ``make test`` finds or installs it, unless ``BROWSER=none`` says to go on without."""
    if os.environ.get("BROWSER") == "none":
        pytest.skip("BROWSER=none: told to go on without a browser")
    with sync_playwright() as playwright:
        path = os.environ.get("BROWSER_PATH") or None
        yield playwright.chromium.launch(executable_path=path, args=["--no-sandbox", "--disable-background-networking"])
