"""The built site as its readers and their programs meet it."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import cast
from urllib.parse import unquote, urldefrag, urljoin, urlsplit

import html5lib
import pytest
from living_survey.loading.settings import load_settings
from living_survey.loading.survey import load_survey
from living_survey.model.labels import label
from living_survey.model.published import published_version
from living_survey.model.survey import Survey
from lxml import etree, html

from tests.commands import ROOT, mkdocs, snapshot
from tests.effort import times

LINKS = {"a": "href", "link": "href", "script": "src", "img": "src"}


def pages(site: Path) -> Iterator[tuple[str, Path]]:
    """Yield (address, file) of every page."""
    for file in sorted(site.rglob("*.html")):
        path = file.relative_to(site).as_posix()
        yield path.removesuffix("index.html"), file


def survey() -> Survey:
    """Return the survey of this repository."""
    return load_survey(load_settings(ROOT / "mkdocs.yml"))[0]


def letters(text: str) -> str:
    """Return text without what names are written with or without: spaces, hyphens, capitals."""
    return re.sub(r"[\W_]", "", text).lower()


def texts(page: html.HtmlElement, path: str) -> list[str]:
    """Return what an XPath to text or attributes finds."""
    return [str(found) for found in cast("list[str]", page.xpath(path))]


@pytest.fixture(scope="module", params=["this survey", "birds"])
def any_site(request: pytest.FixtureRequest) -> Path:
    """Return this survey's site and then another one's."""
    if request.param == "this survey":
        return Path(request.getfixturevalue("site"))
    return Path(request.getfixturevalue("birds")) / "site"


def test_every_internal_link_and_anchor_resolves(any_site: Path) -> None:
    site_path = "/" if (any_site / "papers/borzunov2023distributed").exists() else "/survey/"
    trees = {address: html.fromstring(file.read_bytes()) for address, file in pages(any_site)}
    anchors = {address: {node.get("id") for node in tree.iter() if node.get("id")} for address, tree in trees.items()}
    broken = []
    for address, tree in trees.items():
        for node in tree.iter(*LINKS):
            link = node.get(LINKS[node.tag])
            if not link or urlsplit(link).scheme:
                continue
            target, fragment = urldefrag(urljoin(f"http://x{site_path}{address}", link))
            path = unquote(urlsplit(target).path)
            if not path.startswith(site_path):
                broken.append((address, link))
                continue
            path = path.removeprefix(site_path)
            file = any_site / path / "index.html" if path.endswith("/") or not path else any_site / path
            if not file.is_file() or (fragment and path in anchors and fragment not in anchors[path]):
                broken.append((address, link))
    assert broken == []
    assert len(trees) > 50


def test_every_page_parses_without_errors_and_ids_are_unique(any_site: Path) -> None:
    wrong = []
    for address, file in list(pages(any_site))[:: times(5, 1, 1)]:  # the parser takes its time
        parser = html5lib.HTMLParser()
        document = parser.parse(file.read_text(encoding="utf-8"))
        wrong += [(address, *error) for error in parser.errors]
        ids = [node.get("id") for node in document.iter() if node.get("id")]
        wrong += [(address, one) for one in set(ids) if ids.count(one) > 1]
    assert wrong == []


NOT_FETCHED = {
    "canonical", "alternate describedby", "edit", "cite-as", "item", "type", "collection", "license", "author",
}  # fmt: skip
"""Relations that a browser does not follow by itself."""


def test_pages_load_nothing_from_elsewhere(any_site: Path) -> None:
    foreign = []
    for address, file in pages(any_site):
        tree = html.fromstring(file.read_bytes())
        for node in tree.iter("script", "img", "iframe", "link", "source"):
            if node.tag == "link" and node.get("rel") in NOT_FETCHED:
                continue
            link = node.get("src") or node.get("href") or ""
            if urlsplit(link).netloc:
                foreign.append((address, link))
    styles = [
        file for file in any_site.rglob("*.css") if re.search(r"url\(['\"]?https?:", file.read_text(encoding="utf-8"))
    ]
    assert foreign == []
    assert styles == []


def test_two_builds_are_equal(site: Path, tmp_path: Path) -> None:
    done = mkdocs(ROOT / "mkdocs.yml", "--strict", "-d", str(tmp_path / "again"))
    assert done.returncode == 0, done.stderr
    assert snapshot(tmp_path / "again") == snapshot(site)


def test_the_listing_is_covered_once(site: Path) -> None:
    papers = survey().papers.values()
    positions = sorted(paper.provenance.position for paper in papers if paper.provenance and paper.provenance.position)
    assert positions == list(range(1, 120))
    assert len(list(site.glob("papers/*/*.bib"))) == 119


def test_bibliographies_add_up(site: Path) -> None:
    def keys(path: str) -> set[str]:
        return set(re.findall(r"^@\w+\{(.+),$", (site / path).read_text(encoding="utf-8"), re.MULTILINE))

    whole = survey()
    assert keys("bib/survey.bib") == set(whole.papers)
    for theme in whole.taxonomy.by_path.values():
        below = [keys(f"bib/themes/{child.path}.bib") for child in theme.children]
        direct = {paper.key for paper in whole.papers.values() if theme.path in (paper.themes or ())}
        assert keys(f"bib/themes/{theme.path}.bib") == direct.union(*below)


def test_preprints_that_appeared_elsewhere_say_so_and_stand_at_that_venue(site: Path) -> None:
    found = {paper.key: version for paper in survey().papers.values() if (version := published_version(paper))}
    assert len(found) >= 16
    for key, version in found.items():
        page = html.parse(site / f"papers/{key}/index.html")
        said = page.find(".//p[@class='survey-published-as']")
        assert said is not None
        venue = version.venue.name if version.venue else ""
        assert said.text_content() == f"Published as {version.title}, {venue}, {version.year}."
        listed = (site / f"papers/{key}" / texts(said, "a/@href")[-1] / "index.html").read_text(encoding="utf-8")
        assert f"(published version, {version.year})" in listed
        assert f"papers/{key}/" in listed
        for ending, count in (("bib", 2), ("ris", 1)):
            records = (site / f"papers/{key}/{key}.{ending}").read_text(encoding="utf-8")
            assert len(re.findall(r"^(?:@|TY  - )", records, re.MULTILINE)) == count
        assert f"ID  - {key}-published" in (site / f"papers/{key}/{key}-published.ris").read_text(encoding="utf-8")


def test_works_outside_the_survey_have_a_page_and_a_file(site: Path) -> None:
    works = json.loads((site / "api/external.json").read_text(encoding="utf-8"))
    rows = html.parse(site / "outside/index.html").findall(".//tbody/tr")
    assert len(rows) == len(works) > 100
    for row, work in zip(rows, works, strict=True):
        assert (row[0].text or "").strip() == work["title"]
        assert row[-2].text == str(work["papers"] + work.get("texts", 0))
        assert len(row[-1].findall("a")) == len(work["named_by"]) + len(work.get("named_in", ()))
    counts = [work["papers"] + work.get("texts", 0) for work in works]
    assert counts == sorted(counts, reverse=True)
    assert {work["ids"][0] for work in works if "found_in" in work} >= {"2309.06180", "10.1145/1498765.1498785"}
    named = sum(bool(one.external) for paper in survey().papers.values() for one in paper.relations or ())
    assert sum(len(work["named_by"]) for work in works) == named


def test_the_table_of_surveys_has_each_survey_and_theme_once(site: Path) -> None:
    whole, page = survey(), html.parse(site / "coverage/index.html")
    [table] = [one for one in page.findall(".//table") if one.find("thead/tr/th/a") is not None]
    keys = [re.sub(r".*papers/|/$", "", address) for address in texts(table, "tbody/tr/th/a/@href")]
    assert keys == [paper.key for paper in whole.newest if paper.kind == "survey"]
    assert len(table.findall("thead/tr/th")) == len(whole.taxonomy.themes) + 2
    assert table.text_content().count("✓") >= len(keys)


def test_the_taxonomy_keeps_its_rules() -> None:
    whole = survey()
    themes = whole.taxonomy.by_path.values()
    leaves = [theme for theme in themes if not theme.children]
    assert 10 <= len(whole.taxonomy.themes) <= 14
    assert 30 <= len(themes) <= 45
    assert [theme.path for theme in leaves if not 2 <= len(whole.by_theme[theme.path]) <= 20] == []
    assert [theme.path for theme in themes if theme.path.count("/") > 1] == []
    assert whole.unfiled == []


def test_sitemaps_name_every_page_and_nothing_else(birds: Path) -> None:
    site, base, locations = birds / "site", "https://birds.example.org/survey/", []
    for name in etree.parse(site / "sitemap-index.xml").iterfind(".//{*}loc"):
        file = site / str(name.text).rpartition("/")[2]
        locations += [str(found.text) for found in etree.parse(file).iterfind(".//{*}loc")]
    expected = {base + address for address, _ in pages(site) if address != "404.html"}
    assert sorted(locations) == sorted(expected)
    assert f"Sitemap: {base}sitemap-index.xml" in (site / "robots.txt").read_text(encoding="utf-8")


def test_search_knows_every_paper_by_title_author_name_theme_and_tldr(site: Path) -> None:
    rows = {row[0]: row for row in json.loads((site / "search/records.json").read_text(encoding="utf-8"))}
    assert list(rows) == sorted(survey().papers)
    for key, paper in survey().papers.items():
        assert rows[key][1:3] == [paper.title.text, paper.short_name or ""]
        assert [" ".join(name.split("\t")) for name in rows[key][3]] == [author.name for author in paper.authors]
    *_, themes, attributes, tldr = rows["lin2024infinitellm"]
    assert themes == ["serving/long-context", "serving/distributed"]
    assert attributes.startswith("system; distributed attention")
    assert "distributed over a data center" in tldr
    guides = json.loads((site / "search/guides.json").read_text(encoding="utf-8"))
    assert not [address for address, *_ in guides if "slot" in address]
    hosts = json.loads((site / "search/search_index.json").read_text(encoding="utf-8"))["docs"]
    assert not [
        one["location"] for one in hosts if one["location"].startswith("papers/") and one["location"] != "papers/"
    ]


def test_no_placeholder_is_left_anywhere(any_site: Path) -> None:
    left = [
        path for path, content in snapshot(any_site).items() if b"surveyslot" in content or b"survey-block-" in content
    ]
    assert left == []
    assert [path for path in snapshot(any_site) if path.startswith((".", "x/", "survey-slot"))] == [".survey-site"]


def test_long_lists_are_cut_with_next_and_previous(birds: Path) -> None:
    site = birds / "site"
    first, second, last = (
        html.fromstring((site / path / "index.html").read_bytes())
        for path in ("papers", "papers/page/2", "papers/page/5")
    )
    assert [len(texts(page, '//li[@class="survey-entry"]/p[1]/a/@href')) for page in (first, second, last)] == [
        10,
        10,
        5,
    ]
    assert texts(second, '//nav/a[@rel="prev"]/@href') == ["../../../papers/"] * 2
    assert texts(second, '//nav/a[@rel="next"]/@href') == ["../../../papers/page/3/"] * 2
    assert texts(last, '//nav/a[@rel="next"]/@href') == []
    assert not (site / "papers/page/6").exists()


def test_a_generated_page_says_in_its_head_what_it_is(birds: Path) -> None:
    page = html.fromstring((birds / "site/papers/bird2002study1/index.html").read_bytes())
    assert page.findtext(".//title") == "Swift migration: field study 1 & 100% of its data - Birds, a survey"
    assert texts(page, '//meta[@name="description"]/@content')[0].startswith("Follows flock F21")
    assert texts(page, '//link[@rel="canonical"]/@href') == ["https://birds.example.org/survey/papers/bird2002study1/"]
    assert texts(page, '//link[@rel="alternate describedby" and @type="application/x-bibtex"]/@href') == [
        "bird2002study1.bib"
    ]
    edit = texts(page, '//a[@rel="edit"]/@href')
    assert edit == ["https://github.com/birds/survey/edit/main/papers/bird2002study1.yaml"]


def test_authors_have_a_page_from_two_papers_on_and_a_line_before(birds: Path) -> None:
    page = html.fromstring((birds / "site/papers/bird2002study1/index.html").read_bytes())
    links = texts(page, '//p[@class="survey-authors"]/a/@href')
    assert links
    for link in links:
        path, _, fragment = link.removeprefix("../../").partition("#")
        assert (birds / "site" / path / "index.html").is_file()
        assert bool(fragment) == bool(re.fullmatch(r"authors/[a-z0]/(page/\d+/)?", path))


def test_scripts_and_the_page_for_missing_addresses_find_their_words(any_site: Path) -> None:
    paper = html.fromstring(next(any_site.glob("papers/*/index.html")).read_bytes())
    for attribute, name in (("tabs", "ways"), ("copied", "copied"), ("copy-by-hand", "copy_by_hand")):
        assert texts(paper, f"//*[@data-survey-tabs]/@data-survey-{attribute}") == [label(f"cite.{name}")]
    missing = html.fromstring((any_site / "404.html").read_bytes())
    assert texts(missing, "//article//h1/text()") == [label("not_found.title")]
