"""Read one YAML mapping strictly: scalars stay strings, nothing is executed, every mistake has its place.

The file is untrusted: size, depth and aliases are limited, tags are refused (YAML 1.1 lets them build objects).
I/O: none.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import accumulate
from typing import Any

import yaml

from living_survey.syntax.characters import CONTROL
from living_survey.syntax.one_line import CLOSE, remedy_of
from living_survey.syntax.problems import FieldPath, Problem, ProblemsError, describe, problem
from living_survey.syntax.scalars import Scalar

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
_STARTS_FIELD = re.compile(r"\s*(?:- )?[\w-]+:(?:\s|$)|\s*- \S")
_CONFLICT = re.compile(r"^(?:<{7}|>{7}) ", re.MULTILINE)
_BIBTEX = re.compile(r"\s*@[A-Za-z]+\s*[{(]")
_ESCAPE = re.compile(
    r"""\\(?: (["\\/ ]|\n) | x[0-9A-Fa-f]{2} | u[0-9A-Fa-f]{4} | U[0-9A-Fa-f]{8}
    | n(?!(?:abla|eq?|u|i|ot|otin|mid)\b) | t(?!(?:heta|au|imes|ext\w*|ilde|frac|op|o|t)\b) | (?P<meant>.) )""",
    re.VERBOSE | re.DOTALL,
)
"""A backslash in double quotes; ``meant`` where people mean one and YAML makes an invisible character of it."""


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
    scalars: dict[FieldPath, Scalar] = field(default_factory=dict)
    source: str = ""
    first_line: int = 1

    def locate(self, path: FieldPath) -> tuple[int, int]:
        """Return line and column of a field, of a place in its text, or of the nearest one around it."""
        if path and isinstance(path[-1], int) and (scalar := self.scalars.get(path[:-1])):
            line, column = scalar.locate(self.source, path[-1]) or (0, 0)
            if line:
                return line + self.first_line - 1, column
        while path and path not in self.positions:
            path = path[:-1]
        return self.positions.get(path, (1, 1))


def check_size(size: int, path: str) -> list[Problem]:
    """Refuse a file of more bytes than are read, before it is opened."""
    return [problem("file-too-large", path, size=f"{size:,}", limit=f"{MAX_BYTES:,}")] if size > MAX_BYTES else []


def decode(raw: bytes, path: str) -> str:
    """Decode a source file; raise `_MistakeError` with the place of the first thing that is not allowed in one."""
    for found in check_size(len(raw), path):
        raise _MistakeError(found)
    if raw.startswith(b"\xef\xbb\xbf"):
        raise _MistakeError(problem("file-byte-order-mark", path, (1, 1)))
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        place = _place_behind(raw[: error.start].decode("utf-8"))
        raise _MistakeError(problem("file-not-utf8", path, place, byte=f"{raw[error.start]:02x}")) from None
    text = text.replace("\r\n", "\n")
    if control := CONTROL.search(text):
        place = _place_behind(text[: control.start()])
        raise _MistakeError(problem("character-invisible", path, place, character=f"U+{ord(control[0]):04X}"))
    return text


def _place_behind(text: str) -> tuple[int, int]:
    return text.count("\n") + 1, len(text) - text.rfind("\n")


def check_encoding(raw: bytes, path: str) -> list[Problem]:
    """Say what keeps a source file from being read as text: its size, its encoding, characters that nobody sees."""
    try:
        decode(raw, path)
    except _MistakeError as mistake:
        return [mistake.problem]
    return []


def text_of(raw: bytes, path: str) -> str:
    """Return the text of a source file.

    Raises:
        ProblemsError: With what keeps it from being read, as `check_encoding` says it.
    """
    if problems := check_encoding(raw, path):
        raise ProblemsError(problems)
    return decode(raw, path)


class _MistakeError(Exception):
    """A mistake after which the file cannot be read further."""

    def __init__(self, found: Problem) -> None:
        self.problem = found


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
    document = Document(first_line=first_line)
    try:
        text = document.source = decode(raw, path)
        _Composer(text, path, document, keep_positions=positions).compose()
    except _MistakeError as mistake:
        document.data = {}
        document.problems.append(mistake.problem)
    if first_line > 1:
        shift = first_line - 1
        document.positions = {key: (line + shift, column) for key, (line, column) in document.positions.items()}
        document.problems = [replace(p, line=p.line + shift) if p.line else p for p in document.problems]
    return document


class _Composer:
    """Builds plain data from libyaml's events, one pass, without its composer (which recurses in C)."""

    def __init__(self, text: str, path: str, document: Document, *, keep_positions: bool) -> None:
        self._text = text
        self._path = path
        self._document = document
        self._positions = document.positions if keep_positions else None
        self._scalars: list[tuple[Any, Any]] = []
        self._has_backslashes = "\\" in text

    def _mistake(self, mark: Any, code: str, hint: str = "", **values: object) -> _MistakeError:
        message, hint = describe(code, hint, **values)
        return _MistakeError(Problem(self._path, mark.line + 1, mark.column + 1, message, hint, code=code))

    def compose(self) -> None:
        if conflict := _CONFLICT.search(self._text):
            raise _MistakeError(problem("merge-conflict", self._path, _place_behind(self._text[: conflict.start()])))
        if _BIBTEX.match(self._text):
            raise _MistakeError(problem("bibtex-entry", self._path, (1, 1)))
        try:
            self._events: Iterator[Any] = iter(yaml.parse(self._text, Loader=Loader))
            next(self._events)  # stream start
            event: Any = next(self._events)
            if isinstance(event, yaml.StreamEndEvent):
                raise _MistakeError(problem("file-empty", self._path))
            root: Any = next(self._events)
            if not isinstance(root, yaml.MappingStartEvent):
                what = "a list" if isinstance(root, yaml.SequenceStartEvent) else "a single value"
                raise self._mistake(root.start_mark, "yaml-not-a-mapping", found=what)
            if self._positions is not None:
                mark: Any = root.start_mark
                self._positions[()] = (mark.line + 1, mark.column + 1)
            self._document.data = self._mapping(root, (), 1)
            next(self._events)  # document end
            event = next(self._events)
            if not isinstance(event, yaml.StreamEndEvent):
                raise self._mistake(event.start_mark, "yaml-second-document")
            if self._positions is not None and "#" in self._text:
                self._document.comments += self._comments()
        except yaml.YAMLError as error:
            raise self._syntax_mistake(error) from None

    def _value(self, event: Any, path: FieldPath, depth: int) -> Any:
        if isinstance(event, yaml.AliasEvent) or event.anchor is not None:
            raise self._mistake(event.start_mark, "yaml-anchor")
        if event.tag is not None and event.tag != "!":
            raise self._mistake(event.start_mark, "yaml-tag", tag=event.tag.replace("tag:yaml.org,2002:", "!!"))
        if isinstance(event, yaml.ScalarEvent):
            value: str = event.value
            if event.style == '"' and self._has_backslashes:
                self._check_escapes(event)
                self._check_visible(event)
            if self._positions is not None:
                scalar = self._document.scalars[path] = Scalar(event.start_mark, event.end_mark, event.style)
                self._scalars.append((scalar.start, scalar.end))
            if event.implicit[0] and (not value or _NOT_TEXT.fullmatch(value)):
                return Plain(value)
            return value
        if depth >= MAX_DEPTH:
            raise self._mistake(event.start_mark, "yaml-too-deep", limit=MAX_DEPTH)
        if isinstance(event, yaml.MappingStartEvent):
            return self._mapping(event, path, depth + 1)
        return self._sequence(path, depth + 1)

    def _mapping(self, start: Any, path: FieldPath, depth: int) -> dict[str, Any]:
        if start.anchor is not None:
            raise self._mistake(start.start_mark, "yaml-anchor")
        if start.tag is not None:
            raise self._mistake(start.start_mark, "yaml-tag", tag=start.tag.replace("tag:yaml.org,2002:", "!!"))
        data: dict[str, Any] = {}
        events, positions = self._events, self._positions
        while not isinstance(key_event := next(events), yaml.MappingEndEvent):
            mark = key_event.start_mark
            if not isinstance(key_event, yaml.ScalarEvent) or key_event.anchor is not None or key_event.tag is not None:
                raise self._mistake(mark, "yaml-field-name")
            key = key_event.value
            if key_event.style == '"' and self._has_backslashes:
                self._check_visible(key_event)
            here = (*path, key)
            if key in data:
                first = f", first on line {positions[here][0]}" if positions else ""
                self._document.problems.append(self._mistake(mark, "field-duplicate", name=key, first=first).problem)
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

    def _check_escapes(self, event: Any) -> None:
        """Refuse a backslash in double quotes of which YAML makes something else than people mean."""
        start, end = self._offset(event.start_mark), self._offset(event.end_mark)
        source = self._text[start + 1 : end - 1]
        for escape in _ESCAPE.finditer(source) if "\\" in source else ():
            if escape["meant"]:
                raise self._mistake(
                    event.start_mark, "backslash-in-quotes", escape=escape[0],
                    fixed=_single_quoted(self._lines[event.start_mark.line][: event.start_mark.column], source),
                )  # fmt: skip

    def _check_visible(self, event: Any) -> None:
        """Refuse characters that nobody sees where an escape stands for one: the text was searched as it is typed."""
        if control := CONTROL.search(event.value):
            raise self._mistake(event.start_mark, "character-invisible", character=f"U+{ord(control[0]):04X}")

    def _offset(self, mark: Any) -> int:
        """Return the place of a mark in the text; libyaml counts bytes in some versions and characters in others."""
        offset: int = self._starts[mark.line] + mark.column
        return offset

    @cached_property
    def _lines(self) -> list[str]:
        return self._text.split("\n")

    @cached_property
    def _starts(self) -> list[int]:
        return [0, *accumulate(len(line) + 1 for line in self._lines)]

    def _syntax_mistake(self, error: yaml.YAMLError) -> _MistakeError:
        """Say in the contributor's words what libyaml says in its own."""
        mark = getattr(error, "problem_mark", None)
        what = str(getattr(error, "problem", None) or error)
        if mark is None:
            return _MistakeError(problem("yaml-invalid", self._path, reason=what))
        line = self._lines[mark.line] if mark.line < len(self._lines) else ""
        if "\t" in line[: len(line) - len(line.lstrip())] or ("cannot start any token" in what and "\t" in line):
            return _MistakeError(problem("yaml-tab", self._path, (mark.line + 1, line.index("\t") + 1)))
        start = getattr(error, "context_mark", None) or mark
        if "escape" in what or "hexdecimal" in what:
            source = re.split(r'(?<!\\)"', self._lines[start.line][start.column + 1 :])[0]
            escape = next((found[0] for found in _ESCAPE.finditer(source) if found["meant"]), "\\")
            fixed = _single_quoted(self._lines[start.line][: start.column], source)
            return self._mistake(start, "backslash-escape-unknown", escape=escape, fixed=fixed)
        if place := self._unclosed_quote(mark.line):
            return _MistakeError(problem("yaml-quote-open", self._path, place))
        field_line = _FIELD.match(line)
        fixed = f"{field_line[1]}: {quoted(field_line[2])}" if field_line else ""
        remedy = remedy_of(self._lines[start.line] if start.line < len(self._lines) else line) or remedy_of(line)
        if "mapping values are not allowed" in what:
            if field_line and mark.column > field_line.end(1):
                return self._mistake(mark, "yaml-colon-in-value", remedy, fixed=fixed)
            return self._mistake(mark, "yaml-colon-misplaced", remedy)
        scanned = re.search("scanning an? (anchor|alias|tag)", str(getattr(error, "context", "")))
        if "cannot start any token" in what or scanned:
            place = start if scanned else mark
            hint = f"quote the value: {fixed}" if fixed else _of_numbers(line, place.column)
            return self._mistake(place, "yaml-value-start", hint, character=line[place.column : place.column + 1])
        if "',' or" in what:
            return self._mistake(start, "yaml-bracket-open" if remedy in ("", CLOSE) else "yaml-braces", remedy)
        if "quoted scalar" in str(error):
            return self._mistake(start, "yaml-quote-open")
        if "did not find expected" in what or "block" in what or "could not find expected ':'" in what:
            if quote := re.match(r"\s*(?:- )?[\w-]+:\s+([\"']).*\1\s*\S", line[: mark.column + 1]):
                hint = "write '' for a quote inside single quotes" if quote[1] == "'" else ""
                return self._mistake(mark, "yaml-quote-inside", hint)
            return self._mistake(mark, "yaml-field-misplaced", remedy)
        return self._mistake(mark, "yaml-invalid", reason=what)

    def _unclosed_quote(self, last: int) -> tuple[int, int] | None:
        """Return where a quote is opened that its line should close: the next line starts a field.

        libyaml reads on to the next quote, and finds a mistake many lines further down.
        """
        for number, line in enumerate(self._lines[: last + 1]):
            opened = re.match(
                r"""\s*(?:- )?[\w-]+:\s+(["'])(.*)|\s*- (["'])(.*)|.*[{,\[]\s*(?:[\w-]+:\s+)?(["'])([^"']*)$""", line
            )
            if not opened:
                continue
            group = next(n for n in (1, 3, 5) if opened[n])
            sign, rest = opened[group], opened[group + 1]
            rest = re.sub(r"\\." if sign == '"' else "''", "", rest)
            following = self._lines[number + 1] if number + 1 < len(self._lines) else ""
            if sign not in rest and (not following.strip() or _STARTS_FIELD.match(following)):
                return number + 1, opened.start(group) + 1
        return None


def _of_numbers(line: str, column: int) -> str:
    """Return what to write for a sign in front of an amount or in the place of a unit."""
    before, sign = line[:column].rstrip(), line[column : column + 1]
    if before.endswith("unit:") and sign == "%":
        return "write percent; where the number compares, percent more, percent less, or percent of"
    if before.endswith("value:") and sign == ">":
        return "write bound: at least, and the number alone as value"
    return ""


def _single_quoted(before: str, source: str) -> str:
    """Return a value in single quotes, behind the name of its field; ``source`` stood between double quotes."""
    plain = source.replace('\\"', '"').replace("\\\\", "\\").replace("'", "''")
    name = re.search(r"([\w-]+:)\s*$", before)
    short = plain if len(plain) <= 100 else f"{plain[:99]}…"
    return f"{name[1]} '{short}'" if name else f"'{short}'"


def quoted(text: str) -> str:
    """Return text as a YAML scalar in double quotes."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
