"""Write several files together, or none of them.

I/O: writes the files that it is given.
"""

import os
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

from living_survey.disk.files import (
    check_target,
    flush_files,
    flush_folders,
    move_into_place,
    remove,
    remove_folder,
    temporary_folder,
    write_file,
    write_temporary,
)


@contextmanager
def replaced(
    files: Mapping[Path, bytes | str | None],
    *,
    root: Path,
    programs: Collection[Path] = (),
    new: Collection[Path] = (),
) -> Iterator[None]:
    """Write and delete files as one; if the block raises anything, put back what was there before.

    Every new text lies beside its target, and the old ones in a folder of their own, before the first target changes;
    then only renames and deletions are left, which need no room. A crash in between is the one thing that can leave a
    part: then git is the way back.

    Args:
        files: File → its content, or None for one that goes.
        root: The survey's folder; no folder on the way from there to a file may be a symbolic link.
        programs: Those of the files that can be run.
        new: Those of the files that must not be there yet.

    Raises:
        FileExistsError: If a file that must be new is there; then nothing has changed.
        OSError: If anything cannot be written; then nothing has changed. It names the file.
    """
    replacement = _Replacement(files, root, programs, new)
    try:
        replacement.apply()
        yield
    except BaseException:
        replacement.undo()
        replacement.forget()
        raise
    replacement.forget()
    replacement.remove_empty_folders()


def replace_files(
    files: Mapping[Path, bytes | str | None],
    *,
    root: Path,
    programs: Collection[Path] = (),
    new: Collection[Path] = (),
) -> None:
    """Write and delete files as one; takes and raises what `replaced` does."""
    with replaced(files, root=root, programs=programs, new=new):
        pass


class _Replacement:
    def __init__(
        self,
        files: Mapping[Path, bytes | str | None],
        root: Path,
        programs: Collection[Path],
        new: Collection[Path],
    ) -> None:
        self._files = files
        self._root = root
        self._programs = programs
        self._new = new
        self._store: Path | None = None
        self._old: dict[Path, Path] = {}
        """File that was there → its old text, in the store."""
        self._changed: list[Path] = []
        self._made: list[Path] = []

    def apply(self) -> None:
        prepared: dict[Path, Path] = {}
        try:
            for file, content in self._files.items():
                if check_target(file, self._root) and file not in self._new:
                    self._old[file] = write_temporary(file, file.read_bytes(), folder=self._make_store())
                if content is not None:
                    self._make_folder(file.parent)
                    prepared[file] = write_temporary(file, content, program=file in self._programs)
            flush_files(prepared.values())
            for file, temporary in prepared.items():
                move_into_place(temporary, file, new=file not in self._old)
                self._changed.append(file)
            for file in self._old.keys() - prepared.keys():
                file.unlink()
                self._changed.append(file)
        finally:
            for temporary in prepared.values():
                remove(temporary)
        flush_folders(file.parent for file in self._changed)

    def undo(self) -> None:
        """Put back what was there.

        Raises:
            OSError: If that cannot be done; it says where the old texts are.
        """
        for file in reversed(self._changed):
            if file not in self._old:
                file.unlink(missing_ok=True)
                continue
            try:
                self._old[file].replace(file)
            except OSError:  # a folder on another disk
                try:
                    write_file(file, self._old[file].read_bytes())
                except OSError as error:
                    reason = f"{error.strerror}; what was there before the change is in {self._store}"
                    raise OSError(error.errno, reason, str(file)) from None
        for folder in reversed(self._made):
            with suppress(OSError):  # not empty: it holds what was there before
                folder.rmdir()

    def forget(self) -> None:
        """Remove the old texts."""
        if self._store:
            remove_folder(self._store)

    def remove_empty_folders(self) -> None:
        """Remove folders that deletions left empty, and those above them."""
        for file in self._changed:
            folder = file.parent
            while folder != self._root and folder.is_dir() and not os.listdir(folder):  # noqa: PTH208  (a generator would hold the folder open)
                folder.rmdir()
                folder = folder.parent

    def _make_store(self) -> Path:
        """Return the folder of old texts. Git must not see it, should a crash leave it there: they may be private."""
        if not self._store:
            self._store = temporary_folder(self._root, "old")
            write_file(self._store / ".gitignore", "*\n", flush=False)
        return self._store

    def _make_folder(self, folder: Path) -> None:
        missing = []
        while not folder.exists():
            missing.append(folder)
            folder = folder.parent
        for one in reversed(missing):
            one.mkdir()
            self._made.append(one)
