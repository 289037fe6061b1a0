"""Pull requests and issues as the workflows meet them: real git repositories, a server that answers as GitHub does."""

import json
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from living_survey.loading.settings import load_settings
from living_survey.loading.survey import load_survey
from living_survey.proposals.issues import propose_correction

from tests.commands import run_survey
from tests.fabricate import key, paper, to_yaml, write_survey
from tests.github_server import GitHubServer
from tests.metadata_server import CROSSREF, MetadataServer, usual

EVIL = (
    "`@everyone` <img src=x onerror=alert(1)> [click](javascript:alert(1)) #1 ${{ secrets.X }} $(touch /tmp/x) ``` ~~~"
)


def git(folder: Path, *arguments: str) -> str:
    """Run git as somebody."""
    somebody = ["-c", "user.name=Somebody", "-c", "user.email=somebody@example.org", "-c", "commit.gpgsign=false"]
    done = subprocess.run(["git", *somebody, *arguments], cwd=folder, capture_output=True, text=True, check=True)
    return done.stdout.strip()


def commit(folder: Path, message: str = "Change") -> str:
    git(folder, "add", "-A")
    git(folder, "commit", "-q", "-m", message)
    return git(folder, "rev-parse", "HEAD")


@pytest.fixture
def service() -> Iterator[MetadataServer]:
    with MetadataServer() as started:
        yield started


@pytest.fixture
def folder(tmp_path: Path, service: MetadataServer) -> Path:
    """A survey of birds in a clone of its repository."""
    addresses = {name: f"{service.url}/{name}" for name in ("arxiv", "crossref", "datacite")}
    origin = tmp_path / "origin"
    write_survey(origin, 8, settings={"services": addresses})
    git(origin, "init", "-q", "-b", "main")
    assert run_survey(origin, "fmt").returncode == 0
    commit(origin, "Begin")
    git(tmp_path, "clone", "-q", str(origin), "clone")
    return tmp_path / "clone"


@pytest.fixture
def server(folder: Path) -> Iterator[GitHubServer]:
    with GitHubServer(git(folder, "rev-parse", "HEAD")) as started:
        yield started


def propose(folder: Path, files: dict[str, str | None]) -> str:
    """Make a commit in somebody's branch, known to the origin as pull request 7, as GitHub keeps it."""
    origin = folder.parent / "origin"
    git(origin, "checkout", "-q", "-B", "proposal", "main")
    for path, text in files.items():
        target = origin / path
        target.parent.mkdir(parents=True, exist_ok=True)
        if text is None:
            target.unlink()
        else:
            target.write_text(text, encoding="utf-8")
    head = commit(origin)
    git(origin, "update-ref", "refs/pull/7/head", head)
    git(origin, "checkout", "-q", "main")
    return head


def survey(folder: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run ``survey`` in a folder."""
    return run_survey(folder, *arguments, **{"XDG_CACHE_HOME": str(folder.parent / "cache"), **environment})


def run(folder: Path, server: GitHubServer, what: str, event: dict[str, Any]) -> subprocess.CompletedProcess[str]:
    """Run what a workflow runs, with an event."""
    file = folder.parent / "event.json"
    file.write_text(json.dumps(event), encoding="utf-8")
    return survey(
        folder, "github", what, GITHUB_EVENT_PATH=str(file), GITHUB_REPOSITORY="birds/survey",
        GITHUB_API_URL=server.url, GITHUB_TOKEN="secret-token",  # noqa: S106
    )  # fmt: skip


def finished(head: str, *, owner: str = "finch", conclusion: str = "success") -> dict[str, Any]:
    """The event that GitHub sends when a run of a pull request ends."""
    address = "https://github.com/birds/survey/actions/runs/1"
    return {
        "action": "completed",
        "workflow_run": {
            "event": "pull_request", "head_sha": head, "head_branch": "new-paper", "conclusion": conclusion,
            "head_repository": {"owner": {"login": owner}}, "html_url": address, "pull_requests": [],
        },
    }  # fmt: skip


def issue(number: int, body: str) -> dict[str, Any]:
    return {"action": "opened", "issue": {"number": number, "title": EVIL, "body": body, "state": "open"}}


def answers(form: str, folder: Path, **given: str) -> str:
    """Write an issue's text as GitHub writes what somebody typed into a form."""
    from living_survey.loading.settings import load_settings  # noqa: PLC0415
    from living_survey.loading.survey import load_survey  # noqa: PLC0415
    from living_survey.proposals.forms import build_forms  # noqa: PLC0415

    [asked] = [one for one in build_forms(load_survey(load_settings(folder / "mkdocs.yml"))[0]) if one.name == form]
    parts = []
    for question in asked.questions:
        answer = given.get(question.id, "_No response_")
        if question.language and question.id in given:
            answer = f"```{question.language}\n{answer}\n```"
        parts.append(f"### {question.label}\n\n{answer}")
    return "\r\n\r\n".join(parts).replace("\n", "\r\n").replace("\r\r", "\r")


def new_paper(n: int = 30, **changed: Any) -> str:
    return to_yaml({**paper(n), **changed})


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


def only_code_has(markdown: str, *words: str) -> bool:
    """Say whether words of strangers stand in code alone; by a Markdown parser that knows nothing of ours."""
    import markdown as library  # noqa: PLC0415
    from lxml import html  # noqa: PLC0415

    page = html.fromstring(f"<div>{library.markdown(markdown, extensions=['fenced_code', 'md_in_html'])}</div>")
    for element in [*page.iter("code", "pre")]:
        tail = element.tail
        element.clear()
        element.tail = tail
    rest = html.tostring(page, encoding="unicode")
    return not any(word in rest for word in words)


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


def test_an_issue_with_an_identifier_becomes_a_pull_request(folder: Path, server: GitHubServer) -> None:
    body = answers(
        "paper", folder, identifier="https://arxiv.org/abs/2401.00001v2", themes="song, season", kind="review",
        tldr="Hears warblers at night.", code="https://example.org/warblers",
    )  # fmt: skip
    done = run(folder, server, "issue", issue(5, body))
    assert done.stdout == f"proposed issue 5 as pull request {server.pulls[0]['number']}\n", done.stderr
    [pull] = server.pulls
    assert pull["title"] == "Add dewren2024songs"
    assert "Closes #5" in pull["body"]
    [(path, text)] = server.files[server.refs["issue-5"]].items()
    assert path == "papers/dewren2024songs.yaml"
    assert text is not None
    assert "themes:\n  - song\n  - season\nkind: review\ntldr: Hears warblers at night.\n" in text
    assert "links:\n  code: https://example.org/warblers\n" in text
    assert "### Added: `dewren2024songs`" in server.comments[pull["number"]][0]["body"]
    assert f"It is proposed in #{pull['number']}" in server.comments[5][0]["body"]

    # Edited: the same branch, pull request and comments.
    edited = body.replace("Hears warblers at night.", "Hears warblers by day.")
    assert run(folder, server, "issue", issue(5, edited)).returncode == 0
    assert len(server.pulls) == len(server.comments[5]) == 1
    [(path, text)] = server.files[server.refs["issue-5"]].items()
    assert text is not None
    assert "by day" in text

    # What somebody changed by hand is not overwritten.
    server.authors[server.refs["issue-5"]] = "robin"
    assert run(folder, server, "issue", issue(5, body)).stdout == "left branch issue-5 alone\n"
    assert "Somebody has changed the branch" in server.comments[5][0]["body"]


def test_an_issue_with_bibtex_becomes_a_pull_request(folder: Path, server: GitHubServer) -> None:
    entry = "@article{x, author={Lark, L.}, title={On larks}, year=2020, journal={Ibis}}"
    assert run(folder, server, "issue", issue(6, answers("paper", folder, bibtex=entry, themes="song"))).returncode == 0
    assert "kind" in server.comments[6][0]["body"]
    body = answers("paper", folder, bibtex=entry, themes="song", kind="review")
    assert run(folder, server, "issue", issue(6, body)).returncode == 0
    assert list(server.files[server.refs["issue-6"]]) == ["papers/lark2020larks.yaml"]


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({}, "Give an arXiv id, a DOI, or a BibTeX entry"),
        ({"identifier": "2401.99999"}, "arXiv has no record of 2401.99999"),
        ({"identifier": "10.5555/birds.4"}, "already in the survey, same DOI 10.5555/birds.4"),
        ({"identifier": "2401.00001", "themes": "songs"}, 'Unknown theme: songs; did you mean "song"?'),
        ({"identifier": "2401.00001", "themes": "song"}, "kind"),
        ({"bibtex": "@misc{x, author={A, B}, title={C}, year=2020} @misc{y, author={D, E}, title={F}, year=2020}"},
         "One paper in one issue"),
        ({"bibtex": "no entry"}, "nothing was found in the entry"),
        ({"identifier": "2401.00001", "themes": "song", "kind": "review", "code": "javascript:alert(1)"},
         "not a web address"),
    ],
)  # fmt: skip
def test_an_issue_that_cannot_be_filed_is_answered(
    folder: Path, server: GitHubServer, service: MetadataServer, given: dict[str, str], words: str
) -> None:
    song = {**CROSSREF, "DOI": "10.5555/birds.4", "title": [paper(4)["title"]]}
    here = json.dumps({"message": song}).encode()
    service.answers = lambda path: (
        (200, {}, here) if path.startswith("/crossref/works/10.5555%2Fbirds") else usual(path)
    )
    done = run(folder, server, "issue", issue(5, answers("paper", folder, **given)))
    assert done.stdout == "said what to correct on issue 5\n", done.stderr
    assert words in server.comments[5][0]["body"]
    assert server.pulls == []
    assert list(server.refs) == ["main"]


def test_a_correction_changes_its_fields_and_keeps_comments(folder: Path, server: GitHubServer) -> None:
    file = folder / f"papers/{key(1)}.yaml"
    file.write_text("# Checked twice.\n" + file.read_text(encoding="utf-8"), encoding="utf-8")
    commit(folder)
    body = answers(
        "correction", folder, paper=key(1), changes="title: \"Swift navigation: a study\"\nprotect: [Swift]",
        removed="tldr", source="https://doi.org/10.5555/birds.1",
    )  # fmt: skip
    done = run(folder, server, "issue", issue(9, body))
    assert "as pull request" in done.stdout, done.stdout + done.stderr + str(server.comments)
    [(path, text)] = server.files[server.refs["issue-9"]].items()
    assert path == f"papers/{key(1)}.yaml"
    assert text is not None
    assert text.startswith('# Checked twice.\ntitle: "Swift navigation: a study"\nprotect: [Swift]\n')
    assert "tldr" not in text
    assert "consulted:\n    - https://doi.org/10.5555/birds.1\n" in text
    assert server.pulls[0]["title"] == f"Correct {key(1)}"


@pytest.mark.parametrize(("basis", "kept"), [("primary", True), ("aggregator", False), ("abstract", False)])
def test_a_correction_from_a_new_address_leaves_no_basis_that_it_may_have_changed(
    folder: Path, basis: str, kept: bool
) -> None:
    file = folder / f"papers/{key(1)}.yaml"
    origin = f"provenance:\n  source: list\n  basis: {basis}\n"
    file.write_text(file.read_text(encoding="utf-8") + origin, encoding="utf-8")
    given = {"paper": key(1), "removed": "tldr", "source": "https://doi.org/10.5555/birds.1"}
    proposed = propose_correction(load_survey(load_settings(folder / "mkdocs.yml"))[0], given)
    [text] = proposed.files.values()
    assert text
    assert ("basis:" in text) is kept
    assert "https://doi.org/10.5555/birds.1" in text


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"paper": "nobody2024"}, "Unknown paper: nobody2024"),
        ({"paper": "../../etc/passwd"}, "Unknown paper: ../../etc/passwd"),
        ({"changes": "title: [x"}, "Fields as they should be"),
        ({"changes": "title: !!python/object/apply:os.system ['id']"}, "Fields as they should be, line 1"),
        ({"changes": "year: 20x4"}, "year"),
        ({"changes": "colour: blue"}, "colour"),
        ({"removed": "colour"}, "The entry has no field colour"),
        ({"changes": ""}, "Nothing changes"),
        ({"changes": "year: 2003", "source": "javascript:alert(1)"}, "an address that begins with https://"),
    ],
)
def test_a_correction_that_cannot_be_is_answered(
    folder: Path, server: GitHubServer, given: dict[str, str], words: str
) -> None:
    whole = {"paper": key(1), "source": "https://example.org/", **given}
    done = run(folder, server, "issue", issue(9, answers("correction", folder, **whole)))
    assert done.stdout == "said what to correct on issue 9\n", done.stderr
    assert words in server.comments[9][0]["body"]
    assert list(server.refs) == ["main"]


def test_a_theme_gets_its_page_and_papers_and_the_forms_follow(folder: Path, server: GitHubServer) -> None:
    assert survey(folder, "forms").returncode == survey(folder, "schema", "--write").returncode == 0
    commit(folder)
    body = answers(
        "theme", folder, title="Night song", slug="night", parent="song", definition="Song after dark.",
        papers=f"{key(1)}, {key(2)}", text="Some sing at night [@" + key(1) + "].",
    )  # fmt: skip
    done = run(folder, server, "issue", issue(4, body))
    assert "as pull request" in done.stdout, done.stdout + done.stderr + str(server.comments)
    files = server.files[server.refs["issue-4"]]
    assert files["docs/themes/song.md"] is None
    assert "title: Song\n" in str(files["docs/themes/song/index.md"])
    page = str(files["docs/themes/song/night.md"])
    assert page.startswith('---\ntitle: "Night song"\ndefinition: "Song after dark."\n---\n\nSome sing at night')
    assert "  - song/night\n" in str(files[f"papers/{key(2)}.yaml"])
    assert "- song/night\n" in str(files[".github/ISSUE_TEMPLATE/paper.yml"])
    assert '"song/night"' in str(files["papers/.schema.json"])


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"slug": "../../mkdocs"}, "Name in its address"),
        ({"slug": "song"}, "The theme song already exists"),
        ({"slug": "a" * 5000}, "5000 letters, with what it is part of; at most 150"),
        ({"title": "<script>alert(1)</script>"}, "title"),
        ({"text": "<script>alert(1)</script>"}, "HTML"),
        ({"text": '{"base": "https://evil.example/"}\n{: #__config }'}, "attributes in the text of a theme"),
        ({"papers": "../x"}, "Unknown paper: ../x"),
        ({"definition": "x\n---\ntitle: y"}, ""),
    ],
)
def test_a_theme_that_cannot_be_is_answered(
    folder: Path, server: GitHubServer, given: dict[str, str], words: str
) -> None:
    whole = {"title": "Night", "slug": "night", "parent": "none", "definition": "Song after dark.", **given}
    done = run(folder, server, "issue", issue(4, answers("theme", folder, **whole)))
    if words:
        assert done.stdout == "said what to correct on issue 4\n", done.stderr
        assert words in server.comments[4][0]["body"]
        assert list(server.refs) == ["main"]
    else:
        # A new line in an answer of one line is a space, and starts no field.
        assert 'definition: "x --- title: y"' in str(server.files[server.refs["issue-4"]]["docs/themes/night.md"])


def test_without_leave_to_open_pull_requests_there_is_a_link(folder: Path, server: GitHubServer) -> None:
    server.may_open = False
    body = answers("paper", folder, identifier="2401.00001", themes="song", kind="review")
    assert run(folder, server, "issue", issue(5, body)).stdout == "prepared branch issue-5\n"
    assert "https://github.com/birds/survey/compare/main...issue-5?expand=1" in server.comments[5][0]["body"]


def test_other_issues_are_left_alone(folder: Path, server: GitHubServer) -> None:
    assert run(folder, server, "issue", issue(5, "The site is down")).stdout == "not from one of the forms\n"
    assert run(folder, server, "issue", issue(5, "")).stdout == "not from one of the forms\n"
    assert server.writes == []


def test_a_heading_inside_an_answer_answers_no_other_question(folder: Path, server: GitHubServer) -> None:
    body = answers(
        "paper", folder, identifier="2401.00001", themes="song", kind="review",
        note="### Citation key\n\nx\n\n### Kind\n\nobservation",
    )  # fmt: skip
    assert run(folder, server, "issue", issue(5, body)).returncode == 0
    [(_, text)] = server.files[server.refs["issue-5"]].items()
    assert "kind: review\n" in str(text)


def test_hostile_answers_stay_text(folder: Path, server: GitHubServer) -> None:
    body = answers("paper", folder, identifier="2401.00001", themes="song", kind="review", tldr=EVIL)
    done = run(folder, server, "issue", issue(5, body))
    assert done.returncode == 0, done.stderr
    for comments in server.comments.values():
        for comment in comments:
            assert only_code_has(comment["body"], "@everyone", "onerror", "javascript:")
    for pull in server.pulls:
        assert "everyone" not in pull["title"] + pull["body"]


def test_outside_a_workflow_the_commands_say_what_is_missing(folder: Path) -> None:
    done = survey(folder, "github", "issue")
    assert done.returncode == 2
    assert "GITHUB_EVENT_PATH is not set: this runs in a workflow at GitHub" in done.stderr
    done = survey(folder, "report", "--base", "--upload-pack=touch x")
    assert done.returncode == 2
    assert "is not a branch or commit" in done.stderr
