"""Works outside the survey that are in it, or have two titles: each with its place and what to write."""

from pathlib import Path
from typing import Any

import pytest
from living_survey.loading.settings import load_settings
from living_survey.loading.survey import inspect
from living_survey.model.identifiers import which_identifier
from living_survey.syntax.problems import to_text

from tests.fabricate import key, paper, to_yaml, write_survey

HELD = {
    "short_name": "SwiftNet",
    "doi": "10.5555/Swift",
    "versions": [{"title": "Swifts at night", "arxiv": "2106.09685"}],
}


def report_of(folder: Path, held: dict[str, Any], *externals: dict[str, Any], kind: str = "uses") -> str:
    """Return what is wrong with a survey of two papers, of which the second names works outside."""
    config = write_survey(folder / "survey")
    relations = [{"type": kind, "external": external} for external in externals]
    for number, data in ((1, held), (2, {"relations": relations})):
        file = config.parent / "papers" / f"{key(number)}.yaml"
        file.write_text(to_yaml({**paper(number), **data}), encoding="utf-8")
    codes = ("external-held", "external-two-titles")
    problems = inspect(load_settings(config)).problems
    return to_text([one for one in problems if one.code in codes or one.severity == "error"])


@pytest.mark.parametrize(
    "external",
    [
        {"title": "swift-net"}, {"title": "Swifts at Night"}, {"title": "Networks for swifts (SwiftNet)"},
        {"title": "Other", "doi": "10.5555/SWIFT"}, {"title": "Other", "arxiv": "2106.09685"},
        {"title": "Other", "doi": "10.48550/arXiv.2106.09685"}, {"title": paper(1)["title"].upper()},
    ],
)  # fmt: skip
def test_a_work_that_the_survey_holds_is_named_by_its_key(external: dict[str, Any], tmp_path: Path) -> None:
    report = report_of(tmp_path, HELD, external)
    file = (tmp_path / f"survey/papers/{key(2)}.yaml").read_text(encoding="utf-8")
    line = file[: file.index("external")].count("\n") + 1
    assert report.startswith(f"papers/{key(2)}.yaml:{line}:")
    assert f': warning: the survey holds "{external["title"]}": {key(1)} [external-held]\n' in report
    assert report.endswith(f"    write paper: {key(1)} instead of external")


def test_other_works_and_namesakes_are_left_alone(tmp_path: Path) -> None:
    others = ({"title": "Swift"}, {"title": "SwiftNet 2"}, {"title": "A", "doi": "10.5555/swift.2"})
    assert report_of(tmp_path / "a", HELD, *others) == ""
    assert report_of(tmp_path / "b", HELD, {"title": "SwiftNet"}, kind="distinct-from") == ""
    held = report_of(tmp_path / "c", HELD, {"title": "SwiftNet", "doi": "10.5555/swift"}, kind="distinct-from")
    assert "[external-held]" in held
    assert report_of(tmp_path / "d", {"short_name": "Same"}, {"title": paper(2)["title"]}) == ""  # its own
    own = {"title": "Other", "doi": paper(2)["doi"]}
    assert "[external-held]" in report_of(tmp_path / "e", {"short_name": "Same"}, own)


def test_a_name_of_two_papers_names_neither(tmp_path: Path) -> None:
    relations = [{"type": "uses", "external": {"title": "Same"}}]
    for folder, names in (("one", ("Same", "Other")), ("two", ("Same", "Same"))):
        config = write_survey(tmp_path / folder)
        papers: list[dict[str, Any]] = [{"short_name": names[0]}, {"short_name": names[1]}, {"relations": relations}]
        for number, data in enumerate(papers, 1):
            file = config.parent / "papers" / f"{key(number)}.yaml"
            file.write_text(to_yaml({**paper(number), **data}), encoding="utf-8")
        found = [one.code for one in inspect(load_settings(config)).problems if one.code == "external-held"]
        assert len(found) == (folder == "one")


def test_two_titles_for_one_identifier_are_found_where_the_second_stands(tmp_path: Path) -> None:
    works = ({"title": "Wing-Net", "doi": "10.5555/a"}, {"title": "wing net", "doi": "10.5555/A"})
    assert report_of(tmp_path / "same", {}, *works) == ""
    report = report_of(tmp_path / "two", {}, *works, {"title": "Nest", "doi": "10.5555/a"})
    file = (tmp_path / f"two/survey/papers/{key(2)}.yaml").read_text(encoding="utf-8")
    line = file[: file.index("Nest")].count("\n") + 1
    assert report.startswith(f"papers/{key(2)}.yaml:{line}:")
    assert f'the work with DOI 10.5555/a is called "Wing-Net" in {key(2)}.yaml, here "Nest"' in report


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("10.5555/a", ("doi", "10.5555/a")), ("https://doi.org/10.5555/a", ("doi", "10.5555/a")),
        ("doi:10.48550/arXiv.2106.09685", ("arxiv", "2106.09685")), ("arXiv:2106.09685v2", ("arxiv", "2106.09685")),
        ("https://arxiv.org/abs/cs.DL/9901001", ("arxiv", "cs.DL/9901001")), ("9999.12345", None),
        ("https://example.org/a", ("url", "https://example.org/a")), ("javascript:alert(1)", None), ("ISBN 3", None),
        ("", None),
    ],
)  # fmt: skip
def test_a_text_is_the_identifier_that_it_is(text: str, found: tuple[str, str] | None) -> None:
    assert which_identifier(text) == found
