"""The axes along which papers are told apart: values, trees, counts."""

from typing import Any

import pytest
from living_survey.model.axes import Axis, axes_of
from living_survey.model.facet import Facet
from pydantic import ValidationError

from tests.fabricate import key, number
from tests.pages.birds import bird, survey

HABITAT = {
    "title": "Habitat", "values": {"sea": "Salt water", "high-sea": "Far from land", "land": "Dry", "cliff": "Steep"},
    "labels": {"cliff": "Cliffs"}, "under": {"high-sea": "sea", "cliff": "land"},
}  # fmt: skip
PAPERS = (
    bird(1, facets={"habitat": ["high-sea"]}, themes=["flight/speed"]),
    bird(2, facets={"habitat": ["sea", "high-sea"]}, themes=["flight/height", "flight/speed"]),
    bird(3, facets={"habitat": ["cliff"]}, themes=["song"], results=[number(baseline=["gulls"]), number("30")]),
    bird(4, themes=["flight"], results=[number(baseline=["unnamed"])]),
)


def axes(*papers: Any, **settings: Any) -> dict[str, Axis]:
    """Return the axes of a survey of papers, by their names."""
    return {axis.name: axis for axis in axes_of(survey(*papers, **settings))}


def test_a_tree_counts_a_paper_once_with_all_above_its_values() -> None:
    theme = axes(*PAPERS)["theme"]
    assert theme.counts == {"flight": 3, "flight/height": 1, "flight/speed": 2, "season": 0, "song": 1}
    assert set(theme.values_of(key(2))) == {"flight", "flight/height", "flight/speed"}
    assert theme.of[key(2)] == (1, 2)


def test_facets_have_labels_and_trees() -> None:
    habitat = axes(*PAPERS, facets={"habitat": HABITAT})["habitat"]
    assert habitat.values == {"sea": "sea", "high-sea": "high sea", "land": "land", "cliff": "Cliffs"}
    assert habitat.counts == {"sea": 2, "high-sea": 2, "land": 1, "cliff": 1}


def test_a_value_stands_behind_the_one_that_it_is_part_of() -> None:
    turned = {**HABITAT, "values": {"cliff": "Steep", "land": "Dry", "high-sea": "Far", "sea": "Salt water"}}
    found = axes(*PAPERS, facets={"habitat": turned})["habitat"]
    assert list(found.values) == ["land", "cliff", "sea", "high-sea"]
    assert found.counts["sea"] == 2


def test_what_tells_no_papers_apart_is_no_axis() -> None:
    alike = {"kind": "review", "year": 2020, "themes": ["song"], "links": {"code": "https://x.org/"}}
    found = axes(bird(1, **alike), bird(4, **alike))
    assert not {"kind", "year", "theme", "has", "status", "vs", "evidence"} & set(found)
    assert axes() == {}


def test_baselines_that_name_nothing_are_left_out() -> None:
    assert axes(*PAPERS)["vs"].counts == {"gulls": 1}
    assert axes(*PAPERS)["evidence"].counts == {"baseline": 1, "number": 1, "words": 2}


def test_what_every_survey_has_takes_the_words_of_its_facets() -> None:
    graded = {"baseline": "Against something", "number": "Numbers", "words": "Words only"}
    facets = {
        "rests-on": {"title": "Rests on", "from": "results", "values": graded},
        "year": {"title": "Ring", "values": {"red": "A red ring"}},
    }
    found = axes(*PAPERS[1:], bird(5, facets={"year": ["red"]}), facets=facets)
    assert (found["evidence"].title, found["evidence"].values) == ("Rests on", graded)
    assert found["evidence"].page is not None
    assert found["evidence"].page("words") == "facets/rests-on/words/"
    # A facet may have the name of an axis; in addresses it has another one.
    assert found["facet-year"].counts == {"red": 1}
    assert "rests-on" not in found


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"labels": {"see": "Sea"}}, "see is no value of this facet"),
        ({"under": {"sea": "water"}}, "water is no value of this facet"),
        ({"under": {"sea": "high-sea", "high-sea": "sea"}}, "sea is part of itself"),
        ({"under": {"sea": "sea"}}, "sea is part of itself"),
        ({"from": "hardware", "values": {"sea": "Sea"}, "labels": {}, "under": {"sea": "sea"}}, "that papers state"),
    ],
)
def test_trees_and_labels_that_cannot_be_are_refused(change: dict[str, Any], says: str) -> None:
    with pytest.raises(ValidationError, match=says):
        Facet.model_validate({**HABITAT, "labels": {}, "under": {}, **change})
