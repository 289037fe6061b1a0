"""Proposals that are made to exhaust whoever looks at them: each gets a report, or an answer, with what is wrong."""

import subprocess
import tracemalloc
from pathlib import Path

import pytest
from living_survey.loading.settings import load_settings
from living_survey.proposals import revisions
from living_survey.proposals.revisions import RevisionError, changed_files, export

from tests.fabricate import key
from tests.github_server import GitHubServer
from tests.proposals.workflow import answers, finished, issue, propose, run, survey


def put(folder: Path, *command: str, text: bytes = b"") -> str:
    somebody = ["-c", "user.name=Somebody", "-c", "user.email=somebody@example.org"]
    done = subprocess.run(["git", *somebody, *command], cwd=folder, input=text, capture_output=True, check=True)
    return done.stdout.decode().strip()


def tree(folder: Path, *entries: tuple[str, str, str]) -> str:
    """Write a tree of (mode and kind, hash, name), whether or not any program would."""
    lines = "".join(f"{kind} {name_of}\t{name}\0" for kind, name_of, name in entries)
    return put(folder, "mktree", "-z", text=lines.encode("utf-8", "surrogateescape"))


def with_folder(folder: Path, entry: tuple[str, str, str]) -> str:
    """Return a commit of the survey with one more entry at its top."""
    old = put(folder, "ls-tree", "-z", "HEAD").encode() + entry_line(entry)
    return put(folder, "commit-tree", put(folder, "mktree", "-z", text=old), "-p", "HEAD", "-m", "x")


def entry_line(entry: tuple[str, str, str]) -> bytes:
    kind, name_of, name = entry
    return f"{kind} {name_of}\t{name}\0".encode()


def test_many_names_of_one_text_are_not_read_more_often_than_the_limit_allows(folder: Path, tmp_path: Path) -> None:
    blob = put(folder, "hash-object", "-w", "--stdin", text=b"a " * 250_000)
    many = tree(folder, *(("100644 blob", blob, f"x{n}.md") for n in range(2500)))
    head = with_folder(folder, ("040000 tree", many, "many"))
    settings = load_settings(folder / "mkdocs.yml")
    tracemalloc.start()
    with pytest.raises(RevisionError, match=r"have 1,250,\d+,\d+ bytes together; at most 16,000,000 are read"):
        export(settings, head, tmp_path / "out", 16_000_000)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 20_000_000
    assert not (tmp_path / "out").exists()
    done = survey(folder, "report", "--base", "main", "--head", head)
    assert done.returncode == 2
    assert "bytes together; at most" in done.stderr


def test_texts_are_read_a_few_at_a_time(folder: Path, tmp_path: Path) -> None:
    blob = put(folder, "hash-object", "-w", "--stdin", text=b"a " * 250_000)
    many = tree(folder, *(("100644 blob", blob, f"x{n}.md") for n in range(100)))
    head = with_folder(folder, ("040000 tree", many, "many"))
    settings = load_settings(folder / "mkdocs.yml")
    tracemalloc.start()
    assert export(settings, head, tmp_path / "out") == []
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert len(list((tmp_path / "out/many").iterdir())) == 100
    assert peak < 30_000_000  # of 50 megabytes


def test_a_tree_that_names_a_billion_files_is_not_listed(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    inner = put(folder, "hash-object", "-w", "--stdin", text=b"x")
    kind = "100644 blob"
    for _ in range(6):
        inner, kind = tree(folder, *((kind, inner, f"f{n}") for n in range(32))), "040000 tree"
    head = with_folder(folder, ("040000 tree", inner, "bomb"))
    monkeypatch.setattr(revisions, "_MAX_ANSWER", 1_000_000)
    for look in (lambda: changed_files(folder, "main", head), lambda: export_to_nowhere(folder, head)):
        with pytest.raises(RevisionError, match="git ls-tree answers with more than 1,000,000 bytes: not read"):
            look()


def export_to_nowhere(folder: Path, head: str) -> None:
    export(load_settings(folder / "mkdocs.yml"), head, folder / "nowhere")


@pytest.mark.parametrize("n", [300, 1000])
def test_a_name_that_no_disk_takes_is_reported(folder: Path, n: int) -> None:
    blob = put(folder, "hash-object", "-w", "--stdin", text=b"title: x\n")
    head = with_folder(folder, ("040000 tree", tree(folder, ("100644 blob", blob, "x" * n + ".yaml")), "more"))
    done = survey(folder, "report", "--base", "main", "--head", head)
    assert done.returncode == 1
    assert f"a name of {n + 5} bytes" in done.stdout
    assert "Traceback" not in done.stderr


def test_a_file_with_the_name_of_a_folder_is_reported(folder: Path, tmp_path: Path) -> None:
    blob = put(folder, "hash-object", "-w", "--stdin", text=b"# x\n")
    inner = tree(folder, ("100644 blob", blob, "y.md"))
    # git's own command refuses two entries of one name; whoever wants to harm writes the object.
    raw = b"".join(
        mode + b" x.md\0" + bytes.fromhex(name_of) for mode, name_of in ((b"100644", blob), (b"40000", inner))
    )
    twice = put(folder, "hash-object", "-w", "-t", "tree", "--literally", "--stdin", text=raw)
    head = with_folder(folder, ("040000 tree", twice, "more"))
    problems = export(load_settings(folder / "mkdocs.yml"), head, tmp_path / "out")
    assert {one.code for one in problems} == {"file-in-the-way"}


BROKEN = {
    "control": 'x: "\x01"\n', "date": "extra: 2024-13-45\n", "deep": "extra: " + "[" * 100_000 + "\n",
    "aliases": "a: &a [x]\nb: " + "&b [" + ",".join(["*a"] * 10) + "]\nextra: *c\n",
}  # fmt: skip


@pytest.mark.parametrize("name", BROKEN)
def test_settings_that_cannot_be_read_get_a_report(folder: Path, server: GitHubServer, name: str) -> None:
    config = (folder / "mkdocs.yml").read_text(encoding="utf-8")
    head = propose(folder, {"mkdocs.yml": config + BROKEN[name]})
    server.pull(7, head)
    done = run(folder, server, "report", finished(head))
    assert done.returncode == 0, done.stderr
    [comment] = server.comments[7]
    assert "`mkdocs.yml" in comment["body"]


def test_a_proposal_that_cannot_be_read_is_told_so_and_the_run_is_red(
    folder: Path, server: GitHubServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    head = propose(folder, {"docs/x.md": "# x\n"})
    server.pull(7, head)
    monkeypatch.setattr(revisions, "MAX_FILES", 3)
    done = run(folder, server, "report", finished(head))
    assert done.returncode == 2
    [comment] = server.comments[7]
    assert "The proposal could not be read." in comment["body"]
    assert "more than 3 files: not read" in comment["body"]


def test_an_issue_that_cannot_be_read_is_told_so_and_the_run_is_red(folder: Path, server: GitHubServer) -> None:
    body = answers("theme", folder, title="T", slug="t", definition="d")
    (folder / f"papers/{key(1)}.yaml").write_text("title: x\n", encoding="utf-8")
    done = run(folder, server, "issue", issue(5, body))
    assert done.returncode == 1
    [comment] = server.comments[5]
    assert "This could not be read; a maintainer has to look." in comment["body"]
    assert f"papers/{key(1)}.yaml" in comment["body"]


def test_half_a_character_in_an_issue_gets_an_answer(folder: Path, server: GitHubServer) -> None:
    body = answers("correction", folder, paper=key(1), changes='title: "x\ud800"', source="https://e.example/")
    done = run(folder, server, "issue", issue(5, body))
    assert done.returncode == 0, done.stderr
    assert server.comments[5]
