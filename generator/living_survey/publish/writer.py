"""Publish a finished build into the folder that is served: all of it, or nothing.

Everything is made ready in a hidden folder inside the site: what the host built, and every generated file that differs
from the one that is there. Rendering, encoding, names and room on the disk can fail only there. Then renames are left,
under a journal: an interrupted run leaves it, a deployment refuses it, and the next build completes what it stands for.
Files that did not change are left alone, so that copying tools see what did. Nothing is flushed to the disk file by
file: a build makes a site again. I/O: writes the site.
"""

import errno
import os
import shutil
import stat
import unicodedata
from collections.abc import Container, Iterable, Iterator
from contextlib import suppress
from pathlib import Path

from living_survey.model.addresses import HOST_FOLDER, JOURNAL, MARK
from living_survey.publish.site_folder import BUILDER
from living_survey.syntax.errors import SurveyError
from living_survey.syntax.memory import uncollected

_ASIDE = ".aside"
"""In the hidden folder: what no longer belongs to the site, on its way out."""
_RESERVED = frozenset({HOST_FOLDER, JOURNAL, MARK, ".git"})
"""Names at the top of the site that no file of a build can have."""
_FOLDER, _FILE, _OTHER = "folder", "file", "other"
_READ = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
_WRITE = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)


class PathError(SurveyError):
    """A file of the build would stand outside the site or over another one, or cannot be written as UTF-8."""


@uncollected()
def publish(site: Path, generated: Iterable[tuple[str, str]], *, without: Iterable[str] = ()) -> int:
    """Bring the host's folder and the generated files into the site, and remove what no longer belongs to it.

    Args:
        site: The site's folder; the host's files are in its hidden folder, and no other build writes there.
        generated: (path relative to the site, text), in the order of publishing.
        without: Paths of the host's that are not published.

    Returns:
        How many files the site has.

    Raises:
        PathError: If two files claim one path, or a path leaves the site; then nothing has changed.
        OSError: If a file cannot be written. Nothing has changed, unless the journal is there: then the disk stopped
            the renames half-way.
    """
    build = _Build(site)
    # Style sheets and pages of the host are what generated pages lean on: they come first.
    for path in without:
        _remove(str(site / HOST_FOLDER), path)
    for path, kind in _walk(str(site / HOST_FOLDER)):
        if kind != _FOLDER and path != BUILDER:
            build.take(path)
    for path, text in generated:
        try:
            build.add(path, text.encode("utf-8"))
        except UnicodeEncodeError as error:
            where = f"U+{ord(text[error.start]):04X} in {text[max(0, error.start - 20) : error.start]!r}…"
            raise PathError(f"{path} has a character that no file can have: {where}") from None
    build.check()
    build.publish()
    return len(build.paths)


class _Build:
    """A site that is made ready. Paths are relative to the site; folders have no final slash, the site itself is ''."""

    def __init__(self, site: Path) -> None:
        self._site = str(site)
        self._host = str(site / HOST_FOLDER)
        self.paths: set[str] = set()
        """All files of the new site."""
        self._old = dict(_walk(self._site, without=_RESERVED))
        """What the site has, by the names that it has on the disk: another one may differ in capitals alone."""
        self._folders = {"": True}
        """All folders of the new site → whether the site has them."""
        self._ready = {""}
        """Folders that the hidden folder has."""
        self._changed: list[str] = []
        """Files in the hidden folder that are to be moved, in this order."""
        self._stale: list[str] = []
        """Files and folders of the site that no longer belong to it."""
        self._moved: set[str] = set()
        """Folders that came as a whole."""
        self._asides = 0

    def take(self, path: str) -> None:
        """Take a file that the host has made."""
        self._claim(path)
        with open(f"{self._host}/{path}", "rb") as file:  # noqa: PTH123  (faster than Path.open)
            content = file.read()
        if not self._is_there(path, content):
            self._changed.append(path)

    def add(self, path: str, content: bytes) -> None:
        """Write a file into the hidden folder, unless the site has it already."""
        self._claim(path)
        if self._is_there(path, content):
            return
        folder = path.rpartition("/")[0]
        target = f"{self._host}/{path}"
        try:
            if folder not in self._ready:
                self._make(folder)
            file = os.open(target, _WRITE)
        except (FileExistsError, NotADirectoryError):
            raise PathError(f"two files claim the address {path}, on this disk") from None
        try:
            rest = memoryview(content)
            while rest:
                rest = rest[os.write(file, rest) :]
        except OSError as error:  # the error of a write names no file
            raise OSError(error.errno, error.strerror, target) from None
        finally:
            os.close(file)
        self._changed.append(path)

    def _make(self, folder: str) -> None:
        """Make a folder inside the hidden one, and those on the way to it: most have a way that is there."""
        above = folder.rpartition("/")[0]
        if above not in self._ready:
            self._make(above)
        with suppress(FileExistsError):  # the host's; if it is a file, the next step says so
            os.mkdir(f"{self._host}/{folder}")  # noqa: PTH102  (as above)
        self._ready.add(folder)

    def check(self) -> None:
        """Find what could go wrong with renames, and what there is to remove.

        Raises:
            PathError: If a file stands where a folder has to.
            OSError: If a folder of the site cannot be changed.
        """
        if both := sorted(self.paths & self._folders.keys()):
            raise PathError(f"{both[0]} is a file, and a folder of other files")
        self._stale = [path for path in self._old if self._is_stale(path)]
        device = os.stat(self._host).st_dev  # noqa: PTH116  (as above)
        for folder in sorted({self._existing(path) for path in [*self._changed, *self._stale]}):
            name = f"{self._site}/{folder}".rstrip("/")
            if not os.access(name, os.W_OK | os.X_OK, effective_ids=os.access in os.supports_effective_ids):
                raise PermissionError(errno.EACCES, "the folder cannot be changed", name)
            if os.stat(name).st_dev != device:  # noqa: PTH116  (as above)
                raise OSError(errno.EXDEV, "the folder is on another disk than the site", name)

    def publish(self) -> None:
        """Move everything into place. Lists come after the pages that they name, as they were added; removals last."""
        journal = Path(self._site, JOURNAL)
        if self._changed or self._stale:
            os.mkdir(f"{self._host}/{_ASIDE}")  # noqa: PTH102  (as above)
            if journal.is_symlink():
                journal.unlink()
            journal.touch()
            late = []
            names = {_fold(path) for path in [*self.paths, *self._folders]} if self._stale else set()
            for path in self._stale:
                if _fold(path) in names:  # for some disks it has the name of what is new
                    self._put_aside(path)
                else:
                    late.append(path)
            for path in self._changed:
                self._move(path)
            for path in late:
                self._put_aside(path)
        shutil.rmtree(self._host, ignore_errors=True)
        journal.unlink(missing_ok=True)

    def _claim(self, path: str) -> None:
        parts = path.split("/")
        if not {"", ".", ".."}.isdisjoint(parts) or "\\" in path or parts[0] in _RESERVED:
            raise PathError(f"{path} is outside the site")
        if path in self.paths:
            raise PathError(f"two files claim the address {path}")
        self.paths.add(path)
        self._has(path.rpartition("/")[0])

    def _has(self, folder: str) -> bool:
        """Say whether the site has a folder, and note that the new site has it."""
        if folder not in self._folders:
            above = ""
            for part in folder.split("/"):
                here = f"{above}/{part}" if above else part
                if here not in self._folders:
                    self._folders[here] = self._folders[above] and self._old.get(here) == _FOLDER
                above = here
        return self._folders[folder]

    def _is_there(self, path: str, content: bytes) -> bool:
        if self._old.get(path) != _FILE or not self._has(path.rpartition("/")[0]):
            return False
        file = os.open(f"{self._site}/{path}", _READ)
        try:
            return os.fstat(file).st_size == len(content) and os.read(file, len(content) + 1) == content
        finally:
            os.close(file)

    def _is_stale(self, path: str) -> bool:
        """Say whether something goes by itself: not with its folder, and not to make room for what is new."""
        folder, _, name = path.rpartition("/")
        if path in self.paths or path in self._folders or folder not in self._folders:
            return False
        return bool(folder) or not name.startswith(".")

    def _existing(self, path: str) -> str:
        """Return the folder in which a path will be moved or removed: the nearest that the site has."""
        folder = path.rpartition("/")[0]
        while not self._folders.get(folder, True):
            folder = folder.rpartition("/")[0]
        return folder

    def _move(self, path: str) -> None:
        """Move a file into place; where the site lacks its folder, that with all that is in it."""
        missing = self._missing(path.rpartition("/")[0])
        if not missing:
            self._rename(path)
        elif missing not in self._moved:
            self._rename(missing)
            self._moved.add(missing)

    def _missing(self, folder: str) -> str:
        """Return the topmost folder that the site lacks on the way to a folder, or nothing."""
        missing = ""
        while not self._folders[folder]:
            missing, folder = folder, folder.rpartition("/")[0]
        return missing

    def _rename(self, path: str) -> None:
        source, target = f"{self._host}/{path}", f"{self._site}/{path}"
        try:
            os.replace(source, target)  # noqa: PTH105  (as above)
        except OSError:
            if not os.path.lexists(target) or _is_folder(source) == _is_folder(target):
                raise
            self._put_aside(path)  # a folder where a file belongs, or the other way round
            os.replace(source, target)  # noqa: PTH105  (as above)

    def _put_aside(self, path: str) -> None:
        self._asides += 1
        os.replace(f"{self._site}/{path}", f"{self._host}/{_ASIDE}/{self._asides}")  # noqa: PTH105  (as above)


def _is_folder(path: str) -> bool:
    try:
        return stat.S_ISDIR(os.lstat(path).st_mode)
    except OSError:
        return False


def _fold(path: str) -> str:
    """Return a path as disks see it that know no capitals, or write accents in another way."""
    return unicodedata.normalize("NFC", path).casefold()


def _walk(folder: str, prefix: str = "", *, without: Container[str] = ()) -> Iterator[tuple[str, str]]:
    """Yield what is in a folder, by its path in there, with what it is; sorted, a folder before what is in it."""
    with os.scandir(folder) as entries:
        found = sorted((entry for entry in entries if entry.name not in without), key=lambda entry: entry.name)
    for entry in found:
        path = prefix + entry.name
        if entry.is_dir(follow_symlinks=False):
            yield path, _FOLDER
            yield from _walk(entry.path, f"{path}/")
        else:
            yield path, _FILE if entry.is_file(follow_symlinks=False) else _OTHER


def _remove(folder: str, path: str) -> None:
    """Remove a file, if it is there, and folders on the way to it that have nothing else."""
    with suppress(OSError):  # not there, or something else is
        os.unlink(f"{folder}/{path}")  # noqa: PTH108  (as above)
        while path := path.rpartition("/")[0]:
            os.rmdir(f"{folder}/{path}")  # noqa: PTH106  (as above)
