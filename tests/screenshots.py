"""The pictures of the README and of guides, taken anew from the survey of this repository: ``make screenshots``."""

import sys
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

from tests.commands import ROOT, build
from tests.local_server import serve
from tests.programs import find

PICTURES = {"screenshot.png": ""}
"""File below ``docs/assets/`` → address of the page that it shows."""


def main() -> int:
    """Build the site, and take each picture of a window of 1280 by 800 pixels; return the exit code."""
    if (browser := find("Chromium")) is None:
        print("Chromium is needed: make test-all says how to get it", file=sys.stderr)
        return 2
    with tempfile.TemporaryDirectory() as name, sync_playwright() as playwright:
        site = Path(name) / "site"
        build(ROOT / "mkdocs.yml", "-d", str(site))
        window = playwright.chromium.launch(executable_path=browser, args=["--no-sandbox"])
        page = window.new_page(viewport={"width": 1280, "height": 800})
        with serve(site) as address:
            for file, path in PICTURES.items():
                page.goto(address + path)
                page.screenshot(path=ROOT / "docs/assets" / file)
        window.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
