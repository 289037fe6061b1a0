"""What all tests share: sites built once, a browser, how much is tested, and what a run says at its end."""

import fcntl
import os
import shutil
import tempfile
from collections.abc import Callable, Generator, Iterator
from pathlib import Path
from typing import TypeVar

import pytest
from living_survey.lookup.finding import KEYS
from playwright.sync_api import Browser, sync_playwright

from tests import effort
from tests.commands import ROOT, build
from tests.fabricate import write_survey
from tests.programs import LONG, needs, not_proven

# No variable of a machine may change what is tested.
for name in [*KEYS.values(), *(name for name in os.environ if name.startswith(("GITHUB_", "GIT_")))]:
    os.environ.pop(name, None)
os.environ |= {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1", "NO_MKDOCS_2_WARNING": "1"}


def pytest_addoption(parser: pytest.Parser) -> None:
    """Let the Makefile say how much is tested."""
    parser.addoption("--effort", choices=effort.LEVELS, default="quick", help="quick leaves out long tests")


class _NotProven:
    """Says at the very end of a run, below pytest's closing line, which tests were skipped and how to run them."""

    def __init__(self, config: pytest.Config) -> None:
        self._config = config
        self._reasons: list[str] = []

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Note why a test was skipped."""
        if report.skipped and isinstance(report.longrepr, tuple) and not hasattr(report, "wasxfail"):
            self._reasons.append(report.longrepr[2])

    def pytest_unconfigure(self) -> None:
        """Print."""
        if reporter := self._config.pluginmanager.get_plugin("terminalreporter"):
            for line in not_proven(self._reasons):
                reporter.write_line(line)


def pytest_configure(config: pytest.Config) -> None:
    """Take the level of effort over, before anything is collected."""
    effort.choose(config.getoption("effort"))
    if not hasattr(config, "workerinput"):  # the process that prints
        config.pluginmanager.register(_NotProven(config))


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    """Leave out long tests under ``make test``."""
    if item.get_closest_marker(LONG) and effort.chosen() == "quick":
        pytest.skip(LONG)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Let no test be skipped where everything is to be proven."""
    return _refused((yield))


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report() -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    """The same for whole modules."""
    return _refused((yield))


Report = TypeVar("Report", pytest.TestReport, pytest.CollectReport)


def _refused(report: Report) -> Report:
    if report.skipped and effort.chosen() != "quick" and not hasattr(report, "wasxfail"):
        reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)
        report.outcome, report.longrepr = "failed", f"make test-all leaves nothing out. {reason}"
    return report


Make = Callable[[str, Callable[[Path], None]], Path]


@pytest.fixture(scope="session")
def once(tmp_path_factory: pytest.TempPathFactory) -> Make:
    """Make folders that are looked at only, once for all processes of a run.

    The function takes a name, and what fills the folder of that name; it returns the folder.
    """
    base = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        base = base.parent

    def make(name: str, fill: Callable[[Path], None]) -> Path:
        folder, filled = base / f"once-{name}", base / f"once-{name}.filled"
        with (base / f"once-{name}.lock").open("a") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not filled.exists():
                shutil.rmtree(folder, ignore_errors=True)  # what a failed attempt left
                folder.mkdir()
                fill(folder)
                filled.touch()
        return folder

    return make


@pytest.fixture(scope="session")
def site(once: Make) -> Path:
    """The survey of this repository, built."""
    return once("site", lambda folder: build(ROOT / "mkdocs.yml", "-d", str(folder / "site"))) / "site"


@pytest.fixture(scope="session")
def birds(once: Make) -> Path:
    """A survey of 45 papers on birds in pages of 10, built; its folder."""

    def fill(folder: Path) -> None:
        build(write_survey(folder / "survey", 45, settings={"page_size": 10}))

    return once("birds", fill) / "survey"


@pytest.fixture
def public_folder() -> Iterator[Path]:
    """A folder that other users can enter, as they cannot enter those of pytest's."""
    with tempfile.TemporaryDirectory() as name:
        Path(name).chmod(0o755)
        yield Path(name)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The machine's Chromium."""
    path = needs("Chromium")
    with sync_playwright() as playwright:
        yield playwright.chromium.launch(executable_path=path, args=["--no-sandbox", "--disable-background-networking"])
