"""Print the path of a Chromium for the browser tests, installing one where that is possible.

Order: ``BROWSER_PATH``; a Chromium on ``PATH``; playwright's own; Debian's package, where this user may install it.
``BROWSER=none`` says to go on without: prints nothing.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
HELP = """No Chromium was found and none could be installed. Install one:
    Debian, Ubuntu:  sudo apt-get install chromium
    elsewhere:       .venv/bin/playwright install chromium
or name one with BROWSER_PATH=/path/to/chromium, or go on without browser tests with BROWSER=none."""


def run(command: Sequence[str], seconds: int) -> bool:
    """Run a command quietly within a time limit; say whether it succeeded."""
    try:
        done = subprocess.run(
            command, timeout=seconds, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0


def on_path() -> str | None:
    """Return a Chromium that is installed."""
    return next((found for name in NAMES if (found := shutil.which(name))), None)


def playwrights_own() -> str | None:
    """Return playwright's own browser, if it has been fetched."""
    from playwright.sync_api import sync_playwright  # noqa: PLC0415  (slow to import, and often not needed)

    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return path if Path(path).is_file() else None


def fetched() -> str | None:
    """Return playwright's own browser, fetching it first."""
    run([sys.executable, "-m", "playwright", "install", "chromium"], 300)
    return playwrights_own()


def debian_package() -> str | None:
    """Install Debian's Chromium where this user may do so without a password."""
    if not shutil.which("apt-get"):
        return None
    sudo = [] if os.geteuid() == 0 else ["sudo", "-n"]
    run([*sudo, "apt-get", "update", "-qq"], 300)
    run(
        [
            *sudo,
            "env",
            "DEBIAN_FRONTEND=noninteractive",
            "apt-get",
            "install",
            "-y",
            "-qq",
            "--no-install-recommends",
            "chromium",
        ],
        900,
    )
    return on_path()


def find_browser(ways: Sequence[Callable[[], str | None]]) -> str | None:
    """Return what the first of the ways finds that finds anything."""
    return next((found for way in ways if (found := way())), None)


def main() -> int:
    """Print the path; exit 1 when there is none."""
    if os.environ.get("BROWSER") == "none":
        print("BROWSER=none: the browser tests are left out.", file=sys.stderr)
        return 0
    path = os.environ.get("BROWSER_PATH") or find_browser([on_path, playwrights_own, fetched, debian_package])
    if not path:
        print(HELP, file=sys.stderr)
        return 1
    print(path)
    return 0


if __name__ == "__main__":
    sys.exit(main())
