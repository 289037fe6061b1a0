"""The file of names in its canonical form: the words that have one spelling, and ends of lines; its layout is people's.

Comments, order, columns and line breaks stay: a registry is read as a table, which people lay out for their own eyes.
I/O: none.
"""

from collections.abc import Mapping
from typing import Any

import yaml

from living_survey.formats.paper_file import to_flow
from living_survey.model.registry import ALIKE, BLOCKS, KINDS, LISTS
from living_survey.model.units import parse_unit
from living_survey.syntax.yaml_edit import compose, walk_nodes
from living_survey.syntax.yaml_reader import read_mapping

_WORDS: Mapping[str, tuple[str, ...]] = {
    "alike": ALIKE, "kind": KINDS, "list": LISTS, "better": ("higher", "lower", "none"),
}  # fmt: skip
"""Fields that take one of a few words."""


def format_registry(raw: bytes, path: str) -> str | None:
    """Return the text of a registry file in canonical form; none where it cannot be read.

    Units of metrics are in words (``×`` is ``x more``), a field that takes one of a few words has it in lower case, and
    so has `family`, where there is one of that name; no text has two spaces in a row; lines end without spaces and in a
    line feed, the file in one.

    Args:
        raw: The file.
        path: The file, as it is reported.
    """
    before = read_mapping(raw, path, positions=False)
    if before.problems or not isinstance(before.data, dict):
        return None
    text = raw.decode("utf-8-sig").replace("\r\n", "\n")
    families = before.data.get("families")
    known = {**_WORDS, "family": tuple(families) if isinstance(families, dict) else ()}
    edits = [
        (node.start_mark.index, node.end_mark.index, to_flow([word])[1:-1])
        for place, node in walk_nodes(compose(text), ())
        if isinstance(node, yaml.ScalarNode) and (word := _settled(place, node.value, known)) != node.value
    ]
    new = text
    for start, end, word in sorted(edits, reverse=True):
        new = new[:start] + word + new[end:]
    new = "\n".join(line.rstrip() for line in new.split("\n")).rstrip("\n") + "\n"
    after = read_mapping(new.encode("utf-8"), path, positions=False)
    # Where changing words one by one says something else, such as in a text over several lines, nothing is changed.
    return text if after.problems or _all(after.data, (), known) != _all(before.data, (), known) else new


def _settled(place: tuple[str | int, ...], value: str, known: Mapping[str, tuple[str, ...]]) -> str:
    """Return how a text at a place is written."""
    words = " ".join(value.split())
    field = next((part for part in reversed(place) if isinstance(part, str)), "")
    if place[:1] == ("metrics",) and field == "units" and words:
        return parse_unit(words).text
    if len(place) > 2 and place[0] in ("families", *BLOCKS) and field in known:
        return words.casefold() if words.casefold() in known[field] else words
    return words


def _all(value: Any, place: tuple[str | int, ...], known: Mapping[str, tuple[str, ...]]) -> Any:
    """Return data with every text as it is written."""
    if isinstance(value, Mapping):
        return {str(name): _all(inner, (*place, str(name)), known) for name, inner in value.items()}
    if isinstance(value, list):
        return [_all(inner, (*place, index), known) for index, inner in enumerate(value)]
    return _settled(place, value, known) if isinstance(value, str) else value
