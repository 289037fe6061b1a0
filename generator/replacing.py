"""Replace several files together, or none of them.

I/O: writes the files that it is given.
"""

import contextlib
import os
import stat
from collections.abc import Collection, Mapping
from pathlib import Path

_TEMPORARY = ".survey-new"


class Replacement:
    """A set of files to write (bytes) or to delete (None), applied as one.

    Every new text lies beside its target before the first target changes; then only renames and deletions are left. If
    one of those fails, what was there before is put back. A crash of the machine in between is the one thing that can
    leave a part: then `git checkout .` is the way back.
    """

    def __init__(self, files: Mapping[Path, bytes | None], programs: Collection[Path] = ()) -> None:
        """Take the files, and those of them that can be run; nothing is touched yet."""
        self._files = dict(files)
        self._programs = programs
        self._before: dict[Path, tuple[bytes, int]] = {}
        self._made: list[Path] = []

    def apply(self) -> None:
        """Write all of it.

        Raises:
            OSError: If anything cannot be written; then nothing has changed.
        """
        temporary = {
            file: file.with_name(f".{file.name}{_TEMPORARY}") for file, raw in self._files.items() if raw is not None
        }
        try:
            for file in self._files:
                if file.exists():
                    self._before[file] = (file.read_bytes(), stat.S_IMODE(file.stat().st_mode))
            for file, other in temporary.items():
                self._make_folder(file.parent)
                other.write_bytes(self._files[file] or b"")
                if file in self._before or file in self._programs:
                    other.chmod(0o755 if file in self._programs else self._before[file][1])
            for file, other in temporary.items():
                other.replace(file)
            for file, raw in self._files.items():
                if raw is None:
                    file.unlink(missing_ok=True)
                    _remove_empty(file.parent)
        except OSError:
            self.undo()
            raise
        finally:
            for other in temporary.values():
                with contextlib.suppress(OSError):  # not there, or somebody else's folder of that name
                    other.unlink()

    def undo(self) -> None:
        """Put back what was there before."""
        for file in self._files:
            if file in self._before:
                raw, mode = self._before[file]
                self._make_folder(file.parent)
                if not file.exists() or file.read_bytes() != raw:
                    file.write_bytes(raw)
                    file.chmod(mode)
            else:
                file.unlink(missing_ok=True)
        for folder in reversed(self._made):
            with contextlib.suppress(OSError):  # not empty: it holds what was there before
                folder.rmdir()

    def _make_folder(self, folder: Path) -> None:
        missing = []
        while not folder.exists():
            missing.append(folder)
            folder = folder.parent
        for one in reversed(missing):
            one.mkdir()
            self._made.append(one)


def _remove_empty(folder: Path) -> None:
    """Remove a folder that a deletion left empty, and those above it."""
    while folder.is_dir() and not os.listdir(folder):  # noqa: PTH208  (a generator would hold the folder open)
        folder.rmdir()
        folder = folder.parent
