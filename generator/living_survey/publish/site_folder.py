"""The site's folder while a build writes it, and no other build does.

A build locks the mark that the folder has. The system drops the lock with the process, so that a killed build stops no
other one. I/O: makes the folder, its mark and the hidden folder in which a build works.
"""

import os
import shutil
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from living_survey.disk.files import explain
from living_survey.disk.lock import lock
from living_survey.model.addresses import HOST_FOLDER, JOURNAL, MARK
from living_survey.syntax.errors import SurveyError
from living_survey.syntax.reading import REPORT, short

BUILDER = ".builder"
"""In the hidden folder: the number of the process that builds."""
WAIT = 600.0
"""Seconds that a build waits for another one of the same site."""
_MARK_TEXT = """\
A build of a survey made this folder. The next one deletes from it whatever it does not make itself.
"""


class BusyError(SurveyError):
    """Another build writes the site, and goes on doing so."""


class SiteFolder:
    """The folder that a build writes, and that no other build writes meanwhile.

    Attributes:
        path: The folder, without symbolic links on the way.
        host: The hidden folder inside, in which everything is made ready.
    """

    def __init__(self, site: Path) -> None:
        """Take a folder that `check_site_dir` has nothing against; nothing is touched yet."""
        self.path = Path(os.path.realpath(site))
        self.host = self.path / HOST_FOLDER
        self._lock: int | None = None
        self._made: list[Path] = []
        self._is_alone = True
        """Whether the disk keeps other builds off."""

    def hold(self, say: Callable[[str], None], wait: float = WAIT) -> None:
        """Keep other builds off, and make an empty hidden folder.

        Args:
            say: Is told, once, if another build has the folder.
            wait: Seconds to wait for that one.

        Raises:
            BusyError: If it has it still.
            OSError: If the folder cannot be made or written.
        """
        end, told = time.monotonic() + wait, False
        while (lock := self._try()) is None:
            if not told:
                say(f"another build{self._builder()} is writing {self.path}: waiting for it")
                told = True
            if time.monotonic() > end:
                words = f"another build{self._builder()} has been writing {self.path} for {wait / 60:.0f} minutes"
                raise BusyError(f"{words}; wait for it, or end it")
            time.sleep(0.1)
        self._lock = lock
        if not self._is_alone:
            say(f"{self.path} is on a disk that knows no locks: see to it that no other build writes there meanwhile")
        clear(self.host)
        self.host.mkdir()
        (self.host / BUILDER).write_text(f"{os.getpid()}\n", encoding="ascii")

    @property
    def is_open(self) -> bool:
        """Whether the site is between two builds."""
        return (self.path / JOURNAL).exists()

    def ending(self, error: Exception, page: str) -> str:
        """Return the line with which a build ends over an error that nothing else has words for.

        Args:
            error: What happened: a full disk, a name too long for one, or a mistake in the generator.
            page: Which page was being rendered, if one was.
        """
        state = "The site is between two builds" if self.is_open else "Nothing was written"
        if isinstance(error, OSError):
            where = "" if error.filename else f"{self.path}: "  # a write does not say of what
            return f"{state}: {where}{explain(error).replace(f'{HOST_FOLDER}{os.sep}', '')}."
        return f"{state}: {page or 'the survey'} could not be read ({short(error)}); {REPORT}."

    def release(self) -> None:
        """Let other builds in."""
        if self._lock is not None:
            os.close(self._lock)
            self._lock = None

    def give_up(self) -> None:
        """Remove what a build that failed has left, and the folder where it made that."""
        if self._lock is not None:
            shutil.rmtree(self.host, ignore_errors=True)
            with suppress(OSError):  # a site that cannot be read is left alone
                if [entry.name for entry in self.path.iterdir()] == [MARK]:
                    (self.path / MARK).unlink()
        with suppress(OSError):  # there is something in it
            for folder in reversed(self._made):
                folder.rmdir()
        self.release()

    def _try(self) -> int | None:
        """Lock the mark; return its descriptor, or nothing if somebody else has it."""
        self._make(self.path)
        try:
            mark = self._open(os.O_RDWR | os.O_CREAT)
        except FileNotFoundError:  # a build that failed has removed the folder just now
            return None
        except PermissionError:  # somebody else made it, in a folder for several
            mark = self._open(os.O_RDONLY)
        try:
            locked = lock(mark)
            self._is_alone = locked is not None
            if locked is not False and self._is_mark(mark):
                if not os.fstat(mark).st_size:
                    with suppress(OSError):  # it is a mark without words too
                        os.write(mark, _MARK_TEXT.encode("ascii"))
                return mark
        except BaseException:
            os.close(mark)
            raise
        os.close(mark)
        return None

    def _open(self, how: int) -> int:
        return os.open(self.path / MARK, how | getattr(os, "O_NOFOLLOW", 0), 0o666)

    def _make(self, folder: Path) -> None:
        if folder.is_dir():
            return
        self._make(folder.parent)
        with suppress(FileExistsError):
            folder.mkdir()
            self._made.append(folder)

    def _is_mark(self, descriptor: int) -> bool:
        """Say whether a file that was locked is the mark still: a build that fails removes the one that it made."""
        try:
            return os.path.samestat(os.fstat(descriptor), (self.path / MARK).lstat())
        except OSError:
            return False

    def _builder(self) -> str:
        try:
            return f" (process {int((self.host / BUILDER).read_text(encoding='ascii'))})"
        except (OSError, ValueError):
            return ""


def clear(path: Path) -> None:
    """Remove whatever is at a path; what a link there leads to stays.

    Raises:
        OSError: If it cannot be removed.
    """
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)
