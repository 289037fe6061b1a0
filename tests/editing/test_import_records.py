"""Imports as their users see them: what is written, what is said, and that nothing is lost without a word."""

from collections import Counter
from pathlib import Path

import pytest

from tests.commands import mkdocs, snapshot
from tests.commands import run_survey as run
from tests.fabricate import key, paper, to_yaml, write_survey

BIB = """@article{w1, author={Wren, Ada}, title={Herons by GPS}, journal={Ibis}, year=2020, doi={10.5555/h}}
@misc{w2, author={Wren, Ada}, title={Herons by GPS}, year=2020, doi={10.5555/H}, abstract={Long.}, month=may}
@misc{other, author={Finch, Bo}, title={Something else entirely}, year=2021, doi={10.5555/h}}
@misc{w3, title={Nobody's}, year=2021}
@article{w4, author={Wren, Ada}, title={Nests}, journal={Ibis}, year=2020, mood={sunny}}
"""


def fates(output: str) -> list[tuple[str, str]]:
    """Return (fate, key in the source) of the records of a report."""
    rows = [line.split("\t") for line in output.splitlines()[1:]]
    return [(row[0], row[2]) for row in rows if row[0] != "note"]


@pytest.fixture
def birds_survey(tmp_path: Path) -> Path:
    """A survey of three papers whose themes are not required."""
    return write_survey(tmp_path / "survey", 3, settings={"require": ["kind"]}).parent


def test_every_record_is_imported_merged_skipped_or_refused(birds_survey: Path) -> None:
    (birds_survey / "refs.bib").write_text(BIB, encoding="utf-8")
    done = run(
        birds_survey, "import", "refs.bib", "--report", "report.tsv", "--added", "2026-01-02", "--kind", "review"
    )
    assert done.returncode == 0, done.stderr
    assert fates((birds_survey / "report.tsv").read_text(encoding="utf-8")) == [
        ("imported", "w1"), ("merged", "w2"), ("imported", "other"), ("refused", "w3"), ("imported", "w4"),
    ]  # fmt: skip
    assert "same DOI 10.5555/h; added published; added abstract" in done.stdout
    assert "DOI 10.5555/h left out: another record has it, with another title, w1" in done.stdout
    assert "no author, editor or organization" in done.stdout
    assert "kept under extra: mood" in done.stdout
    assert done.stderr.strip() == "5 records: 3 imported, 1 merged, 1 refused"
    text = (birds_survey / "papers/wren2020herons.yaml").read_text(encoding="utf-8")
    assert text == (
        "title: Herons by GPS\nauthors:\n  - {family: Wren, given: Ada}\nyear: 2020\npublished: 2020-05\n"
        "type: article\n"
        "venue:\n  name: Ibis\ndoi: 10.5555/h\nkind: review\nabstract: Long.\nsource_keys:\n  - w1\n  - w2\n"
        "added: 2026-01-02\nprovenance:\n  source: refs\n  position: 1\n"
    )
    assert run(birds_survey, "fmt", "--check", "papers/wren2020herons.yaml").returncode == 0
    assert run(birds_survey, "check").returncode == 0


def test_a_second_import_changes_nothing(birds_survey: Path) -> None:
    (birds_survey / "refs.bib").write_text(BIB, encoding="utf-8")
    run(birds_survey, "import", "refs.bib", "--kind", "review")
    before = snapshot(birds_survey / "papers")
    done = run(birds_survey, "import", "refs.bib", "--kind", "review")
    assert Counter(line.split()[0] for line in done.stdout.splitlines()) == {"skipped": 4, "refused": 1}
    assert snapshot(birds_survey / "papers") == before


def test_a_dry_run_writes_nothing(birds_survey: Path) -> None:
    before = snapshot(birds_survey)
    (birds_survey / "refs.bib").write_text(BIB, encoding="utf-8")
    done = run(birds_survey, "import", "refs.bib", "--dry-run")
    assert "dry run: nothing written" in done.stderr
    (birds_survey / "refs.bib").unlink()
    assert snapshot(birds_survey) == before


def test_keys_are_kept_when_asked_for(birds_survey: Path) -> None:
    (birds_survey / "refs.bib").write_text(BIB, encoding="utf-8")
    run(birds_survey, "import", "refs.bib", "--keep-keys")
    assert (birds_survey / "papers/w1.yaml").is_file()
    assert "source_keys" not in (birds_survey / "papers/w4.yaml").read_text(encoding="utf-8")


def test_a_paper_that_is_here_is_skipped_whatever_the_file_calls_it(birds_survey: Path) -> None:
    text = "@misc{x, author={A, B}, title={Warbler}, year=1999, doi={https://doi.org/10.5555/BIRDS.1}}"
    (birds_survey / "a.bib").write_text(text.replace("Warbler", str(paper(1)["title"]).replace("&", r"\&")), "utf-8")
    done = run(birds_survey, "import", "a.bib")
    assert "already in the survey, same DOI 10.5555/birds.1" in done.stdout
    assert done.returncode == 0


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--theme", "flihgt", "x.bib"], 'unknown theme: flihgt; did you mean "flight"?'),
        (["--kind", "observtion", "x.bib"], 'unknown kind: observtion; did you mean "observation"?'),
    ],
)
def test_wishes_that_cannot_be_met(birds_survey: Path, arguments: list[str], words: str) -> None:
    done = run(birds_survey, "import", *arguments)
    assert done.returncode == 2
    assert words in done.stderr


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("x.unknown", "%T A", "no reader for .unknown; export it as .bib"),
        ("none.bib", None, "cannot be read: No such file or directory"),
        ("x.json", "[", "invalid JSON: the list is not closed"),
        ("x.ris", "hello", "no record: no line starts with TY"),
        ("x.md", "# A\n", "no front matter"),
        ("x.cff", "title: a: b", "line 1: colon and space inside an unquoted value"),
        ("empty.bib", "", "no record in this file"),
    ],
)
def test_files_that_give_nothing(birds_survey: Path, name: str, content: str | None, words: str) -> None:
    if content is not None:
        (birds_survey / name).write_text(content, encoding="utf-8")
    done = run(birds_survey, "import", name)
    assert words in done.stdout
    assert done.returncode == 1
    assert "Traceback" not in done.stderr


def test_what_a_strict_survey_still_wants_is_said(tmp_path: Path) -> None:
    folder = write_survey(tmp_path / "survey", 1).parent
    (folder / "refs.bib").write_text(BIB, encoding="utf-8")
    done = run(folder, "import", "refs.bib")
    assert "6 fields that this survey requires are missing: survey check lists them" in done.stderr
    assert run(folder, "check").returncode == 1


def test_a_strangers_bibliography_becomes_a_site(tmp_path: Path) -> None:
    folder = tmp_path / "new"
    done = run(tmp_path, "init", str(folder), "--title", "Birds: what we know")
    assert done.returncode == 0, done.stderr
    (folder / "refs.bib").write_text(BIB, encoding="utf-8")
    assert run(folder, "import", "refs.bib").returncode == 0
    built = mkdocs(folder / "mkdocs.yml", "--strict")
    assert built.returncode == 0, built.stderr
    assert "<title>Birds: what we know</title>" in (folder / "site/index.html").read_text(encoding="utf-8")
    assert "Herons by" in (folder / "site/themes/unfiled/index.html").read_text(encoding="utf-8")
    assert (folder / "site/bib/survey.bib").read_text(encoding="utf-8").count("@") == 4  # with the sample
    checked = run(folder, "check")
    assert checked.returncode == 0
    assert checked.stdout.count("the paper has no theme") == 3


def test_many_unfiled_papers_are_one_warning(tmp_path: Path) -> None:
    folder = write_survey(tmp_path / "survey", 0, settings={"require": []}).parent
    for n in range(1, 13):
        data = {name: value for name, value in paper(n).items() if name != "themes"}
        (folder / f"papers/{key(n)}.yaml").write_text(to_yaml(data), encoding="utf-8")
    done = run(folder, "check")
    assert done.stdout.count("no theme") == 1
    assert "papers: warning: 12 papers have no theme" in done.stdout
