"""Change scalars of a YAML text where they stand.

I/O: none.
"""

from collections.abc import Callable, Iterator
from typing import Any

import yaml

from living_survey.syntax.opaque_yaml import OpaqueTags
from living_survey.syntax.yaml_reader import is_not_text, quoted

Change = Callable[[tuple[str | int, ...], str], str | None]
"""Returns what stands in the place of a text at a path instead; None where it stays."""


def replace_scalars(text: str, change: Change, change_name: Change = lambda _path, _name: None) -> str:
    """Replace scalars of a YAML text where they stand; everything else keeps its bytes.

    Args:
        text: The text.
        change: Changes values.
        change_name: Changes names of fields; gets the path of the mapping that they are in.
    """
    found = list[tuple[Any, str | None]]()
    for path, node in walk_nodes(compose(text), ()):
        if isinstance(node, yaml.ScalarNode):
            found.append((node, change(path, node.value)))
        elif isinstance(node, yaml.MappingNode):
            found += [(name, change_name(path, str(name.value))) for name, _ in node.value]
    edits = [(node.start_mark.index, node.end_mark.index, new) for node, new in found if new is not None]
    for start, end, new in sorted(edits, reverse=True):
        text = text[:start] + to_scalar(new) + text[end:]
    return text


def compose(text: str) -> Any:
    """Return the nodes of a YAML text, which know where they stand."""
    return yaml.compose(text, Loader=OpaqueTags)


def walk_nodes(node: Any, path: tuple[str | int, ...]) -> Iterator[tuple[tuple[str | int, ...], Any]]:
    """Yield (path, node) of all values, in the order of the text."""
    yield path, node
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            yield from walk_nodes(value, (*path, str(key.value)))
    elif isinstance(node, yaml.SequenceNode):
        for index, value in enumerate(node.value):
            yield from walk_nodes(value, (*path, index))


def to_scalar(text: str) -> str:
    """Return text as a scalar, in quotes where a parser would read something else."""
    return quoted(text) if is_not_text(text) else text
