"""Publish a site again and again, each time killed before another operation on the disk, and say what was left.

``python -m tests.publish.killing FOLDER`` prints a line for each kill: what the site was after it (``old``, ``new``,
``open``: with a journal, ``mixed``: none of these), and what it was after the next build.
"""

import os
import shutil
import signal
import sys
from pathlib import Path
from typing import Any

from living_survey.publish.site_folder import SiteFolder
from living_survey.publish.writer import publish

from tests.commands import snapshot

CHANGES = {"os.rename", "os.remove", "os.mkdir", "os.rmdir", "os.link", "os.symlink", "os.truncate"}


class Killer:
    """Kills its process before the n-th change of a folder; counts them."""

    def __init__(self, folder: Path, at: int) -> None:
        """Take the folder, and the number of the change, from 1; 0 only counts."""
        self.count = 0
        self._folder = str(folder)
        self._at = at

    def __call__(self, event: str, arguments: tuple[Any, ...]) -> None:
        """See an event of the interpreter's; `sys.addaudithook` wants this."""
        writes = event == "open" and isinstance(arguments[2], int) and arguments[2] & (os.O_WRONLY | os.O_RDWR)
        if not writes and event not in CHANGES:
            return
        path = os.fsdecode(arguments[0]) if isinstance(arguments[0], (str, bytes, os.PathLike)) else ""
        inside = path == self._folder or path.startswith(f"{self._folder}/")
        if inside or (path and not path.startswith("/")):  # shutil goes by open folders and names in them
            self.count += 1
            if self.count == self._at:
                os.kill(os.getpid(), signal.SIGKILL)


def seen(site: Path) -> dict[str, bytes]:
    """Return what is served of a site: all but its hidden files."""
    return {path: raw for path, raw in snapshot(site).items() if not path.startswith(".")} if site.is_dir() else {}


def state(site: Path, old: dict[str, bytes], new: dict[str, bytes]) -> str:
    """Say what a site is after a build has been killed."""
    if (site / ".publishing").exists():
        return "open"
    found = seen(site)
    return "old" if found == old else "new" if found == new else "mixed"


OLD = {f"papers/p{n}/index.html": f"old {n}" for n in range(5)} | {
    "same/index.html": "same", "a": "file", "b/c/index.html": "folder", "gone/index.html": "", "gone/deep/x": "",
}  # fmt: skip
NEW = {f"papers/p{n}/index.html": f"new {n}" for n in range(2, 7)} | {
    "same/index.html": "same", "a/index.html": "folder", "b/c": "file", "list.html": "new",
}  # fmt: skip


def build(site: Path, files: dict[str, str]) -> None:
    """Publish files, as if the host had made one of them."""
    folder = SiteFolder(site)
    folder.hold(print)
    (folder.host / "host.css").write_text(files["same/index.html"], encoding="utf-8")
    publish(folder.path, files.items())
    folder.release()


def main(folder: Path) -> None:
    """Kill and build until a build comes through."""
    build(folder / "old", OLD)
    build(folder / "new", NEW)
    old, new = seen(folder / "old"), seen(folder / "new")
    for number in range(1, 10_000):
        site = folder / "site"
        shutil.rmtree(site, ignore_errors=True)
        shutil.copytree(folder / "old", site)
        if (child := os.fork()) == 0:
            sys.addaudithook(Killer(site, number))
            build(site, NEW)
            os._exit(0)
        _, status = os.waitpid(child, 0)
        left = state(site, old, new)
        build(site, NEW)
        print(left, state(site, old, new), flush=True)
        if not os.WIFSIGNALED(status):
            return


if __name__ == "__main__":
    main(Path(sys.argv[1]))
