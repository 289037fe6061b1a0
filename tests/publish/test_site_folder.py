"""One build at a time: who waits, for whom, and what a build that fails leaves."""

import errno
import fcntl
import os
import queue
import signal
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from living_survey.publish.site_folder import BusyError, SiteFolder

HOLD = """
import sys, time
from pathlib import Path
from living_survey.publish.site_folder import SiteFolder
SiteFolder(Path(sys.argv[1])).hold(print)
print("held", flush=True)
time.sleep(600)
"""
SLOW = """
import sys
first = True

def wait(event, arguments):
    global first
    if event == "fcntl.flock" and first:
        first = False
        print("opened", flush=True)
        input()

sys.addaudithook(wait)
"""
"""Comes before the other: stops between opening the mark and locking it."""


def hold(site: Path, wait: float = 600) -> tuple[SiteFolder, list[str]]:
    """Hold a site; return it with what was said meanwhile."""
    folder, said = SiteFolder(site), list[str]()
    folder.hold(said.append, wait)
    return folder, said


def test_a_build_that_fails_leaves_no_folder_where_there_was_none(tmp_path: Path) -> None:
    folder, said = hold(tmp_path / "a/b/site")
    assert (folder.host / ".builder").is_file()
    folder.give_up()
    assert list(tmp_path.iterdir()) == []
    assert said == []


def test_a_build_that_fails_leaves_a_folder_that_was_there(tmp_path: Path) -> None:
    folder, _ = hold(tmp_path)
    folder.give_up()
    assert list(tmp_path.iterdir()) == []
    (tmp_path / "index.html").touch()
    folder, _ = hold(tmp_path)
    folder.give_up()
    assert sorted(entry.name for entry in tmp_path.iterdir()) == [".survey-site", "index.html"]


def test_a_second_build_says_who_builds_and_gives_up_in_time(tmp_path: Path) -> None:
    first, _ = hold(tmp_path / "site")
    second, said = SiteFolder(tmp_path / "site"), list[str]()
    with pytest.raises(BusyError, match=rf"another build \(process {os.getpid()}\) has been writing {first.path}"):
        second.hold(said.append, 0.2)
    assert said == [f"another build (process {os.getpid()}) is writing {first.path}: waiting for it"]
    second.give_up()  # has nothing to give up
    assert first.host.is_dir()
    first.release()
    second.hold(said.append)
    assert len(said) == 1


@pytest.mark.parametrize("ends", [SiteFolder.release, SiteFolder.give_up])
def test_a_second_build_goes_on_when_the_first_ends(tmp_path: Path, ends: Callable[[SiteFolder], None]) -> None:
    first, _ = hold(tmp_path / "site")
    second, said = SiteFolder(tmp_path / "site"), queue.SimpleQueue[str]()
    thread = threading.Thread(target=second.hold, args=(said.put,))
    thread.start()
    assert "waiting" in said.get(timeout=30)
    ends(first)
    thread.join(30)
    assert second.host.is_dir()
    with pytest.raises(BusyError):
        SiteFolder(tmp_path / "site").hold(said.put, 0)


def test_the_mark_of_a_folder_that_is_gone_keeps_nobody_off(tmp_path: Path) -> None:
    first, _ = hold(tmp_path / "site")
    command = [sys.executable, "-c", SLOW + HOLD, str(tmp_path / "site")]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as second:
        assert second.stdin
        assert second.stdout
        assert second.stdout.readline() == "opened\n"
        first.give_up()
        second.stdin.write("\n")
        second.stdin.flush()
        while "held" not in (line := second.stdout.readline()):
            assert line
        with pytest.raises(BusyError, match=f"process {second.pid}"):
            SiteFolder(tmp_path / "site").hold(print, 0)
        second.kill()


def test_a_killed_build_stops_no_other_one(tmp_path: Path) -> None:
    with subprocess.Popen([sys.executable, "-c", HOLD, tmp_path / "site"], stdout=subprocess.PIPE, text=True) as killed:
        assert killed.stdout
        assert killed.stdout.readline() == "held\n"
        with pytest.raises(BusyError, match=f"process {killed.pid}"):
            SiteFolder(tmp_path / "site").hold(print, 0)
        killed.send_signal(signal.SIGKILL)
    (tmp_path / "site/.host/left").touch()
    folder, said = hold(tmp_path / "site", 0)
    assert said == []
    assert [entry.name for entry in folder.host.iterdir()] == [".builder"]


@pytest.mark.parametrize("name", [".host", ".survey-site"])
def test_links_in_the_folder_lead_nowhere(tmp_path: Path, name: str) -> None:
    (tmp_path / "papers").mkdir()
    (tmp_path / "papers/a.yaml").write_text("precious", encoding="utf-8")
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / name).symlink_to(tmp_path / ("papers" if name == ".host" else "papers/a.yaml"))
    if name == ".host":
        hold(tmp_path / "site")
        assert (tmp_path / "site/.host").is_dir()
    else:
        with pytest.raises(OSError, match=r"\.survey-site"):
            hold(tmp_path / "site")
    assert (tmp_path / "papers/a.yaml").read_text(encoding="utf-8") == "precious"


def test_on_a_disk_without_locks_a_build_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise OSError(errno.ENOLCK, "No locks available")

    monkeypatch.setattr(fcntl, "flock", refuse)
    told: list[str] = []
    folder = SiteFolder(tmp_path / "site")
    folder.hold(told.append)
    folder.give_up()
    assert len(told) == 1
    assert "knows no locks" in told[0]
