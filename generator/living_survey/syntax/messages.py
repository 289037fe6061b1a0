"""What is said about each kind of problem, by its code: ``messages.yaml`` has every message and what to do about it.

I/O: reads that file, once, when there is something to say.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import yaml


@dataclass(frozen=True, slots=True)
class Message:
    """What is said about one kind of problem; ``{name}`` stands for what is put in.

    Attributes:
        code: Small letters and hyphens; never changes once it is released.
        message: What is wrong, without a full stop.
        hint: What to do, where a finding has no hint of its own.
        warning: Whether a survey is built in spite of it.
    """

    code: str
    message: str
    hint: str
    warning: bool = False


def message_of(code: str) -> Message:
    """Return what is said about a kind of problem.

    Raises:
        KeyError: If there is no such code.
    """
    return _messages()[code]


def grouped() -> Iterator[tuple[str, list[Message]]]:
    """Yield (title, messages) of each group, in the order of the file."""
    for group in _groups():
        yield group["title"], [_messages()[code] for code in group["problems"]]


@cache
def _messages() -> Mapping[str, Message]:
    return {
        code: Message(code, said["message"], said["hint"], said.get("warning") == "true")
        for group in _groups()
        for code, said in group["problems"].items()
    }


@cache
def _groups() -> list[dict[str, Any]]:
    text = (files(__package__) / "messages.yaml").read_text(encoding="utf-8")
    loaded: list[dict[str, Any]] = yaml.load(text, Loader=getattr(yaml, "CBaseLoader", yaml.BaseLoader))  # noqa: S506  (scalars stay text)
    return loaded
