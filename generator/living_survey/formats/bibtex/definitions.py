"""Commands of TeX that a bibliography defines for itself, in its ``@preamble``. I/O: none."""

import re
from collections.abc import Mapping

from living_survey.formats.bibtex.latex import unknown_commands

_DEFINITION = re.compile(
    r"\\(?:(?:re|provide)?newcommand|providecommand|DeclareRobustCommand)\s*\*?\s*(?:\{\s*\\(?P<one>[A-Za-z]+)\s*\}"
    r"|\\(?P<two>[A-Za-z]+))\s*(?:\[(?P<count>\d)\])?\s*\{|\\[gex]?def\s*\\(?P<three>[A-Za-z]+)\s*(?P<hashes>(?:#\d)*)\s*\{"
)
_PROGRAM = re.compile(r"\\(?:if|else|fi|csname|expandafter|let|def|newcommand|futurelet|begingroup|catcode|hbox|vbox)")
_DEEPEST = 5
_LONGEST = 2000
Definitions = Mapping[str, tuple[int, str]]
"""Name of a command → how many arguments it has, and what it stands for."""


def definitions(preamble: str) -> dict[str, tuple[int, str]]:
    """Return the commands that a preamble defines; what is a program of TeX's and no text is left out."""
    found = {}
    for one in _DEFINITION.finditer(preamble):
        if (end := _end_of_group(preamble, one.end() - 1)) is None:
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
    names = re.compile(rf"\\(?P<name>{'|'.join(map(re.escape, known))})(?![A-Za-z])\s*")
    parts, place = list[str](), 0
    while found := names.search(latex, place):
        parts.append(latex[place : found.start()])
        count, body = known[found["name"]]
        end, given = found.end(), list[str]()
        for _ in range(count):
            close = _end_of_group(latex, end) if latex[end : end + 1] == "{" else None
            given.append(latex[end + 1 : close] if close is not None else latex[end : end + 1])
            end = close + 1 if close is not None else min(end + 1, len(latex))
        if not count and latex[end : end + 2] == "{}":
            end += 2
        for number, argument in enumerate(given, 1):
            body = body.replace(f"#{number}", argument)
        parts.append(body)
        place = end
    whole = "".join([*parts, latex[place:]])
    return latex if len(whole) > len(latex) + 10 * _LONGEST else expand(whole, known, depth + 1) if parts else whole


def _end_of_group(text: str, start: int) -> int | None:
    """Return where the brace closes that opens at ``start``."""
    depth = 0
    for found in re.compile(r"(?<!\\)[{}]").finditer(text, start):
        depth += 1 if found[0] == "{" else -1
        if depth == 0:
            return found.start()
    return None
