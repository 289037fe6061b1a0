"""``make serve`` while something is wrong: the last good site under a bar, or a page with the problems alone."""

from pathlib import Path

import pytest
from living_survey.preview import bar, problem_page, with_bar
from living_survey.syntax.problems import Problem
from playwright.sync_api import Browser, Page, expect

from tests.commands import MKDOCS, SURVEY, running
from tests.effort import times
from tests.fabricate import key, paper, to_yaml, write_survey

SECONDS = 60


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A survey of three papers."""
    return write_survey(tmp_path / "survey", 3).parent


def open_when_there(page: Page, address: str) -> None:
    """Open a page as soon as somebody serves it."""
    for _ in range(SECONDS * 5):
        try:
            page.goto(address)
        except Exception as error:
            if "ERR_CONNECTION" not in str(error):
                raise
            page.wait_for_timeout(200)
        else:
            return
    pytest.fail("nobody serves the site")


def sees(page: Page, *texts: str) -> None:
    """Wait until an alert on the page has some texts, without loading it."""
    for text in texts:
        expect(page.get_by_role("alert").first).to_contain_text(text, timeout=SECONDS * 1000)


def test_the_bar_comes_with_a_mistake_and_goes_with_its_correction(folder: Path, browser: Browser) -> None:
    visit = browser.new_context()
    page = visit.new_page()
    broken: list[tuple[str, str, tuple[str, ...]]] = [
        (f"papers/{key(1)}.yaml", "title: Two: colons\n",
         (f"papers/{key(1)}.yaml:1:11: colon and space", 'quote the value: title: "Two: colons"')),
        ("docs/themes/song.md", "---\ntitle: Song\n---\n",
         ("docs/themes/song.md:2:1: missing field: definition",)),
        ("docs/index.md", "# Birds\n\n<!-- survey:pappers -->\n", ("docs/index.md:3:1", 'did you mean "papers"?')),
        ("mkdocs.yml", "site_name: [\n", ("mkdocs.yml:2:1: invalid YAML",)),
        ("mkdocs.yml", "site_name: Birds\ntheme: nest\nplugins: [survey]\n", ("Unrecognised theme name: 'nest'",)),
        ("CITATION.cff", "title: x\n", ("CITATION.cff:1:1: the citation file lacks a title or authors",)),
    ]  # fmt: skip
    (folder / "CITATION.cff").write_text("title: Birds\nauthors: [{name: Wrens}]\n", encoding="utf-8")
    with running(folder, str(MKDOCS), "serve", "--livereload") as address:
        open_when_there(page, address)
        for name, text, words in broken[: times(2, len(broken), len(broken))]:
            file = folder / name
            good = file.read_text(encoding="utf-8")
            file.write_text(text, encoding="utf-8")
            sees(page, "You see the last good site.", *words)
            expect(page.get_by_role("article")).to_contain_text("Birds")
            file.write_text(good, encoding="utf-8")
            expect(page.get_by_role("alert")).to_have_count(0, timeout=SECONDS * 1000)
    visit.close()


@pytest.mark.long
def test_a_first_build_that_fails_shows_the_problems_alone_until_they_are_corrected(
    folder: Path, browser: Browser
) -> None:
    visit = browser.new_context()
    page = visit.new_page()
    config, file = folder / "mkdocs.yml", folder / f"papers/{key(1)}.yaml"
    good = config.read_text(encoding="utf-8")
    config.write_text("nav: [\n", encoding="utf-8")
    file.write_text("title: Two: colons\n", encoding="utf-8")
    with running(folder, str(SURVEY), "serve") as address:
        open_when_there(page, address)
        sees(page, "1 error: there is no site to show yet", "mkdocs.yml:2:1: invalid YAML")
        config.write_text(good.replace("name: material", "name: nest"), encoding="utf-8")
        sees(page, "Unrecognised theme name: 'nest'")
        config.write_text(good, encoding="utf-8")
        sees(page, f"papers/{key(1)}.yaml:1:11: colon and space")
        assert page.get_by_role("article").count() == 0
        file.write_text(to_yaml(paper(1)), encoding="utf-8")
        page.get_by_role("article").wait_for(timeout=SECONDS * 1000)
        assert page.get_by_role("alert").count() == 0
    visit.close()


@pytest.mark.long
def test_a_survey_without_an_address_is_served_at_the_root(folder: Path, browser: Browser) -> None:
    config = folder / "mkdocs.yml"
    text = config.read_text(encoding="utf-8").replace(
        "https://birds.example.org/survey/", "https://OWNER.github.io/REPO/"
    )
    config.write_text(text, encoding="utf-8")
    visit = browser.new_context()
    page = visit.new_page()
    with running(folder, str(SURVEY), "serve") as address:
        open_when_there(page, address.removesuffix("survey/"))
        page.get_by_role("article").get_by_role("link", name="Song", exact=True).first.click()
        assert page.url == address.removesuffix("survey/") + "themes/song/"
    visit.close()


def test_problems_are_text_and_the_last_ones_are_counted() -> None:
    problems = [Problem("a<b>.yaml", n, 1, "<script>ran()</script>", "<img src=x>") for n in range(1, 26)]
    for html in (str(bar(problems)), problem_page(problems)):
        assert "<script>ran" not in html
        assert "<img" not in html
        assert "a&lt;b&gt;.yaml:20:1" in html
        assert "5 more" in html


def test_only_pages_get_the_bar() -> None:
    answers = {"/x/": ("text/html; charset=utf-8", b"<body class=x><p>"), "/x.css": ("text/css", b"<body>")}
    problems: list[Problem] = []

    def site(environ: dict[str, str], start_response: object) -> list[bytes]:
        kind, body = answers[environ["PATH_INFO"]]
        start_response("200 OK", [("Content-Type", kind), ("Content-Length", str(len(body)))])  # type: ignore[operator]
        return [body]

    def get(path: str) -> tuple[dict[str, str], bytes]:
        told: list[dict[str, str]] = []
        answer = b"".join(
            with_bar(site, lambda: problems)({"PATH_INFO": path}, lambda _, headers: told.append(dict(headers)))
        )
        return told[0], answer

    assert get("/x/")[1] == answers["/x/"][1]
    problems.append(Problem("a.yaml", 1, 1, "wrong"))
    headers, page = get("/x/")
    assert page.startswith(b'<body class=x><div role="alert"')
    assert page.endswith(b"</div><p>")
    assert headers["Content-Length"] == str(len(page))
    assert get("/x.css") == ({"Content-Type": "text/css", "Content-Length": "6"}, b"<body>")
