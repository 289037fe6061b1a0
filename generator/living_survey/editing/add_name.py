"""Add a name to a survey's registry: checked with all that stands there, before anything is written.

I/O: reads the registry; the caller writes it.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from living_survey.editing.registry_file import NEW, add_entry
from living_survey.loading.registry import read_registry
from living_survey.model.registry import BLOCKS
from living_survey.model.settings import Settings
from living_survey.syntax.problems import ProblemsError
from living_survey.syntax.yaml_reader import read_mapping

SINGULAR = {block: block.removesuffix("s") for block in BLOCKS}
"""Block → what one of its names is called: baselines → baseline."""


def block_of(word: str) -> str | None:
    """Return the block that a word names in the singular or the plural."""
    return next((block for block, one in SINGULAR.items() if word.lower() in (block, one)), None)


def plan_name(settings: Settings, block: str, name: str, fields: Mapping[str, Any]) -> str:
    """Return the text of the registry with one more name; a survey without a registry gets one.

    Args:
        settings: The survey's settings.
        block: Which of `BLOCKS`.
        name: The new name.
        fields: What is said of it; what is empty is left out.

    Raises:
        ProblemsError: If the registry is wrong, or would be.
        RegistryFileError: If the name is there, or nothing can be added to the file as it is written.
    """
    file, path = settings.root / settings.registry, settings.registry
    text = file.read_bytes().decode("utf-8", "replace") if file.is_file() else NEW
    _check(text, path)
    entry = {field: value for field, value in fields.items() if value or value == []}
    new = add_entry(text, block, name, entry, path=path)
    _check(new, path)
    return new


def _check(text: str, path: str) -> None:
    """Refuse a registry that could not be loaded."""
    raw = text.encode("utf-8")
    _, problems = read_registry(raw, path)
    if problems:
        document = read_mapping(raw, path)
        places = [(one.line, one.column) if one.line else document.locate(one.field) for one in problems]
        raise ProblemsError(replace(one, line=at[0], column=at[1]) for one, at in zip(problems, places, strict=True))
