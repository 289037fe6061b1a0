"""Note in a question's file that somebody has looked at the papers that its query finds; every other byte stays.

I/O: none.
"""

import re
from collections.abc import Sequence
from typing import Any

import yaml

from living_survey.model.question import ALL, Question
from living_survey.model.reopening import standing
from living_survey.model.survey import Survey
from living_survey.syntax.errors import SurveyError
from living_survey.syntax.problems import did_you_mean
from living_survey.syntax.yaml_edit import compose
from living_survey.syntax.yaml_reader import read_mapping


class AcceptError(SurveyError):
    """There is nothing to accept: says why."""


def find_question(survey: Survey, name: str) -> Question:
    """Return the question of an id, if it has a query.

    Raises:
        AcceptError: If there is none, or nothing asks which papers bear on it.
    """
    if name not in survey.questions:
        hint = did_you_mean(name, survey.questions)
        raise AcceptError(f"unknown question: {name}; {hint}".rstrip("; "))
    if not survey.questions[name].query:
        raise AcceptError(f"{name} has no query: add query: … to its file, and new papers will be noticed")
    return survey.questions[name]


def accept(survey: Survey, question: Question, text: str, day: str) -> tuple[str, str]:
    """Return a question's file with ``seen`` and ``reviewed`` brought up to date, and in words what changed.

    Args:
        survey: The survey.
        question: One with a query.
        text: Its file.
        day: The day that is written.
    """
    now = standing(survey, question)
    found = [paper.key for paper in now.found]
    gone = {paper.key for paper in now.gone}
    kept = [key for key in question.seen or () if (paper := survey.find(key)) and paper.key not in gone]
    edited = _File(text)
    edited.write_seen(kept, [paper.key for paper in now.unseen])
    edited.write_day(day)
    again = read_mapping(edited.text.encode("utf-8"), question.source)
    listed = [paper.key for key in again.data.get("seen", ()) if (paper := survey.find(key))]
    if again.problems or sorted(listed) != sorted(found) or again.data["reviewed"][ALL] != day:
        raise AssertionError(f"{question.source}: the file would not say what was accepted")
    counts = [f"{len(papers)} {word}" for papers, word in ((now.unseen, "new"), (now.gone, "gone")) if papers]
    return edited.text, ", ".join(counts) or "nothing new"


class _File:
    """A text in YAML whose lines are changed where the fields stand."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._end = "\r\n" if "\r\n" in text else "\n"

    def write_seen(self, kept: Sequence[str], new: Sequence[str]) -> None:
        """Leave some items of the list, and add others where their names belong in its order."""
        key, value = self._field("seen")
        if value is None:
            self._insert(self._behind("query"), [f"seen:{self._end}", *self._items("  ", new)] if new else [])
        elif not kept and not new:  # an empty list is a mistake
            self._replace(key.start_mark.line, self._line_behind(value), [])
        elif value.flow_style:
            listed = f"[{', '.join(sorted([*kept, *new], key=str.lower))}]"
            self.text = self.text[: value.start_mark.index] + listed + self.text[value.end_mark.index :]
        else:
            indent = " " * value.start_mark.column
            rest = [(item.start_mark.line, item.value) for item in value.value if item.value in kept]
            taken = [item.start_mark.line for item in value.value if item.value not in kept]
            last = value.value[-1].start_mark.line + 1
            for name in sorted(new, key=str.lower, reverse=True):
                at = next((line for line, other in rest if other.lower() > name.lower()), last)
                self._insert(at, self._items(indent, [name]))
                taken = [line + (line >= at) for line in taken]
            for line in sorted(taken, reverse=True):
                self._replace(line, line + 1, [])

    def write_day(self, day: str) -> None:
        """Write the day on which all papers were looked at."""
        _, value = self._field("reviewed")
        if value is None:
            before = "seen" if self._field("seen")[1] else "query"
            self._insert(self._behind(before), [f"reviewed:{self._end}", f"  {ALL}: {day}{self._end}"])
            return
        for name, inner in value.value:
            if name.value == ALL:
                self.text = self.text[: inner.start_mark.index] + day + self.text[inner.end_mark.index :]
                return
        if not value.value:
            self.text = f"{self.text[: value.start_mark.index]}{{{ALL}: {day}}}{self.text[value.end_mark.index :]}"
            return
        at = value.start_mark.index
        between = ", " if value.flow_style else f"{self._end}{' ' * value.start_mark.column}"
        at += bool(value.flow_style)
        self.text = f"{self.text[:at]}{ALL}: {day}{between}{self.text[at:]}"

    def _field(self, name: str) -> tuple[Any, Any]:
        return next(((key, value) for key, value in compose(self.text).value if key.value == name), (None, None))

    def _items(self, indent: str, names: Sequence[str]) -> list[str]:
        return [f"{indent}- {name}{self._end}" for name in sorted(names, key=str.lower)]

    def _behind(self, name: str) -> int:
        """Return the number of the first line, from 0, behind a field and the comments that are indented below it."""
        line, lines = self._line_behind(self._field(name)[1]), self.text.split("\n")
        while line < len(lines) and re.match(r"[ \t]+#", lines[line]):
            line += 1
        return line

    def _line_behind(self, node: Any) -> int:
        """Return the number of the first line, from 0, that holds nothing of a value."""
        if isinstance(node, yaml.SequenceNode | yaml.MappingNode) and not node.flow_style:
            inner = node.value[-1]
            return self._line_behind(inner[1] if isinstance(inner, tuple) else inner)
        line: int = node.end_mark.line
        return line if getattr(node, "style", None) in ("|", ">") else line + 1

    def _insert(self, line: int, lines: Sequence[str]) -> None:
        self._replace(line, line, lines)

    def _replace(self, first: int, behind: int, lines: Sequence[str]) -> None:
        before = re.split(r"(?<=\n)", self.text)
        if lines and behind >= len(before) and before[-1]:  # the last line has no end
            before[-1] += self._end
        self.text = "".join([*before[:first], *lines, *before[behind:]])
