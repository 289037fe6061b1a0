"""Programs that some tests need and that come from elsewhere: where they are, and what was not proven without them.

Under ``make test`` nothing is installed: a test says `needs`, and is skipped where the program is missing. ``make
test-all`` installs what is missing first, where it may: ``python -m tests.programs``.
"""

import functools
import os
import re
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest


@dataclass(frozen=True, slots=True)
class Program:
    """A program from elsewhere."""

    names: tuple[str, ...]
    """What it is called on ``PATH``, the likeliest first."""
    packages: tuple[str, ...]
    """Debian's and Ubuntu's packages with it and with the data that the tests need."""
    elsewhere: str
    """How other systems get it."""


PROGRAMS = {
    "bibtex": Program(("bibtex",), ("texlive-binaries", "texlive-base"), "TeX Live, https://tug.org/texlive/"),
    "pdflatex": Program(
        ("pdflatex",), ("texlive-latex-base", "texlive-latex-recommended"), "TeX Live, https://tug.org/texlive/"
    ),
    "biber": Program(("biber",), ("biber",), "TeX Live, https://tug.org/texlive/"),
    "Chromium": Program(
        # The first is Chromium without a user's profile and windows, and takes half the time.
        ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome", "google-chrome-stable"),
        ("chromium-headless-shell",),
        ".venv/bin/playwright install chromium, or name one with BROWSER_PATH=/path/to/chromium",
    ),
    "npm": Program(("npm",), ("npm",), "Node.js, https://nodejs.org/"),
}
LONG = "long"
"""Marker of tests that ``make test`` leaves to ``make test-all``, and the reason that their reports give."""


@functools.cache
def find(name: str) -> str | None:
    """Return the path of a program, if it is there."""
    found = (path for command in PROGRAMS[name].names if (path := shutil.which(command)))
    if name != "Chromium":
        return next(found, None)
    if path := os.environ.get("BROWSER_PATH"):
        return path
    # Ubuntu has a chromium-browser that only says how to get one.
    return next((path for path in found if _runs([path, "--version"], 60)), None) or _playwrights_own()


def _playwrights_own() -> str | None:
    """Return playwright's own browser, if it has been fetched."""
    code = "import playwright.sync_api as p\nwith p.sync_playwright() as found: print(found.chromium.executable_path)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    path = done.stdout.strip()
    return path if path and Path(path).is_file() else None


def needs(name: str) -> str:
    """Return the path of a program; without it, skip the test or all tests of the fixture that asks."""
    if path := find(name):
        return path
    pytest.skip(f"needs {name}")


def not_proven(reasons: Sequence[str]) -> list[str]:
    """Return the last lines of a run: what the tests that were skipped would have proven, and how to get that.

    Args:
        reasons: Why tests were skipped, one for each test.
    """
    lines = []
    for reason, number in Counter(reason.removeprefix("Skipped: ") for reason in reasons).items():
        tests = f"{number} test{'s' * (number > 1)}"
        if reason == LONG:
            lines.append(f"  {tests} that take{'s' * (number == 1)} long")
        elif found := re.fullmatch(r"needs (\w+)", reason):
            lines.append(f"  {tests} without {found[1]}, which is missing")
        else:
            lines.append(f"  {tests}: {reason}")
    if not lines:
        return []
    last = "To prove this too: make test-all (on Debian and Ubuntu it installs what is missing, else it says how)"
    return ["Not proven by this run:", *sorted(lines), last]


def _runs(command: Sequence[str], seconds: int) -> bool:
    """Run a command quietly within a time limit; say whether it succeeded."""
    try:
        done = subprocess.run(
            command, timeout=seconds, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0


def _missing() -> list[str]:
    find.cache_clear()
    return [name for name in PROGRAMS if not find(name)]


def _apt_get() -> list[str] | None:
    """Return the command that installs Debian's packages, if this user may without a password."""
    if not shutil.which("apt-get"):
        return None
    sudo = [] if os.geteuid() == 0 else ["sudo", "-n"]
    if sudo and not _runs([*sudo, "true"], 60):
        return None
    return [*sudo, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-qq"]


def _announced(command: Sequence[str]) -> None:
    """Say what is run, run it, and say with what it ended if it failed."""
    print(f"  {' '.join(command)}", flush=True)
    done = subprocess.run(
        command, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=1800, check=False
    )  # fmt: skip
    if done.returncode:
        words = [line.strip() for line in (done.stdout + done.stderr).splitlines() if "rror" in line or "E:" in line]
        print(f"    failed: {words[0] if words else f'exit {done.returncode}'}", flush=True)


def install() -> int:
    """Install what the tests need, where this user may; say so first. Exit 1 if something is still missing."""
    if not (missing := _missing()):
        return 0
    print(f"The tests need {' and '.join(missing)}, which this machine lacks.")
    if apt_get := _apt_get():
        print("Installing Debian's packages, for the whole machine:", flush=True)
        _announced([*apt_get, "update"])
        for name in missing:  # one by one: where one is not to be had, the others are
            _announced([*apt_get, "install", "--yes", "--no-install-recommends", *PROGRAMS[name].packages])
    if "Chromium" in _missing():
        print("Fetching playwright's Chromium, into the folder where playwright keeps its browsers:", flush=True)
        _announced([sys.executable, "-m", "playwright", "install", "chromium"])
    if not (missing := _missing()):
        return 0
    print(f"Still missing: {', '.join(missing)}. Install:", file=sys.stderr)
    if shutil.which("apt-get"):
        packages = " ".join(package for name in missing for package in PROGRAMS[name].packages)
        print(f"  sudo apt-get install --no-install-recommends {packages}", file=sys.stderr)
    else:
        for name in missing:
            print(f"  {name}: {PROGRAMS[name].elsewhere}", file=sys.stderr)
    print("make test runs all tests that need none of them.", file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(install())
