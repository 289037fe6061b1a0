"""What a text below ``docs/themes/``, which anybody may propose, must not say: HTML, attributes, ways off the web.

These are patterns, which give each finding its line, and patterns can be deceived: `living_survey.pages.markdown` sees
to it that such a text cannot act even then. I/O: none.
"""

import re
from collections.abc import Iterator

from living_survey.model.identifiers import is_web_or_relative
from living_survey.model.page import BLOCK
from living_survey.syntax.code_spans import mask_strict_code
from living_survey.syntax.problems import Places, Problem

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


def check_text(raw: bytes, start: int, place: str, blocks: bool = False) -> list[Problem]:
    """Check a text.

    Args:
        raw: The file.
        start: Where in it the text begins, behind the front matter.
        place: The file, as it is reported.
        blocks: Whether comments for generated lists may stand in it.
    """
    text = raw.decode("utf-8", errors="replace")
    offset = len(raw[:start].decode("utf-8", errors="replace"))
    body = mask_strict_code(text[offset:])
    if blocks:
        body = BLOCK.sub(lambda block: " " * len(block[0]), body)
    places = Places(text)
    return [
        Problem(place, *places.find(offset + position), message, hint)
        for position, message, hint in sorted(_forbidden(body))
    ]


def _forbidden(body: str) -> Iterator[tuple[int, str, str]]:
    """Yield (place, message, hint) of what a text without its code must not have."""
    for tag in _RAW_HTML.finditer(body):
        yield tag.start(), "HTML in a theme's text", "use Markdown; write &lt; for <"
    for link in _DESTINATION.finditer(body):
        if not is_web_or_relative(link[1]):
            yield link.start(), "a link that is not to a web address", "links start with https://"
    for picture in _PICTURE.finditer(body):
        yield picture.start(), "a picture from elsewhere", "put the file beside the text and name it from there"
    for attributes in _attribute_lists(body):
        yield attributes, "attributes in a theme's text", "delete what stands in braces"


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
