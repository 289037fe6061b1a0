"""Read YAML that is other programs' too, such as ``mkdocs.yml``: with tags and aliases, and yet within bounds.

PyYAML's composer recurses in C and ends the process on 100,000 brackets, and its constructors raise what they like. So
depth and size, aliases unrolled, are counted over the events first, and every error becomes one with a place.
I/O: none.
"""

from typing import Any

import yaml

from living_survey.syntax.problems import Problem, ProblemsError, problem
from living_survey.syntax.yaml_reader import MAX_BYTES, Loader, text_of

MAX_DEPTH = 50
MAX_UNROLLED = 4 * MAX_BYTES
"""Characters and values of a file once each alias is replaced by what it stands for."""


class OpaqueTags(yaml.CSafeLoader if yaml.__with_libyaml__ else yaml.SafeLoader):  # type: ignore[misc]
    """Reads ``!ENV`` and ``!!python/name:…`` of other plugins as what they are here: nothing of ours."""

    def construct_object(self, node: Any, deep: bool = False) -> Any:
        """Return a value; raise what has a place where there is none, such as the 45th of a month."""
        try:
            return super().construct_object(node, deep)
        except (ArithmeticError, AttributeError, LookupError, TypeError, ValueError) as error:
            kind = node.tag.rpartition(":")[2]
            reason = f"not a value of the kind {kind}"
            raise yaml.constructor.ConstructorError(None, None, reason, node.start_mark) from error


class Opaque(str):
    """A value with a tag of another program's: its text is not what it says."""

    __slots__ = ()


OpaqueTags.add_multi_constructor("", lambda _loader, suffix, node: Opaque(suffix or node.tag))


def read_opaque(raw: bytes, path: str) -> tuple[str, Any]:
    """Return the text of a file and what it says.

    Raises:
        ProblemsError: If it cannot be read.
    """
    text = text_of(raw, path)
    try:
        if found := _beyond(text, path):
            raise ProblemsError([found])
        return text, yaml.load(text, Loader=OpaqueTags)  # noqa: S506  (a SafeLoader without constructors for foreign tags)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        place = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        reason = getattr(error, "problem", None) or getattr(error, "context", None) or str(error)
        raise ProblemsError([problem("yaml-invalid", path, place, reason=reason)]) from None


def _beyond(text: str, path: str) -> Problem | None:
    """Return the problem of a file that is nested too deeply, or becomes too large once its aliases are unrolled."""
    sizes: dict[str, int] = {}
    open_anchors = list[str | None]()
    inside = [0]
    for event in yaml.parse(text, Loader=Loader):
        anchor = getattr(event, "anchor", None)
        if isinstance(event, yaml.CollectionStartEvent):
            inside.append(1)
            open_anchors.append(anchor)
            if len(inside) > MAX_DEPTH:
                return problem("yaml-too-deep", path, _place(event), limit=MAX_DEPTH)
            continue
        if isinstance(event, yaml.AliasEvent):
            if anchor in open_anchors:
                return problem("yaml-alias-of-itself", path, _place(event), name=anchor)
            size = sizes.get(str(anchor), 1)
        elif isinstance(event, yaml.ScalarEvent):
            size = 1 + len(event.value)
        elif isinstance(event, yaml.CollectionEndEvent):
            size, anchor = inside.pop(), open_anchors.pop()
        else:
            continue
        if anchor:
            sizes[anchor] = size
        inside[-1] += size
        if inside[-1] > MAX_UNROLLED:
            return problem("yaml-aliases", path, _place(event), limit=f"{MAX_UNROLLED:,}")
    return None


def _place(event: Any) -> tuple[int, int]:
    return event.start_mark.line + 1, event.start_mark.column + 1
