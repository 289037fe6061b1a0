"""Paper files in their canonical form: one order of fields, one way to quote, one way to wrap, all comments kept.

Own code, because round-trip libraries hang a comment on the token in front of it: once fields are put in order, the
comment above a field would move with the field before. I/O: none.
"""

import re
import textwrap
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, get_origin

from pydantic import BaseModel

from living_survey.model.comparison import FOLDER as COMPARISONS
from living_survey.model.comparison import Comparison
from living_survey.model.number import Number
from living_survey.model.paper import FLOW_LISTS, PARAGRAPHS, SHORT_ITEMS, UNQUOTED, WIDTH, Paper
from living_survey.model.parts import Author, parts_of
from living_survey.model.question import FOLDER, Question
from living_survey.model.settings import Settings
from living_survey.model.work import Works
from living_survey.syntax.problems import FieldPath, Problem, problem
from living_survey.syntax.yaml_reader import Plain, is_not_text, quoted, read_mapping

INDICATORS = "-?:,[]{}#&*!|>'\"%@`"
"""With these no plain scalar starts."""


@dataclass(frozen=True, slots=True)
class Form:
    """The canonical form of a kind of file; papers are not the only ones that have one."""

    model: type[BaseModel]
    """Gives the order of the fields."""
    unquoted: frozenset[str] = frozenset()
    """Fields that are numbers, dates and ``true``, or that hold nothing else."""
    paragraphs: frozenset[str] = frozenset()
    """Fields of running text, which wrap."""
    flow_lists: frozenset[str] = frozenset()
    """Lists on one line."""


PAPER = Form(Paper, UNQUOTED, PARAGRAPHS, FLOW_LISTS)
QUESTION = Form(Question, frozenset({"finding", "reviewed"}), frozenset({"answer", "why", "decided_by"}))
COMPARISON = Form(Comparison, frozenset({"reviewed"}), frozenset({"note"}))
WORKS = Form(Works, frozenset({"year"}), flow_lists=frozenset({"also"}))


def form_of(path: str, settings: Settings) -> Form:
    """Return the form of a file, which is named as it is reported."""
    if path == settings.works:
        return WORKS
    docs = settings.relative(settings.docs_dir)
    forms = {FOLDER: QUESTION, COMPARISONS: COMPARISON}
    return next((form for folder, form in forms.items() if path.startswith(f"{docs}/{folder}/")), PAPER)


def to_yaml(data: Mapping[str, Any], form: Form = PAPER) -> str:
    """Return the data of a file as its text.

    Args:
        data: Made of dict, list, str and int, as `read_mapping` returns it or a program made it.
        form: Of which kind the file is.
    """
    return _Writer(_Comments(), form).write(data)


def to_flow(data: Mapping[str, Any] | list[str]) -> str:
    """Return fields as a mapping on one line, or words as a list: ``{label: vLLM, kind: named}``."""
    return _flow(data, None)


def format_paper(raw: bytes, path: str, form: Form = PAPER) -> tuple[str | None, list[Problem]]:
    """Return a file's text in canonical form, or why it cannot be read.

    What the file says stays as it is, mistakes included: they are for `survey check`.
    """
    document = read_mapping(raw, path)
    if document.problems or not document.data:
        return None, document.problems or [problem("file-empty", path)]
    comments = _Comments.build(document.comments, document.positions)
    text = _Writer(comments, form).write(document.data)
    again = read_mapping(text.encode("utf-8"), path)
    lost = [comment.text for comment in document.comments if comment.text not in text]
    if again.problems or _settled(again.data) != _settled(document.data) or lost:
        raise AssertionError(f"{path}: formatting would change what the file says {lost}")
    return text, []


def is_canonical(raw: bytes, path: str, form: Form = PAPER) -> bool:
    """Say whether a file is in canonical form; one that cannot be read is not out of it."""
    if b"#" not in raw:  # without comments nothing has a place to be noted, which is what takes time
        document = read_mapping(raw, path, positions=False)
        return bool(document.problems) or not document.data or to_yaml(document.data, form).encode("utf-8") == raw
    text, _ = format_paper(raw, path, form)
    return text is None or text.encode("utf-8") == raw


def edit_paper(
    raw: bytes,
    path: str,
    changes: Mapping[str, Any],
    removed: Iterable[str] = (),
    form: Form = PAPER,
    *,
    moved: Mapping[FieldPath, FieldPath] | None = None,
) -> str:
    """Return a file's text with some fields changed, in canonical form; comments stay where their fields stay.

    Args:
        raw: The file, without mistakes in its YAML.
        path: The file, as it is reported.
        changes: Top-level field → its new value.
        removed: Top-level fields to take out.
        form: Of which kind the file is.
        moved: Place of a field or an item → where its comments belong now. Places inside one go with it.
    """
    document = read_mapping(raw, path)
    data = {name: value for name, value in {**document.data, **changes}.items() if name not in set(removed)}
    comments = _Comments.build(document.comments, document.positions)
    if moved:
        comments.rehang(moved)
    return _Writer(comments, form).write(data)


def _settled(value: Any) -> Any:
    """Return data without what formatting may change: order of fields, white space inside text."""
    if isinstance(value, dict):
        return {name: _settled(inner) for name, inner in value.items()}
    if isinstance(value, list):
        return [_settled(inner) for inner in value]
    return [block.split() for block in re.split(r"\n\s*\n", str(value).strip())]


@dataclass
class _Comments:
    """The comments of a file by the field that they stand at."""

    top: list[str] = field(default_factory=list)
    before: dict[FieldPath, list[str]] = field(default_factory=lambda: defaultdict(list))
    behind: dict[FieldPath, list[str]] = field(default_factory=lambda: defaultdict(list))
    after: dict[FieldPath, list[str]] = field(default_factory=lambda: defaultdict(list))

    @classmethod
    def build(cls, comments: Iterable[Any], positions: Mapping[FieldPath, tuple[int, int]]) -> "_Comments":
        """Find the field of each comment."""
        found = cls()
        places = sorted((place, len(path), path) for path, place in positions.items() if path)
        for comment in comments:
            earlier = [path for (line, column), _, path in places if (line, column) < (comment.line, comment.column)]
            later = [(column, path) for (line, column), _, path in places if line > comment.line]
            if not comment.alone:
                found.behind[earlier[-1] if earlier else ()].append(comment.text)
            elif not earlier:
                found.top.append(comment.text)
            elif later and comment.column <= later[0][0]:
                found.before[later[0][1]].append(comment.text)
            else:
                path = earlier[-1]
                # An item begins at its hyphen, two columns before its value.
                while len(path) > 1 and positions[path][1] - 2 * isinstance(path[-1], int) > comment.column:
                    path = path[:-1]
                found.after[path].append(comment.text)
        return found

    def rehang(self, moved: Mapping[FieldPath, FieldPath]) -> None:
        """Hang comments on the fields that have moved."""

        def place(path: FieldPath) -> FieldPath:
            for length in range(len(path), 0, -1):
                if (new := moved.get(path[:length])) is not None:
                    return (*new, *path[length:])
            return path

        for name in ("before", "behind", "after"):
            there: dict[FieldPath, list[str]] = defaultdict(list)
            for path, texts in getattr(self, name).items():
                there[place(path)] += texts
            setattr(self, name, there)

    def inside(self, kind: Mapping[FieldPath, list[str]], path: FieldPath) -> list[str]:
        """Return the comments at a field and at all within it."""
        return [text for at, texts in kind.items() if at[: len(path)] == path for text in texts]


class _Writer:
    def __init__(self, comments: _Comments, form: Form) -> None:
        self._comments = comments
        self._form = form
        self._lines: list[str] = []

    def write(self, data: Mapping[str, Any]) -> str:
        self._lines = [*self._comments.top]
        self._mapping(data, self._form.model, (), "")
        return "\n".join(self._lines) + "\n"

    def _line(self, indent: str, text: str, behind: Iterable[str]) -> None:
        self._lines.append("  ".join([indent + text, *behind]))

    def _mapping(
        self,
        data: Mapping[str, Any],
        model: type[BaseModel] | None,
        path: FieldPath,
        indent: str,
        *,
        named: bool = False,
    ) -> None:
        """Write fields, or parts of one model under names of the survey's own."""
        for name, value in data.items() if named else _ordered(data, model):
            here, part = (*path, name), model if named else _part(model, name)
            label = f"{_scalar(name, flow=False)}:"
            self._lines += [indent + comment for comment in self._comments.before.get(here, ())]
            if isinstance(value, dict) and value:
                self._line(indent, label, self._comments.behind.get(here, ()))
                self._mapping(value, part, here, indent + "  ", named=not named and _is_named(model, name))
            elif isinstance(value, list) and value and name not in self._form.flow_lists:
                self._line(indent, label, self._comments.behind.get(here, ()))
                self._items(value, part, here, indent + "  ")
            elif (path[0] if path else name) in self._form.paragraphs:
                self._paragraphs(label, value, here, indent)
            else:
                plain = self._form.unquoted & {name, *path[:1]}
                text = _flow(value, None) if isinstance(value, (list, dict)) else _typed(value, plain=bool(plain))
                self._inside_first(here, indent)
                self._line(indent, f"{label} {text}".rstrip(), self._comments.inside(self._comments.behind, here))
                self._inside_last(here, indent)
            self._lines += [indent + comment for comment in self._comments.after.get(here, ())]

    def _items(self, items: list[Any], model: type[BaseModel] | None, path: FieldPath, indent: str) -> None:
        for index, item in enumerate(items):
            here = (*path, index)
            self._lines += [indent + comment for comment in self._comments.before.get(here, ())]
            if isinstance(item, dict) and item and not self._on_one_line(item, model, here, indent):
                start = len(self._lines)
                self._mapping(item, model, here, indent + "  ")
                first = next(n for n in range(start, len(self._lines)) if not self._lines[n].lstrip().startswith("#"))
                self._lines[first] = f"{indent}- {self._lines[first].lstrip()}"
                # A comment above an item's first field stands above the item.
                self._lines[start:first] = [indent + line.lstrip() for line in self._lines[start:first]]
                if behind := self._comments.behind.get(here):
                    self._lines[first] = "  ".join([self._lines[first], *behind])
            else:
                self._inside_first(here, indent)
                text = _flow(item, model) if isinstance(item, (list, dict)) else _scalar(item, flow=False)
                self._line(indent, f"- {text}", self._comments.inside(self._comments.behind, here))
                self._inside_last(here, indent)
            self._lines += [indent + comment for comment in self._comments.after.get(here, ())]

    def _on_one_line(self, item: Any, model: type[BaseModel] | None, path: FieldPath, indent: str) -> bool:
        """Say whether a mapping stands on one line: a person always, a number where it fits."""
        if model is not Number:
            return model is Author
        # A comment behind the last field stands behind the line as well.
        behind, last = self._comments.behind, [name for name, _ in _ordered(item, model)][-1]
        within = any(
            len(at) > len(path) and at[: len(path)] == path and texts and not (kind is behind and at == (*path, last))
            for kind in (self._comments.before, behind, self._comments.after)
            for at, texts in kind.items()
        )
        return not within and len(f"{indent}- {_flow(item, model)}") <= SHORT_ITEMS

    def _inside_first(self, path: FieldPath, indent: str) -> None:
        """Write, above a value of one line, the comments that stood inside it."""
        for at, texts in self._comments.before.items():
            if len(at) > len(path) and at[: len(path)] == path:
                self._lines += [indent + comment for comment in texts]

    def _inside_last(self, path: FieldPath, indent: str) -> None:
        for at, texts in self._comments.after.items():
            if len(at) > len(path) and at[: len(path)] == path:
                self._lines += [indent + comment for comment in texts]

    def _paragraphs(self, label: str, value: Any, path: FieldPath, indent: str) -> None:
        behind = self._comments.behind.get(path, ())
        blocks = [" ".join(block.split()) for block in re.split(r"\n\s*\n", str(value).strip())]
        if isinstance(value, Plain) or (len(blocks) == 1 and len(indent + label) + len(blocks[0]) + 3 <= WIDTH):
            text = str(value) if isinstance(value, Plain) and not value else _scalar(blocks[0], flow=False)
            self._line(indent, f"{label} {text}".rstrip(), behind)
            return
        self._line(indent, f"{label} |-", behind)
        for number, block in enumerate(blocks):
            lines = textwrap.wrap(block, WIDTH - len(indent) - 2, break_long_words=False, break_on_hyphens=False)
            self._lines += ([""] if number else []) + [f"{indent}  {line}" for line in lines]


def _part(model: type[BaseModel] | None, name: str) -> type[BaseModel] | None:
    """Return the part of the model that a field holds."""
    if model is None or name not in model.model_fields:
        return None
    found = [inner for inner in parts_of(model.model_fields[name].annotation) if issubclass(inner, BaseModel)]
    return found[0] if found else None


def _is_named(model: type[BaseModel] | None, name: str) -> bool:
    """Say whether a field holds parts under names: works by their ids."""
    return model is not None and name in model.model_fields and get_origin(model.model_fields[name].annotation) is dict


def _ordered(data: Mapping[str, Any], model: type[BaseModel] | None) -> Iterator[tuple[str, Any]]:
    """Yield fields in the order of the model, then those that it does not know as they come."""
    known = model.model_fields if model else {}
    yield from ((name, data[name]) for name in known if name in data)
    yield from ((name, value) for name, value in data.items() if name not in known)


def _flow(value: Any, model: type[BaseModel] | None) -> str:
    if isinstance(value, dict):
        return (
            "{"
            + ", ".join(
                f"{_scalar(n, flow=True)}: {_typed(v, plain=n in UNQUOTED, flow=True)}"
                for n, v in _ordered(value, model)
            )
            + "}"
        )
    if isinstance(value, list):
        return "[" + ", ".join(_flow(item, None) for item in value) + "]"
    return _scalar(value, flow=True)


def _typed(value: Any, *, plain: bool, flow: bool = False) -> str:
    """Return a value; one that may be ``plain`` stays without quotes if it is a number, a date or ``true``."""
    if isinstance(value, (dict, list)):
        return _flow(value, None)
    if value is True:
        return "true"
    if value is False:
        return "false"
    if plain and re.fullmatch(r"[\d-]+(?:\.\d+)?|true|false", str(value)):
        return str(value)
    return _scalar(value, flow=flow)


def _scalar(value: Any, *, flow: bool) -> str:
    """Return text as a plain scalar where every YAML parser reads the same text, else in double quotes.

    What looks like numbers is quoted too, so that ``pages: "1-9"`` and ``pages: "9"`` look alike.
    """
    if isinstance(value, Plain) and not value:
        return ""
    text = " ".join(str(value).split())
    plain = (
        text
        and not is_not_text(text)
        and not re.fullmatch(r"[\d\s.,:;-]+", text)
        and text[0] not in INDICATORS
        and ": " not in text
        and " #" not in text
        and not text.endswith(":")
        and not (flow and re.search(r"[,\[\]{}?]|:$", text))
        and text.isprintable()
    )
    return text if plain else quoted(text)
