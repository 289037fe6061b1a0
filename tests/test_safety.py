"""What a submission must not be able to do, whatever is written into it: one test for each line of SECURITY.md.

Pages are looked at by an HTML parser and by a real browser, files by the programs that read them.
"""

import csv
import io
import json
import os
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from lxml import etree, html
from playwright.sync_api import Browser

from generator.validation import check_paper
from tests.conftest import SURVEY, mkdocs, run_survey
from tests.fabricate import key, paper, to_yaml, write_survey

TEMPLATES = "{{7*7}}{% x %}${7*7}"
XSS = "</title></script></textarea><img src=x onerror=ran()><script>ran()</script>\"'><svg/onload=ran()>" + TEMPLATES
TEX = r"\input{/etc/passwd} \write18{id} } @misc{evil} % $ # & ~ ^ _ {"
NAME = "\"'onload=ran() {{a*a}}{% x %}${a*a} javascript:ran()"
"""What a name may say; `test_names_have_no_markup` has what it may not."""
FORMULA = "=cmd|' /C calc'!A0"


def check(folder: Path) -> subprocess.CompletedProcess[str]:
    return run_survey(folder, "check")


def with_paper(folder: Path, name: str, text: str | bytes) -> subprocess.CompletedProcess[str]:
    """Check a survey of four papers and one more file."""
    write_survey(folder, 4)
    file = folder / "papers" / name
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    return check(folder)


# ------------------------------------------------------------------ run code, read files, write elsewhere


@pytest.mark.parametrize(
    "title",
    [
        "!!python/object/apply:os.system ['touch ran']",
        "!!python/name:os.system",
        "!include /etc/passwd",
        "!ENV HOME",
        "!!binary aGk=",
        "&a x\nshort_name: *a",
    ],
)
def test_tags_and_anchors_do_nothing_but_end_in_an_error(tmp_path: Path, title: str) -> None:
    text = to_yaml(paper(9)).replace(to_yaml({"title": paper(9)["title"]}).strip(), f"title: {title}")
    done = with_paper(tmp_path / "s", "a2024b.yaml", text)
    assert done.returncode == 1
    assert "papers/a2024b.yaml:1:" in done.stdout
    assert not list(tmp_path.rglob("ran"))
    assert "root:" not in done.stdout + done.stderr


def test_a_symbolic_link_is_read_neither_as_a_paper_nor_as_a_page(tmp_path: Path) -> None:
    secret = tmp_path / "secret.yaml"
    secret.write_text(to_yaml({**paper(9), "title": "The secret"}), encoding="utf-8")
    for place in ("papers/a2024b.yaml", "docs/leak.md", "docs/themes/leak.md", "docs/leak.png"):
        folder = tmp_path / place.replace("/", "-")
        config = write_survey(folder, 4)
        (folder / place).symlink_to(secret)
        for done in (check(folder), mkdocs(config)):
            assert done.returncode == 1, place
            assert f"{place}" in done.stdout + done.stderr, place
            assert "The secret" not in done.stdout + done.stderr
        assert not (folder / "site").exists()


@pytest.mark.parametrize(
    "block",
    [
        {"citation": "../secret"}, {"citation": "/etc/passwd"}, {"glossary": "../../etc/passwd"},
        {"screening": "/etc/passwd"}, {"papers": "../elsewhere"}, {"papers": "/etc"},
    ],
)  # fmt: skip
def test_settings_do_not_lead_out_of_the_survey(tmp_path: Path, block: dict[str, str]) -> None:
    write_survey(tmp_path, 4, settings=block)
    done = check(tmp_path)
    assert done.returncode == 1
    assert f"mkdocs.yml:{1}" in re.sub(r":\d+:\d+", ":1", done.stdout)


@pytest.mark.parametrize(
    "name", ["..%2f..%2fx.yaml", "con.yaml", "index.yaml", "a b.yaml", ".x.yaml.yaml", "a\n.yaml", "é.yaml"]
)
def test_keys_have_a_grammar(tmp_path: Path, name: str) -> None:
    done = with_paper(tmp_path, name, to_yaml(paper(9)))
    if name.startswith("."):
        assert "4 papers" in done.stderr  # a hidden file is no paper
    else:
        assert done.returncode == 1
        assert "error" in done.stdout


@pytest.mark.parametrize("alias", ["../../x", "/etc/x", "a/../b", "..", "a\\b", "x" * 300, key(1), key(1).upper()])
def test_an_alias_writes_neither_elsewhere_nor_over_another_paper(tmp_path: Path, alias: str) -> None:
    done = with_paper(tmp_path, "wren2024new.yaml", to_yaml({**paper(9), "aliases": [alias]}))
    assert done.returncode == 1
    assert "papers/wren2024new.yaml" in done.stdout


def test_names_of_people_and_venues_become_addresses_inside_the_site(tmp_path: Path) -> None:
    names = ["../../../evil", "..", "/etc/passwd", "a\\..\\b", "CON", "con", "%2e%2e%2f", "．．／", "index"]
    config = write_survey(tmp_path / "in", 0)
    for n, name in enumerate(names):
        for twice in (0, 1):
            who = {"team": name} if re.search(r"\d", name) else {"family": name, "given": name}
            data = {**paper(1), "authors": [who], "doi": f"10.5555/{n}.{twice}"}
            data |= {"venue": {"name": name}, "title": f"Study {n} {twice} of {name}"}
            (tmp_path / f"in/papers/wren{2000 + n}x{twice}.yaml").write_text(to_yaml(data), encoding="utf-8")
    done = mkdocs(config, "--strict")
    assert done.returncode == 0, done.stderr
    assert sorted(entry.name for entry in tmp_path.iterdir()) == ["in"]
    built = [file.relative_to(tmp_path / "in/site") for file in (tmp_path / "in/site").rglob("*")]
    assert all(re.fullmatch(r"[\w.-]+", part) and part.strip(".") for path in built for part in path.parts)


# ------------------------------------------------------------------ put something into pages and files


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A survey in which every text field says something that would act where it is not escaped, built."""
    folder = tmp_path_factory.mktemp("hostile") / "survey"
    config = write_survey(folder, 6, settings={"attributes": {"approach": "Approach"}})
    evil = f"{XSS} {TEX} {FORMULA}"
    data: dict[str, Any] = {
        **paper(1), "title": evil, "short_name": XSS, "tldr": XSS, "doi": None, "note": evil,
        "authors": [{"family": NAME, "given": r"} \input{/etc} % $ # ~ ^ _ {"}, {"team": f"{FORMULA} {NAME} {TEX}"}],
        "venue": {"name": evil, "publisher": TEX},
        "abstract": evil, "summary": f"{evil}\n\n[x](javascript:ran()) [@{key(2)}]",
        "results": [{"metric": f"{FORMULA} {XSS}", "value": FORMULA, "unit": "@SUM(1)", "baseline": "+1+1",
                     "setting": "-2+3", "evidence": "\t=1"}],
        "attributes": {"approach": XSS},
        "relations": [{"type": "uses", "paper": key(2), "note": XSS},
                      {"type": "uses", "external": {"title": XSS, "id": "javascript:ran()"}}],
        "extra": {"field": evil},
    }  # fmt: skip
    kept = {name: value for name, value in data.items() if value is not None}
    kept.pop("note")
    (folder / "papers/evil2024evil.yaml").write_text(to_yaml(kept), encoding="utf-8")
    done = mkdocs(config)
    assert done.returncode == 0, done.stderr
    return folder / "site"


def pages(site: Path) -> Iterator[tuple[Path, Any]]:
    for file in sorted(site.rglob("*.html")):
        yield file, html.fromstring(file.read_bytes())


@pytest.mark.parametrize(
    "name", [XSS, "<b>", "x>", "&lt;script&gt;ran()&lt;/script&gt;", "&#60;img src=x onerror=ran()&#x3e;"]
)
def test_names_have_no_markup(tmp_path: Path, name: str) -> None:
    path = "papers/wren2024new.yaml"
    for role, author in (("authors", {"family": name}), ("authors", {"family": "Wren", "given": name}),
                         ("authors", {"family": "Wren", "suffix": name}), ("editors", {"team": name})):  # fmt: skip
        problems = check_paper("wren2024new", path, {**paper(9), role: [author]})[1]
        assert [problem.field[0] for problem in problems] == [role]
    done = with_paper(tmp_path, "wren2024new.yaml", to_yaml({**paper(9), "authors": [{"team": name}]}))
    assert done.returncode == 1
    assert "error: authors.1.team: markup in the name" in done.stdout


def test_no_page_has_an_element_an_attribute_or_a_script_from_a_paper(hostile: Path) -> None:
    seen = 0
    for file, page in pages(hostile):
        assert page.xpath("//img[@src='x'] | //svg[@onload] | //*[@onerror]") == [], file
        for script in page.xpath("//script[not(@type) or @type='text/javascript']/text()"):
            assert "ran()" not in script, file
        for address in page.xpath("//@href | //@src | //@action"):
            assert re.match(r"(?!\s*(?:javascript|data|vbscript):)", address, re.IGNORECASE), (file, address)
        seen += "ran()" in page.text_content()
    assert seen > 5  # it is there, as text


def test_templates_in_papers_stay_text(hostile: Path) -> None:
    page: Any = html.fromstring((hostile / "papers/evil2024evil/index.html").read_bytes())
    assert TEMPLATES in page.text_content()
    assert "49" not in page.xpath("string(//article//h1)")


def test_data_for_machines_stays_data(hostile: Path) -> None:
    for _, page in pages(hostile):
        for text in page.xpath("//script[@type='application/ld+json']/text()"):
            json.loads(text)
    index = json.loads((hostile / "search/search_index.json").read_text(encoding="utf-8"))
    for record in index["docs"]:
        shown: Any = html.fromstring(f"<div>{record['title']}{record['text']}</div>")
        assert shown.xpath("//script | //img | //svg") == []
    for file in hostile.rglob("*.xml"):
        etree.parse(file, etree.XMLParser(resolve_entities=False, no_network=True))


def test_a_browser_runs_nothing_of_it(hostile: Path, browser: Browser) -> None:
    visit = browser.new_context()
    page = visit.new_page()
    ran: list[str] = []
    page.expose_function("ran", lambda: ran.append(page.url))
    page.route(re.compile(r"^(?!file:)"), lambda route: route.abort())
    for name in ("papers/evil2024evil", "papers", "", "results", "themes/season", "authors"):
        page.goto((hostile / name / "index.html").as_uri())
        page.wait_for_timeout(100)
    visit.close()
    assert ran == []


def test_bibliographies_have_one_entry_for_each_paper_and_no_command(hostile: Path) -> None:
    for name in ("bib/survey.bib", "bib/survey.biblatex.bib"):
        text = (hostile / name).read_text(encoding="utf-8")
        assert len(re.findall(r"^@\w+\{", text, re.MULTILINE)) == 7
        assert not re.search(r"\\(?:input|write|include|def|csname)\b", text)
    ris = (hostile / "bib/survey.ris").read_text(encoding="utf-8")
    assert len(re.findall(r"^TY  - ", ris, re.MULTILINE)) == len(re.findall(r"^ER  - ", ris, re.MULTILINE)) == 7
    assert len(json.loads((hostile / "bib/survey.csl.json").read_text(encoding="utf-8"))) == 7


def test_no_cell_of_a_table_is_a_formula(hostile: Path) -> None:
    rows = list(csv.reader(io.StringIO((hostile / "api/results.csv").read_text(encoding="utf-8"))))
    assert len(rows) == 2
    assert any("cmd|" in cell for cell in rows[1])
    assert not [cell for cell in rows[1] if cell[:1] in "=+-@\t\r" and cell]


@pytest.mark.parametrize("name", ["url", "links", "doi", "arxiv", "consulted"])
@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "data:text/html,x",
        "//evil.example",
        "ftp://x",
        " https://a b",
        'https://a"onclick=x',
        "file:///etc/passwd",
    ],
)
def test_addresses_are_on_the_web(tmp_path: Path, name: str, address: str) -> None:
    extra: dict[str, Any] = {name: address}
    if name == "links":
        extra = {"links": {"code": address}}
    if name == "consulted":
        extra = {"provenance": {"source": "x", "consulted": [address]}}
    done = with_paper(tmp_path, "wren2024new.yaml", to_yaml({**paper(9), **extra}))
    assert done.returncode == 1
    assert "papers/wren2024new.yaml" in done.stdout


HTML = [
    "<script>ran()</script>",
    "a ` b\n\n<script>ran()</script>\n\nc ` d",
    "``` a b!\n<img src=x onerror=ran()>\n```",
    "```\ncode\n```x\n<script>ran()</script>\n```",
    "~~~~\n~~~\n<svg onload=ran()>\n~~~~",
    "    <script>no code after a list\n\n- x\n\n    <img src=x onerror=ran()>",
    '<https://example.org/"onmouseover=ran()>',
    "[x](javascript:ran())",
    "[x](&#106;avascript:ran())",
    "[x](java\tscript:ran())",
    "[x](<java\nscript:ran()>)",
    "[x]( javascript:ran())",
    "[x](JaVaScRiPt&colon;ran())",
    "[x][y]\n\n[y]: javascript:ran()",
    "[x][y]\n\n[y]: <data:text/html,ran()>",
    "![x](https://tracker.example/p.png)",
    "![x][y]\n\n[y]: //tracker.example/p.png",
    "[x](https://a.example){: onclick=ran() }",
    "# x {: onmouseover=ran() style=position:fixed }",
    'x\n{: style="position:fixed;top:0" }',
    "x\n{: .md-overlay }",
    "<!-- --!><img src=x onerror=ran()> -->",
    "<?php <img src=x onerror=ran()> ?>",
    "<a href='javascript:ran()'>x</a>",
    "&lt;script&gt;ran()&lt;/script&gt;",
    "| a |\n|---|\n| <img src=x onerror=ran()> |",
]


HARMLESS = (".md-overlay", "&lt;", '<https://example.org/"', "```x", "~~~~")
"""What becomes nothing but text or code, or loses its class."""


@pytest.fixture(scope="module")
def texts(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A survey whose themes' texts are hostile, built although `survey check` refuses them: the second defence."""
    folder = tmp_path_factory.mktemp("texts")
    config = write_survey(folder, 4)
    for n, text in enumerate(HTML):
        head = f"---\ntitle: Theme {n}\ndefinition: About {n}.\n---\n\n"
        (folder / f"docs/themes/evil-{n}.md").write_text(head + text + "\n", encoding="utf-8")
    script = (
        "import sys, generator.taxonomy as t\n"
        "t._check_text = lambda *a: []\n"
        "from mkdocs.__main__ import cli\n"
        "sys.argv = ['mkdocs', 'build', '-q', '-f', sys.argv[1]]\n"
        "cli()"
    )
    environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1"}
    command = [str(SURVEY.parent / "python"), "-c", script, str(config)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False, env=environment)
    assert (folder / "site/themes/evil-0/index.html").is_file(), done.stderr
    return folder / "site"


@pytest.mark.parametrize("n", range(len(HTML)))
def test_a_themes_text_cannot_act_even_if_the_check_is_deceived(texts: Path, n: int) -> None:
    page: Any = html.fromstring((texts / f"themes/evil-{n}/index.html").read_bytes())
    article = page.xpath("//article")[0]
    assert article.xpath(".//script | .//svg[@onload] | .//iframe | .//*[@onclick or @onerror or @onmouseover]") == []
    assert article.xpath(".//*[contains(@style, 'position')] | .//*[contains(@class, 'md-overlay')]") == []
    for address in article.xpath(".//img/@src"):
        assert not re.match(r"[a-z]+:|//", address), address
    for address in article.xpath(".//@href"):
        assert re.match(r"https?:|mailto:|[./#\w]*(?:[/?#]|$)", address), address
        assert "script" not in re.sub(r"[\s\\]", "", address).lower()


@pytest.mark.parametrize("text", [text for text in HTML if not any(one in text for one in HARMLESS)])
def test_a_themes_text_with_markup_is_refused_at_its_line(tmp_path: Path, text: str) -> None:
    write_survey(tmp_path, 4)
    (tmp_path / "docs/themes/evil.md").write_text(f"---\ntitle: A\ndefinition: B\n---\n{text}\n", encoding="utf-8")
    done = check(tmp_path)
    assert done.returncode == 1, text
    assert "docs/themes/evil.md:" in done.stdout


# ------------------------------------------------------------------ exhaust memory or time


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


@pytest.mark.parametrize(
    "text",
    [
        "@" * 200_000, "[" * 100_000, "[@" * 100_000, "`" * 100_001, "[@a; " * 50_000, "((((" * 50_000, "<" * 100_000,
        "*a " * 50_000, "{: " * 60_000, "!" * 200_000,
    ],
    ids=["at", "brackets", "citations", "ticks", "groups", "round", "angles", "stars", "braces", "marks"],
)  # fmt: skip
def test_a_text_that_repeats_itself_ends_in_time(tmp_path: Path, text: str) -> None:
    write_survey(tmp_path, 4)
    (tmp_path / "docs/themes/long.md").write_text(f"---\ntitle: A\ndefinition: B\n---\n{text}\n", encoding="utf-8")
    check(tmp_path)  # within its two minutes
    data = {**paper(9), "summary": text[:20_000]}
    (tmp_path / "papers/wren2024new.yaml").write_text(to_yaml(data), encoding="utf-8")
    check(tmp_path)


# ------------------------------------------------------------------ take another paper's place


VERSION = {"title": "A study", "authors": [{"family": "Wren"}], "year": 2001}


def test_nobody_takes_the_place_of_another_paper(tmp_path: Path) -> None:
    first, second = key(1), key(2)
    cases: list[tuple[str, dict[str, Any]]] = [
        (f"{first.upper()}.yaml", {}),
        ("wren2024new.yaml", {"aliases": [first]}),
        ("wren2024new.yaml", {"doi": paper(1)["doi"].upper(), "arxiv": None}),
        ("wren2024new.yaml", {"versions": [{**VERSION, "doi": paper(2)["doi"]}]}),
    ]
    for n, (name, extra) in enumerate(cases):
        data = {k: v for k, v in {**paper(9), **extra}.items() if v is not None}
        done = with_paper(tmp_path / str(n), name, to_yaml(data))
        assert done.returncode == 1, (name, extra)
        assert first in done.stdout.lower() or second in done.stdout.lower() or "10.5555" in done.stdout
