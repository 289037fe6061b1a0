"""How the survey itself is cited: its ``CITATION.cff``.

Citation File Format 1.2, https://citation-file-format.github.io. I/O: `load_citation` reads the file.
"""

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from living_survey.formats.bibtex.writer import escape, name_to_tex
from living_survey.loading.hosting import is_placeholder
from living_survey.loading.validate import model_problems
from living_survey.model.paper import Author
from living_survey.model.settings import Settings
from living_survey.syntax.problems import FieldPath, Problem, ProblemsError
from living_survey.syntax.yaml_reader import Document, read_mapping


@dataclass(frozen=True, slots=True)
class SurveyCitation:
    """Title, authors, address and date of the survey as a work."""

    title: str
    authors: tuple[Author, ...]
    url: str
    version: str
    date: str
    doi: str
    license: str
    """SPDX identifier of the licence of text and data."""

    @property
    def license_url(self) -> str:
        """Where the licence is read."""
        return f"https://spdx.org/licenses/{self.license}"

    @property
    def year(self) -> str:
        """Year of the release; empty when the file has no date."""
        return self.date[:4]

    def to_bibtex(self) -> str:
        """Return the survey as a BibTeX entry."""
        fields = {
            "author": " and ".join(name_to_tex(author) for author in self.authors),
            "title": f"{{{escape(self.title)}}}",
            "year": self.year,
            "version": escape(self.version),
            "doi": self.doi,
            "url": self.url,
        }
        lines = [f"  {name} = {{{value}}}," for name, value in fields.items() if value]
        return "\n".join(["@misc{livingsurvey,", *lines, "}"]) + "\n"


def load_citation(settings: Settings) -> SurveyCitation | None:
    """Read the citation file; a survey without one is cited by nothing.

    Raises:
        ProblemsError: If the file is there and lacks what a citation needs.
    """
    file: Path = settings.root / settings.citation
    if not file.is_file():
        return None
    document = read_mapping(file.read_bytes(), settings.citation)
    if document.problems:
        raise ProblemsError(document.problems)
    data = document.data
    part: FieldPath = ("preferred-citation",) if isinstance(data.get("preferred-citation"), dict) else ()
    preferred: dict[str, Any] = data[str(part[0])] if part else data
    authors = _read_authors(document, part, preferred.get("authors"), settings.citation)
    url = preferred.get("url") or ""
    if not authors or not preferred.get("title"):
        hint = "write title: … and authors: with family-names and given-names, or name: for a group"
        raise ProblemsError([Problem(settings.citation, 1, 1, "the citation lacks a title or authors", hint)])
    return SurveyCitation(
        title=preferred["title"],
        authors=authors,
        url=settings.site_url if not url or is_placeholder(url) else url,
        version=preferred.get("version", ""),
        date=preferred.get("date-released", ""),
        doi=preferred.get("doi", ""),
        license=data["license"] if isinstance(data.get("license"), str) else "",
    )


def _read_authors(document: Document, part: FieldPath, people: Any, path: str) -> tuple[Author, ...]:
    """Return the people and groups whom a part of the file names as authors.

    Raises:
        ProblemsError: If a name is none.
    """
    authors, problems = [], []
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
            problems += [replace(problem, line=line, column=column) for problem in found]
    if problems:
        raise ProblemsError(problems)
    return tuple(authors)
