"""Read one YAML mapping strictly: scalars stay strings, nothing is executed, every mistake has its place.

The file is untrusted: size, depth and aliases are limited, tags are refused (YAML 1.1 lets them build objects).
I/O: none.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import yaml

from living_survey.syntax.problems import FieldPath, Problem

MAX_BYTES = 512 * 1024
MAX_DEPTH = 12

Loader: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)

# What YAML 1.1 (PyYAML, most editors) or YAML 1.2 would read as something else than text.
NOT_TEXT = (
    r"~|null|true|false|yes|no|on|off|y|n|<<|=|\.nan"
    r"|[-+]?(?:0b[01_]+|0o?[0-7_]+|0x[0-9a-f_]+|[0-9][0-9_]*(?::[0-5]?[0-9])*(?:\.[0-9_]*)?(?:e[-+]?[0-9]+)?"
    r"|\.[0-9][0-9_]*(?:e[-+]?[0-9]+)?|\.inf)"
    r"|[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}(?:[Tt\s].*)?"
)
"""What some YAML parser reads as something else than text: whole scalars, in any case; JavaScript reads it too."""
_NOT_TEXT = re.compile(NOT_TEXT, re.IGNORECASE)
_FIELD = re.compile(r"\s*(?:- )?([\w-]+):\s+(.*\S)")
CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]")
"""Characters that nobody sees and some programs obey; written so that JavaScript reads the pattern too."""


def without_control_characters(text: str) -> str:
    """Return text without the invisible characters that a source file must not have; tabs become spaces."""
    return CONTROL.sub("", text.replace("\t", " ").replace("\x0c", " "))


class Plain(str):
    """An unquoted scalar that YAML would read as a number, a boolean, null or a date.

    Fields for text refuse it, because other programs would not see the text that stands there.
    """

    __slots__ = ()


def is_not_text(text: str) -> bool:
    """Say whether some YAML parser reads this unquoted scalar as a number, a boolean, null or a date."""
    return not text or bool(_NOT_TEXT.fullmatch(text))


@dataclass(frozen=True, slots=True)
class Comment:
    """A comment with its ``#``; ``alone`` when nothing else stands on its line."""

    line: int
    column: int
    text: str
    alone: bool


@dataclass
class Document:
    """A parsed file. ``data`` is made of dict, list and str; ``positions`` are of keys and items, from 1."""

    data: dict[str, Any] = field(default_factory=dict)
    positions: dict[FieldPath, tuple[int, int]] = field(default_factory=dict)
    comments: list[Comment] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def locate(self, path: FieldPath) -> tuple[int, int]:
        """Return line and column of a field, or of the nearest one around it."""
        while path and path not in self.positions:
            path = path[:-1]
        return self.positions.get(path, (1, 1))


def check_size(size: int, path: str) -> list[Problem]:
    """Refuse a file of more bytes than are read, before it is opened."""
    message = f"the file has {size:,} bytes; at most {MAX_BYTES:,} are read"
    return [Problem(path, 0, 0, message, "shorten it")] if size > MAX_BYTES else []


def decode(raw: bytes, path: str) -> str:
    """Decode a source file; raise `_MistakeError` with the place of the first thing that is not allowed in one."""
    for problem in check_size(len(raw), path):
        raise _MistakeError(path, 0, 0, problem.message, problem.hint)
    if raw.startswith(b"\xef\xbb\xbf"):
        raise _MistakeError(path, 1, 1, "the file starts with a byte order mark", "save it as UTF-8 without BOM")
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        before = raw[: error.start].decode("utf-8")
        line, column = before.count("\n") + 1, len(before) - before.rfind("\n")
        message = f"the byte 0x{raw[error.start]:02x} is not UTF-8"
        raise _MistakeError(path, line, column, message, "save the file as UTF-8") from None
    text = text.replace("\r\n", "\n")
    if control := CONTROL.search(text):
        before = text[: control.start()]
        line, column = before.count("\n") + 1, len(before) - before.rfind("\n")
        raise _MistakeError(path, line, column, f"the invisible character U+{ord(control[0]):04X}", "delete it")
    return text


def check_encoding(raw: bytes, path: str) -> list[Problem]:
    """Say what keeps a source file from being read as text: its size, its encoding, characters that nobody sees."""
    try:
        decode(raw, path)
    except _MistakeError as mistake:
        return [mistake.problem]
    return []


class _MistakeError(Exception):
    """A mistake after which the file cannot be read further."""

    def __init__(self, path: str, line: int, column: int, message: str, hint: str = "") -> None:
        self.problem = Problem(path, line, column, message, hint)


def read_mapping(raw: bytes, path: str, *, first_line: int = 1, positions: bool = True) -> Document:
    """Parse a file whose top level is a mapping.

    Args:
        raw: The file's bytes.
        path: Its name for the report.
        first_line: The line of the file at which ``raw`` starts (front matter starts at 2).
        positions: Whether to note where keys, items and comments stand; costs a quarter of the time.

    Returns:
        The document; where it could not be read, ``data`` is empty and ``problems`` is not.
    """
    document = Document()
    try:
        text = decode(raw, path)
        _Composer(text, path, document, keep_positions=positions).compose()
    except _MistakeError as mistake:
        document.data = {}
        document.problems.append(mistake.problem)
    if first_line > 1:
        shift = first_line - 1
        document.positions = {key: (line + shift, column) for key, (line, column) in document.positions.items()}
        document.problems = [
            Problem(p.path, p.line + shift if p.line else 0, p.column, p.message, p.hint, p.severity, p.field)
            for p in document.problems
        ]
    return document


class _Composer:
    """Builds plain data from libyaml's events, one pass, without its composer (which recurses in C)."""

    def __init__(self, text: str, path: str, document: Document, *, keep_positions: bool) -> None:
        self._text = text
        self._path = path
        self._document = document
        self._positions = document.positions if keep_positions else None
        self._scalars: list[tuple[Any, Any]] = []

    def _mistake(self, mark: Any, message: str, hint: str = "") -> _MistakeError:
        return _MistakeError(self._path, mark.line + 1, mark.column + 1, message, hint)

    def compose(self) -> None:
        try:
            self._events: Iterator[Any] = iter(yaml.parse(self._text, Loader=Loader))
            next(self._events)  # stream start
            event: Any = next(self._events)
            if isinstance(event, yaml.StreamEndEvent):
                raise _MistakeError(
                    self._path, 0, 0, "the file is empty", "a paper needs at least title, authors, year, type"
                )
            root: Any = next(self._events)
            if not isinstance(root, yaml.MappingStartEvent):
                what = "a list" if isinstance(root, yaml.SequenceStartEvent) else "a single value"
                hint = 'start each line at the left edge with a field: "title: …"'
                raise self._mistake(root.start_mark, f"the file is {what}, not a mapping of fields", hint)
            if self._positions is not None:
                mark: Any = root.start_mark
                self._positions[()] = (mark.line + 1, mark.column + 1)
            self._document.data = self._mapping(root, (), 1)
            next(self._events)  # document end
            event = next(self._events)
            if not isinstance(event, yaml.StreamEndEvent):
                raise self._mistake(event.start_mark, "a second document", 'delete the line "---" and what follows it')
            if self._positions is not None and "#" in self._text:
                self._document.comments += self._comments()
        except yaml.YAMLError as error:
            raise self._syntax_mistake(error) from None

    def _value(self, event: Any, path: FieldPath, depth: int) -> Any:
        if isinstance(event, yaml.AliasEvent) or event.anchor is not None:
            raise self._mistake(
                event.start_mark, "anchors and aliases (& and *) are not allowed", "quote the value or write it out"
            )
        if event.tag is not None and event.tag != "!":
            raise self._mistake(
                event.start_mark,
                f'the tag "{event.tag.replace("tag:yaml.org,2002:", "!!")}" is not allowed',
                "delete it, or quote the value",
            )
        if isinstance(event, yaml.ScalarEvent):
            value: str = event.value
            if self._positions is not None:
                self._scalars.append((event.start_mark, event.end_mark))
            if event.implicit[0] and (not value or _NOT_TEXT.fullmatch(value)):
                return Plain(value)
            return value
        if depth >= MAX_DEPTH:
            raise self._mistake(event.start_mark, f"more than {MAX_DEPTH} levels deep")
        if isinstance(event, yaml.MappingStartEvent):
            return self._mapping(event, path, depth + 1)
        return self._sequence(path, depth + 1)

    def _mapping(self, start: Any, path: FieldPath, depth: int) -> dict[str, Any]:
        if start.anchor is not None or start.tag is not None:
            raise self._mistake(start.start_mark, "anchors and tags (& and !) are not allowed", "delete it")
        data: dict[str, Any] = {}
        events, positions = self._events, self._positions
        while not isinstance(key_event := next(events), yaml.MappingEndEvent):
            mark = key_event.start_mark
            if not isinstance(key_event, yaml.ScalarEvent) or key_event.anchor is not None or key_event.tag is not None:
                raise self._mistake(mark, "the name of a field must be a plain word")
            key = key_event.value
            here = (*path, key)
            if key in data:
                where = f" (first on line {positions[here][0]})" if positions else ""
                problem = self._mistake(mark, f'the field "{key}" stands twice{where}', "keep one of them").problem
                self._document.problems.append(problem)
            elif positions is not None:
                positions[here] = (mark.line + 1, mark.column + 1)
            data[key] = self._value(next(events), here, depth)
        return data

    def _sequence(self, path: FieldPath, depth: int) -> list[Any]:
        items: list[Any] = []
        events, positions = self._events, self._positions
        while not isinstance(event := next(events), yaml.SequenceEndEvent):
            here = (*path, len(items))
            if positions is not None:
                positions[here] = (event.start_mark.line + 1, event.start_mark.column + 1)
            items.append(self._value(event, here, depth))
        return items

    def _comments(self) -> Iterator[Comment]:
        """Yield what stands behind a # outside of all values."""
        spans = iter(self._scalars)
        start = end = (-1, -1)
        for number, line in enumerate(self._text.split("\n")):
            for found in re.finditer(r"(?:^|(?<=[ \t]))#.*", line):
                here = (number, found.start())
                while end <= here and (span := next(spans, None)):
                    start, end = ((mark.line, mark.column) for mark in span)
                if not start <= here < end:
                    alone = not line[: found.start()].strip()
                    yield Comment(number + 1, found.start() + 1, found[0].rstrip(), alone)
                    break

    def _syntax_mistake(self, error: yaml.YAMLError) -> _MistakeError:
        """Say in the contributor's words what libyaml says in its own."""
        mark = getattr(error, "problem_mark", None)
        what = str(getattr(error, "problem", None) or error)
        if mark is None:
            return _MistakeError(self._path, 0, 0, f"not YAML: {what}")
        lines = self._text.split("\n")
        line = lines[mark.line] if mark.line < len(lines) else ""
        if "\t" in line[: len(line) - len(line.lstrip())] or ("cannot start any token" in what and "\t" in line):
            column = line.index("\t") + 1
            return _MistakeError(self._path, mark.line + 1, column, "a tab", "indent with spaces")
        if "mapping values are not allowed" in what:
            found = _FIELD.match(line)
            if found and mark.column > found.end(1):
                hint = f"put the value in quotes: {found[1]}: {quoted(found[2])}"
                return self._mistake(mark, "a colon and a space inside an unquoted value", hint)
            hint = "give each field its own line, and the same indentation as its neighbours"
            return self._mistake(mark, "a colon where no field can start", hint)
        start = getattr(error, "context_mark", None) or mark
        scanned = re.search("scanning an? (anchor|alias|tag)", str(getattr(error, "context", "")))
        if "cannot start any token" in what or scanned:
            place = start if scanned else mark
            found = _FIELD.match(line)
            hint = f"put the value in quotes: {found[1]}: {quoted(found[2])}" if found else "put the value in quotes"
            return self._mistake(place, f"a value cannot start with {line[place.column : place.column + 1]}", hint)
        if "',' or" in what:
            return self._mistake(
                start,
                "a bracket is opened here and not closed",
                "close it: [a, b] or {a: 1, b: 2}; quote values with , or :",
            )
        if "quoted scalar" in str(error):
            return self._mistake(start, "a quote is opened here and not closed", "end the value with the same quote")
        if "did not find expected" in what or "block" in what or "could not find expected ':'" in what:
            hint = 'fields of one level start in one column; inside double quotes write \\" for a quote'
            return self._mistake(
                mark,
                "a field cannot start here: wrong indentation, a missing colon, or text behind a closing quote",
                hint,
            )
        return self._mistake(mark, f"not YAML: {what}", "compare with a neighbouring file")


def quoted(text: str) -> str:
    """Return text as a YAML scalar in double quotes."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
