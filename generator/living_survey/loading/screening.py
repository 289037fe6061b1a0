"""Read how records became papers: ``docs/screening.yaml`` unless the settings say otherwise.

I/O: reads the file.
"""

from typing import Any

from living_survey.model.screening import Exclusion, Screening
from living_survey.model.settings import Settings
from living_survey.syntax.characters import is_visible
from living_survey.syntax.problems import Problem, did_you_mean, problem
from living_survey.syntax.reading import reading
from living_survey.syntax.yaml_reader import Document, read_mapping

_FIELDS = ("duplicates", "reasons", "records", "searched")
_OF_A_RECORD = frozenset(("title", "reason", "source", "id"))


def load_screening(settings: Settings) -> tuple[Screening | None, list[Problem]]:
    """Read the file; a survey without one has no screening to report."""
    file, path = settings.root / settings.screening, settings.screening
    if not file.is_file():
        return None, []
    with reading(path):
        return _read(file.read_bytes(), path)


def _read(raw: bytes, path: str) -> tuple[Screening | None, list[Problem]]:
    document = read_mapping(raw, path)
    if document.problems:
        return None, document.problems
    data, problems = document.data, list[Problem]()
    for name in data:
        if name not in _FIELDS:
            hint, place = did_you_mean(name, _FIELDS), document.locate((name,))
            problems.append(problem("screening-field-unknown", path, place, hint=hint, name=name))
    expected = {"reasons": (dict, "a mapping of reasons"), "records": (list, "a list"), "searched": (list, "a list")}
    for name, (kind, words) in expected.items():
        if name in data and not isinstance(data[name], kind):
            place = document.locate((name,))
            problems.append(problem("screening-value", path, place, name=name, expected=words))
            data[name] = kind()
    count = str(data.get("duplicates", "0"))
    if not (count.isascii() and count.isdecimal()):
        place = document.locate(("duplicates",))
        problems.append(problem("screening-value", path, place, name="duplicates", expected="a number in digits"))
        count = "0"
    reasons: dict[str, str] = data.get("reasons", {})
    for name, values in (("reasons", reasons.items()), ("searched", enumerate(data.get("searched", [])))):
        for part, value in values:
            if not isinstance(value, str) or not is_visible(value):
                place = document.locate((name, part))
                problems.append(problem("screening-value", path, place, name=f"{name}.{part}", expected="a text"))
    records, incomplete = _records(document, data.get("records", []), reasons, path)
    searched = tuple(map(str, data.get("searched", [])))
    return Screening(int(count), reasons, records, searched), [*problems, *incomplete]


def _records(
    document: Document, listed: list[Any], reasons: dict[str, str], path: str
) -> tuple[tuple[Exclusion, ...], list[Problem]]:
    records, problems = [], []
    for index, item in enumerate(listed):
        fields = item if isinstance(item, dict) and all(isinstance(value, str) for value in item.values()) else {}
        if (
            not is_visible(fields.get("title", ""))
            or fields.get("reason") not in reasons
            or fields.keys() - _OF_A_RECORD
        ):
            place = document.locate(("records", index))
            problems.append(problem("screening-record-incomplete", path, place, reasons=", ".join(reasons)))
            continue
        records.append(Exclusion(**fields))
    return tuple(records), problems
