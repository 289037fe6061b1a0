"""Questions on the built site: their pages, where they are listed and named, and what is not there without any."""

import json
import re
from pathlib import Path

import pytest
from lxml import html
from playwright.sync_api import Browser

from tests.commands import build, mkdocs, run_survey, snapshot
from tests.conftest import Make
from tests.fabricate import key, paper, write_survey
from tests.local_server import serve
from tests.use.test_questions import GOOD, SONG

NASTY = "<img src=x onerror=alert(1)> & 'x' \"y\" {{ 7*x }}"
REOPENED = f"""\
question: "Why {NASTY.replace('"', chr(92) + '"')}?"
theme: flight/height
state: settled
finding: 1
answer: "High, as [?dawn] asks {NASTY.replace('"', chr(92) + '"')}"
certainty: high
sides:
  - says: they fly
    papers:
      {key(2)}: "{NASTY.replace('"', chr(92) + '"')}"
      {key(6)}: yes indeed
query: theme=flight/height
seen:
  - {key(4)}
  - {key(6)}
  - {key(8)}
reviewed:
  all: 2026-01-02
"""
TEXT = """\
---
title: Song
definition: What birds sing.
---
On [?dawn] and `[?dawn]`, \\[?dawn].

    [?dawn]

See [the page](../questions/dawn.md) and [the data](../api/questions.json).
"""


def fill(folder: Path) -> None:
    """Build a survey with two questions."""
    config = write_survey(folder / "survey", 8)
    docs = config.parent / "docs"
    (docs / "questions").mkdir()
    (docs / "questions/dawn.yaml").write_text(GOOD, encoding="utf-8")
    (docs / "questions/high.yaml").write_text(REOPENED, encoding="utf-8")
    (docs / "screening.yaml").write_text("duplicates: 2\n", encoding="utf-8")
    (docs / "themes/song.md").write_text(TEXT, encoding="utf-8")
    (docs / "findings.md").write_text("# Findings\n\n<!-- survey:findings -->\n", encoding="utf-8")
    build(config)


@pytest.fixture(scope="module")
def asked(once: Make) -> Path:
    """The site of that survey."""
    return once("asked", fill) / "survey/site"


def page_of(site: Path, address: str) -> html.HtmlElement:
    """Return a page of a site."""
    return html.fromstring((site / address / "index.html").read_bytes())


def headings(page: html.HtmlElement, level: int = 2) -> list[str]:
    """Return the headings of a page."""
    return [one.text_content().rstrip("¶").strip() for one in page.xpath(f"//article//h{level}")]


def test_the_page_of_a_question(asked: Path) -> None:
    page = page_of(asked, "questions/dawn")
    assert page.findtext(".//h1") == "Do swifts scream at dawn?"
    assert page.findtext(".//title").startswith("Do swifts scream at dawn? - ")
    assert headings(page) == ["Answer", "What papers say", "What would settle it", "Papers that bear on it"]
    assert headings(page, 3) == ["They do", "They do not"]
    text = re.sub(r"\s+", " ", page.xpath("//article")[0].text_content())
    assert "disputed · Song" in text
    assert "Low certainty: two field studies" in text
    assert "mostly: at sunrise" in text
    assert "All papers of this survey with theme Song. Last looked at on 2026-01-02." in text
    links = page.xpath("//article//a/@href")
    assert {"../../themes/song/", *(f"../../papers/{name}/" for name in SONG)} <= set(links)
    assert "https://github.com/birds/survey/edit/main/docs/questions/dawn.yaml" in links
    assert page.xpath('//article//a[@class="survey-citation"]/@href') == [f"../../papers/{key(1)}/"]


def test_new_papers_reopen_a_question(asked: Path) -> None:
    page = page_of(asked, "questions/high")
    [notice] = page.xpath('//*[contains(@class, "admonition")]')
    words = re.sub(r"\s+", " ", notice.text_content()).strip()
    assert words == f"Reopened: 1 paper since 2026-01-02: {paper(1)['title']} (Ørsted and Šimek, 2002)."
    assert page.xpath('string(//*[contains(@class, "survey-state--open")])') == "open"
    [new] = page.xpath("//article//li[strong]")
    assert new.xpath("./a/@href") == [f"../../papers/{key(1)}/"]


def test_all_questions_stand_by_state(asked: Path) -> None:
    page = page_of(asked, "questions")
    assert headings(page) == ["Open", "Disputed"]
    links = page.xpath('//*[@class="survey-themes survey-questions"]/li/a/@href')
    assert links == ["../questions/high/", "../questions/dawn/"]


def test_themes_list_what_is_not_settled(asked: Path) -> None:
    for address, name in (("themes/song", "dawn"), ("themes/flight/height", "high"), ("themes/flight", "high")):
        page = page_of(asked, address)
        assert "Questions of this theme" in headings(page)
        [link] = page.xpath('//h2[@id="questions"]/following-sibling::ul[1]/li/a/@href')
        assert link.endswith(f"questions/{name}/")
    assert "Questions of this theme" not in headings(page_of(asked, "themes/season"))


def test_texts_name_questions_and_link_to_their_pages_and_data(asked: Path) -> None:
    [paragraph, *_] = page_of(asked, "themes/song").xpath("//article//p[contains(., 'On ')]")
    [link] = paragraph.xpath("./a")
    assert (link.text, link.get("href")) == ("Do swifts scream at dawn?", "../../questions/dawn/")
    assert link.get("data-survey-about").startswith("Disputed: Some do (")
    assert paragraph.text_content() == "On Do swifts scream at dawn? and [?dawn], [?dawn]."
    article = page_of(asked, "themes/song").xpath("//article")[0]
    assert article.xpath("string(.//pre)").strip() == "[?dawn]"
    assert {"../../questions/dawn/", "../../api/questions.json"} <= set(article.xpath(".//p/a/@href"))


def test_findings_come_in_their_order_with_their_state(asked: Path) -> None:
    items = page_of(asked, "findings").xpath('//ol[@class="survey-findings"]/li')
    assert [(item.get("id"), item.get("value")) for item in items] == [("finding-1", "1"), ("finding-2", "2")]
    assert "open · High certainty" in re.sub(r"\s+", " ", items[0].text_content())


def test_nothing_of_a_file_acts_on_a_page(asked: Path, browser: Browser) -> None:
    for address in ("questions/high", "questions", "findings", "themes/flight"):
        page = page_of(asked, address)
        assert page.xpath("//article//img | //*[@onerror]") == []
        assert "<img src=x onerror=alert(1)>" in page.xpath("//article")[0].text_content()
    context = browser.new_context()
    visit = context.new_page()
    visit.on("dialog", lambda _: pytest.fail("a script of a question ran"))
    with serve(asked) as address:
        visit.goto(f"{address}questions/high/")
        visit.wait_for_load_state("networkidle")
        assert NASTY in visit.title()
    context.close()


def test_programs_get_the_same(asked: Path) -> None:
    rows = json.loads((asked / "api/questions.json").read_text(encoding="utf-8"))
    assert [(row["id"], row["state"]) for row in rows] == [("dawn", "disputed"), ("high", "open")]
    first, second = rows
    assert first["answer"] == f"Some do [@{key(1)}]."
    assert first["sides"][1] == {"says": "they do not", "papers": {key(4): "none heard"}}
    assert (first["certainty"], first["theme"], first["finding"]) == ("low", "song", 2)
    assert first["decided_by"] == "a count at sunrise"
    assert "reopened" not in first
    assert second["reopened"] == [key(1)]
    [script] = page_of(asked, "questions/dawn").xpath('//script[@type="application/ld+json"]')
    data = json.loads(script.text)
    assert (data["@type"], data["name"]) == ("Question", "Do swifts scream at dawn?")
    assert data["url"] == "https://birds.example.org/survey/questions/dawn/"
    answer, side, _ = data["suggestedAnswer"]
    assert answer["text"].startswith("Some do (")
    assert side["citation"][0]["url"] == f"https://birds.example.org/survey/papers/{key(1)}/"


def test_sitemaps_and_search_know_them(asked: Path) -> None:
    sitemap = (asked / "sitemap-papers-1.xml").read_text(encoding="utf-8")
    assert "<loc>https://birds.example.org/survey/questions/dawn/</loc><lastmod>2026-01-02</lastmod>" in sitemap
    assert "/survey/questions/</loc>" in (asked / "sitemap.xml").read_text(encoding="utf-8")
    guides = json.loads((asked / "search/guides.json").read_text(encoding="utf-8"))
    assert [title for address, title, *_ in guides if address == "questions/dawn/"] == ["Do swifts scream at dawn?"]


def test_no_source_is_published(asked: Path) -> None:
    assert {path for path in snapshot(asked) if path.endswith((".yaml", ".yml"))} == set()


def test_without_questions_nothing_is_made(birds: Path) -> None:
    assert [path for path in snapshot(birds / "site") if "question" in path] == []
    nav = page_of(birds / "site", "themes").xpath('//nav[contains(@class, "md-nav--primary")]//a/@href')
    assert [link for link in nav if "question" in link] == []


def test_in_a_survey_that_names_no_pages_the_list_is_in_the_navigation(asked: Path) -> None:
    nav = page_of(asked, "themes/song").xpath('//nav[contains(@class, "md-nav--primary")]//a/@href')
    assert "../../questions/" in nav


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A survey with one question, not built."""
    made = write_survey(tmp_path / "survey", 8).parent
    (made / "docs/questions").mkdir()
    (made / "docs/questions/dawn.yaml").write_text(GOOD, encoding="utf-8")
    return made


def test_a_build_refuses_a_question_that_is_wrong_with_its_line(folder: Path) -> None:
    (folder / "docs/questions/dawn.yaml").write_text(GOOD.replace("theme: song", "theme: snog"), encoding="utf-8")
    done = mkdocs(folder / "mkdocs.yml")
    assert done.returncode == 1
    assert "docs/questions/dawn.yaml:2:1: error: unknown theme: snog" in done.stderr
    assert not (folder / "site/index.html").exists()


def test_a_summary_names_a_question(folder: Path) -> None:
    file = folder / f"papers/{key(2)}.yaml"
    file.write_text(file.read_text(encoding="utf-8") + "summary: As [?dawn] asks.\n", encoding="utf-8")
    assert run_survey(folder, "check").returncode == 0
    assert mkdocs(folder / "mkdocs.yml", "--strict").returncode == 0
    [link] = page_of(folder / "site", f"papers/{key(2)}").xpath('//a[@class="survey-citation"]')
    assert (link.text, link.get("href")) == ("Do swifts scream at dawn?", "../../questions/dawn/")


def test_the_content_check_finds_words_of_abstracts_in_questions(folder: Path) -> None:
    words = "swifts scream in flocks of ten around the old tower"
    (folder / "abstracts.json").write_text(json.dumps([{"title": "T", "abstract": words}]), encoding="utf-8")
    text = GOOD.replace("two field studies", words)
    (folder / "docs/questions/dawn.yaml").write_text(text, encoding="utf-8")
    assert "docs/questions/dawn.yaml:" in run_survey(folder, "check", "--against", "abstracts.json").stdout
