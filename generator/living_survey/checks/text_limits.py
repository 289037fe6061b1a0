"""How large and how entangled a text may be that anybody may propose.

The host's Markdown looks for the end of each bracket from each bracket, and calls itself for each level of a list: what
opens and never ends takes hours, what is nested a few hundred times ends the build. Each limit is several times what
any text of a survey has needed; ``docs/contributing/design.md`` has the table. I/O: none.
"""

import re
from collections.abc import Iterator

from living_survey.syntax.problems import Places, Problem, problem

MAX_BYTES = 100_000
MAX_LINE = 5_000
MAX_BLOCK = 10_000
MAX_BLOCK_LINES = 400
MAX_LEVELS = 20
MAX_BRACKETS, MAX_BRACKETS_IN_BLOCK = 2_000, 300
MAX_EMPHASIS_IN_BLOCK = 500
_BLOCK = re.compile(r"(?:[^\n]*\S[^\n]*(?:\n|\Z))+")
_MARKER = re.compile(r"(?:[>:*+-]|\d{1,9}[.)])[ \t]*")
_EMPHASIS = re.compile(r"\*+|_+")
_INDENT = 4
"""Columns of a level."""


def check_limits(text: str, first_line: int, path: str, body: str) -> Iterator[Problem]:
    """Check a text; of each limit the first place beyond it is named.

    Args:
        text: The text, behind the front matter.
        first_line: The line of the file at which it begins.
        path: The file, as it is reported.
        body: The same with blanks for its code.
    """
    places = Places(text, first_line)
    if (size := len(text.encode("utf-8", "surrogatepass"))) > MAX_BYTES:
        yield _beyond(path, (first_line, 1), f"a text of {size:,} bytes", MAX_BYTES, "part it: sub-themes are pages")
        return
    found: dict[str, tuple[int, int, int, str]] = {}

    def note(place: int, count: int, limit: int, what: str, hint: str) -> None:
        if count > limit:
            found.setdefault(what, (place, count, limit, hint))

    for block in _BLOCK.finditer(body):
        start, lines = block.start(), block[0].split("\n")
        note(start, len(block[0]), MAX_BLOCK, "a paragraph, list, or table of {} characters", "part it by empty lines")
        note(start, len(lines), MAX_BLOCK_LINES, "{} lines without an empty one", "part them by empty lines")
        brackets, emphasis = block[0].count("["), sum(1 for _ in _EMPHASIS.finditer(block[0]))
        note(start, brackets, MAX_BRACKETS_IN_BLOCK, "{} brackets in one paragraph, list, or table", "use fewer")
        note(start, emphasis, MAX_EMPHASIS_IN_BLOCK, "{} signs of emphasis in one paragraph", "use fewer")
    start = 0
    for line in text.split("\n"):
        note(start, len(line), MAX_LINE, "a line of {} characters", "break it")
        start += len(line) + 1
    start = 0
    for line in body.split("\n"):
        if line[:1] in " \t>:*+-0123456789" and len(line) > MAX_LEVELS:
            note(start, _levels(line), MAX_LEVELS, "{} levels of lists and quotations", "take some out")
        start += len(line) + 1
    note(0, body.count("["), MAX_BRACKETS, "{} brackets in one text", "part it: sub-themes are pages")
    for what, (place, count, limit, hint) in sorted(found.items(), key=lambda one: one[1][0]):
        yield _beyond(path, places.find(place), what.format(f"{count:,}"), limit, hint)


def _levels(line: str) -> int:
    """Return how deeply a line may be nested: levels of its indentation, and the marks of lists and quotations."""
    rest = line.lstrip(" \t")
    levels, place = len(line[: len(line) - len(rest)].expandtabs(_INDENT)) // _INDENT, 0
    while marker := _MARKER.match(rest, place):
        levels, place = levels + 1, marker.end()
    return levels if rest.strip() else 0


def _beyond(path: str, place: tuple[int, int], found: str, limit: int, hint: str) -> Problem:
    return problem("text-limit", path, place, hint=hint, found=found, limit=f"{limit:,}")
