"""What the columns of the CSV files with numbers hold, as CSV on the Web says it: https://www.w3.org/TR/tabular-metadata/.

A program that reads the CSV finds this beside it by its name. I/O: none.
"""

import json
from typing import Any

from living_survey.formats.numbers_csv import BETWEEN, COLUMNS, LISTS
from living_survey.model.labels import label
from living_survey.model.survey_citation import SurveyCitation

ENDING = "-metadata.json"
"""Behind the whole name of the CSV file."""
_NUMBERS = ("value", "low", "high", "better_low", "better_high")
_ANSWERS = ("baseline_stated", "quoted")
_ALWAYS = ("key", "list", "metric", "family", "form", "locator", "confidence", "quoted")
_BOOLEAN = {"base": "boolean", "format": "yes|no"}


def to_csvw(file: str, name: str, citation: SurveyCitation | None) -> str:
    """Return the metadata of a CSV file with numbers.

    Args:
        file: The CSV file's name, in the same folder.
        name: Which numbers it has: ``results`` or ``scale``.
        citation: How the survey is cited, for the license.
    """
    data: dict[str, Any] = {
        "@context": ["http://www.w3.org/ns/csvw", {"@language": "en"}],
        "url": file,
        "dc:title": label(f"csvw.titles.{name}"),
        "tableSchema": {"columns": [_column(column) for column in COLUMNS]},
    }
    if citation and citation.license:
        data["dc:license"] = {"@id": citation.license_url}
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"


def _column(name: str) -> dict[str, Any]:
    datatype: Any = "string"
    if name in _NUMBERS:
        datatype = "double"
    elif name in _ANSWERS:
        datatype = _BOOLEAN
    elif name == "read":
        datatype = "date"
    column = {"name": name, "titles": name, "dc:description": label(f"csvw.columns.{name}"), "datatype": datatype}
    if name in LISTS:
        column["separator"] = BETWEEN
    if name in _ALWAYS:
        column["required"] = True
    return column
