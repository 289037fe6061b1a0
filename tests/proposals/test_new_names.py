"""Names that the registry lacks: they travel with a proposal, and wait for an editor."""

from pathlib import Path

import pytest

from tests.fabricate import key, write_registry
from tests.github_server import GitHubServer
from tests.proposals.workflow import answers, commit, issue, new_paper, only_code_has, run, survey


def with_names(folder: Path) -> str:
    """Give a survey a registry; return its text."""
    write_registry(folder)
    commit(folder)
    return (folder / "docs/registry.yaml").read_text(encoding="utf-8")


RESULT = "results:\n  - {metric: Top speed, value: 4.3, unit: x more, baseline: Night heron, quote: 4.3 times}\n"


def test_a_name_that_is_new_travels_with_a_correction(folder: Path, server: GitHubServer) -> None:
    before = with_names(folder)
    body = answers("correction", folder, paper=key(1), changes=RESULT, source="https://example.org/")
    done = run(folder, server, "issue", issue(9, body))
    assert "as pull request" in done.stdout, done.stdout + done.stderr + str(server.comments)
    files = server.files[server.refs["issue-9"]]
    line = "  night-heron: {label: Night heron, kind: named, vague: true, new: true}\n"
    assert files["docs/registry.yaml"] == before.replace("benchmarks:\n", f"{line}benchmarks:\n")
    paper_file = files[f"papers/{key(1)}.yaml"]
    assert paper_file is not None
    assert "  - {metric: speed, value: 4.3, unit: x more, baseline: night-heron, quote:" in paper_file
    pull = server.pulls[0]
    assert 'new name, not yet described: baseline night-heron, "Night heron"' in pull["body"]
    comment = server.comments[pull["number"]][0]["body"]
    assert "new name, not yet described: Night heron" in comment
    assert "docs/registry.yaml" in comment
    assert "no paper uses" not in comment
    for path, text in files.items():
        (folder / path).write_text(text or "", encoding="utf-8")
    checked = survey(folder, "check")
    assert checked.returncode == 0
    assert "warning: new name, not yet described: Night heron [registry-name-new]" in checked.stdout + checked.stderr


def test_a_name_that_cannot_be_one_is_answered(folder: Path, server: GitHubServer) -> None:
    with_names(folder)
    changes = RESULT.replace("Night heron", '"<img src=x onerror=alert(1)>"')
    body = answers("correction", folder, paper=key(1), changes=changes, source="https://example.org/")
    assert run(folder, server, "issue", issue(9, body)).stdout == "said what to correct on issue 9\n"
    assert "baseline: &lt;img" in server.comments[9][0]["body"] or "baseline: <img" in server.comments[9][0]["body"]
    assert only_code_has(server.comments[9][0]["body"], "onerror")


def test_a_whole_entry_becomes_a_pull_request(folder: Path, server: GitHubServer) -> None:
    with_names(folder)
    entry = new_paper(30, title="Songs of a night heron") + RESULT
    body = answers("paper", folder, entry=entry)
    done = run(folder, server, "issue", issue(6, body))
    assert "as pull request" in done.stdout, done.stdout + done.stderr + str(server.comments)
    files = server.files[server.refs["issue-6"]]
    [name] = [path for path in files if path.startswith("papers/")]
    assert name == f"papers/{server.pulls[0]['title'].removeprefix('Add ')}.yaml"
    assert name.endswith("songs.yaml")
    assert "night-heron: {label: Night heron" in str(files["docs/registry.yaml"])


@pytest.mark.parametrize(
    ("entry", "words"),
    [
        (new_paper(4), "the survey has it as"),
        ("title: [x", "The entry, line 1"),
        ("title: Songs\n", "missing field: authors"),
        (new_paper(30, key="../../x", colour="blue"), "unknown field: colour"),
    ],
)
def test_an_entry_that_cannot_be_filed_is_answered(folder: Path, server: GitHubServer, entry: str, words: str) -> None:
    done = run(folder, server, "issue", issue(6, answers("paper", folder, entry=entry)))
    assert done.stdout == "said what to correct on issue 6\n", done.stderr
    assert words in server.comments[6][0]["body"]
    assert list(server.refs) == ["main"]


def test_a_report_has_the_lines_for_names_that_are_new_and_the_names_that_there_are(folder: Path) -> None:
    with_names(folder)
    (folder / "papers/wren2024swifts.yaml").write_text(new_paper(30) + RESULT, encoding="utf-8")
    done = survey(folder, "report", "--base", "HEAD")
    assert done.returncode == 1
    assert "### New names" in done.stdout
    assert "baselines:\n  night-heron: {label: Night heron, kind: named, vague: true, new: true}\n" in done.stdout
    assert "  - {metric: speed, value: 4.3, unit: x more, baseline: night-heron, quote: 4.3" in done.stdout
    (folder / "papers/wren2024swifts.yaml").write_text(
        new_paper(30) + RESULT.replace("Night heron", "Sea gulls"), encoding="utf-8"
    )
    done = survey(folder, "report", "--base", "HEAD")
    assert "### New names" not in done.stdout
    assert "  - {metric: speed, value: 4.3, unit: x more, baseline: gulls, quote: 4.3" in done.stdout
