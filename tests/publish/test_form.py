"""What the form on the site is told."""

import json
from collections.abc import Iterator
from typing import Any

from living_survey.formats.services import CROSSREF_TYPES, DATACITE_TYPES
from living_survey.loading.settings import load_settings
from living_survey.loading.survey import load_survey
from living_survey.model.identifiers import work_ids
from living_survey.model.labels import labels
from living_survey.model.parts import PAPER_TYPES
from living_survey.publish.form import form_data, title_rows, to_json

from tests.commands import ROOT

SURVEY = load_survey(load_settings(ROOT / "mkdocs.yml"))[0]
NAMES = ["key", "title", "year", "names", "doi", "arxiv", "versions", "ids", "aliases"]


def test_rows_of_titles_have_names_and_nothing_empty() -> None:
    rows = title_rows(SURVEY)
    assert len(rows) == len(SURVEY.papers)
    assert {name for row in rows for name in row} <= set(NAMES)
    for row in rows:
        paper = SURVEY.papers[row["key"]]
        versions = paper.versions or ()
        whole = {
            "key": paper.key, "title": paper.title, "year": paper.year,
            "names": [author.short_name for author in paper.authors], "doi": paper.doi, "arxiv": paper.arxiv,
            "versions": [version.title for version in versions],
            "ids": [one for version in versions for one in work_ids(version.doi, version.arxiv)],
            "aliases": paper.aliases,
        }  # fmt: skip
        assert row == {name: value for name, value in whole.items() if value}


def test_themes_have_names() -> None:
    themes = form_data(SURVEY)["themes"]
    assert [theme["path"] for theme in themes] == list(SURVEY.taxonomy.by_path)
    assert all(theme.keys() == {"path", "title"} and theme["title"] for theme in themes)


def test_nothing_is_told_by_its_position() -> None:
    """A list in the file is of texts or of objects, never of lists."""

    def lists(part: Any) -> Iterator[list[Any]]:
        if isinstance(part, dict):
            part = part.values()
        elif isinstance(part, list):
            yield part
        else:
            return
        for inner in part:
            yield from lists(inner)

    data = json.loads(to_json([form_data(SURVEY), title_rows(SURVEY)]))
    assert [one for one in lists(data) if any(isinstance(inner, list) for inner in one)][1:] == []


def test_types_of_services_are_types_of_papers() -> None:
    data = form_data(SURVEY)
    assert data["services"]["crossref"]["types"] == CROSSREF_TYPES
    assert data["services"]["datacite"]["types"] == DATACITE_TYPES
    assert {*CROSSREF_TYPES.values(), *DATACITE_TYPES.values()} <= set(PAPER_TYPES)


def test_words_are_those_of_the_file_of_labels() -> None:
    assert form_data(SURVEY)["labels"] == labels("form")
