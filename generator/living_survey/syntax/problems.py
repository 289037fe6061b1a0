"""A finding about a source file, as data, and its renderings.

I/O: none.
"""

import difflib
import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, field
from typing import Literal

from living_survey.syntax.errors import INPUT_IS_WRONG, SurveyError
from living_survey.syntax.messages import message_of

_LONGEST_WORD = 200
"""Characters of a word of which a hint says which one it may be."""
FieldPath = tuple[str | int, ...]
"""Where in a mapping a value stands: ``("authors", 2, "orcid")``.

A number behind a text is a place in it: so many characters before it, as `count_solid` of `syntax.scalars` counts them.
"""


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One mistake: where it is, what is wrong, what to type instead.

    Attributes:
        path: The file, relative to the folder of ``mkdocs.yml``, with forward slashes.
        line: Counted from 1; 0 when the problem is the file's as a whole or its place is not known yet.
        column: Counted from 1, in characters; 0 as for ``line``.
        message: What is wrong, without a full stop.
        hint: What to type; empty when the message says it.
        severity: Errors stop the build, warnings do not.
        code: The kind of problem, by its name in ``messages.yaml``.
        field: The value the problem is about; gives ``line`` and ``column`` once the loader has located it.
    """

    path: str
    line: int
    column: int
    message: str
    hint: str = ""
    severity: Literal["error", "warning"] = "error"
    code: str = ""
    field: FieldPath = field(default=(), compare=False)

    @property
    def place(self) -> str:
        """The place as editors and terminals understand it: ``path:line:column``."""
        return f"{self.path}:{self.line}:{self.column}" if self.line else self.path


def describe(code: str, hint: str = "", **values: object) -> tuple[str, str]:
    """Return message and hint of a kind of problem, with values put in.

    Args:
        code: Its name in ``messages.yaml``.
        hint: What to do in this very case; without it, what is said there.
        values: What the placeholders of message and hint stand for.

    Raises:
        KeyError: If there is no such code, or a placeholder has no value.
    """
    said = message_of(code)
    return said.message.format(**values), hint or said.hint.format(**values)


def problem(
    code: str, path: str, place: tuple[int, int] = (0, 0), *, field: FieldPath = (), hint: str = "", **values: object
) -> Problem:
    """Return a problem of a kind.

    Args:
        code: Its name in ``messages.yaml``.
        path: The file.
        place: Line and column, from 1; none where only the field is known yet, or it is the file's as a whole.
        field: The value that it is about, which the loader has yet to locate.
        hint: What to do in this very case; without it, what is said of all of the kind.
        values: What the placeholders of message and hint stand for.
    """
    message, hint = describe(code, hint, **values)
    severity: Literal["error", "warning"] = "warning" if message_of(code).warning else "error"
    return Problem(path, *place, message, hint, severity, code, field)


class Places:
    """Lines and columns, from 1, of places in a text that are asked for in its order, so that it is read once."""

    def __init__(self, text: str, first_line: int = 1) -> None:
        """Begin at the start of a text, whose first line is that of a file."""
        self._text, self._line, self._start, self._seen = text, first_line, 0, 0

    def find(self, place: int) -> tuple[int, int]:
        """Return line and column of a place that is not before the last one."""
        while (end := self._text.find("\n", self._seen, place)) >= 0:
            self._line, self._start, self._seen = self._line + 1, end + 1, end + 1
        self._seen = place
        return self._line, place - self._start + 1


class ProblemsError(SurveyError):
    """Raised where a step cannot go on; carries everything that was found."""

    exit_code = INPUT_IS_WRONG

    def __init__(self, problems: Iterable[Problem]) -> None:
        """Keep the problems, sorted by place."""
        self.problems = sorted(problems)
        super().__init__(to_text(self.problems))


def has_errors(problems: Iterable[Problem]) -> bool:
    """Say whether any of the problems stops the build."""
    return any(problem.severity == "error" for problem in problems)


class _Effort:
    """How many comparisons of words are left: 20,000 unknown names get no hint each, but the first of them do."""

    left = most = 100_000


def renew_hints() -> None:
    """Begin to count comparisons anew; for each look at a survey."""
    _Effort.left = _Effort.most


def closest(word: str, options: Iterable[str]) -> str | None:
    """Return the option that a misspelt word most likely means, whatever its capitals; none where that takes long."""
    by_lower = {option.lower(): option for option in options}
    _Effort.left -= len(by_lower)
    if len(word) > _LONGEST_WORD or _Effort.left < 0:
        return None
    found = difflib.get_close_matches(word.lower(), by_lower, n=1, cutoff=0.6)
    return by_lower[found[0]] if found else None


def did_you_mean(word: str, options: Iterable[str], *, list_few: bool = True) -> str:
    """Return ``did you mean "…"?`` for the closest option, or else, if asked to, the options when they are few."""
    known = list(options)
    if found := closest(word, known):
        return f'did you mean "{found}"?'
    return "use one of: " + ", ".join(known) if list_few and 0 < len(known) <= 16 else ""


def to_text(problems: Sequence[Problem]) -> str:
    """Render for people: ``path:line:column: severity: message [code]`` and the hint below it."""
    lines = []
    for problem in problems:
        code = f" [{problem.code}]" if problem.code else ""
        lines.append(f"{problem.place}: {problem.severity}: {problem.message}{code}")
        if problem.hint:
            lines.append(f"    {problem.hint}")
    return printable("\n".join(lines))


def printable(text: str) -> str:
    """Return text that can be written: a file's name may have bytes that are no characters."""
    return text if text.isascii() else text.encode("utf-8", "backslashreplace").decode("utf-8")


def to_github(problems: Sequence[Problem]) -> str:
    """Render as GitHub workflow commands, which become annotations on the lines of a pull request."""

    def data(text: str) -> str:
        return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")

    def value(text: str) -> str:
        return data(text).replace(":", "%3A").replace(",", "%2C")

    return "\n".join(
        f"::{p.severity} file={value(p.path)},line={max(p.line, 1)},col={max(p.column, 1)}"
        + (f",title={value(p.code)}::" if p.code else "::")
        + data(p.message + (f"\n{p.hint}" if p.hint else ""))
        for p in problems
    )


def to_json(problems: Sequence[Problem]) -> str:
    """Render for programs: a JSON list of objects with the attributes of `Problem`."""
    return json.dumps([asdict(problem) for problem in problems], ensure_ascii=False, indent=2)


def summary(problems: Sequence[Problem]) -> str:
    """Count for the last line of a report: ``2 errors, 1 warning``."""
    counts = {kind: sum(p.severity == kind for p in problems) for kind in ("error", "warning")}
    return ", ".join(f"{n} {kind}{'s' if n != 1 else ''}" for kind, n in counts.items() if n) or "no problems"
