"""Take out the HTML and JATS that databases and reference managers put into names, titles and abstracts.

I/O: none.
"""

import html
import re

from living_survey.formats.record import tidy

_TAG = re.compile(r"<[^<>]{0,500}>")
FOOTNOTE = re.compile(r"<(su[pb])\b[^<>]*>[\s\d,*†‡§¶]*</\1>")
"""A mark that leads from a name to a footnote."""
_ANY_ENTITY = re.compile(r"&(?:\w+|#\d+|#[xX][0-9a-fA-F]+);")
_ENTITY = re.compile(r"(?<!\\)&(?:amp|lt|gt|quot|apos|nbsp|[nm]dash|#\d{2,6}|#[xX][0-9a-fA-F]{2,5});")
"""What is an entity and not somebody's text."""
_ELEMENTS = "i b u p em strong italic bold sub sup sc scp inf span title sec tt"
_CLOSED = re.compile(rf"</((?:jats:)?(?:{'|'.join(_ELEMENTS.split())})|mml:\w+)\s*>")
"""Ends of elements that titles and abstracts have."""
_HEADING = re.compile(r"<((?:jats:)?title)\b[^<>]*>\s*(?:abstract|summary)[.:]?\s*</\1>", re.IGNORECASE)
_BLOCKS = ("p", "title", "sec")


def plain_name(text: str, *, lines: bool = False) -> str:
    """Return a name without markup, however often it was escaped.

    Args:
        text: As it came.
        lines: Whether line ends stay.
    """
    before = None
    while text != before:
        before = text
        text = _TAG.sub("", FOOTNOTE.sub("", _ANY_ENTITY.sub(_unescaped, text)))
    text = re.sub(r"[<>]", " ", text)
    return "\n".join(map(tidy, text.split("\n"))) if lines else tidy(text)


def _unescaped(found: re.Match[str]) -> str:
    character = html.unescape(found[0])
    # What no browser knows stands for nothing.
    return " " if character == found[0] else character


def plain_text(text: str) -> str:
    """Return a title or an abstract without markup; what is a paragraph there is one, and a lone < stays.

    Only elements that such texts have, and that are closed, are taken for markup: "p < 0.05" is text.
    """
    return _without_elements(_ENTITY.sub(lambda found: html.unescape(found[0]), text))


def plain_latex(latex: str) -> str:
    """Return a field in LaTeX without the HTML in it; characters that HTML escaped are escaped for LaTeX."""
    text = latex.replace(r"$\less$", "<").replace(r"$\greater$", ">")
    return _without_elements(_ENTITY.sub(lambda found: re.sub(r"([&%#$_])", r"\\\1", html.unescape(found[0])), text))


def _without_elements(text: str) -> str:
    text = _HEADING.sub("", text) if "<" in text else text
    for name in {found[1] for found in _CLOSED.finditer(text)}:
        tags = re.compile(rf"<{name}(?:\s[^<>]*)?>|</{name}\s*>")
        text = tags.sub("\n\n" if name.rpartition(":")[2] in _BLOCKS else "", text)
    return text
