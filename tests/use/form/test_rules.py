"""The form's rules against the checks', its text against the formatter's, its keys against the importer's."""

import dataclasses
import json
import re
from pathlib import Path
from typing import Any

import jsonschema
import yaml
from living_survey.checks.papers import check_papers
from living_survey.checks.questions import check_mentions
from living_survey.formats.names import read_line
from living_survey.formats.paper_file import to_yaml
from living_survey.loading.validate import check_paper
from living_survey.model.keys import new_key
from living_survey.model.parts import Author
from living_survey.model.schema import paper_schema
from living_survey.model.survey import Survey
from living_survey.model.titles import TitleIndex
from living_survey.syntax.yaml_reader import read_mapping
from playwright.sync_api import Page

from tests.commands import ROOT, mkdocs
from tests.fabricate import key, paper
from tests.formats.difficult import DIFFICULT
from tests.model.test_titles import PAIRS
from tests.model.test_titles import paper as titled
from tests.use.form.visit import form_survey

CASES = yaml.safe_load((Path(__file__).parent / "cases.yaml").read_text(encoding="utf-8"))


def complete() -> dict[str, Any]:
    """Return a complete paper that the survey does not have."""
    return {**paper(1), "doi": "10.5555/new", "title": "Swift counts in spring, Ⅳ"}


def changed(field: str, *value: Any) -> dict[str, Any]:
    """Return the complete paper with a field changed, or without it."""
    data: dict[str, Any] = json.loads(json.dumps(complete()))
    target, (*parts, name) = data, field.split(".")
    for part in parts:
        target = target.setdefault(part, {})
    target.pop(name, None)
    if value:
        target[name] = value[0]
    return data


def as_read(value: Any) -> Any:
    """Return data with all scalars as text, as the reader gives them."""
    if isinstance(value, dict):
        return {name: as_read(inner) for name, inner in value.items()}
    if isinstance(value, list):
        return [as_read(inner) for inner in value]
    return "true" if value is True else str(value)


def complaints(survey: Survey, data: dict[str, Any]) -> list[str]:
    """Return what the checks say of a new paper."""
    path = "papers/new2002paper.yaml"
    found, problems = check_paper("new2002paper", path, as_read(data))
    if found:
        problems = list(check_papers(survey.settings, survey.taxonomy, [*survey.papers.values(), found]))
        problems += check_mentions(survey.settings, [], [found], [], survey.questions)
    return [problem.message for problem in problems if problem.path == path and problem.severity == "error"]


CHECKS = [
    *((case[0], case[1:2], case[2] if len(case) > 1 else False) for case in CASES["check"]),
    *((field, [character * times], valid) for field, character, times, valid in CASES["huge"]),
]


def test_checks_and_form_agree_on_what_is_valid(desk: Page, birds_survey: Survey) -> None:
    papers = [changed(field, *value) for field, value, _ in CHECKS]
    wanted = [valid for _, _, valid in CHECKS]
    ours = [complaints(birds_survey, data) for data in papers]
    theirs = desk.evaluate(
        "papers => papers.map(data => tried.check(tried.schema, data, tried.survey).map(one => JSON.stringify(one)))",
        papers,
    )
    assert len(CHECKS) > 150
    names = [f"{field} {str(value)[:60]}" for field, value, _ in CHECKS]
    told = list(zip(names, wanted, ours, theirs, strict=True))
    assert [(name, found) for name, valid, found, _ in told if valid != (not found)] == []
    assert [(name, found) for name, valid, _, found in told if valid != (not found)] == []


def test_each_problem_of_the_form_has_a_field_and_a_remedy(desk: Page) -> None:
    papers = [changed(field, *value) for field, value, valid in CHECKS if not valid]
    found = desk.evaluate("papers => papers.map(data => tried.check(tried.schema, data, tried.survey))", papers)
    without = [one["message"] for problems in found for one in problems if not one["path"] or not one["hint"]]
    assert without == []


def test_the_schema_alone_refuses_what_it_has_words_for() -> None:
    schema = paper_schema()
    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator(schema)
    said = {
        f"{field} {str(value)[:40]}"
        for field, value, valid in CHECKS
        if valid != validator.is_valid(as_typed(changed(field, *value)))
    }
    # These need the calendar, sums, other fields, the survey: the schema has keywords of its own for them.
    assert {name.split()[0] for name in said} <= {
        "authors", "published", "first_public", "status_since", "added", "venue.pages", "themes", "kind", "facets",
        "attributes", "tldr", "protect", "summary", "results", "scale", "relations", "aliases",
    }  # fmt: skip
    assert len(said) < 50


def as_typed(data: dict[str, Any]) -> dict[str, Any]:
    """Return data with numbers and yes as YAML reads them without quotes."""
    typed: dict[str, Any] = json.loads(json.dumps(data))
    for owner, name in ((typed, "year"), *((version, "year") for version in typed.get("versions", ()))):
        if re.fullmatch(r"[0-9]+", str(owner.get(name, ""))):
            owner[name] = int(owner[name])
    for name in ("and_others", "edited"):
        if typed.get(name) == "true":
            typed[name] = True
    return typed


def test_form_and_formatter_write_the_same_text(desk: Page) -> None:
    files = [read_mapping(file.read_bytes(), file.name).data for file in sorted((ROOT / "papers").glob("*.yaml"))]
    papers = [*files, *(dict(data) for data in DIFFICULT.values()), *CASES["files"], *map(paper, range(1, 20))]
    theirs = desk.evaluate("papers => papers.map(data => tried.toYaml(data, tried.schema, tried.survey.yaml))", papers)
    assert len(theirs) > 140
    for data, text in zip(papers, theirs, strict=True):
        assert text == to_yaml(data)


def test_form_and_importer_make_the_same_keys(desk: Page) -> None:
    cases = [(*case, "") if len(case) == 4 else case for case in CASES["keys"]]
    wanted = [
        "" if unknown else new_key(Author.model_validate(author), year, title, taken.__contains__)
        for author, year, title, taken, unknown in cases
    ]
    keys = desk.evaluate(
        """cases => cases.map(([author, year, title, taken]) => tried.newKey(author, String(year), title, {
            survey: tried.survey, reserved: tried.schema.properties.key["x-reserved"],
            taken: name => taken.includes(name),
        }))""",
        cases,
    )
    assert keys == wanted


def as_people(line: list[Any]) -> dict[str, Any]:
    """Return what a case says of a line of names."""
    text, *who = line
    names = [one for one in who if isinstance(one, list)]
    people = [
        {"team": one[0][1:]} if one[0].startswith(":") else dict(zip(("family", "given", "suffix"), one, strict=False))
        for one in names
    ]
    return {"text": text, "people": people, "others": "others" in who, "sure": "?" not in who}


def test_form_and_importer_read_lines_of_names_alike(desk: Page) -> None:
    wanted = [as_people(line) for line in CASES["names"] if line]
    assert len(wanted) > 50
    ours = [{"text": case["text"], **dataclasses.asdict(read_line(case["text"]))} for case in wanted]
    assert ours == wanted
    theirs = desk.evaluate("texts => texts.map(text => ({text, ...tried.readLine(text)}))", [c["text"] for c in wanted])
    assert theirs == wanted


def test_form_and_checks_find_the_same_likely_duplicates(desk: Page) -> None:
    pairs = [*PAIRS, *((True, one.title, one.title) for one in [titled("x2020y", "Ørsted’s geese III")])]
    ours = [bool(TitleIndex([titled("a2020x", one)]).similar(titled("b2020x", two))) for _, one, two in pairs]
    search = """([title, wanted, names]) => tried.likePapers(
        tried.readRows([{key: "a2020x", title, year: 2020, names: ["Wren"]}], tried.survey),
        wanted, names, tried.survey).length > 0"""
    theirs = [desk.evaluate(search, [one, two, ["wren"]]) for _, one, two in pairs]
    assert theirs == ours
    assert not desk.evaluate(search, ["Swifts", "Swifts", ["Finch"]])


def test_likeness_is_that_of_the_checks(desk: Page) -> None:
    titles = [paper(n)["title"] for n in range(1, 12)] + ["", "ab", "Über Vögel I", "Ueber Voegel 1"]
    pairs = [(one, two) for one in titles for two in titles]
    scores = desk.evaluate("pairs => pairs.map(([one, two]) => tried.likeness(one, two, tried.survey))", pairs)
    from living_survey.model.titles import words_of  # noqa: PLC0415
    from rapidfuzz import fuzz  # noqa: PLC0415

    wanted = []
    for one, two in pairs:
        texts = " ".join(words_of(one)), " ".join(words_of(two))
        wanted.append(round(max(fuzz.ratio(*texts), fuzz.token_sort_ratio(*texts))))
    assert scores == wanted


def test_a_papers_data_is_what_its_file_says(survey_folder: Path, birds_survey: Survey) -> None:
    for one in birds_survey.papers:
        data = json.loads((survey_folder / f"site/papers/{one}/{one}.json").read_text(encoding="utf-8"))
        file = survey_folder / f"papers/{one}.yaml"
        assert to_yaml(data) == to_yaml(read_mapping(file.read_bytes(), one).data)


def test_large_surveys_have_no_file_per_paper_and_no_link(tmp_path: Path) -> None:
    config = form_survey(tmp_path, 4, settings={"rich_up_to": 3})
    assert mkdocs(config, "--strict").returncode == 0
    site = config.parent / "site"
    assert list((site / "papers").rglob("*.json")) == []
    assert "Suggest a correction" not in (site / f"papers/{key(1)}/index.html").read_text(encoding="utf-8")
    assert json.loads((site / "api/form.json").read_text(encoding="utf-8"))["corrections"] is False
    assert len(json.loads((site / "api/titles.json").read_text(encoding="utf-8"))) == 4
