"""What contributors and workflows do: commits, events, issues."""

import json
import subprocess
from pathlib import Path
from typing import Any

from tests.commands import run_survey
from tests.fabricate import paper, to_yaml
from tests.github_server import GitHubServer

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
