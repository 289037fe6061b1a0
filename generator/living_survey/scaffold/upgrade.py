"""Bring the generator of a survey to this version; what the survey's people wrote or changed themselves stays.

I/O: reads the survey, asks git whether anything is uncommitted; the caller writes what is planned here.
"""

import re
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from living_survey.loading.settings import load_settings
from living_survey.scaffold.delivered import (
    REPOSITORY,
    STAMP,
    Delivered,
    StartError,
    delivered_files,
    digest,
    is_generators,
    own_version,
    read_stamp,
    to_stamp,
)
from living_survey.scaffold.moved import new_places
from living_survey.syntax.problems import ProblemsError

CODE = "generator/"
NEW = ".new"
"""Ending of a new version beside a file that was changed by hand."""


@dataclass
class Upgrade:
    """What an upgrade comes to.

    Attributes:
        old: The version that the survey has.
        new: This version.
        files: File → its new content, or None where it goes.
        programs: Files that can be run.
        lines: What happens to each file that does not stay as it is, and to each that was changed by hand.
        beside: The files whose new version lies beside them.
    """

    old: str
    new: str
    files: dict[Path, bytes | None] = field(default_factory=dict)
    programs: set[Path] = field(default_factory=set)
    lines: list[str] = field(default_factory=list)
    beside: list[str] = field(default_factory=list)


def plan_upgrade(folder: Path, *, force: bool = False) -> Upgrade:
    """Plan an upgrade. Nothing is written.

    Args:
        folder: The survey's folder.
        force: Whether files that were changed by hand are replaced too.

    Raises:
        StartError: If the folder is no survey, has uncommitted changes, or has a newer generator.
    """
    folder = folder.absolute()
    _check_survey(folder)
    old, digests = _read_stamp(folder, force=force)
    plan = Upgrade(old, own_version())
    if _numbers(old) > _numbers(plan.new):
        hint = "upgrade from that version's repository, or a newer one's"
        raise StartError(f"{folder} has the generator's version {old}, newer than this one, {plan.new}: {hint}")
    _check_committed(folder)
    delivered = {path: file for path, file in delivered_files().items() if is_generators(path)}
    for path, file in delivered.items():
        _plan_file(plan, folder, path, file, digests.get(path), force=force)
    for path in sorted(digests.keys() - delivered.keys()):
        _plan_removal(plan, folder, path, digests[path], new_places(path, delivered), force=force)
    stamp = to_stamp(plan.new, {path: file.digest for path, file in delivered.items()}).encode("utf-8")
    if not (folder / STAMP).is_file() or (folder / STAMP).read_bytes() != stamp:
        plan.files[folder / STAMP] = stamp
    return plan


def _plan_file(plan: Upgrade, folder: Path, path: str, file: Delivered, stamped: str | None, *, force: bool) -> None:
    target = _inside(folder, path)
    there = digest(target.read_bytes()) if target.is_file() else None
    if there == file.digest:
        return
    if there is None and stamped and not path.startswith(CODE) and not force:
        plan.lines.append(f"left out  {path}: you deleted it (--force brings it back)")
        return
    if there is None or there == stamped or force:
        plan.lines.append(f"{'added   ' if there is None else 'replaced'}  {path}")
        _put(plan, target, file)
    elif stamped == file.digest:
        plan.lines.append(f"yours     {path}: you changed it; the generator did not")
    else:
        beside = target.with_name(f"{target.name}{NEW}")
        plan.lines.append(f"yours     {path}: you changed it; the new one is {path}{NEW}")
        plan.beside.append(path)
        _put(plan, beside, file)


def _plan_removal(plan: Upgrade, folder: Path, path: str, stamped: str, now: Sequence[str], *, force: bool) -> None:
    """Delete what the generator no longer has, unless somebody made it their own: then name the place of its code."""
    target = _inside(folder, path)
    if not target.is_file() or not is_generators(path):
        return
    if force or digest(target.read_bytes()) == stamped:
        plan.lines.append(f"deleted   {path}: no longer part of the generator")
        plan.files[target] = None
    elif now:
        hint = f"make your change in {' or '.join(now)}, then delete this file"
        plan.lines.append(f"yours     {path}: you changed it; its code has moved, and nothing uses this file: {hint}")
    else:
        plan.lines.append(f"yours     {path}: you changed it; it is no longer part of the generator")


def _put(plan: Upgrade, target: Path, file: Delivered) -> None:
    plan.files[target] = file.raw
    if file.runs:
        plan.programs.add(target)


def _inside(folder: Path, path: str) -> Path:
    """Return a file of the survey; a stamp is a file that people can edit, so its paths are not trusted."""
    target = folder / path
    if not target.resolve().is_relative_to(folder.resolve()):
        raise StartError(f"{path} lies outside of {folder}, or is a link out of it: put a file there")
    return target


def _check_survey(folder: Path) -> None:
    hint = "name the folder of a survey, with its mkdocs.yml"
    try:
        load_settings(folder / "mkdocs.yml")
    except ProblemsError as error:
        raise StartError(f"{folder} is not a survey: {error.problems[0].message}; {hint}") from None
    if folder.resolve() == REPOSITORY.resolve():
        where = "run it with the newer generator's program: <its folder>/.venv/bin/survey upgrade"
        raise StartError(f"{folder} contains the generator that is running; {where} {folder}")
    if not (folder / "generator").is_dir():
        raise StartError(f"{folder} has no generator/ to replace; {hint}")


def _read_stamp(folder: Path, *, force: bool) -> tuple[str, dict[str, str]]:
    file = folder / STAMP
    if file.is_file():
        return read_stamp(file.read_text(encoding="utf-8", errors="replace"))
    if force:
        return "0", {}
    why = f"{folder} has no {STAMP}, so there is no telling which files were changed by hand"
    raise StartError(f"{why}: --force replaces all that belong to the generator")


def _check_committed(folder: Path) -> None:
    """Refuse a repository with changes that git could not bring back."""
    try:
        done = subprocess.run(  # noqa: S603  (fixed arguments)
            ["git", "-C", str(folder), "status", "--porcelain", "--", "."],  # noqa: S607
            capture_output=True, text=True, check=False,
        )  # fmt: skip
    except OSError:
        if (folder / ".git").exists():
            raise StartError(f"{folder} is a git repository, and git is not installed: install git") from None
        return
    if done.returncode == 0 and (names := [line[3:] for line in done.stdout.splitlines()]):
        some = ", ".join(names[:5]) + (" …" if len(names) > 5 else "")
        hint = "commit them (git add -A && git commit) or stash them (git stash -u), then upgrade"
        raise StartError(f"{folder} has uncommitted changes: {some}; {hint}")
    if done.returncode and (folder / ".git").exists():
        raise StartError(f"git cannot tell whether anything is uncommitted: {done.stderr.strip()}")


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(int(number) for number in re.findall(r"\d+", version))
