"""Themes are the folder tree."""

from pathlib import Path

import pytest
from living_survey.loading.pages import load_pages
from living_survey.loading.themes import load_taxonomy
from living_survey.model.settings import Settings
from living_survey.model.theme import Taxonomy
from living_survey.syntax.problems import Problem


def write(folder: Path, files: dict[str, str]) -> Path:
    """Write theme files; a text without front matter gets one."""
    for name, text in files.items():
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(
            text if text.startswith("---") else f"---\ntitle: {name}\ndefinition: x\n---\n{text}", encoding="utf-8"
        )
    return folder


def themes_of(folder: Path) -> tuple[Taxonomy, list[Problem]]:
    """Read themes, and the pages that they are made of."""
    docs = folder.parent / "docs"
    docs.mkdir(exist_ok=True)
    if folder.exists():
        folder.rename(docs / "themes")
    settings = Settings(root=docs.parent, docs_dir=docs, site_dir=docs.parent / "site")
    pages, unread = load_pages(settings)
    taxonomy, problems = load_taxonomy(settings, pages)
    return taxonomy, [*unread, *problems]


def test_the_tree_is_read_in_order_with_its_paths(tmp_path: Path) -> None:
    write(tmp_path / "themes", {
        "song.md": "---\ntitle: Song\norder: 20\ndefinition: x\n---\n",
        "flight/index.md": "---\ntitle: Flight\norder: 10\ndefinition: x\naliases: [wings]\n---\n",
        "flight/speed.md": "---\ntitle: B\ndefinition: x\n---\n",
        "flight/height.md": "---\ntitle: A\ndefinition: x\n---\n",
    })  # fmt: skip
    taxonomy, problems = themes_of(tmp_path / "themes")
    assert problems == []
    assert list(taxonomy.by_path) == ["flight", "flight/height", "flight/speed", "song"]
    assert taxonomy.by_path["flight/speed"].source == "themes/flight/speed.md"
    assert taxonomy.by_path["flight"].source == "themes/flight/index.md"
    assert [theme.title for theme in taxonomy.line("flight/height")] == ["Flight", "A"]
    assert taxonomy.by_path["flight"].aliases == ("wings",)


def test_no_themes_at_all_is_an_empty_taxonomy(tmp_path: Path) -> None:
    assert themes_of(tmp_path / "none")[0].themes == ()


@pytest.mark.parametrize(
    ("files", "place", "message"),
    [
        ({"a.md": "", "a/index.md": ""}, "docs/themes/a.md", "duplicate theme"),
        ({"a/b.md": ""}, "docs/themes/a", "without index.md"),
        ({"page.md": ""}, "docs/themes/page.md", "reserved"),
        ({"con/index.md": ""}, "docs/themes/con/index.md", "reserved"),
        ({"Two Words.md": ""}, "docs/themes/Two Words.md", "is not a theme name"),
        ({"a.md": "---\ntitle: <b>\ndefinition: x\n---\n"}, "docs/themes/a.md:2:1", "markup in the title"),
        ({"a.md": "---\ntitle: &lt;b\ndefinition: x\n---\n"}, "docs/themes/a.md:2:8", "a value cannot start with &"),
        ({"a.md": '---\ntitle: "&lt;b"\ndefinition: x\n---\n'}, "docs/themes/a.md:2:1", "HTML entity"),
        ({"a.md": "---\ntitle: x\n---\n"}, "docs/themes/a.md:2:1", "missing field: definition"),
        ({"a.md": "---\ntitle: x\ndefinition: y\nordr: 3\n---\n"}, "docs/themes/a.md:4:1", "unknown field"),
        ({"a.md": "---\ntitle: x: y\n---\n"}, "docs/themes/a.md:2:9", "colon and space"),
        ({"a.md": "one\n\ntwo <img src=x onerror=y>\n"}, "docs/themes/a.md:7:5", "HTML in the text of a theme"),
        ({"a.md": "[x](javascript:alert(1))\n"}, "docs/themes/a.md:5:3", "link to something other than a web address"),
    ],
)
def test_mistakes_have_their_place(tmp_path: Path, files: dict[str, str], place: str, message: str) -> None:
    problems = themes_of(write(tmp_path / "themes", files))[1]
    assert place in [problem.place for problem in problems]
    assert [problem for problem in problems if message in problem.message]


def test_code_and_addresses_in_angle_brackets_are_not_html(tmp_path: Path) -> None:
    write(tmp_path / "themes", {"a.md": "Use `<b>` or\n\n```\n<script>\n```\n\nat <https://example.org>; 3 < 4.\n"})
    assert themes_of(tmp_path / "themes")[1] == []


def test_a_path_too_long_for_an_address_is_a_problem(tmp_path: Path) -> None:
    deep = "/".join("abcdefghi" for _ in range(16))
    alias = f"---\ntitle: x\ndefinition: x\naliases: [{'b' * 151}]\n---\n"
    write(tmp_path / "themes", {"a" * 151 + ".md": "", "a" * 150 + ".md": "", "c.md": alias})
    folder = tmp_path / "themes"
    for part in deep.split("/"):
        folder /= part
        write(folder, {"index.md": ""})
    taxonomy, problems = themes_of(tmp_path / "themes")
    assert "a" * 150 in taxonomy.by_path
    assert [(problem.path, problem.message) for problem in problems] == [
        (f"docs/themes/{'a' * 151}.md", f"the theme path {'a' * 30}… has 151 characters"),
        (f"docs/themes/{deep}/index.md", f"the theme path {deep[:30]}… has 159 characters"),
        ("docs/themes/c.md", f"aliases.1: the theme path {'b' * 30}… has 151 characters"),
    ]
