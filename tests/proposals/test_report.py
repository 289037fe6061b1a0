"""Pull requests as the workflows meet them: real git repositories, a server that answers as GitHub does."""

from pathlib import Path

from tests.fabricate import key, paper, to_yaml
from tests.github_server import GitHubServer
from tests.proposals.workflow import EVIL, commit, finished, git, new_paper, only_code_has, propose, run, survey


def test_a_report_shows_the_entry_its_bibtex_its_place_and_what_is_like_it(folder: Path) -> None:
    twin = paper(3)
    text = new_paper(title=twin["title"].replace("field", "fields"), authors=twin["authors"])
    (folder / "papers/wren2024swifts.yaml").write_text(text, encoding="utf-8")
    survey(folder, "fmt")
    done = survey(folder, "report", "--base", "main")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "## 1 paper added; checks: 1 warning\n" in done.stdout
    assert "### Added: `wren2024swifts`" in done.stdout
    assert "```bibtex\n@misc{wren2024swifts," in done.stdout
    assert "- Stands under `" in done.stdout
    assert "**Likely duplicate:** 9" in done.stdout
    assert f"% similar to `{key(3)}`" in done.stdout


def test_a_report_shows_what_changes_and_what_goes(folder: Path) -> None:
    first, second = folder / f"papers/{key(1)}.yaml", folder / f"papers/{key(2)}.yaml"
    first.write_text(first.read_text(encoding="utf-8").replace("year: 2002", "year: 2003"), encoding="utf-8")
    second.unlink()
    (folder / "Makefile").write_text("all:\n", encoding="utf-8")
    done = survey(folder, "report", "--base", "HEAD")
    assert "## 1 paper changed, 1 paper removed; checks passed" in done.stdout
    assert "- `year`: `2002` → `2003`" in done.stdout
    assert "**Its address will be gone**" in done.stdout
    assert "### Other files: a person has to read them\n\n- added: `Makefile`" in done.stdout


def test_a_report_shows_a_question_in_its_own_canonical_form(folder: Path) -> None:
    (folder / "docs/questions").mkdir()
    file = folder / "docs/questions/why.yaml"
    file.write_text("state: open\ntheme: song\nquestion: 'Why?'\n", encoding="utf-8")
    done = survey(folder, "report", "--base", "HEAD")
    assert "`docs/questions/why.yaml` in canonical form" in done.stdout
    assert "```yaml\nquestion: Why?\ntheme: song\nstate: open\n```" in done.stdout


def test_annotations_of_changed_files_come_first_and_all_stand_in_the_job_summary(folder: Path) -> None:
    for n in (1, 2):
        file = folder / f"papers/{key(n)}.yaml"
        file.write_text(file.read_text(encoding="utf-8") + "colour: blue\n", encoding="utf-8")
        if n == 1:
            commit(folder)
    summary = folder.parent / "summary.md"
    first, last = sorted([f"papers/{key(1)}.yaml", f"papers/{key(2)}.yaml"])
    done = survey(folder, "check", "--format", "github", "--base", "HEAD", GITHUB_STEP_SUMMARY=str(summary))
    assert done.returncode == 1
    assert [line.split(",")[0] for line in done.stdout.splitlines()] == [
        f"::error file=papers/{key(2)}.yaml",
        f"::error file=papers/{key(1)}.yaml",
    ]
    assert all(name in summary.read_text(encoding="utf-8") for name in (first, last))


def test_a_finished_run_gets_one_comment_that_is_renewed(folder: Path, server: GitHubServer) -> None:
    head = propose(folder, {"papers/wren2024new.yaml": new_paper()})
    server.pull(7, head)
    server.pull(8, "0" * 40)
    # Somebody else's comment is not ours, whatever it says.
    marker = "<!-- survey: report on this proposal -->"
    server._comment(7, f"{marker} All is well, merge me", author="mallory")
    done = run(folder, server, "report", finished(head))
    assert done.stdout == "reported on pull request 7\n", done.stderr
    theirs, ours = server.comments[7]
    assert theirs["body"] == f"{marker} All is well, merge me"
    assert "### Added: `wren2024new`" in ours["body"]
    assert (
        "`papers/wren2024new.yaml` in canonical form, to put in the place of what is there:\n\n```yaml" in ours["body"]
    )
    assert "actions/runs/1#artifacts" in ours["body"]
    assert server.tokens == {"Bearer secret-token"}

    later = propose(folder, {"papers/wren2024new.yaml": new_paper(title="")})
    server.pulls[0]["head"]["sha"] = later
    assert run(folder, server, "report", finished(later, conclusion="failure")).returncode == 0
    assert len(server.comments[7]) == 2
    assert "### The checks say" in ours["body"]
    assert "`papers/wren2024new.yaml:1:1`" in ours["body"]
    assert "#artifacts" not in ours["body"]


def test_the_number_comes_from_github_by_the_commit(folder: Path, server: GitHubServer) -> None:
    head = propose(folder, {"papers/wren2024new.yaml": new_paper()})
    server.pull(7, head)
    # The run says that it is of another pull request, and of a commit that no open one ends with.
    event = finished("1" * 40)
    event["workflow_run"]["pull_requests"] = [{"number": 1}]
    assert "no open pull request has the commit" in run(folder, server, "report", event).stdout
    assert (
        "no open pull request has the commit" in run(folder, server, "report", finished(head, owner="mallory")).stdout
    )
    assert server.writes == []


def test_a_hostile_branch_is_read_as_data(folder: Path, server: GitHubServer, tmp_path: Path) -> None:
    secret = tmp_path / "secret.md"
    secret.write_text("the secret", encoding="utf-8")
    origin = folder.parent / "origin"
    git(origin, "checkout", "-q", "-B", "proposal", "main")
    (origin / "papers/evil2024link.yaml").symlink_to(secret)
    (origin / "docs/leak.md").symlink_to(secret)
    (origin / "docs/themes/evil.html").write_text("<script>ran()</script>", encoding="utf-8")
    (origin / "papers/.x.yaml.survey-new").write_text("x", encoding="utf-8")
    (origin / "generator").mkdir()
    (origin / "generator/__init__.py").write_text(f"open({str(tmp_path / 'ran')!r}, 'w')", encoding="utf-8")
    (origin / "sitecustomize.py").write_text(f"open({str(tmp_path / 'ran')!r}, 'w')", encoding="utf-8")
    (origin / ".gitattributes").write_text("* filter=x diff=x\n", encoding="utf-8")
    (origin / "papers/wren2024evil.yaml").write_text(new_paper(title=EVIL, tldr=EVIL), encoding="utf-8")
    (origin / f"papers/{'x' * 60}`@all`.yaml").write_text("title: x\n", encoding="utf-8")
    head = commit(origin)
    git(origin, "update-ref", "refs/pull/7/head", head)
    server.pull(7, head)
    done = run(folder, server, "report", finished(head))
    assert done.returncode == 0, done.stderr
    [comment] = server.comments[7]
    assert comment["body"].count("symbolic link where a file belongs") == 2
    assert "- `docs/themes/evil.html` error: `neither a text nor a picture" in comment["body"]
    assert "- `papers/.x.yaml.survey-new` error: `leftover temporary file`" in comment["body"]
    assert "the secret" not in comment["body"] + done.stdout + done.stderr
    assert not (tmp_path / "ran").exists()
    assert only_code_has(comment["body"], "@everyone", "@all", "onerror", "javascript:", "#1 ")


def test_hostile_text_in_a_valid_entry_stays_code(folder: Path, server: GitHubServer) -> None:
    title = EVIL.replace("${{ secrets.X }} ", "")
    head = propose(folder, {"papers/wren2024evil.yaml": new_paper(title=title, tldr=title)})
    server.pull(7, head)
    survey_in_origin = run(folder, server, "report", finished(head))
    assert survey_in_origin.returncode == 0
    [comment] = server.comments[7]
    assert "@everyone" in comment["body"]
    assert only_code_has(comment["body"], "@everyone", "onerror", "javascript:", "#1 ")


def test_a_docs_folder_elsewhere_is_not_read(folder: Path, server: GitHubServer, tmp_path: Path) -> None:
    (tmp_path / "elsewhere/themes").mkdir(parents=True)
    (tmp_path / "elsewhere/themes/secret.md").write_text("---\ntitle: <the secret>\n---\n", encoding="utf-8")
    config = (folder / "mkdocs.yml").read_text(encoding="utf-8") + f"docs_dir: {tmp_path / 'elsewhere'}\n"
    head = propose(folder, {"mkdocs.yml": config})
    server.pull(7, head)
    assert run(folder, server, "report", finished(head)).returncode == 0
    assert "docs_dir leads out of the survey" in server.comments[7][0]["body"]
    assert "the secret" not in server.comments[7][0]["body"]


def test_a_source_that_differs_is_named(folder: Path, server: GitHubServer) -> None:
    other = {**paper(30), "doi": "10.5555/songs", "year": 2024, "first_public": "2024-01-01"}
    other.pop("arxiv", None)
    head = propose(folder, {"papers/wren2024new.yaml": to_yaml({**other, "type": "misc"})})
    server.pull(7, head)
    assert run(folder, server, "report", finished(head)).returncode == 0
    body = server.comments[7][0]["body"]
    assert "- Another source differs: `year: the record of its identifier says 2025`" in body
    assert "title: the record of its identifier says Songs of the reed warbler" in body
