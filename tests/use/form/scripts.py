"""The form's scripts as text: their modules, their string literals, their functions."""

import re
from collections.abc import Iterator
from pathlib import Path

from tests.commands import ROOT

FOLDER = ROOT / "generator/living_survey/theme/assets/survey"
BEFORE_PATTERN = "(,=:[!&|?{};>"
"""Behind these a slash starts a regular expression."""


def modules() -> dict[str, str]:
    """Return the text of every module of the form, by its path."""
    files: list[Path] = [FOLDER / "submit.js", *sorted((FOLDER / "submit").rglob("*.js"))]
    return {file.relative_to(FOLDER).as_posix(): file.read_text(encoding="utf-8") for file in files}


def literals(source: str) -> list[str]:
    """Return the texts between quotes and the fixed parts of templates, none from comments and regular expressions."""
    return list(_Scanner(source).code(0, ""))


class _Scanner:
    def __init__(self, source: str) -> None:
        self.source, self.end = source, 0

    def code(self, place: int, closing: str) -> Iterator[str]:
        """Yield the literals from a place on, to the brace that closes a part of a template, or to the end."""
        source, before, depth = self.source, "(", 0
        while place < len(source):
            character = source[place]
            if source.startswith("//", place):
                place = (source.find("\n", place) + 1) or len(source)
            elif character in "\"'":
                found = re.compile(rf"{character}((?:[^\\{character}\n]|\\.)*){character}").match(source, place)
                assert found, source[place : place + 80]
                yield found[1]
                place, before = found.end(), '"'
            elif character == "`":
                yield from self._template(place + 1)
                place, before = self.end, '"'
            elif character == "/" and before in BEFORE_PATTERN:
                found = re.compile(r"/(?:[^\\/\n\[]|\\.|\[(?:[^\\\]\n]|\\.)*\])+/\w*").match(source, place)
                assert found, source[place : place + 80]
                place, before = found.end(), '"'
            elif closing and character == closing and not depth:
                break
            else:
                depth += (character == "{") - (character == "}")
                before = before if character.isspace() else character
                place += 1
        self.end = place + 1

    def _template(self, place: int) -> Iterator[str]:
        source, start = self.source, place
        while source[place] != "`":
            if source.startswith("${", place):
                yield source[start:place]
                yield from self.code(place + 2, "}")
                place = start = self.end
            else:
                place += 2 if source[place] == "\\" else 1
        yield source[start:place]
        self.end = place + 1


def without_comments(source: str) -> str:
    """Return a module without the comments that stand on lines of their own."""
    return re.sub(r"^\s*//.*\n", "", source, flags=re.MULTILINE)


def functions(source: str) -> Iterator[tuple[str, int]]:
    """Yield the first line of each function and the number of its lines."""
    lines = source.split("\n")
    start = re.compile(r"^( *)(?:.*=> \{|(?:async )?(?!if|for|while|switch)\w+\(.*\) \{)$")
    for first, line in enumerate(lines):
        if found := start.match(line):
            last = next(n for n in range(first + 1, len(lines)) if lines[n].startswith(f"{found[1]}}}"))
            yield line.strip(), last - first + 1
