"""Headings of a text in Markdown, and what stands below each. I/O: none."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from living_survey.model.sentences import to_plain
from living_survey.syntax.code_spans import mask_code

_HEADING = re.compile(r"^ {0,3}(#{1,6})[ \t]+(.+?)[ \t]*#*[ \t]*$|^(?![ \t>|-])(.+)\n(=+|-+)[ \t]*$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Section:
    """What stands below a heading, deeper headings too.

    Attributes:
        title: The heading, as plain text.
        start: Where in the text the heading begins.
        body: Where what stands below it begins.
        end: Where the next heading begins that is no deeper.
    """

    title: str
    start: int
    body: int
    end: int


def find_sections(text: str) -> Iterator[Section]:
    """Yield the sections of a text, in the order of their headings."""
    found = list(_HEADING.finditer(mask_code(text)))
    levels = [len(one[1]) if one[1] else 1 if one[4][0] == "=" else 2 for one in found]
    for number, one in enumerate(found):
        next_ones = zip(found[number + 1 :], levels[number + 1 :], strict=True)
        end = next((other.start() for other, level in next_ones if level <= levels[number]), len(text))
        start, stop = one.span(2 if one[1] else 3)
        yield Section(to_plain(text[start:stop]), one.start(), one.end(), end)
