"""Read the works outside the survey that its texts build on: ``docs/works.yaml`` unless the settings say otherwise.

I/O: reads the file.
"""

from pathlib import Path

from pydantic import ValidationError

from living_survey.loading.validate import model_problems
from living_survey.model.outside import spelling
from living_survey.model.settings import Settings
from living_survey.model.work import Work, Works
from living_survey.syntax.problems import Problem, problem
from living_survey.syntax.reading import reading
from living_survey.syntax.yaml_reader import read_mapping


def works_files(settings: Settings) -> list[Path]:
    """Return the file where there is one: a survey need not have any."""
    file = settings.root / settings.works
    return [file] if file.is_file() else []


def load_works(settings: Settings) -> tuple[dict[str, Work] | None, list[Problem]]:
    """Read the file.

    Returns:
        Id → work, none where there is no file or where it cannot be read; and what is wrong with it.
    """
    path = settings.works
    for file in works_files(settings):
        with reading(path):
            return _read(file.read_bytes(), path)
    return None, []


def _read(raw: bytes, path: str) -> tuple[dict[str, Work] | None, list[Problem]]:
    document = read_mapping(raw, path, positions=False)
    if document.problems:
        return None, document.problems
    try:
        works = Works.model_validate(document.data).works
    except ValidationError as error:
        return None, model_problems(error, path, Works)
    return works, _check(works, path)


def _check(works: dict[str, Work], path: str) -> list[Problem]:
    """An identifier is that of one work, and so is a name."""
    problems, ids, names = list[Problem](), dict[str, str](), dict[str, str]()
    for key, work in works.items():
        for name in work.compared:
            if (other := ids.setdefault(name, key)) != key:
                problems.append(problem("work-twice", path, field=("works", key), what=name, other=other, id=key))
        for name in work.names:
            if (other := names.setdefault(spelling(name), key)) != key:
                said = f'"{name}"'
                problems.append(problem("work-twice", path, field=("works", key), what=said, other=other, id=key))
    return problems
