"""What a submission must not be able to do, whatever is written into it: one test for each line of SECURITY.md.

Pages are looked at by an HTML parser and by a real browser, files by the programs that read them.
"""

import csv
import io
import json
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from living_survey.loading.settings import load_settings
from living_survey.loading.survey import load_survey
from living_survey.loading.validate import check_paper
from living_survey.syntax.problems import Problem, ProblemsError
from lxml import etree, html
from playwright.sync_api import Browser, Route

from tests.commands import ROOT, SURVEY, mkdocs, run_survey
from tests.conftest import Make
from tests.fabricate import key, number, paper, to_yaml, write_registry, write_survey
from tests.local_server import serve

TEMPLATES = "{{7*7}}{% x %}${7*7}"
XSS = "</title></script></textarea><img src=x onerror=ran()><script>ran()</script>\"'><svg/onload=ran()>" + TEMPLATES
TEX = r"\input{/etc/passwd} \write18{id} } @misc{evil} % $ # & ~ ^ _ {"
NAME = "\"'onload=ran() {{a*a}}{% x %}${a*a} javascript:ran()"
"""What a name may say; `test_names_have_no_markup` has what it may not."""
FORMULA = "=cmd|' /C calc'!A0"


def check(folder: Path) -> subprocess.CompletedProcess[str]:
    return run_survey(folder, "check")


def problems_of(config: Path) -> list[Problem]:
    """Return what the checks say of a survey."""
    try:
        return load_survey(load_settings(config))[1]
    except ProblemsError as error:
        return error.problems


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


LINKS = (
    "papers/a2024b.yaml", "papers/.a2024b.yaml.survey-new", "papers/.hidden/deep/x", "papers/gone.yaml", "papers",
    "docs/leak.md", "docs/leak.png", "docs/themes/leak.md", "docs/themes/.leak", "docs/themes", "docs/assets", "docs",
)  # fmt: skip


@pytest.mark.parametrize("place", LINKS)
def test_a_symbolic_link_is_not_followed(tmp_path: Path, place: str) -> None:
    config = write_survey(tmp_path / "s", 4)
    link = config.parent / place
    outside = tmp_path / "outside"
    if link.is_dir():
        link.rename(outside)
    elif "gone" not in place:
        outside.write_text(to_yaml({**paper(9), "title": "The secret"}), encoding="utf-8")
    link.parent.mkdir(parents=True, exist_ok=True)
    link.symlink_to(outside)
    [problem] = problems_of(config)
    assert (problem.path, problem.message) == (place, "symbolic link where a file belongs")
    assert problem.hint


def test_a_build_follows_no_symbolic_link(tmp_path: Path) -> None:
    secret = tmp_path / "secret.yaml"
    secret.write_text(to_yaml({**paper(9), "title": "The secret"}), encoding="utf-8")
    config = write_survey(tmp_path / "s", 4)
    for place in ("papers/a2024b.yaml", "docs/leak.md", "docs/leak.png"):
        (config.parent / place).symlink_to(secret)
    for done in (check(config.parent), mkdocs(config)):
        said = done.stdout + done.stderr
        assert done.returncode == 1
        assert "The secret" not in said
        assert all(f"{place}:1:1: error: symbolic link" in said for place in ("papers/a2024b.yaml", "docs/leak.png"))
    assert not (config.parent / "site").exists()


@pytest.mark.parametrize(
    "place",
    [
        "papers/.x.yaml.survey-new", "papers/x.yaml.survey-new", "papers/.x.yaml.k3j2h1.survey-new",
        "docs/.a.md.survey-new", "docs/themes/.song.md.0a1b.survey-new", "papers/.deep/er/.x.survey-new",
    ],
)  # fmt: skip
def test_a_temporary_file_where_a_command_will_write_is_named(tmp_path: Path, place: str) -> None:
    config = write_survey(tmp_path, 2)
    (tmp_path / place).parent.mkdir(parents=True, exist_ok=True)
    (tmp_path / place).write_text("x")
    (tmp_path / "docs/themes/.folder.0a1b.survey-new").mkdir()
    problems = problems_of(config)
    assert {one.path for one in problems} == {place, "docs/themes/.folder.0a1b.survey-new"}
    assert {one.message for one in problems} == {"leftover temporary file"}
    problem = problems[0]
    assert problem.hint.startswith("delete it")


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


TAKES_THE_CONFIG = json.dumps({
    "base": "https://evil.example/", "features": [], "search": "x.js", "tags": None, "translations": {},
    "version": {"provider": "mike"},
})  # fmt: skip
"""The host's scripts read their settings from the first element with the id ``__config``."""

HTML = [
    f"{TAKES_THE_CONFIG}\n{{: #__config }}",
    f"```{{#__config}}\n{TAKES_THE_CONFIG}\n```",
    f"Text.\n\n- {TAKES_THE_CONFIG}\n{{: id=__config }}",
    "## x {#__config}",
    "| a {: #__config } |\n|---|\n| b {#__search} |",
    "## __config",
    "## &lt;img src=x onerror=ran()&gt;",
    "![x](x.png){: name=body }",
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


HARMLESS = ("&lt;", '<https://example.org/"', "```x", "~~~~", "## __config")
"""What becomes nothing but text or code."""
CITED = """<img src=x onerror="ran()"> **W** [x](javascript:ran())"""
"""A name that the checks refuse, as it would be cited."""


@pytest.fixture(scope="module")
def texts(once: Make) -> Path:
    """A survey of hostile texts and an author like them, built although the checks refuse both: the second defence."""
    return once("texts", _build_hostile_texts) / "survey/site"


def _build_hostile_texts(folder: Path) -> None:
    config = write_survey(folder / "survey", 4)
    cites = f"As shown [@{key(1)}; @{key(2)}]{{: .x }}, and @{key(1)} says so.\n"
    (config.parent / "docs/cited.md").write_text(f"# Cited\n\n{cites}", encoding="utf-8")
    (config.parent / f"papers/{key(2)}.yaml").write_text(to_yaml({**paper(2), "summary": cites}), encoding="utf-8")
    for n, text in enumerate([*HTML, cites]):
        head = f"---\ntitle: Theme {n}\ndefinition: About {n}.\n---\n\n"
        (config.parent / f"docs/themes/evil-{n}.md").write_text(head + text + "\n", encoding="utf-8")
    script = (
        "import sys, living_survey.loading.themes as t\n"
        "t.check_text = lambda *a: []\n"
        "from living_survey.model.paper import Paper\n"
        f"Paper.byline = property(lambda paper: {CITED!r} if paper.key == {key(1)!r} else 'Wren')\n"
        "from mkdocs.__main__ import cli\n"
        "sys.argv = ['mkdocs', 'build', '-q', '-f', sys.argv[1]]\n"
        "cli()"
    )
    command = [str(SURVEY.parent / "python"), "-c", script, str(config)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
    assert (config.parent / "site/themes/evil-0/index.html").is_file(), done.stderr


@pytest.mark.parametrize("n", range(len(HTML)))
def test_a_themes_text_cannot_act_even_if_the_check_is_deceived(texts: Path, n: int) -> None:
    page: Any = html.fromstring((texts / f"themes/evil-{n}/index.html").read_bytes())
    article = page.xpath("//article")[0]
    assert article.xpath(".//script | .//svg[@onload] | .//iframe | .//*[@onclick or @onerror or @onmouseover]") == []
    assert article.xpath(".//*[contains(@style, 'position')] | .//*[contains(@class, 'md-overlay')]") == []
    for address in article.xpath(".//img/@src"):
        assert not re.match(r"[a-z]+:|//", address), address
    for address in article.xpath(".//@href"):
        assert re.match(r"https?:|mailto:|[./#\w-]*(?:[/?#]|$)", address), address
        assert "script" not in re.sub(r"[\s\\]", "", address).lower()
    ids = page.xpath("//@id")
    assert sorted(ids) == sorted(set(ids))
    assert [
        one for one in article.xpath(".//@id | .//@name") if one.startswith(("_", "survey-")) or one == "body"
    ] == []


def test_neither_a_themes_text_nor_an_authors_name_runs_a_script(texts: Path, browser: Browser) -> None:
    visit = browser.new_context()
    page = visit.new_page()
    ran: list[str] = []
    asked: list[str] = []
    page.expose_function("ran", lambda: ran.append(page.url))

    def answer(route: Route) -> None:
        """Say what versions there are, as the server of somebody who has taken the settings over would."""
        asked.append(route.request.url)
        versions = [{"version": "1", "title": "<img src=x onerror=ran()>", "aliases": []}]
        route.fulfill(json=versions, headers={"Access-Control-Allow-Origin": "*"})

    page.route("https://evil.example/**", answer)
    cites = len(HTML)
    with serve(texts) as address:
        for path in ("themes/evil-0/", "themes/evil-1/", f"themes/evil-{cites}/", "cited/", f"papers/{key(2)}/"):
            page.goto(address + path)
            page.wait_for_function("typeof location$ !== 'undefined'")  # the host's scripts have read their settings
            page.wait_for_load_state("networkidle")
    visit.close()
    assert (ran, asked) == ([], [])
    for path in (f"themes/evil-{cites}/", "cited/", f"papers/{key(2)}/"):
        cited: Any = html.fromstring((texts / path / "index.html").read_bytes())
        assert f"{CITED} (" in cited.xpath("string(//article)")


def test_the_search_index_has_a_themes_text_as_text(texts: Path) -> None:
    index = json.loads((texts / "search/search_index.json").read_text(encoding="utf-8"))
    for record in index["docs"]:
        shown: Any = html.fromstring(f"<div>{record['title']}{record['text']}</div>")
        assert shown.xpath("//script | //img[@onerror] | //svg") == []


def test_a_themes_text_with_markup_is_refused_at_its_line(tmp_path: Path) -> None:
    config = write_survey(tmp_path)
    bad = [text for text in HTML if not any(one in text for one in HARMLESS)]
    for n, text in enumerate(bad):
        head = f"---\ntitle: Theme {n}\ndefinition: B\n---\n"
        (tmp_path / f"docs/themes/evil-{n}.md").write_text(f"{head}{text}\n", encoding="utf-8")
    named = {problem.path for problem in problems_of(config) if problem.line > 4}
    assert [text for n, text in enumerate(bad) if f"docs/themes/evil-{n}.md" not in named] == []
    done = check(tmp_path)
    assert done.returncode == 1
    assert (
        "docs/themes/evil-0.md:6:1: error: attributes in the text of a theme [text-attributes]\n    delete the braces"
        in done.stdout
    )


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
