"""Builds that are killed, that run at the same time, and that find no room: the site is old, new or open, never a mix.

One that is open has its journal, which a deployment refuses and the next build completes.
"""

import os
import re
import shutil
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

import pytest

from tests.commands import MKDOCS, ROOT, mkdocs_process
from tests.effort import times
from tests.fabricate import key, paper, to_yaml, write_survey
from tests.limits import with_mounts_of_its_own
from tests.publish.killing import seen, state

PAPERS = 8
HOOK = """
import atexit, os, sys
from pathlib import Path

sys.path.insert(0, os.environ["PROJECT"])
from tests.publish.killing import Killer

killer = Killer(Path(__file__).parent / "site", int(os.environ["KILL_AT"]))
sys.addaudithook(killer)
atexit.register(lambda: Path(__file__).with_name("count").write_text(str(killer.count)))
"""


def test_wherever_publishing_is_killed_the_site_is_old_new_or_open(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "tests.publish.killing", str(tmp_path)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == 0, done.stderr
    lines = [line.split() for line in done.stdout.splitlines()]
    found = Counter(left for left, _ in lines)
    assert found.keys() == {"old", "open", "new"}, found
    assert found["old"] > 10
    assert found["open"] > 10
    assert {after for _, after in lines} == {"new"}


@pytest.fixture(scope="module")
def changed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A survey whose site is of the time before all papers changed, one went and one came; the new site beside it."""
    folder = write_survey(tmp_path_factory.mktemp("changed") / "survey", PAPERS, config={"hooks": ["hook.py"]}).parent
    (folder / "hook.py").write_text('"""Nothing."""\n', encoding="utf-8")
    assert mkdocs_process(folder / "mkdocs.yml").returncode == 0
    change(folder, "Again: ")
    (folder / f"papers/{key(3)}.yaml").unlink()
    (folder / f"papers/{key(99)}.yaml").write_text(to_yaml(paper(99)), encoding="utf-8")
    assert mkdocs_process(folder / "mkdocs.yml", "-d", "../new").returncode == 0
    (folder / "hook.py").write_text(HOOK, encoding="utf-8")
    (folder / "site").rename(folder.parent / "old")
    return folder


def change(folder: Path, words: str) -> None:
    """Change the titles of all papers."""
    for file in (folder / "papers").iterdir():
        file.write_text(file.read_text(encoding="utf-8").replace('title: "', f'title: "{words}', 1), encoding="utf-8")


@pytest.mark.long
def test_wherever_a_build_is_killed_the_next_one_completes_it(changed: Path) -> None:
    config, site = changed / "mkdocs.yml", changed / "site"
    old, new = seen(changed.parent / "old"), seen(changed.parent / "new")

    def build(kill_at: int) -> int:
        return mkdocs_process(config, PROJECT=str(ROOT), KILL_AT=str(kill_at)).returncode

    shutil.rmtree(site, ignore_errors=True)
    shutil.copytree(changed.parent / "old", site)
    assert build(0) == 0
    count = int((changed / "count").read_text(encoding="utf-8"))
    assert count > 100
    kills = times(20, 20, 300)
    found = Counter[str]()
    for number in range(kills):
        shutil.rmtree(site)
        shutil.copytree(changed.parent / "old", site)
        assert build(1 + number * (count - 1) // (kills - 1)) == -9
        found[state(site, old, new)] += 1
        assert build(0) == 0
        assert state(site, old, new) == "new"
    assert found["mixed"] == 0, found
    assert min(found["old"], found["open"]) > 0, found


@pytest.mark.long
def test_two_builds_at_once_leave_the_later_site(tmp_path: Path) -> None:
    folder = write_survey(tmp_path / "survey", 40).parent
    environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1"}

    def start() -> "subprocess.Popen[str]":
        command = [str(MKDOCS), "build", "-q", "-f", str(folder / "mkdocs.yml")]
        return subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)

    waited = 0
    pairs = times(4, 4, 40)
    for pair in range(pairs):
        change(folder, f"N{pair} ")
        with start() as first:
            time.sleep(2 * pair / pairs)
            with start() as second:
                said = [process.communicate(timeout=300)[1] for process in (first, second)]
        assert (first.returncode, second.returncode) == (0, 0), said
        waited += sum(bool(re.search(r"another build.* is writing \S+/site: waiting for it", text)) for text in said)
        assert mkdocs_process(folder / "mkdocs.yml", "-d", f"clean-{pair}").returncode == 0
        assert state(folder / "site", {}, seen(folder / f"clean-{pair}")) == "new"
    assert waited > 0


@pytest.mark.long
def test_a_full_disk_leaves_the_old_site(tmp_path: Path) -> None:
    command = [*with_mounts_of_its_own(tmp_path), sys.executable, "-B", "-m", "tests.publish.full_disk", str(tmp_path)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=600, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    *lines, last = done.stdout.splitlines()
    assert last == "0 new [] []"
    failed = [line for line in lines if line.startswith("1 old [] [")]
    for line in failed:
        assert re.search(r"'Nothing', 'was', 'written:', '/\S+/site\S*:', 'No', 'space', 'left'", line)
        assert "Traceback" not in line
    assert len(failed) > 5
    assert {line for line in lines if line not in failed} <= {"0 new [] []"}  # with room enough for what had changed
