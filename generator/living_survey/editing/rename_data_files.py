"""Plan what changes in the files of questions and comparisons when a paper or a theme gets another name. I/O: none."""

from collections.abc import Callable
from typing import Any

from living_survey.editing.new_name import NewKey, NewPath
from living_survey.editing.rewrite_pages import Pages, Read
from living_survey.formats.paper_file import COMPARISON, QUESTION, edit_paper
from living_survey.model.survey import Survey
from living_survey.syntax.yaml_reader import read_mapping

Change = Callable[[dict[str, Any]], dict[str, Any]]
"""Returns the fields of a file that may name something, with the new name in them."""
_TEXTS = ("answer", "why", "decided_by", "note")
"""Fields at the top whose text may cite and hold expressions."""
_KEYS = ("papers", "seen")
"""Fields at the top that list papers."""


def rename_in_data_files(survey: Survey, pages: Pages, read: Read, change: Change) -> None:
    """Plan the new texts of questions and comparisons.

    Args:
        survey: The survey as it is.
        pages: Takes the new texts.
        read: Returns the content of a file.
        change: Puts the new name into what a file says.
    """
    sources = [(one.source, QUESTION) for one in survey.questions.values()]
    sources += [(one.source, COMPARISON) for one in survey.comparisons.values()]
    for source, form in sources:
        file = survey.settings.docs_dir / source
        raw = read(file)
        data = read_mapping(raw, source, positions=False).data
        changed = change(data)
        changes = {name: changed[name] for name, value in data.items() if changed.get(name, value) != value}
        if changes:
            pages.put(file, edit_paper(raw, source, changes, form=form), ", ".join(changes))


def with_key(name: NewKey) -> Change:
    """Return what renames a paper in what a file says."""

    def side(data: dict[str, Any]) -> dict[str, Any]:
        papers = {name.of(key): name.text(reason) for key, reason in data["papers"].items()}
        return {**data, "says": name.text(data["says"]), "papers": papers}

    def change(data: dict[str, Any]) -> dict[str, Any]:
        changed: dict[str, Any] = {field: name.text(data[field]) for field in _TEXTS if field in data}
        changed |= {field: [name.of(one) for one in data[field]] for field in _KEYS if field in data}
        if "sides" in data:
            changed["sides"] = [side(one) for one in data["sides"]]
        if "query" in data:
            changed["query"] = name.query(data["query"])
        if "reviewed" in data:
            changed["reviewed"] = {name.of(key): day for key, day in data["reviewed"].items()}
        return changed

    return change


def with_theme(name: NewPath) -> Change:
    """Return what renames a theme, and those below it, in what a file says."""

    def side(data: dict[str, Any]) -> dict[str, Any]:
        return {
            **data,
            "says": name.text(data["says"]),
            "papers": {key: name.text(reason) for key, reason in data["papers"].items()},
        }

    def change(data: dict[str, Any]) -> dict[str, Any]:
        changed: dict[str, Any] = {field: name.text(data[field]) for field in _TEXTS if field in data}
        if "theme" in data:
            changed["theme"] = name.of(data["theme"])
        if "sides" in data:
            changed["sides"] = [side(one) for one in data["sides"]]
        if "query" in data:
            changed["query"] = name.query(data["query"])
        return changed

    return change
