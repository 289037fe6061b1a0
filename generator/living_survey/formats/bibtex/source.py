"""The text of a BibTeX file before it is split: comments as biber reads them, and commas that were forgotten.

I/O: none.
"""

import re
from dataclasses import dataclass, field

_MARK = re.compile(r"(?<!\\)[{}\"%)]|@\w*[ \t]*(?=[{(])")
_NEXT_FIELD = re.compile(r"\s*[A-Za-z][\w:+.-]*\s*=\s*[\w{\"]")
_WHOLE = ("@comment", "@preamble")
"""Blocks that are no list of fields."""


@dataclass(slots=True)
class Source:
    """The text of a file, ready to be split.

    Attributes:
        text: With as many lines as the file has.
        comments: (line, text) of what stands behind %.
        commas: Lines behind which a comma was missing.
    """

    text: str
    comments: list[tuple[int, str]] = field(default_factory=list)
    commas: list[int] = field(default_factory=list)


def prepare(text: str) -> Source:
    """Take out comments, from % to the end of the line, outside values only, and put in missing commas."""
    source, parts, done = Source(""), list[str](), 0
    depth, quoted, close, whole = 0, False, "}", False
    place, line, counted = 0, 1, 0
    while found := _MARK.search(text, place):
        mark, start, place = found[0], found.start(), found.end()
        line, counted = line + text.count("\n", counted, start), start
        if mark.startswith("@"):
            if depth and not _begins_line(text, start):
                continue
            # An entry that begins a line ends the one before, whatever that has left open.
            close = ")" if text[place] == "(" else "}"
            depth, quoted, whole = 1, False, mark.strip().lower() in _WHOLE
            place += 1
        elif mark == "%" and depth <= 1 and not quoted and not whole:
            end = text.find("\n", start)
            end = len(text) if end < 0 else end
            source.comments.append((line, text[start + 1 : end].strip()))
            parts.append(text[done:start])
            done = place = end
        elif mark == "{" and depth:
            depth += 1
        elif mark == '"' and depth == 1 and not whole:
            quoted = not quoted
        elif mark == "}" and depth > 1:
            depth -= 1
        elif mark == close and depth == 1 and not quoted:
            depth = 0
        if mark in ('"', "}") and depth == 1 and not quoted and not whole and _NEXT_FIELD.match(text, place):
            source.commas.append(line)
            parts += [text[done:place], ","]
            done = place
    source.text = "".join([*parts, text[done:]])
    return source


def _begins_line(text: str, place: int) -> bool:
    while place and text[place - 1] != "\n" and text[place - 1].isspace():
        place -= 1
    return not place or text[place - 1] == "\n"
