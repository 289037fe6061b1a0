"""Citations, paths, terms and thresholds: what editors write, and what the checker and the pages make of it."""

import json
import re
from pathlib import Path

import pytest
from living_survey.model.citations import author_year, find_mentions, find_mistaken
from living_survey.model.page import EditorPage
from lxml import html

from tests.commands import mkdocs
from tests.commands import run_survey as run
from tests.fabricate import key, number, paper, to_yaml, write_registry, write_survey
from tests.formats.difficult import DIFFICULT, make


def add(folder: Path, n: int, **fields: object) -> None:
    """Write a made paper with further fields."""
    (folder / f"papers/{key(n)}.yaml").write_text(to_yaml({**paper(n), **fields}), encoding="utf-8")


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("As shown [@a2020b].", ["a2020b"]),
        ("Both [@a2020b; @c2021d], and @e2022f says so (@g2023h too).", ["a2020b", "c2021d", "e2022f", "g2023h"]),
        ("Mail me@example2020.org, ask @somebody, or \\@a2020b.", []),
        ("`[@a2020b]` and\n\n```\n[@a2020b]\n```\n<!-- [@a2020b] -->", []),
        ("[@a2020b](x.md) is a citation, [text @ home](y.md) is none.", ["a2020b"]),
        ("[@old-key_2020x]", ["old-key_2020x"]),
        ("[@key, p. 3] [@key p. 3] [-@key] [see @key]", ["key"] * 4),
        ("[see @a2020b, ch. 2; also -@c2021d]", ["a2020b", "c2021d"]),
        (
            "[@Wren:2020ab], @{Wren:2020ab} and [@{w:}, p. 3; @doi/10.5555/x]",
            ["Wren:2020ab"] * 2 + ["w:", "doi/10.5555/x"],
        ),
        ("[@a2020b;\nsee @c2021d]", ["a2020b", "c2021d"]),
        ("[see @a\n\nb @c]", []),
    ],
)
def test_what_is_a_citation(text: str, keys: list[str]) -> None:
    assert [mention.key for mention in find_mentions(text)] == keys


@pytest.mark.parametrize(
    "text",
    [
        "[@key; p. 2]", "[@a, @b]", "[@a @b]", "[cite:@key]", "-@a2020b",
        "“@a2020b”", "*@a2020b*", "_@a2020b_", "|@a2020b|", ">@a2020b",
        "[see @a2020b](x.md)", "[@a2020b, p. 3][x]",
        r"\cite{key}", r"\citep[see][p. 3]{a,b}", r"\citet*{key}", r"\Citet{key}", r"\autocite{key}", r"\textcite{key}",
        r"\parencite[3]{key}", r"\footcites(a)(b)[1]{key}{b}", r"\nocite{*}", r"\cite {key}",
        "{cite}`key`", "{cite:p}`key`", ":cite:`key`", ":cite:t:`key`", "{% cite key %}",
    ],
)  # fmt: skip
def test_what_other_programs_have_as_citations_is_told_from_text(text: str) -> None:
    [found] = find_mistaken(f"One.\n\nTwo {text} more.\n", 5)
    assert (found.line, found.column) == (7, 5 if text[0] not in "-“*_|>" else 6)
    assert found.text[:4] in text


@pytest.mark.parametrize(
    "text",
    [
        "[@a2020b] (@a2020b) @a2020b, [@a; @b].", "Mail me@example2020.org or [ada@example.org].",
        "Ask @somebody: yes.",
        "See https://example.social/@maria1999 and [her](https://example.social/@maria1999).", "pass@1, [pass@1]",
        r"\@a2020b and [\@somebody]", "`[@a, p. 3]` ``\\cite{x}``", "```\n[-@a]\n```\n", "<!-- \\cite{x} -->",
        "[text @ home]", "[^@a]", "excite {x}", "[link [@key] x]", "[@a2020b](x.md)", "[photo by @maria](x.md)",
        '<script>[{"@type": "Thing"}]</script>', "git@{1}", "a cite {x} or recited", "$x_{cite}$",
    ],
)  # fmt: skip
def test_what_is_no_citation_anywhere_is_left_alone(text: str) -> None:
    assert list(find_mistaken(text)) == []


def test_citations_know_their_place() -> None:
    mentions = list(find_mentions("One.\n\nTwo [@a2020b;\n@c2021d].\n## On @e2022f\n", 5))
    assert [(m.key, m.line, m.column, m.heading) for m in mentions] == [
        ("a2020b", 7, 6, False), ("c2021d", 8, 1, False), ("e2022f", 9, 7, True),
    ]  # fmt: skip


def test_words_are_counted_without_citations_and_rules_of_tables() -> None:
    page = EditorPage(
        "x.md", "x", {}, {}, "Two words [@a2020b; @c2021d].\n\n| a | b |\n|---|---|\n| 3.5× | <!-- no --> |\n"
    )
    assert page.words == 5


def test_equal_names_and_years_get_letters() -> None:
    one, two = (make(DIFFICULT["finch2020atlas"], name) for name in ("finch2020b", "finch2020a"))
    assert author_year([one, two]) == {
        "finch2020a": ("Finch and de la Cruz", "2020a"),
        "finch2020b": ("Finch and de la Cruz", "2020b"),
    }


@pytest.fixture
def survey(tmp_path: Path) -> Path:
    """A survey whose theme on song cites."""
    folder = write_survey(tmp_path / "survey", 8, settings={"attributes": {"place": "Place"}}).parent
    front = "---\ntitle: Song\ndefinition: What birds sing.\n---\n"
    text = f"Swifts scream [@{key(3)}; @{key(1)}], and @{key(7)} heard them.\n\nThe moult was late. A moult again.\n"
    (folder / "docs/themes/song.md").write_text(front + text, encoding="utf-8")
    terms = (
        '---\nterms:\n  - {term: moult, also: [moulting], definition: "Change of feathers; <b>all</b> of them."}\n---\n'
    )
    (folder / "docs/glossary.md").write_text(f"{terms}# Glossary\n\n<!-- survey:glossary -->\n", encoding="utf-8")
    path = f"---\npath:\n  - {{paper: {key(2)}, why: Start here.}}\n  - {{paper: {key(3)}, why: Then this.}}\n---\n"
    (folder / "docs/path.md").write_text(f"{path}# Path\n\n<!-- survey:path -->\n", encoding="utf-8")
    (folder / "docs/more.md").write_text(
        "# More\n\n<!-- survey:coverage theme kind -->\n\n<!-- survey:method -->\n", encoding="utf-8"
    )
    write_registry(folder)
    add(folder, 3, results=[number()], attributes={"place": "Oslo"})
    claims = [number("55"), number("15", "percent more", baseline="gulls", setting="=cmd()")]
    relations = [{"type": "extends", "paper": key(3)}]
    add(folder, 7, results=claims, summary=f"It answers [@{key(3)}] in full.", relations=relations)
    return folder


def page_of(folder: Path, address: str) -> html.HtmlElement:
    return html.fromstring((folder / "site" / address / "index.html").read_bytes())


def test_citations_become_links_with_a_list_at_the_end(survey: Path) -> None:
    done = mkdocs(survey / "mkdocs.yml", "--strict")
    assert done.returncode == 0, done.stderr
    page = page_of(survey, "themes/song")
    [first, second, bare] = page.xpath('//a[@class="survey-citation"]')
    assert [link.get("href") for link in (first, second, bare)] == [
        f"../../papers/{key(n)}/" for n in (3, 1, 7)
    ]  # fmt: skip
    assert re.fullmatch(r".+, \d{4}", first.text)
    assert re.fullmatch(r".+ \(\d{4}\)", bare.text)
    assert first.get("data-survey-about").startswith(str(paper(3)["title"]))
    listed = page.xpath('//ol[@class="survey-references"]/li/@id')
    assert sorted(listed) == sorted(f"ref-{key(n)}" for n in (1, 3, 7))
    places = page.xpath('//a[@class="survey-citation"]/@data-survey-place')
    assert [listed[int(place) - 1] for place in places] == [f"ref-{key(n)}" for n in (3, 1, 7)]
    headings = page.xpath("//h2[not(ancestor::aside)]")
    titles = [heading.text_content().rstrip("¶").strip() for heading in headings]
    assert titles == ["References", "Also in this theme", "Papers", "Compare", "Relations", "Results"]
    assert page.xpath('//*[@class="survey-view"]/@id') == ["read", "papers", "compare", "results"]
    terms = page.xpath('//a[@class="survey-term"]')
    assert [(link.text, link.get("href")) for link in terms] == [("moult", "../../glossary/#moult")]
    assert page_of(survey, "glossary").xpath('//dt[@id="moult"]')
    summary = page_of(survey, f"papers/{key(7)}").xpath('//a[@class="survey-citation"]')
    assert [link.get("href") for link in summary] == [f"../../papers/{key(3)}/"]
    steps = page_of(survey, "path").xpath('//ol[@class="survey-path"]/li')
    assert [step.xpath("./p")[-1].text_content() for step in steps] == ["Start here.", "Then this."]
    more = page_of(survey, "more")
    marks = more.xpath('//table[@class="survey-coverage"]//td/a')
    assert {int(link.text_content()) for link in marks}
    listed = {link.get("href") for link in more.xpath("//details/dl/dt/a")}
    assert {link.get("href") for link in marks} == listed
    assert "papers/?theme=song&kind=experiment" in {href.removeprefix("../") for href in listed}
    assert "Included: 8" in more.text_content()


def test_numbers_are_files_whose_cells_start_no_formula(survey: Path) -> None:
    mkdocs(survey / "mkdocs.yml", "--strict")
    rows = json.loads((survey / "site/api/results.json").read_text(encoding="utf-8"))
    assert sorted((row["key"], row["metric"], row["value"], row["unit"]) for row in rows) == [
        (key(7), "speed", 15, "percent more"), (key(7), "speed", 55, "km/h"), (key(3), "speed", 40, "km/h"),
    ]  # fmt: skip
    csv = (survey / "site/themes/song/results.csv").read_text(encoding="utf-8")
    assert ",'=cmd()," in csv
    assert ",=cmd" not in csv
    assert "flies" not in csv  # quotes are in no file


def test_papers_that_a_text_does_not_cite_are_listed_and_named(survey: Path) -> None:
    done = run(survey, "check")
    assert done.returncode == 0
    words = f"docs/themes/song.md:1:1: warning: 2 of 4 papers of song are not cited: {key(4)}, {key(5)} ["
    assert words in done.stdout
    assert mkdocs(survey / "mkdocs.yml", "--strict").returncode == 0
    page = page_of(survey, "themes/song")
    also = page.xpath('//h2[@id="also"]/following-sibling::ul[1]//a/@href')
    assert also == [f"../../papers/{key(n)}/" for n in (4, 5)]


@pytest.mark.parametrize(
    ("file", "old", "new", "report"),
    [
        ("docs/themes/song.md", f"@{key(7)}", "@bird1995study77", "docs/themes/song.md:5:55: error: unknown paper"),
        (
            "docs/themes/song.md",
            "The moult",
            f"## A [@{key(7)}]",
            "docs/themes/song.md:7:7: error: citation in a heading",
        ),
        (
            "docs/themes/song.md",
            f"[@{key(3)}; @{key(1)}]",
            f"[@{key(3)}, @{key(1)}]",
            f"docs/themes/song.md:5:15: error: [@{key(3)}, @{key(1)}] is not a citation [",
        ),
        ("docs/more.md", "# More", "# More\n\nAs \\citep[3]{x} says", "docs/more.md:3:4: error: \\citep[3]{x} is not"),
        (
            "docs/path.md",
            "why: Start here.",
            "why: ''",
            "docs/path.md:3:5: error: bird2009study2 is on the reading path",
        ),
        ("docs/path.md", key(2), "bird1999nothing", "docs/path.md:3:5: error: unknown paper: bird1999nothing"),
        ("docs/glossary.md", "term: moult", "term: ''", "docs/glossary.md:3:5: error: a term needs a name"),
    ],
)
def test_mistakes_of_editors_have_their_place(survey: Path, file: str, old: str, new: str, report: str) -> None:
    path = survey / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")
    done = run(survey, "check")
    assert done.returncode == 1
    assert report in done.stdout


def test_a_summary_cites_what_there_is(survey: Path) -> None:
    add(survey, 5, summary="As [@bird2009study22] says.")
    done = run(survey, "check")
    assert f"papers/{key(5)}.yaml" in done.stdout
    assert 'unknown paper: bird2009study22 [citation-unknown]\n    did you mean "bird2009study2"?' in done.stdout
    add(survey, 5, summary=f"As [@{key(2)}, @{key(1)}] says.")
    (survey / "papers/broken2024x.yaml").write_text("title: x\n", encoding="utf-8")
    done = run(survey, "check")
    lines = (survey / f"papers/{key(5)}.yaml").read_text(encoding="utf-8").splitlines()
    place = f"papers/{key(5)}.yaml:{next(n for n, line in enumerate(lines, 1) if line.startswith('summary'))}:1"
    assert f"{place}: error: [@{key(2)}, @{key(1)}] is not a citation" in done.stdout


def test_screening_is_counted_and_checked(survey: Path) -> None:
    file = survey / "docs/screening.yaml"
    file.write_text(
        "duplicates: 2\nreasons: {off-topic: Not about birds}\nrecords:\n  - {title: On bats, reason: off-topic}\n",
        encoding="utf-8",
    )
    assert mkdocs(survey / "mkdocs.yml", "--strict").returncode == 0
    text = page_of(survey, "more").text_content()
    assert "Identified: 11" in text
    assert "Excluded: 1 (off topic 1)" in text
    assert "On bats: Not about birds" in text
    file.write_text("reasons: {off-topic: x}\nrecords:\n  - {title: On bats, reason: of-topic}\n", encoding="utf-8")
    done = run(survey, "check")
    assert done.returncode == 1
    assert "docs/screening.yaml:3:5: error: record without a title or without a declared reason" in done.stdout


def test_thresholds_are_counted_and_missed_ones_named(tmp_path: Path) -> None:
    content = {"summary_words": [3, 5], "theme_words": [2, 400], "subtheme_words": [5, 9], "cited": 50, "results": 1}
    folder = write_survey(tmp_path / "survey", 2, settings={"content": content}).parent
    add(folder, 1, summary="Four words are here.")
    done = run(folder, "check", "--content")
    assert done.returncode == 1
    assert (
        f"papers/{key(2)}.yaml:1:1: error: the summary has 0 words [content-missed]\n    required: 3 to 5"
        in done.stdout
    )
    assert (
        "docs/themes/flight/height.md:1:1: error: the text has 3 words [content-missed]\n    required: 5 to 9"
        in done.stdout
    )
    assert "papers: error: 0 papers have results [content-missed]\n    required: at least 1" in done.stdout
    assert "cites 0% of its papers" in done.stdout
    assert "1 summaries: 4 to 4 words" in done.stderr


def test_sentences_of_abstracts_are_found(tmp_path: Path) -> None:
    folder = write_survey(tmp_path / "survey", 1).parent
    abstract = "We followed one hundred swifts from their nests to the sea and back again."
    (folder / "listing.json").write_text(json.dumps([{"title": "T", "abstract": abstract}]), encoding="utf-8")
    add(folder, 1, summary="They followed one hundred swifts from their nests to the lakes.")
    done = run(folder, "check", "--against", "listing.json")
    assert done.returncode == 1
    assert "followed one hundred swifts from their nests to" in done.stdout
    add(folder, 1, summary="They followed a hundred swifts to the lakes.")
    assert run(folder, "check", "--against", "listing.json").returncode == 0
