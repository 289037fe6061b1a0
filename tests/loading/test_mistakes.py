"""Every mistake a contributor makes: a file beside the report that it gets.

``mistakes/<name>.yaml`` is put into a survey of its own, whose registry has the names of `REGISTRY`;
``mistakes/<name>.txt`` is what the checker says.
"""

import shutil
from pathlib import Path
from typing import Any

import pytest
from living_survey.loading.citation import load_citation
from living_survey.loading.settings import load_settings
from living_survey.loading.survey import inspect, load_survey
from living_survey.syntax.problems import Problem, to_text

from tests.commands import ROOT
from tests.fabricate import key, paper, to_yaml, write_survey

MISTAKES = sorted((ROOT / "tests/mistakes").glob("*.yaml"))
REGISTRY = """\
families:
  speed: {title: Speed, alike: [baseline, model, hardware]}
  quality: {title: Quality}
  size: {title: Sizes, list: scale}
units:
  rate: {km/h: 1, m/s: 3.6}
  share: {percent: 1}
metrics:
  flight-speed: {family: speed, better: higher, units: [km/h], means: Way flown in a time, also: [speed in the air]}
  return-rate: {family: quality, better: higher, units: [percent], means: Share of birds that come back}
  birds: {family: size, counts: birds, means: Birds that were followed}
baselines:
  resting: {label: Bird at rest, kind: plain}
  heron: {label: Grey heron, kind: named, also: [egret]}
  unnamed: {label: something that is not named, kind: unnamed, vague: true}
  unstated: {label: not said against what, kind: unnamed, vague: true}
benchmarks:
  spring-count: {label: Spring Count}
models:
  swift-7b: {label: Swift 7B, size: 7B}
  egret-1b: {label: Egret 1B, also: [egret]}
hardware:
  gps-tag: {label: GPS tag}
"""
"""Names for the numbers of papers with a mistake."""


def problems_of(config: Path) -> list[Problem]:
    """Return what is wrong with a survey, its form and names that nothing uses apart."""
    problems = inspect(load_settings(config)).problems
    return [one for one in problems if one.code not in ("file-not-canonical", "registry-unused")]


def report_of(folder: Path, files: dict[str, dict[str, Any] | bytes], **settings: Any) -> str:
    """Write a survey with these paper files and return what is wrong with it."""
    config = write_survey(folder / "survey", settings=settings)
    for name, content in files.items():
        raw = content if isinstance(content, bytes) else to_yaml(content).encode()
        (config.parent / "papers" / name).write_bytes(raw)
    return to_text(problems_of(config))


@pytest.mark.parametrize("file", MISTAKES, ids=lambda file: file.stem)
def test_each_mistake_gets_its_report(file: Path, tmp_path: Path) -> None:
    config = write_survey(tmp_path / "survey")
    (config.parent / "docs/registry.yaml").write_text(REGISTRY, encoding="utf-8")
    shutil.copy(file, config.parent / "papers" / file.name)
    assert to_text(problems_of(config)) + "\n" == file.with_suffix(".txt").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        (b"title: caf\xe9\n", "papers/a.yaml:1:11: error: the byte 0xe9 is not UTF-8"),
        (b"\xef\xbb\xbftitle: x\n", "papers/a.yaml:1:1: error: the file starts with a byte order mark"),
        (b"title: a\x00b\n", "papers/a.yaml:1:9: error: invisible character U+0000"),
        ("title: a\u202eb\n".encode(), "papers/a.yaml:1:9: error: invisible character U+202E"),
        (b"title: " + b"[" * 100_000, "papers/a.yaml:1:19: error: more than 12 levels of nesting"),
        (b"a: &a [x]\n" + b"".join(b"b%d: &b%d [*a, *a]\n" % (n, n) for n in range(40)), "a.yaml:1:4: error: anchors"),
    ],
    ids=["not UTF-8", "byte order mark", "NUL", "bidirectional override", "nesting", "alias bomb"],
)
def test_hostile_bytes_are_refused_with_their_place(raw: bytes, expected: str, tmp_path: Path) -> None:
    assert expected in report_of(tmp_path, {"a.yaml": raw})


def test_a_file_of_50_megabytes_is_refused_unread(tmp_path: Path) -> None:
    config = write_survey(tmp_path / "survey")
    with (config.parent / "papers/big2020file.yaml").open("wb") as file:
        file.truncate(50_000_000)
    assert to_text(problems_of(config)) == (
        "papers/big2020file.yaml:1:1: error: the file has 50,000,000 bytes; at most 524,288 are read [file-too-large]\n"
        "    shorten it"
    )


def test_other_kinds_and_other_endings_are_refused(tmp_path: Path) -> None:
    config = write_survey(tmp_path / "survey")
    (config.parent / "papers/wren2020swifts.yml").write_text("title: x\n")
    (config.parent / "papers/folder").mkdir()
    assert [problem.message for problem in problems_of(config)] == [
        "not a regular file",
        "the file name does not end in .yaml",
    ]


def test_keys_that_differ_in_case_only(tmp_path: Path) -> None:
    (tmp_path / "case").touch()
    if (tmp_path / "CASE").exists():
        pytest.skip("on this disk files cannot differ only in case")
    report = report_of(tmp_path, {"wren2020a.yaml": paper(1), "Wren2020a.yaml": paper(2)})
    assert "the keys Wren2020a and wren2020a differ only in case" in report


def test_two_files_for_one_work(tmp_path: Path) -> None:
    doi = {**paper(1), "doi": "10.5555/SAME"}
    version = {**paper(2), "versions": [{"title": "Earlier", "doi": "10.5555/same"}]}
    arxiv = {**paper(3), "arxiv": "2001.00001"}
    arxiv_doi = {**paper(4), "doi": "10.48550/arXiv.2001.00001"}
    report = report_of(tmp_path, {"a.yaml": doi, "b.yaml": version, "c.yaml": arxiv, "d.yaml": arxiv_doi})
    assert "papers/b.yaml:26:3: error: duplicate DOI 10.5555/same, also in a.yaml" in report
    assert "error: duplicate arXiv 2001.00001, also in c.yaml" in report
    assert report.count("error:") == 2


def test_aliases_have_one_owner(tmp_path: Path) -> None:
    files: dict[str, dict[str, Any] | bytes] = {
        "a.yaml": {**paper(1), "aliases": ["old2001name"]},
        "b.yaml": {**paper(2), "aliases": ["Old2001Name"]},
        "c.yaml": {**paper(4), "aliases": ["a"]},
    }
    report = report_of(tmp_path, files)
    assert "duplicate alias: Old2001Name is also an alias of a.yaml" in report
    assert "duplicate alias: a is also the key of a.yaml" in report


def test_a_paper_cannot_be_its_own_later_version(tmp_path: Path) -> None:
    later = [("a", "b"), ("b", "c"), ("c", "a")]
    files: dict[str, dict[str, Any] | bytes] = {
        f"{one}.yaml": {**paper(n), "relations": [{"type": "later-version-of", "paper": other}]}
        for n, (one, other) in enumerate(later, 1)
    }
    assert report_of(tmp_path, files).count("is a later version of itself") == 3


def test_a_relation_is_stated_once(tmp_path: Path) -> None:
    files: dict[str, dict[str, Any] | bytes] = {
        "a.yaml": {**paper(1), "relations": [{"type": "compares-with", "paper": "b"}]},
        "b.yaml": {**paper(2), "relations": [{"type": "compares-with", "paper": "a"}]},
    }
    assert "b.yaml:26:3: error: duplicate relation" in report_of(tmp_path, files)


def test_positions_of_a_source_are_complete_and_stand_once(tmp_path: Path) -> None:
    def at(n: int, position: int) -> dict[str, Any]:
        return {**paper(n), "provenance": {"source": "list", "position": position}}

    files: dict[str, dict[str, Any] | bytes] = {"a.yaml": at(1, 1), "b.yaml": at(2, 1), "c.yaml": at(4, 9)}
    report = report_of(tmp_path, files, sources={"list": 3})
    assert "duplicate position 1 of list, also in a.yaml" in report
    assert "list has 3 positions, not 9" in report
    assert "papers: error: 2 of 3 positions of list are not covered: 2, 3" in report


def test_an_entry_that_was_read_on_aggregators_alone_says_so(tmp_path: Path) -> None:
    def read(n: int, *consulted: str, **changes: str) -> dict[str, Any]:
        return {**paper(n), "provenance": {"source": "list", **changes, "consulted": [*consulted]}}

    mirror, own = "https://www.mirror.example/1", "https://arxiv.org/abs/2401.00001"
    files: dict[str, dict[str, Any] | bytes] = {
        "a.yaml": read(1, mirror), "b.yaml": read(2, mirror, basis="primary"),
        "c.yaml": read(4, mirror, basis="aggregator"), "d.yaml": read(5, mirror, own),
    }  # fmt: skip
    report = report_of(tmp_path, files, aggregators=["mirror.example"])
    said = "warning: the facts were read only on pages that repeat others: www.mirror.example [basis-repeats]"
    assert f"a.yaml:25:3: {said}\n    write basis: aggregator under provenance" in report
    assert f"b.yaml:27:3: {said}" in report
    assert report.count("[basis-repeats]") == 2


def test_all_problems_of_all_files_are_reported_at_once_in_order(tmp_path: Path) -> None:
    first = {**paper(1), "year": "soon", "kind": "rumour"}
    second = {**paper(2), "doi": "x", "url": "javascript:x"}
    config = write_survey(tmp_path / "survey")
    for name, data in (("b.yaml", first), ("a.yaml", second)):
        (config.parent / "papers" / name).write_text(to_yaml(data), encoding="utf-8")
    (config.parent / "docs/themes/song.md").write_text("no front matter\n")
    assert [problem.path for problem in problems_of(config)] == [
        "docs/themes/song.md", "papers/a.yaml", "papers/a.yaml", "papers/b.yaml",
    ]  # fmt: skip


def test_a_paper_without_a_theme_is_a_warning_where_the_survey_allows_it(tmp_path: Path) -> None:
    config = write_survey(tmp_path / "survey", settings={"require": []})
    data = paper(1)
    del data["themes"]
    (config.parent / f"papers/{key(1)}.yaml").write_text(to_yaml(data), encoding="utf-8")
    survey, warnings = load_survey(load_settings(config))
    assert [(problem.severity, problem.message) for problem in warnings] == [("warning", "the paper has no theme")]
    assert [paper.key for paper in survey.unfiled] == [key(1)]


def test_a_name_in_the_citation_file_that_is_none(tmp_path: Path) -> None:
    config = write_survey(tmp_path / "survey")
    people = "  - name: Wren and Finch\n  - family-names: Wren and Finch\n    given-names: <b>Ada</b>\n"
    text = f"title: Birds\nauthors:\n{people}"
    for part, first in (("", 4), ("preferred-citation:\n", 5)):
        lines = "".join(f"  {line}\n" for line in text.splitlines()) if part else text
        (config.parent / "CITATION.cff").write_text(part + lines, encoding="utf-8")
        citation, problems = load_citation(load_settings(config))
        assert citation is None
        report = to_text(problems).split("\n")
        place = f"CITATION.cff:{first}:{5 + 2 * bool(part)}"
        assert report[0].startswith(f'{place}: error: family: "and" in the name Wren and Finch')
        assert "error: given: markup in the name <b>Ada</b>" in report[2]
