"""Texts of themes, and what they cite, act neither on pages nor in the search."""

import json
import re
import subprocess
from pathlib import Path
from typing import Any

import pytest
from lxml import html
from playwright.sync_api import Browser, Route

from tests.commands import SURVEY
from tests.conftest import Make
from tests.fabricate import key, paper, to_yaml, write_survey
from tests.local_server import serve
from tests.use.safety.attacks import check, problems_of

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
