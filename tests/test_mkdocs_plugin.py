"""The plugin under the commands that users run: what is written, and above all what is not."""

import os
import re
import shutil
import signal
import socket
import subprocess
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.conftest import MKDOCS, mkdocs, snapshot
from tests.fabricate import key, paper, to_yaml, write_survey


@pytest.fixture
def built(tmp_path: Path, birds: Path) -> Path:
    """A survey with a good site, to be broken; returns its ``mkdocs.yml``."""
    shutil.copytree(birds, tmp_path / "survey")
    return tmp_path / "survey/mkdocs.yml"


Breakage = Callable[[Path], None]


def break_paper(folder: Path) -> None:
    (folder / f"papers/{key(3)}.yaml").write_text("title: Two: colons\n", encoding="utf-8")


def break_theme(folder: Path) -> None:
    (folder / "docs/themes/song.md").write_text("---\ntitle: <b>Song\ndefinition: x\n---\n", encoding="utf-8")


def break_link(folder: Path) -> None:
    with (folder / "docs/index.md").open("a", encoding="utf-8") as file:
        file.write("\n[nowhere](nowhere.md)\n")


def break_paper_link(folder: Path) -> None:
    with (folder / "docs/index.md").open("a", encoding="utf-8") as file:
        file.write("\n[nobody](papers/nobody2020nothing.md)\n")


def break_block(folder: Path) -> None:
    with (folder / "docs/index.md").open("a", encoding="utf-8") as file:
        file.write("\n<!-- survey:pappers -->\n")


def break_citation(folder: Path) -> None:
    (folder / "CITATION.cff").write_text("cff-version: 1.2.0\ntitle: x\n", encoding="utf-8")


def break_host(folder: Path) -> None:
    (folder / "hook.py").write_text(
        "def on_post_page(output, page, config):\n    raise RuntimeError('a hook fell over')\n"
    )
    with (folder / "mkdocs.yml").open("a", encoding="utf-8") as file:
        file.write("\nhooks: [hook.py]\n")


def take_an_address(folder: Path) -> None:
    (folder / "docs/papers").mkdir()
    (folder / f"docs/papers/{key(1)}.md").write_text("# Mine\n", encoding="utf-8")


@pytest.mark.parametrize(
    ("breakage", "message"),
    [
        (break_paper, "a colon and a space inside an unquoted value"),
        (break_theme, "the title has <, > or an HTML entity"),
        (break_link, "1 warning"),
        (break_paper_link, "1 warning"),
        (break_block, 'did you mean "papers"?'),
        (break_citation, "the citation lacks a title or authors"),
        (break_host, "a hook fell over"),
        (take_an_address, "its address is taken"),
    ],
)
@pytest.mark.parametrize("quiet", [False, True])
def test_after_any_mistake_the_last_good_site_is_untouched(
    built: Path, breakage: Breakage, message: str, quiet: bool
) -> None:
    site = built.parent / "site"
    before = snapshot(site)
    breakage(built.parent)
    done = mkdocs(built, "--strict", *(["-q"] if quiet else []))
    assert done.returncode == 1
    assert message in done.stdout + done.stderr
    assert snapshot(site) == before
    assert not (site / ".host").exists()


def test_a_first_build_that_fails_leaves_no_site(tmp_path: Path) -> None:
    config = write_survey(tmp_path / "survey", 3)
    break_link(config.parent)
    assert mkdocs(config, "--strict").returncode == 1
    assert not (tmp_path / "survey/site").exists()


def test_links_to_papers_and_bibliographies_in_markdown_are_checked_and_rewritten(tmp_path: Path) -> None:
    config = write_survey(tmp_path / "survey", 3)
    text = f"\n[one](papers/{key(1)}.md) [all](bib/survey.bib) [song](bib/themes/song.bib) [2002](years/2002.md)\n"
    with (config.parent / "docs/index.md").open("a", encoding="utf-8") as file:
        file.write(text)
    done = mkdocs(config, "--strict")
    assert done.returncode == 0, done.stderr
    home = (config.parent / "site/index.html").read_text(encoding="utf-8")
    for link in (f"papers/{key(1)}/", "bib/survey.bib", "bib/themes/song.bib", "years/2002/"):
        assert f'href="{link}"' in home


def test_what_went_away_is_deleted_and_what_did_not_change_is_left_alone(built: Path) -> None:
    site = built.parent / "site"
    (site / "stale.html").write_text("old")
    (site / ".nojekyll").touch()
    other = site / f"papers/{key(2)}/index.html"
    before = other.stat().st_mtime_ns
    (built.parent / f"papers/{key(45)}.yaml").unlink()
    done = mkdocs(built, "--strict")
    assert done.returncode == 0, done.stderr
    assert not (site / f"papers/{key(45)}").exists()
    assert not (site / "stale.html").exists()
    assert (site / ".nojekyll").exists()
    assert (site / f"papers/{key(44)}/{key(44)}.bib").exists()
    assert other.stat().st_mtime_ns == before


def test_former_keys_and_themes_lead_to_the_new_ones(tmp_path: Path) -> None:
    config = write_survey(tmp_path / "survey", 2)
    data = {**paper(1), "aliases": ["old1990name"]}
    (config.parent / f"papers/{key(1)}.yaml").write_text(to_yaml(data), encoding="utf-8")
    theme = config.parent / "docs/themes/song.md"
    theme.write_text(theme.read_text().replace("title:", "aliases: [singing]\ntitle:"))
    assert mkdocs(config, "--strict").returncode == 0
    site = config.parent / "site"
    assert f'url=../../papers/{key(1)}/"' in (site / "papers/old1990name/index.html").read_text()
    assert 'url=../../themes/song/"' in (site / "themes/singing/index.html").read_text()


def test_markup_in_any_text_field_comes_out_as_text(tmp_path: Path) -> None:
    config = write_survey(tmp_path / "survey", 1)
    evil = "<script>alert(1)</script> \"'><img src=x onerror=alert(2)> [a](javascript:x) {{ 7*7 }} \\input{x} **b** & %"
    name = "\"'onerror=alert() [a](javascript:x) {{ a*a }} \\input{x} **b** %"  # the checks refuse markup in names
    data = {
        **paper(2), "title": f"T {evil}", "short_name": f"S {evil}", "tldr": f"L {evil}", "summary": f"Y {evil}",
        "abstract": f"A {evil}", "authors": [{"family": f"F {name}", "given": "G"}, {"team": f"M {name} &"}],
        "venue": {"name": f"V {evil}", "short": f"v {evil}", "publisher": f"P {evil}", "series": evil},
        "results": [{"metric": evil, "value": evil, "unit": evil, "evidence": evil}], "source_keys": [evil],
        "relations": [{"type": "uses", "external": {"title": evil, "id": "javascript:alert(3)"}, "note": evil}],
        "versions": [{"title": evil, "note": evil}],
    }  # fmt: skip
    (config.parent / "papers/evil2024key.yaml").write_text(to_yaml(data), encoding="utf-8")
    done = mkdocs(config, "--strict")
    assert done.returncode == 0, done.stderr
    site = config.parent / "site"
    for file in [*site.rglob("*.html"), site / "search/search_index.json"]:
        text = file.read_text(encoding="utf-8")
        assert "<script>alert" not in text, file
        assert "<img src=x" not in text, file
        assert 'href="javascript:' not in text, file
        assert "49" not in re.findall(r"\{\{.*?\}\}|T .{0,200}", text), file
    bib = (site / "papers/evil2024key/evil2024key.bib").read_text(encoding="utf-8")
    assert r"\input" not in bib
    assert "<script>" not in bib


def test_addresses_without_a_final_slash_are_refused(tmp_path: Path) -> None:
    config = write_survey(tmp_path / "survey", 1, config={"use_directory_urls": False})
    done = mkdocs(config)
    assert done.returncode == 1
    assert "use_directory_urls" in done.stdout + done.stderr


def test_a_theme_that_writes_what_depends_on_the_page_is_refused(tmp_path: Path) -> None:
    config = write_survey(tmp_path / "survey", 1)
    hook = (
        "def on_post_page(output, page, config):\n    return output.replace('</body>', page.file.src_uri + '</body>')\n"
    )
    (config.parent / "hook.py").write_text(hook)
    with config.open("a", encoding="utf-8") as file:
        file.write("\nhooks: [hook.py]\n")
    done = mkdocs(config)
    assert done.returncode == 1
    assert "writes what depends on the page" in done.stdout + done.stderr


def test_an_interrupted_publication_is_seen_and_completed_by_the_next_build(built: Path) -> None:
    site = built.parent / "site"
    expected = snapshot(site)
    blocker = site / f"papers/{key(9)}/{key(9)}.bib"
    blocker.unlink()
    blocker.mkdir()  # a file cannot be renamed onto a folder: the publication stops half-way
    assert mkdocs(built, "--strict").returncode != 0
    assert (site / ".publishing").exists()
    blocker.rmdir()
    assert mkdocs(built, "--strict").returncode == 0
    assert snapshot(site) == expected


@contextmanager
def serving(config: Path) -> Iterator[str]:
    """Run ``mkdocs serve`` on a free port; yield its address and end it."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [str(MKDOCS), "serve", "--livereload", "-f", str(config), "-a", f"127.0.0.1:{port}"]
    with (config.parent / "serve.log").open("wb") as output:
        server = subprocess.Popen(command, stdout=output, stderr=output, env={**os.environ, "NO_MKDOCS_2_WARNING": "1"})
        try:
            yield f"http://127.0.0.1:{port}/survey/"
        finally:
            server.send_signal(signal.SIGINT)
            try:
                server.wait(20)
            except subprocess.TimeoutExpired:
                server.kill()
                server.wait()


def wait_for(address: str, text: str, seconds: float = 60) -> bool:
    """Say whether a page comes to have a text within a time."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        try:
            with urllib.request.urlopen(address, timeout=5) as answer:  # noqa: S310  (our own server)
                if text in answer.read().decode("utf-8"):
                    return True
        except OSError:  # not up yet, or busy with a build
            pass
        time.sleep(0.1)
    return False


def test_serve_shows_edits_of_papers_and_of_docs(tmp_path: Path) -> None:
    config = write_survey(tmp_path / "survey", 3)
    file = config.parent / f"papers/{key(1)}.yaml"
    with serving(config) as address:
        assert wait_for(address + f"papers/{key(1)}/", "Follows 21 birds")
        file.write_text(file.read_text(encoding="utf-8").replace("Follows 21", "Watches 99"), encoding="utf-8")
        assert wait_for(address + f"papers/{key(1)}/", "Watches 99 birds")
        assert wait_for(address + f"papers/{key(1)}/{key(1)}.bib", f"{{{key(1)},")
        break_paper(config.parent)
        theme = config.parent / "docs/themes/song.md"
        theme.write_text(theme.read_text(encoding="utf-8") + "\nA new sentence.\n", encoding="utf-8")
        assert not wait_for(address + "themes/song/", "A new sentence.", seconds=4)
        (config.parent / f"papers/{key(3)}.yaml").write_text(to_yaml(paper(3)), encoding="utf-8")
        assert wait_for(address + "themes/song/", "A new sentence.")


def test_the_site_of_serve_is_that_of_build(tmp_path: Path, birds: Path) -> None:
    config = tmp_path / "survey/mkdocs.yml"
    shutil.copytree(birds, config.parent)
    served = f"papers/{key(7)}/"
    with serving(config) as address:
        assert wait_for(address + served, "</html>")
        with urllib.request.urlopen(address + served, timeout=5) as answer:  # noqa: S310  (our own server)
            page = answer.read().decode("utf-8")
    page = page.replace(address, "https://birds.example.org/survey/")
    page = re.sub(
        r"<script>var livereload.*?</script>|\s*<script src=\"[^\"]*livereload[^\"]*\"></script>",
        "",
        page,
        flags=re.DOTALL,
    )
    built = (birds / f"site/{served}index.html").read_text(encoding="utf-8")
    assert (
        page.split("</body>")[0].rpartition("<script")[0][:5000]
        == built.split("</body>")[0].rpartition("<script")[0][:5000]
    )
