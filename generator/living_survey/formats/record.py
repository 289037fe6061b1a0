"""A record of somebody else's file, on its way to become a paper file.

Readers of formats fill in what they understand under the names of the paper file, unchecked, and leave everything else
under ``extra``; `living_survey.editing.convert` checks it. I/O: none.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from living_survey.model.private import is_private
from living_survey.model.values import LONGEST_TEXT
from living_survey.syntax.characters import without_control_characters
from living_survey.syntax.reading import short

_NAME = 80
"""So much of a field's name is kept: a paper file takes 100 characters, and two that begin alike share a line."""


@dataclass(slots=True)
class Record:
    """One entry of a source.

    Attributes:
        path: The file, as it is reported.
        line: Where the record starts, from 1.
        key: Its key in the source; empty when there is none.
        data: Fields of the paper file, unchecked.
        extra: What the paper file has no field for, by the source's names.
        private: What somebody kept for themselves there, by the source's names; no file of the survey gets it.
        notes: What the reader of the format decided or left out, in words.
        position: Its place among the records of the file, from 1.
        lacks: What it would take over and is not there, in words: why something may be missing.
    """

    path: str
    line: int
    key: str = ""
    data: dict[str, Any] = field(default_factory=dict)
    extra: dict[str, str] = field(default_factory=dict)
    private: dict[str, str] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    position: int = 0
    lacks: str = ""
    _kept: set[tuple[str, str]] = field(default_factory=set)
    """Names and values under ``extra``: a field that stands there ten thousand times is not looked for as often."""

    @property
    def place(self) -> str:
        """Where the record stands: ``refs.bib:12``; an answer of a service has no lines."""
        return f"{self.path}:{self.line}" if self.line else self.path

    def put(self, name: str, value: Any) -> None:
        """Set a field of the paper file; ``venue.name`` reaches into a part. Empty values are left out."""
        if not value:
            return
        part, _, inner = name.rpartition(".")
        if isinstance(value, str) and is_private(inner, value):
            self.hold_back(inner, value)
            return
        target = self.data.setdefault(part, {}) if part else self.data
        if inner in target and target[inner] != value:
            self.keep(inner, str(value))
        else:
            target[inner] = value

    def keep(self, name: str, value: str) -> None:
        """Keep a field that the paper file has no place for; what is private is held back."""
        name = extra_name(name)
        if is_private(name, value):
            self.hold_back(name, value)
            return
        value = tidy(value)
        if not value or (name, value) in self._kept or len(self.extra.get(name, "")) > LONGEST_TEXT:
            return
        self._kept.add((name, value))
        self.extra[name] = f"{self.extra[name]}; {value}" if name in self.extra else value

    def hold_back(self, name: str, value: str) -> None:
        """Keep a private field out of the paper file; its lines stay as they are."""
        name = extra_name(name)
        text = "\n".join(line.rstrip() for line in without_control_characters(value).split("\n")).strip()
        if text and text not in self.private.get(name, "").split("\n\n"):
            self.private[name] = f"{self.private[name]}\n\n{text}" if name in self.private else text


@dataclass(slots=True)
class Reading:
    """What a file gave: its records, and words about what in it is no record.

    Attributes:
        records: In the order of the file.
        refused: (line, key, why) of entries that could not be read at all.
        notes: (line, what) was read and is not a paper: comments, abbreviations.
    """

    records: list[Record] = field(default_factory=list)
    refused: list[tuple[int, str, str]] = field(default_factory=list)
    notes: list[tuple[int, str]] = field(default_factory=list)


class UnreadableError(Exception):
    """The file as a whole is not what its name says."""


@contextmanager
def refusing(reading: Reading, line: int, key: str) -> Iterator[None]:
    """Refuse a record over which a reader stumbles, and go on: nothing that a stranger's file says ends an import."""
    try:
        yield
    except UnreadableError:
        raise
    except Exception as error:  # noqa: BLE001  (whatever it is, the other records are none the worse)
        reading.refused.append((line, key, f"could not be read ({short(error)}): correct it and import again"))


class FieldReader:
    """Hands out each field of a source's record once, as text.

    Attributes:
        left: What nobody has asked for.
    """

    def __init__(self, fields: Mapping[str, Any], read: Callable[[str], str] = str) -> None:
        """Begin with all fields.

        Args:
            fields: Name → value.
            read: Turns a value into plain text.
        """
        self.left = dict(fields)
        self._read = read

    def __call__(self, *names: str) -> str:
        """Hand out the first of some fields that has a text; one of another kind stays."""
        for name in names:
            if text := tidy(self._read(self.raw(name))):
                return text
        return ""

    def __contains__(self, name: str) -> bool:
        """Say whether a field is there still."""
        return name in self.left

    def raw(self, name: str) -> str:
        """Hand out a field as it is written."""
        if isinstance(self.left.get(name), bool) or not isinstance(self.left.get(name), (str, int, float)):
            return ""
        return str(self.left.pop(name))

    def text(self, name: str) -> str:
        """Show a field without handing it out."""
        return tidy(self._read(str(self.left.get(name, ""))))


def extra_name(name: str) -> str:
    """Return the name of a source's field as the paper file writes it: small letters, digits, hyphens."""
    clean = re.sub(r"[^a-z0-9]+", "-", name[:_NAME].lower()).strip("-")
    return clean if clean[:1].isalpha() else f"x-{clean}".strip("-")


def tidy(text: str) -> str:
    """Return text without characters that a paper file refuses, paragraphs kept."""
    blocks = re.split(r"\n\s*\n", without_control_characters(text.replace("\r\n", "\n").replace("\r", "\n")))
    return "\n\n".join(" ".join(block.split()) for block in blocks if block.strip())


def person(family: str, given: str = "", suffix: str = "") -> dict[str, str]:
    """Return a person as the paper file writes one."""
    parts = {"family": family or given, "given": given if family else "", "suffix": suffix}
    return {name: clean for name, part in parts.items() if (clean := tidy(part))}


def team(name: str) -> dict[str, str]:
    """Return a group of people as the paper file writes it."""
    return {"team": tidy(name)}


def split_keywords(text: str) -> list[str]:
    """Return the keywords of a list joined by semicolons or commas."""
    return [word for part in re.split(r"[;\n]" if ";" in text else r"[,\n]", text) if (word := tidy(part))]
