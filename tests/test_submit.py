"""The form on the site in a real Chromium: its rules against the checks', its text against the formatter's, its use."""

import json
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, quote, unquote, urlsplit

import jsonschema
import pytest
import yaml
from playwright.sync_api import Browser, BrowserContext, Page

from generator.checks import check_survey
from generator.duplicates import TitleIndex
from generator.loader import load_survey
from generator.model import Author, paper_schema
from generator.settings import load_settings
from generator.sources.keys import new_key
from generator.survey import Survey
from generator.validation import check_paper
from generator.yaml_reader import read_mapping
from generator.yaml_writer import to_yaml
from tests.bibliography.difficult import DIFFICULT
from tests.conftest import ROOT, SURVEY, mkdocs
from tests.fabricate import key, paper, write_survey
from tests.local_server import LocalServer, QuietHandler, serve
from tests.metadata_server import CROSSREF, DATACITE
from tests.test_browser import FOLLOW, browser, pytestmark  # noqa: F401  (a fixture and a mark)
from tests.test_duplicates import PAIRS
from tests.test_duplicates import paper as titled

CASES = yaml.safe_load((Path(__file__).parent / "form_cases.yaml").read_text(encoding="utf-8"))
LIMIT = 6000


class Register(LocalServer):
    """A server on this machine that answers other sites as Crossref and DataCite do."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.answers: dict[str, tuple[int, bytes]] = {}
        outer = self

        class Handler(QuietHandler):
            def do_GET(self) -> None:
                path = unquote(urlsplit(self.path).path)
                outer.asked.append(path)
                status, body = outer.answers.get(path, (404, b"Resource not found."))
                self.send_response(status)
                self.send_header("Access-Control-Allow-Origin", "*")
                self.end_headers()
                self.wfile.write(body)

        super().__init__(Handler)
        self.host = self.url.removeprefix("http://")


@pytest.fixture(scope="module")
def running() -> Iterator[Register]:
    """The register, for all tests of this file."""
    with Register() as started:
        yield started


@pytest.fixture
def register(running: Register) -> Register:
    """The register with nothing asked, knowing one DOI at Crossref and two at DataCite."""
    running.asked.clear()
    running.answers = {
        "/crossref/works/10.5555/songs": (200, json.dumps({"message": CROSSREF}).encode()),
        "/datacite/dois/10.5555/data": (200, json.dumps(DATACITE).encode()),
        "/datacite/dois/10.48550/arXiv.2401.00001": (200, json.dumps(ARXIV).encode()),
    }
    return running


ARXIV = {
    "data": {
        "attributes": {
            "doi": "10.48550/arxiv.2401.00001",
            "titles": [{"title": "Songs of the reed warbler at night"}],
            "creators": [
                {"name": "de Wren, Ada", "familyName": "de Wren", "givenName": "Ada"},
                {"name": "Heron Team", "nameType": "Organizational"},
            ],
            "publicationYear": 2024,
            "publisher": "arXiv",
            "types": {"resourceTypeGeneral": "Preprint"},
            "url": "https://arxiv.org/abs/2401.00001",
        }
    }
}


def form_survey(folder: Path, papers: int = 45, **config: Any) -> Path:
    """Write a survey of birds with the form's page; return its ``mkdocs.yml``."""
    settings = {
        "facets": {"method": {"title": "Method", "values": {"ringing": "Rings on legs", "radar": "By radar"}}},
        "attributes": {"place": "Place"},
        **config.pop("settings", {}),
    }
    written = write_survey(folder / "survey", papers, settings=settings, config=config)
    shutil.copy(ROOT / "generator/starter/docs/submit.md", written.parent / "docs/submit.md")
    return written


@pytest.fixture(scope="module")
def survey_folder(tmp_path_factory: pytest.TempPathFactory, running: Register) -> Path:
    """The survey with the form, built."""
    services = {"crossref": f"http://{running.host}/crossref", "datacite": f"http://{running.host}/datacite"}
    config = form_survey(tmp_path_factory.mktemp("form"), settings={"services": services})
    done = mkdocs(config, "--strict")
    assert done.returncode == 0, done.stderr
    return config.parent


@pytest.fixture(scope="module")
def address(survey_folder: Path) -> Iterator[str]:
    """Its address."""
    with serve(survey_folder / "site") as found:
        yield found


@pytest.fixture(scope="module")
def birds_survey(survey_folder: Path) -> Survey:
    """The same survey as the checks see it."""
    return load_survey(load_settings(survey_folder / "mkdocs.yml"))[0]


ON_BOTH = pytest.mark.parametrize("context", [(1280, 800), (390, 844)], ids=["desktop", "phone"], indirect=True)


@pytest.fixture
def context(request: pytest.FixtureRequest, browser: Browser, address: str) -> Iterator[BrowserContext]:  # noqa: F811
    """A fresh visit, on a desktop unless the test says more."""
    width, height = getattr(request, "param", (1280, 800))
    visit = browser.new_context(viewport={"width": width, "height": height})
    visit.grant_permissions(["clipboard-read", "clipboard-write"], origin=address.rstrip("/"))
    yield visit
    visit.close()


@pytest.fixture
def errors() -> list[str]:
    """What scripts of the page complained of."""
    return []


@pytest.fixture
def page(context: BrowserContext, errors: list[str]) -> Iterator[Page]:
    """A page of that visit; a mistake in a script fails the test."""
    found = context.new_page()
    found.on("pageerror", lambda error: errors.append(str(error)))
    yield found
    assert errors == []


@pytest.fixture(scope="module")
def desk(browser: Browser, address: str) -> Iterator[Page]:  # noqa: F811
    """A page on which the form's scripts are called one by one."""
    visit = browser.new_context()
    page = visit.new_page()
    page.goto(address)
    page.evaluate(
        """async () => {
            const part = (name) => import(new URL(`assets/survey/submit/${name}.js`, location.href))
            const file = async (name) => (await fetch(new URL(name, location.href))).json()
            const [check, yaml, keys, likeness] = await Promise.all(["check", "yaml", "keys", "likeness"].map(part))
            const [schema, survey, rows] = await Promise.all(
                ["schema/paper.json", "api/form.json", "api/titles.json"].map(file))
            survey.keys = new Set(rows.map(([key]) => key.toLowerCase()))
            window.tried = { ...check, ...yaml, ...keys, ...likeness, schema, survey, rows }
        }"""
    )
    yield page
    visit.close()


# What both sides say.


def complete() -> dict[str, Any]:
    """Return a complete paper that the survey does not have."""
    return {**paper(1), "doi": "10.5555/new", "title": "Swift counts in spring, Ⅳ"}


def changed(field: str, *value: Any) -> dict[str, Any]:
    """Return the complete paper with a field changed, or without it."""
    data: dict[str, Any] = json.loads(json.dumps(complete()))
    target, (*parts, name) = data, field.split(".")
    for part in parts:
        target = target.setdefault(part, {})
    target.pop(name, None)
    if value:
        target[name] = value[0]
    return data


def as_read(value: Any) -> Any:
    """Return data with all scalars as text, as the reader gives them."""
    if isinstance(value, dict):
        return {name: as_read(inner) for name, inner in value.items()}
    if isinstance(value, list):
        return [as_read(inner) for inner in value]
    return "true" if value is True else str(value)


def complaints(survey: Survey, data: dict[str, Any]) -> list[str]:
    """Return what the checks say of a new paper."""
    path = "papers/new2002paper.yaml"
    found, problems = check_paper("new2002paper", path, as_read(data))
    if found:
        problems = check_survey(survey.settings, survey.taxonomy, [*survey.papers.values(), found])
    return [problem.message for problem in problems if problem.path == path and problem.severity == "error"]


CHECKS = [
    *((case[0], case[1:2], case[2] if len(case) > 1 else False) for case in CASES["check"]),
    *((field, [character * times], valid) for field, character, times, valid in CASES["huge"]),
]


def test_checks_and_form_agree_on_what_is_valid(desk: Page, birds_survey: Survey) -> None:
    papers = [changed(field, *value) for field, value, _ in CHECKS]
    wanted = [valid for _, _, valid in CHECKS]
    ours = [complaints(birds_survey, data) for data in papers]
    theirs = desk.evaluate(
        "papers => papers.map(data => tried.check(tried.schema, data, tried.survey).map(one => JSON.stringify(one)))",
        papers,
    )
    assert len(CHECKS) > 150
    names = [f"{field} {str(value)[:60]}" for field, value, _ in CHECKS]
    told = list(zip(names, wanted, ours, theirs, strict=True))
    assert [(name, found) for name, valid, found, _ in told if valid != (not found)] == []
    assert [(name, found) for name, valid, _, found in told if valid != (not found)] == []


def test_each_problem_of_the_form_has_a_field_and_a_remedy(desk: Page) -> None:
    papers = [changed(field, *value) for field, value, valid in CHECKS if not valid]
    found = desk.evaluate("papers => papers.map(data => tried.check(tried.schema, data, tried.survey))", papers)
    without = [one["message"] for problems in found for one in problems if not one["path"] or not one["hint"]]
    assert without == []


def test_the_schema_alone_refuses_what_it_has_words_for() -> None:
    schema = paper_schema()
    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator(schema)
    said = {
        f"{field} {str(value)[:40]}"
        for field, value, valid in CHECKS
        if valid != validator.is_valid(as_typed(changed(field, *value)))
    }
    # These need the calendar, sums, other fields, the survey: the schema has keywords of its own for them.
    assert {name.split()[0] for name in said} <= {
        "authors", "published", "first_public", "added", "venue.pages", "themes", "kind", "facets", "attributes",
        "tldr", "protect", "summary", "results", "relations", "aliases",
    }  # fmt: skip
    assert len(said) < 45


def as_typed(data: dict[str, Any]) -> dict[str, Any]:
    """Return data with numbers and yes as YAML reads them without quotes."""
    typed: dict[str, Any] = json.loads(json.dumps(data))
    for owner, name in ((typed, "year"), *((version, "year") for version in typed.get("versions", ()))):
        if re.fullmatch(r"[0-9]+", str(owner.get(name, ""))):
            owner[name] = int(owner[name])
    for name in ("and_others", "edited"):
        if typed.get(name) == "true":
            typed[name] = True
    return typed


def test_form_and_formatter_write_the_same_text(desk: Page) -> None:
    files = [read_mapping(file.read_bytes(), file.name).data for file in sorted((ROOT / "papers").glob("*.yaml"))]
    papers = [*files, *(dict(data) for data in DIFFICULT.values()), *CASES["files"], *map(paper, range(1, 20))]
    theirs = desk.evaluate("papers => papers.map(data => tried.toYaml(data, tried.schema, tried.survey.yaml))", papers)
    assert len(theirs) > 140
    for data, text in zip(papers, theirs, strict=True):
        assert text == to_yaml(data)


def test_form_and_importer_make_the_same_keys(desk: Page) -> None:
    cases = [(*case, "") if len(case) == 4 else case for case in CASES["keys"]]
    wanted = [
        "" if unknown else new_key(Author.model_validate(author), year, title, taken.__contains__)
        for author, year, title, taken, unknown in cases
    ]
    keys = desk.evaluate(
        """cases => cases.map(([author, year, title, taken]) => tried.newKey(author, String(year), title, {
            survey: tried.survey, reserved: tried.schema.properties.key["x-reserved"],
            taken: name => taken.includes(name),
        }))""",
        cases,
    )
    assert keys == wanted


def test_form_and_checks_find_the_same_likely_duplicates(desk: Page) -> None:
    pairs = [*PAIRS, *((True, one.title, one.title) for one in [titled("x2020y", "Ørsted’s geese III")])]
    ours = [bool(TitleIndex([titled("a2020x", one)]).like(titled("b2020x", two))) for _, one, two in pairs]
    search = """([title, wanted, names]) => tried.likePapers(
        tried.readRows([["a2020x", title, 2020, ["Wren"]]]), wanted, names, tried.survey).length > 0"""
    theirs = [desk.evaluate(search, [one, two, ["wren"]]) for _, one, two in pairs]
    assert theirs == ours
    assert not desk.evaluate(search, ["Swifts", "Swifts", ["Finch"]])


def test_likeness_is_that_of_the_checks(desk: Page) -> None:
    titles = [paper(n)["title"] for n in range(1, 12)] + ["", "ab", "Über Vögel I", "Ueber Voegel 1"]
    pairs = [(one, two) for one in titles for two in titles]
    scores = desk.evaluate("pairs => pairs.map(([one, two]) => tried.likeness(one, two, tried.survey))", pairs)
    from rapidfuzz import fuzz  # noqa: PLC0415

    from generator.duplicates import words_of  # noqa: PLC0415

    wanted = []
    for one, two in pairs:
        texts = " ".join(words_of(one)), " ".join(words_of(two))
        wanted.append(round(max(fuzz.ratio(*texts), fuzz.token_sort_ratio(*texts))))
    assert scores == wanted


def test_a_papers_data_is_what_its_file_says(survey_folder: Path, birds_survey: Survey) -> None:
    for one in birds_survey.papers:
        data = json.loads((survey_folder / f"site/papers/{one}/{one}.json").read_text(encoding="utf-8"))
        file = survey_folder / f"papers/{one}.yaml"
        assert to_yaml(data) == to_yaml(read_mapping(file.read_bytes(), one).data)


def test_large_surveys_have_no_file_per_paper_and_no_link(tmp_path: Path) -> None:
    config = form_survey(tmp_path, 4, settings={"rich_up_to": 3})
    assert mkdocs(config, "--strict").returncode == 0
    site = config.parent / "site"
    assert list((site / "papers").rglob("*.json")) == []
    assert "Suggest a correction" not in (site / f"papers/{key(1)}/index.html").read_text(encoding="utf-8")
    assert json.loads((site / "api/form.json").read_text(encoding="utf-8"))["corrections"] is False
    assert len(json.loads((site / "api/titles.json").read_text(encoding="utf-8"))) == 4


# What people do.

NEW = {
    "Title": "Nests of the penduline tit: a study",
    "Authors": "van der Meer, Jan, Jr.\nHerøn, Ada\nTeam: Tit Watch",
    "Year": "2025",
    "DOI": "10.5555/tits.1",
    "Venue": "Ibis Letters",
}


def open_form(page: Page, address: str, query: str = "") -> None:
    page.goto(f"{address}submit/{query}")
    page.locator("form.survey-form").wait_for()


def at(page: Page, name: str) -> Any:
    """Return the field whose label starts with a name."""
    labels = page.locator("form.survey-form .survey-field > label:not([for=survey-lookup])")
    label = labels.filter(has_text=re.compile(f"^{name}")).first
    return page.locator(f"#{label.get_attribute('for')}")


def text_of(page: Page) -> str:
    return page.locator("#survey-form-text").inner_text()


def fill_in(page: Page) -> None:
    """Fill the form with a new paper."""
    for name, value in NEW.items():
        at(page, name).fill(value)
    at(page, "Type").select_option("article")
    page.get_by_label("Theme 1").select_option("song")
    at(page, "Kind").select_option("observation")


def accepted(survey_folder: Path, folder: Path, name: str, text: str) -> str:
    """Put a paper file into a copy of the survey; return what ``survey check`` and ``survey fmt --check`` say."""
    shutil.copytree(survey_folder, folder, ignore=shutil.ignore_patterns("site"))
    (folder / "papers" / name).write_text(text, encoding="utf-8", newline="\n")
    check = subprocess.run([str(SURVEY), "check"], cwd=folder, capture_output=True, text=True, timeout=60, check=False)
    shape = [str(SURVEY), "fmt", "--check", f"papers/{name}"]
    form = subprocess.run(shape, cwd=folder, capture_output=True, text=True, timeout=60, check=False)
    return "" if check.returncode == form.returncode == 0 else check.stdout + check.stderr + form.stdout + form.stderr


@ON_BOTH
def test_by_keyboard_alone_a_paper_becomes_a_file_that_the_checks_accept(
    page: Page, address: str, survey_folder: Path, tmp_path: Path
) -> None:
    requests: list[str] = []
    page.on("request", lambda asked: requests.append(asked.url))
    open_form(page, address)
    page.locator("#survey-lookup").focus()
    typed = {**NEW, "Type": "Article in", "Kind": "obs"}
    seen = []
    for _ in range(60):
        page.keyboard.press("Tab")
        label = page.evaluate(
            """() => {
                const here = document.activeElement
                return here.labels?.[0]?.textContent ?? here.getAttribute("aria-label") ?? here.textContent
            }"""
        )
        seen.append(label)
        name = next((name for name in typed if label.startswith(name)), None)
        if name:
            for index, line in enumerate(typed.pop(name).split("\n")):
                if index:
                    page.keyboard.press("Enter")
                page.keyboard.type(line)
        elif label == "Theme 1":
            page.keyboard.type("Song")
        elif label == "Open on GitHub":
            break
    assert typed == {}
    assert seen[-1] == "Open on GitHub"
    link = page.locator("#survey-form-open")
    page.wait_for_function("document.getElementById('survey-form-open').href")
    parts = urlsplit(link.get_attribute("href") or "")
    assert f"{parts.scheme}://{parts.netloc}{parts.path}" == "https://github.com/birds/survey/new/main/papers"
    asked = parse_qs(parts.query)
    assert asked["filename"] == ["vandermeer2025nests.yaml"]
    assert asked["value"] == [text_of(page)]
    assert text_of(page).startswith(
        'title: "Nests of the penduline tit: a study"\nauthors:\n'
        "  - {family: van der Meer, given: Jan, suffix: Jr.}\n  - {family: Herøn, given: Ada}\n  - {team: Tit Watch}\n"
    )
    assert accepted(survey_folder, tmp_path / "copy", asked["filename"][0], text_of(page)) == ""
    assert [url for url in requests if not url.startswith(address)] == []


@ON_BOTH
def test_a_mistake_is_named_beside_its_field_with_a_remedy(page: Page, address: str) -> None:
    open_form(page, address)
    fill_in(page)
    doi = at(page, "DOI")
    doi.fill("https://doi.org/10.5555/tits.1")
    page.get_by_text("is not a DOI: write 10.5555/tits.1.").first.wait_for()
    described = (doi.get_attribute("aria-describedby") or "").split()
    assert "write 10.5555/tits.1." in " ".join(page.locator(f"#{name}").inner_text() for name in described)
    assert doi.get_attribute("aria-invalid") == "true"
    link = page.locator("#survey-form-open")
    assert link.get_attribute("href") is None
    assert link.get_attribute("aria-disabled") == "true"
    assert "One thing is to be done first" in page.locator("#survey-form-reason").inner_text()
    page.locator("#survey-form-reason").get_by_role("button", name="DOI").click()
    assert doi.evaluate("node => node === document.activeElement")
    doi.fill("10.5555/tits.1")
    page.wait_for_function("document.getElementById('survey-form-open').href")
    assert doi.get_attribute("aria-invalid") == "false"


def test_the_survey_says_what_it_has_already(page: Page, address: str) -> None:
    open_form(page, address)
    fill_in(page)
    at(page, "DOI").fill(paper(1)["doi"].upper())
    here = page.locator(".survey-form__alike")
    here.get_by_text("Already here").wait_for()
    assert here.get_by_role("link").get_attribute("href") == f"{address}papers/{key(1)}/"
    assert page.locator("#survey-form-open").get_attribute("href") is None
    at(page, "DOI").fill("")
    at(page, "arXiv id").fill(paper(3)["arxiv"])
    here.get_by_role("link", name=paper(3)["title"]).wait_for()
    at(page, "arXiv id").fill("")
    at(page, "Title").fill(paper(1)["title"].replace("migration", "migrations"))
    author = paper(1)["authors"][0]
    at(page, "Authors").fill(f"{author['family']}, X.")
    here.get_by_text("Looks like").wait_for()
    assert here.get_by_role("link").first.get_attribute("href") == f"{address}papers/{key(1)}/"
    page.wait_for_function("document.getElementById('survey-form-open').href")
    at(page, "Title").fill(paper(1)["title"].replace("study 1 ", "study 2 "))
    page.wait_for_function("!document.querySelector('.survey-form__alike').textContent.includes('study 1 ')")


def test_a_key_that_is_taken_or_cannot_be_made(page: Page, address: str) -> None:
    open_form(page, address)
    fill_in(page)
    at(page, "Citation key").fill(key(1).upper())
    page.locator("#survey-form-reason").get_by_text("belongs to another paper").wait_for()
    at(page, "Citation key").fill("")
    at(page, "Authors").fill("王, 小明")
    page.locator("#survey-form-reason").get_by_text("type a key, like wang2024dayan").wait_for()
    at(page, "Citation key").fill("wang2025nests")
    page.wait_for_function("document.getElementById('survey-form-open').href")
    assert "filename=wang2025nests.yaml" in (page.locator("#survey-form-open").get_attribute("href") or "")


def test_an_address_that_grows_too_long_is_opened_empty_and_the_text_copied(
    page: Page, context: BrowserContext, address: str
) -> None:
    context.route("https://github.com/**", lambda route: route.fulfill(status=200, body="GitHub"))
    open_form(page, address)
    fill_in(page)
    page.locator("summary", has_text="More fields").click()
    summary = at(page, "Summary")
    link, both = page.locator("#survey-form-open"), page.get_by_role("button", name="Copy and open GitHub's empty page")
    page.wait_for_function("document.getElementById('survey-form-open').href")
    assert not both.is_visible()
    short = len(link.get_attribute("href") or "")
    room = LIMIT - short - len(quote("summary: |-\n  \n", safe="!~*'()"))
    summary.fill("x" * room)
    page.wait_for_function("document.getElementById('survey-form-open').href.includes('summary')")
    assert len(link.get_attribute("href") or "") == LIMIT
    summary.fill("x" * (room + 1))
    both.wait_for()
    assert not link.is_visible()
    assert "too long for an address" in page.locator("#survey-form-reason").inner_text()
    with context.expect_page() as opened:
        both.click()
    assert opened.value.url == "https://github.com/birds/survey/new/main/papers?filename=vandermeer2025nests.yaml"
    assert page.evaluate("navigator.clipboard.readText()") == page.locator("#survey-form-text").text_content()


def look_up(page: Page, wanted: str, host: str) -> None:
    page.locator("#survey-lookup").fill(wanted)
    page.get_by_role("button", name=f"Ask {host}", exact=True).click()


@ON_BOTH
def test_looking_up_fills_what_is_empty_and_asks_only_when_told(
    page: Page, address: str, register: Register, survey_folder: Path, tmp_path: Path
) -> None:
    open_form(page, address)
    at(page, "Year").fill("2020")
    page.locator("#survey-lookup").fill("https://doi.org/10.5555/SONGS")
    page.locator("#survey-lookup").press("Enter")
    assert register.asked == []
    page.keyboard.press("Enter")
    page.locator("#survey-lookup-status").get_by_text("Left as they were: Year").wait_for()
    assert register.asked == ["/crossref/works/10.5555/songs"]
    page.get_by_label("Theme 1").select_option("song")
    at(page, "Kind").select_option("review")
    page.locator("#survey-form-reason").get_by_text("does not fit “Year” 2020").wait_for()
    at(page, "Year").fill("2025")
    page.wait_for_function("document.getElementById('survey-form-open').href")
    text = text_of(page)
    assert text.startswith("title: Songs of the reed warbler at night & day\nauthors:\n")
    assert '  - {family: de Wren, given: Ada, orcid: "0000-0002-1825-0097"}\n  - {team: Bird Board}\n' in text
    assert "published: 2025-02\ntype: article\n" in text
    assert 'venue:\n  name: Ibis Letters\n  volume: "3"\n  pages: "1-9"\n  publisher: Feather Press\n' in text
    assert "source: form\n  consulted:\n    - https://api.crossref.org/works/10.5555/songs\n" in text
    assert accepted(survey_folder, tmp_path / "copy", "dewren2025songs.yaml", text) == ""


def test_an_arxiv_id_is_asked_at_datacite(page: Page, address: str, register: Register) -> None:
    open_form(page, address)
    look_up(page, "arXiv:2401.00001v2", register.host)
    page.locator("#survey-lookup-status").get_by_text("Please compare").wait_for()
    assert register.asked == ["/datacite/dois/10.48550/arXiv.2401.00001"]
    text = text_of(page)
    assert (
        "  - {family: de Wren, given: Ada}\n  - {team: Heron Team}\nyear: 2024\ntype: preprint\nstatus: preprint\n"
        in text
    )
    assert 'arxiv: "2401.00001"\n' in text
    assert "url:" not in text


def test_what_crossref_does_not_know_is_asked_at_datacite_on_a_second_press(
    page: Page, address: str, register: Register
) -> None:
    open_form(page, address)
    look_up(page, "10.5555/data", register.host)
    page.locator("#survey-lookup-status").get_by_text("press again to ask there").wait_for()
    assert register.asked == ["/crossref/works/10.5555/data"]
    page.get_by_role("button", name=f"Ask {register.host}", exact=True).click()
    page.locator("#survey-lookup-status").get_by_text("Please compare").wait_for()
    assert "type: dataset\nvenue:\n  name: Field Archive\ndoi: 10.5555/data\n" in text_of(page)


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        ((404, b""), "does not know it (404)"),
        ((429, b""), "has too much to do (429): wait a minute"),
        ((500, b""), "refuses (500)"),
        ((200, b"<html>Down for lunch</html>"), "something that is not JSON"),
        ((200, b"[]"), "answered without message"),
        ((200, b'{"message": []}'), "answered without message"),
        ((200, b'{"message": {"title": 7, "author": "x", "issued": {"date-parts": [[{}]]}}}'), "says nothing|From 127"),
        ((200, b" " * 6_000_000), "more than 5,000,000 bytes"),
        ((200, b"[" * 100_000), "something that is not JSON"),
    ],
    ids=["404", "429", "500", "html", "list", "no mapping", "odd", "large", "deep"],
)
def test_bad_answers_get_clear_words_and_leave_the_fields_alone(
    page: Page, address: str, register: Register, answer: tuple[int, bytes], words: str
) -> None:
    register.answers["/crossref/works/10.5555/songs"] = answer
    open_form(page, address)
    at(page, "Title").fill("Mine")
    look_up(page, "10.5555/songs", register.host)
    status = page.locator("#survey-lookup-status")
    page.wait_for_function("!document.getElementById('survey-lookup-status').textContent.startsWith('Asking')")
    assert any(word in status.inner_text() for word in words.split("|"))
    assert at(page, "Title").input_value() == "Mine"


def test_nobody_there_is_said_to_be_so(page: Page, context: BrowserContext, address: str, register: Register) -> None:
    open_form(page, address)
    context.set_offline(True)
    look_up(page, "10.5555/songs", register.host)
    page.locator("#survey-lookup-status").get_by_text("This computer is offline").wait_for()
    context.set_offline(False)
    context.route(f"http://{register.host}/**", lambda route: route.abort())
    page.get_by_role("button", name=f"Ask {register.host}", exact=True).click()
    page.locator("#survey-lookup-status").get_by_text("cannot be reached: are you online?").wait_for()


def test_hostile_answers_stay_text(page: Page, address: str, register: Register) -> None:
    image = "img src=x onerror=window.hurt=1"
    evil = f"<{image}><script>window.hurt=1</script> {{{{7*7}}}} \u202e\u0000&lt;{image}&gt;"
    hostile = {
        **CROSSREF,
        "title": [evil],
        "author": [{"family": f"{evil}, {evil}", "given": "<b>"}, {"name": evil}, {"__proto__": {"x": 1}}],
        "container-title": ["<" + "x" * 300 + "><img src=x onerror=window.hurt=1>"],
        "publisher": {"toString": "x"},
        "DOI": "javascript:window.hurt=1",
        "type": "constructor",
    }
    register.answers["/crossref/works/10.5555/songs"] = (200, json.dumps({"message": hostile}).encode())
    open_form(page, address)
    look_up(page, "10.5555/songs", register.host)
    page.locator("#survey-lookup-status").get_by_text("Please compare").wait_for()
    page.locator("#survey-form-reason").get_by_text("is not a DOI").wait_for()
    assert page.evaluate("window.hurt") is None
    assert page.locator("form.survey-form img, form.survey-form script").count() == 0
    title = at(page, "Title").input_value()
    assert title == "window.hurt=1 {{7*7}} <img src=x onerror=window.hurt=1>"
    assert "\u202e" not in text_of(page)
    at(page, "Title").fill("<img src=x onerror=window.hurt=1>")
    at(page, "Year").fill("<script>")
    page.locator("#survey-form-reason").get_by_text("“<script>” is not a year").wait_for()
    assert page.evaluate("window.hurt") is None
    assert page.locator("form.survey-form img, form.survey-form script").count() == 0


@ON_BOTH
def test_a_correction_starts_from_the_paper_and_proposes_what_changed(page: Page, address: str) -> None:
    page.goto(f"{address}papers/{key(4)}/")
    page.get_by_role("link", name="Suggest a correction").click()
    page.locator("form.survey-form").wait_for()
    assert at(page, "Title").input_value() == paper(4)["title"]
    page.get_by_text("Nothing has changed yet.").wait_for()
    assert page.locator("#survey-form-open").get_attribute("href") is None
    at(page, "Title").fill("Cranes: another title")
    at(page, "One sentence").fill("")
    people = at(page, "Authors").input_value().split("\n")
    at(page, "Authors").fill("\n".join([*people, "Crane, C. [0000-0002-1825-0097]"]))
    page.wait_for_function("document.getElementById('survey-form-text').textContent.includes('Crane, given: C.')")
    link = urlsplit(page.locator("#survey-form-open").get_attribute("href") or "")
    assert link.path == "/birds/survey/issues/new"
    asked = parse_qs(link.query)
    authors = [*paper(4)["authors"], {"family": "Crane", "given": "C.", "orcid": "0000-0002-1825-0097"}]
    assert asked["template"] == ["correction.yml"]
    assert asked["paper"] == [key(4)]
    assert asked["removed"] == ["tldr"]
    assert asked["changes"] == [to_yaml({"title": "Cranes: another title", "authors": authors})]
    at(page, "Title").fill("")
    page.locator("#survey-form-reason").get_by_role("button", name="Title").wait_for()
    assert page.locator("#survey-form-open").get_attribute("href") is None


def test_rich_papers_open_for_correction_without_a_change(browser: Browser, site: Path) -> None:  # noqa: F811
    visit = browser.new_context()
    page = visit.new_page()
    with serve(site) as address:
        for name in ("borzunov2023distributed", "bambhaniya2024demystifying", "lin2024infinitellm", "dettmers2024spqr"):
            open_form(page, address, f"?paper={name}")
            page.locator("#survey-form-reason").get_by_text("Nothing has changed yet.").wait_for()
    visit.close()


@pytest.mark.parametrize("name", ["nobody2020nothing", "../../api/form", "<script>window.hurt=1</script>"])
def test_a_paper_that_is_not_there_cannot_be_corrected(page: Page, address: str, name: str) -> None:
    page.goto(f"{address}submit/?paper={name}")
    page.get_by_text("The survey has no paper").wait_for()
    assert page.evaluate("window.hurt") is None


def test_parts_of_which_there_are_several_are_added_and_taken_away(page: Page, address: str) -> None:
    open_form(page, address)
    fill_in(page)
    page.locator("summary", has_text="More fields").click()
    page.get_by_role("button", name="Add: result").click()
    part = page.get_by_role("group", name="Result 1")
    page.locator("#survey-form-reason").get_by_text("Result 1, Metric").wait_for()
    for label, value in (("Metric", "speed"), ("Value", "10"), ("Evidence", "abstract")):
        part.get_by_label(label).fill(value)
    page.get_by_role("button", name="Add: field").click()
    page.get_by_role("group", name="Field 1").get_by_label("Name").fill("isbn")
    page.get_by_role("group", name="Field 1").get_by_label("Text").fill("978-3-16")
    page.get_by_label("ringing").check()
    at(page, "Place").fill("Oslo")
    page.get_by_label("Theme 2").select_option("flight/height")
    page.wait_for_function("document.getElementById('survey-form-text').textContent.includes('flight/height')")
    text = text_of(page)
    assert "themes:\n  - song\n  - flight/height\n" in text
    assert "facets:\n  method:\n    - ringing\nattributes:\n  place: Oslo\n" in text
    assert 'results:\n  - metric: speed\n    value: "10"\n    evidence: abstract\n' in text
    assert 'extra:\n  isbn: "978-3-16"\n' in text
    part.get_by_role("button", name="Take this away").click()
    page.wait_for_function("!document.getElementById('survey-form-text').textContent.includes('results')")


@ON_BOTH
def test_nothing_is_wider_than_the_screen(page: Page, address: str) -> None:
    open_form(page, address)
    page.locator("summary", has_text="More fields").click()
    at(page, "Title").fill("x" * 400)
    at(page, "Address").fill(f"https://example.org/{'x' * 400} y")
    page.locator("#survey-form-reason").get_by_text("is not a web address").wait_for()
    page.get_by_role("button", name="Add: version").click()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_without_javascript_the_page_says_what_to_do(browser: Browser, address: str, site: Path) -> None:  # noqa: F811
    visit = browser.new_context(java_script_enabled=False)
    page = visit.new_page()
    page.goto(f"{address}submit/")
    issue = page.get_by_role("link", name="Open an issue")
    assert issue.get_attribute("href") == "https://github.com/birds/survey/issues/new?template=paper.yml"
    with serve(site) as own:
        page.goto(f"{own}submit/")
        page.get_by_role("article").get_by_role("link", name="Add a paper").first.click()
        assert page.url == f"{own}contributing/add-a-paper/"
    visit.close()


def test_a_repository_elsewhere_gets_a_copy_only(browser: Browser, tmp_path: Path) -> None:  # noqa: F811
    config = form_survey(tmp_path, 1, repo_url="https://codeberg.org/birds/survey")
    assert mkdocs(config, "--strict").returncode == 0
    visit = browser.new_context()
    page = visit.new_page()
    with serve(config.parent / "site") as address:
        open_form(page, address)
        fill_in(page)
        page.locator("#survey-form-reason").get_by_text("is not at GitHub: copy the text").wait_for()
        assert not page.locator("#survey-form-open").is_visible()
        assert page.get_by_role("button", name="Copy", exact=True).is_visible()
    visit.close()


def test_the_form_opens_under_instant_navigation_each_time(browser: Browser, tmp_path: Path) -> None:  # noqa: F811
    theme = {"name": "material", "font": False, "features": ["navigation.instant"]}
    config = form_survey(tmp_path, 3, theme=theme, site_url="http://127.0.0.1/")
    done = mkdocs(config, "--strict")
    assert done.returncode == 0, done.stderr
    visit = browser.new_context()
    page = visit.new_page()
    with serve(config.parent / "site") as address:
        page.goto(address)
        page.evaluate("window.same = true")
        for _ in range(2):
            page.evaluate(FOLLOW, f"{address}submit/")
            page.locator("form.survey-form").wait_for()
            page.evaluate(FOLLOW, f"{address}papers/{key(1)}/")
            page.get_by_role("link", name="Suggest a correction").wait_for()
        page.get_by_role("link", name="Suggest a correction").click()
        page.get_by_text("Nothing has changed yet.").wait_for()
    visit.close()
