"""A server on this machine that answers as GitHub's REST API does, as far as proposals use it, and remembers."""

import hashlib
import json
import re
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from tests.local_server import LocalServer, QuietHandler

BOT = "github-actions[bot]"


class GitHubServer(LocalServer):
    """One repository, ``birds/survey``.

    Attributes:
        comments: Number of an issue or pull request → its comments.
        pulls: All pull requests.
        refs: Branch → hash.
        files: Commit hash → path → text (None for a file taken out), as the commit changed them.
        may_open: Whether workflows may open pull requests.
        writes: (method, path) of everything but questions.
    """

    def __init__(self, main: str) -> None:
        self.comments: dict[int, list[dict[str, Any]]] = {}
        self.pulls: list[dict[str, Any]] = []
        self.refs = {"main": main}
        self.files: dict[str, dict[str, str | None]] = {}
        self.authors: dict[str, str] = {}
        self.messages: dict[str, str] = {}
        self.may_open = True
        self.writes: list[tuple[str, str]] = []
        self.tokens: set[str] = set()
        self._trees: dict[str, dict[str, str | None]] = {}
        self._number = 100
        outer = self

        class Handler(QuietHandler):
            def do_GET(self) -> None:
                self._reply("GET")

            def do_POST(self) -> None:
                self._reply("POST")

            def do_PATCH(self) -> None:
                self._reply("PATCH")

            def _reply(self, method: str) -> None:
                length = int(self.headers.get("Content-Length") or 0)
                data = json.loads(self.rfile.read(length)) if length else {}
                outer.tokens.add(self.headers["Authorization"])
                status, answer = outer.answer(method, self.path, data)
                body = json.dumps(answer).encode()
                self.send_response(status)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

        super().__init__(Handler)

    def pull(self, number: int, head: str, *, owner: str = "finch", branch: str = "new-paper") -> None:
        """Add an open pull request from somebody's copy."""
        there = {"sha": head, "ref": branch, "label": f"{owner}:{branch}"}
        self.pulls.append({"number": number, "state": "open", "head": there, "base": {"sha": self.refs["main"]}})

    def answer(self, method: str, address: str, data: dict[str, Any]) -> tuple[int, Any]:
        """Answer one question."""
        parts = urlsplit(address)
        path = unquote(parts.path)
        query = {name: values[0] for name, values in parse_qs(parts.query).items()}
        if method != "GET":
            self.writes.append((method, path))
        if not path.startswith("/repos/birds/survey"):
            return 404, {"message": "Not Found"}
        path = path.removeprefix("/repos/birds/survey")
        for verb, pattern, reply in self._routes():
            if verb == method and (found := re.fullmatch(pattern, path)):
                status, answer = reply(found, data, query)
                return status, answer
        return 404, {"message": "Not Found"}

    def _routes(self) -> list[tuple[str, str, Any]]:
        return [
            ("GET", "", lambda *_: (200, self._repository())),
            ("GET", r"/issues/(\d+)/comments", lambda m, _, q: (200, self._page(self.comments.get(int(m[1]), []), q))),
            ("POST", r"/issues/(\d+)/comments", lambda m, d, _: (201, self._comment(int(m[1]), d["body"]))),
            ("PATCH", r"/issues/comments/(\d+)", lambda m, d, _: (200, self._edit(int(m[1]), d["body"]))),
            ("GET", "/pulls", lambda _, __, q: (200, self._page([p for p in self.pulls if self._asked(p, q)], q))),
            ("POST", "/pulls", lambda _, d, __: self._open(d)),
            ("PATCH", r"/pulls/(\d+)", lambda m, d, _: (200, self._find(int(m[1])) | d)),
            ("GET", r"/git/ref/heads/(.+)", lambda m, *_: self._ref(m[1])),
            ("GET", r"/git/commits/(\w+)", lambda m, *_: (200, {"sha": m[1], "tree": {"sha": f"tree-of-{m[1]}"}})),
            ("GET", r"/commits/(\w+)", lambda m, *_: (200, {"author": {"login": self.authors.get(m[1], BOT)}})),
            ("POST", "/git/trees", lambda _, d, __: (201, self._tree(d))),
            ("POST", "/git/commits", lambda _, d, __: (201, self._commit(d))),
            (
                "POST",
                "/git/refs",
                lambda _, d, __: self._move(d["ref"].removeprefix("refs/heads/"), d["sha"], new=True),
            ),
            ("PATCH", r"/git/refs/heads/(.+)", lambda m, d, _: self._move(m[1], d["sha"], new=False)),
        ]

    @staticmethod
    def _page(items: list[Any], query: dict[str, str]) -> list[Any]:
        size, page = int(query.get("per_page", 30)), int(query.get("page", 1))
        return items[(page - 1) * size : page * size]

    @staticmethod
    def _repository() -> dict[str, Any]:
        return {"default_branch": "main", "owner": {"login": "birds"}, "html_url": "https://github.com/birds/survey"}

    @staticmethod
    def _asked(pull: dict[str, Any], query: dict[str, str]) -> bool:
        return bool(pull["state"] == query["state"] and pull["head"]["label"] == query["head"])

    def _find(self, number: int) -> dict[str, Any]:
        return next(pull for pull in self.pulls if pull["number"] == number)

    def _comment(self, number: int, body: str, author: str = BOT) -> dict[str, Any]:
        self._number += 1
        comment = {"id": self._number, "body": body, "user": {"login": author}}
        self.comments.setdefault(number, []).append(comment)
        return comment

    def _edit(self, identifier: int, body: str) -> dict[str, Any]:
        [comment] = [c for comments in self.comments.values() for c in comments if c["id"] == identifier]
        comment["body"] = body
        return comment

    def _open(self, data: dict[str, Any]) -> tuple[int, Any]:
        if not self.may_open:
            return 403, {"message": "GitHub Actions is not permitted to create or approve pull requests."}
        self._number += 1
        head = {"sha": self.refs[data["head"]], "ref": data["head"], "label": f"birds:{data['head']}"}
        pull = {**data, "number": self._number, "state": "open", "head": head, "base": {"sha": self.refs["main"]}}
        self.pulls.append(pull)
        return 201, pull

    def _ref(self, name: str) -> tuple[int, Any]:
        if name not in self.refs:
            return 404, {"message": "Not Found"}
        return 200, {"object": {"sha": self.refs[name]}}

    def _move(self, name: str, sha: str, *, new: bool) -> tuple[int, Any]:
        if new == (name in self.refs):
            return 422, {"message": "Reference already exists" if new else "Reference does not exist"}
        self.refs[name] = sha
        return 200, {"object": {"sha": sha}}

    def _tree(self, data: dict[str, Any]) -> dict[str, str]:
        files = {item["path"]: item.get("content") for item in data["tree"]}
        assert all(item["mode"] == "100644" and item["type"] == "blob" for item in data["tree"])
        sha = hashlib.sha1(json.dumps(data).encode(), usedforsecurity=False).hexdigest()
        self._trees[sha] = files
        return {"sha": sha}

    def _commit(self, data: dict[str, Any]) -> dict[str, str]:
        sha = hashlib.sha1(json.dumps(data).encode(), usedforsecurity=False).hexdigest()
        self.files[sha] = self._trees[data["tree"]]
        self.messages[sha] = data["message"]
        return {"sha": sha}
