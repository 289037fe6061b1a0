"""A reader's own bibliography: the generator and the scripts read and match alike, and the page says what is in it."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from living_survey.editing.matching import KnownPapers
from living_survey.formats.bibtex.reader import read_bibtex
from living_survey.formats.csl.reader import read_csl
from living_survey.formats.entry import PLAIN
from living_survey.formats.record import Reading
from living_survey.formats.ris.reader import read_ris
from living_survey.formats.writers import BY_NAME, FORMATS
from living_survey.loading.settings import load_settings
from living_survey.loading.survey import load_survey
from living_survey.model.survey import Survey
from living_survey.model.words import words
from playwright.sync_api import Browser, Page, expect

from tests.fabricate import key, paper
from tests.formats.difficult import difficult_papers, make
from tests.model.test_titles import PAIRS
from tests.use.select.conftest import FORMER, PAPERS
from tests.use.select.test_selection import KEPT, ON_BOTH, saved

CASES = yaml.safe_load((Path(__file__).parent / "cases.yaml").read_text(encoding="utf-8"))
READERS = {".bib": read_bibtex, ".ris": read_ris, ".json": read_csl}


@pytest.fixture(scope="module")
def desk(browser: Browser, address: str) -> Iterator[Page]:
    """A page on which the scripts are called one by one."""
    visit = browser.new_context()
    page = visit.new_page()
    page.goto(address)
    page.evaluate(
        """async () => {
            const part = (name) => import(new URL(`assets/survey/bibliography/${name}.js`, location.href))
            const file = async (name) => (await fetch(new URL(name, location.href))).json()
            const [read, ids, match] = await Promise.all(["read", "ids", "match"].map(part))
            const [known, form] = await Promise.all(["take/known.json", "api/form.json"].map(file))
            window.tried = { ...read, ...match, ids: ids.makeIds(known.patterns), known, form }
        }"""
    )
    yield page
    visit.close()


@pytest.fixture(scope="module")
def survey(chosen_survey: Path) -> Survey:
    """The survey that the site was built from."""
    return load_survey(load_settings(chosen_survey / "mkdocs.yml"))[0]


Row = tuple[str, int, str, list[str], str, str]


def plain(names: list[str]) -> list[str]:
    return ["".join(words(name)) for name in names]


def ours(reading: Reading) -> tuple[list[Row], list[int]]:
    """Return what the generator reads: records, and lines that it cannot read."""
    rows = []
    for record in reading.records:
        data = record.data
        names = [one.get("team") or one.get("family") for one in data.get("authors", [])]
        title = " ".join(words(data.get("title", "")))
        ids = data.get("doi", ""), data.get("arxiv", "")
        rows.append((record.key, record.line, title, plain([name for name in names if name]), *ids))
    return rows, [line for line, _, _ in reading.refused]


def theirs(desk: Page, name: str, text: str) -> tuple[list[Row], list[int]]:
    """Return what the scripts read, in the same form."""
    found = desk.evaluate("([name, text]) => tried.readText(name, text, tried.ids)", [name, text])
    rows = [
        (
            one["key"], one["line"], " ".join(words(one["title"])), plain(one["names"]), one["doi"], one["arxiv"],
        )
        for one in found["records"]
    ]  # fmt: skip
    return rows, [one["line"] for one in found["refused"]]


@pytest.mark.parametrize("case", CASES["read"], ids=lambda case: str(case["name"]))
def test_files_are_read_alike(desk: Page, case: dict[str, Any]) -> None:
    wanted = [(row[0], row[1], " ".join(words(row[2])), plain(row[3]), row[4], row[5]) for row in case["records"]]
    name, text = case["name"], case["text"]
    assert ours(READERS[Path(name).suffix](text, name)) == (wanted, case["refused"])
    assert theirs(desk, name, text) == (wanted, case["refused"])


@pytest.mark.parametrize("form", FORMATS, ids=lambda form: form.name)
def test_difficult_papers_are_read_alike_from_each_format(desk: Page, form: Any) -> None:
    papers = difficult_papers()
    ending = f".{form.ending.rsplit('.', 1)[-1]}"
    text = form.join([form.entry(one, PLAIN) for one in papers])
    (mine, refused), (other, refused_there) = ours(READERS[ending](text, "x")), theirs(desk, f"x{ending}", text)
    assert refused == refused_there
    assert [
        pair for a, b in zip(other, mine, strict=True) for pair in zip(a, b, strict=True) if pair[0] != pair[1]
    ] == []


def found_by_generator(survey: Survey, title: str, names: list[str], doi: str, arxiv: str) -> tuple[str, str]:
    known = KnownPapers(survey.papers.values())
    if owner := known.owner(doi or None, arxiv or None):
        return owner, "id"
    authors = [{"family": name} for name in names]
    asked = make({"title": title, "authors": authors, "year": "2020", "type": "misc"}, "asked2020x")
    alike = known.similar(asked)
    return (alike[0].key, f"title {alike[0].score}") if alike else ("", "")


def found_by_scripts(desk: Page, entries: list[tuple[str, list[str], str, str]]) -> list[tuple[str, str]]:
    rows = [{"title": t, "names": n, "doi": d, "arxiv": a, "key": "", "venue": ""} for t, n, d, a in entries]
    found = desk.evaluate(
        """records => {
            const { match } = tried.makeMatcher(tried.known, tried.form)
            const how = ({ how, score }) => (how === "title" ? `title ${score}` : "id")
            return records.map(match).map(one => one && [one.row.key, how(one)])
        }""",
        rows,
    )
    return [tuple(one) if one else ("", "") for one in found]


def entries_of(survey: Survey) -> list[tuple[str, list[str], str, str]]:
    """Return entries of all kinds: as the survey has them, with one thing changed, with one thing alone."""
    entries: list[tuple[str, list[str], str, str]] = []
    for one in list(survey.papers.values())[:60]:
        names, title = [author.short_name for author in one.authors], str(one.title.text)
        entries += [
            ("Of another title", ["Nobody"], (one.doi or "").upper(), one.arxiv or ""),
            (title, names, "", ""),
            (title.upper().replace(":", " - "), names[-1:], "", ""),
            (title.replace("field", "feild"), names, "", ""),
            (title, ["Nobody"], "", ""),
            (title.replace("study", "studies of"), names, "10.5555/other", ""),
            (title + " 2", names, "", ""),
        ]
    entries += [(title, ["Wren"], "", "") for _, title, other in PAIRS for title in (title, other)]
    return entries


def test_entries_are_matched_alike(desk: Page, survey: Survey) -> None:
    entries = entries_of(survey)
    mine, other = [found_by_generator(survey, *entry) for entry in entries], found_by_scripts(desk, entries)
    assert len({one for one, _ in mine}) > 50
    assert [(entry, a, b) for entry, a, b in zip(entries, mine, other, strict=True) if a != b] == []


def test_the_cases_of_matching(desk: Page, survey: Survey) -> None:
    for title, names, doi, arxiv, n, _ in CASES["match"]:
        entry = (title, names, doi, arxiv)
        wanted = key(n) if n else ""
        assert (found_by_generator(survey, *entry)[0], found_by_scripts(desk, [entry])[0][0]) == (wanted, wanted)


def own_bibliography(survey: Survey) -> str:
    """Return a bibliography of papers of the survey, one of them twice, of others, and of what cannot be read."""
    entries = [BY_NAME["bibtex"].entry(survey.papers[key(n)], PLAIN) for n in (4, 5, 5, 3)]
    preprint = paper(7)
    other = "@misc{mine, title = {Of our own}, author = {Us, All}}\n@article{broken, title = {x\n"
    since = f"@misc{{old, title = {{{preprint['title'].replace('&', chr(92) + '&').replace('%', chr(92) + '%')}}},"
    names = " and ".join(f"{one['family']}, {one['given']}" for one in preprint["authors"])
    return "\n".join([*entries, f"{since} author = {{{names}}}, note = {{arXiv preprint}}}}", other])


@ON_BOTH
def test_the_page_says_what_is_here_what_is_missing_and_what_has_happened(
    page: Page, address: str, survey: Survey, tmp_path: Path
) -> None:
    file = tmp_path / "mine.bib"
    file.write_text(own_bibliography(survey), encoding="utf-8")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(f"{request.method} {request.url}"))
    page.goto(address + "bibliography/")
    page.locator("input[type=file]").set_input_files(file)
    place = page.locator("#survey-bibliography")
    expect(place).to_contain_text(
        f"Entries: 6. In the survey: 5. Not in it: 1. Not readable: 1. "
        f"Papers of the survey that are not among them: {PAPERS - 4}."
    )
    news = place.locator("details", has=page.get_by_role("heading", name="What has happened since"))
    texts = [" ".join(text.split()) for text in news.locator("li").all_inner_texts()]
    assert len(texts) == 3
    assert ": retracted mine.bib, line 1" in texts[0]
    assert "published since: JFS 2024" in texts[1]
    assert "published since:" in texts[2]
    unread = place.locator("details", has=page.get_by_role("heading", name="Could not be read"))
    expect(unread).to_contain_text("@article{broken, title = {x")
    assert saved(page, f"The {PAPERS - 4} missing papers as BibTeX").count("\n@") == PAPERS - 5
    missing = place.locator("details.survey-report", has_text="In the survey only").first
    song = missing.locator("details", has=page.get_by_role("heading", name="Song")).first
    song.locator("summary").first.click()
    song.get_by_role("button", name="Add to my selection").click()
    expect(page.locator(".survey-selected")).to_be_visible()
    assert len(page.evaluate(KEPT)[0]) > 50
    assert [one for one in asked if not one.startswith(f"GET {address}") and "blob:" not in one] == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_citations_of_a_latex_source_and_former_keys_are_found(page: Page, address: str, tmp_path: Path) -> None:
    file = tmp_path / "mine.tex"
    file.write_text(
        f"As \\citet[p.~2]{{{FORMER}, {key(5)}}} say % \\cite{{not2020this}}\n"
        f"\\parencite{{unknown2020work}}\n\\bibitem{{x}} Wren: Birds. doi:10.5555/birds.7.\n",
        encoding="utf-8",
    )
    page.goto(address + "bibliography/")
    page.locator("input[type=file]").set_input_files(file)
    expect(page.locator("#survey-bibliography")).to_contain_text("Entries: 4. In the survey: 3. Not in it: 1.")


def test_what_is_pasted_is_read_and_what_is_none_is_said(page: Page, address: str) -> None:
    page.goto(address + "bibliography/")
    place = page.locator("#survey-bibliography")
    page.get_by_text("Or paste entries").first.click()
    for text, said in (
        ("nothing of the kind", "Not a bibliography"),
        ("@comment{x}", "No entry"),
        ("[1]", "Could not be"),
    ):
        page.get_by_role("textbox", name="Or paste entries").fill(text)
        page.get_by_role("button", name="Check what is pasted").click()
        expect(place).to_contain_text(said)
    hostile = "@misc{x, title = {<img src=x onerror=alert(1)>}, author = {__proto__}}\n" * 3
    page.get_by_role("textbox", name="Or paste entries").fill(hostile)
    page.get_by_role("button", name="Check what is pasted").click()
    expect(place).to_contain_text("Not in the survey (3)")
    assert place.locator("img").count() == 0


def test_five_thousand_entries_never_freeze_the_page(page: Page, address: str, tmp_path: Path) -> None:
    """What takes long is done in a worker, and of long lists the beginning is shown."""
    people = "author = {{Wren, Ada and Finch, B.}}, journal = {{X}}"
    entry = f"@article{{{{k{{n}}, title = {{{{Songs of the wren, field study {{n}}}}}}, {people}}}}}\n"
    file = tmp_path / "long.bib"
    file.write_text("".join(entry.format(n=n) for n in range(5_000)), encoding="utf-8")
    workers: list[str] = []
    page.on("worker", lambda worker: workers.append(worker.url))
    page.goto(address + "bibliography/")
    page.locator("input[type=file]").set_input_files(file)
    expect(page.locator("#survey-bibliography")).to_contain_text("Entries: 5,000.", timeout=60_000)
    assert page.locator("#survey-bibliography li").count() < 1_000
    loaded = page.evaluate("performance.getEntriesByType('resource').map(one => one.name.split('/').at(-1))")
    assert [name for name in workers if "assets/survey" in name] == [f"{address}assets/survey/bibliography/worker.js"]
    assert "report.js" in loaded
    assert "known.json" not in loaded


def test_without_scripts_the_whole_bibliography_is_there(browser: Browser, address: str) -> None:
    visit = browser.new_context(java_script_enabled=False)
    page = visit.new_page()
    page.goto(address + "bibliography/")
    expect(page.get_by_role("link", name="The survey's bibliography as BibTeX")).to_be_visible()
    visit.close()
