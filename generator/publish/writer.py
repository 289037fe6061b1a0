"""Publish a finished build into the folder that is served, so that the last good site survives any failure.

The host builds into a hidden folder inside the site. Only when everything is ready is it moved into place, file by
file through a rename, under a journal: an interrupted run leaves the journal, which a deployment refuses and the next
build completes. Files that did not change are left alone, so that copying tools see what did. I/O: writes the site.
"""

import os
import shutil
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

HOST_FOLDER = ".host"
"""Where the host builds, inside the site."""
JOURNAL = ".publishing"
"""There while, and only while, the site is between two builds."""
_TEMPORARY = ".survey-new"


class PathError(Exception):
    """A generated file would stand outside the site or over another one."""


def discard_host(site: Path) -> None:
    """Remove what the host built, and the site's folder where there was none before."""
    shutil.rmtree(site / HOST_FOLDER, ignore_errors=True)
    if site.is_dir() and not any(site.iterdir()):
        site.rmdir()


def publish(site: Path, generated: Iterable[tuple[str, str]], *, without: Iterable[str] = ()) -> int:
    """Bring the host's folder and the generated files into the site, and remove what no longer belongs to it.

    Args:
        site: The site's folder; the host's files are in its hidden folder.
        generated: (path relative to the site, text), in the order of writing.
        without: Paths of the host's that are not published.

    Returns:
        How many files the site has.

    Raises:
        PathError: If two files claim one path, or a path leaves the site.
    """
    host = site / HOST_FOLDER
    left_out = set(without)
    journal = site / JOURNAL
    journal.touch()
    written: set[str] = set()
    folders: set[str] = set()

    def target(path: str) -> str:
        parts = path.split("/")
        if path.startswith(("/", ".")) or ".." in parts or "\\" in path:
            raise PathError(f"{path} is outside the site")
        if path in written:
            raise PathError(f"two files claim the address {path}")
        written.add(path)
        folder = path.rpartition("/")[0]
        if folder not in folders:
            (site / folder).mkdir(parents=True, exist_ok=True)
            folders.add(folder)
        return f"{site}/{path}"

    # Style sheets and pages of the host are what generated pages lean on: they come first.
    for file in sorted(host.rglob("*")):
        path = file.relative_to(host).as_posix()
        if file.is_file() and path not in left_out:
            _replace(str(file), target(path))
    for path, text in generated:
        _write(target(path), text.encode("utf-8"))
    _remove_others(site, written)
    shutil.rmtree(host, ignore_errors=True)
    journal.unlink()
    return len(written)


def _replace(source: str, target: str) -> None:
    if not _same(target, Path(source).read_bytes()):
        Path(source).replace(target)


def _write(target: str, content: bytes) -> None:
    if not _same(target, content):
        temporary = target + _TEMPORARY
        with open(temporary, "wb") as file:  # noqa: PTH123  (three times faster than Path.open over 100,000 files)
            file.write(content)
        Path(temporary).replace(target)


def _same(target: str, content: bytes) -> bool:
    try:
        with open(target, "rb") as file:  # noqa: PTH123
            return os.fstat(file.fileno()).st_size == len(content) and file.read() == content
    except OSError:
        return False


def _remove_others(site: Path, written: set[str]) -> None:
    """Delete files that this build did not make, and folders left empty; hidden ones at the top stay."""
    for folder, _, files in os.walk(site, topdown=False):
        relative = Path(folder).relative_to(site).as_posix()
        prefix = "" if relative == "." else f"{relative}/"
        if prefix.startswith("."):
            continue
        for name in files:
            if prefix + name not in written and not (not prefix and name.startswith(".")):
                Path(folder, name).unlink()
        if prefix:
            with suppress(OSError):  # not empty: it stays
                Path(folder).rmdir()
