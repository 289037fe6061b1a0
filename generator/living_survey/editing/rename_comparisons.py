"""Plan what changes in the files of comparisons when a paper or a theme gets another name. I/O: none."""

from collections.abc import Callable
from typing import Any

from living_survey.editing.rewrite_pages import Pages, Read
from living_survey.formats.paper_file import COMPARISON, edit_paper
from living_survey.model.citations import replace_mentions
from living_survey.model.query import replace_values
from living_survey.model.survey import Survey
from living_survey.syntax.yaml_reader import read_mapping


def rename_in_comparisons(
    survey: Survey, pages: Pages, read: Read, change: Callable[[dict[str, Any]], dict[str, Any]]
) -> None:
    """Plan the new texts of comparisons.

    Args:
        survey: The survey as it is.
        pages: Takes the new texts.
        read: Returns the content of a file.
        change: Returns what a file says with the new name in it.
    """
    for comparison in survey.comparisons.values():
        file = survey.settings.docs_dir / comparison.source
        raw = read(file)
        data = read_mapping(raw, comparison.source, positions=False).data
        changes = {name: value for name, value in change(data).items() if value != data[name]}
        if changes:
            pages.put(file, edit_paper(raw, comparison.source, changes, form=COMPARISON), ", ".join(changes))


def key_changed(old: str, new: str) -> Callable[[dict[str, Any]], dict[str, Any]]:
    """Return what renames a paper in what a file says."""

    def key(name: str) -> str:
        return new if name == old else name

    def change(data: dict[str, Any]) -> dict[str, Any]:
        changed: dict[str, Any] = {}
        if "papers" in data:
            changed["papers"] = [key(name) for name in data["papers"]]
        if "query" in data:
            changed["query"] = replace_values(data["query"], "key", key)
        if "note" in data:
            note = replace_mentions(data["note"], old, new)
            changed["note"] = note if note != data["note"] else data["note"]  # one that stays keeps its quotes
        if "reviewed" in data:
            changed["reviewed"] = {key(name): day for name, day in data["reviewed"].items()}
        return changed

    return change


def theme_changed(moved: Callable[[str], str]) -> Callable[[dict[str, Any]], dict[str, Any]]:
    """Return what renames a theme, and those below it, in what a file says."""

    def change(data: dict[str, Any]) -> dict[str, Any]:
        return {"query": replace_values(data["query"], "theme", moved)} if "query" in data else {}

    return change
