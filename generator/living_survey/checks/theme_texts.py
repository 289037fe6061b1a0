"""What a text below ``docs/themes/``, which anybody may propose, must not say: HTML, attributes, ways off the web.

These are patterns, which give each finding its line, and patterns can be deceived: `living_survey.pages.markdown` sees
to it that such a text cannot act even then. I/O: none.
"""

import re
from collections.abc import Iterator

from living_survey.checks.text_limits import check_limits
from living_survey.model.identifiers import is_web_or_relative
from living_survey.model.page import find_blocks
from living_survey.syntax.code_spans import mask_strict_code
from living_survey.syntax.problems import Places, Problem, problem

_RAW_HTML = re.compile(r"<(?!https?://[^\s<>]+>)[A-Za-z/!?]")
_DESTINATION = re.compile(r"\](?:\(|:)[ \t]*<?([^\n)>]*)")
"""Of links, pictures and reference definitions."""
_PICTURE = re.compile(r"!\[[^\]]{0,500}\](?:\[|\(\s*<?\s*(?:[a-zA-Z]+:|[/\\]{2}))")
_BRACES = re.compile(r"(?<!\\)\{(:?)([^{}]+)(?=[{}])")
_NAMED = re.compile(r"(?:^|\s)(?:#[^\s#]|\.[A-Za-z_-])")
_VALUED = re.compile(r"(?:^|\s)[^\s=]+=[^\s=]")
_LEAD = re.compile(r"[ \t>]*(?:[*+-]|\d+[.)])?[ \t]*")
_LAST = re.compile(r"[^|]*\}[ \t]*(?:#*[ \t\r]*$|\|)")
_LONGEST_LIST = 500
_UNDER_HEADING = re.compile(r" *(?:=+|-+)\s*|:\s.*")


def check_text(text: str, first_line: int, path: str, *, blocks: bool = False) -> list[Problem]:
    """Check a text.

    Args:
        text: The text, behind the front matter.
        first_line: The line of the file at which it begins.
        path: The file, as it is reported.
        blocks: Whether comments for generated lists may stand in it.
    """
    body = mask_strict_code(text)
    for block in find_blocks(text) if blocks else ():
        body = body[: block.start] + " " * (block.end - block.start) + body[block.end :]
    places = Places(text, first_line)
    forbidden = [problem(code, path, places.find(position)) for position, code in sorted(_forbidden(body))]
    return [*forbidden, *check_limits(text, first_line, path, body)]


def _forbidden(body: str) -> Iterator[tuple[int, str]]:
    """Yield (place, code of the problem) of what a text without its code must not have."""
    for tag in _RAW_HTML.finditer(body):
        yield tag.start(), "text-html"
    for link in _DESTINATION.finditer(body):
        if not is_web_or_relative(link[1]):
            yield link.start(), "text-link"
    for picture in _PICTURE.finditer(body):
        yield picture.start(), "text-picture"
    for attributes in _attribute_lists(body):
        yield attributes, "text-attributes"


def _attribute_lists(body: str) -> Iterator[int]:
    """Yield the place of the first attribute list on each line: where and as Python-Markdown has them elsewhere.

    Braces around anything else (sets, formulas, names) are text.
    """
    lines, place = body.split("\n"), 0
    for line, following in zip(lines, [*lines[1:], ""], strict=True):
        if "{" in line and (start := _attribute_list(line, following)) >= 0:
            yield place + start
        place += len(line) + 1


def _attribute_list(line: str, following: str) -> int:
    lead = _LEAD.match(line)
    indent = lead.end() if lead else 0
    heading = line.startswith(("#", "```", "~~~"), indent) or _UNDER_HEADING.fullmatch(following)
    wide = heading or "|" in line
    for braces in _BRACES.finditer(line):
        start, colon, words = braces.start(), braces[1], braces[2]
        named = _NAMED.search(words) or (colon and re.match(r"[ \t]*[\w@]", words))
        if not named and not _VALUED.search(words):
            continue
        if start == indent:
            return start  # on a line of its own, for the block above
        before = line[start - 1]
        if before in ("`*_)]>~^=" if named else "`*)]>"):
            return start  # right behind a link, a picture, code or emphasis
        if (named or wide) and before in " \t" and _LAST.match(line, start, start + _LONGEST_LIST):
            return start  # at the end of a heading, a cell, the first line of a fence
    return -1
