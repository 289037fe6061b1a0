"""Publishing: what the served folder looks like after each outcome."""

from pathlib import Path

import pytest

from generator.publish.writer import PathError, discard_host, publish


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A site whose host has built one page."""
    (tmp_path / "site/.host/about").mkdir(parents=True)
    (tmp_path / "site/.host/about/index.html").write_text("about")
    return tmp_path / "site"


def test_host_and_generated_files_come_together(site: Path) -> None:
    assert publish(site, [("papers/a/index.html", "é")]) == 2
    assert (site / "papers/a/index.html").read_text(encoding="utf-8") == "é"
    assert sorted(path.name for path in site.iterdir()) == ["about", "papers"]


@pytest.mark.parametrize("path", ["../x", "/etc/x", "a/../../x", ".hidden", "a\\b"])
def test_a_path_outside_the_site_is_refused(site: Path, path: str) -> None:
    with pytest.raises(PathError, match="outside the site"):
        publish(site, [(path, "x")])
    assert (site / ".publishing").exists()


def test_two_files_of_one_path_are_refused(site: Path) -> None:
    with pytest.raises(PathError, match="two files claim the address"):
        publish(site, [("about/index.html", "x")])


def test_what_the_host_built_in_vain_is_removed_with_the_folder_it_made(site: Path) -> None:
    discard_host(site)
    assert not site.exists()


def test_placeholders_are_left_out(site: Path) -> None:
    publish(site, [], without=["about/index.html"])
    assert not (site / "about").exists()
