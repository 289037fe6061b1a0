"""LaTeX as bibliographies use it, as plain Unicode text.

I/O: none.
"""

import re
from functools import cache

from pylatexenc.latex2text import LatexNodes2Text, MacroTextSpec, get_default_latex_context_db

_COMMANDS = {
    "textless": "<", "textgreater": ">", "textbar": "|", "textbraceleft": "{", "textbraceright": "}",
    "textasciicircum": "^", "textbackslash": "\\", "textasciitilde": "~", "textquotesingle": "'", "relax": "",
    "newblock": "", "slash": "/", "textrm": None, "mkbibquote": None,
}  # fmt: skip
_SUPERSCRIPTS = str.maketrans("0123456789+-n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻ⁿ")
_SUBSCRIPTS = str.maketrans("0123456789+-n", "₀₁₂₃₄₅₆₇₈₉₊₋ₙ")
_COMMAND = 60
"""So far before a group its command is looked for."""
_QUOTE = "\ue000"
_LATEX = re.compile(r"[\\{}$~%]|``|''|--")
"""What tells LaTeX from text; parsing long abstracts that have none of it would take most of an import."""


@cache
def _converter() -> LatexNodes2Text:
    context = get_default_latex_context_db()
    macros = [MacroTextSpec(name, text) for name, text in _COMMANDS.items() if text is not None]
    context.add_context_category("bibliographies", macros=macros, prepend=True)
    return LatexNodes2Text(latex_context=context, math_mode="text", strict_latex_spaces=True)


def to_text(latex: str) -> str:
    """Return a field's value as text; what is not LaTeX after all stays as it is."""
    if not _LATEX.search(latex):
        return latex
    # A straight quote is one, unless it is the accent of the letter behind it.
    source = re.sub(r'(?<!\\)"', _QUOTE, re.sub(r"(?<!\\)%", r"\\%", latex))
    source = re.sub(r"(?<!\\)\$([^$]*)(?<!\\)\$", _math, source)
    if len(re.findall(r"(?<!\\)\$", source)) % 2:
        source = re.sub(r"(?<!\\)\$", r"\\$", source)
    source = re.sub(r"\\url\s*\{([^{}]*)\}", r"\1", source)
    source = re.sub(r"\\href\s*\{([^{}]*)\}\s*\{([^{}]*)\}", r"\2 (\1)", source)
    try:
        text = _converter().latex_to_text(source)
    except Exception:  # noqa: BLE001  (the parser's errors have no common class; the value is kept either way)
        text = re.sub(r"[{}]", "", latex)
    return str(text).replace("\u00a0", " ").replace(_QUOTE, '"')


def _math(found: re.Match[str]) -> str:
    """Return formulas in a form that survives as text, and sums of money as they are."""
    inner = found[1]
    if re.match(r"\d[\d.,]*\s*\w*\s", inner) and not re.search(r"[\\^_{=]", inner):
        return rf"\${inner}\$"
    inner = re.sub(r"\^\{?([\d+n-]+)\}?", lambda m: m[1].translate(_SUPERSCRIPTS), inner)
    inner = re.sub(r"_\{?([\d+n-]+)\}?", lambda m: m[1].translate(_SUBSCRIPTS), inner)
    return f"${inner}$"


def _without_braces_around(source: str) -> str:
    """Return what groups around everything hold."""
    ends, open_groups = dict[int, int](), list[int]()
    for place, character in enumerate(source):
        if character in "{}" and source[place - 1 : place] == "\\":
            continue
        if character == "{":
            open_groups.append(place)
        elif character == "}" and open_groups:
            ends[open_groups.pop()] = place
    start, end = 0, len(source)
    while ends.get(start) == end - 1:
        start, end = start + 1, end - 1
        while start < end and source[start].isspace():
            start += 1
        while start < end and source[end - 1].isspace():
            end -= 1
    return source[start:end]


def braced(latex: str) -> list[str]:
    """Return the text of the groups in braces of a title, outermost ones, accents and arguments of commands apart.

    A group around everything protects nothing in particular, so that its inside is looked at.
    """
    source = _without_braces_around(latex.strip())
    groups, depth, start = list[tuple[int, int]](), 0, 0
    for place, character in enumerate(source):
        if character in "{}" and source[place - 1 : place] == "\\":
            continue
        if character == "{":
            if depth == 0:
                start = place
            depth += 1
        elif character == "}":
            depth -= 1
            if depth == 0:
                groups.append((start, place))
            if depth < 0:
                return []
    inner = []
    for start, end in groups:
        command = re.search(r"\\[a-zA-Z]+\s*$|\\[^a-zA-Z]$", source[max(start - _COMMAND, 0) : start])
        if not command and source[start + 1 : start + 2] not in ("\\", ""):
            inner.append(to_text(source[start + 1 : end]))
    return inner
