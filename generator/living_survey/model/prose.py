"""What of a text in Markdown is prose: not code, addresses, citations, expressions; not names and quotations of others.

Both functions return a text of the same length with blanks for the rest, so that places stay. I/O: none.
"""

import re
from collections.abc import Iterable
from functools import lru_cache

from living_survey.model.citations import find_citations
from living_survey.model.expressions import EXPRESSION
from living_survey.model.question import MENTION
from living_survey.syntax.code_spans import mask_code

_IN = r"(?:[^{0}\n]|\n(?![ \t]*\n))"
"""A character of a paragraph, but for one."""
_ADDRESS = re.compile(
    rf"{EXPRESSION}|{MENTION}|(?<=\])\([^()\s]{{1,2000}}(?:\s+\"[^\"\n]{{0,300}}\")?\)|(?<=\])\[[^\[\]\n]{{0,200}}\]"
    r"|^[ ]{0,3}\[[^\]\n]{1,200}\]:[^\n]*|https?://[^\s<>)]+",
    re.MULTILINE,
)
_OF_OTHERS = re.compile(
    r"(?<!!)\[[^\[\]\n]{1,300}\](?=\(<?https?:)"
    rf"|(?<![\\*\w])\*(?![\s*]){_IN.format('*')}{{1,300}}?(?<![\s\\])\*(?![*\w])"
    rf"|(?<![\\_\w])_(?![\s_]){_IN.format('_')}{{1,300}}?(?<![\s\\])_(?![_\w])"
    rf"|“{_IN.format('”')}{{1,300}}?”"
    rf'|(?<!\w)"(?!\s){_IN.format(chr(34))}{{1,300}}?(?<!\s)"(?!\w)'
)
"""Texts of links that leave the site, what stands in italics or in quotation marks: titles, and words of sources."""


@lru_cache(maxsize=512)
def prose(text: str) -> str:
    """Return a text without code, comments, addresses, citations and expressions."""
    masked = _blanked(mask_code(text), ((citation.start, citation.end) for citation in find_citations(text)))
    return _blanked(masked, (found.span() for found in _ADDRESS.finditer(masked)))


def own_prose(text: str) -> str:
    """Return a text without these, and without what stands in italics, in quotation marks, or for a page elsewhere."""
    return _blanked(prose(text), (found.span() for found in _OF_OTHERS.finditer(mask_code(text))))


def _blanked(text: str, spans: Iterable[tuple[int, int]]) -> str:
    """Return a text with blanks for places that follow one another; ends of lines stay."""
    parts, done = list[str](), 0
    for start, end in spans:
        parts += [text[done:start], re.sub(r"[^\n]", " ", text[start:end])]
        done = end
    return "".join([*parts, text[done:]])
