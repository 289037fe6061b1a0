"""States of a survey that lie in git: which files differ, and a state's files written to a folder without a checkout.

A checkout of somebody's branch would follow their symbolic links and run their hooks; this copies regular files only.
I/O: runs git; writes the folder that it is given.
"""

import base64
import errno
import os
import re
import subprocess
import tempfile
import threading
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Literal

from living_survey.checks.themes import check_name
from living_survey.disk.files import TEMPORARY, write_file
from living_survey.loading.folders import left_over, symbolic_link
from living_survey.model.settings import Settings
from living_survey.syntax.errors import SurveyError
from living_survey.syntax.problems import Problem, problem
from living_survey.syntax.yaml_reader import check_size

_TIMEOUT = 120
_TEXT = (".md", ".yaml", ".yml", ".cff")
"""Endings of the files that a survey is loaded from."""
_REVISION = re.compile(r"[0-9A-Za-z][\w./@^~{}-]{0,200}")
_LINK, _SUBMODULE = "120000", "160000"
MAX_FILES = 500_000
_MAX_ANSWER = 100_000_000
"""Bytes of an answer of git's that are read: 500,000 files with paths of 200 letters."""
_AT_ONCE, _BYTES_AT_ONCE = 1_000, 8_000_000
"""Files, and about so many bytes, that are asked of git at once."""
_PART = 1_000_000
_LONGEST_NAME = 255
_IN_THE_WAY = (errno.EEXIST, errno.EISDIR, errno.ENOTDIR, errno.ENAMETOOLONG, errno.EINVAL, errno.EILSEQ)
"""What a disk says of names that cannot stand beside each other, which git has no objection to."""


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
    if head:  # names are read one by one; to compare them, git would hold all of a billion in memory
        _git(root, "ls-tree", "-r", "-z", "--name-only", _revision(head), "--", ".")
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


def export(settings: Settings, revision: str, folder: Path, limit: int | None = None) -> list[Problem]:
    """Write the files from which the survey of a commit is loaded.

    Args:
        settings: Of the survey as it is, in a git repository; they say where papers and pages are.
        revision: The commit.
        folder: Where to write; made if it is not there.
        limit: So many bytes at most may the files have together.

    Returns:
        Files that were left out because no survey may have them.

    Raises:
        RevisionError: If git does not know the commit, or it has too many files or bytes.
    """
    wanted, problems, root = dict[str, tuple[str, int]](), list[Problem](), settings.root
    papers, docs = f"{settings.papers}/", f"{settings.relative(settings.docs_dir)}/"
    themes = f"{settings.relative(settings.themes_dir)}/"
    listing = _git(root, "ls-tree", "-r", "-z", "-l", _revision(revision), "--", ".").decode("utf-8", "replace")
    for line in filter(None, listing.split("\0")):
        about, _, path = line.partition("\t")
        mode, _, identifier, size = about.split()
        if mode in (_LINK, _SUBMODULE):
            if path.startswith((papers, docs)) or f"{path}/" in (papers, docs):
                problems.append(symbolic_link(path) if mode == _LINK else problem("file-submodule", path))
        elif path.startswith((papers, docs)) and path.endswith(TEMPORARY):
            problems.append(left_over(path))
        elif (longest := max(len(part.encode()) for part in path.split("/"))) > _LONGEST_NAME:
            problems.append(problem("file-name-too-long", path[:_LONGEST_NAME], length=longest))
        elif not path.endswith(_TEXT) or not _is_inside(path):
            if path.startswith(themes) and (found := check_name(PurePosixPath(path).name, path, themes.rstrip("/"))):
                problems.append(found)
        elif too_large := check_size(int(size), path):
            problems += too_large
        else:
            wanted[path] = identifier, int(size)
        if len(wanted) > MAX_FILES:
            raise RevisionError(f"more than {MAX_FILES:,} files: not read")
    total = sum(size for _, size in wanted.values())
    if limit is not None and total > limit:
        raise RevisionError(f"the files of {revision[:12]} have {total:,} bytes together; at most {limit:,} are read")
    for path, content in _contents(root, wanted):
        target = folder / path
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            write_file(target, content, flush=False)
        except OSError as error:
            if error.errno not in _IN_THE_WAY:
                raise
            problems.append(problem("file-in-the-way", path, reason=error.strerror))
    (folder / settings.papers).mkdir(parents=True, exist_ok=True)
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


def _contents(root: Path, wanted: Mapping[str, tuple[str, int]]) -> Iterator[tuple[str, bytes]]:
    """Yield path and content of blobs: path → (identifier, size); a few megabytes of them at a time."""
    names = list(wanted)
    while names:
        count, total = 0, 0
        while count < min(len(names), _AT_ONCE) and (not count or total < _BYTES_AT_ONCE):
            total += wanted[names[count]][1]
            count += 1
        paths, names = names[:count], names[count:]
        answer, at = _git(root, "cat-file", "--batch", stdin=_lines(wanted[path][0] for path in paths)), 0
        for path in paths:
            end = answer.index(b"\n", at)
            size = int(answer[at:end].split()[2])
            yield path, answer[end + 1 : end + 1 + size]
            at = end + 2 + size


def _lines(texts: Iterable[str]) -> bytes:
    return "".join(f"{text}\n" for text in texts).encode()


def _revision(name: str) -> str:
    """Refuse what git could take for an option or for something else than a revision."""
    if not _REVISION.fullmatch(name) or ".." in name:
        raise RevisionError(f"{name!r} is not a branch or commit")
    return name


def _git(root: Path, *arguments: str, stdin: bytes = b"", environment: Mapping[str, str] | None = None) -> bytes:
    """Run git in a folder."""
    command = ["git", "-c", "core.quotePath=false", "-c", "core.fsmonitor=false", *arguments]
    with tempfile.TemporaryFile() as questions, tempfile.TemporaryFile() as errors:
        questions.write(stdin)
        questions.seek(0)
        try:
            git = subprocess.Popen(  # noqa: S603  (arguments are ours or checked revisions)
                command, cwd=root, stdin=questions, stdout=subprocess.PIPE, stderr=errors,
                env={**os.environ, **(environment or {})},
            )  # fmt: skip
        except FileNotFoundError:
            raise RevisionError("git is not installed") from None
        answer = _answer(git, arguments[0])
        if git.returncode:
            errors.seek(0)
            words = errors.read(_MAX_ANSWER).decode("utf-8", "replace").strip().splitlines()
            raise RevisionError(f"git {arguments[0]}: {words[-1][:300] if words else 'failed'}")
    return answer


def _answer(git: subprocess.Popen[bytes], what: str) -> bytes:
    """Return what git says, unless it says too much or for too long: a tree of 1 kB can name a billion files."""
    late = threading.Timer(_TIMEOUT, git.kill)
    late.start()
    try:
        assert git.stdout is not None  # noqa: S101  (a pipe was asked for)
        with git.stdout as pipe:
            parts, size = list[bytes](), 0
            while size <= _MAX_ANSWER and (part := pipe.read(_PART)):  # a larger part would be allotted at once
                parts.append(part)
                size += len(part)
            too_much = size > _MAX_ANSWER
            if too_much:
                git.kill()
        git.wait()
    finally:
        ended = late.is_alive()
        late.cancel()
        git.kill()
    if too_much:
        raise RevisionError(f"git {what} answers with more than {_MAX_ANSWER:,} bytes: not read")
    if not ended:
        raise RevisionError(f"git {what} did not end within {_TIMEOUT} s")
    return b"".join(parts)
