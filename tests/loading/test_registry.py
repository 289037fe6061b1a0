"""Mistakes in the file of names, each with its place and what to type."""

from pathlib import Path

import pytest
from living_survey.loading.registry import load_registry, read_registry
from living_survey.loading.settings import load_settings
from living_survey.loading.survey import inspect
from living_survey.model.registry import Registry
from living_survey.syntax.problems import to_text

from tests.fabricate import write_survey
from tests.loading.test_mistakes import REGISTRY


def report_of(folder: Path, text: str) -> str:
    """Return what is wrong with a survey whose registry is this text, names that nothing uses apart."""
    config = write_survey(folder / "survey")
    (config.parent / "docs/registry.yaml").write_text(text, encoding="utf-8")
    problems = inspect(load_settings(config)).problems
    return to_text([problem for problem in problems if problem.code != "registry-unused"])


def test_a_good_registry_has_no_problems(tmp_path: Path) -> None:
    assert report_of(tmp_path, REGISTRY) == ""


@pytest.mark.parametrize(
    ("old", "new", "message", "hint"),
    [
        ("m/s: 3.6", "m/s: fast", "units.rate.m/s: fast is not a factor", "the unit with factor 1"),
        ("m/s: 3.6", "m/s: 0", "units.rate.m/s: 0 is not a factor", "like 0.001"),
        ("size: 7B", "size: seven", "models.swift-7b.size: seven is not a size", "like 7B, 0.5B, or 1T"),
        ("t-speed: {family: speed", "t-speed: {family: sped", 'there is no family "sped"', 'did you mean "speed"?'),
        (
            "t-speed: {family: speed",
            "t-speed: {family: calls",
            'there is no family "calls"',
            "use one of: speed, quality",
        ),
        ("share: {percent: 1}", "share: {points: 1}", "points goes with every metric", "delete it"),
        ("share: {percent: 1}", "share: {percent: 1, km/h: 1}", "the unit km/h stands under rate too", "on one line"),
        ("units: [km/h]", "units: [km/h, knots]", 'there is no unit "knots"', "converts into no other: knots: [knots]"),
        (
            "also: [egret]}\n  unn",
            "also: [bird at REST]}\n  unn",
            '"bird at REST" is that of resting already',
            "one name",
        ),
        ("kind: plain", "kind: simple", "simple is not a kind of baseline", "named, plain, itself, unnamed"),
        ("higher, units: [km/h]", "faster, units: [km/h]", "better: faster is not a direction", "higher, lower, none"),
        ("vague: true}\nbench", "vague: yes}\nbench", "unstated.vague: expected true, found yes", "write true"),
        ("  gps-tag: ", "  GPS tag: ", "hardware.GPS tag: GPS tag is not a name", "lowercase letters, digits, hyphens"),
        ("{label: Spring Count}", "{lable: Spring Count}", "spring-count: unknown field: lable", 'mean "label"?'),
        ("{label: Spring Count}", "Spring Count", "expected a mapping of fields", "write {name: value, …}"),
        (
            "means: Birds that were followed",
            "alike: [weather]",
            "weather is not a field of a number",
            "baseline, bench",
        ),
        ("means: Birds that were followed", "also: [bird]", "metrics.birds: missing field: means", ""),
    ],
)
def test_a_mistake_gets_its_report_at_its_line(old: str, new: str, message: str, hint: str, tmp_path: Path) -> None:
    assert REGISTRY.count(old) == 1
    report = report_of(tmp_path, REGISTRY.replace(old, new)).split("docs/registry.yaml:")
    line = REGISTRY[: REGISTRY.index(old)].count("\n") + 1
    found = [one for one in report if message in one]
    assert found, report
    assert found[0].startswith(f"{line}:")
    assert ": error: " in found[0]
    assert hint in found[0]


NAMES = """\
models:
  swift-7b: {label: Swift 7B}
  swift-9b: {label: Swift 9B}
baselines:
  gulls: {label: Gulls, kind: named}
  itself: {label: the same bird by day, kind: itself}
  unnamed: {label: birds not named, kind: unnamed, vague: true}
  unstated: {label: not said against what, kind: unnamed, vague: true}
"""


def test_a_name_that_no_paper_uses_is_a_warning_but_for_words_of_the_form(tmp_path: Path) -> None:
    config = write_survey(tmp_path / "survey", 1)
    (config.parent / "docs/registry.yaml").write_text(NAMES, encoding="utf-8")
    paper = next((config.parent / "papers").glob("*.yaml"))
    text = paper.read_text(encoding="utf-8")
    paper.write_text(text.replace("added:", "models: [swift-9b]\nadded:"), encoding="utf-8")
    hint = "    delete it, or write it in the paper that should"
    assert to_text(inspect(load_settings(config)).problems) == (
        f"docs/registry.yaml:2:3: warning: models: no paper uses swift-7b [registry-unused]\n{hint}\n"
        f"docs/registry.yaml:5:3: warning: baselines: no paper uses gulls [registry-unused]\n{hint}"
    )


def test_a_registry_of_which_no_paper_uses_a_name_is_a_list_to_start_from(tmp_path: Path) -> None:
    config = write_survey(tmp_path / "survey", 1)
    (config.parent / "docs/registry.yaml").write_text(NAMES, encoding="utf-8")
    assert to_text(inspect(load_settings(config)).problems) == ""


def test_a_name_that_nobody_has_looked_at_is_a_warning(tmp_path: Path) -> None:
    config = write_survey(tmp_path / "survey")
    text = REGISTRY.replace("kind: plain}", "kind: plain, vague: true, new: true}").replace(
        "Way flown in a time", "to be written"
    )
    (config.parent / "docs/registry.yaml").write_text(text, encoding="utf-8")
    problems = [one for one in inspect(load_settings(config)).problems if one.code == "registry-name-new"]
    lines = [next(n for n, line in enumerate(text.split("\n"), 1) if word in line) for word in ("written", "new: true")]
    assert [(one.line, one.severity, one.message) for one in problems] == [
        (lines[0], "warning", "new name, not yet described: flight-speed"),
        (lines[1], "warning", "new name, not yet described: Bird at rest"),
    ]


def test_a_survey_without_the_file_has_no_names(tmp_path: Path) -> None:
    assert load_registry(load_settings(write_survey(tmp_path / "survey"))) == (Registry(), [], True)


def test_what_is_no_yaml_has_its_place() -> None:
    registry, problems = read_registry(b"models: [\n", "docs/registry.yaml")
    assert registry == Registry()
    assert [(problem.path, problem.line) for problem in problems] == [("docs/registry.yaml", 2)]


def test_a_word_is_found_by_name_label_and_spelling_and_a_label_goes_before_a_name_with_spaces() -> None:
    registry, problems = read_registry(REGISTRY.replace("gps-tag: {label: GPS tag}", "gps-2: {label: GPS tag}\n"
                                       "  tag: {label: GPS 2}").encode(), "r.yaml")  # fmt: skip
    assert problems == []
    found = [registry.find("hardware", word) for word in ("gps-2", "GPS TAG", "gps 2", "Tag", "ring")]
    assert found == ["gps-2", "gps-2", "tag", "tag", None]
