"""A new survey: complete from the first minute, and its own tests find what they are there to find."""

import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from living_survey.editing.registry_file import NEW
from living_survey.loading.registry import read_registry
from living_survey.scaffold.delivered import delivered_files, is_generators, read_stamp
from living_survey.syntax.yaml_reader import read_mapping

from tests.commands import ROOT, snapshot
from tests.commands import run_survey as run


def make(folder: Path, target: str) -> subprocess.CompletedProcess[str]:
    """Run a target of a survey's Makefile with the programs of this environment, which the lock file describes too."""
    if not (folder / ".venv").exists():
        (folder / ".venv").symlink_to(Path(sys.executable).parent.parent)
    # What make would install is here: the environment counts as newer than the lock file.
    command = ["make", "-o", ".venv/.installed", target]
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("PYTEST", "MAKE"))}
    environment["PYTHONPATH"] = str(folder / "generator")
    return subprocess.run(
        command, cwd=folder, capture_output=True, text=True, timeout=600, check=False, env=environment
    )


@pytest.fixture(scope="module")
def new(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A new survey."""
    folder = tmp_path_factory.mktemp("starting")
    done = run(folder, "init", "new", "--title", "Birds: what we know")
    assert done.returncode == 0, done.stderr
    return folder / "new"


@pytest.fixture
def folder(new: Path, tmp_path: Path) -> Path:
    """A copy of it, to be changed."""
    return shutil.copytree(new, tmp_path / "new")


def test_a_new_survey_has_the_generator_and_all_that_stands_beside_it(folder: Path) -> None:
    ours, theirs = snapshot(ROOT / "generator"), snapshot(folder / "generator")
    assert ours == theirs
    for name in ("requirements.lock", "pyproject.toml", "LICENSE", "SECURITY.md", ".gitattributes", ".editorconfig"):
        assert (folder / name).read_bytes() == (ROOT / name).read_bytes()
    ours, theirs = snapshot(ROOT / ".github"), snapshot(folder / ".github")
    assert set(theirs) == set(ours)
    assert {name for name in ours if theirs[name] != ours[name]} == {
        "ISSUE_TEMPLATE/paper.yml", "ISSUE_TEMPLATE/theme.yml",
    }  # fmt: skip
    assert b"- first-theme" in theirs["ISSUE_TEMPLATE/paper.yml"]
    assert os.access(folder / ".ci/run", os.X_OK)
    assert sorted(file.name for file in (folder / "tests").iterdir()) == ["test_survey.py"]


def test_what_the_workflows_run_is_there(folder: Path) -> None:
    targets = set(re.findall(r"^([a-z]+):", (folder / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    for file in (folder / ".github/workflows").iterdir():
        text = file.read_text(encoding="utf-8")
        assert set(re.findall(r"run: make ([a-z]+)", text)) <= targets
        for program in re.findall(r"run: (\.ci/\S+)", text):
            assert (folder / program).is_file()
    assert {"help", "setup", "site", "serve", "check", "format", "test", "clean"} <= targets


def test_the_sample_says_what_this_survey_says_of_the_paper(folder: Path) -> None:
    name = "papers/wang2025enterprise.yaml"
    sample, ours = (read_mapping((place / name).read_bytes(), name).data for place in (folder, ROOT))
    assert (sample.pop("themes"), sample.pop("kind")) == (["first-theme"], "dataset")
    numbers = sample.pop("scale")
    assert [number in ours["scale"] for number in numbers] == [True, True]
    assert sample.items() <= ours.items()
    assert {"tldr", "title", "authors", "arxiv"} <= sample.keys()


def test_a_new_survey_warns_of_nothing_but_its_address_with_its_sample_and_without(folder: Path) -> None:
    shown = run(folder, "check").stdout
    assert [line.rpartition(" ")[2] for line in shown.splitlines() if "warning:" in line] == [
        "[site-address-placeholder]"
    ]
    assert (folder / "docs/.registry.schema.json").is_file()
    (folder / "papers/wang2025enterprise.yaml").unlink()
    assert run(folder, "check").stdout == shown.replace("1 papers", "0 papers")


def test_the_guide_of_a_new_survey_shows_numbers_and_names_that_hold(folder: Path) -> None:
    guide = (folder / "docs/contributing/add-a-paper.md").read_text(encoding="utf-8")
    (line,) = re.findall(r"^  - (\{metric: .*\})$", guide, re.MULTILINE)
    assert line in (folder / "papers/wang2025enterprise.yaml").read_text(encoding="utf-8")
    commands = re.findall(r"^\.venv/bin/survey (add name .*)$", guide.replace("\\\n", " "), re.MULTILINE)
    assert len(commands) == 2
    for command in commands:
        done = run(folder, *shlex.split(command))
        assert done.returncode == 0, done.stderr
    assert run(folder, "fmt", "--check").returncode == 0


def test_a_new_survey_starts_with_what_any_registry_starts_with(folder: Path) -> None:
    raws = (NEW.encode("utf-8"), (folder / "docs/registry.yaml").read_bytes())
    least, ours = (read_registry(raw, "docs/registry.yaml")[0] for raw in raws)
    assert least.families.items() <= ours.families.items()
    assert least.baselines.items() <= ours.baselines.items()
    assert {unit: least.dimensions[unit] for unit in least.dimensions}.items() <= ours.dimensions.items()


@pytest.mark.long
def test_make_check_site_and_test_pass_at_once(folder: Path) -> None:
    for target in ("check", "site", "test"):
        done = make(folder, target)
        assert done.returncode == 0, done.stdout + done.stderr
    assert "<title>Birds: what we know</title>" in (folder / "site/index.html").read_text(encoding="utf-8")
    page = (folder / "site/contributing/add-a-paper/index.html").read_text(encoding="utf-8")
    assert "<dt>method</dt>" in page
    assert "<code>first_public</code>" in page


def _broken_link(folder: Path) -> None:
    (folder / "docs/cite.md").write_text('# Cite\n\n<a href="../nowhere/">gone</a>\n', encoding="utf-8")


def _broken_anchor(folder: Path) -> None:
    (folder / "docs/submit.md").write_text('# Submit\n\n<a href="../papers/#gone">gone</a>\n', encoding="utf-8")


def _form(folder: Path) -> None:
    file = folder / "papers/wang2025enterprise.yaml"
    file.write_text(file.read_text(encoding="utf-8").replace("year: 2025", 'year: "2025"'), encoding="utf-8")


def _theme(folder: Path) -> None:
    (folder / "docs/themes/first-theme.md").rename(folder / "docs/themes/other.md")


def _clock(folder: Path) -> None:
    (folder / "clock.py").write_text(
        "import time\n\n\ndef on_page_content(html, **kwargs):\n    return html + str(time.time_ns())\n",
        encoding="utf-8",
    )
    file = folder / "mkdocs.yml"
    file.write_text(file.read_text(encoding="utf-8") + "\nhooks: [clock.py]\n", encoding="utf-8")


@pytest.mark.long
@pytest.mark.parametrize(
    "spoilt",
    [
        {
            _broken_link: "cite/index.html: ../nowhere/ leads nowhere",
            _broken_anchor: "submit/index.html: ../papers/#gone has no such anchor",
            _form: "papers/wang2025enterprise.yaml:1:1: error: not in canonical form",
            _clock: "test_two_builds_are_equal",
        },
        {_theme: "unknown theme: first-theme"},
    ],
    ids=["what does not stop a build", "what does"],
)
def test_make_test_finds(folder: Path, spoilt: dict[Callable[[Path], None], str]) -> None:
    for spoil in spoilt:
        spoil(folder)
    done = make(folder, "test")
    assert done.returncode != 0
    assert [words for words in spoilt.values() if words not in done.stdout] == []


def test_the_stamp_names_what_belongs_to_the_generator(folder: Path) -> None:
    version, digests = read_stamp((folder / ".survey-version").read_text(encoding="utf-8"))
    assert f'version = "{version}"' in (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    assert digests == {path: file.digest for path, file in delivered_files().items() if is_generators(path)}
    assert {
        "Makefile",
        "tests/test_survey.py",
        "generator/living_survey/cli/command.py",
        ".github/workflows/publish.yml",
    } <= digests.keys()
    theirs = ("papers/", "docs/", "mkdocs.yml", "README.md", "CITATION.cff", ".gitignore", ".github/ISSUE_TEMPLATE")
    assert [path for path in digests if path.startswith(theirs)] == []


def test_a_survey_starts_further_surveys(folder: Path) -> None:
    code = "from living_survey.cli import main; main()"
    done = subprocess.run(
        [sys.executable, "-c", code, "init", "../second", "--title", "Nests"],
        cwd=folder, env={**os.environ, "PYTHONPATH": str(folder / "generator")}, capture_output=True, text=True,
        check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    first, second = snapshot(folder), snapshot(folder.parent / "second")
    assert {name for name in first if first[name] != second.get(name)} == {
        "CITATION.cff", "README.md", "docs/index.md", "mkdocs.yml",
    }  # fmt: skip


def test_init_leaves_a_folder_with_something_in_it_alone(tmp_path: Path) -> None:
    (tmp_path / "full").mkdir()
    (tmp_path / "full/mine.txt").write_text("mine", encoding="utf-8")
    done = run(tmp_path, "init", "full", "--title", "T")
    assert done.returncode == 2
    assert "is not empty: name a new folder" in done.stderr
    assert [file.name for file in tmp_path.rglob("*")] == ["full", "mine.txt"]
