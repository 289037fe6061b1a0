"""What somebody keeps for themselves in a reference manager: left out, counted, and published nowhere."""

import json
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml
from living_survey.editing.convert import ImportOptions
from living_survey.editing.import_records import build_import
from living_survey.formats.bibtex.reader import read_bibtex
from living_survey.formats.csl.reader import read_csl
from living_survey.formats.front_matter import read_markdown
from living_survey.formats.record import Reading
from living_survey.formats.ris.reader import read_nbib, read_ris
from living_survey.loading.settings import load_settings
from living_survey.loading.survey import load_survey
from living_survey.model.private import NAMES, PUBLIC, is_private, public_part
from living_survey.proposals.issues import propose_correction
from living_survey.syntax.yaml_reader import read_mapping

from tests.commands import ROOT, build, snapshot
from tests.commands import run_survey as run
from tests.conftest import Make
from tests.fabricate import key, paper, to_yaml, write_survey

HUSH = "Hush42"
BIB = f"""@article{{w1, author={{Wren, Ada}}, title={{Herons by GPS}}, journal={{Ibis}}, year=2020, doi={{10.5555/h}},
  note={{Withdrawn}}, comment={{{HUSH}: weak\\_statistics.

Ask Bo.}}, annote={{{HUSH}}}, review={{{HUSH}}}, groups={{{HUSH} to read}}, owner={{{HUSH}}},
  file={{:/home/{HUSH}/wren.pdf:PDF}}, comment-ada={{{HUSH}}}, mendeley-tags={{{HUSH}}},
  __markedentry={{[{HUSH}]}},  bdsk-file-1={{{HUSH}}}, timestamp={{2020-01-01}},
  ranking={{rank5}}, readstatus={{{HUSH}}}, my-notes={{{HUSH}}},
  howpublished={{file:///C:/{HUSH}.pdf}}, url={{file:///home/{HUSH}.pdf}}, mood={{sunny}}}}
@misc{{w2, author={{Wren, Ada}}, title={{Herons by GPS}}, year=2020, doi={{10.5555/H}}, comment={{{HUSH} again}}}}
@inproceedings{{part, author={{Finch, Bo}}, title={{A chapter}}, crossref={{whole}}}}
@proceedings{{whole, editor={{Lark, L.}}, title={{The whole}}, year=2019,
  publisher={{P}}, comment={{{HUSH} of the whole}}}}
"""
RIS = f"""TY  - JOUR
AU  - Wren, Ada
TI  - Herons
JO  - Ibis
PY  - 2020
N1  - {HUSH} one
N1  - {HUSH} two
RN  - {HUSH}
U1  - {HUSH}
L1  - internal-pdf://{HUSH}.pdf
L1  - https://example.org/h.pdf
UR  - file:///home/{HUSH}/h.pdf
ER  -
"""
CSL = {
    "id": "w", "type": "article-journal", "title": "Herons", "container-title": "Ibis", "author": [{"family": "Wren"}],
    "issued": {"date-parts": [[2020]]}, "edition": "2",
    "note": HUSH, "annote": HUSH, "extra": HUSH, "custom": {"mine": HUSH},
}  # fmt: skip
FRONT = {"title": "Herons", "authors": "Ada Wren", "year": "2020", "journal": "Ibis", "notes": HUSH, "rating": "5"}


@pytest.mark.parametrize(
    ("reading", "extra", "count"),
    [
        (read_bibtex(BIB.partition("\n@misc")[0], "x"), {"note": "Withdrawn", "mood": "sunny"}, 16),
        (read_ris(RIS, "x"), {"file-url": "https://example.org/h.pdf"}, 5),
        (read_csl(json.dumps(CSL), "x"), {"edition": "2"}, 4),
        (read_markdown(f"---\n{yaml.safe_dump(FRONT, default_style=chr(34))}---\n".encode(), "x.md"), None, 2),
        (read_nbib("PMID- 1\nTI  - T\nFAU - Wren, Ada\nDP  - 2020\nJT  - Ibis\nRN  - 0 (Dye)\n", "x"),
         {"pmid": "1", "registry-numbers": "0 (Dye)"}, 0),
    ],
    ids=["bibtex", "ris", "csl", "markdown", "nbib"],
)  # fmt: skip
def test_readers_hold_private_fields_back(
    tmp_path: Path, reading: Reading, extra: dict[str, str] | None, count: int
) -> None:
    survey, _ = load_survey(load_settings(write_survey(tmp_path / "survey", settings={"require": []})))
    plan = build_import(survey, [("x", reading)], ImportOptions())
    [data] = plan.papers.values()
    assert data.get("extra") == extra
    assert HUSH not in str(data) + str(plan.outcomes)
    assert sum(len(note.fields) for note in plan.notes) == count


def test_private_fields_are_left_out_and_counted(tmp_path: Path) -> None:
    folder = write_survey(tmp_path / "survey", settings={"require": []}).parent
    (folder / "refs.bib").write_text(BIB, encoding="utf-8")
    done = run(folder, "import", "refs.bib")
    assert done.returncode == 0, done.stderr
    [line] = [line for line in done.stdout.splitlines() if "private" in line]
    assert line.startswith("note")
    assert "private fields left out: 3 comment, 1 annote, " in line
    assert line.endswith("; survey import --notes keeps them in notes/")
    assert not (folder / "notes").exists()
    assert HUSH not in str(snapshot(folder / "papers"))
    assert HUSH not in done.stdout + done.stderr


def test_notes_are_kept_where_git_does_not_look(tmp_path: Path) -> None:
    folder = write_survey(tmp_path / "survey", settings={"require": []}).parent
    subprocess.run(["git", "init", "-q", str(folder)], check=True)
    (folder / "refs.bib").write_text(BIB, encoding="utf-8")
    (folder / "notes").mkdir()
    (folder / "notes/wren2020herons.md").write_bytes("My own notes: café.\r\n".encode())
    (folder / "notes/finch2019chapter.md").write_bytes(b"caf\xe9")
    done = run(folder, "import", "refs.bib", "--notes")
    assert done.returncode == 0, done.stderr
    assert "private fields kept in notes/, which git ignores: 3 comment, " in done.stdout
    status = subprocess.run(
        ["git", "status", "--porcelain", "-uall"], cwd=folder, capture_output=True, text=True, check=True
    )
    assert "papers/wren2020herons.yaml" in status.stdout
    assert "notes" not in status.stdout
    text = (folder / "notes/wren2020herons.md").read_bytes().decode()
    assert text.startswith("My own notes: café.\n\n## refs.bib, w1\n\n### ")
    assert f"### comment\n\n{HUSH}: weak\\_statistics.\n\nAsk Bo.\n" in text
    assert f"## refs.bib, w2\n\n### comment\n\n{HUSH} again\n" in text
    assert f":/home/{HUSH}/wren.pdf:PDF" in text
    assert HUSH in (folder / "notes/lark2019whole.md").read_text(encoding="utf-8")
    assert "of the whole" not in text
    assert not (folder / "notes/finch2019chapter-2.md").exists()  # a part takes no notes over
    before = snapshot(folder)
    done = run(folder, "import", "refs.bib", "--notes")
    assert "skipped" in done.stdout
    assert snapshot(folder) == before


def test_notes_of_what_is_here_already_go_to_that_paper(tmp_path: Path) -> None:
    folder = write_survey(tmp_path / "survey", 1, settings={"require": []}).parent
    title = str(paper(1)["title"]).replace("&", r"\&").replace("%", r"\%")
    entry = f"@misc{{x, author={{A, B}}, title={{{title}}}, year=1999, doi={{10.5555/birds.1}}, comment={{{HUSH}}}}}"
    (folder / "a.bib").write_text(entry, encoding="utf-8")
    before = snapshot(folder / "papers")
    assert run(folder, "import", "a.bib", "--notes", "--dry-run").returncode == 0
    assert not (folder / "notes").exists()
    done = run(folder, "import", "a.bib", "--notes")
    assert done.returncode == 0, done.stdout + done.stderr
    assert snapshot(folder / "papers") == before
    assert (folder / f"notes/{key(1)}.md").read_text(encoding="utf-8") == (
        f"# {key(1)}\n\n## a.bib, x\n\n### comment\n\n{HUSH}\n"
    )
    assert (folder / "notes/.gitignore").read_text(encoding="utf-8") == "*\n"


@pytest.mark.parametrize("kind", ["file", "link"])
def test_a_folder_that_cannot_take_notes_is_named_before_anything_is_written(tmp_path: Path, kind: str) -> None:
    folder = write_survey(tmp_path / "survey", settings={"require": []}).parent
    (folder / "refs.bib").write_text(BIB, encoding="utf-8")
    (tmp_path / "elsewhere").mkdir()
    if kind == "file":
        (folder / "notes").write_text("mine", encoding="utf-8")
    else:
        (folder / "notes").symlink_to(tmp_path / "elsewhere")
    done = run(folder, "import", "refs.bib", "--notes")
    assert done.returncode == 2
    assert "notes is not a folder: rename it" in done.stderr
    assert list((folder / "papers").iterdir()) == list((tmp_path / "elsewhere").iterdir()) == []


def _imported_before(folder: Path) -> None:
    private = dict.fromkeys(sorted(NAMES), HUSH) | {"howpublished": f"file:///{HUSH}.pdf", "comment-2": HUSH}
    config = write_survey(folder / "survey", 4)
    for n, extra in ((1, {**private, "note": "Withdrawn", "isbn": "978-3"}), (2, private)):
        file = folder / f"survey/papers/{key(n)}.yaml"
        file.write_text(to_yaml({**paper(n), "extra": extra}), encoding="utf-8")
    shutil.copy(ROOT / "generator/living_survey/scaffold/starter/docs/submit.md", folder / "survey/docs/submit.md")
    build(config)


@pytest.fixture(scope="module")
def before_then(once: Make) -> Path:
    """A survey in whose files an earlier import put private fields, built."""
    return once("private", _imported_before) / "survey"


def test_nothing_that_is_published_has_them(before_then: Path) -> None:
    files = snapshot(before_then / "site")
    assert len(files) > 50
    assert [name for name, raw in files.items() if HUSH.encode() in raw] == []
    data: dict[str, Any] = json.loads(files[f"papers/{key(1)}/{key(1)}.json"])
    assert data["extra"] == {"note": "Withdrawn", "isbn": "978-3"}
    assert "extra" not in json.loads(files[f"papers/{key(2)}/{key(2)}.json"])
    assert b"Withdrawn" in files[f"papers/{key(1)}/index.html"]
    assert b"note = {Withdrawn}" in files["bib/survey.bib"]
    for form in ("bibtex", "biblatex", "ris", "csl-json", "text"):
        done = run(before_then, "export", "--format", form, "--summaries", "--abstracts")
        assert done.returncode == 0, done.stderr
        assert HUSH not in done.stdout
        assert done.stdout


def test_the_check_names_files_that_have_them(before_then: Path) -> None:
    done = run(before_then, "check")
    assert done.returncode == 0, done.stdout
    lines = done.stdout.splitlines()
    [first] = [line for line in lines if line.startswith(f"papers/{key(1)}.yaml") and "extra-private" in line]
    assert "warning: private fields under extra, left out of pages and exports: added-at, " in first
    assert f"papers/{key(1)}.yaml:{1 + _line(before_then)}:" in first
    assert f"move them to notes/{key(1)}.md, which git ignores" in lines[lines.index(first) + 1]
    assert f"papers/{key(2)}.yaml" in done.stdout
    assert f"papers/{key(4)}.yaml:1:1: error" not in done.stdout
    assert HUSH not in done.stdout


def _line(folder: Path) -> int:
    return (folder / f"papers/{key(1)}.yaml").read_text(encoding="utf-8").split("\n").index("extra:") + 1


def test_a_correction_of_what_is_public_leaves_them_to_the_editors(before_then: Path) -> None:
    survey, _ = load_survey(load_settings(before_then / "mkdocs.yml"))
    source = {"paper": key(1), "source": "https://example.org/"}
    for answers, public in (
        ({"changes": 'extra: {isbn: "978-4"}'}, {"isbn": "978-4"}),
        ({"removed": "extra"}, {}),
    ):
        [text] = propose_correction(survey, {**source, **answers}).files.values()
        assert text is not None
        extra = read_mapping(text.encode(), "x").data["extra"]
        assert extra["comment"] == HUSH
        assert {name: value for name, value in extra.items() if not is_private(name, value)} == public


@pytest.mark.parametrize(
    ("name", "value", "private"),
    [
        ("note", "Withdrawn", False), ("isbn", "978", False), ("addendum", "x", False), ("library", "x", False),
        ("annotator", "Wren", False), ("commentator", "Wren", False), ("label", "x", False), ("keywords", "x", False),
        ("title-2", "~/bin: a study", False), ("note", "/home/of/the/brave", False), ("fileformat", "x", False),
        ("comment-ada", "x", True), ("comments", "x", True), ("research-notes", "x", True), ("priv-note", "x", True),
        ("mendeley-groups", "x", True), ("citeulike-article-id", "1", True), ("jabref-x", "x", True), ("n1", "x", True),
        ("pdf", "C:\\Users\\ada\\h.pdf", True), ("pdf", "https://example.org/h.pdf", False),
        ("uri", "papers3://publication/x", True),
        ("link", "zotero://select/items/1", True), ("x", "\\\\server\\share", True), ("x", ":/Users/ada/x.pdf", True),
    ],
)  # fmt: skip
def test_what_is_private(name: str, value: str, private: bool) -> None:
    assert is_private(name, value) == private


def test_fields_that_no_bibliography_knows_are_shown_nowhere() -> None:
    extra = {
        "edition": "2",
        "isbn-2": "1",
        "mood": "sunny",
        "my-own": "x",
        "edition-x": "3",
        "note": "/home/wren/x.pdf",
        "url": "a",
    }
    assert public_part(extra) == {"edition": "2", "isbn-2": "1", "note": "/home/wren/x.pdf", "url": "a"}
    assert not PUBLIC & NAMES


def test_the_guide_lists_what_is_shown() -> None:
    guide = (ROOT / "docs/contributing/import.md").read_text(encoding="utf-8")
    listed = guide.partition("Of what stands under `extra`")[2].partition("\n## ")[0]
    assert set(re.findall(r"`([a-z-]+)`", listed)) == PUBLIC
