"""CSV on the Web: what is said of the columns of CSV files holds for what stands in them."""

import csv
import io
import json
from datetime import date
from typing import Any

from living_survey.publish.csvw import to_csvw
from living_survey.publish.names import file_addresses
from living_survey.publish.numbers import NumberFiles

from tests.fabricate import number
from tests.pages.birds import bird, survey


def cell(column: dict[str, Any], text: str) -> object:
    """Read a cell as a program that follows the metadata does; an empty one is null."""
    if not text:
        assert not column.get("required")
        return None
    kind = column["datatype"]
    if isinstance(kind, dict):
        return {"yes": True, "no": False}[text]
    if kind == "date":
        return date.fromisoformat(text).isoformat()
    value: object = float(text) if kind == "double" else text
    return text.split(column["separator"]) if "separator" in column else value


def test_the_metadata_read_the_csv_as_the_json_has_it() -> None:
    papers = [
        bird(1, results=[number("2.5", "x more", baseline=["gulls", "owl"], model="swift", quote="is 2.5x")]),
        bird(2, results=[{"metric": "rest", "low": "10", "high": "20", "unit": "percent less", "read": "2026-01-02"}]),
    ]
    made = survey(*papers)
    files = NumberFiles(made.registry)
    data = json.loads(to_csvw("results.csv", "results", None))
    columns = data["tableSchema"]["columns"]
    header, *lines = csv.reader(io.StringIO(files.to_csv(papers, "results")))
    assert [column["titles"] for column in columns] == header
    read = [dict(zip(header, map(cell, columns, line), strict=True)) for line in lines]
    nothing = dict.fromkeys(header)
    assert read == [nothing | row for row in json.loads(files.to_json(papers, "results"))]
    assert (data["url"], data["dc:title"]) == ("results.csv", "What the papers of the survey report")


def test_it_stands_beside_the_files_with_the_numbers_of_all_papers() -> None:
    names = [name for name in file_addresses(survey(bird(1, themes=["song"], results=[number("2")]))) if "csv" in name]
    assert names == ["api/results.csv", "api/results.csv-metadata.json", "themes/song/results.csv"]
