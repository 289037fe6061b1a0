"""The report of a large import: a screen that a person reads, and every line where it is asked for."""

from pathlib import Path

from living_survey.editing.import_report import SCREEN, to_screen
from living_survey.editing.outcomes import Outcome

from tests.commands import run_survey as run
from tests.fabricate import write_survey

REMARKS = [
    "completed from x", "kept under extra: x", "imported as misc", "version v2 of x skipped", "added doi",
    "the line x is read as 2 people's: y", "likely duplicate of x", "no author: x stands in", "x not found in the file",
    "the ORCID iD 1 is", "DOI x left out: y has it", "duplicate key x",
]  # fmt: skip


def entry(n: int, more: str) -> str:
    title = f"{n} {chr(97 + n % 26) * 9} {chr(98 + n % 24) * 9} birds"
    return f"@misc{{w{n}, author={{Wren, Ada}}, title={{{title}}}, year=2020, {more}}}\n"


def test_a_large_import_is_a_screen(tmp_path: Path) -> None:
    folder = write_survey(tmp_path / "survey", settings={"require": []}).parent
    text = "% by hand\n" + "".join(entry(n, "mood={sunny}, comment={private}") for n in range(40))
    text += "".join(entry(n, "howpublished={Talk}, crossref={nowhere}") for n in range(50, 53))
    text += entry(60, r"note={\Birdname}") + entry(61, "ids={x}").replace("year=2020, ", "")
    text += entry(62, "crossref={other}").replace("year=2020, ", "") + "@misc{w63, author={Wren, A}, year=2020}\n"
    (folder / "refs.bib").write_text(text, encoding="utf-8")
    done = run(folder, "import", "refs.bib", "--dry-run")
    lines = done.stdout.splitlines()
    assert len(lines) <= SCREEN
    assert max(map(len, lines)) <= 118
    assert lines[:4] == [
        "Decided",
        "     44  have fields that stay under extra",
        "      1  remarks on files, as this one: comment skipped: by hand",
        "         private fields left out: 40 comment; survey import --notes keeps them in notes/",
    ]
    assert lines[4:8] == [
        "Doubtful",
        "      3  name an entry that is not in the file: put it there and import again",
        "         refs.bib:42 wren2020yyyyyyyyy2: crossref nowhere not found in the file",
        "      1  have TeX commands that are not known: correct the texts",
    ]
    assert lines[9:12] == [
        "Refused",
        "      2  no year: add it in the file and import again",
        "         refs.bib:46 w61: no year: add it in the file and import again",
    ]
    assert "44 imported, 3 refused" in done.stderr
    assert "--report FILE writes a table, --verbose shows them here" in done.stderr
    whole = run(folder, "import", "refs.bib", "--dry-run", "--verbose", "--report", "r.tsv")
    assert len(whole.stdout.splitlines()) == len((folder / "r.tsv").read_text(encoding="utf-8").splitlines()) - 1 == 49
    assert "--verbose" not in whole.stderr


def test_however_many_kinds_there_are() -> None:
    outcomes = [
        Outcome(status, f"x.bib:{n}", f"w{n}", "wren", f"reason {n}" * 30, tuple(remarks))
        for n in range(300)
        for status in ("imported", "refused")
        for remarks in [[*REMARKS, f"something {n}"]]
    ]  # fmt: skip
    lines = to_screen(outcomes).splitlines()
    assert len(lines) <= SCREEN
    assert max(map(len, lines)) <= 118
    assert lines[-1] == "    297  more, of 297 kinds"
