"""Citations and selections by keys of other bibliographies, and the command that writes the survey's own."""

from pathlib import Path

import pytest

from tests.commands import mkdocs, snapshot
from tests.commands import run_survey as run
from tests.fabricate import key, paper, to_yaml, write_survey


@pytest.fixture
def birds(tmp_path: Path) -> Path:
    """A survey whose first two papers had keys elsewhere, one of which both had; a page and a summary cite them."""
    folder = write_survey(tmp_path / "survey", 3, settings={"require": []}).parent
    for n, keys in ((1, ["Wren:2002ab", "both"]), (2, ["heron93", "both"])):
        data = {**paper(n), "source_keys": keys, "aliases": [f"old{n}x"]}
        (folder / f"papers/{key(n)}.yaml").write_text(to_yaml(data), encoding="utf-8")
    summary = {**paper(3), "summary": "It follows [@heron93]."}
    (folder / f"papers/{key(3)}.yaml").write_text(to_yaml(summary), encoding="utf-8")
    text = f"See [see *esp.* @Wren:2002ab, p. 3; -@heron93] and @{{Wren:2002ab}}, [@old1x; @{key(2)}], `[@heron93]`."
    (folder / "docs/more.md").write_text(f"# More\n\n{text}\n", encoding="utf-8")
    return folder


def test_they_lead_to_their_papers(birds: Path) -> None:
    assert run(birds, "check").returncode == 0
    built = mkdocs(birds / "mkdocs.yml", "--strict")
    assert built.returncode == 0, built.stderr
    page = (birds / "site/more/index.html").read_text(encoding="utf-8")
    assert "(see <em>esp.</em> <a " in page
    assert "</a>, p. 3; <a " in page
    assert page.count(f'href="../papers/{key(1)}/"') >= 3
    exported = run(birds, "export", "--keys", "Wren:2002ab,heron93,old1x", "--format", "bibtex")
    assert exported.stdout.count("@") == 2
    unknown = run(birds, "export", "--keys", "both")
    assert "unknown paper" in unknown.stderr
    assert unknown.returncode != 0


def test_a_command_writes_the_surveys_own(birds: Path) -> None:
    before = snapshot(birds)
    dry = run(birds, "keys", "--dry-run")
    assert snapshot(birds) == before
    done = run(birds, "keys")
    assert (done.returncode, done.stdout) == (0, f"papers/{key(3)}.yaml: summary\ndocs/more.md: text\n")
    assert dry.stdout == done.stdout
    assert (birds / "docs/more.md").read_text(encoding="utf-8") == (
        f"# More\n\nSee [see *esp.* @{key(1)}, p. 3; -@{key(2)}] and @{key(1)}, [@{key(1)}; @{key(2)}], `[@heron93]`.\n"
    )
    assert f"It follows [@{key(2)}]." in (birds / f"papers/{key(3)}.yaml").read_text(encoding="utf-8")
    assert run(birds, "check").returncode == 0
    assert run(birds, "keys").stdout == ""


def test_a_key_that_two_papers_had_is_nobodys(birds: Path) -> None:
    file = birds / "docs/more.md"
    file.write_text("# More\n\n[@both]\n", encoding="utf-8")
    done = run(birds, "check")
    assert "docs/more.md:3:2: error: unknown paper: both" in done.stdout
