"""Changes of name as editors make them: everything that names the old one follows, or nothing changes."""

import re
import shutil
from pathlib import Path
from typing import Any

import pytest

from tests.commands import mkdocs, snapshot
from tests.commands import run_survey as run
from tests.fabricate import key, number, paper, to_yaml, write_registry, write_survey

OLD, NEW = key(1), "bird2002swifts"
INTRODUCTION = f"""---
path:
  - paper: {OLD}  # first
    why: It came first.
  - {{why: Then this., paper: "{key(2)}"}}
---
# Introduction

As [@{key(2)}; @{OLD}] and @{OLD} show; `[@{OLD}]` is code. [Its page](papers/{OLD}.md#results),
[flight](themes/flight/index.md "Flight"), [height](<themes/flight/height.md>) and [song][s].

<!-- survey:path -->

[s]: themes/song.md
"""


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Six papers in canonical form, a page that cites, a theme with sub-themes that link to each other, built."""
    nav = [{"Home": "index.md"}, {"Introduction": "introduction.md"}, {"Flight": "themes/flight/index.md"}]
    nav += [{"Themes": "themes/"}, {"Song": "themes/song.md"}, {"Papers": "papers/index.md"}]
    folder = write_survey(tmp_path_factory.mktemp("renaming") / "survey", 6, config={"nav": nav}).parent
    related = [{"type": "extends", "paper": OLD}, {"type": "uses", "paper": key(3)}]
    summary = f"It goes on where [@{OLD}] ends.\n\nAs @{OLD} says, birds fly."
    data = {**paper(2), "relations": related, "summary": summary}
    (folder / f"papers/{key(2)}.yaml").write_text("# checked by hand\n" + to_yaml(data), encoding="utf-8")
    (folder / "docs/introduction.md").write_text(INTRODUCTION, encoding="utf-8")
    height = folder / "docs/themes/flight/height.md"
    text = height.read_text(encoding="utf-8").replace("\n---\nWhat", "\naliases:\n  - altitude  # 2020\n---\nWhat")
    height.write_text(f"{text}[speed](speed.md), [home](../../index.md), ![a](wing.png)\n", encoding="utf-8")
    (folder / "docs/themes/flight/wing.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    text = "---\ntitle: Travel\ndefinition: Where birds go.\n---\nWhat we know of [flight](flight/index.md).\n"
    (folder / "docs/themes/travel.md").write_text(text, encoding="utf-8")
    assert run(folder, "fmt").returncode == 0
    assert mkdocs(folder / "mkdocs.yml", "--strict").returncode == 0
    return folder


@pytest.fixture
def folder(prepared: Path, tmp_path: Path) -> Path:
    """A copy of that survey, to be changed."""
    return shutil.copytree(prepared, tmp_path / "survey")


def check_all(folder: Path) -> None:
    """Make sure that the survey is right after a change."""
    for command in (["check"], ["fmt", "--check"]):
        done = run(folder, *command)
        assert done.returncode == 0, done.stdout + done.stderr
    built = mkdocs(folder / "mkdocs.yml", "--strict")
    assert built.returncode == 0, built.stderr


def test_a_paper_and_all_that_names_it(folder: Path) -> None:
    done = run(folder, "mv", OLD, NEW)
    assert done.returncode == 0, done.stderr
    assert f"docs/introduction.md:9: As [@{key(2)}; @{NEW}] and @{NEW} show; `[@{OLD}]` is code." in done.stdout
    assert not (folder / f"papers/{OLD}.yaml").exists()
    assert f"aliases:\n  - {OLD}\n" in (folder / f"papers/{NEW}.yaml").read_text(encoding="utf-8")
    other = (folder / f"papers/{key(2)}.yaml").read_text(encoding="utf-8")
    assert other.startswith("# checked by hand\n")
    assert f"paper: {NEW}" in other
    assert f"[@{NEW}]" in other
    assert OLD not in other
    expected = INTRODUCTION.replace(OLD, NEW).replace(f"`[@{NEW}]`", f"`[@{OLD}]`")
    assert (folder / "docs/introduction.md").read_text(encoding="utf-8") == expected
    check_all(folder)
    assert f"papers/{NEW}/" in (folder / f"site/papers/{OLD}/index.html").read_text(encoding="utf-8")


def test_a_paper_there_and_back(folder: Path) -> None:
    before = snapshot(folder / "docs")
    assert run(folder, "mv", OLD, NEW).returncode == 0
    assert run(folder, "mv", NEW, OLD).returncode == 0
    assert snapshot(folder / "docs") == before
    assert f"aliases:\n  - {NEW}\n" in (folder / f"papers/{OLD}.yaml").read_text(encoding="utf-8")
    check_all(folder)


def test_a_theme_with_its_sub_themes_papers_pages_pictures_and_links(folder: Path) -> None:
    done = run(folder, "mv", "flight", "travel/wings")
    assert done.returncode == 0, done.stderr
    themes = folder / "docs/themes"
    assert sorted(file.relative_to(themes).as_posix() for file in themes.rglob("*") if file.is_file()) == [
        "season.md", "song.md", "travel/index.md", "travel/wings/height.md", "travel/wings/index.md",
        "travel/wings/speed.md", "travel/wings/wing.png",
    ]  # fmt: skip
    height = (themes / "travel/wings/height.md").read_text(encoding="utf-8")
    assert "aliases:\n  - altitude  # 2020\n  - flight/height\n---" in height
    assert "[speed](speed.md), [home](../../../index.md), ![a](wing.png)" in height
    assert "aliases: [flight]" in (themes / "travel/wings/index.md").read_text(encoding="utf-8")
    assert "[flight](wings/index.md)" in (themes / "travel/index.md").read_text(encoding="utf-8")
    introduction = (folder / "docs/introduction.md").read_text(encoding="utf-8")
    assert '[flight](themes/travel/wings/index.md "Flight"), [height](<themes/travel/wings/height.md>)' in introduction
    assert "themes/travel/wings/index.md" in (folder / "mkdocs.yml").read_text(encoding="utf-8")
    papers = "".join(file.read_text(encoding="utf-8") for file in (folder / "papers").iterdir())
    assert "travel/wings/height" in papers
    assert "- flight" not in papers
    check_all(folder)
    assert (folder / "site/themes/flight/height/index.html").is_file()


def test_a_theme_of_one_file_there_and_back(folder: Path) -> None:
    before = snapshot(folder / "docs")
    assert run(folder, "mv", "song", "calls").returncode == 0
    assert "[s]: themes/calls.md" in (folder / "docs/introduction.md").read_text(encoding="utf-8")
    assert "Song: themes/calls.md" in (folder / "mkdocs.yml").read_text(encoding="utf-8")
    check_all(folder)
    assert run(folder, "mv", "calls", "song").returncode == 0
    changed = {name for name, raw in snapshot(folder / "docs").items() if raw != before.get(name)}
    assert changed == {"themes/song.md"}
    assert b"aliases: [calls]" in snapshot(folder / "docs")["themes/song.md"]


def test_dry_run_says_the_same_and_changes_nothing(folder: Path) -> None:
    before = snapshot(folder)
    dry = run(folder, "mv", "--dry-run", "flight", "wings")
    assert snapshot(folder) == before
    assert dry.stderr.endswith("changes (dry run: nothing written)\n")
    assert run(folder, "mv", "flight", "wings").stdout == dry.stdout


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("bird2002stud1", "x", f'unknown paper or theme: bird2002stud1; did you mean "{OLD}"?'),
        ("flihgt", "x", 'did you mean "flight"?'),
        (OLD, key(2), f"{key(2)} is taken: it is a paper; choose another key"),
        (
            OLD,
            "2x",
            "2x is not a citation key: letters, digits, -, and _, starting with a letter; like vaswani2017attention",
        ),
        (OLD, OLD.capitalize(), "differ only in case"),
        (OLD, "index", "the name index is reserved"),
        ("song", "flight", "the theme flight exists already; move the papers one by one"),
        ("song", "altitude", "altitude is a former path of flight/height"),
        ("song", "Calls", "Calls is not a theme"),
        ("song", "seasn/calls", 'unknown theme: seasn, to put Song under; did you mean "season"?'),
        ("flight", "flight/all", "flight/all is inside flight"),
        ("altitude", "x", "altitude is a former path of flight/height: rename that"),
        ("song", "song", "song already has that name"),
    ],
)
def test_what_cannot_be_done_says_why_and_changes_nothing(folder: Path, old: str, new: str, words: str) -> None:
    before = snapshot(folder)
    done = run(folder, "mv", old, new)
    assert done.returncode == 2
    assert words in done.stderr
    assert snapshot(folder) == before


def test_a_survey_that_would_be_wrong_afterwards_is_put_back(folder: Path) -> None:
    data = {**paper(4), "themes": ["song", "season"]}
    (folder / f"papers/{key(4)}.yaml").write_text(to_yaml(data), encoding="utf-8")
    before = snapshot(folder)
    done = run(folder, "mv", "season", "song/season")
    assert done.returncode == 1
    assert "song is listed along with its own subtheme" in done.stderr
    assert "Nothing was changed" in done.stderr
    assert snapshot(folder) == before
    assert not (folder / "docs/themes/song").exists()


def test_a_target_that_cannot_be_written_leaves_all_as_it_was(folder: Path) -> None:
    (folder / "docs/themes/travel/wings/wing.png").mkdir(parents=True)
    before = snapshot(folder)
    done = run(folder, "mv", "flight", "travel/wings")
    assert done.returncode == 2
    assert "Nothing was changed" in done.stderr
    assert "wings/wing.png: folder where a file belongs; move the folder away" in done.stderr
    assert snapshot(folder) == before


def test_a_name_that_a_paper_and_a_theme_have(folder: Path) -> None:
    (folder / f"papers/{key(5)}.yaml").rename(folder / "papers/song.yaml")
    assert "song is a paper and a theme: add --what paper or --what theme" in run(folder, "mv", "song", "x").stderr
    assert run(folder, "mv", "--what", "paper", "song", key(5)).returncode == 0
    assert (folder / f"papers/{key(5)}.yaml").is_file()
    check_all(folder)


def fill(folder: Path) -> None:
    """Let texts of all kinds name the first paper and the theme flight, in expressions and queries."""
    write_registry(folder)
    own = "It flies {{ result speed }}, that is {{ result " + OLD + " speed in=m/s }}, among {{ count theme=flight }}."
    other = {"results": [number("50", "x more", baseline=OLD, quote="50 times as fast")]}
    texts = {
        1: {"results": [number("40")], "summary": own, "tldr": "Flies {{ result " + OLD + " speed }}."},
        3: {**other, "tldr": "Of {{ count theme=season,flight/height -key=" + OLD + " }} birds."},
    }
    for n, fields in texts.items():
        (folder / f"papers/{key(n)}.yaml").write_text(to_yaml({**paper(n), **fields}), encoding="utf-8")
    range_ = "{{ range speed theme=flight,season baseline=" + OLD + " in=x }}"
    (folder / "docs/themes/season.md").write_text(
        f"---\ntitle: Season\ndefinition: When.\n---\nFast: {{{{ result {OLD}\n  speed }}}} [@{OLD}], {range_}.\n\n"
        f"```\n{{{{ result {OLD} speed }}}}\n```\n\n`{{{{ count theme=flight }}}}`\n",
        encoding="utf-8",
    )
    with (folder / "docs/introduction.md").open("a", encoding="utf-8") as introduction:
        introduction.write("\n<!-- survey:covers theme=flight/height,season -->\n")
    side = {"says": "so {{ result " + OLD + " speed }}", "papers": {OLD: "of {{ count theme=flight/height }}"}}
    why = "{{ count theme=flight key=" + OLD + " }} of it"
    question = {
        "question": "Fast?", "theme": "flight", "state": "open", "why": why, "sides": [side],
        "query": f"theme=flight baseline={OLD}",
    }  # fmt: skip
    comparison: dict[str, Any] = {
        "title": "Fast",
        "papers": [OLD],
        "columns": ["speed"],
        "note": "So {{ result " + OLD + " speed }}.",
    }
    for name, data in {"questions/fast": question, "comparisons/fast": comparison}.items():
        file = folder / f"docs/{name}.yaml"
        file.parent.mkdir()
        file.write_text(to_yaml(data), encoding="utf-8")
    assert run(folder, "fmt").returncode == 0


def test_expressions_and_queries_follow_without_the_former_names(folder: Path) -> None:
    fill(folder)
    check_all(folder)
    paper_moved, theme_moved = run(folder, "mv", OLD, NEW), run(folder, "mv", "flight", "travel/wings")
    assert (paper_moved.returncode, theme_moved.returncode) == (0, 0), paper_moved.stderr + theme_moved.stderr
    assert f"papers/{key(3)}.yaml: tldr, results" in paper_moved.stdout
    code = f"```\n{{{{ result {OLD} speed }}}}\n```\n\n`{{{{ count theme=flight }}}}`\n"
    season = (folder / "docs/themes/season.md").read_text(encoding="utf-8")
    assert code in season
    assert f"{{{{ result {NEW}\n  speed }}}} [@{NEW}], {{{{ range speed theme=travel/wings,season" in season
    introduction = (folder / "docs/introduction.md").read_text(encoding="utf-8")
    assert "<!-- survey:covers theme=travel/wings/height,season -->" in introduction
    assert f"docs/themes/season.md:9: {{{{ result {OLD} speed }}}}" in paper_moved.stdout
    assert "docs/themes/season.md:12: `{{ count theme=flight }}`" in theme_moved.stdout
    # Without the former names nothing is missed: no text and no number leans on them.
    for file in (folder / "docs/themes").rglob("*.md"):
        text = re.sub(r"^aliases:.*\n(?:  - .*\n)*", "", file.read_text(encoding="utf-8"), flags=re.MULTILINE)
        file.write_text(text, encoding="utf-8")
    own = folder / f"papers/{NEW}.yaml"
    own.write_text(own.read_text(encoding="utf-8").replace(f"aliases:\n  - {OLD}\n", ""), encoding="utf-8")
    assert [name for name, raw in snapshot(folder / "docs").items() if b"aliases" in raw] == []
    assert "aliases" not in own.read_text(encoding="utf-8")
    check_all(folder)


def test_expressions_there_and_back(folder: Path) -> None:
    fill(folder)
    before = snapshot(folder / "docs")
    for old, new in ((OLD, NEW), ("flight", "wings"), ("wings", "flight"), (NEW, OLD)):
        assert run(folder, "mv", old, new).returncode == 0
    after = snapshot(folder / "docs")
    assert {name for name, raw in after.items() if raw != before.get(name) and "themes/flight" not in name} == set()


def test_a_baseline_of_the_registry_is_no_paper(folder: Path) -> None:
    fill(folder)
    file = folder / "docs/registry.yaml"
    text = file.read_text(encoding="utf-8")
    file.write_text(
        text.replace("\nbaselines:\n", f"\nbaselines:\n  {OLD}: {{label: Old, kind: named}}\n"), encoding="utf-8"
    )
    assert run(folder, "mv", OLD, NEW).returncode == 0
    assert f"baseline={OLD} in=x" in (folder / "docs/themes/season.md").read_text(encoding="utf-8")
