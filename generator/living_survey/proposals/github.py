"""GitHub's REST API, as much of it as proposals need: comments, branches, pull requests.

https://docs.github.com/rest, version 2022-11-28. I/O: the network.
"""

import json
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, urlencode

from living_survey.syntax.errors import SurveyError
from living_survey.syntax.strange_json import read_json

BOT = "github-actions[bot]"
"""Who writes when a workflow does; comments of anybody else are not ours, whatever is in them."""
MAX_BYTES = 20_000_000
_TRIES = 3
_PER_PAGE = 100
_MAX_PAGES = 30


class GitHubError(SurveyError):
    """GitHub refused or did not answer: ``status`` is 0 if there was no answer."""

    def __init__(self, message: str, status: int = 0) -> None:
        """Keep the status."""
        super().__init__(message)
        self.status = status


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    """Follows nothing: the token would go to wherever the answer points."""

    def redirect_request(self, *_: Any) -> None:
        return None


@dataclass(slots=True)
class GitHub:
    """One repository at GitHub.

    Attributes:
        repository: ``owner/name``.
        token: What authorises the writing.
        api: Address of the API.
        sleep: Waits; tests replace it.
    """

    repository: str
    token: str
    api: str = "https://api.github.com"
    timeout: float = 20.0
    sleep: Callable[[float], None] = time.sleep

    def ask(self, method: str, path: str, data: Mapping[str, Any] | None = None) -> Any:
        """Send one question about the repository and return the answer.

        Args:
            method: ``GET``, ``POST``, ``PATCH``.
            path: Behind ``/repos/owner/name/``.
            data: Body, as JSON.

        Raises:
            GitHubError: If it is refused, or if there is no answer.
        """
        request = urllib.request.Request(  # noqa: S310  (the address is configuration)
            f"{self.api}/repos/{self.repository}/{path}".rstrip("/"),
            data=json.dumps(data).encode() if data is not None else None,
            method=method,
            headers={
                "Authorization": f"Bearer {self.token}",
                "Accept": "application/vnd.github+json",
                "X-GitHub-Api-Version": "2022-11-28",
                "User-Agent": "living-survey",
                "Content-Type": "application/json",
            },
        )
        # What was asked twice would be done twice, so only questions are repeated.
        for attempt in range(1, _TRIES + 1 if method == "GET" else 2):
            try:
                return self._answer(request)
            except GitHubError as error:
                if attempt == _TRIES or method != "GET" or (error.status and error.status < 500):
                    raise
                self.sleep(2.0**attempt)
        raise GitHubError("GitHub gave no answer")

    def _answer(self, request: urllib.request.Request) -> Any:
        try:
            with urllib.request.build_opener(_NoRedirect).open(request, timeout=self.timeout) as answer:
                body = answer.read(MAX_BYTES + 1)
        except urllib.error.HTTPError as error:
            words = _message(error.read(10_000))
            raise GitHubError(f"GitHub refused the request ({error.code}): {words}", error.code) from None
        except (urllib.error.URLError, OSError) as error:
            raise GitHubError(f"GitHub cannot be reached ({getattr(error, 'reason', error)})") from None
        if len(body) > MAX_BYTES:
            raise GitHubError(f"GitHub answered with more than {MAX_BYTES:,} bytes")
        try:
            return read_json(body) if body else None
        except ValueError:
            raise GitHubError("GitHub did not answer with JSON") from None

    def every(self, path: str, **query: str) -> Iterator[Any]:
        """Yield the items of a list, page after page."""
        for page in range(1, _MAX_PAGES + 1):
            found = self.ask("GET", f"{path}?{urlencode({**query, 'per_page': _PER_PAGE, 'page': page})}")
            yield from found
            if len(found) < _PER_PAGE:
                return

    def say(self, number: int, marker: str, body: str) -> None:
        """Write a comment on an issue or a pull request; the one with the same marker is replaced."""
        for comment in self.every(f"issues/{number}/comments"):
            own = (comment.get("user") or {}).get("login") == BOT
            if own and str(comment.get("body", "")).startswith(marker):
                if comment["body"] != body:
                    self.ask("PATCH", f"issues/comments/{comment['id']}", {"body": body})
                return
        self.ask("POST", f"issues/{number}/comments", {"body": body})

    def pull_requests(self, owner: str, branch: str) -> list[Any]:
        """Return the open pull requests from a branch of somebody's copy."""
        return list(self.every("pulls", state="open", head=f"{owner}:{branch}"))

    def commit(self, branch: str, base: str, files: Mapping[str, str | None], message: str) -> str:
        """Make a branch that is one commit ahead of a base commit; an earlier one of the name is replaced.

        Args:
            branch: Name of the branch.
            base: Hash of the commit to start from.
            files: Path → text, or None for a file that goes.
            message: Of the commit.

        Returns:
            Hash of the new commit.
        """
        tree = [
            {"path": path, "mode": "100644", "type": "blob", **({"sha": None} if text is None else {"content": text})}
            for path, text in files.items()
        ]
        start = self.ask("GET", f"git/commits/{base}")["tree"]["sha"]
        made = self.ask("POST", "git/trees", {"base_tree": start, "tree": tree})["sha"]
        commit = str(self.ask("POST", "git/commits", {"message": message, "tree": made, "parents": [base]})["sha"])
        if self.head_of(branch):
            self.ask("PATCH", f"git/refs/heads/{quote(branch)}", {"sha": commit, "force": True})
        else:
            self.ask("POST", "git/refs", {"ref": f"refs/heads/{branch}", "sha": commit})
        return commit

    def head_of(self, branch: str) -> str:
        """Return the hash of a branch's last commit; empty if there is no such branch."""
        try:
            return str(self.ask("GET", f"git/ref/heads/{quote(branch)}")["object"]["sha"])
        except GitHubError as error:
            if error.status != 404:
                raise
            return ""

    def is_ours(self, commit: str) -> bool:
        """Say whether a workflow made a commit, and not a person."""
        return (self.ask("GET", f"commits/{commit}").get("author") or {}).get("login") == BOT


def _message(body: bytes) -> str:
    try:
        return str(read_json(body).get("message", ""))[:300]
    except (ValueError, AttributeError):
        return "no reason given"
