"""Write several files together, or none of them.

I/O: writes the files that it is given.
"""

import hashlib
import json
import os
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from living_survey.disk.files import (
    TEMPORARY,
    check_target,
    flush_files,
    flush_folders,
    move_into_place,
    remove,
    remove_folder,
    temporaries_of,
    temporary_folder,
    write_file,
    write_temporary,
)
from living_survey.disk.lock import lock

JOURNAL = "journal.json"
_IGNORED = ".gitignore"
_STORE = "old"
"""Name of the folder of old texts, in front of what makes it one of a kind."""


@contextmanager
def replaced(
    files: Mapping[Path, bytes | str | None],
    *,
    root: Path,
    programs: Collection[Path] = (),
    new: Collection[Path] = (),
) -> Iterator[Callable[[Mapping[Path, bytes | str | None]], None]]:
    """Write and delete files as one; if the block raises anything, put back what was there before.

    Every new text lies beside its target, and the old ones in a folder of their own, before the first target changes;
    then only renames and deletions are left, which need no room. A journal beside the old texts says what changes: if
    the process is killed in between, `take_back` puts back what was there.

    Args:
        files: File → its content, or None for one that goes.
        root: The survey's folder; no folder on the way from there to a file may be a symbolic link.
        programs: Those of the files that can be run.
        new: Those of the files that must not be there yet.

    Yields:
        What writes further files, as part of the same whole.

    Raises:
        FileExistsError: If a file that must be new is there; then nothing has changed.
        OSError: If anything cannot be written; then nothing has changed. It names the file.
    """
    replacement = _Replacement(root, programs, new)
    try:
        replacement.apply(files)
        yield replacement.apply
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


def take_back(root: Path) -> list[Path]:
    """Put back what a process had begun to change that was killed; return the files.

    A journal is believed only if it names its own place on this disk, which nobody can know who puts files into a
    repository, and only if no process is at work with it.

    Raises:
        OSError: If a file cannot be put back; the old texts stay where they are.
    """
    back = list[Path]()
    for store in sorted(root.glob(f".{_STORE}.*{TEMPORARY}")):
        if store.is_symlink() or (journal := _read_journal(store)) is None:
            continue
        for entry in journal["files"]:
            file = Path(entry["file"])
            there = check_target(file, root)
            for temporary in temporaries_of(file):
                remove(temporary)
            if entry["old"]:
                if (store / entry["old"]).exists():
                    file.parent.mkdir(parents=True, exist_ok=True)
                    (store / entry["old"]).replace(file)
                    back.append(file)
            elif there and _digest(file.read_bytes()) == entry["new"]:
                file.unlink()
                back.append(file)
        for folder in reversed(journal["folders"]):
            with suppress(OSError):  # something of somebody else's is in it
                Path(folder).rmdir()
        flush_folders({file.parent for file in back if file.parent.is_dir()})
        remove(store / JOURNAL)
        remove_folder(store)
    return back


def _read_journal(store: Path) -> Any:
    """Return what the journal of a store says; None where there is none to be believed."""
    try:
        opened = os.open(store / _IGNORED, os.O_RDWR | getattr(os, "O_NOFOLLOW", 0))
    except OSError:
        return None
    try:
        said = json.loads((store / JOURNAL).read_bytes()) if lock(opened) is not False else {}
        return said if said["place"] == _place(store) else None
    except (OSError, ValueError, KeyError, TypeError):
        return None
    finally:
        os.close(opened)


def _place(folder: Path) -> list[int]:
    status = folder.stat()
    return [status.st_dev, status.st_ino]


def _digest(raw: bytes) -> str:
    return hashlib.sha256(raw).hexdigest()


class _Replacement:
    def __init__(
        self,
        root: Path,
        programs: Collection[Path],
        new: Collection[Path],
    ) -> None:
        self._root = root
        self._programs = programs
        self._new = new
        self._store: Path | None = None
        self._old: dict[Path, Path] = {}
        """File that was there → its old text, in the store."""
        self._changed: list[Path] = []
        self._made: list[Path] = []
        self._named: dict[Path, None] = {}
        self._digests: dict[Path, str] = {}
        """File → the checksum of its new text."""
        self._lock: int | None = None

    def apply(self, files: Mapping[Path, bytes | str | None]) -> None:
        """Write and delete files; those of an earlier call stay part of the whole."""
        if not files:
            return
        prepared: dict[Path, Path] = {}
        try:
            self._write_journal(files)
            for file, content in files.items():
                if check_target(file, self._root) and file not in self._new and file not in self._old:
                    self._old[file] = write_temporary(file, file.read_bytes(), folder=self._make_store())
                if content is not None:
                    self._make_folder(file.parent)
                    prepared[file] = write_temporary(file, content, program=file in self._programs)
                    self._digests[file] = _digest(prepared[file].read_bytes())
            flush_files([*prepared.values(), *(self._old[file] for file in files if file in self._old)])
            self._write_journal(files, flush=True)
            for file, temporary in prepared.items():
                move_into_place(temporary, file, new=file not in self._old)
                self._changed.append(file)
            for file in [file for file, content in files.items() if content is None and file in self._old]:
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

    def _write_journal(self, files: Mapping[Path, object], *, flush: bool = False) -> None:
        """Write down what is being changed: first where temporary files may come, then what takes the place of what."""
        self._named |= dict.fromkeys(files)
        entries = [
            {"file": str(file), "old": self._old[file].name if file in self._old else None,
             "new": self._digests.get(file)}
            for file in self._named
        ]  # fmt: skip
        store = self._make_store()
        said = {"place": _place(store), "files": entries, "folders": [str(folder) for folder in self._made]}
        write_file(store / JOURNAL, json.dumps(said), flush=flush)
        if flush:
            flush_folders([store.parent])

    def forget(self) -> None:
        """Remove the old texts; the journal first, with which the change is done."""
        if self._lock is not None:
            os.close(self._lock)
            self._lock = None
        if self._store:
            remove(self._store / JOURNAL)
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
            self._store = temporary_folder(self._root, _STORE)
            write_file(self._store / _IGNORED, "*\n", flush=False)
            # Held while the process lives, so that nobody takes back what is going on.
            self._lock = os.open(self._store / _IGNORED, os.O_RDWR | getattr(os, "O_NOFOLLOW", 0))
            lock(self._lock)
        return self._store

    def _make_folder(self, folder: Path) -> None:
        missing = []
        while not folder.exists():
            missing.append(folder)
            folder = folder.parent
        for one in reversed(missing):
            one.mkdir()
            self._made.append(one)
