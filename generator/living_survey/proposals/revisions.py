"""States of a survey that lie in git: which files differ, and a state's files written to a folder without a checkout.

A checkout of somebody's branch would follow their symbolic links and run their hooks; this copies regular files only.
I/O: runs git; writes the folder that it is given.
"""

import base64
import os
import re
import subprocess
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Literal

from living_survey.checks.themes import check_name
from living_survey.disk.files import TEMPORARY, write_file
from living_survey.loading.folders import left_over, symbolic_link
from living_survey.syntax.errors import SurveyError
from living_survey.syntax.problems import Problem, problem
from living_survey.syntax.yaml_reader import check_size

_TIMEOUT = 120
_TEXT = (".md", ".yaml", ".yml", ".cff")
"""Endings of the files that a survey is loaded from."""
_READ, _THEMES = ("docs/", "papers/"), "docs/themes/"
_REVISION = re.compile(r"[0-9A-Za-z][\w./@^~{}-]{0,200}")
_LINK, _SUBMODULE = "120000", "160000"
MAX_FILES = 500_000


class RevisionError(SurveyError):
    """Git cannot say: why, and what to do."""


@dataclass(frozen=True, slots=True)
class Change:
    """One file that a proposal adds, changes or removes; ``path`` is relative to the survey's folder."""

    path: str
    status: Literal["added", "changed", "removed"]


def changed_files(root: Path, base: str, head: str | None = None) -> list[Change]:
    """Return the files in which a state differs from where it left another one.

    Args:
        root: The survey's folder, in a git repository.
        base: The branch or commit that the proposal wants to change.
        head: The proposal's commit; the files as they lie in the folder if None.

    Raises:
        RevisionError: If git does not know them.
    """
    start = _git(root, "merge-base", _revision(base), _revision(head or "HEAD")).decode().strip()
    options = ["diff", "--name-status", "--no-renames", "--no-ext-diff", "--no-textconv", "--relative", "-z", start]
    fields = _git(root, *options, *([_revision(head)] if head else []), "--").decode("utf-8", "replace").split("\0")
    names: dict[str, Literal["added", "changed", "removed"]] = {"A": "added", "D": "removed"}
    found = [
        Change(path, names.get(status, "changed")) for status, path in zip(fields[::2], fields[1::2], strict=False)
    ]
    if head is None:
        new = _git(root, "ls-files", "--others", "--exclude-standard", "-z").decode("utf-8", "replace").split("\0")
        found += [Change(path, "added") for path in new if path]
    return sorted(found, key=lambda change: change.path)


def merge_base(root: Path, base: str, head: str = "HEAD") -> str:
    """Return the commit at which a proposal left the branch that it wants to change."""
    return _git(root, "merge-base", _revision(base), _revision(head)).decode().strip()


def export(root: Path, revision: str, folder: Path) -> list[Problem]:
    """Write the files from which the survey of a commit is loaded.

    Args:
        root: The survey's folder, in a git repository.
        revision: The commit.
        folder: Where to write; made if it is not there.

    Returns:
        Files that were left out because no survey may have them.

    Raises:
        RevisionError: If git does not know the commit.
    """
    wanted, problems = dict[str, str](), list[Problem]()
    listing = _git(root, "ls-tree", "-r", "-z", "-l", _revision(revision), "--", ".").decode("utf-8", "replace")
    for line in filter(None, listing.split("\0")):
        about, _, path = line.partition("\t")
        mode, _, identifier, size = about.split()
        if mode in (_LINK, _SUBMODULE):
            if path.startswith(_READ) or f"{path}/" in _READ:
                problems.append(symbolic_link(path) if mode == _LINK else problem("file-submodule", path))
        elif path.startswith(_READ) and path.endswith(TEMPORARY):
            problems.append(left_over(path))
        elif not path.endswith(_TEXT) or not _is_inside(path):
            if path.startswith(_THEMES) and (found := check_name(PurePosixPath(path).name, path)):
                problems.append(found)
        elif too_large := check_size(int(size), path):
            problems += too_large
        else:
            wanted[path] = identifier
        if len(wanted) > MAX_FILES:
            raise RevisionError(f"more than {MAX_FILES:,} files: not read")
    for path, content in _contents(root, wanted):
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        write_file(target, content, flush=False)
    (folder / "papers").mkdir(parents=True, exist_ok=True)
    return problems


def write_files(folder: Path, files: Mapping[str, str | None]) -> None:
    """Put a proposal's files into a folder: path → text, or None for a file that goes."""
    for path, text in files.items():
        if not _is_inside(path):
            raise RevisionError(f"{path!r} is not a path inside the survey")
        target = folder / path
        if text is None:
            target.unlink(missing_ok=True)
        else:
            target.parent.mkdir(parents=True, exist_ok=True)
            write_file(target, text, flush=False)


def fetch(root: Path, reference: str, token: str = "") -> None:
    """Get the commits of a reference of the repository that this one was cloned from.

    Raises:
        RevisionError: If they cannot be had.
    """
    environment = {"GIT_TERMINAL_PROMPT": "0"}
    if token:
        credentials = base64.b64encode(f"x-access-token:{token}".encode()).decode()
        # In the environment and not on the command line, where every process of the machine could read it.
        environment |= {
            "GIT_CONFIG_COUNT": "1",
            "GIT_CONFIG_KEY_0": "http.extraheader",
            "GIT_CONFIG_VALUE_0": f"Authorization: Basic {credentials}",
        }
    _git(root, "fetch", "--no-tags", "--quiet", "origin", _revision(reference), environment=environment)


def _is_inside(path: str) -> bool:
    parts = PurePosixPath(path).parts
    return bool(parts) and not path.startswith("/") and not any(p in ("..", ".git") or "\\" in p for p in parts)


def _contents(root: Path, wanted: Mapping[str, str]) -> Iterator[tuple[str, bytes]]:
    """Yield path and content of blobs, asked for in one go."""
    answer = _git(root, "cat-file", "--batch", stdin=_lines(wanted.values()))
    at = 0
    for path in wanted:
        end = answer.index(b"\n", at)
        size = int(answer[at:end].split()[2])
        yield path, answer[end + 1 : end + 1 + size]
        at = end + 2 + size


def _lines(texts: Iterable[str]) -> bytes:
    return "".join(f"{text}\n" for text in texts).encode()


def _revision(name: str) -> str:
    """Refuse what git could take for an option or for something else than a revision."""
    if not _REVISION.fullmatch(name) or ".." in name:
        raise RevisionError(f"{name!r} is no branch and no commit")
    return name


def _git(root: Path, *arguments: str, stdin: bytes = b"", environment: Mapping[str, str] | None = None) -> bytes:
    """Run git in a folder."""
    command = ["git", "-c", "core.quotePath=false", "-c", "core.fsmonitor=false", *arguments]
    try:
        done = subprocess.run(  # noqa: S603  (arguments are ours or checked revisions)
            command, cwd=root, input=stdin, capture_output=True, timeout=_TIMEOUT, check=False,
            env={**os.environ, **(environment or {})},
        )  # fmt: skip
    except FileNotFoundError:
        raise RevisionError("git is not installed") from None
    except subprocess.TimeoutExpired:
        raise RevisionError(f"git {arguments[0]} did not end within {_TIMEOUT} s") from None
    if done.returncode:
        words = done.stderr.decode("utf-8", "replace").strip().splitlines()
        raise RevisionError(f"git {arguments[0]}: {words[-1][:300] if words else 'failed'}")
    return done.stdout
