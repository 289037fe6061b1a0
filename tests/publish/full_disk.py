"""Build a site on a small disk that has less and less room, and say what was left each time.

``python -m tests.publish.full_disk FOLDER`` mounts the disk there, in a namespace of its own that its caller has made;
nothing is written anywhere else. Prints a line for each build: exit status, what the site was after it, what was said.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from tests.commands import mkdocs_process
from tests.fabricate import key, write_survey
from tests.publish.killing import seen, state

SHARES = (0.0, 0.1, 0.5, 0.9, 0.99)
"""Of the room that the build needs."""


def used(disk: Path) -> tuple[int, int]:
    """Return how many bytes and files a disk holds."""
    status = os.statvfs(disk)
    return (status.f_blocks - status.f_bfree) * status.f_frsize, status.f_files - status.f_ffree


def fill(disk: Path, size: int, files: int) -> None:
    """Leave so much room on a disk, and room for so many files."""
    (disk / "full").mkdir()
    status = os.statvfs(disk)
    with (disk / "full/0").open("wb") as file:
        os.posix_fallocate(file.fileno(), 0, max(1, status.f_bavail * status.f_frsize - size))
    for number in range(os.statvfs(disk).f_ffree - files):
        (disk / f"full/{number + 1}").touch()


def main(disk: Path) -> None:
    """Build, fill, build."""
    options = "size=64m,nr_inodes=4000"
    subprocess.run(["mount", "-t", "tmpfs", "-o", options, "none", disk], check=True)
    config = write_survey(disk / "survey", 30)
    site = disk / "survey/site"
    assert mkdocs_process(config).returncode == 0
    shutil.copytree(site, disk / "old")
    for file in (disk / "survey/papers").iterdir():
        file.write_text(file.read_text(encoding="utf-8").replace("field study", "study"), encoding="utf-8")
    (disk / f"survey/papers/{key(3)}.yaml").unlink()
    before = used(disk)
    assert mkdocs_process(config, "-d", "../new").returncode == 0
    size, files = (after - first for after, first in zip(used(disk), before, strict=True))
    old, new = seen(disk / "old"), seen(disk / "new")
    rooms = [(int(share * size), 2 * files) for share in SHARES] + [(2 * size, int(share * files)) for share in SHARES]
    for room in rooms:
        shutil.rmtree(site)
        shutil.copytree(disk / "old", site)
        fill(disk, *room)
        done = mkdocs_process(config, "-q")
        left = [name for name in (".host", ".publishing") if (site / name).exists()]
        print(done.returncode, state(site, old, new), left, f"{done.stdout} {done.stderr}".split(), flush=True)
        shutil.rmtree(disk / "full")
    assert mkdocs_process(config).returncode == 0
    print(0, state(site, old, new), [], [], flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
