"""Upgrades: the generator's files are replaced, everything of the people's survives."""

import hashlib
import os
import shutil
import subprocess
from pathlib import Path

import pytest
from living_survey.scaffold.delivered import delivered_files
from living_survey.scaffold.moved import MOVED, new_places

from tests.commands import ROOT, snapshot
from tests.commands import run_survey as run
from tests.scaffold.test_init import make

PAPER = "papers/wren2020herons.yaml"


def git(folder: Path, *arguments: str) -> str:
    """Run git in a survey."""
    who = ["-c", "user.name=Ada", "-c", "user.email=ada@example.org"]
    done = subprocess.run(["git", *who, *arguments], cwd=folder, capture_output=True, text=True, check=True)
    return done.stdout


def deliver(folder: Path, path: str, text: str | None) -> None:
    """Make a survey look as if its generator's version had delivered another text, or no such file, or one more."""
    file, stamp = folder / path, folder / ".survey-version"
    lines = [line for line in stamp.read_text(encoding="utf-8").splitlines() if not line.endswith(f"  {path}")]
    if text is None:
        file.unlink()
    else:
        file.write_text(text, encoding="utf-8")
        lines.append(f"{hashlib.sha256(text.encode()).hexdigest()}  {path}")
    stamp.write_text("\n".join(lines) + "\n", encoding="utf-8")


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A survey, in git, with papers and pages of its own, on a generator of version 0.0.9."""
    folder = tmp_path_factory.mktemp("upgrading") / "ours"
    assert run(folder.parent, "init", "ours", "--title", "Birds").returncode == 0
    stamp = folder / ".survey-version"
    text = stamp.read_text(encoding="utf-8")
    stamp.write_text(text.replace("\nversion 0.1.0\n", "\nversion 0.0.9\n"), encoding="utf-8")
    deliver(folder, "Makefile", "site:\n\techo an old one\n")
    deliver(folder, "generator/living_survey/checks/papers.py", '"""An old one."""\n')
    deliver(folder, "generator/living_survey/gone.py", '"""A module that the newer generator lacks."""\n')
    deliver(folder, "generator/living_survey/scaffold/upgrade.py", None)
    deliver(folder, ".ci/run", None)
    deliver(folder, ".github/workflows/publish.yml", "name: Old\n")
    (folder / ".github/workflows/publish.yml").write_text("name: Ours\n", encoding="utf-8")
    (folder / "LICENSE").write_text("Ours\n", encoding="utf-8")
    (folder / ".github/workflows/test.yml").unlink()
    (folder / "generator/living_survey/own.py").write_text('"""Our own."""\n', encoding="utf-8")
    sample = (folder / "papers/wang2025enterprise.yaml").read_text(encoding="utf-8")
    (folder / PAPER).write_text(sample.replace("2506.20274", "2506.20275"), encoding="utf-8")
    (folder / "papers/wang2025enterprise.yaml").unlink()
    (folder / "docs/cite.md").write_text("# Our page\n", encoding="utf-8")
    (folder / "README.md").write_text("# Ours\n", encoding="utf-8")
    git(folder, "init", "-q")
    git(folder, "add", "-A")
    git(folder, "commit", "-qm", "Start")
    return folder


@pytest.fixture
def older(prepared: Path, tmp_path: Path) -> Path:
    """A copy of it, to be upgraded."""
    return shutil.copytree(prepared, tmp_path / "ours")


def test_the_generator_is_replaced_and_everything_else_survives(older: Path) -> None:
    before = snapshot(older)
    done = run(older.parent, "upgrade", "ours")
    assert done.returncode == 0, done.stderr
    assert sorted(done.stdout.splitlines()) == [
        "added     .ci/run",
        "added     generator/living_survey/scaffold/upgrade.py",
        "deleted   generator/living_survey/gone.py: no longer part of the generator",
        "left out  .github/workflows/test.yml: you deleted it (--force brings it back)",
        "replaced  Makefile",
        "replaced  generator/living_survey/checks/papers.py",
        "yours     .github/workflows/publish.yml: you changed it; the new one is .github/workflows/publish.yml.new",
        "yours     LICENSE: you changed it; the generator did not",
    ]
    assert done.stderr.startswith("0.0.9 → 0.1.0; next: cd ours && make format check test\n")
    after = snapshot(older)
    touched = {name for name in before.keys() | after.keys() if before.get(name) != after.get(name)}
    assert {name for name in touched if not name.startswith(".git/")} == {
        ".ci/run", ".survey-version", "Makefile", "generator/living_survey/checks/papers.py",
        "generator/living_survey/gone.py", "generator/living_survey/scaffold/upgrade.py",
        ".github/workflows/publish.yml.new",
    }  # fmt: skip
    assert after[".github/workflows/publish.yml"] == b"name: Ours\n"
    for name in (".github/workflows/publish.yml", "generator/living_survey/checks/papers.py"):
        new = f"{name}.new" if name.endswith(".yml") else name
        assert after[new] == (ROOT / name).read_bytes()
    assert os.access(older / ".ci/run", os.X_OK)


def test_a_generator_from_before_it_was_a_package_goes(older: Path) -> None:
    """Its modules lay in ``generator/`` itself; one that somebody changed is named with the place of its code."""
    package = older / "generator/living_survey"
    for file in [file for file in package.rglob("*") if file.is_file() and "__pycache__" not in file.parts]:
        deliver(older, file.relative_to(older).as_posix(), None)
    shutil.rmtree(package)
    old = [
        "__init__.py",
        "checks.py",
        "model.py",
        "values.py",
        "cli/exchange.py",
        "templates/paper.html",
        "theme/assets/survey/survey.css",
    ]
    for name in old:
        (older / "generator" / name).parent.mkdir(parents=True, exist_ok=True)
        deliver(older, f"generator/{name}", f"{name}, as it was\n")
    for name in ("values.py", "templates/paper.html", "theme/assets/survey/survey.css"):
        (older / "generator" / name).write_text("changed by hand\n", encoding="utf-8")
    git(older, "add", "-A")
    git(older, "commit", "-qm", "Change three")
    done = run(older, "upgrade")
    assert done.returncode == 0, done.stderr
    left = [file.relative_to(older / "generator").as_posix() for file in (older / "generator").rglob("*")]
    assert {name for name in old if name in left} == {
        "values.py",
        "templates/paper.html",
        "theme/assets/survey/survey.css",
    }
    said = "you changed it; its code has moved, and nothing uses this file: make your change in"
    now = "generator/living_survey"
    for name, places in {
        "values.py": f"{now}/model/values.py or {now}/model/identifiers.py",
        "templates/paper.html": f"{now}/pages/templates/paper.html",
        "theme/assets/survey/survey.css": f"{now}/theme/assets/survey/survey.css",
    }.items():
        assert f"yours     generator/{name}: {said} {places}, then delete this file" in done.stdout.splitlines()
    assert (package / "model/paper.py").read_bytes() == (ROOT / "generator/living_survey/model/paper.py").read_bytes()
    (older / ".github/workflows/publish.yml.new").unlink()
    built = make(older, "site")
    assert built.returncode == 0, built.stdout + built.stderr


def test_every_new_place_is_a_file_of_the_generator() -> None:
    delivered = delivered_files()
    for old, now in MOVED.items():
        places = new_places(f"generator/{old}", delivered)
        assert [place.removeprefix("generator/living_survey/") for place in places] == now.split()


@pytest.mark.long
def test_an_upgraded_survey_passes_its_own_checks_and_tests(older: Path) -> None:
    assert run(older, "upgrade").returncode == 0
    (older / ".github/workflows/publish.yml.new").replace(older / ".github/workflows/publish.yml")
    for target in ("check", "test"):
        passed = make(older, target)
        assert passed.returncode == 0, passed.stdout + passed.stderr


def test_a_second_upgrade_changes_nothing(older: Path) -> None:
    assert run(older, "upgrade").returncode == 0
    git(older, "add", "-A")
    git(older, "commit", "-qm", "Upgrade")
    done = run(older, "upgrade")
    assert done.returncode == 0
    assert git(older, "status", "--porcelain") == ""
    assert "yours     LICENSE" in done.stdout
    assert ".new" not in done.stdout


def test_force_replaces_what_was_changed_and_papers_survive_it(older: Path) -> None:
    before = snapshot(older)
    done = run(older, "upgrade", "--force")
    assert done.returncode == 0, done.stderr
    after = snapshot(older)
    for name in ("LICENSE", ".github/workflows/publish.yml", ".github/workflows/test.yml"):
        assert after[name] == (ROOT / name).read_bytes()
    theirs = [name for name in before if name.startswith(("papers/", "docs/", "mkdocs", "README", "CITATION"))]
    assert len(theirs) > 6
    assert [name for name in theirs if after.get(name) != before[name]] == []
    assert (older / "generator/living_survey/own.py").is_file()


def test_dry_run_says_the_same_and_writes_nothing(older: Path) -> None:
    before = snapshot(older)
    dry = run(older, "upgrade", "--dry-run")
    assert {name for name, raw in snapshot(older).items() if raw != before.get(name)} <= {".git/index"}
    assert run(older, "upgrade").stdout == dry.stdout


def test_uncommitted_changes_are_refused(older: Path) -> None:
    (older / PAPER).write_text("title: half\n", encoding="utf-8")
    (older / "notes.txt").write_text("mine", encoding="utf-8")
    done = run(older.parent, "upgrade", "ours")
    assert done.returncode == 2
    assert f"uncommitted changes: {PAPER}, notes.txt; commit them (git add -A && git commit)" in done.stderr
    assert (older / "Makefile").read_text(encoding="utf-8").endswith("an old one\n")


def test_a_newer_survey_is_refused(older: Path) -> None:
    stamp = older / ".survey-version"
    stamp.write_text(stamp.read_text(encoding="utf-8").replace("version 0.0.9", "version 0.10.0"), encoding="utf-8")
    done = run(older, "upgrade", "--force")
    assert done.returncode == 2
    assert "has the generator's version 0.10.0, newer than this one, 0.1.0" in done.stderr


@pytest.mark.parametrize(
    ("folder", "words"),
    [("empty", "is not a survey: cannot be read"), (str(ROOT), "contains the generator that is running")],
)
def test_what_cannot_be_upgraded(tmp_path: Path, folder: str, words: str) -> None:
    (tmp_path / "empty").mkdir()
    done = run(tmp_path, "upgrade", folder)
    assert done.returncode == 2
    assert words in " ".join(done.stderr.split())


def test_a_survey_without_a_stamp_needs_force(older: Path) -> None:
    shutil.rmtree(older / ".git")
    (older / ".survey-version").unlink()
    done = run(older, "upgrade")
    assert done.returncode == 2
    assert "has no .survey-version" in done.stderr
    assert run(older, "upgrade", "--force").returncode == 0
    assert (older / "Makefile").read_bytes() == (
        ROOT / "generator/living_survey/scaffold/starter/Makefile"
    ).read_bytes()


def test_a_stamp_cannot_lead_out_of_the_survey(older: Path) -> None:
    outside = older.parent / "outside.txt"
    outside.write_text("mine", encoding="utf-8")
    digest = hashlib.sha256(b"mine").hexdigest()
    with (older / ".survey-version").open("a", encoding="utf-8") as stamp:
        stamp.write(f"{digest}  ../outside.txt\n")
    git(older, "commit", "-qam", "Stamp")
    done = run(older, "upgrade")
    assert done.returncode == 2
    assert "../outside.txt lies outside of" in done.stderr
    assert outside.is_file()


def test_what_cannot_be_written_leaves_everything_as_it_was(older: Path) -> None:
    (older / "generator/living_survey/scaffold/upgrade.py").mkdir()
    before = snapshot(older)
    done = run(older, "upgrade")
    assert done.returncode == 2
    assert "Nothing was changed" in done.stderr
    assert (
        "generator/living_survey/scaffold/upgrade.py: folder where a file belongs; move the folder away" in done.stderr
    )
    assert {name for name, raw in snapshot(older).items() if raw != before.get(name)} <= {".git/index"}


def test_a_link_in_the_place_of_a_file_is_not_written_through(older: Path) -> None:
    outside = older.parent / "outside"
    outside.write_text("mine", encoding="utf-8")
    for name in ("Makefile", "generator/living_survey/scaffold/upgrade.py"):
        (older / name).unlink(missing_ok=True)
        (older / name).symlink_to(older / "docs/cite.md")
    (older / ".github/workflows/.publish.yml.new.survey-new").symlink_to(outside)
    git(older, "add", "-A")
    git(older, "commit", "-qm", "Links")
    before = snapshot(older)
    done = run(older, "upgrade", "--force")
    assert done.returncode == 2
    assert "symbolic link where a file belongs; replace it with the file or folder itself" in done.stderr
    assert {name for name, raw in snapshot(older).items() if raw != before.get(name)} <= {".git/index"}
    assert outside.read_text(encoding="utf-8") == "mine"


def test_numbers_of_older_versions_get_the_form_of_this_one(older: Path) -> None:
    file = older / PAPER
    text = file.read_text(encoding="utf-8")
    start = text.index("results:") if "results:" in text else text.index("added:")
    end = text.index("added:")
    item = "results:\n  - {metric: Sleep reduction, value: up to 3×, direction: higher, evidence: abstract}\n"
    file.write_text(text[:start] + item + text[end:], encoding="utf-8")
    git(older, "commit", "-qam", "A number")
    before = snapshot(older)
    done = run(older.parent, "upgrade", "ours", "--dry-run")
    assert f"to migrate  {PAPER}: 1 number\n" in done.stdout
    assert snapshot(older) == before
    done = run(older.parent, "upgrade", "ours")
    assert done.returncode == 0, done.stderr
    assert f"migrated  {PAPER}: 1 number\nmigrated  docs/registry.yaml: metrics.sleep\n" in done.stdout
    assert f"{PAPER}:" in done.stderr
    assert "a change without a baseline: unstated" in done.stderr
    new = "  - {metric: sleep, bound: up to, value: 3, unit: x less, baseline: unstated}\n"
    assert new in file.read_text(encoding="utf-8")
    assert "  sleep:\n" in (older / "docs/registry.yaml").read_text(encoding="utf-8").replace("sleep: {", "sleep:\n{")
