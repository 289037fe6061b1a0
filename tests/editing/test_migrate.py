"""Old numbers in the new form: each rule, what stays for a person, and whole files with the command."""

from pathlib import Path
from typing import Any

import pytest
from living_survey.editing.migrate import Migration, migrate_paper
from living_survey.loading.registry import read_registry
from living_survey.model.registry import Registry

from tests.commands import run_survey as run
from tests.commands import snapshot
from tests.fabricate import key, paper, to_yaml, write_survey

REGISTRY = """\
# Names of birds
families:
  speed: {title: Speed, alike: [baseline, model]}
  cost: {title: Cost, alike: [baseline]}
  quality: {title: Quality}
  finding: {title: Other findings, alike: []}
  size: {title: Sizes, list: scale}
units:
  rate: {km/h: 1}
  time: {s: 1, h: 3600}
  share: {percent: 1}
  counts: [eggs, field notes]
metrics:
  flight-speed: {family: speed, better: higher, units: [km/h], means: How fast, also: [speed-up, wing speed-up]}
  energy: {family: cost, better: lower, units: [], means: Food that is burnt, also: [energy reduction, thrift]}
  rest: {family: cost, better: lower, units: [h], means: Time asleep}
  accuracy: {family: quality, better: higher, units: [percent], means: Birds told apart, also: [accuracy drop]}
  score: {family: quality, better: higher, units: [], means: Own score}
  flock: {family: size, counts: birds, means: Birds that were followed, also: [flock size]}
  archive: {family: size, units: [eggs, field notes], means: What was kept, also: [notes kept, field notes read]}
  length-of-day: {family: finding, units: [h], means: Hours of light}
baselines:
  resting: {label: Bird at rest, kind: plain, also: [REST]}
  unstated: {label: not said against what, kind: unnamed, vague: true}
models:
  swift-7b: {label: Swift 7B, size: 7B}
  heron: {label: Heron, size: 1B}
hardware:
  gps-tag: {label: GPS tag}
"""
NAMES, _WRONG = read_registry(REGISTRY.encode(), "docs/registry.yaml")


def migrate(*items: dict[str, Any], **data: Any) -> Migration:
    """Migrate a file with these results."""
    return migrate_paper({"results": list(items), **data} if items else data, NAMES, "papers/a.yaml", {"wren2020a"})


def old(text: str, **fields: str) -> dict[str, Any]:
    """Return an old item: metric, value and unit, split at bars, then the fields."""
    names = ("metric", "value", "unit")
    parts = {name: part.strip() for name, part in zip(names, text.split("|"), strict=False) if part.strip()}
    return {**parts, **fields, "evidence": fields.get("evidence", "abstract")}


def new(text: str, **fields: str) -> dict[str, Any]:
    """Return a new item: metric, bound, value or both ends, unit, split at bars, then the fields."""
    metric, bound, value, unit = (part.strip() for part in text.split("|"))
    low, _, high = value.partition("..")
    data = {"metric": metric, "bound": bound, **({"low": low, "high": high} if high else {"value": low}), "unit": unit}
    return {name: one for name, one in {**data, **fields}.items() if one}


REST = {"baseline": "REST"}
AGAINST = {"baseline": "resting"}


@pytest.mark.parametrize(
    ("item", "expected"),
    [
        (old("flight speed | 40 | km/h", direction="higher"), new("flight-speed | | 40 | km/h")),
        (old("flight speed | >10× |", **REST), new("flight-speed | at least | 10 | x more", **AGAINST)),
        (old("flight speed | up to 3× | ×", **REST), new("flight-speed | up to | 3 | x more", **AGAINST)),
        (old("wing speed-up | 2–3 | ×", **REST), new("flight-speed | | 2..3 | x more", **AGAINST)),
        (old("speed-up | 15 | %", **REST), new("flight-speed | | 15 | percent more", **AGAINST)),
        (old("energy reduction | 4 | ×", direction="higher", **REST), new("energy | | 4 | x less", **AGAINST)),
        (old("energy reduction | 40 | %", **REST), new("energy | | 40 | percent less", **AGAINST)),
        (old("energy improvement | 40 | %", **REST), new("energy | | 40 | percent less", **AGAINST)),
        (old("energy increase | 40 | %", direction="lower", **REST), new("energy | | 40 | percent more", **AGAINST)),
        (old("energy | 3 | %", direction="lower", **REST), new("energy | | 3 | percent of", **AGAINST)),
        (old("thrift | 4 | ×", direction="higher", **REST), new("energy | | 4 | x less", **AGAINST)),
        (old("accuracy | 55.2 | %", direction="higher"), new("accuracy | | 55.2 | percent")),
        (old("accuracy improvement | 3.4 | %", **REST), new("accuracy | | 3.4 | percent or points more", **AGAINST)),
        (old("accuracy improvement | 3 | percentage points", **REST), new("accuracy | | 3 | points more", **AGAINST)),
        (
            old("accuracy drop | <1 | %", direction="lower", **REST),
            new("accuracy | at most | 1 | percent or points less", **AGAINST),
        ),
        (old("score improvement | +14 | %", **REST), new("score | | 14 | percent or points more", **AGAINST)),
        (
            old("score improvement | 7 | %", setting="relative improvement at dusk", **REST),
            new("score | | 7 | percent more", setting="relative improvement at dusk", **AGAINST),
        ),
        (
            old("score | 7 | %", direction="higher", setting="dusk; relative or absolute not said", **REST),
            new("score | | 7 | percent or points more", setting="dusk", **AGAINST),
        ),
        (old("flock size | 300+ | birds"), new("flock | at least | 300 |")),
        (old("flock | 1,000 | K birds"), new("flock | | 1000 | k")),
        (old("flock | 50K |"), new("flock | | 50 | k")),
        (old("field notes read | 12 to 15 | notes"), new("archive | | 12..15 | field notes")),
        (
            old("notes kept | about 20 | illegible field notes"),
            new("archive | about | 20 | field notes", setting="illegible field notes"),
        ),
        (
            old("flight speed | 40 | km/h", setting="at most; over sea", direction="higher"),
            new("flight-speed | up to | 40 | km/h", setting="over sea"),
        ),
        (old("rest | 8 | hours", setting="at most"), new("rest | at most | 8 | h")),
        (
            old("rest | 8 | h", setting="mean; nests", evidence="Table 3"),
            new("rest | mean | 8 | h", setting="nests", locator="Table 3"),
        ),
        (
            old("flight speed | 3 | ×", baseline="a kite", setting="by night"),
            new("flight-speed | | 3 | x more", baseline="unstated", setting="by night; against a kite"),
        ),
        (old("flight speed | 3 | ×"), new("flight-speed | | 3 | x more", baseline="unstated")),
        (old("flight speed | 3 | ×", baseline="wren2020a"), new("flight-speed | | 3 | x more", baseline="wren2020a")),
        (old("rest | 3 | h", baseline="5 h before"), new("rest | | 3 | h", setting="against 5 h before")),
        (
            old("flight speed | 3 | ×", setting="at most", bound="mean", **REST),
            new("flight-speed | mean | 3 | x more", **AGAINST),
        ),
    ],
    ids=str,
)  # fmt: skip
def test_an_old_number_gets_the_new_form(item: dict[str, Any], expected: dict[str, Any]) -> None:
    found = migrate(item)
    assert [one for one in found.problems if one.severity == "error"] == []
    assert [*found.changes.get("results", []), *found.changes.get("scale", [])] == [expected]
    again = migrate_paper(found.changes, NAMES, "papers/a.yaml")
    assert (again.changes, again.problems) == ({}, [])


@pytest.mark.parametrize(
    ("item", "code", "field", "hint"),
    [
        (old("flight speed | several | km/h"), "migrate-value", "value", "write value: 4.3"),
        (old("flight speed | up to 9.16 on average | km/h"), "migrate-bounds", "value", "bound: up to, or bound: mean"),
        (old("flight speed | >3 | km/h", setting="mean; x"), "migrate-bounds", "value", "mean, or bound: at least"),
        (old("flight speed | 2–3 | ×", setting="at most"), "number-range-bound", "setting", "delete the bound"),
        (old("flight speed | 3% | ×"), "migrate-units", "value", "keep one"),
        (old("flight speed | 3 | eggs"), "migrate-unit", "unit", "km/h, x more, x less"),
        (old("flight speed | 3 | h"), "migrate-unit", "unit", "or metric: rest or length-of-day"),
        (old("flight speed | 3 | %"), "migrate-unit", "unit", "percent more, percent less, percent of"),
        (old("energy | 3 | ×"), "migrate-unit", "unit", "x more, x less"),
        (old("archive | 3 |"), "migrate-unit-missing", "metric", "eggs, field notes"),
        (old("flight speed | 3 | km/h", direction="lower"), "migrate-direction", "direction", "correct the direction"),
        (old("energy reduction | 120 | %"), "number-more-than-all", "value", "x less"),
        (old("rest | 3 | h", setting="a " * 16), "migrate-setting", "setting", "shorten it"),
        (old("rest | 3 | h", setting="a " * 12, baseline="b c d"), "migrate-setting", "setting", "against b c d"),
        (old("??? | 3 | h"), "migrate-name", "metric", "survey add name"),
        (old("rest | 3 | h", bound="perhaps"), "migrate-field", "bound", "by hand"),
        ({**old("rest | 3 | h"), "setting": ["a"]}, "value-not-single", "setting", ""),
    ],
)  # fmt: skip
def test_what_only_a_person_can_decide_stays(item: dict[str, Any], code: str, field: str, hint: str) -> None:
    found = migrate(item)
    assert [(one.code, one.field, one.severity) for one in found.problems] == [(code, ("results", 0, field), "error")]
    assert hint in found.problems[0].hint
    assert (found.changes, found.added, found.units, found.left) == ({}, {}, [], 1)


def test_one_number_that_stays_keeps_no_other_from_moving() -> None:
    stays = old("energy | 3 | ×")
    found = migrate(old("flock | 3"), stays, old("rest | 3 | h"), scale=[new("flock | | 7 |")])
    assert found.changes == {
        "results": [stays, new("rest | | 3 | h")],
        "scale": [new("flock | | 7 |"), new("flock | | 3 |")],
    }
    assert found.moved["results", 0] == ("scale", 1)
    assert found.moved["results", 1] == ("results", 0)
    assert (found.numbers, found.to_scale, found.left) == (2, 1, 1)


def test_numbers_in_the_new_form_and_mistakes_stay() -> None:
    for data in (
        {"results": [new("rest | | 3 | ×")]},
        {"results": "none"},
        {"results": ["a"]},
        {"attributes": "x"},
        {},
    ):
        found = migrate_paper(data, NAMES, "papers/a.yaml")
        assert (found.changes, found.problems) == ({}, [])


def test_a_metric_that_nobody_knows_becomes_a_finding() -> None:
    found = migrate(old("Call length reduction | 3 | ×", direction="higher"), old("moult | 4 | B feathers"))
    assert found.changes["results"] == [
        new("call-length | | 3 | x less", baseline="unstated"),
        new("moult | | 4 | B feathers"),
    ]
    assert found.added["metrics"] == {
        "call-length": {
            "family": "finding", "better": "lower", "units": [], "means": "to be written",
            "also": ["Call length reduction"],
        },
        "moult": {"family": "finding", "units": ["feathers"], "means": "to be written"},
    }  # fmt: skip
    assert found.units == ["feathers"]


@pytest.mark.parametrize(
    ("attributes", "expected"),
    [
        ({"models": "Swift 7B"}, {"models": ["swift-7b"], "attributes": {}}),
        ({"models": "swift (7B), Heron (1B) and 33B"}, {"models": ["swift-7b", "heron", "33B"], "attributes": {}}),
        ({"hardware": "GPS tag", "data": "x"}, {"hardware": ["gps-tag"], "attributes": {"data": "x"}}),
        ({"models": "Swift 7B and others"}, {}),
        ({"models": "Heron (7B)"}, {}),
    ],
)
def test_attributes_that_are_names_become_lists(attributes: dict[str, str], expected: dict[str, Any]) -> None:
    found = migrate_paper({"attributes": attributes}, NAMES, "papers/a.yaml")
    assert found.changes == expected
    codes = [(one.code, one.severity) for one in found.problems]
    assert codes == ([] if expected else [("migrate-attribute", "warning")])


def test_an_unknown_metric_takes_what_its_numbers_say() -> None:
    found = migrate(old("Moult | 40 | %", direction="lower"), old("moult | 3 | ×"), old("moult | 5 | days"))
    assert found.changes["results"][::2] == [new("moult | | 40 | percent"), new("moult | | 5 | days")]
    assert found.added["metrics"]["moult"]["units"] == ["percent", "days"]
    assert found.units == ["days"]
    warned = [one.field for one in found.problems if one.code == "migrate-metric"]
    assert warned == [("results", 0, "metric")]
    assert [one.field for one in found.problems if one.severity == "error"] == [("results", 1, "unit")]


def test_nothing_is_added_for_a_number_that_stays() -> None:
    found = migrate_paper({"results": [old("moult | 4 | ×", setting="a " * 16)]}, Registry(), "papers/a.yaml")
    assert (found.added, found.changes, [one.code for one in found.problems]) == ({}, {}, ["migrate-setting"])


def test_a_registry_without_findings_gets_the_family() -> None:
    found = migrate_paper({"results": [old("moult | 4")]}, Registry(), "papers/a.yaml")
    assert found.added["families"] == {"finding": {"title": "Other findings", "alike": []}}


OLD_FILE = """\
results:
  # the fastest
  - metric: Flight speed
    value: "1.5"
    unit: ×
    baseline: REST
    evidence: Table 3  # read twice
  - metric: energy
    value: "3"
    unit: ×
    evidence: abstract
  # the flock
  - metric: flock size
    value: 300+
    direction: higher  # of course
    evidence: abstract
"""


@pytest.fixture
def survey(tmp_path: Path) -> Path:
    """A survey with a registry, an old file, and one without numbers."""
    config = write_survey(tmp_path / "survey", 1)
    (config.parent / "docs/registry.yaml").write_text(REGISTRY, encoding="utf-8")
    (config.parent / f"papers/{key(2)}.yaml").write_text(to_yaml(paper(2)) + OLD_FILE, encoding="utf-8")
    return config.parent


def test_the_command_moves_what_it_can_keeps_comments_and_is_done_after_one_run(survey: Path) -> None:
    before = snapshot(survey)
    done = run(survey, "fmt", "--migrate", "--check")
    assert done.returncode == 1
    assert done.stdout == f"to migrate  papers/{key(2)}.yaml: 2 numbers, 1 to scale, 1 left as typed\n"
    assert "2 numbers moved to the new form, 1 left for a person, 1 files (nothing written)" in done.stderr
    assert snapshot(survey) == before
    done = run(survey, "fmt", "--migrate")
    assert done.returncode == 1
    assert done.stdout == f"migrated  papers/{key(2)}.yaml: 2 numbers, 1 to scale, 1 left as typed\n"
    text = (survey / f"papers/{key(2)}.yaml").read_text(encoding="utf-8")
    before_it = text[: text.index("unit: ×")]
    line, column = before_it.count("\n") + 1, len(before_it) - before_it.rindex("\n")
    assert (
        f'papers/{key(2)}.yaml:{line}:{column}: error: unit: "×" does not say what it states of energy' in done.stderr
    )
    assert text[text.index("results:") : text.index("added:")] == (
        "results:\n"
        "  # the fastest\n"
        "  - {metric: flight-speed, value: 1.5, unit: x more, baseline: resting, locator: Table 3}  # read twice\n"
        "  - {metric: energy, value: 3, unit: ×, evidence: abstract}\n"
        "scale:\n"
        "  # the flock\n"
        "  - {metric: flock, bound: at least, value: 300}  # of course\n"
    )
    after = snapshot(survey)
    assert run(survey, "fmt", "--migrate").stdout == f"migrated  papers/{key(2)}.yaml: 1 left as typed\n"
    assert run(survey, "fmt").returncode == 0
    assert snapshot(survey) == after


def test_half_a_correction_by_hand_is_enough(survey: Path) -> None:
    file = survey / f"papers/{key(2)}.yaml"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace('value: "3"\n    unit: ×', 'value: "3"\n    unit: x less'), encoding="utf-8")
    done = run(survey, "fmt", "--migrate")
    assert done.returncode == 0, done.stderr
    assert "metric: energy, value: 3, unit: x less, baseline: unstated}" in file.read_text(encoding="utf-8")
    assert run(survey, "check").returncode == 0
    assert run(survey, "fmt", "--migrate", "--check").returncode == 0


def test_files_that_are_named_are_the_only_ones(survey: Path) -> None:
    done = run(survey, "fmt", "--migrate", f"papers/{key(1)}.yaml")
    assert (done.returncode, done.stdout) == (0, "")


def test_a_survey_without_a_registry_gets_one(survey: Path) -> None:
    (survey / "docs/registry.yaml").unlink()
    assert run(survey, "fmt", "--migrate").returncode == 0
    text = (survey / "docs/registry.yaml").read_text(encoding="utf-8")
    assert "  flight-speed: {family: finding, units: [], means: to be written}\n" in text
    assert '  flock-size: {family: finding, better: higher, units: [""], means: to be written}\n' in text
    assert run(survey, "check").returncode == 0, run(survey, "check").stdout


def test_new_names_are_added_once_for_all_files_and_the_rest_of_the_registry_stays(survey: Path) -> None:
    for n, unit in ((4, "calls"), (5, "songs"), (7, "calls")):
        item = f'results:\n  - {{metric: Voice, value: "{n}", unit: {unit}, evidence: abstract}}\n'
        (survey / f"papers/{key(n)}.yaml").write_text(to_yaml(paper(n)) + item, encoding="utf-8")
    done = run(survey, "fmt", "--migrate")
    assert "migrated  docs/registry.yaml: units.migrated, metrics.voice\n" in done.stdout
    text = (survey / "docs/registry.yaml").read_text(encoding="utf-8")
    units, metric = (
        "  migrated: [songs, calls]\n",
        "  voice: {family: finding, units: [songs, calls], means: to be written}\n",
    )
    assert text.replace(units, "").replace(metric, "") == REGISTRY
    assert text.index(units) < text.index("metrics:") < text.index(metric) < text.index("baselines:")


def test_a_wrong_registry_stops_it(survey: Path) -> None:
    (survey / "docs/registry.yaml").write_text("families: none\n", encoding="utf-8")
    before = snapshot(survey)
    done = run(survey, "fmt", "--migrate")
    assert done.returncode == 1
    assert "docs/registry.yaml" in done.stderr
    assert snapshot(survey) == before
