"""Headings of a text in Markdown, and what stands below each. I/O: none."""

import re
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


def find_sections(text: str) -> list[Section]:
    """Return the sections of a text, in the order of their headings."""
    sections, following = list[Section](), list[tuple[int, int]]()  # level and start of headings behind, the next last
    for one in reversed(list(_HEADING.finditer(mask_code(text)))):
        level = len(one[1]) if one[1] else 1 if one[4][0] == "=" else 2
        while following and following[-1][0] > level:
            following.pop()
        end = following[-1][1] if following else len(text)
        start, stop = one.span(2 if one[1] else 3)
        sections.append(Section(to_plain(text[start:stop]), one.start(), one.end(), end))
        following.append((level, one.start()))
    return sections[::-1]
