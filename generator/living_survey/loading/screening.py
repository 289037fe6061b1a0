"""Read how records became papers: ``docs/screening.yaml`` unless the settings say otherwise.

I/O: reads the file.
"""

from living_survey.model.screening import Exclusion, Screening
from living_survey.model.settings import Settings
from living_survey.syntax.problems import Problem, did_you_mean
from living_survey.syntax.yaml_reader import read_mapping


def load_screening(settings: Settings) -> tuple[Screening | None, list[Problem]]:
    """Read the file; a survey without one has no screening to report."""
    file = settings.root / settings.screening
    if not file.is_file():
        return None, []
    path = settings.screening
    document = read_mapping(file.read_bytes(), path)
    problems = list(document.problems)
    data = document.data
    known = {"duplicates", "reasons", "records", "searched"}
    for name in data:
        if name not in known:
            line, column = document.locate((name,))
            problems.append(Problem(path, line, column, f"there is no field {name}", did_you_mean(name, known)))
    declared = data.get("reasons")
    reasons: dict[str, str] = declared if isinstance(declared, dict) else {}
    records = []
    listed = data.get("records")
    for index, item in enumerate(listed if isinstance(listed, list) else []):
        line, column = document.locate(("records", index))
        fields = item if isinstance(item, dict) else {}
        unknown = set(fields) - {"title", "reason", "source", "id"}
        if not fields.get("title") or fields.get("reason") not in reasons or unknown:
            hint = f"write {{title: …, reason: …}} with one of: {', '.join(reasons)}"
            problems.append(Problem(path, line, column, "a record without a title, or without a declared reason", hint))
            continue
        records.append(Exclusion(**{name: str(value) for name, value in fields.items()}))
    count = str(data.get("duplicates", "0"))
    if not count.isdecimal():
        line, column = document.locate(("duplicates",))
        problems.append(Problem(path, line, column, f"duplicates: {count} is not a number", "write digits only"))
        count = "0"
    searched = data.get("searched")
    words = tuple(map(str, searched)) if isinstance(searched, list) else ()
    return Screening(int(count), reasons, tuple(records), words), problems
