"""Plan what changes in the files of questions when a paper or a theme gets another name. I/O: none."""

from collections.abc import Callable
from typing import Any

from living_survey.editing.rewrite_pages import Pages, Read
from living_survey.formats.paper_file import QUESTION, edit_paper
from living_survey.model.citations import replace_mentions
from living_survey.model.query import replace_values
from living_survey.model.survey import Survey
from living_survey.syntax.yaml_reader import read_mapping

_CITING = ("answer", "why")
"""Fields at the top whose text may cite."""


def rename_in_questions(
    survey: Survey, pages: Pages, read: Read, change: Callable[[dict[str, Any]], dict[str, Any]]
) -> None:
    """Plan the new texts of questions.

    Args:
        survey: The survey as it is.
        pages: Takes the new texts.
        read: Returns the content of a file.
        change: Returns what a file says with the new name in it.
    """
    for question in survey.questions.values():
        file = survey.settings.docs_dir / question.source
        raw = read(file)
        data = read_mapping(raw, question.source, positions=False).data
        changes = {name: value for name, value in change(data).items() if value != data[name]}
        if changes:
            pages.put(file, edit_paper(raw, question.source, changes, form=QUESTION), ", ".join(changes))


def with_key(old: str, new: str) -> Callable[[dict[str, Any]], dict[str, Any]]:
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
        if "sides" in data:
            changed["sides"] = [side(one) for one in data["sides"]]
        if "query" in data:
            changed["query"] = replace_values(data["query"], "key", key)
        if "seen" in data:
            changed["seen"] = [key(name) for name in data["seen"]]
        if "reviewed" in data:
            changed["reviewed"] = {key(name): day for name, day in data["reviewed"].items()}
        return changed

    return change


def with_theme(moved: Callable[[str], str]) -> Callable[[dict[str, Any]], dict[str, Any]]:
    """Return what renames a theme, and those below it, in what a file says."""

    def change(data: dict[str, Any]) -> dict[str, Any]:
        changed = {"theme": moved(data["theme"])}
        if "query" in data:
            changed["query"] = replace_values(data["query"], "theme", moved)
        return changed

    return change
