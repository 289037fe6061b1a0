"""Read how the survey itself is cited: ``CITATION.cff``.

Citation File Format 1.2, https://citation-file-format.github.io. I/O: reads the file.
"""

from dataclasses import replace
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from living_survey.loading.hosting import is_placeholder
from living_survey.loading.validate import model_problems
from living_survey.model.parts import Author
from living_survey.model.settings import Settings
from living_survey.model.survey_citation import SurveyCitation
from living_survey.syntax.characters import is_visible
from living_survey.syntax.problems import FieldPath, Problem, problem
from living_survey.syntax.reading import reading
from living_survey.syntax.yaml_reader import Document, read_mapping

_TEXTS = ("title", "url", "version", "date-released", "doi", "license")
"""Fields of one value; there may be several licenses, of which the survey names none then."""


def load_citation(settings: Settings) -> tuple[SurveyCitation | None, list[Problem]]:
    """Read the citation file, and what is wrong with it; a survey without one is cited by nothing."""
    file: Path = settings.root / settings.citation
    if not file.is_file():
        return None, []
    with reading(settings.citation):
        return _read(file.read_bytes(), settings)


def _read(raw: bytes, settings: Settings) -> tuple[SurveyCitation | None, list[Problem]]:
    document = read_mapping(raw, settings.citation)
    if document.problems:
        return None, document.problems
    data = document.data
    part: FieldPath = ("preferred-citation",) if isinstance(data.get("preferred-citation"), dict) else ()
    preferred: dict[str, Any] = data[str(part[0])] if part else data
    authors, problems = _read_authors(document, part, preferred.get("authors"), settings.citation)
    url = preferred.get("url") or ""
    if not isinstance(data.get("preferred-citation", {}), dict):
        place = document.locate(("preferred-citation",))
        problems.append(
            problem("citation-file-value", settings.citation, place, name="preferred-citation", expected="fields")
        )
    for name in _TEXTS:
        inside = ("license",) if name == "license" else (*part, name)
        value = (data if name == "license" else preferred).get(name, "")
        if not isinstance(value, str) and not (name == "license" and isinstance(value, list)):
            problems.append(
                problem("citation-file-value", settings.citation, document.locate(inside), name=name, expected="a text")
            )
    if problems or not authors or not is_visible(preferred.get("title", "")):
        return None, problems or [problem("citation-file-incomplete", settings.citation, (1, 1))]
    citation = SurveyCitation(
        title=preferred["title"],
        authors=authors,
        url=settings.site_url if not url or is_placeholder(url) else url,
        version=preferred.get("version", ""),
        date=preferred.get("date-released", ""),
        doi=preferred.get("doi", ""),
        license=data["license"] if isinstance(data.get("license"), str) else "",
    )
    return citation, []


def _read_authors(
    document: Document, part: FieldPath, people: Any, path: str
) -> tuple[tuple[Author, ...], list[Problem]]:
    """Return the people and groups whom a part of the file names as authors, and names that are none."""
    authors, problems = [], list[Problem]()
    for index, person in enumerate(people if isinstance(people, list) else []):
        if not isinstance(person, dict) or not ("name" in person or person.get("family-names")):
            continue
        names = {"family": "family-names", "given": "given-names", "suffix": "name-suffix"}
        given = {name: person[field] for name, field in names.items() if person.get(field)}
        try:
            authors.append(Author.model_validate({"team": person["name"]} if "name" in person else given))
        except ValidationError as error:
            line, column = document.locate((*part, "authors", index))
            found = model_problems(error, path, Author)
            problems += [replace(one, line=line, column=column) for one in found]
    return tuple(authors), problems
