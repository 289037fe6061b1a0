"""The paper file: names, dates, and what is made from the model."""

import json
from typing import Any

import jsonschema
import pytest
from living_survey.loading.validate import check_paper
from living_survey.model.paper import Paper
from living_survey.model.parts import Author
from living_survey.model.schema import field_table, paper_schema

from tests.fabricate import paper


def test_a_name_has_its_three_forms() -> None:
    author = Author(family="van der Meer", given="Jan", suffix="Jr.")
    assert (author.name, author.sort_name, author.short_name) == (
        "Jan van der Meer, Jr.", "van der Meer, Jr., Jan", "van der Meer",
    )  # fmt: skip
    assert Author(family="Plato").name == Author(family="Plato").sort_name == "Plato"
    assert Author(team="Heron Team").sort_name == "Heron Team"


def make(**changes: Any) -> Paper:
    """Return paper 1 with changes."""
    found, problems = check_paper(
        "wren2002swift",
        "x",
        {**{k: v if isinstance(v, (list, dict)) else str(v) for k, v in paper(1).items()}, **changes},
    )
    assert found, problems
    return found


def test_the_short_name_precedes_a_title_that_does_not_say_it() -> None:
    assert make(title="Sleep on the wing", short_name="SwiftNet").display_title == "SwiftNet: Sleep on the wing"
    assert make(title="Swift-Net: sleep", short_name="SwiftNet").display_title == "Swift-Net: sleep"


def test_bylines() -> None:
    one, two, three = ([{"family": name} for name in names] for names in (["A"], ["A", "B"], ["A", "B", "C"]))
    assert [make(authors=people).byline for people in (one, two, three)] == ["A", "A and B", "A et al."]


def test_white_space_is_folded_and_paragraphs_are_kept() -> None:
    found = make(title="Two\n  lines ", summary="One\nline.\n\n\nNext  one.")
    assert found.title == "Two lines"
    assert found.summary == "One line.\n\nNext one."


def test_where_a_paper_is_read() -> None:
    assert make(url="https://example.org/x").reader_url == "https://example.org/x"
    assert make().reader_url == "https://doi.org/10.5555/birds.1"


def test_the_schema_accepts_a_paper_and_refuses_what_the_checks_refuse() -> None:
    schema = json.loads(json.dumps(paper_schema()))
    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator(schema)
    validator.validate(paper(1))
    mistakes: list[dict[str, Any]] = [
        {"autors": []}, {"type": "journal"}, {"arxiv": 2101.1}, {"url": "javascript:x"}, {"themes": "song"},
    ]  # fmt: skip
    for wrong in mistakes:
        with pytest.raises(jsonschema.ValidationError):
            validator.validate({**paper(1), **wrong})
    assert "key" not in schema["required"]


def test_schema_and_table_list_every_field_in_the_models_order() -> None:
    assert list(paper_schema()["properties"]) == list(Paper.model_fields)
    table = [name for name, _, _ in field_table()]
    assert [name for name in table if "." not in name] == list(Paper.model_fields)
    assert {"authors.family", "venue.pages", "links.code", "results.unit", "provenance.position"} <= set(table)
    assert [name for name, _, description in field_table() if not description] == []
