"""What the commands write, where something else stands in the way: links that a proposal may bring, a full disk."""

import hashlib
import json
import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from living_survey.cli import main

from tests.commands import ROOT, snapshot
from tests.effort import times
from tests.fabricate import key, paper, to_yaml, write_survey
from tests.limits import files_of_at_most, somebody_else

BIB = "".join(
    f"@article{{w{n}, author={{Wren, Ada}}, title={{Herons {word} GPS}}, journal={{Ibis}}, year=20{n}}}\n"
    for n, word in enumerate(["by", "with", "under"], 20)
)
COMMANDS = {
    "fmt": ["fmt"],
    "import": ["import", "--kind", "review", "--theme", "song", "--report", "report.tsv", "refs.bib"],
    "add": ["add", "--kind", "review", "--theme", "song", "one.bib"],
    "export": ["export", "-o", "out.bib"],
    "mv a paper": ["mv", key(2), "bird2009swifts"],
    "mv a theme": ["mv", "song", "calls"],
    "schema": ["schema", "--write"],
    "forms": ["forms"],
}


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A survey of three papers in which every command has something to write; the current folder."""
    folder = write_survey(tmp_path / "survey", 3).parent
    for n in range(1, 4):
        (folder / f"papers/{key(n)}.yaml").write_text(to_yaml(paper(n)), encoding="utf-8")
    (folder / "refs.bib").write_text(BIB, encoding="utf-8")
    (folder / "one.bib").write_text(BIB.splitlines()[0], encoding="utf-8")
    (folder / ".github/ISSUE_TEMPLATE").mkdir(parents=True)
    (folder / "papers/.schema.json").write_text("{}", encoding="utf-8")
    monkeypatch.chdir(folder)
    return folder


def run(*arguments: str) -> Result:
    """Run a command in the current folder."""
    return CliRunner().invoke(main, arguments)


def said(result: Result) -> list[str]:
    """Return the lines of a command that could not do what it was told, and make sure that it ended well-behaved."""
    assert result.exit_code in (1, 2), result.output
    assert isinstance(result.exception, SystemExit)
    return result.stderr.splitlines()


@pytest.fixture
def victim(folder: Path) -> Iterator[Path]:
    """A file of the maintainer's; it has to stay as it is."""
    victim = folder.parent / "victim"
    victim.write_text("precious", encoding="utf-8")
    yield victim
    assert victim.read_text(encoding="utf-8") == "precious"


@pytest.mark.parametrize("command", COMMANDS)
def test_no_link_with_a_name_that_can_be_known_is_written_through(folder: Path, victim: Path, command: str) -> None:
    assert run(*COMMANDS[command]).exit_code == 0
    names = sorted(name for name in snapshot(folder) if not name.endswith("bib") or name == "out.bib")
    write_survey(folder.parent / "second", 3)
    second = folder.parent / "second"
    for name in ("refs.bib", "one.bib"):
        (second / name).write_bytes((folder / name).read_bytes())
    for name in names:
        link = second / Path(name).with_name(f".{Path(name).name}.survey-new")
        link.parent.mkdir(parents=True, exist_ok=True)
        link.symlink_to(victim)
    os.chdir(second)
    result = run(*COMMANDS[command])
    assert result.exit_code in (0, 1)
    assert result.exception is None or isinstance(result.exception, SystemExit)
    assert [name for name in snapshot(second) if (second / name).is_symlink() and "survey-new" not in name] == []


@pytest.mark.parametrize(
    ("command", "link"),
    [
        ("export", "out.bib"),
        ("import", "report.tsv"),
        ("forms", ".github/ISSUE_TEMPLATE/paper.yml"),
        ("schema", "papers/.schema.json"),
    ],
)
def test_a_link_in_the_place_of_what_is_written_is_named(folder: Path, victim: Path, command: str, link: str) -> None:
    before = snapshot(folder / "papers")
    (folder / link).unlink(missing_ok=True)
    (folder / link).symlink_to(victim)
    place = re.escape(link)
    lines = said(run(*COMMANDS[command]))
    words = rf"{place}:(1:1: error:)? symbolic link where a file belongs( \[[a-z-]+\]\n   |;) replace it with"
    assert re.search(words, "\n".join(lines))  # the checks say it of what lies below papers/
    assert (folder / link).is_symlink()
    if command == "import":
        assert snapshot(folder / "papers") == before


@pytest.mark.parametrize("command", ["fmt", "import", "add", "mv a paper", "schema", "forms"])
def test_a_link_in_the_place_of_a_folder_leads_nowhere(folder: Path, command: str) -> None:
    place = ".github" if command == "forms" else "papers"
    (folder / place).rename(folder.parent / "elsewhere")
    (folder / place).symlink_to(folder.parent / "elsewhere")
    before = snapshot(folder.parent / "elsewhere")
    said(run(*COMMANDS[command]))
    assert snapshot(folder.parent / "elsewhere") == before


@pytest.mark.parametrize("command", COMMANDS)
def test_on_a_full_disk_a_command_says_so_and_leaves_no_half(folder: Path, command: str) -> None:
    before = snapshot(folder)
    with files_of_at_most(100):  # no text that is written is as short
        result = run(*COMMANDS[command])
    lines = said(result)
    assert re.search(r"\S: File too large; make room in your quota$", lines[-1])
    assert snapshot(folder) == before


def test_a_folder_that_may_not_be_written_to_is_a_line(folder: Path, public_folder: Path) -> None:
    survey = public_folder / "survey"
    shutil.copytree(folder, survey)
    os.chdir(survey)
    assert run(*COMMANDS["import"], "--dry-run").exit_code == 0  # all modules are loaded now
    (survey / "papers").chmod(0o555)
    with somebody_else():
        lines = said(run("import", "--theme", "song", "refs.bib"))
    assert re.search(r"/survey(/papers/wren\w+\.yaml)?: Permission denied; check who may write there$", lines[-1])


@pytest.mark.long
def test_a_title_that_is_longer_than_any_file_name_is_looked_up(folder: Path) -> None:
    services = "".join(f"        {name}: http://127.0.0.1:9/\n" for name in ("arxiv", "crossref", "datacite"))
    config = folder / "mkdocs.yml"
    text = config.read_text(encoding="utf-8").replace("    kinds:\n", f"    services:\n{services}    kinds:\n")
    config.write_text(text, encoding="utf-8")
    result = run("add", "A very long title " * 20)
    assert "File name too long" not in result.output
    assert result.exit_code == 2


def test_a_record_too_long_for_a_paper_file_is_refused(folder: Path) -> None:
    entry = f"@misc{{w, author={{Wren, Ada}}, title={{Herons}}, year=2020, abstract={{{'Long words. ' * 15_000}}}"
    fields = "".join(f", field{n}={{{'More words. ' * 15_000}}}" for n in range(3))
    (folder / "refs.bib").write_text(f"{entry}{fields}}}\n{BIB}", encoding="utf-8")
    result = run(*COMMANDS["import"])
    assert result.exit_code == 0, result.output
    assert re.search(r"refused .*a paper file of \d\d\d,\d\d\d bytes; at most 524,288 are read", result.output)
    assert run("check").exit_code == 0


def test_a_record_with_half_a_character_is_refused(folder: Path) -> None:
    records = [
        {"id": "k", "type": "book", "title": title, "author": [{"family": "Wren"}], "issued": {"raw": "2024"}}
        for title in ("A \ud800 title", "Herons")
    ]
    (folder / "refs.json").write_text(json.dumps(records), encoding="ascii")
    result = run(*COMMANDS["import"][:-1], "refs.json")
    assert result.exit_code == 0, result.output
    assert re.search(r"refused .*half a character, U\+D800, which cannot be written", result.output)
    assert [file.name for file in (folder / "papers").glob("wren*")] == ["wren2024herons.yaml"]


KILLED = """
import os, sys
from pathlib import Path
from tests.publish.killing import Killer
from living_survey.cli import main
folder, at, *arguments = sys.argv[1:]
os.chdir(folder)
main(["--help"], standalone_mode=False)  # all modules are loaded
killer = Killer(Path(folder), int(at))
sys.addaudithook(killer)
try:
    main(arguments)
finally:
    os.write(2, f"CHANGES {killer.count}".encode())
"""


def killed(folder: Path, at: int, *arguments: str) -> tuple[int, int]:
    """Run a command that is killed before its n-th change of the disk; return its exit status and its changes."""
    done = subprocess.run(
        [sys.executable, "-c", KILLED, str(folder), str(at), *arguments],
        capture_output=True, text=True, check=False, cwd=ROOT,
    )  # fmt: skip
    return done.returncode, int(done.stderr.rpartition("CHANGES ")[2] or 0)


def states(folder: Path) -> dict[str, bytes]:
    """Return what a survey's files say, those apart that a killed command had made for itself."""
    return {name: raw for name, raw in snapshot(folder).items() if "survey-new" not in name}


@pytest.mark.parametrize("command", ["mv a theme", "mv a paper", "import", "fmt"])
def test_wherever_a_command_is_killed_the_next_one_finds_all_or_nothing(
    folder: Path, tmp_path: Path, command: str
) -> None:
    shutil.copytree(folder, tmp_path / "whole")
    status, changes = killed(tmp_path / "whole", 0, *COMMANDS[command])
    assert status == 0
    old, new = states(folder), states(tmp_path / "whole")
    assert changes > 8
    for at in spread(changes):
        again = tmp_path / f"killed-{at}"
        shutil.copytree(folder, again)
        assert killed(again, at, *COMMANDS[command])[0] == -signal.SIGKILL
        os.chdir(again)
        assert run("check").exit_code in (0, 1)
        assert states(again) in (old, new), at
        if states(again) == old:
            result = run(*COMMANDS[command])
            assert result.exit_code == 0, (at, result.output)
            assert states(again) == new


def spread(changes: int) -> list[int]:
    """Return some of the changes at which a command is killed; in thorough runs all of them."""
    count = times(6, changes, changes)
    return sorted({1 + n * (changes - 1) // max(count - 1, 1) for n in range(count)})


def test_a_journal_that_came_with_the_repository_is_not_believed(folder: Path, victim: Path) -> None:
    store = folder / ".old.0123456789abcdef.survey-new"
    store.mkdir()
    (store / "x").write_text("evil", encoding="utf-8")
    (store / ".gitignore").write_text("*\n", encoding="utf-8")
    target = folder / "mkdocs.yml"
    before = target.read_bytes()
    entries = [
        {"file": str(target), "old": "x", "new": None, "temporary": ""},
        {"file": str(victim), "old": None, "new": hashlib.sha256(b"precious").hexdigest(), "temporary": str(victim)},
    ]
    for place in ([store.stat().st_dev, 1], [0, store.stat().st_ino], None, "x"):
        (store / "journal.json").write_text(json.dumps({"place": place, "files": entries, "folders": []}))
        assert run("check").exit_code == 0
        assert target.read_bytes() == before
    for text in ("[]", "{", "7", '{"place": 1}'):
        (store / "journal.json").write_text(text, encoding="utf-8")
        assert run("check").exit_code == 0


def test_a_renaming_that_stopped_half_way_is_finished(folder: Path) -> None:
    song = folder / "docs/themes/song.md"
    made = song.read_text(encoding="utf-8").replace("\n---\n", "\naliases: [song]\n---\n", 1)
    (folder / "docs/themes/songs.md").write_text(made, encoding="utf-8")
    assert run("check").exit_code == 1
    before = snapshot(folder)
    assert run("mv", "--dry-run", "song", "songs").exit_code == 0
    assert snapshot(folder) == before
    assert run("mv", "song", "songs").exit_code == 0
    assert not song.exists()
    assert run("check").exit_code == 0
    (folder / "docs/themes/calls.md").write_text(made + "Somebody's own words.\n", encoding="utf-8")
    before = snapshot(folder)
    assert run("mv", "songs", "calls").exit_code == 1
    assert snapshot(folder) == before
