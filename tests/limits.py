"""What a machine may refuse: files longer than so much, as a full disk does, and what only root may do."""

import os
import resource
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

NOBODY = 65534


@contextmanager
def files_of_at_most(size: int) -> Iterator[None]:
    """Let the system refuse to make files longer than so many bytes, in the middle of a write."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


@contextmanager
def somebody_else() -> Iterator[None]:
    """Act with no more rights than other users have, where this is root, who may write everywhere."""
    root = os.geteuid() == 0
    if root:
        os.seteuid(NOBODY)
    try:
        yield
    finally:
        if root:
            os.seteuid(0)


def with_mounts_of_its_own(folder: Path) -> list[str]:
    """Return what goes before a command so that it may mount what nobody else sees; fail where there is no way.

    Args:
        folder: An empty folder, to try it.
    """
    ways = [["unshare", "--mount"], ["sudo", "-n", "unshare", "--mount"], ["unshare", "--map-root-user", "--mount"]]
    for way in ways:
        command = [*way, "mount", "-t", "tmpfs", "-o", "size=1m", "none", str(folder)]
        if shutil.which(way[0]) and not subprocess.run(command, capture_output=True, check=False).returncode:
            return way
    pytest.fail("to mount a small disk this needs Linux, and root, sudo without a password, or user namespaces")
