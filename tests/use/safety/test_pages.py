"""Text fields of papers come out as text on pages and in files.

Pages are looked at by an HTML parser and by a real browser, files by the programs that read them.
"""

import csv
import io
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from living_survey.loading.validate import check_paper
from lxml import etree, html
from playwright.sync_api import Browser

from tests.commands import mkdocs
from tests.fabricate import key, number, paper, to_yaml, write_registry, write_survey
from tests.use.safety.attacks import FORMULA, NAME, TEMPLATES, TEX, XSS, with_paper


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
        "results": [number("3", "percent more", baseline="gulls", setting=f"{FORMULA} {XSS}", quote=f"3 {XSS}",
                           locator=f"-2+3 {XSS}", confidence="estimated", reason=f"+1+1 {XSS}",
                           read_by=f"@SUM(1) {XSS}")],
        "attributes": {"approach": XSS},
        "relations": [{"type": "uses", "paper": key(2), "note": XSS},
                      {"type": "uses", "external": {"title": XSS, "doi": "10.5555/'onmouseover=ran()"}}],
        "extra": {"field": evil},
    }  # fmt: skip
    kept = {name: value for name, value in data.items() if value is not None}
    kept.pop("note")
    write_registry(folder)
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
