"""Where the survey discusses a paper, and what becomes of its texts when a paper is retracted."""

import json
from pathlib import Path
from typing import Any

import pytest
from living_survey.formats.paper_file import to_yaml
from lxml import html

from tests.commands import mkdocs
from tests.commands import run_survey as run
from tests.fabricate import key, paper, write_survey

ONE, TWO, THREE = key(1), key(2), key(3)
SONG = f"""---
title: Song
definition: What birds sing.
---
Swifts scream & sing [@{ONE}; @{TWO}]. Nobody heard `[@{ONE}]` twice, as @{ONE} says.
"""


def add(folder: Path, n: int, **fields: object) -> None:
    """Write a made paper with further fields."""
    (folder / f"papers/{key(n)}.yaml").write_text(to_yaml({**paper(n), **fields}), encoding="utf-8")


@pytest.fixture
def survey(tmp_path: Path) -> Path:
    """A survey with a theme, a reading path, a page and a summary that cite a retracted paper and a superseded one."""
    folder = write_survey(tmp_path / "survey", 8).parent
    add(folder, 1, status="retracted", status_since="2026-10-02", status_notice="https://example.org/notice")
    later = [{"type": "later-version-of", "paper": TWO}]
    add(folder, 3, relations=later, summary=f"It goes on from [@{ONE}].", added="2026-11-01")
    (folder / "docs/themes/song.md").write_text(SONG, encoding="utf-8")
    steps = f"path:\n  - {{paper: {ONE}, why: Start here.}}\n  - {{paper: {key(4)}, why: Then this.}}\n"
    path = f"---\n{steps}---\n# First steps\n\nRead on [@{key(4)}].\n\n<!-- survey:path -->\n"
    (folder / "docs/path.md").write_text(path, encoding="utf-8")
    more = f"---\ntitle: More\n---\nText [@{key(4)}].\n\n    [@{key(4)}]\n\n<div>[@{key(4)}]</div>\n"
    (folder / "docs/more.md").write_text(more, encoding="utf-8")
    return folder


def page_of(site: Path, address: str) -> Any:
    return html.fromstring((site / address / "index.html").read_bytes())


def anchors(site: Path) -> set[str]:
    """Return the address of each citation on the pages of a site."""
    found = list[str]()
    for file in site.rglob("index.html"):
        page: Any = html.fromstring(file.read_bytes())
        ids = page.xpath("//article//@id[starts-with(., 'c-')]")
        found += [f"{file.parent.relative_to(site).as_posix()}/#{name}" for name in ids]
    assert len(found) == len(set(found))
    return set(found)


def backlinks(site: Path) -> list[str]:
    """Return the addresses to which the papers' pages lead as places where the survey discusses them."""
    found = list[str]()
    for file in (site / "papers").glob("*/index.html"):
        page: Any = html.fromstring(file.read_bytes())
        links = page.xpath("//ul[@class='survey-discussed']//a/@href")
        assert all(link.startswith("../../") for link in links)
        assert all(f"#c-{file.parent.name}-" in link for link in links)
        found += [link.removeprefix("../../") for link in links]
    return found


def test_every_citation_of_this_survey_is_a_backlink(site: Path) -> None:
    found = backlinks(site)
    assert len(found) > 600
    assert set(found) == anchors(site)
    assert len(found) == len(set(found))
    rows = json.loads((site / "api/papers.json").read_text(encoding="utf-8"))
    cited = [f"{place['page']}#{place['id']}" for row in rows for place in row.get("cited_in", ())]
    assert sorted(cited) == sorted(found)


def test_a_paper_names_the_sentences_that_cite_it(survey: Path) -> None:
    done = mkdocs(survey / "mkdocs.yml", "--strict")
    assert done.returncode == 0, done.stderr
    site = survey / "site"
    assert set(backlinks(site)) == anchors(site)
    lines = page_of(site, f"papers/{ONE}").xpath("//ul[@class='survey-discussed']/li")
    assert [line.text_content() for line in lines] == [
        "Song: Swifts scream & sing.",
        f"Song: Nobody heard [@{ONE}] twice, as Ørsted and Šimek says.",
        "First steps: Start here.",
        "Plover migration: field study 3 & 100% of its data: It goes on from.",
    ]
    # What Markdown takes for code or for HTML is nothing to lead to.
    more = [link for link in backlinks(site) if link.startswith("more/")]
    assert more == [f"more/#c-{key(4)}-1"]
    assert [place for row in rows_of(site) for place in row.get("cited_in", ()) if place["page"] == "more/"] == [
        {"page": "more/", "id": f"c-{key(4)}-1"}
    ]
    assert [name for row in rows_of(site) if row["key"] == TWO for name in row["superseded_by"]] == [THREE]


def rows_of(site: Path) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = json.loads((site / "api/papers.json").read_text(encoding="utf-8"))
    return rows


def test_what_rests_on_a_retracted_paper_is_marked_until_it_was_revised(survey: Path) -> None:
    assert mkdocs(survey / "mkdocs.yml", "--strict").returncode == 0
    page = page_of(survey / "site", "themes/song")
    marks = [(mark.text, mark.get("href")) for mark in page.xpath("//p//a[@class='survey-mark']")]
    assert marks == [
        ("(retracted)", f"../../papers/{ONE}/"),
        ("(superseded by Nuthatch et al., 2016)", f"../../papers/{THREE}/"),
        ("(retracted)", f"../../papers/{ONE}/"),
    ]
    [notice] = page.xpath("//aside[contains(@class, 'survey-leans')]")
    assert notice.getprevious().tag == "h1"
    said = [one.text_content() for one in notice.xpath("./p")]
    assert said[1].startswith("2 sentences rest on a paper retracted on 2 Oct 2026. ")
    assert said[2].startswith("1 sentence rests on a paper superseded on 1 Nov 2026 by Nuthatch et al. (2016). ")
    spots = notice.xpath(".//li/a/@href")
    assert spots == [f"#c-{ONE}-1", f"#c-{ONE}-2", f"#c-{TWO}-1"]
    assert all(page.get_element_by_id(spot[1:]).tag == "a" for spot in spots)
    path = page_of(survey / "site", "path")
    assert path.xpath("//ol[@class='survey-path']/li[1]//a[@class='survey-mark']/text()") == ["(retracted)"]
    assert path.xpath("//aside//li/a/@href") == [f"#c-{ONE}-1"]
    records = (survey / "site/search/search_index.json").read_text(encoding="utf-8")
    assert "rests on a paper" not in records
    assert "rest on a paper" not in records

    song, path_file = survey / "docs/themes/song.md", survey / "docs/path.md"
    song.write_text(
        SONG.replace("\n---\n", f"\nreviewed: {{{ONE}: 2026-10-02, {TWO}: 2026-10-31}}\n---\n"),
        encoding="utf-8",
    )
    text = path_file.read_text(encoding="utf-8")
    path_file.write_text(text.replace("path:", f"reviewed:\n  {ONE}: 2026-11-27\npath:", 1), encoding="utf-8")
    assert mkdocs(survey / "mkdocs.yml", "--strict").returncode == 0
    page = page_of(survey / "site", "themes/song")
    assert page.xpath("//p//a[@class='survey-mark']/text()") == ["(superseded by Nuthatch et al., 2016)"]
    assert len(page.xpath("//aside[contains(@class, 'survey-leans')]//li")) == 1
    assert page_of(survey / "site", "path").xpath("//*[@class='survey-mark'] | //aside") == []
    # The paper itself is labelled as before.
    listed = page_of(survey / "site", "papers").xpath("//strong[@class='survey-retracted']/text()")
    assert listed == ["retracted"]


def test_the_check_names_what_is_open_and_strict_fails(survey: Path) -> None:
    assert run(survey, "check").returncode == 0
    done = run(survey, "check", "--strict")
    assert done.returncode == 1
    place = "docs/themes/song.md:5:23"
    assert f"{place}: warning: rests on {ONE}, retracted on 2026-10-02 [rests-on-retracted]\n    revise" in done.stdout
    assert f"    revise it, then write reviewed: {{{ONE}: DATE}} in the front matter" in done.stdout
    assert f"docs/themes/song.md:5:40: warning: rests on {TWO}, superseded by {THREE} since 2026-11-01" in done.stdout
    assert f"docs/path.md:3:5: warning: rests on {ONE}" in done.stdout
    reviewed = f"\nreviewed: {{{ONE}x: 2026-10-02, {TWO}: soon}}\n---\n"
    (survey / "docs/themes/song.md").write_text(SONG.replace("\n---\n", reviewed), encoding="utf-8")
    done = run(survey, "check")
    assert f"docs/themes/song.md:4:12: error: unknown paper: {ONE}x [citation-unknown]\n    did you mean" in done.stdout
    assert f"docs/themes/song.md:4:{27 + len(ONE)}: error: reviewed.{TWO}: soon is not a date" in done.stdout


def test_a_renaming_reaches_what_was_revised(survey: Path) -> None:
    song = survey / "docs/themes/song.md"
    reviewed = f"reviewed:\n  {TWO}: 2026-11-02  # a look\n  {ONE}: 2026-10-02\n"
    song.write_text(SONG.replace("\n---\n", f"\n{reviewed}---\n"), encoding="utf-8")
    more = survey / "docs/more.md"
    more.write_text(f"---\nreviewed: {{{ONE}: 2026-10-02}}\nnote: {{{ONE}: x}}\n---\n# More\n", encoding="utf-8")
    done = run(survey, "mv", ONE, "wren2002swifts")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "docs/more.md: front matter" in done.stdout
    text = song.read_text(encoding="utf-8")
    assert f"reviewed:\n  {TWO}: 2026-11-02  # a look\n  wren2002swifts: 2026-10-02\n---\n" in text
    front = f"---\nreviewed: {{wren2002swifts: 2026-10-02}}\nnote: {{{ONE}: x}}\n"
    assert more.read_text(encoding="utf-8").startswith(front)
    assert [line for line in run(survey, "check").stdout.splitlines() if "song.md" in line and "rests" in line] == []


def test_sentences_are_plain_text_and_pages_that_are_not_published_are_not_named(tmp_path: Path) -> None:
    config = write_survey(tmp_path / "survey", 4, config={"exclude_docs": "draft.md"})
    text = f'# A *page*\n\n<i onclick="x">All</i> &lt;b&gt; "birds" **do** R&D <https://example.org> [@{ONE}].\n'
    (config.parent / "docs/more.md").write_text(text, encoding="utf-8")
    (config.parent / "docs/draft.md").write_text(f"# Draft\n\nNot yet [@{ONE}].\n", encoding="utf-8")
    themes = f"---\ntitle: All & themes\nreviewed: {{{ONE}: 2026-10-02}}\n---\n# All\n\nAs @{ONE} says.\n"
    (config.parent / "docs/themes/index.md").write_text(themes, encoding="utf-8")
    done = mkdocs(config, "--strict")
    assert done.returncode == 0, done.stderr
    site = config.parent / "site"
    [listed] = page_of(site, f"papers/{ONE}").xpath("//ul[@class='survey-discussed']")
    assert [line.text_content() for line in listed] == [
        'A page: All <b> "birds" do R&D https://example.org.',
        "All & themes: As Ørsted and Šimek says.",
    ]
    assert {element.tag for element in listed.iter()} == {"ul", "li", "a"}
    assert set(backlinks(site)) == anchors(site)
    (config.parent / "docs/themes/index.md").write_text(themes.replace("2026-10-02", "soon"), encoding="utf-8")
    assert "docs/themes/index.md:3:12: error: reviewed." in run(config.parent, "check").stdout
