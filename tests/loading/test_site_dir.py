"""Which folders may be the site's: a build deletes from it whatever it did not make."""

import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from living_survey.loading.settings import load_settings
from living_survey.loading.site_dir import check_site_dir
from living_survey.loading.survey import inspect

from tests.commands import mkdocs, run_survey, snapshot
from tests.fabricate import write_survey
from tests.limits import with_mounts_of_its_own


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A survey of one paper, with a generator, tests, a theme's folder and a repository of its own."""
    config = {"theme": {"name": "material", "custom_dir": "overrides"}, "hooks": ["hooks/hook.py"]}
    folder = write_survey(tmp_path / "home/survey", 1, config=config).parent
    for name in ("generator/a.py", "tests/a.py", "overrides/main.html", "hooks/hook.py", ".git/HEAD"):
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).touch()
    (tmp_path / "home/.bashrc").touch()
    return folder


def refusal(folder: Path, site: str | Path) -> str:
    """Return why a folder cannot be the site's, or nothing."""
    settings = load_settings(folder / "mkdocs.yml", site_dir=str(folder / site))
    problem = check_site_dir(settings)
    return problem[0].message if problem else ""


@pytest.mark.parametrize(
    ("site", "words"),
    [
        (".", "site_dir: . is the survey's own folder, or contains it"),
        ("docs/..", "is the survey's own folder"),
        ("..", "contains it: a build would delete it"),
        ("../..", "contains it"),
        ("/", "contains it"),
        ("papers", "site_dir: papers is papers, or contains it"),
        ("papers/", "is papers, or contains it"),
        ("site/../papers", "is papers, or contains it"),
        ("papers/site", "site_dir: papers/site lies in papers"),
        ("docs", "is docs, or contains it"),
        ("docs/site", "lies in docs"),
        ("docs/themes", "lies in docs"),
        ("generator", "is generator, or contains it"),
        ("generator/living_survey/theme/new", "lies in generator"),
        ("tests/site", "lies in tests"),
        (".git", "is .git, or contains it"),
        (".git/site", "lies in .git"),
        ("../../.git/site", "is in a git folder"),
        ("overrides", "is overrides, or contains it"),
        ("hooks", "is hooks/hook.py, or contains it"),
        ("mkdocs.yml", "is a file"),
        # On the disks of some people these are the same.
        ("Papers", "is papers, or contains it"),
        ("DOCS/site", "lies in docs"),
        (".GIT/site", "lies in .git"),
    ],
)
def test_folders_that_a_survey_is_made_from_are_refused(folder: Path, site: str, words: str) -> None:
    assert words in refusal(folder, site)


def test_links_are_followed(folder: Path) -> None:
    (folder / "site").symlink_to("papers")
    assert "site_dir: site is papers" in refusal(folder, "site")
    assert "lies in papers" in refusal(folder, "site/deeper")
    (folder / "papers").rename(folder.parent / "elsewhere")
    (folder / "papers").symlink_to(folder.parent / "elsewhere")
    assert "is papers" in refusal(folder, "../elsewhere")
    assert refusal(folder, "new") == ""


@pytest.mark.long
def test_a_folder_under_another_name_is_known(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    (folder / "other").mkdir()
    script = 'mount --bind papers other && exec "$0" -B -c "from living_survey.cli import main; main()" check'
    command = [*with_mounts_of_its_own(tmp_path / "empty"), "sh", "-c", script, sys.executable]
    _name_it(folder, "other")
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=120, check=False)
    assert "site_dir: other is papers, or contains it" in done.stdout, done.stderr


def test_a_folder_with_something_in_it_must_have_been_made_by_a_build(folder: Path, tmp_path: Path) -> None:
    notes = tmp_path / "notes"
    notes.mkdir()
    assert refusal(folder, notes) == ""
    (notes / ".host").mkdir()  # of a first build that was killed
    assert refusal(folder, notes) == ""
    (notes / ".hidden").touch()
    assert "has files that no build made" in refusal(folder, notes)
    (notes / ".survey-site").symlink_to(".hidden")
    assert "has files that no build made" in refusal(folder, notes)
    (notes / ".survey-site").unlink()
    (notes / ".survey-site").touch()
    assert refusal(folder, notes) == ""
    # Once a site, always a site, but not if something of the survey's is put into it.
    shutil.move(folder / "overrides", notes / "overrides")
    text = (folder / "mkdocs.yml").read_text(encoding="utf-8")
    (folder / "mkdocs.yml").write_text(text.replace("overrides", str(notes / "overrides")), encoding="utf-8")
    assert "overrides, or contains it" in refusal(folder, notes)


def test_a_site_of_the_version_before_is_known(folder: Path) -> None:
    for name in ("schema/paper.json", "index.html"):
        (folder / "site" / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / "site" / name).touch()
    assert "has files that no build made" in refusal(folder, "site")
    (folder / "site/bib").mkdir()
    (folder / "site/bib/survey.bib").touch()
    assert refusal(folder, "site") == ""


def _name_it(folder: Path, site: str) -> list[str]:
    file = folder / "mkdocs.yml"
    file.write_text(f"# Where?\nsite_dir: {site}\n{file.read_text(encoding='utf-8')}", encoding="utf-8")
    return []


def _say_it(_: Path, site: str) -> list[str]:
    return ["-d", site]


@pytest.mark.parametrize("site", ["papers", "..", "notes"])
@pytest.mark.parametrize("how", [_name_it, _say_it])
def test_check_and_build_refuse_before_they_touch_anything(
    folder: Path, how: Callable[[Path, str], list[str]], site: str
) -> None:
    (folder / "notes").mkdir()
    (folder / "notes/mine.txt").touch()
    options = how(folder, site)
    before = snapshot(folder.parent)
    done = mkdocs(folder / "mkdocs.yml", *options)
    assert done.returncode == 1
    said = done.stdout + done.stderr
    assert f"error: site_dir: {site} " in said or "should not be within the 'site_dir'" in said
    assert "Traceback" not in said
    if not options:
        checked = run_survey(folder, "check")
        assert checked.returncode == 1
        assert checked.stdout.startswith(f"mkdocs.yml:2:1: error: site_dir: {site}")
    assert snapshot(folder.parent) == before


def test_a_site_can_be_built_twice_and_again_without_its_mark(folder: Path) -> None:
    config = folder / "mkdocs.yml"
    (folder / "hooks/hook.py").write_text('"""Nothing."""\n', encoding="utf-8")
    (folder / "overrides/main.html").write_text('{% extends "base.html" %}\n', encoding="utf-8")
    for _ in range(2):
        done = mkdocs(config, "-d", str(folder / "../there"))
        assert done.returncode == 0, done.stderr
        assert (folder / "../there/.survey-site").is_file()
        (folder / "../there/.survey-site").unlink()


CLASHES = [
    (("foo", "foo.md"), "docs/foo"), (("foo.md", "foo/index.md"), "docs/foo.md"), (("Foo.md", "foo.md"), "docs/foo.md"),
    (("a.md", "a/index.html"), "docs/a.md"), (("index.html",), "docs/index.md"),
    (("A/x.txt", "a/X.txt"), "docs/a/X.txt"),
    *(((name,), f"docs/{name}") for name in (
        "sitemap.xml", "sitemap-index.xml", "sitemap-papers-7.xml", "search/search_index.json", "survey-slot-a.md",
        "x/x/survey-slot-b.md", "assets/survey/survey.css", "assets", "api", "bib", "venues", "Papers/x.md",
        "API/x.json",
    )),
]  # fmt: skip


@pytest.mark.parametrize(("names", "place"), CLASHES)
def test_files_that_come_to_one_address_are_found_by_the_checks(
    tmp_path: Path, names: tuple[str, ...], place: str
) -> None:
    config = write_survey(tmp_path / "survey", 2)
    for name in names:
        file = config.parent / "docs" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("# x\n", encoding="utf-8")
    problems = [one for one in inspect(load_settings(config)).problems if one.severity == "error"]
    assert [(one.path, one.code in ("address-twice", "address-of-the-site")) for one in problems] == [(place, True)]
    assert problems[0].hint.startswith("rename")


@pytest.mark.parametrize(
    "names", [("robots.txt",), ("404.md",), ("a/index.md", "a/README.md"), ("x/index.html",), ("assets/a.css",)]
)
def test_files_of_a_surveys_own_that_share_no_address_stay(tmp_path: Path, names: tuple[str, ...]) -> None:
    config = write_survey(tmp_path / "survey", 2)
    for name in names:
        file = config.parent / "docs" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("# x\n", encoding="utf-8")
    assert not [one for one in inspect(load_settings(config)).problems if one.severity == "error"]
