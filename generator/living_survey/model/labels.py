"""The words that pages print: every one of them stands in ``labels.yaml``, beside this module.

I/O: reads that file, once.
"""

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

import yaml
from markupsafe import Markup, escape

_PLURAL = frozenset({"one", "other"})


class LabelError(KeyError):
    """There is no label of that name, or it is not a text."""


def label(name: str, count: int | None = None, **values: Any) -> str:
    """Return a label.

    Args:
        name: Its path in the file: ``paper.read``.
        count: The number that decides between singular and plural; it is put in as ``{count}``, thousands with commas.
        values: What is put in for ``{name}``. If one of them is HTML, so is the result, and the rest is escaped.

    Raises:
        LabelError: If there is no such label, or it needs a number and none is given.
    """
    found = _find(name)
    if not values and count is None and type(found) is str:  # most of what a page says: nothing to be put in
        return found
    return _filled(name, found, count, values)


def labels(name: str) -> Mapping[str, Any]:
    """Return all labels below a path, as the file has them: for a script, or for a table of words.

    Raises:
        LabelError: If there are none.
    """
    found = _find(name)
    if not isinstance(found, Mapping):
        raise LabelError(name)
    return found


def _filled(name: str, found: Any, count: int | None, values: dict[str, Any]) -> str:
    if not isinstance(found, str):
        if count is None or not isinstance(found, Mapping) or found.keys() != _PLURAL:
            raise LabelError(name)
        found = found["one" if count == 1 else "other"]
    if count is not None:
        values["count"] = f"{count:,}"
    if any(isinstance(value, Markup) for value in values.values()):
        return escape(found).format(**values)
    return str(found).format(**values)


@cache
def _find(name: str) -> Any:
    found: Any = _all_labels()
    for part in name.split("."):
        if not isinstance(found, Mapping) or part not in found:
            raise LabelError(name)
        found = found[part]
    return found


@cache
def _all_labels() -> Mapping[str, Any]:
    text = (files(__package__) / "labels.yaml").read_text(encoding="utf-8")
    loaded: Mapping[str, Any] = yaml.load(text, Loader=getattr(yaml, "CBaseLoader", yaml.BaseLoader))  # noqa: S506  (scalars stay text)
    return loaded
