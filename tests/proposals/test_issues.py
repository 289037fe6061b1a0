"""Issues as the workflows meet them: real git repositories, a server that answers as GitHub does."""

import json
from pathlib import Path

import pytest
from living_survey.loading.settings import load_settings
from living_survey.loading.survey import load_survey
from living_survey.proposals.issues import propose_correction

from tests.fabricate import key, paper
from tests.github_server import GitHubServer
from tests.metadata_server import CROSSREF, MetadataServer, usual
from tests.proposals.workflow import EVIL, answers, commit, issue, only_code_has, run, survey


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
