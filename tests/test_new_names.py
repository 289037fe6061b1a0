"""Names that are new in a proposal: each becomes one that there is, or an entry of its own; nothing else changes."""

import difflib
from typing import Any

import pytest
from living_survey.loading.registry import read_registry
from living_survey.proposals.forms import AnswerError
from living_survey.proposals.new_names import LONGEST, MOST_NAMES, NewNames, add_new_names

from tests.fabricate import REGISTRY, number, to_yaml

FILE = "docs/registry.yaml"
TEXT = to_yaml({**REGISTRY, "families": {**REGISTRY["families"], "finding": {"title": "Others", "alike": []}}})


def add(*numbers: dict[str, Any], text: str = TEXT, **data: Any) -> NewNames:
    """Add the names of a paper's results."""
    return add_new_names({"results": [*numbers], **data}, text, FILE, {"wren2020herons"})


def lines(found: NewNames, text: str = TEXT) -> list[str]:
    """Return the lines that the registry gets; it loses none, and can be read."""
    assert read_registry((found.text or text).encode(), FILE)[1] == []
    changes = [*difflib.ndiff(text.splitlines(), (found.text or text).splitlines())]
    assert not [line for line in changes if line.startswith("- ")]
    return [line[2:].strip() for line in changes if line.startswith("+ ")]


@pytest.mark.parametrize(
    ("field", "word", "name"),
    [
        ("baseline", "Gulls", "gulls"), ("baseline", " sea  gulls ", "gulls"), ("baseline", "SEA-GULLS", "gulls"),
        ("baseline", "Barn owl", "owl"), ("baseline", "wren2020herons", "wren2020herons"), ("baseline", "7B", "7B"),
        ("benchmark", "dawn_chorus", "dawn"), ("model", "barn-owl", "owl"), ("model", "0.04B", "0.04B"),
        ("hardware", "TOWER", "tower"), ("metric", "Top speed", "speed"), ("metric", "top-speed", "speed"),
    ],
)  # fmt: skip
def test_what_is_nearly_a_name_is_that_name(field: str, word: str, name: str) -> None:
    found = add(number("2", "x more", **{"baseline": "gulls", field: word}))
    assert lines(found) == []
    assert found.words == []
    assert {field: word, **found.changes.get("results", [{}])[0]}[field] == name


@pytest.mark.parametrize(
    ("field", "word", "line"),
    [
        ("baseline", "Grey heron", "grey-heron: {label: Grey heron, kind: named, vague: true, new: true}"),
        ("benchmark", "Night, 2nd", 'night-2nd: {label: "Night, 2nd", vague: true, new: true}'),
        ("model", "Ørsted's owl", "orsted-s-owl: {label: Ørsted's owl, vague: true, new: true}"),
        ("hardware", "日本", "riben: {label: 日本, vague: true, new: true}"),
        ("hardware", "true", 'true: {label: "true", vague: true, new: true}'),
        ("hardware", "a..b -c", "a.b-c: {label: a..b -c, vague: true, new: true}"),
        ("metric", "Dives", "dives: {family: finding, label: Dives, units: [km/h], means: to be written}"),
        ("metric", "wing beats", "wing-beats: {family: finding, units: [km/h], means: to be written}"),
    ],
)  # fmt: skip
def test_all_else_enters_the_registry_for_an_editor_to_look_at(field: str, word: str, line: str) -> None:
    found = add(number(**{field: word}))
    assert lines(found) == [line]
    assert {field: word, **found.changes.get("results", [{}])[0]}[field] == line.partition(":")[0]
    assert found.words[0].startswith(f'new name, not yet described: {field} {line.partition(":")[0]}, "{word}"')


def test_a_likely_slip_is_named_and_travels() -> None:
    found = add(number("2", "x more", baseline="gullz"))
    assert found.words == ['new name, not yet described: baseline gullz, "gullz"; did you mean "gulls"?']
    assert len(lines(found)) == 1


def test_a_new_name_is_one_wherever_it_stands() -> None:
    found = add(
        number("2", "x more", baseline="New Bird", model=["new-bird", "owl"]),
        number("3", "x more", baseline="new bird", hardware="mast"),
        models=["Swift"],
    )
    assert [one["baseline"] for one in found.changes["results"]] == ["new-bird", "new-bird"]
    assert found.changes["models"] == ["swift", "new-bird", "owl"]
    assert found.changes["hardware"] == ["mast"]
    assert len(lines(found)) == 2


def test_a_name_gets_an_address_that_is_free() -> None:
    found = add(number(hardware=["tower!", "tower*"], model="wren2020herons"), number(baseline="owl*"))
    assert found.changes["results"][0]["hardware"] == ["tower-2", "tower-3"]
    assert found.changes["results"][1]["baseline"] == "owl-2"
    lines(found)


def test_a_new_metric_takes_the_units_of_its_numbers() -> None:
    found = add(
        number("2", "x more", metric="dives", baseline="gulls"), number("3", "k dives", metric="Dives"),
        number("4", "points more", metric="dives", baseline="gulls"), {"metric": "depth", "value": "5"},
        scale=[number("4", "M", metric="eggs")],
    )  # fmt: skip
    assert lines(found) == [
        "scale: {title: Scale, list: scale}",
        "dives: [dives]",
        "dives: {family: finding, units: [dives, percent], means: to be written}",
        "depth: {family: finding, counts: depth, means: to be written}",
        "eggs: {family: scale, counts: eggs, means: to be written}",
    ]


def test_a_survey_without_a_registry_gets_one() -> None:
    found = add(number("2", "x more", metric="dives", baseline="Gulls"), text="")
    registry, problems = read_registry(found.text.encode(), FILE)
    assert problems == []
    assert registry.baselines["gulls"].label == "Gulls"
    assert registry.metrics["dives"].family == "finding"


@pytest.mark.parametrize(
    ("word", "words"),
    [
        ("a" * (LONGEST + 1), f"at most {LONGEST} characters"),
        ("<b>bird</b>", "a new name has letters, digits"),
        ("bird\u202eowl", "birdU+202Eowl"),
        ("bird\u200bowl", "birdU+200Bowl"),
        ("bird\x07", "birdU+0007"),
        ("{{ typed 1 }}", "a new name has letters"),
        ("...", "a new name has letters"),
        ("`bird`", "a new name has letters"),
        ("[bird](x)", "a new name has letters"),
    ],
)
@pytest.mark.parametrize("field", ["baseline", "hardware", "metric"])
def test_what_cannot_be_a_name_is_refused(field: str, word: str, words: str) -> None:
    with pytest.raises(AnswerError) as caught:
        add(number(**{field: word}))
    assert words in str(caught.value)
    assert str(caught.value).startswith(f"{field}: ")


def test_a_registry_that_takes_no_line_says_so() -> None:
    text = "baselines: {a: {label: A, kind: plain} # one\n }\n"
    with pytest.raises(AnswerError, match="add it by hand:\n  gulls: "):
        add(number(metric="speed", baseline="Gulls"), text=f"{text}metrics: {{}}\n")


def test_line_ends_of_the_registry_stay() -> None:
    found = add(number("2", "x more", baseline="Heron"), text=TEXT.replace("\n", "\r\n"))
    assert found.text.count("\n") == found.text.count("\r\n") == TEXT.count("\n") + 1


def test_a_proposal_has_so_many_new_names_and_no_more() -> None:
    assert len(lines(add(number(hardware=[f"mast {n}" for n in range(MOST_NAMES)])))) == MOST_NAMES
    with pytest.raises(AnswerError, match=f"at most {MOST_NAMES} in one proposal"):
        add(number(hardware=[f"mast {n}" for n in range(MOST_NAMES + 1)]))


@pytest.mark.parametrize("value", [None, {}, {"a": "b"}, [[]], [{}], "", "x", ["x", {"a": "b"}], [""]])
def test_what_is_no_number_stays_for_the_checks(value: Any) -> None:
    data = {"results": value, "scale": [value, {"metric": value, "unit": value}], "models": None, "hardware": {}}
    found = add_new_names(data, TEXT, FILE, ())
    assert found.changes.get("results", value) == value
