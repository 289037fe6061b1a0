"""Commands of TeX that a bibliography defines for itself, in its ``@preamble``. I/O: none."""

import re
from collections.abc import Mapping

from living_survey.formats.bibtex.latex import unknown_commands

_DEFINITION = re.compile(
    r"\\(?:(?:re|provide)?newcommand|providecommand|DeclareRobustCommand)\s*\*?\s*(?:\{\s*\\(?P<one>[A-Za-z]+)\s*\}"
    r"|\\(?P<two>[A-Za-z]+))\s*(?:\[(?P<count>\d)\])?\s*\{|\\[gex]?def\s*\\(?P<three>[A-Za-z]+)\s*(?P<hashes>(?:#\d)*)\s*\{"
)
_PROGRAM = re.compile(r"\\(?:if|else|fi|csname|expandafter|let|def|newcommand|futurelet|begingroup|catcode|hbox|vbox)")
_BRACE = re.compile(r"(?<!\\)[{}]")
_NAMED = re.compile(r"\\(?P<name>[A-Za-z]+)\s*")
_DEEPEST = 5
_LONGEST = 2000
Definitions = Mapping[str, tuple[int, str]]
"""Name of a command → how many arguments it has, and what it stands for."""


def definitions(preamble: str) -> dict[str, tuple[int, str]]:
    """Return the commands that a preamble defines; what is a program of TeX's and no text is left out."""
    found, ends = {}, _groups(preamble)
    for one in _DEFINITION.finditer(preamble):
        if (end := ends.get(one.end() - 1)) is None or end - one.end() > 2 * _LONGEST:
            continue
        body = re.sub(r"\s*\n\s*", " ", preamble[one.end() : end])
        if len(body) <= _LONGEST and not _PROGRAM.search(body):
            count = int(one["count"] or 0) if one["three"] is None else len(one["hashes"] or "") // 2
            found[one["one"] or one["two"] or one["three"]] = (count, body)
    # What TeX itself or a style defines is known better here.
    return {name: what for name, what in found.items() if unknown_commands([f"\\{name}"])}


def expand(latex: str, known: Definitions, depth: int = 0) -> str:
    """Return LaTeX in which commands of a preamble are replaced by what they stand for."""
    if not known or "\\" not in latex or depth == _DEEPEST:
        return latex
    parts, place, ends = list[str](), 0, _groups(latex)
    room = len(latex) + 10 * _LONGEST
    for found in _NAMED.finditer(latex):
        if found.start() < place or found["name"] not in known:
            continue
        parts.append(latex[place : found.start()])
        count, body = known[found["name"]]
        end, given = found.end(), list[str]()
        for _ in range(count):
            close = ends.get(end)
            given.append(latex[end + 1 : close] if close is not None else latex[end : end + 1])
            end = close + 1 if close is not None else min(end + 1, len(latex))
        if not count and latex[end : end + 2] == "{}":
            end += 2
        for number, argument in enumerate(given, 1):
            # Counted before it is made: an argument of a megabyte may stand in a command a thousand times.
            if len(body) + body.count(f"#{number}") * len(argument) > room:
                return latex
            body = body.replace(f"#{number}", argument)
        parts.append(body)
        place = end
        room -= len(parts[-2]) + len(body)
        if room < 0:
            return latex
    return expand("".join([*parts, latex[place:]]), known, depth + 1) if parts else latex


def _groups(text: str) -> dict[int, int]:
    """Return where each brace that opens is closed, for those that are."""
    ends, opened = dict[int, int](), list[int]()
    for found in _BRACE.finditer(text):
        if found[0] == "{":
            opened.append(found.start())
        elif opened:
            ends[opened.pop()] = found.start()
    return ends
