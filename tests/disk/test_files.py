"""Writing a file whole or not at all, whatever stands where it or its temporary file goes."""

import errno
import os
import re
import stat
from pathlib import Path

import pytest
from living_survey.disk.files import explain, new_folder, write_file
from living_survey.disk.replacing import replace_files, replaced

from tests.commands import snapshot
from tests.limits import files_of_at_most


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A file in a folder of its own."""
    (tmp_path / "survey/papers").mkdir(parents=True)
    file = tmp_path / "survey/papers/wren2020herons.yaml"
    file.write_text("old", encoding="utf-8")
    return file


def names(folder: Path) -> list[str]:
    """Return the names of what is in a folder, hidden or not."""
    return sorted(entry.name for entry in folder.iterdir())


def test_a_file_is_replaced_and_keeps_its_mode(file: Path) -> None:
    file.chmod(0o640)
    write_file(file, "né\n")
    assert file.read_bytes() == "né\n".encode()
    assert stat.S_IMODE(file.stat().st_mode) == 0o640
    assert names(file.parent) == [file.name]


def test_a_new_file_has_the_usual_mode(file: Path) -> None:
    usual = file.parent / "usual"
    usual.touch()
    program = file.parent / "program"
    write_file(file.parent / "new", b"\r\n\x00", new=True)
    write_file(program, "#!/bin/sh\n", program=True)
    assert (file.parent / "new").read_bytes() == b"\r\n\x00"
    assert (file.parent / "new").stat().st_mode == usual.stat().st_mode
    assert os.access(program, os.X_OK)


def test_what_must_be_new_leaves_what_is_there(file: Path) -> None:
    with pytest.raises(FileExistsError, match="wren2020herons"):
        write_file(file, "new", new=True)
    assert snapshot(file.parent) == {file.name: b"old"}


def test_a_name_as_long_as_the_disk_takes_can_be_written(file: Path) -> None:
    longest = file.with_name("ü" * 125 + ".yaml")
    write_file(longest, "x", new=True)
    assert longest.read_text(encoding="utf-8") == "x"
    with pytest.raises(OSError, match=r"File name too long: .*/ü{126}\.yaml'") as caught:
        write_file(file.with_name("ü" * 126 + ".yaml"), "x")
    assert explain(caught.value).endswith(".yaml: File name too long; shorten the name")
    assert len(names(file.parent)) == 2


def test_a_write_that_breaks_off_leaves_the_old_file_and_nothing_else(file: Path) -> None:
    with files_of_at_most(1000), pytest.raises(OSError, match=r"File too large: .*/wren2020herons\.yaml'"):
        write_file(file, "x" * 2000)
    assert snapshot(file.parent) == {file.name: b"old"}


def test_links_are_not_written_through(file: Path) -> None:
    victim = file.parents[2] / "victim"
    victim.write_text("precious", encoding="utf-8")
    link = file.with_name("link.yaml")
    link.symlink_to(victim)
    with pytest.raises(OSError, match=r"symbolic link where a file belongs: .*link\.yaml"):
        write_file(link, "x")
    (file.parents[1] / "notes").symlink_to(victim.parent)
    with pytest.raises(OSError, match=r"symbolic link where a folder belongs: .*notes"):
        write_file(file.parents[1] / "notes/victim", "x", root=file.parents[1])
    assert victim.read_text(encoding="utf-8") == "precious"
    assert link.is_symlink()


def test_folders_and_devices_are_not_replaced(file: Path) -> None:
    os.mkfifo(file.with_name("pipe"))
    with pytest.raises(OSError, match="not a regular file"):
        write_file(file.with_name("pipe"), "x")
    with pytest.raises(IsADirectoryError) as caught:
        write_file(file.parent, "x")
    assert (
        explain(caught.value)
        == f"{file.parent}: folder where a file belongs; move the folder away, or choose another name"
    )


def test_several_files_are_written_and_deleted_as_one(file: Path) -> None:
    root, gone = file.parents[1], file.parent / "old/gone.yaml"
    gone.parent.mkdir()
    gone.write_text("gone", encoding="utf-8")
    changes = {file: b"new", gone: None, root / "docs/a/b.md": "text"}
    replace_files(changes, root=root, new=[root / "docs/a/b.md"])
    assert snapshot(root) == {"papers/wren2020herons.yaml": b"new", "docs/a/b.md": b"text"}
    assert not gone.parent.exists()
    assert names(root) == ["docs", "papers"]


@pytest.mark.parametrize(
    "stops", ["a full disk", "a file that is there", "a folder in its place", "a link", "the block"]
)
def test_several_files_are_written_or_none(file: Path, stops: str) -> None:
    root, gone = file.parents[1], file.with_name("gone.yaml")
    gone.write_text("gone", encoding="utf-8")
    gone.chmod(0o600)
    (root / "taken.md").write_text("mine", encoding="utf-8")
    (root / "folder.md").mkdir()
    (root / "link").symlink_to(root.parent)
    before = snapshot(root)
    changes: dict[Path, str | None] = {file: "new", gone: None, root / "docs/a/b.md": "text"}
    changes |= {
        "a full disk": {root / "docs/a/c.md": "x" * 2000}, "a file that is there": {root / "taken.md": "x"},
        "a folder in its place": {root / "folder.md": "x"}, "a link": {root / "link/x.md": "x"}, "the block": {},
    }[stops]  # fmt: skip
    with (  # noqa: PT012
        files_of_at_most(1000),
        pytest.raises((OSError, ZeroDivisionError)) as caught,
        replaced(changes, root=root, new=[root / "taken.md"]),
    ):
        assert stops == "the block"
        assert snapshot(root)["papers/wren2020herons.yaml"] == b"new"
        raise ZeroDivisionError
    assert snapshot(root) == before
    assert stat.S_IMODE(gone.stat().st_mode) == 0o600
    assert names(root) == ["folder.md", "link", "papers", "taken.md"]
    if stops != "the block":
        assert isinstance(caught.value, OSError)
        assert re.fullmatch(rf"{root}/\S+: .+; .+", explain(caught.value))


def test_a_new_folder_comes_whole_or_not_at_all(tmp_path: Path) -> None:
    with pytest.raises(ZeroDivisionError), new_folder(tmp_path / "a/new") as folder:  # noqa: PT012
        write_file(folder / "x", "x")
        raise ZeroDivisionError
    assert names(tmp_path / "a") == []
    with new_folder(tmp_path / "a/new") as folder:
        write_file(folder / "x", "x", flush=False)
        assert not (tmp_path / "a/new").exists()
    assert snapshot(tmp_path) == {"a/new/x": b"x"}


def test_an_error_without_a_file_is_told_too() -> None:
    assert explain(OSError(errno.ENOSPC, "No space left on device")) == "No space left on device; make room on the disk"
    assert explain(OSError("odd")) == "odd"
