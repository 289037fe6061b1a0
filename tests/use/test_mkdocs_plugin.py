"""The plugin under the commands that users run: what is written, and above all what is not."""

import re
import shutil
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.commands import MKDOCS, ROOT, mkdocs, mkdocs_process, running, snapshot
from tests.fabricate import key, number, paper, to_yaml, write_registry, write_survey


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
        (break_paper, "colon and space inside an unquoted value"),
        (break_theme, "markup in the title"),
        (break_link, "1 warning"),
        (break_paper_link, "1 warning"),
        (break_block, 'did you mean "papers"?'),
        (break_citation, "the citation file lacks a title or authors"),
        (break_host, "a hook fell over"),
        (take_an_address, "the address of this page is taken"),
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
    brief = "<script>alert(1)</script> \"'><img src=x onerror=alert(2)> {{ 7*7 }}"
    name = "\"'onerror=alert() [a](javascript:x) {{ a*a }} \\input{x} **b** %"  # the checks refuse markup in names
    data = {
        **paper(2), "title": f"T {evil}", "short_name": f"S {evil}", "tldr": f"L {evil}", "summary": f"Y {evil}",
        "abstract": f"A {evil}", "authors": [{"family": f"F {name}", "given": "G"}, {"team": f"M {name} &"}],
        "venue": {"name": f"V {evil}", "short": f"v {evil}", "publisher": f"P {evil}", "series": evil},
        "results": [number(setting=brief, quote=f"40 {brief}", locator=evil, reason=evil, confidence="estimated")],
        "source_keys": [evil],
        "relations": [{"type": "uses", "external": {"title": evil, "doi": "10.5555/'onload=alert(3)"}, "note": evil}],
        "versions": [{"title": evil, "note": evil}],
    }  # fmt: skip
    write_registry(config.parent)
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


def test_an_exception_while_pages_are_rendered_leaves_the_last_good_site(built: Path) -> None:
    package, papers = built.parent / "changed/generator", built.parent / "papers"
    shutil.copytree(ROOT / "generator", package)
    template = package / "living_survey/pages/templates/paper.html"
    mistake = f'{{% if paper.files[0].address == "{key(30)}.bib" %}}{{{{ 1 / 0 }}}}{{% endif %}}'
    template.write_text(mistake + template.read_text(encoding="utf-8"), encoding="utf-8")
    before = snapshot(built.parent / "site")
    for file in papers.iterdir():
        file.write_text(file.read_text(encoding="utf-8").replace("field study", "long study"), encoding="utf-8")
    done = mkdocs_process(built, PYTHONPATH=str(package))
    assert done.returncode == 1
    assert "Nothing was written: the survey could not be read (ZeroDivisionError: division by zero)" in done.stdout
    assert snapshot(built.parent / "site") == before


def test_names_of_any_length_and_a_disk_that_takes_none_so_long(built: Path) -> None:
    long = "Transactions on Everything that Flies or Sings " * 7
    people = [{"family": f"Wren {long}{end}", "given": "Ada"} for end in "AB"]
    for n, end in ((2, "A"), (4, "A"), (5, "B")):
        data = {**paper(n), "authors": people, "venue": {"name": f"{long}{end}"}}
        (built.parent / f"papers/{key(n)}.yaml").write_text(to_yaml(data), encoding="utf-8")
    done = mkdocs(built, "--strict")
    assert done.returncode == 0, done.stderr
    site = built.parent / "site"
    venues = [path.name for path in (site / "venues").glob("transactions-*")]
    assert sorted(len(name) for name in venues) == [80, 80]
    assert len(list((site / "authors").glob("ada-wren-transactions-*"))) == 2
    before = snapshot(site)
    (built.parent / f"docs/{'n' * 252}.md").write_text("# Page\n", encoding="utf-8")
    (built.parent / "docs" / ("n" * 200)).mkdir()
    above = built.parent / "docs" / ("n" * 200)
    while len(str(above)) < 3800:
        above /= "n" * 200
    above.mkdir(parents=True)
    (above / ("n" * (4086 - len(str(above))) + ".md")).write_text("# Page\n", encoding="utf-8")
    done = mkdocs(built, "-q")
    assert done.returncode == 1
    assert re.search(r"Nothing was written: \S+: File name too long; shorten the name\.\n$", done.stdout)
    assert ".host" not in done.stdout
    assert "Traceback" not in done.stderr
    assert snapshot(site) == before


def test_a_file_that_becomes_a_folder_and_a_folder_that_becomes_a_file(built: Path) -> None:
    extra = built.parent / "docs/extra"
    (extra / "b").mkdir(parents=True)
    (extra / "a").write_text("a", encoding="utf-8")
    (extra / "b/c.txt").write_text("c", encoding="utf-8")
    assert mkdocs(built).returncode == 0
    (extra / "a").unlink()
    (extra / "a").mkdir()
    (extra / "a/d.txt").write_text("d", encoding="utf-8")
    shutil.rmtree(extra / "b")
    (extra / "b").write_text("b", encoding="utf-8")
    done = mkdocs(built)
    assert done.returncode == 0, done.stderr
    assert snapshot(built.parent / "site/extra") == {"a/d.txt": b"d", "b": b"b"}


def test_the_surveys_own_files_for_machines(built: Path) -> None:
    (built.parent / "docs/robots.txt").write_text("User-agent: *\n", encoding="utf-8")
    with built.open("a", encoding="utf-8") as config:
        config.write("\nexclude_docs: '!/.well-known/'\n")
    (built.parent / "docs/.well-known").mkdir()
    (built.parent / "docs/.well-known/security.txt").write_text("Contact: x\n", encoding="utf-8")
    done = mkdocs(built, "--strict")
    assert done.returncode == 0, done.stderr
    site = built.parent / "site"
    assert (site / "robots.txt").read_text(encoding="utf-8") == "User-agent: *\n"
    assert (site / ".well-known/security.txt").is_file()
    assert (site / "sitemap-index.xml").is_file()


def test_a_generated_address_that_is_taken_is_found_before_anything_is_written(built: Path) -> None:
    before = snapshot(built.parent / "site")
    (built.parent / "docs/sitemap-index.xml").write_text("mine", encoding="utf-8")
    (built.parent / f"papers/{key(1)}.yaml").unlink()
    done = mkdocs(built)
    assert done.returncode == 1
    assert "docs/sitemap-index.xml:1:1: error: every site has a file of its own at the address" in done.stderr
    assert "Nothing was written: 1 error." in done.stdout
    assert snapshot(built.parent / "site") == before


def test_what_comes_after_a_build_finds_the_site(built: Path) -> None:
    """``mkdocs gh-deploy`` pushes what a build has written."""
    (built.parent / "hook.py").write_text(
        "def on_post_build(config):\n    import pathlib\n"
        "    pathlib.Path(config.config_file_path).with_name('seen').write_text(config.site_dir)\n"
        "on_post_build.mkdocs_priority = -200\n",
        encoding="utf-8",
    )
    with built.open("a", encoding="utf-8") as config:
        config.write("\nhooks: [hook.py]\n")
    done = mkdocs(built)
    assert done.returncode == 0, done.stderr
    assert (built.parent / "seen").read_text(encoding="utf-8") == str(built.parent / "site")


@contextmanager
def serving(config: Path) -> Iterator[str]:
    """Run ``mkdocs serve``; yield the site's address and end it."""
    with running(config.parent, str(MKDOCS), "serve", "--livereload") as address:
        yield address


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


@pytest.mark.long
def test_serve_shows_edits_of_papers_and_of_docs(tmp_path: Path) -> None:
    config = write_survey(tmp_path / "survey", 3)
    file = config.parent / f"papers/{key(1)}.yaml"
    with serving(config) as address:
        assert wait_for(address + f"papers/{key(1)}/", "Follows flock F21")
        file.write_text(
            file.read_text(encoding="utf-8").replace("Follows flock", "Watches 99 birds,"), encoding="utf-8"
        )
        assert wait_for(address + f"papers/{key(1)}/", "Watches 99 birds")
        assert wait_for(address + f"papers/{key(1)}/{key(1)}.bib", f"{{{key(1)},")
        break_paper(config.parent)
        theme = config.parent / "docs/themes/song.md"
        theme.write_text(theme.read_text(encoding="utf-8") + "\nA new sentence.\n", encoding="utf-8")
        assert not wait_for(address + "themes/song/", "A new sentence.", seconds=4)
        (config.parent / f"papers/{key(3)}.yaml").write_text(to_yaml(paper(3)), encoding="utf-8")
        assert wait_for(address + "themes/song/", "A new sentence.")


@pytest.mark.long
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
