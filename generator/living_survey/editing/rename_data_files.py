"""Plan what changes in the files of questions and comparisons when a paper or a theme gets another name. I/O: none."""

from collections.abc import Callable
from typing import Any

from living_survey.editing.rewrite_pages import Pages, Read
from living_survey.formats.paper_file import COMPARISON, QUESTION, edit_paper
from living_survey.model.citations import replace_mentions
from living_survey.model.query import replace_values
from living_survey.model.survey import Survey
from living_survey.syntax.yaml_reader import read_mapping

Change = Callable[[dict[str, Any]], dict[str, Any]]
"""Returns the fields of a file that may name something, with the new name in them."""
_CITING = ("answer", "why", "note")
"""Fields at the top whose text may cite."""
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


def with_key(old: str, new: str) -> Change:
    """Return what renames a paper in what a file says."""

    def key(name: str) -> str:
        return new if name == old else name

    def cited(text: str) -> str:
        changed = replace_mentions(text, old, new)
        return changed if changed != text else text  # one that stays keeps how it was quoted

    def side(data: dict[str, Any]) -> dict[str, Any]:
        papers = {key(name): cited(reason) for name, reason in data["papers"].items()}
        return {**data, "says": cited(data["says"]), "papers": papers}

    def change(data: dict[str, Any]) -> dict[str, Any]:
        changed: dict[str, Any] = {name: cited(data[name]) for name in _CITING if name in data}
        changed |= {name: [key(one) for one in data[name]] for name in _KEYS if name in data}
        if "sides" in data:
            changed["sides"] = [side(one) for one in data["sides"]]
        if "query" in data:
            changed["query"] = replace_values(data["query"], "key", key)
        if "reviewed" in data:
            changed["reviewed"] = {key(name): day for name, day in data["reviewed"].items()}
        return changed

    return change


def with_theme(moved: Callable[[str], str]) -> Change:
    """Return what renames a theme, and those below it, in what a file says."""

    def change(data: dict[str, Any]) -> dict[str, Any]:
        changed = {"theme": moved(data["theme"])} if "theme" in data else {}
        if "query" in data:
            changed["query"] = replace_values(data["query"], "theme", moved)
        return changed

    return change
