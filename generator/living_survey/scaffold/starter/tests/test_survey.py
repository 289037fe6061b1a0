"""What this survey has to pass: papers and themes are right, no link is broken, two builds are equal.

It comes with the generator; ``survey upgrade`` replaces it. Write further tests into files of your own beside it.
"""

import os
import subprocess
import sys
from pathlib import Path
from urllib.parse import unquote, urldefrag, urljoin, urlsplit

import pytest
from lxml import html

ROOT = Path(__file__).parent.parent
LINKS = {"a": "href", "link": "href", "script": "src", "img": "src"}


def run(*command: str) -> subprocess.CompletedProcess[str]:
    """Run one of the programs in ``.venv/bin``."""
    program, *arguments = command
    environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1", "GITHUB_ACTIONS": ""}
    whole = [str(Path(sys.executable).parent / program), *arguments]
    return subprocess.run(whole, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)


def build(folder: Path) -> Path:
    """Build the site into a folder."""
    done = run("mkdocs", "build", "--strict", "--site-dir", str(folder))
    assert done.returncode == 0, done.stderr
    return folder


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The built site."""
    return build(tmp_path_factory.mktemp("survey") / "site")


@pytest.mark.parametrize("command", ["check", "fmt --check"])
def test_papers_and_themes_are_right(command: str) -> None:
    done = run("survey", *command.split())
    assert done.returncode == 0, done.stdout + done.stderr


def test_every_internal_link_resolves(site: Path) -> None:
    trees = {file.relative_to(site).as_posix(): html.fromstring(file.read_bytes()) for file in site.rglob("*.html")}
    anchors = {address: {node.get("id") for node in tree.iter() if node.get("id")} for address, tree in trees.items()}
    home = trees["index.html"].xpath('string(//link[@rel="canonical"]/@href)') or "http://x/"
    broken = []
    for address, tree in trees.items():
        for node in tree.iter(*LINKS):
            link = node.get(LINKS[node.tag])
            target, fragment = urldefrag(urljoin(urljoin(str(home), address), link or ""))
            if not link or not target.startswith(str(home)):
                if link and not urlsplit(link).scheme:
                    broken.append(f"{address}: {link} leads out of the site")
                continue
            path = unquote(target.removeprefix(str(home)).partition("?")[0])
            file = f"{path}index.html" if path.endswith("/") or not path else path
            if not (site / file).is_file():
                broken.append(f"{address}: {link} leads nowhere")
            elif fragment and file in anchors and unquote(fragment) not in anchors[file]:
                broken.append(f"{address}: {link} has no such anchor")
    assert not broken, "\n".join(broken)


def test_two_builds_are_equal(site: Path, tmp_path: Path) -> None:
    again = build(tmp_path / "site")
    first, second = (
        {file.relative_to(folder).as_posix(): file.read_bytes() for file in folder.rglob("*") if file.is_file()}
        for folder in (site, again)
    )
    assert [name for name in first.keys() | second.keys() if first.get(name) != second.get(name)] == []
