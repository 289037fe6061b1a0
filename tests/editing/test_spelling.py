"""The registry's words in paper files: which are replaced, which stay, and what is added."""

from pathlib import Path
from typing import Any

import pytest
from living_survey.editing.spelling import find_baseline, respell
from living_survey.model.registry import Registry

from tests.commands import run_survey as run
from tests.fabricate import key, paper, to_yaml, write_survey

REGISTRY = """\
families:
  speed: {title: Speed}
units:
  rate: {km/h: 1}
metrics:
  flight-speed: {family: speed, better: higher, units: [km/h], means: How fast a bird flies, also: [speed in the air]}
baselines:
  resting: {label: Bird at rest, kind: plain, also: [REST]}
  heron: {label: Grey heron, kind: named, also: [egret]}
models:
  swift-7b: {label: Swift 7B, size: 7B, also: [Swift-Seven]}
  egret-1b: {label: Egret 1B, also: [egret]}
hardware:
  gps-tag: {label: GPS tag}
"""
NAMES = Registry.model_validate(
    {
        "families": {"speed": {"title": "Speed"}},
        "metrics": {"flight-speed": {"family": "speed", "means": "x", "also": ["speed in the air"]}},
        "baselines": {
            "resting": {"label": "Bird at rest", "kind": "plain", "also": ["REST"]},
            "heron": {"label": "Grey heron", "kind": "named", "also": ["egret"]},
        },
        "models": {
            "swift-7b": {"label": "Swift 7B", "size": "7B", "also": ["Swift-Seven"]},
            "egret-1b": {"label": "Egret 1B", "also": ["egret"]},
        },
        "hardware": {"gps-tag": {"label": "GPS tag"}},
    }
)


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        ({"metric": "Flight Speed", "unit": "×"}, {"metric": "flight-speed", "unit": "x more"}),
        ({"metric": "speed in the air", "unit": "%"}, {"metric": "flight-speed", "unit": "percent"}),
        ({"metric": "flight-speed", "unit": "k  km/h"}, {"metric": "flight-speed", "unit": "k km/h"}),
        ({"baseline": ["rest", "resting", "SWIFT 7B"]}, {"baseline": ["resting", "swift-7b"]}),
        ({"baseline": "Egret"}, {"baseline": "Egret"}),
        ({"baseline": "stork"}, {"baseline": "stork"}),
        ({"metric": ["flight speed"], "unit": {}}, {"metric": ["flight-speed"], "unit": {}}),
    ],
)
def test_words_of_numbers(number: dict[str, Any], expected: dict[str, Any]) -> None:
    changes = respell({"results": [number]}, NAMES)
    assert changes.get("results", [number]) == [expected]


def test_a_baseline_that_is_a_paper_or_could_be_two_things_stays() -> None:
    assert find_baseline("REST", NAMES) == "resting"
    assert find_baseline("REST", NAMES, keys={"REST"}) == "REST"
    assert find_baseline("egret", NAMES) is None


def test_what_numbers_name_is_named_by_the_paper() -> None:
    data = {
        "models": ["Swift-Seven", "33B"],
        "results": [{"model": ["swift 7b", "2B-14B"], "hardware": "GPS tag"}],
        "scale": [{"model": "unknown"}, "no number"],
    }
    changes = respell(data, NAMES)
    assert changes["models"] == ["swift-7b", "33B", "2B-14B"]
    assert changes["hardware"] == ["gps-tag"]
    assert "scale" not in changes
    assert respell({**data, **changes}, NAMES) == {}


def test_mistakes_are_left_to_the_checks() -> None:
    mistakes: list[dict[str, Any]] = [
        {"results": "none"}, {"models": "Swift 7B"}, {"models": [{"a": "b"}]}, {"results": [{"model": {}}]},
        {"results": [{"metric": "flight speed", "unit": "×", "evidence": "abstract"}]},
    ]  # fmt: skip
    for data in mistakes:
        assert respell(data, NAMES) == {}


def test_fmt_writes_the_names_and_keeps_comments(tmp_path: Path) -> None:
    config = write_survey(tmp_path / "survey")
    (config.parent / "docs/registry.yaml").write_text(REGISTRY, encoding="utf-8")
    file = config.parent / f"papers/{key(1)}.yaml"
    numbers = (
        "results:\n"
        "  # the fastest\n"
        "  - {metric: Flight Speed, value: 1.5, unit: ×, baseline: REST, model: Swift 7B, quote: 1.5x}  # read twice\n"
    )
    file.write_text(to_yaml(paper(1)) + numbers, encoding="utf-8")
    other = config.parent / f"papers/{key(2)}.yaml"
    other.write_text(to_yaml(paper(2)), encoding="utf-8")
    assert run(config.parent, "fmt", str(other)).returncode == 0
    done = run(config.parent, "fmt", "--check")
    assert done.returncode == 1
    assert done.stderr.count("not in canonical form") == 1
    assert run(config.parent, "fmt").returncode == 0
    text = file.read_text(encoding="utf-8")
    assert "models: [swift-7b]\n" in text
    assert (
        "results:\n  # the fastest\n  - {metric: flight-speed, value: 1.5, unit: x more, baseline: resting,"
        " model: swift-7b, quote: 1.5x}  # read twice\n"
    ) in text
    assert run(config.parent, "fmt", "--check").returncode == 0
    assert run(config.parent, "check").returncode == 0


def test_fmt_names_what_is_wrong_with_the_registry(tmp_path: Path) -> None:
    config = write_survey(tmp_path / "survey", 1)
    (config.parent / "docs/registry.yaml").write_text("families: none\n", encoding="utf-8")
    done = run(config.parent, "fmt")
    assert done.returncode == 1
    assert "docs/registry.yaml" in done.stderr
