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
_NAMES = rf"((?:jats:)?(?:{'|'.join(_ELEMENTS.split())})|mml:\w+)"
_CLOSED = re.compile(rf"</{_NAMES}\s*>")
"""Ends of elements that titles and abstracts have."""
_ELEMENT = re.compile(rf"<{_NAMES}(?:\s[^<>]*)?>|</{_NAMES}\s*>")
_HEADING = re.compile(r"<((?:jats:)?title)\b[^<>]*>\s*(?:abstract|summary)[.:]?\s*</\1>", re.IGNORECASE)
_TIMES = 20
"""So often an escaped name is unescaped; what is escaped more often is no accident."""
_BLOCKS = ("p", "title", "sec")


def plain_name(text: str, *, lines: bool = False) -> str:
    """Return a name without markup, even if it was escaped several times.

    Args:
        text: As it came.
        lines: Whether line ends stay.
    """
    for _ in range(_TIMES):
        before = text
        text = _TAG.sub("", FOOTNOTE.sub("", _ANY_ENTITY.sub(_unescaped, text)))
        if text == before:
            break
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
    names = {found[1] for found in _CLOSED.finditer(text)}

    def without(tag: re.Match[str]) -> str:
        name = tag[1] or tag[2]
        return tag[0] if name not in names else "\n\n" if name.rpartition(":")[2] in _BLOCKS else ""

    return _ELEMENT.sub(without, text) if names else text
