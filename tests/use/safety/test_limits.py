"""A submission exhausts neither memory nor time."""

from pathlib import Path

import pytest

from tests.fabricate import paper, to_yaml, write_survey
from tests.use.safety.attacks import check, problems_of, with_paper


@pytest.mark.parametrize(
    "raw",
    [
        b"title: " + b"[" * 100_000,
        b"title: &a [x,x]\nb: &b [*a,*a]\nc: &c [*b,*b]\n",
        b"a: 1\n" * 2_000_000,
        b"x" * 50_000_000,
        b"title: 'x" + b"y" * 900_000 + b"'\n",
        b"\xff\xfe" * 1000,
        b"---\n" * 100_000,
        b"? " * 50_000,
        to_yaml({**paper(9), "extra": {"note": "WORDS"}}).replace("WORDS", "word " * 400_000).encode(),
    ],
    ids=["nested", "aliases", "long", "huge", "one-long-text", "bytes", "documents", "complex-keys", "valid"],
)  # fmt: skip
def test_a_file_that_would_exhaust_the_machine_is_refused(tmp_path: Path, raw: bytes) -> None:
    done = with_paper(tmp_path, "wren2024new.yaml", raw)
    assert done.returncode == 1
    assert "papers/wren2024new.yaml" in done.stdout
    assert len(done.stdout) < 100_000


LONG = [
    "@" * 100_000, "[" * 100_000, "[@" * 50_000, "`" * 100_001, "[@a; " * 20_000, "((((" * 20_000, "<" * 100_000,
    "*a " * 30_000, "{: " * 30_000, "!" * 100_000, "<!-- " * 40_000, "<script " * 5_000, "[@a, " * 20_000,
    "\\cite[" * 20_000, "```x\n" * 20_000, "![" * 50_000, "{#a " * 30_000, "<a\n" * 5_000, "[@a](x) " * 5_000,
    " ".join("`" * n for n in range(1, 500)), "x\n{: #a }\n" * 5_000,
]  # fmt: skip


def test_texts_that_repeat_themselves_are_checked_in_time(tmp_path: Path) -> None:
    write_survey(tmp_path, 4)
    for n, text in enumerate(LONG):
        head = f"---\ntitle: Theme {n}\ndefinition: B\n---\n"
        (tmp_path / f"docs/themes/long-{n}.md").write_text(f"{head}{text}\n", encoding="utf-8")
        data = {**paper(9), "title": f"Study {n} of length", "doi": f"10.5555/long.{n}", "summary": text[:20_000]}
        (tmp_path / f"papers/wren{1900 + n}new.yaml").write_text(to_yaml(data), encoding="utf-8")
    done = check(tmp_path)  # within its two minutes
    assert done.returncode == 1
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("name", "content", "place", "words"),
    [
        ("docs/page.md/x.txt", b"x", "docs/page.md", "folder with the name of a page"),
        ("docs/page.md", b"x\n" * 300_000, "docs/page.md:1:1", "the file has 600,000 bytes"),
        ("docs/page.md", b"# A\n\na \xff b\n", "docs/page.md:3:3", "not UTF-8"),
    ],
)
def test_a_page_that_cannot_be_read_is_named(tmp_path: Path, name: str, content: bytes, place: str, words: str) -> None:
    config = write_survey(tmp_path, 2)
    (tmp_path / name).parent.mkdir(exist_ok=True)
    (tmp_path / name).write_bytes(content)
    [problem] = problems_of(config)
    assert problem.place == place
    assert words in problem.message


# ------------------------------------------------------------------ take another paper's place
