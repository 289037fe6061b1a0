"""Publishing: what the served folder looks like after each outcome."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from living_survey.publish.writer import PathError, publish

from tests.commands import snapshot
from tests.limits import somebody_else


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A site whose host has built one page."""
    host(tmp_path / "site", {"about/index.html": "about"})
    return tmp_path / "site"


def host(site: Path, files: dict[str, str]) -> None:
    """Put files where the host builds."""
    for path, text in files.items():
        file = site / ".host" / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")


def texts(site: Path) -> dict[str, str]:
    """Return what a site says, and make sure that nothing of a build is left."""
    assert not (site / ".host").exists()
    assert not (site / ".publishing").exists()
    return {path: raw.decode() for path, raw in snapshot(site).items()}


def test_host_and_generated_files_come_together(site: Path) -> None:
    assert publish(site, [("papers/a/index.html", "é")]) == 2
    assert texts(site) == {"about/index.html": "about", "papers/a/index.html": "é"}


WRONG = ["../x", "/etc/x", "a/../../x", ".git/hooks/x", ".survey-site", ".host/x", "a//b", "./x", "a\\b"]


@pytest.mark.parametrize("path", WRONG)
def test_a_path_outside_the_site_is_refused(site: Path, path: str) -> None:
    with pytest.raises(PathError, match="outside the site"):
        publish(site, [(path, "x")])
    assert [entry.name for entry in site.iterdir()] == [".host"]


def test_two_files_of_one_path_are_refused(site: Path) -> None:
    with pytest.raises(PathError, match=r"two files claim the address about/index\.html"):
        publish(site, [("about/index.html", "x")])


@pytest.mark.parametrize("paths", [["about", "x"], ["x", "x/y/z"], ["x/y/z", "x"], ["about/index.html/more"]])
def test_a_file_that_would_be_a_folder_too_is_refused(site: Path, paths: list[str]) -> None:
    with pytest.raises(PathError, match=r"claim the address|and a folder of other files"):
        publish(site, [(path, "x") for path in paths])
    assert [entry.name for entry in site.iterdir()] == [".host"]


def test_a_file_that_did_not_change_cannot_become_a_folder_too(site: Path) -> None:
    publish(site, [("x", "x")])
    host(site, {"about/index.html": "about"})
    with pytest.raises(PathError, match="x is a file, and a folder of other files"):
        publish(site, [("x", "x"), ("x/y", "y")])
    assert (site / "x").read_text(encoding="utf-8") == "x"


def test_placeholders_are_left_out(site: Path) -> None:
    host(site, {"x/slot/index.html": "slot", "x/page/index.html": "page", "x/slot/more/index.html": "more"})
    publish(site, [], without=["about/index.html", "x/slot/index.html", "not/there.html"])
    assert texts(site) == {"x/page/index.html": "page", "x/slot/more/index.html": "more"}
    assert not (site / "about").exists()


def test_hidden_files_of_the_hosts_are_published_and_others_at_the_top_stay(site: Path) -> None:
    (site / ".nojekyll").touch()
    host(site, {".well-known/security.txt": "x"})
    publish(site, [("a/.hidden", "x")])
    assert set(texts(site)) == {".nojekyll", ".well-known/security.txt", "a/.hidden", "about/index.html"}


def _raises() -> Iterator[tuple[str, str]]:
    yield "papers/a/index.html", "new"
    raise ZeroDivisionError


FAILURES = {
    "rendering": (_raises, ZeroDivisionError, None),
    "encoding": (lambda: [("papers/a/index.html", "new"), ("b.html", "a\ud800")], PathError, r"b\.html .* U\+D800"),
    "a long name": (lambda: [("papers/a/index.html", "new"), (f"{'n' * 256}/index.html", "x")], OSError, "too long"),
    "a long path": (lambda: [("papers/a/index.html", "new"), (f"{'n' * 200}/" * 21 + "x", "x")], OSError, "too long"),
    "two files": (lambda: [("papers/a/index.html", "new"), ("about/index.html", "x")], PathError, "two files"),
}


@pytest.mark.parametrize("failure", FAILURES)
def test_whatever_fails_comes_before_the_first_change(site: Path, failure: str) -> None:
    publish(site, [("papers/a/index.html", "old"), ("papers/b/index.html", "old")])
    before = {path: path.stat().st_mtime_ns for path in site.rglob("*")}
    content = snapshot(site)
    host(site, {"about/index.html": "new", "assets/new.css": "new"})
    generated, error, words = FAILURES[failure]
    with pytest.raises(error, match=words):
        publish(site, generated())
    after = {path: path.stat().st_mtime_ns for path in site.rglob("*") if ".host" not in path.parts}
    assert after == before
    assert {name: raw for name, raw in snapshot(site).items() if not name.startswith(".host")} == content


def test_files_that_did_not_change_are_left_alone_and_others_go(site: Path) -> None:
    publish(site, [("a/index.html", "a"), ("b/index.html", "b"), ("gone/deep/index.html", "c"), ("d.html", "d")])
    before = {path: (site / path).stat().st_mtime_ns for path in ("a/index.html", "about/index.html")}
    host(site, {"about/index.html": "about"})
    assert publish(site, [("a/index.html", "a"), ("b/index.html", "new")]) == 3
    assert texts(site) == {"about/index.html": "about", "a/index.html": "a", "b/index.html": "new"}
    assert {path: (site / path).stat().st_mtime_ns for path in before} == before
    assert not (site / "gone").exists()


def test_a_build_that_changes_nothing_opens_no_journal(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    publish(site, [("a/index.html", "a")])
    host(site, {"about/index.html": "about"})
    before = site.stat().st_mtime_ns
    times = {path: path.stat().st_ctime_ns for path in site.rglob("*") if ".host" not in path.parts}
    publish(site, [("a/index.html", "a")])
    assert {path: path.stat().st_ctime_ns for path in site.rglob("*")} == times
    assert site.stat().st_mtime_ns >= before


def test_a_journal_of_an_interrupted_build_is_taken_away_by_the_next(site: Path) -> None:
    publish(site, [("a/index.html", "a")])
    host(site, {"about/index.html": "about"})
    (site / ".publishing").touch()
    publish(site, [("a/index.html", "a")])
    assert texts(site) == {"about/index.html": "about", "a/index.html": "a"}


def test_what_stands_in_the_way_makes_room(site: Path, tmp_path: Path) -> None:
    (tmp_path / "outside").mkdir()
    (tmp_path / "outside/index.html").write_text("mine", encoding="utf-8")
    for folder in ("page.html/deep", "deep.html"):
        (site / folder).mkdir(parents=True)
    (site / "page.html/deep/x").touch()
    (site / "folder").touch()
    (site / "a").mkdir()
    for name in ("linked", "a/linked", "stale"):
        (site / name).symlink_to(tmp_path / "outside")
    (site / "file.html").symlink_to(tmp_path / "outside/index.html")
    (site / ".publishing").symlink_to(tmp_path / "outside/journal")
    new = ["page.html", "deep.html", "folder/index.html", "linked/index.html", "a/linked/index.html", "file.html"]
    publish(site, [(path, "mine" if path == "linked/index.html" else "new") for path in new])
    assert set(texts(site)) == {*new, "about/index.html"}
    assert [path for path in site.rglob("*") if path.is_symlink()] == []
    assert snapshot(tmp_path / "outside") == {"index.html": b"mine"}


@pytest.mark.parametrize("locked", ["papers", "papers/a", "gone"])
def test_a_folder_that_cannot_be_changed_is_found_before_the_first_change(public_folder: Path, locked: str) -> None:
    site = public_folder / "site"
    host(site, {"about/index.html": "old"})
    publish(site, [("papers/a/index.html", "old"), ("gone/index.html", "old"), ("gone/more/index.html", "old")])
    before = snapshot(site)
    host(site, {"about/index.html": "new"})
    for path in [site, *site.rglob("*")]:
        path.chmod(0o777 if path.is_dir() else 0o666)
    (site / locked).chmod(0o555)
    kept = [("gone/index.html", "old")] if locked == "gone" else []
    with somebody_else(), pytest.raises(PermissionError, match=f"the folder cannot be changed: .*/{locked}'"):
        publish(site, [("papers/a/index.html", "new"), ("papers/b/index.html", "new"), *kept])
    assert {name: raw for name, raw in snapshot(site).items() if not name.startswith(".host")} == before
    (site / locked).chmod(0o755)
