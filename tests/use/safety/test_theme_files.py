"""Nothing unchecked lies among the themes, and what needs no owner's review is named."""

import subprocess
from pathlib import Path
from typing import Any

import pytest
from lxml import html

from tests.commands import ROOT, mkdocs
from tests.fabricate import write_survey
from tests.use.safety.attacks import problems_of

PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 30
LIVE = b"<script>ran()</script>"


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("evil.html", LIVE, "move it out of docs/themes/"),
        ("evil.HTML", LIVE, "neither a text nor a picture"),
        ("flight/evil.svg", b"<svg onload='ran()'/>", "neither a text nor a picture"),
        ("evil.js", b"ran()", "neither a text nor a picture"),
        ("evil.css", b"*{}", "neither a text nor a picture"),
        ("evil.txt", b"x", "neither a text nor a picture"),
        ("evil.pdf", b"%PDF", "neither a text nor a picture"),
        ("evil.md.html", LIVE, "neither a text nor a picture"),
        ("evil.markdown", LIVE, "neither a text nor a picture"),
        ("evil.mkd", LIVE, "neither a text nor a picture"),
        ("evil.mdown", LIVE, "neither a text nor a picture"),
        ("evil.MD", LIVE, "rename it to evil.md"),
        ("evil", LIVE, "neither a text nor a picture"),
        ("evil.", LIVE, "neither a text nor a picture"),
        ("bird.PNG", PNG, "rename it to bird.png"),
        (".evil.html", LIVE, "hidden file among the themes"),
        (".evil.md", LIVE, "hidden file among the themes"),
        (".well-known/evil.html", LIVE, "hidden file among the themes"),
        ("bird.png", LIVE, "the content is not that of a .png file"),
        ("bird.jpg", PNG, "the content is not that of a .jpg file"),
        ("bird.webp", b"RIFFxxxxWAVE", "the content is not that of a .webp file"),
        ("pictures/bird.gif", b"", "the content is not that of a .gif file"),
        ("README.md", LIVE, "rename it to index.md"),
        ("flight/README.md", LIVE, "rename it to index.md"),
        ("Index.md", LIVE, "rename it to index.md"),
        ("folder.md/x.txt", b"x", "neither a text nor a picture"),
        ("index.md", LIVE, "HTML in the text of a theme"),
        ("index.md", b"x\n{: #__config }\n", "attributes in the text of a theme"),
        ("index.md", b"<!-- survey:themes --> <b>\n", "HTML in the text of a theme"),
        ("index.md", b"---\ntitle: x&lt;script&gt;\n---\nx\n", "an HTML entity"),
        ("index.md", b"---\ntemplate: evil.html\n---\nx\n", "unknown field"),
        ("index.md", b"---\ntitle: a: b\n---\nx\n", "colon and space"),
        ("index.md", b"\xff", "not UTF-8"),
        ("evil.md", b"---\ntitle: T\ndefinition: D\n---\na \xff b\n", "not UTF-8"),
        ("evil.md", b"---\ntitle: T\ndefinition: D\n---\n\xe2\x80\xae\n", "U+202E"),
        ("evil.md", b"---\ntitle: T\ndefinition: D\n---\n" + b"a b\n" * 150_000, "600,"),
        ("evil.md", b"---\ntitle: T\ndefinition: D\n...\n# <script>ran()</script>\n---\n", "HTML in the text"),
        ("evil.md", b"---\ntitle: T&LT;script&GT;\ndefinition: D\n---\n", "an HTML entity"),
    ],
)  # fmt: skip
def test_nothing_unchecked_lies_among_the_themes(tmp_path: Path, name: str, content: bytes, words: str) -> None:
    config = write_survey(tmp_path, 2)
    file = tmp_path / "docs/themes" / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(content)
    found = [one for one in problems_of(config) if words in f"{one.message}\n{one.hint}"]
    hidden = name.startswith(".well-known")
    assert {one.path for one in found} == {"docs/themes/.well-known" if hidden else f"docs/themes/{name}"}


def test_pictures_and_a_page_of_all_themes_may_lie_among_the_themes(tmp_path: Path) -> None:
    config = write_survey(tmp_path, 2)
    pictures = {
        "a.png": PNG, "b.jpg": b"\xff\xd8\xff\xe0", "c.jpeg": b"\xff\xd8\xff\xe1", "d.gif": b"GIF89a",
        "pictures/e.webp": b"RIFF\n\0\n\0WEBPVP8 ", ".DS_Store": b"\0", ".song.md.swp": b"b0VIM",
    }  # fmt: skip
    for name, content in pictures.items():
        (tmp_path / "docs/themes" / name).parent.mkdir(exist_ok=True)
        (tmp_path / "docs/themes" / name).write_bytes(content)
    index = (
        "---\ntitle: R&D of birds\ndescription: All.\n---\n\nAll.\n\n<!-- survey:themes-defined -->\n\n## __config\n"
    )
    (tmp_path / "docs/themes/index.md").write_text(index, encoding="utf-8")
    song = tmp_path / "docs/themes/song.md"
    song.write_text(song.read_text(encoding="utf-8") + "\n![A swift](a.png)\n", encoding="utf-8")
    assert problems_of(config) == []
    done = mkdocs(config, "--strict")
    assert done.returncode == 0, done.stderr
    page: Any = html.fromstring((tmp_path / "site/themes/index.html").read_bytes())
    assert page.xpath("string(//title)") == "R&D of birds - Birds, a survey"
    assert page.xpath("//article//a/@href")[0].endswith("themes/flight/")
    assert page.xpath("//article//h2/@id") == ["section-config"]
    song_page: Any = html.fromstring((tmp_path / "site/themes/song/index.html").read_bytes())
    assert song_page.xpath("//article//img/@src") == ["../a.png"]
    assert (tmp_path / "site/themes/a.png").read_bytes() == PNG
    assert [file.name for file in (tmp_path / "site/themes").iterdir() if file.name.startswith(".")] == []


def test_only_paper_files_and_texts_of_themes_need_no_owner(tmp_path: Path) -> None:
    """Git reads the patterns, which are those of its ignored files; the last one that fits says who owns a file."""
    lines = (ROOT / ".github/CODEOWNERS").read_text(encoding="utf-8").splitlines()
    rules = [line.split() for line in lines if line and not line.startswith("#")]
    free = ["papers/a2024b.yaml", "docs/themes/a.md", "docs/themes/a/index.md", "docs/themes/a/b/c.md"]
    owned = [
        "papers/README.md", "papers/.schema.json", "papers/x/a.yaml", "papers/a.yml", "x/papers/a.yaml", "mkdocs.yml",
        "docs/index.md", "docs/screening.yaml", "docs/themes/a.html", "docs/themes/a/b.png", "docs/themes/a.markdown",
        "generator/living_survey/pages/markdown.py", ".github/CODEOWNERS", ".ci/run", "tests/use/safety/test_texts.py",
        "LICENSE", "Makefile",
    ]  # fmt: skip
    subprocess.run(["git", "init", "-q", str(tmp_path)], check=True)
    without_owner: dict[str, bool] = {}
    for pattern, *names in rules:
        (tmp_path / ".git/info/exclude").write_text(f"{pattern}\n", encoding="utf-8")
        command = ["git", "check-ignore", "--no-index", *free, *owned]
        fits = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=True).stdout.splitlines()
        without_owner |= dict.fromkeys(fits, not names)
    assert sorted(without_owner) == sorted([*free, *owned])
    assert [name for name, free_to_all in without_owner.items() if free_to_all] == free
