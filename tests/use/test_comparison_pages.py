"""Comparisons on the built site: their pages and files, and what is not there without any."""

import csv
import io
import json
import re
import subprocess
from pathlib import Path

import pytest
from lxml import html

from tests.commands import ROOT, build, snapshot
from tests.conftest import Make
from tests.fabricate import key
from tests.programs import needs
from tests.use.test_comparisons import FOUR, GOOD, ONE, THREE, add, write

ASKED = """\
title: "Asked <img src=x onerror=alert(1)> {{ x }} % \\\\end{tabular} _^"
query: theme=song
columns:
  - year
  - rest
"""
CELLS = {
    THREE: {
        "Offered": "", "Models": "Swift", "Hardware": "Tower", "Place": "sea; land", "Rests on": "A named bird",
        "Method": "radar & ×", "Speed, km/h": "40; at least 36; 2 not in km/h",
        "Speed, ×": "at most 0.5; up to 2.5; 2 not in ×",
        "Speed": "40 km/h; at least 10 m/s; at least 2× less; up to 150% more",
    },
    FOUR: {
        "Offered": "code", "Models": "", "Hardware": "", "Place": "", "Rests on": "A number", "Method": "",
        "Speed, km/h": "30–50.5", "Speed, ×": "not in ×", "Speed": "30–50.5 km/h",
    },
}  # fmt: skip


def fill(folder: Path) -> None:
    """Build a survey with two comparisons, a superseded paper in them."""
    config = write(folder / "survey", asked=ASKED)
    add(config.parent, 8, relations=[{"type": "later-version-of", "paper": FOUR}], added="2026-02-03")
    (config.parent / "CITATION.cff").write_text(
        "cff-version: 1.2.0\nmessage: m\ntitle: Birds, a survey\nauthors:\n  - {family-names: W, given-names: A}\n"
        "license: CC-BY-4.0\n",
        encoding="utf-8",
    )
    build(config)


@pytest.fixture(scope="module")
def compared(once: Make) -> Path:
    """The site of that survey."""
    return once("compared", fill) / "survey/site"


def page_of(site: Path, address: str) -> html.HtmlElement:
    """Return a page of a site."""
    return html.fromstring((site / address / "index.html").read_bytes())


def words(element: html.HtmlElement) -> str:
    """Return the text of an element, with single spaces."""
    return re.sub(r"\s+", " ", element.text_content()).strip()


def rows_of(page: html.HtmlElement) -> list[list[str]]:
    """Return the cells of the table of a page, its heading first."""
    return [[words(cell) for cell in row] for row in page.xpath("//article//table//tr")]


def test_the_page_of_a_comparison(compared: Path) -> None:
    page = page_of(compared, "comparisons/swifts")
    assert page.findtext(".//h1") == "Swifts & 100% of their speed"
    heading, *rows = rows_of(page)
    assert [row[0] for row in rows] == ["*A_B [c]", rows[1][0]]
    for row, name in zip(rows, (THREE, FOUR), strict=True):
        cells = dict(zip(heading, row, strict=True))
        assert {title: cells[title] for title in CELLS[name]} == CELLS[name]
    links = page.xpath("//article//table//a/@href")
    assert {f"../../papers/{THREE}/#speed", f"../../papers/{THREE}/#speed-3", "../../models/swift/"} <= set(links)
    assert "https://example.org/code/4" in links
    paper = page_of(compared, f"papers/{THREE}")
    assert paper.xpath('//*[@id="speed-3"]')
    text = words(page.xpath("//article")[0])
    assert "5 numbers of 2 papers; 1 is a best case;" in text
    assert "Cite as: Swifts & 100% of their speed, in Birds, a survey, as of 2026-03-04" in text
    assert "https://github.com/birds/survey/edit/main/docs/comparisons/swifts.yaml" in page.xpath("//article//a/@href")
    assert f"../../papers/{ONE}/" in page.xpath("//article/p//a/@href")


def test_a_paper_of_which_something_became_is_marked(compared: Path) -> None:
    page = page_of(compared, "comparisons/swifts")
    [mark] = page.xpath('//table//a[@class="survey-mark"]')
    assert mark.text.startswith("(superseded by ")
    assert mark.get("href") == f"../../papers/{key(8)}/"
    assert "superseded by" in words(page.xpath('//aside[contains(@class, "survey-leans")]')[0])


def test_files_beside_the_page_have_the_same_cells(compared: Path) -> None:
    folder, page = compared / "comparisons/swifts", page_of(compared, "comparisons/swifts")
    heading, *rows = rows_of(page)
    table = list(csv.reader(io.StringIO((folder / "swifts.csv").read_text(encoding="utf-8"))))
    assert table[0] == ["key", "paper", *heading[1:]]
    assert [row[0] for row in table[1:]] == [THREE, FOUR]
    assert [row[2:] for row in table[1:]] == [row[1:] for row in rows]
    found = json.loads((compared / "api/comparisons.json").read_text(encoding="utf-8"))
    assert [one["id"] for one in found] == ["asked", "swifts"]
    assert found[1]["columns"][-3:] == ["speed km/h", "speed x", "speed"]
    assert [["; ".join(cell) for cell in row["cells"]] for row in found[1]["rows"]] == [row[1:] for row in rows]
    links = page.xpath("//article//a[@download]/@href")
    assert links == ["swifts.csv", "swifts.tex", "swifts.bib", "swifts.jsonld"]
    bib = (folder / "swifts.bib").read_text(encoding="utf-8")
    assert re.findall(r"@\w+\{(.*),", bib) == sorted([THREE, FOUR])


def test_programs_see_a_data_set(compared: Path) -> None:
    data = json.loads((compared / "comparisons/swifts/swifts.jsonld").read_text(encoding="utf-8"))
    [script] = page_of(compared, "comparisons/swifts").xpath('//script[@type="application/ld+json"]')
    assert json.loads(script.text) == data
    site = "https://birds.example.org/survey/"
    assert (data["@type"], data["url"], data["dateModified"]) == ("Dataset", f"{site}comparisons/swifts/", "2026-03-04")
    assert [one["url"] for one in data["citation"]] == [f"{site}papers/{THREE}/", f"{site}papers/{FOUR}/"]
    for one in data["distribution"]:
        assert (compared / one["contentUrl"].removeprefix(site)).is_file()
    assert data["license"].endswith("CC-BY-4.0")


def document(folder: Path, table: Path) -> None:
    """Write a document that reads a comparison's table and bibliography, under its own name."""
    for ending in (".tex", ".bib"):
        (folder / f"{table.name}{ending}").write_bytes(table.with_suffix(ending).read_bytes())
    text = (
        "\\documentclass{article}\n\\usepackage{booktabs}\n\\begin{document}\n"
        f"\\input{{{table.name}}}\n\\bibliographystyle{{plain}}\\bibliography{{{table.name}}}\n\\end{{document}}\n"
    )
    (folder / "document.tex").write_text(text, encoding="utf-8")


def tables(site: Path) -> list[Path]:
    """Return the files of all comparisons, without ending."""
    return [file.with_suffix("") for file in sorted((site / "comparisons").glob("*/*.tex"))]


def test_latex_sets_the_table(compared: Path, site: Path, tmp_path: Path) -> None:
    latex, bibtex = needs("pdflatex"), needs("bibtex")
    for table in [*tables(compared), *tables(site)]:
        (folder := tmp_path / table.name).mkdir()
        document(folder, table)
        run = [latex, "-interaction=nonstopmode", "-halt-on-error", "document"]
        for command in (run, [bibtex, "document"], run, run):
            done = subprocess.run(command, cwd=folder, capture_output=True, timeout=120, check=False)
            assert done.returncode == 0, done.stdout.decode("utf-8", errors="replace")[-2000:]
        assert "undefined" not in (folder / "document.log").read_text(encoding="latin-1")
        assert (folder / "document.pdf").is_file()


def test_bibtex_finds_every_paper_that_the_table_cites(compared: Path, site: Path, tmp_path: Path) -> None:
    bibtex = needs("bibtex")
    for table in [*tables(compared), *tables(site)]:
        (folder := tmp_path / table.name).mkdir()
        document(folder, table)
        keys = re.findall(r"\\cite\{(.*?)\}", table.with_suffix(".tex").read_text(encoding="utf-8"))
        aux = [*(f"\\citation{{{name}}}" for name in keys), f"\\bibdata{{{table.name}}}", "\\bibstyle{plain}", ""]
        (folder / "document.aux").write_text("\n".join(aux), encoding="utf-8")
        done = subprocess.run([bibtex, "document"], cwd=folder, capture_output=True, timeout=60, check=False)
        assert (done.returncode, b"Warning" in done.stdout) == (0, False), done.stdout
        assert (folder / "document.bbl").read_text(encoding="utf-8").count("\\bibitem") == len(keys) > 0


def test_the_table_for_latex(compared: Path) -> None:
    text = (compared / "comparisons/swifts/swifts.tex").read_text(encoding="utf-8")
    assert f"{{}}*A\\_B [c]~\\cite{{{THREE}}} & " in text
    assert "radar \\& " in text
    body = [line for line in text.splitlines() if not line.startswith("%")]
    rows = [line for line in body if line.endswith(r"\\")]
    assert len(rows) == 3
    assert {len(re.findall(r"(?<!\\)&", line)) for line in rows} == {13}
    assert not re.search(r"[^\x00-\x7f]", text)
    asked = (compared / "comparisons/asked/asked.tex").read_text(encoding="utf-8")
    assert asked.count("\\end{tabular}") == 1


def test_all_comparisons_are_listed(compared: Path) -> None:
    page = page_of(compared, "comparisons")
    assert page.xpath("//article//li/a/@href") == ["../comparisons/asked/", "../comparisons/swifts/"]
    nav = page_of(compared, "themes/song").xpath('//nav[contains(@class, "md-nav--primary")]//a/@href')
    assert "../../comparisons/" in nav


def test_a_query_chooses_papers_newest_first_and_nothing_of_a_file_acts(compared: Path) -> None:
    page = page_of(compared, "comparisons/asked")
    years = [row[1] for row in rows_of(page)[1:]]
    assert years == sorted(years, reverse=True)
    assert len(years) == 4
    assert page.xpath("//article//img | //*[@onerror]") == []
    assert "<img src=x onerror=alert(1)>" in page.findtext(".//h1")


def test_sitemaps_and_search_know_them_and_no_source_is_published(compared: Path) -> None:
    sitemap = (compared / "sitemap-papers-1.xml").read_text(encoding="utf-8")
    assert "<loc>https://birds.example.org/survey/comparisons/swifts/</loc><lastmod>2026-03-04</lastmod>" in sitemap
    assert "/survey/comparisons/</loc>" in (compared / "sitemap.xml").read_text(encoding="utf-8")
    guides = json.loads((compared / "search/guides.json").read_text(encoding="utf-8"))
    assert [title for address, title, *_ in guides if address == "comparisons/swifts/"] == [
        "Swifts & 100% of their speed"
    ]
    assert [path for path in snapshot(compared) if path.startswith("comparisons/") and path.endswith(".yaml")] == []


def test_without_comparisons_nothing_is_made(birds: Path) -> None:
    assert [path for path in snapshot(birds / "site") if "comparison" in path] == []
    nav = page_of(birds / "site", "themes").xpath('//nav[contains(@class, "md-nav--primary")]//a/@href')
    assert [link for link in nav if "comparison" in link] == []


def test_the_comparison_of_this_survey(site: Path) -> None:
    heading, *rows = rows_of(page_of(site, "comparisons/on-device"))
    cells = dict(zip(heading, zip(*rows, strict=True), strict=True))
    assert cells["Prefill speed, tokens/s"] == ("121; 330; not in tokens/s", "at least 1,000; not in tokens/s")
    assert cells["Prefill speed, ×"] == ("at least 10; 2 not in ×", "on average 22.4; not in ×")
    assert (ROOT / "docs/comparisons/on-device.yaml").is_file()
    assert GOOD
