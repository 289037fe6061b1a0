"""Comparisons: their files, what is wrong with them, and the commands that keep them up to date."""

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from living_survey.formats.paper_file import to_yaml

from tests.commands import run_survey as run
from tests.fabricate import key, number, paper, write_registry, write_survey

ONE, TWO, THREE, FOUR = (key(n) for n in (1, 2, 3, 4))
SETTINGS = {
    "attributes": {"method": "Method"},
    "facets": {
        "place": {"title": "Place", "values": {"sea": "At sea", "land": "On land"}},
        "rests": {
            "title": "Rests on",
            "from": "results",
            "values": {"baseline": "A named bird", "number": "A number", "words": "Words"},
        },
    },
}
GOOD = f"""\
title: Swifts & 100% of their speed
papers:
  - {THREE}
  - {FOUR}
columns:
  - year
  - kind
  - venue
  - themes
  - has
  - models
  - hardware
  - place
  - rests
  - method
  - speed km/h
  - speed x
  - speed
note: As [@{ONE}] says.
reviewed:
  {THREE}: 2026-01-02
"""


def add(folder: Path, n: int, **fields: object) -> None:
    """Write a made paper with further fields."""
    (folder / f"papers/{key(n)}.yaml").write_text(to_yaml({**paper(n), **fields}), encoding="utf-8")


def write(folder: Path, **others: str) -> Path:
    """Write a survey of eight papers, two with numbers, and a comparison; return its configuration."""
    config = write_survey(folder, 8, settings=SETTINGS)
    write_registry(folder)
    of_three = [
        number("40"),
        number("10", "m/s", bound="at least", model="swift", hardware="tower"),
        number("2", "x less", baseline="gulls", bound="at least", quote="at least 2x slower"),
        number("150", "percent more", baseline="gulls", bound="up to", quote="up to 150 percent faster"),
    ]
    add(
        folder, 3, results=of_three, models=["swift"], hardware=["tower"], attributes={"method": "radar & ×"},
        facets={"place": ["sea", "land"]}, short_name="*A_B [c]",
    )  # fmt: skip
    ranged = number(low="30", high="50.5", quote="flies 30 to 50.5 km/h")
    ranged.pop("value", None)
    add(folder, 4, results=[ranged], provenance={"source": "other", "checked": "2026-03-04"})
    (folder / "docs/comparisons").mkdir()
    for name, text in {"swifts": GOOD, **others}.items():
        (folder / f"docs/comparisons/{name}.yaml").write_text(text, encoding="utf-8")
    return config


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """That survey."""
    return write(tmp_path / "survey").parent


def test_a_comparison_that_is_right_has_no_problem(folder: Path) -> None:
    assert "comparisons" not in run(folder, "check").stdout
    assert run(folder, "fmt", "--check").returncode == 0


@pytest.mark.parametrize(
    ("old", "new", "report"),
    [
        ("- method", "- methd", '15:5: error: unknown column: methd [comparison-column-unknown]\n    did you'),
        ("- speed km/h", "- sped km/h", '16:5: error: unknown column: sped [comparison-column-unknown]\n    did you m'),
        ("- speed km/h", "- speed kmh", '16:5: error: speed has no unit "kmh" [comparison-unit-unknown]\n    did'),
        ("- speed x", "- speed percent", '17:5: error: speed has no unit "percent" [comparison-unit-unknown]'),
        ("- year", "- year km/h", "6:5: error: year is not a metric and takes no unit [comparison-column-unit]"),
        ("- kind", "- year", "7:5: error: duplicate: year [item-duplicate]"),
        (f"- {FOUR}", f"- {FOUR}x", f'4:5: error: unknown paper: {FOUR}x [citation-unknown]\n    did you'),
        (f"- {FOUR}", f"- {THREE}", f"4:5: error: duplicate: {THREE} [item-duplicate]"),
        ("columns:\n", "query: theme=song\ncolumns:\n", "5:1: error: papers and a query [comparison-papers-twice]"),
        (f"papers:\n  - {THREE}\n  - {FOUR}\n", "", "1:1: error: no papers and no query [comparison-papers-missing]"),
        (f"papers:\n  - {THREE}\n  - {FOUR}\n", "query: theme=snog\n",
         '2:1: error: column 7 of the query: unknown theme: snog [query-invalid]\n    did you mean "song"?'),
        (f"papers:\n  - {THREE}\n  - {FOUR}\n", "query: author=nobody\n", "2:1: error: column 8 of the query: unknow"),
        (f"papers:\n  - {THREE}\n  - {FOUR}\n", "query: year=1000\n", "2:1: warning: the query finds no paper"),
        (f"[@{ONE}]", f"[@{ONE}x]", f"19:1: error: unknown paper: {ONE}x [citation-unknown]"),
        (f"[@{ONE}]", "[?why]", "19:1: error: unknown question: why [question-unknown]"),
        (f"  {THREE}: 2026-01-02", f"  {THREE}: soon", f"21:3: error: reviewed.{THREE}: soon is not a date"),
        (f"  {THREE}: 2026-01-02", "  wren2020x: 2026-01-02", "21:3: error: unknown paper: wren2020x"),
        ("title:", "tilte:", "1:1: error: unknown field: tilte [field-unknown]\n    did you mean"),
        ("title:", "id: swifts\ntitle:", "1:1: error: unknown field: id"),
        (GOOD, "", "1:1: error: the file is empty [file-empty]\n    a comparison needs at least title, "),
    ],
)  # fmt: skip
def test_mistakes_are_named_at_their_line(folder: Path, old: str, new: str, report: str) -> None:
    assert old in GOOD
    (folder / "docs/comparisons/swifts.yaml").write_text(GOOD.replace(old, new, 1), encoding="utf-8")
    assert f"docs/comparisons/swifts.yaml:{report}" in run(folder, "check").stdout


@pytest.mark.parametrize(
    ("name", "report"),
    [
        ("comparisons/Why_Not.yaml", "docs/comparisons/Why_Not.yaml:1:1: error: Why_Not is not a comparison's id"),
        ("comparisons/page.yaml", "docs/comparisons/page.yaml:1:1: error: the name page is reserved"),
        ("comparisons/why.yml", "docs/comparisons/why.yml:1:1: error: the file name does not end in .yaml"),
        ("comparisons/index.md", "docs/comparisons/index.md:1:1: error: the address of this page is taken"),
        ("comparisons.md", "docs/comparisons.md:1:1: error: the address of this page is taken by generated pages"),
    ],
)
def test_what_does_not_belong_among_comparisons_is_named(folder: Path, name: str, report: str) -> None:
    (folder / "docs" / name).write_text(GOOD, encoding="utf-8")
    assert report in run(folder, "check").stdout


def test_without_comparisons_their_address_is_free(tmp_path: Path) -> None:
    folder = write_survey(tmp_path / "survey", 1).parent
    (folder / "docs/comparisons.md").write_text("# Ours\n", encoding="utf-8")
    assert run(folder, "check").stdout == ""


def test_a_retracted_paper_is_a_warning_until_somebody_has_looked(folder: Path) -> None:
    add(folder, 4, status="retracted", status_since="2026-02-03", status_notice="https://example.org/notice")
    file = folder / "docs/comparisons/swifts.yaml"
    found = run(folder, "check").stdout
    assert f"swifts.yaml:4:5: warning: rests on {FOUR}, retracted on 2026-02-03 [rests-on-retracted]\n    look" in found
    file.write_text(f"{GOOD}  {FOUR}: 2026-02-03\n", encoding="utf-8")
    assert "rests on" not in run(folder, "check").stdout
    file.write_text(f"{GOOD}  {FOUR}: 2026-02-02\n", encoding="utf-8")
    assert run(folder, "check", "--strict").returncode == 1


def test_fmt_puts_files_into_canonical_form_and_keeps_comments(folder: Path) -> None:
    file = folder / "docs/comparisons/swifts.yaml"
    untidy = f"columns: [year, speed  km/h] # two\npapers:\n- '{THREE}'   # first\n\ntitle:   \"Swifts\"\n"
    file.write_text(untidy, encoding="utf-8")
    assert run(folder, "fmt", "--check").returncode == 1
    assert "swifts.yaml:1:1: warning: not in canonical form" in run(folder, "check").stdout
    assert run(folder, "fmt").stdout == "formatted docs/comparisons/swifts.yaml\n"
    text = file.read_text(encoding="utf-8")
    assert text.startswith(f"title: Swifts\npapers:\n  - {THREE}  # first\ncolumns:")
    assert "# two" in text
    assert run(folder, "fmt", "--check").returncode == 0


def test_renaming_a_paper_reaches_comparisons_and_its_old_key_leads_on(folder: Path) -> None:
    file = folder / "docs/comparisons/swifts.yaml"
    asked = folder / "docs/comparisons/asked.yaml"
    asked.write_text(f"title: Asked\nquery: key={THREE},{FOUR}\ncolumns:\n  - year\n", encoding="utf-8")
    done = run(folder, "mv", THREE, "wren2002dawn")
    assert done.returncode == 0, done.stderr
    assert "docs/comparisons/swifts.yaml: papers, reviewed\n" in done.stdout
    assert "docs/comparisons/asked.yaml: query\n" in done.stdout
    assert "not changed" not in done.stdout
    assert file.read_text(encoding="utf-8") == GOOD.replace(THREE, "wren2002dawn")
    file.write_text(GOOD, encoding="utf-8")
    assert "comparisons" not in run(folder, "check").stdout
    file.write_text(GOOD.replace(FOUR, "wren2002dawn"), encoding="utf-8")
    assert "swifts.yaml:4:5: error: duplicate: wren2002dawn" in run(folder, "check").stdout


def test_renaming_a_theme_reaches_comparisons(folder: Path) -> None:
    asked = folder / "docs/comparisons/asked.yaml"
    asked.write_text("title: Asked\nquery: theme=flight/height,song\ncolumns:\n  - year\n", encoding="utf-8")
    done = run(folder, "mv", "flight", "air")
    assert done.returncode == 0, done.stderr
    assert "docs/comparisons/asked.yaml: query\n" in done.stdout
    assert "query: theme=air/height,song\n" in asked.read_text(encoding="utf-8")


def test_editors_get_a_schema_once_there_are_comparisons(folder: Path) -> None:
    schema = json.loads(run(folder, "schema", "--comparison").stdout)
    jsonschema.Draft7Validator.check_schema(schema)
    offered = schema["properties"]["columns"]["items"]["anyOf"][0]["enum"]
    assert {"year", "has", "place", "rests", "method", "speed", "speed km/h", "speed x more"} <= set(offered)
    validator = jsonschema.Draft7Validator(schema)
    good = {"title": "Swifts", "papers": [THREE], "columns": ["year"]}
    validator.validate({**good, "reviewed": {THREE: "2026-01-02"}})
    wrongs: list[dict[str, Any]] = [
        {"query": "theme=song"}, {"columns": []}, {"id": "x"}, {"papers": ["no key"]}, {"reviewed": {THREE: "soon"}},
    ]  # fmt: skip
    for wrong in wrongs:
        with pytest.raises(jsonschema.ValidationError):
            validator.validate({**good, **wrong})
    assert "docs/comparisons/.schema.json" in run(folder, "schema", "--write").stdout
    assert run(folder, "schema", "--check").returncode == 0
    assert "comparisons" not in run(folder, "check").stdout
