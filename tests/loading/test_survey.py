"""One way in for findings: the check, the report on a proposal and the build say the same, and all of it at once."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from living_survey.loading.settings import load_settings
from living_survey.loading.survey import inspect
from living_survey.proposals.answering import load_state

from tests.commands import mkdocs, run_survey
from tests.fabricate import key, write_survey

CITATION = "cff-version: 1.2.0\ntitle: Birds\nauthors:\n  - name: Bird Board\n"


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A survey with one of everything that can be read."""
    folder = write_survey(tmp_path_factory.mktemp("inspect") / "survey", 4).parent
    (folder / "CITATION.cff").write_text(CITATION, encoding="utf-8")
    (folder / "docs/path.md").write_text(
        f"---\npath:\n  - {{paper: {key(1)}, why: Start here.}}\n---\n\n# Path\n\n<!-- survey:path -->\n",
        encoding="utf-8",
    )
    return folder


@pytest.fixture
def folder(prepared: Path, tmp_path: Path) -> Path:
    """A copy of it, to be spoiled."""
    return shutil.copytree(prepared, tmp_path / "survey")


def _write(name: str, text: str) -> Callable[[Path], None]:
    def spoil(folder: Path) -> None:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")

    return spoil


def _append(name: str, text: str) -> Callable[[Path], None]:
    return lambda folder: _write(name, (folder / name).read_text(encoding="utf-8") + text)(folder)


ERRORS: dict[str, Callable[[Path], None]] = {
    "citation-file-incomplete": _write("CITATION.cff", "title: Birds\n"),
    "block-unknown": _append("docs/index.md", "\n<!-- survey:themse -->\n"),
    "address-taken": _write("docs/papers/mine.md", "# Mine\n"),
    "citation-unknown": _append("docs/index.md", "\nAs [@nobody1999x] says.\n"),
    "path-invalid": _write("docs/path.md", "---\npth: []\n---\n\n# Path\n\n<!-- survey:path -->\n"),
    "yaml-bracket-open": _write("docs/path.md", "---\npath: [{paper: x\n---\n\n# Path\n"),
    "front-matter-open": _write("docs/path.md", "---\npath:\n  - {paper: x, why: y}\n\n# Path\n"),
    "screening-record-incomplete": _write("docs/screening.yaml", "reasons: {off: x}\nrecords: [{title: On bats}]\n"),
    "field-missing": _write("papers/wren2020x.yaml", "title: x\n"),
    "site-folder": _append("mkdocs.yml", "\nsite_dir: papers\n"),
}


@pytest.mark.parametrize("code", ERRORS)
def test_check_report_and_build_say_the_same(folder: Path, code: str) -> None:
    ERRORS[code](folder)
    found = inspect(load_settings(folder / "mkdocs.yml"))
    assert found.survey is None
    assert code in {problem.code for problem in found.problems}
    assert all(problem.line or (folder / problem.path).is_dir() for problem in found.problems)
    [lines] = [[line for line in text.splitlines() if f"[{code}]" in line][:1] for text in [
        run_survey(folder, "check", "--format", "text").stdout
    ]]  # fmt: skip
    assert lines
    assert lines[0] in mkdocs(folder / "mkdocs.yml").stderr
    survey, problems = load_state(folder / "mkdocs.yml")
    assert survey is None
    assert problems == found.problems


def test_a_file_out_of_canonical_form_is_a_warning_for_all(folder: Path) -> None:
    file = folder / f"papers/{key(1)}.yaml"
    file.write_text(f"# By hand.\n{file.read_text(encoding='utf-8')}".replace("year: ", "year:   "), encoding="utf-8")
    survey, problems = load_state(folder / "mkdocs.yml")
    assert survey
    assert [(one.code, one.severity, one.line) for one in problems] == [("file-not-canonical", "warning", 1)]
    done = run_survey(folder, "check", "--format", "text")
    assert (done.returncode, done.stdout.count("[file-not-canonical]")) == (0, 1)
    assert mkdocs(folder / "mkdocs.yml", "--strict").returncode == 0


def test_a_page_of_the_name_of_works_outside_is_taken_only_where_papers_name_such_works(folder: Path) -> None:
    _write("docs/outside.md", "# Outdoors\n")(folder)
    settings = load_settings(folder / "mkdocs.yml")
    assert inspect(settings).survey
    _append(f"papers/{key(1)}.yaml", "relations: [{type: uses, external: {title: Atlas}}]\n")(folder)
    [problem] = [one for one in inspect(settings).problems if one.severity == "error"]
    assert (problem.code, problem.path) == ("address-taken", "docs/outside.md")
    assert "docs/outside/index.md" in problem.hint


def test_one_wrong_paper_hides_nothing_else(folder: Path) -> None:
    (folder / "papers/wren2020x.yaml").write_text("title: x\naliases: [old2019x]\n", encoding="utf-8")
    (folder / "papers/finch2020y.yaml").write_text("title: [a, b\nyear: 2020\n# was gull2018z\n", encoding="utf-8")
    _append("docs/index.md", "\nAs [@nobody1999x; @wren2020x; @old2019x; @finch2020y; @gull2018z] say.\n")(folder)
    ERRORS["path-invalid"](folder)
    ERRORS["screening-record-incomplete"](folder)
    problems = inspect(load_settings(folder / "mkdocs.yml")).problems
    assert sorted({problem.code for problem in problems}) == [
        "citation-unknown", "field-missing", "path-invalid", "screening-record-incomplete", "yaml-bracket-open",
    ]  # fmt: skip
    assert [problem.message for problem in problems if problem.code == "citation-unknown"] == [
        "unknown paper: nobody1999x"
    ]


def test_the_settings_file_is_named_as_it_is(folder: Path) -> None:
    (folder / "mkdocs.yml").rename(folder / "survey.yml")
    for old, new in (("site_url: https://birds.example.org/survey/", "site_url: https://OWNER.github.io/REPO/"),):
        text = (folder / "survey.yml").read_text(encoding="utf-8")
        assert old in text
        (folder / "survey.yml").write_text(f"{text.replace(old, new)}\nsite_dir: papers\n", encoding="utf-8")
    problems = inspect(load_settings(folder / "survey.yml")).problems
    assert {problem.path for problem in problems} == {"survey.yml"}
    assert {problem.code for problem in problems} == {"site-folder", "site-address-placeholder"}
