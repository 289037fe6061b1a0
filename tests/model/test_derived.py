"""Facets that follow from what papers say otherwise."""

from typing import Any

import pytest
from living_survey.model.derived import facets_of, grade, titles_of
from living_survey.model.facet import Facet
from living_survey.model.registry import Registry

from tests.pages.birds import bird

REGISTRY = Registry.model_validate({
    "families": {"scale": {"title": "Scale", "list": "scale"}, "speed": {"title": "Speed"}},
    "metrics": {
        "parameters": {"family": "scale", "counts": "parameters", "means": "Weights."},
        "speed": {"family": "speed", "better": "higher", "units": [], "means": "How fast."},
    },
    "baselines": {
        "swift": {"label": "Swift", "kind": "named"},
        "others": {"label": "others", "kind": "unnamed", "vague": "true"},
    },
    "models": {
        "wren-1b": {"label": "Wren 1B", "size": "1B"}, "wren-4b": {"label": "Wren 4B", "size": "4B"},
        "wren": {"label": "Wren", "vague": "true"},
    },
    "hardware": {
        "nest": {"label": "nest", "class": "home"}, "tree": {"label": "tree", "class": "wild"},
        "sky": {"label": "sky"}, "box": {"label": "box", "class": "home"},
    },
})  # fmt: skip
STEPS = {"under-1b": "1B", "1b-4b": "4B", "4b-20b": "20B", "20b-80b": "80B", "over-80b": None}
FACETS = {
    name: Facet.model_validate(data)
    for name, data in {
        "size": {"title": "Size", "from": ["models", "scale.parameters"], "steps": STEPS},
        "place": {"title": "Place", "from": "hardware", "values": {"wild": "In the wild", "home": "At home"}},
        "has": {"title": "Offered", "from": "links"},
        "evidence": {"title": "Evidence", "from": "results", "values": {"baseline": "A", "number": "B", "words": "C"}},
        "habitat": {"title": "Habitat", "values": {"sea": "The sea"}},
    }.items()
}


def values(name: str, **fields: Any) -> tuple[str, ...]:
    """Return the values that a paper with these fields has of a facet."""
    return facets_of(bird(1, **fields), FACETS, REGISTRY).get(name, ())


@pytest.mark.parametrize(
    ("models", "steps"),
    [
        (["wren-1b"], ("1b-4b",)),  # a size on a limit belongs to the step above
        (["wren-4b"], ("4b-20b",)),
        (["125M"], ("under-1b",)),
        (["3.9B", "79.9B"], ("1b-4b", "20b-80b")),
        (["80B"], ("over-80b",)),
        (["1T"], ("over-80b",)),
        (["2B-14B"], ("1b-4b", "4b-20b")),  # a range fills every step that it touches
        (["0.5B-4B"], ("under-1b", "1b-4b", "4b-20b")),
        (["to 34B"], ("20b-80b",)),  # the smaller ones are not known
        (["wren"], ()),
        (["wren", "wren-1b"], ("1b-4b",)),
        (["nobody knows"], ()),
        (None, ()),
    ],
)
def test_sizes_of_models_fill_steps(models: list[str] | None, steps: tuple[str, ...]) -> None:
    assert values("size", models=models) == steps


@pytest.mark.parametrize(
    ("number", "steps"),
    [
        ({"value": "7", "unit": "B"}, ("4b-20b",)),
        ({"value": "4000", "unit": "M"}, ("4b-20b",)),
        ({"low": "2", "high": "14", "unit": "B"}, ("1b-4b", "4b-20b")),
        ({"value": "900"}, ("under-1b",)),
        ({"value": "1", "unit": "T"}, ("over-80b",)),
        ({"value": "30", "unit": "x more", "baseline": "swift"}, ()),  # how many times as many is no size
    ],
)
def test_numbers_of_parameters_are_sizes_with_the_factor_of_their_unit(
    number: dict[str, str], steps: tuple[str, ...]
) -> None:
    assert values("size", scale=[{"metric": "parameters", **number}]) == steps


def test_sizes_of_models_and_of_numbers_come_together() -> None:
    number = {"metric": "parameters", "value": "175", "unit": "B"}
    assert values("size", models=["wren-1b"], scale=[number]) == ("1b-4b", "over-80b")


def test_hardware_counts_by_its_class_in_the_order_of_the_settings() -> None:
    assert values("place", hardware=["nest", "tree", "box"]) == ("wild", "home")
    assert values("place", hardware=["sky"]) == ()
    assert values("place") == ()


def test_links_that_are_there_are_what_is_offered() -> None:
    links = {"data": "https://x.org/d", "code": "https://x.org/c"}
    assert values("has", links=links) == ("code", "data")
    assert values("has", links=None) == ()


@pytest.mark.parametrize(
    ("results", "expected"),
    [
        (None, "words"),
        ([{"value": "3"}], "number"),
        ([{"value": "3", "unit": "x more", "baseline": "others"}], "number"),
        ([{"value": "3", "unit": "x more", "baseline": "wren"}], "number"),
        ([{"value": "3", "unit": "x more", "baseline": "swift", "baseline_stated": "false", "reason": "a guess"}],
         "number"),
        ([{"value": "3", "unit": "x more", "baseline": ["swift", "others"]}], "number"),
        ([{"value": "3", "unit": "x more", "baseline": "swift"}], "baseline"),
        ([{"value": "3"}, {"value": "2", "unit": "x more", "baseline": "wren-1b"}], "baseline"),
    ],
)  # fmt: skip
def test_the_grade_is_that_of_the_best_number(results: list[dict[str, Any]] | None, expected: str) -> None:
    numbers = [{"metric": "speed", **number} for number in results] if results else None
    assert grade(bird(1, results=numbers), REGISTRY) == expected
    assert values("evidence", results=numbers) == (expected,)


def test_sizes_of_what_is_made_are_no_outcome() -> None:
    scale = [{"metric": "parameters", "value": "7", "unit": "B", "baseline": "swift"}]
    assert values("evidence", scale=scale) == ("words",)


def test_facets_come_in_the_order_of_the_settings_with_those_that_are_typed() -> None:
    paper = bird(1, facets={"habitat": ["sea"]}, models=["wren-1b"], links=None)
    assert facets_of(paper, FACETS, REGISTRY) == {"size": ("1b-4b",), "evidence": ("words",), "habitat": ("sea",)}


def test_values_have_words() -> None:
    assert list(titles_of(FACETS["size"]).values()) == [
        "under 1B", "1B to 4B", "4B to 20B", "20B to 80B", "80B and more",
    ]  # fmt: skip
    assert titles_of(FACETS["place"]) == {"wild": "In the wild", "home": "At home"}
    assert titles_of(FACETS["has"])["code"] == "code"
    assert titles_of(FACETS["habitat"]) == {"sea": "sea"}
