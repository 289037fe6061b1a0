"""Write files whole or not at all: the one way in which papers, pages, settings and all else of people's are written.

A new text gets a random name in the folder of its target, is created exclusively and flushed to the disk, and takes the
target's place by a rename. No reader and no interruption finds half of a file, and a link that somebody put where a
temporary file could come is never written through. Imports nothing of ours, so that every module can use it.
I/O: writes the files and folders that it is given.
"""

import errno
import os
import re
import shutil
import stat
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from pathlib import Path

TEMPORARY = ".survey-new"
"""Ending of all temporary files and folders; they begin with a dot."""
_NAME_BYTES = 60
"""So much of its target's name a temporary file has: the name of a target may be as long as the disk takes."""
_EXCLUSIVELY = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
_FLUSHED_AT_ONCE = 16
"""Flushes that disks can put together: sixteen at a time, 300 files take 0.06 s instead of 1."""
_REMEDIES = {
    errno.ENOSPC: "make room on the disk",
    errno.EDQUOT: "make room in your quota",
    errno.EFBIG: "make room in your quota",
    errno.EACCES: "check who may write there",
    errno.EPERM: "check who may write there",
    errno.EROFS: "this disk can only be read: write somewhere else",
    errno.ENAMETOOLONG: "shorten the name",
    errno.EEXIST: "move what is there, or choose another name",
    errno.EISDIR: "move the folder away, or choose another name",
    errno.ENOTDIR: "move the file that is where a folder belongs",
    errno.ENOENT: "make the folder first, or correct the name",
    errno.ELOOP: "replace it with the file or folder itself",
    errno.EIO: "check the disk",
}


def explain(error: OSError) -> str:
    """Return a failure of the disk's as one line: file, reason, remedy."""
    reason = error.strerror or str(error) or type(error).__name__
    line = (
        f"{os.fsdecode(error.filename)}: {reason}" if isinstance(error.filename, (str, bytes, os.PathLike)) else reason
    )
    remedy = _REMEDIES.get(error.errno or 0, "")
    return f"{line}; {remedy}" if remedy else line


def write_file(
    file: Path,
    content: str | bytes,
    *,
    new: bool = False,
    program: bool = False,
    root: Path | None = None,
    flush: bool = True,
) -> None:
    """Write a file, which keeps the mode of the one that was there.

    Args:
        file: The target; its folder is there.
        content: All of it; text becomes UTF-8.
        new: Whether the target must not be there yet.
        program: Whether it can be run.
        root: No folder on the way from here to the target may be a symbolic link.
        flush: Whether the file has to survive a loss of power from now on; not for what is made only to be read once.

    Raises:
        FileExistsError: If it must be new and is there.
        OSError: If it cannot be written, or the target is no regular file. It names the target; nothing has changed.
    """
    check_target(file, root)
    temporary = write_temporary(file, content, program=program)
    try:
        if flush:
            with _about(file):
                flush_files([temporary])
        move_into_place(temporary, file, new=new)
    finally:
        remove(temporary)
    if flush:
        flush_folders([file.parent])


def check_target(file: Path, root: Path | None = None) -> bool:
    """Say whether a file is there, and make sure that it can be replaced.

    Args:
        file: What is to be written or deleted.
        root: No folder on the way from here to the file may be a symbolic link.

    Raises:
        OSError: If the file or a folder on the way is a symbolic link, or something else stands there.
    """
    if root is not None and file.is_relative_to(root):
        folder = root
        for part in file.parent.relative_to(root).parts:
            folder /= part
            if folder.is_symlink():
                raise OSError(errno.ELOOP, "symbolic link where a folder belongs", str(folder))
    try:
        mode = file.lstat().st_mode
    except FileNotFoundError:
        return False
    if stat.S_ISLNK(mode):
        raise OSError(errno.ELOOP, "symbolic link where a file belongs", str(file))
    if stat.S_ISDIR(mode):
        raise OSError(errno.EISDIR, "folder where a file belongs", str(file))
    if not stat.S_ISREG(mode):
        raise OSError(errno.EEXIST, "not a regular file", str(file))
    return True


def write_temporary(file: Path, content: str | bytes, *, folder: Path | None = None, program: bool = False) -> Path:
    """Write what shall take a file's place into a temporary file, and return that.

    It has the mode of the file that is there, or what is usual here.

    Args:
        file: The target.
        content: All of it; text becomes UTF-8.
        folder: Where the temporary file lies; without it, in the target's folder.
        program: Whether it can be run.

    Raises:
        OSError: If it cannot be written; then there is no temporary file. It names the target.
    """
    temporary = _temporary_name(folder / file.name if folder else file)
    raw = content.encode("utf-8") if isinstance(content, str) else content
    with _about(file):
        mode = stat.S_IMODE(file.lstat().st_mode) & 0o777 if os.path.lexists(file) else None
        descriptor = os.open(temporary, _EXCLUSIVELY, 0o777 if program else 0o666)
        try:
            with os.fdopen(descriptor, "wb") as opened:
                opened.write(raw)
            if mode is not None:
                temporary.chmod(mode | (mode & 0o444) >> 2 if program else mode)
        except BaseException:
            remove(temporary)
            raise
    return temporary


def move_into_place(temporary: Path, file: Path, *, new: bool) -> None:
    """Let a temporary file take the place of its target.

    Args:
        temporary: The file, in the target's folder.
        file: The target.
        new: Whether the target must not be there; one that somebody wrote meanwhile stays.

    Raises:
        FileExistsError: If it must be new and is there.
        OSError: If it cannot be done; it names the target.
    """
    with _about(file):
        if not new:
            temporary.replace(file)
            return
        try:
            file.hardlink_to(temporary)
        except FileExistsError:
            raise
        except OSError:  # a disk without links
            os.close(os.open(file, _EXCLUSIVELY))
            temporary.replace(file)


def remove(temporary: Path) -> None:
    """Remove a temporary file, if it is there still."""
    with suppress(OSError):
        temporary.unlink()


def flush_files(files: Iterable[Path]) -> None:
    """Bring files from memory to the disk.

    Raises:
        OSError: If the disk cannot take one of them.
    """
    names = list(files)
    if len(names) == 1:
        _flush(names[0])
    else:
        with ThreadPoolExecutor(_FLUSHED_AT_ONCE) as pool:
            list(pool.map(_flush, names))


def flush_folders(folders: Iterable[Path]) -> None:
    """Bring the names in folders to the disk, on systems that have a way to say so."""
    for folder in sorted(set(folders)):
        with suppress(OSError):  # Windows opens no folders
            descriptor = os.open(folder, os.O_RDONLY)
            try:
                os.fsync(descriptor)
            finally:
                os.close(descriptor)


def temporary_folder(folder: Path, name: str) -> Path:
    """Make an empty folder in another one; a name says what it is for.

    Raises:
        OSError: If it cannot be made; it names the other folder.
    """
    temporary = _temporary_name(folder / name)
    with _about(folder):
        temporary.mkdir()
    return temporary


def remove_folder(temporary: Path) -> None:
    """Remove a temporary folder with all that is in it, if it is there still."""
    shutil.rmtree(temporary, ignore_errors=True)


@contextmanager
def new_folder(folder: Path) -> Iterator[Path]:
    """Yield an empty folder that is moved to ``folder`` when the block ends well, and removed when it does not.

    Args:
        folder: Where; nothing, or an empty folder, is there.

    Raises:
        OSError: If it cannot be made or moved.
    """
    folder = folder.absolute()
    folder.parent.mkdir(parents=True, exist_ok=True)
    temporary = temporary_folder(folder.parent, folder.name)
    try:
        yield temporary
        flush_files(file for file in temporary.rglob("*") if file.is_file())
        with _about(folder):
            if folder.is_dir():
                folder.rmdir()
            temporary.rename(folder)
    finally:
        remove_folder(temporary)
    flush_folders([folder.parent])


def temporaries_of(file: Path) -> list[Path]:
    """Return the temporary files of a target that lie in its folder."""
    names = re.compile(rf"\.{re.escape(_known(file))}\.[0-9a-f]{{16}}{re.escape(TEMPORARY)}")
    return [one for one in file.parent.iterdir() if names.fullmatch(one.name)] if file.parent.is_dir() else []


def _known(target: Path) -> str:
    return target.name.encode("utf-8", "surrogateescape")[:_NAME_BYTES].decode("utf-8", "ignore")


def _temporary_name(target: Path) -> Path:
    """Return a name in a target's folder that nobody can have guessed."""
    return target.with_name(f".{_known(target)}.{os.urandom(8).hex()}{TEMPORARY}")


def _flush(file: Path) -> None:
    # Windows flushes only what is open for writing; elsewhere a file that may only be read is flushed too.
    descriptor = os.open(file, (os.O_RDWR if os.name == "nt" else os.O_RDONLY) | getattr(os, "O_NOFOLLOW", 0))
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


@contextmanager
def _about(file: Path) -> Iterator[None]:
    """Let errors name the file that is meant, not the temporary one."""
    try:
        yield
    except OSError as error:
        raise OSError(error.errno, error.strerror, str(file)) from None
