"""`survey import FILE.csv`: numbers come back as they went out, once, and one mistake keeps all of them out."""

from pathlib import Path
from typing import Any

import pytest
from living_survey.formats import numbers_csv
from living_survey.formats.paper_file import to_yaml
from living_survey.loading.settings import load_settings
from living_survey.loading.survey import load_survey
from living_survey.publish.numbers import NumberFiles
from living_survey.syntax.yaml_reader import MAX_BYTES

from tests.commands import run_survey as run
from tests.commands import snapshot
from tests.fabricate import key, number, paper, write_registry, write_survey

FIRST, SECOND = key(1), key(2)
HEAD = "key,list,metric,value,low,high,unit,baseline,setting"
RESULTS: list[dict[str, Any]] = [
    number("4.30", "x more", baseline="gulls", quote="flies 4.3x as fast"),
    number("0.00001", model=["swift", "owl"], setting='"=SUM(A1)", over land'),
    number("12", benchmark="dawn", hardware="tower", bound="up to", locator="Table 3", setting="'=is a song"),
    {"metric": "rest", "low": "10", "high": "20", "unit": "percent less", "baseline": ["gulls", "swift"],
     "baseline_stated": "false", "confidence": "derived", "reason": "10 + 10", "read_by": "Ada", "read": "2026-01-02"},
    # Of the same as the one before, and another number.
    {"metric": "rest", "value": "7", "unit": "percent less", "baseline": ["swift", "gulls"]},
]  # fmt: skip
SCALE = [
    number("7", "g", metric="mass", model="0.04B", quote=None),
    number("3", "k", metric="flock", setting="-1 at night", quote="3k birds"),
]
PROVENANCE = {"source": "list", "checked": "2026-01-03", "checked_by": "Bo"}


def write(folder: Path, n: int, **changes: Any) -> None:
    data = {name: value for name, value in {**paper(n), **changes}.items() if value is not None}
    (folder / f"papers/{key(n)}.yaml").write_text(to_yaml(data), encoding="utf-8")


def without_quotes(numbers: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [{name: value for name, value in one.items() if name != "quote"} for one in numbers]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A survey of two papers with numbers, and what it exports of them."""
    folder = write_survey(tmp_path / "survey", 2).parent
    write_registry(folder)
    listed = {"models": ["swift", "owl", "0.04B"], "hardware": ["tower"]}
    write(folder, 1, results=RESULTS, scale=SCALE, **listed)
    write(folder, 2, results=RESULTS[:1], provenance=PROVENANCE)
    survey, _ = load_survey(load_settings(folder / "mkdocs.yml"))
    for name in ("results", "scale"):
        text = NumberFiles(survey.registry).to_csv(survey.papers.values(), name)
        (folder / f"{name}.csv").write_text(text, encoding="utf-8")
    return folder


def strip(folder: Path) -> dict[str, bytes]:
    """Take the numbers out of the papers; return the papers as they were, without quotes."""
    listed = {"models": ["swift", "owl", "0.04B"], "hardware": ["tower"]}
    write(folder, 1, results=without_quotes(RESULTS), scale=without_quotes(SCALE), **listed)
    write(folder, 2, results=without_quotes(RESULTS[:1]), provenance=PROVENANCE)
    wanted = {name: (folder / f"papers/{name}.yaml").read_bytes() for name in (FIRST, SECOND)}
    write(folder, 1, **listed)
    write(folder, 2, provenance=PROVENANCE)
    return wanted


def papers(folder: Path) -> dict[str, bytes]:
    return {name: (folder / f"papers/{name}.yaml").read_bytes() for name in (FIRST, SECOND)}


def table(folder: Path, *rows: str, head: str = HEAD) -> str:
    (folder / "new.csv").write_text("\n".join([head, *rows]) + "\n", encoding="utf-8")
    return "new.csv"


@pytest.mark.parametrize("windows", [False, True])
def test_numbers_come_back_as_they_went_out(folder: Path, windows: bool) -> None:
    wanted = strip(folder)
    if windows:
        for name in ("results.csv", "scale.csv"):
            raw = (folder / name).read_bytes()
            (folder / name).write_bytes(b"\xef\xbb\xbf" + raw.replace(b"\n", b"\r\n"))
    done = run(folder, "import", "results.csv", "scale.csv")
    assert done.returncode == 0, done.stderr
    assert papers(folder) == wanted
    assert "8 rows: 8 added to 2 papers, 0 there already" in done.stderr
    assert run(folder, "check").returncode == 0
    assert run(folder, "fmt", "--check").returncode == 0


def test_what_is_there_changes_nothing_whatever_its_quote(folder: Path) -> None:
    before = snapshot(folder / "papers")
    done = run(folder, "import", "results.csv", "scale.csv", "results.csv")
    assert done.returncode == 0, done.stderr
    assert "14 rows: 0 added to 0 papers, 14 there already" in done.stderr
    assert snapshot(folder / "papers") == before


def test_a_dry_run_writes_nothing(folder: Path) -> None:
    strip(folder)
    before = papers(folder)
    done = run(folder, "import", "results.csv", "--dry-run")
    assert done.stdout.splitlines()[0] == f"added  results.csv:2  {FIRST}  speed"
    assert "6 rows: 6 added to 2 papers, 0 there already (dry run: nothing written)" in done.stderr
    assert papers(folder) == before


def test_names_are_spelled_as_the_registry_has_them_and_the_paper_lists_them(folder: Path) -> None:
    write(folder, 2)
    done = run(
        folder, "import", table(folder, f"{SECOND},results,Top Speed,2,,,×,sea gulls,Barn owl",
                                head=HEAD.replace("setting", "model")),
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    text = (folder / f"papers/{SECOND}.yaml").read_text(encoding="utf-8")
    assert "  - {metric: speed, value: 2, unit: x more, baseline: gulls, model: owl}\n" in text
    assert "models: [owl]\n" in text


def test_a_former_key_is_a_key(folder: Path) -> None:
    write(folder, 2, aliases=["old2001name"])
    assert run(folder, "import", table(folder, "old2001name,results,speed,2,,,km/h,,")).returncode == 0
    assert "value: 2, unit: km/h" in (folder / f"papers/{SECOND}.yaml").read_text(encoding="utf-8")


def test_a_number_that_says_something_else_of_the_same_is_for_a_person_to_decide(folder: Path) -> None:
    before = snapshot(folder)
    line = (folder / f"papers/{SECOND}.yaml").read_text(encoding="utf-8").splitlines().index("results:") + 2
    good = f"{FIRST},results,speed,55,,,km/h,,new"
    file = table(folder, good, f"{SECOND},results,speed,4.4,,,x more,gulls,")
    done = run(folder, "import", file)
    assert done.returncode == 1
    assert done.stderr.startswith(
        f"new.csv:3:1: error: metric: speed, and papers/{SECOND}.yaml:{line} says something else of the same thing"
    )
    assert {**snapshot(folder), "new.csv": None} == {**before, "new.csv": None}
    # In another setting it is another number, and beside the one that it must not be taken for it is a second one.
    for row in ("4.4,,,x more,gulls,by night", "4.5,,,x more,gulls,"):
        rows = [f"{SECOND},results,speed,{said}" for said in (row, "4.3,,,x more,gulls,")]
        head = f"{HEAD},read_by,read"
        assert (
            run(folder, "import", table(folder, *(f"{one},Bo,2026-01-03" for one in rows), head=head)).returncode == 0
        )
    text = (folder / f"papers/{SECOND}.yaml").read_text(encoding="utf-8")
    assert [text.count(f"value: {value}") for value in ("4.30", "4.4", "4.5")] == [1, 1, 1]


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ("bird2002study9,results,speed,2,,,km/h,,", f'key: the survey has no paper bird2002study9|mean "{FIRST}"?'),
        (",results,speed,2,,,km/h,,", "key: empty|write its key"),
        (f"{FIRST},reslts,speed,2,,,km/h,,", "list: reslts|write results or scale"),
        (f"{FIRST},results,sped,2,,,km/h,,", 'metric: "sped" is not in docs/registry.yaml|did you mean "speed"?'),
        (f"{FIRST},results,,2,,,km/h,,", "missing field: metric|add metric"),
        (f"{FIRST},results,speed,2,,,x more,gull,", 'baseline: "gull" is not in|survey add name baseline gull "gull"'),
        (f'{FIRST},results,speed,"4,3",,,km/h,,', "value: 4,3 is not a number|write value: 4.3"),
        (f"{FIRST},results,speed,,4,,km/h,,", "low without high|a range has low and high"),
        (f"{FIRST},results,speed,2,3,4,km/h,,", "both a value and a range|delete value, or low and high"),
        (f"{FIRST},results,mass,2,,,g,,", 'metric: "mass" is a size, not an outcome|write scale in the column list'),
        (f"{FIRST},scale,speed,2,,,km/h,,", "metric: \"speed\" is an outcome|write results in the column list"),
        (f"{FIRST},results,speed,2,,,kmh,,", 'unit: speed has no unit "kmh"|did you mean "km/h"?'),
        (f"{FIRST},results,speed,2,,,x more,,", "a change without a baseline|add baseline"),
        (f"{FIRST},results,speed,2,,,km/h,", "8 cells in a table of 9 columns|in double quotes"),
        (f"{FIRST},results,speed,2,,,km/h,,a\u202eb", "setting: invisible character U+202E|delete it"),
        (f"{FIRST},results,speed,2,,,km/h,,{'a' * 5001}", "setting: 5,001 characters|shorten it"),
        (f'{FIRST},results,speed,2,,,km/h,,"open', "unexpected end of data|in double quotes"),
    ],
)  # fmt: skip
def test_a_row_that_is_wrong_is_named_with_its_column_and_keeps_all_out(folder: Path, row: str, expected: str) -> None:
    file = table(folder, f"{FIRST},results,speed,55,,,km/h,,new", row)
    before = snapshot(folder)
    done = run(folder, "import", file)
    message, hint = expected.split("|")
    assert done.returncode == 1
    assert f"new.csv:3:1: error: {message}" in done.stderr
    assert hint in done.stderr
    assert done.stderr.count("error:") == 1
    assert snapshot(folder) == before


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        ("key,list,metric,vlaue", 'unknown column: vlaue [csv-column-unknown]\n    did you mean "value"?'),
        ("key,metric,value", "no column list"),
        ("key,list,metric,value,value", "the column value is there twice"),
        ("key;list;metric;value", "columns are parted by semicolons [csv-unreadable]\n    save it as CSV with commas"),
        ("", "no heading"),
    ],
)
def test_a_heading_that_is_wrong_is_named(folder: Path, head: str, expected: str) -> None:
    (folder / "new.csv").write_text(f"{head}\n", encoding="utf-8")
    done = run(folder, "import", "new.csv")
    assert done.returncode == 1
    assert f"new.csv:1:1: error: {expected}" in done.stderr


def test_a_line_is_where_its_row_begins(folder: Path) -> None:
    rows = [f'{FIRST},results,speed,2,,,km/h,,"over\nsea"', "", f"{FIRST},results,speed,x,,,km/h,,"]
    assert "new.csv:5:1: error: value: x is not a number" in run(folder, "import", table(folder, *rows)).stderr


def test_all_mistakes_are_reported_at_once_but_not_without_end(folder: Path) -> None:
    row = f"{FIRST},results,speed,x,,,km/h,,"
    assert run(folder, "import", table(folder, row, f"{SECOND},r,speed,2,,,km/h,,")).stderr.count("error:") == 2
    assert run(folder, "import", table(folder, *[row] * 1000)).stderr.count("error:") == 200


def test_a_paper_cannot_become_too_long_to_be_read(folder: Path) -> None:
    before = papers(folder)
    setting = "a" * 4000
    rows = [f"{FIRST},results,speed,2,,,km/h,,{n}{setting}" for n in range(MAX_BYTES // 4000 + 1)]
    done = run(folder, "import", table(folder, *rows))
    assert done.returncode == 1
    assert f"papers/{FIRST}.yaml: error: the file has" in done.stderr
    assert papers(folder) == before


def test_texts_may_rest_on_numbers_that_are_still_to_come(folder: Path) -> None:
    strip(folder)
    (folder / "docs/note.md").write_text(
        f"# Note\n\nBirds fly {{{{ result {SECOND} speed }}}} as fast [@{SECOND}].\n", encoding="utf-8"
    )
    assert run(folder, "check").returncode == 1
    assert run(folder, "import", "results.csv", "scale.csv").returncode == 0
    assert run(folder, "check").returncode == 0


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (["results.csv", "--theme", "song"], "--theme is for bibliographies, not for numbers"),
        (["results.csv", "refs.bib"], "with a command of their own"),
    ],
)
def test_numbers_and_bibliographies_are_two_imports(folder: Path, arguments: list[str], expected: str) -> None:
    done = run(folder, "import", *arguments)
    assert done.returncode == 2
    assert expected in done.stderr


def test_a_file_that_is_not_there_is_named(folder: Path) -> None:
    done = run(folder, "import", "none.csv")
    assert done.returncode == 1
    assert "none.csv: error: cannot be read" in done.stderr


@pytest.mark.parametrize("text", ["=1", "'=1", "''=1", "+2", "-", "@a", "'a", "a=1", "'"])
def test_no_cell_starts_a_formula_and_each_says_what_was_put_in(text: str) -> None:
    written = numbers_csv.cell(text)
    assert written[0] not in "=+-@"
    rows, problems = numbers_csv.read_numbers(f"key,list,metric,setting\na,b,c,{written}\n", "a.csv")
    assert (rows[0].cells["setting"], problems) == (text, [])
