"""Derived facets in settings, papers and the registry, and what a survey asks of them."""

from pathlib import Path
from typing import Any

import pytest
from living_survey.checks.texts import check_content
from living_survey.loading.settings import load_settings
from living_survey.loading.survey import inspect
from living_survey.syntax.problems import ProblemsError, to_text

from tests.fabricate import THEMES, paper, to_yaml, write_survey
from tests.pages.birds import bird, page, survey

CONFIG = """\
site_name: Birds
plugins:
  - survey:
      facets:
        size:
          title: Size
          {lines}
"""
FACETS: dict[str, Any] = {
    "size": {"title": "Size", "from": ["models", "scale.parameters"], "steps": {"small": "4B", "large": None}},
    "place": {"title": "Place", "from": "hardware", "values": {"wild": "In the wild"}},
    "has": {"title": "Offered", "from": "links"},
    "evidence": {"title": "Evidence", "from": "results", "values": {"baseline": "A", "number": "B", "words": "C"}},
}


TEXTS = tuple(page(f"themes/{path}.md") for path in THEMES)


@pytest.mark.parametrize(
    ("lines", "report"),
    [
        (
            "from: modles",
            "mkdocs.yml:7:11: error: facets.size.from.1: modles is nothing that a facet follows from",
        ),
        (
            "from: [models, hardware]",
            "mkdocs.yml:5:9: error: facets.size: models, hardware do not make one facet [facet-sources-mixed]",
        ),
        ("from: models", "mkdocs.yml:5:9: error: facets.size: a facet of sizes has two steps at least"),
        ("{from: models, steps: {a: null}}", "a facet of sizes has two steps at least"),
        (
            "{from: models, steps: {a: 4B, b: 4B, c: null}}",
            "facets.size.steps: b ends at 4B, which is not above the step before [facet-steps-order]",
        ),
        ("{from: models, steps: {a: big, b: null}}", "facets.size.steps.a: big is not a size"),
        ("{from: models, steps: {a: 1B-4B, b: null}}", "facets.size.steps.a: 1B-4B is not a size"),
        ("{from: models, steps: {a: 4, b: null}}", "facets.size.steps.a: 4 is not a size"),
        ("{from: models, steps: {a: null, b: 4B}}", "facets.size.steps: a has no limit and is not the last step"),
        ("{from: models, steps: {a: 1B, b: 4B}}", "facets.size.steps: larger sizes than 4B are in no step"),
        ("{from: models, values: {a: A}, steps: {a: 1B, b: null}}", "the values of this facet follow from what"),
        ("from: hardware", "facets.size: a facet without values [facet-values-missing]"),
        ("{from: links, values: {code: Code}}", "the values of this facet follow from what it is made from"),
        ("{from: results, values: {baseline: A}}", "has the values baseline, number, and words [facet-grades]"),
        ("{values: {a: A}, steps: {a: 1B, b: null}}", "steps are for facets of sizes"),
        ("{}", "facets.size: a facet without values"),
        ("{form: models}", 'unknown field: form [field-unknown]\n    did you mean "from"?'),
    ],
)
def test_mistakes_in_the_settings_have_their_line(tmp_path: Path, lines: str, report: str) -> None:
    text = CONFIG.replace("{lines}", lines)
    if lines.startswith("{"):
        text = CONFIG.replace("{lines}", lines[1:-1].replace(", values:", "\n          values:")
                              .replace(", steps:", "\n          steps:"))  # fmt: skip
    file = tmp_path / "mkdocs.yml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(ProblemsError) as caught:
        load_settings(file)
    found = to_text(caught.value.problems)
    assert report in found
    assert found.count(": error: ") == 1


def test_a_step_has_its_own_line(tmp_path: Path) -> None:
    file = tmp_path / "mkdocs.yml"
    steps = "from: models\n          steps:\n            small: 4B\n            middle: many\n            large: null"
    file.write_text(CONFIG.replace("{lines}", steps), encoding="utf-8")
    with pytest.raises(ProblemsError, match=r"mkdocs\.yml:10:13: error: facets\.size\.steps\.middle: many is not"):
        load_settings(file)


@pytest.mark.parametrize(
    ("name", "words", "hint"),
    [
        ("size", "follows from models:", "add the model to models:"),
        ("place", "follows from hardware:", "add the hardware to hardware:"),
        ("has", "follows from links:", "add the link to links:"),
        ("evidence", "follows from results:", "add the number to results:"),
    ],
)
def test_what_follows_is_not_typed(tmp_path: Path, name: str, words: str, hint: str) -> None:
    config = write_survey(tmp_path / "survey", settings={"facets": FACETS})
    text = to_yaml({**paper(1), "facets": {name: ["small"]}})
    (config.parent / "papers/a.yaml").write_text(text, encoding="utf-8")
    line = text.split("\n").index(f"  {name}:") + 1
    found = to_text([one for one in inspect(load_settings(config)).problems if one.code == "facet-derived"])
    assert found == (
        f"papers/a.yaml:{line}:3: error: facets.{name}: {words} and is not typed [facet-derived]\n    delete it; {hint}"
    )


def test_classes_of_the_registry_are_values_of_the_facet(tmp_path: Path) -> None:
    config = write_survey(tmp_path / "survey", settings={"facets": FACETS})
    registry = "hardware:\n  tree: {label: tree, class: wild}\n  nest: {label: nest, class: wlid}\n"
    (config.parent / "docs/registry.yaml").write_text(registry, encoding="utf-8")
    found = [one for one in inspect(load_settings(config)).problems if one.severity == "error"]
    assert to_text(found) == (
        'docs/registry.yaml:3:23: error: "wlid" is no value of the facet place [registry-class-unknown]\n'
        '    did you mean "wild"?'
    )


def test_what_is_known_is_counted_and_thresholds_are_held() -> None:
    number = {"metric": "speed", "value": "3", "unit": "x more"}
    papers = (
        bird(1, models=["7B"]), bird(2, results=[number, {**number, "quote": "3 times"}]), bird(3),
    )  # fmt: skip
    wanted = {"quotes": "50", "facets": "33"}
    counted, missed = check_content(survey(*papers, pages=TEXTS, facets=FACETS, content=wanted))
    assert {"1 of 2 results with a quote", "1 of 3 papers with size or place", "size: large 1"} <= set(counted)
    assert "evidence: number 1, words 2" in counted
    assert missed == []
    _, missed = check_content(survey(*papers, pages=TEXTS, facets=FACETS, content={"quotes": "51", "facets": "34"}))
    assert [(one.code, one.path, one.message, one.hint) for one in missed] == [
        ("content-missed", "papers", "50% of results have a quote", "required: at least 51%"),
        ("content-missed", "papers", "33% of papers have size or place", "required: at least 34%"),
    ]


def test_a_survey_without_results_misses_no_quotes() -> None:
    assert check_content(survey(bird(1), pages=TEXTS, content={"quotes": "100"}))[1] == []
    missed = check_content(survey(bird(1), pages=TEXTS, content={"facets": "1"}))[1]
    assert [one.message for one in missed] == ["0% of papers have a facet from models, parameters or hardware"]
