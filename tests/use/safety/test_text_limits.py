"""What anybody may propose is bounded where the host's Markdown takes hours or ends: at its line, before a build."""

import sys
from pathlib import Path

import markdown
import pytest
from living_survey.checks import text_limits
from living_survey.checks.theme_texts import check_text

from tests.commands import ROOT, mkdocs
from tests.fabricate import write_survey
from tests.use.safety.attacks import check

LINKS = "[a](http://b) "
BEYOND = {
    "size": (("a b\n" * 199 + "\n") * 130, "a text of 103,611 bytes; at most 100,000", 1),
    "line": ("x\n\n" + "a " * 2600, "a line of 5,200 characters; at most 5,000", 3),
    "paragraph": ("x\n\n" + ("a" * 99 + "\n") * 101,
                  "a paragraph, list, or table of 10,100 characters; at most 10,000", 3),
    "lines": ("x\n\n" + "- a\n" * 401, "402 lines without an empty one; at most 400", 3),
    "lists": ("x\n\n" + "".join("    " * n + "- a\n" for n in range(30)),
              "21 levels of lists and quotations; at most 20", 23),
    "quotations": ("> " * 21 + "a", "21 levels of lists", 1),
    "numbers": ("1. " * 21 + "a", "21 levels of lists", 1),
    "brackets": ("x\n\n" + "[" * 301, "301 brackets in one paragraph, list, or table; at most 300", 3),
    "brackets of a text": ("[a] " * 200 + "\n\n" + ("[a] " * 200 + "\n\n") * 10, "2,200 brackets in one text", 1),
    "emphasis": ("*a " * 501, "501 signs of emphasis in one paragraph; at most 500", 1),
}  # fmt: skip


@pytest.mark.parametrize("name", BEYOND)
def test_a_text_beyond_a_limit_is_refused_at_its_line(tmp_path: Path, name: str) -> None:
    text, words, line = BEYOND[name]
    config = write_survey(tmp_path, 2)
    (tmp_path / "docs/themes/a.md").write_text(f"---\ntitle: T\ndefinition: D\n---\n{text}\n", encoding="utf-8")
    done = check(tmp_path)
    assert done.returncode == 1
    assert f"docs/themes/a.md:{line + 4}:1: error: {words}" in done.stdout
    built = mkdocs(config)
    assert built.returncode == 1
    assert words in built.stderr


WITHIN = {
    "links": LINKS * 290,
    "open brackets": "[" * 299,
    "nested brackets": "[" * 150 + "](a)" * 150,
    "lists": "".join("    " * n + "- a\n" for n in range(20)),
    "marks": "\n\n".join(["- " * 20 + "a", "> " * 20 + "a", "1. " * 20 + "a"]),
    "emphasis": "*a " * 240 + "b* " * 240,
    "definitions": "a\n:   b\n" * 199,
    "footnotes": "[^1]" * 290 + "\n\n[^1]: a\n",
    "table": "|a|b|\n|-|-|\n" + "|a|b|\n" * 390,
}  # fmt: skip
"""The worst of each kind that stays below the limits of one paragraph, of which a text has ten at most."""


@pytest.mark.parametrize("name", WITHIN)
def test_what_is_within_the_limits_of_a_paragraph_makes_little_work(name: str) -> None:
    assert check_text(WITHIN[name], 1, "a.md") == []
    page = markdown.Markdown(extensions=["tables", "footnotes", "fenced_code", "def_list", "toc"])
    calls = 0

    def count(*_: object) -> None:
        nonlocal calls
        calls += 1

    before = sys.getprofile()
    sys.setprofile(count)
    try:
        page.convert(WITHIN[name])
    finally:
        sys.setprofile(before)
    assert calls < 3_000_000


def test_code_and_the_texts_of_this_survey_are_within_the_limits() -> None:
    assert check_text("```text\n" + "[" * 2000 + "\n" + " " * 200 + "- a\n```\n", 1, "a.md") == []
    for file in (ROOT / "docs/themes").rglob("*.md"):
        text = file.read_text(encoding="utf-8").partition("\n---\n")[2]
        assert 4 * len(text.encode()) < text_limits.MAX_BYTES
        assert 4 * max(map(len, text.split("\n"))) < text_limits.MAX_LINE
        assert 4 * max(map(len, text.split("\n\n"))) < text_limits.MAX_BLOCK
        assert 4 * text.count("[") < text_limits.MAX_BRACKETS
        assert 4 * max(block.count("[") for block in text.split("\n\n")) < text_limits.MAX_BRACKETS_IN_BLOCK
