"""LaTeX as bibliographies use it, as plain Unicode text.

Nothing is dropped that somebody could read: of a command that is not known its name stays, or the text in its braces.
I/O: none.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable
from functools import cache
from typing import Any

from pylatexenc.latex2text import LatexNodes2Text, MacroTextSpec, SpecialsTextSpec, get_default_latex_context_db
from pylatexenc.latexwalker import LatexGroupNode, LatexWalker
from pylatexenc.latexwalker import get_default_latex_context_db as walker_context_db
from pylatexenc.macrospec import std_macro

from living_survey.formats.bibtex.commands import ACCENTS, ARGUMENTS, JOURNALS, LOGOS, SPACES, SWITCHES, SYMBOLS

_SUPERSCRIPTS = str.maketrans("0123456789+-n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻ⁿ")
_SUBSCRIPTS = str.maketrans("0123456789+-n", "₀₁₂₃₄₅₆₇₈₉₊₋ₙ")
_BEFORE = 60
"""So far before a group its command is looked for."""
_QUOTE = "\ue000"
_LATEX = re.compile(r"[\\{}$~%]|``|''|--")
"""What tells LaTeX from text; parsing long abstracts that have none of it would take most of an import."""
_COMMAND = re.compile(r"(?<!\\)(?:\\\\)*\\([A-Za-z]+)")
_VERBATIM = re.compile(
    r"\\(?:verb|lstinline)\*?(?P<sign>[^\s\w*{\\])(?P<between>.*?)(?P=sign)"
    r"|\\(?:url|path|nolinkurl)\s*\{(?P<braced>(?:[^{}]|\{[^{}]*\})*)\}"
)
_SPECIAL = str.maketrans({
    "\\": r"\textbackslash{}", "{": r"\{", "}": r"\}", "$": r"\$", "%": r"\%", "&": r"\&", "#": r"\#", "_": r"\_",
    "~": r"\textasciitilde{}", "^": r"\textasciicircum{}", "-": "-{}", "`": r"\textasciigrave{}", "'": "'{}",
})  # fmt: skip
_LENGTH = r"[-+]?(?:[\d.,]+\s*(?:true\s*)?(?:p[tc]|in|bp|[cm]m|dd|cc|sp|e[xm]|mu)|\\[a-z]+width)"
_LENGTHS = re.compile(
    rf"\\(?:kern|raise|lower|[hvm]skip|mkern|moveleft|moveright)\s*{_LENGTH}(?:\s*(?:plus|minus)\s*{_LENGTH})*\s?"
    r"|\\penalty\s*-?\d+\s?"
)
"""Commands of TeX itself that say how far, not what."""
_CHARACTER = re.compile(r"\\(?:char|symbol)\s*\{?(?:\"(?P<hex>[0-9A-F]{2,5})|'(?P<oct>[0-7]{2,6})|(?P<dec>\d{2,6}))\}?")
_OVERLINE = 0x305
"""A line over all letters, not the first alone."""
_SIGN, _OF_LETTERS = r"['\"`^~=.]", "[cHvukbrtdhGUf]"
_LETTER = re.compile(
    rf"\\(?:{_SIGN}\s*|{_OF_LETTERS}(?:\s+|(?=[{{\\])))(?:\{{\s*\\?[A-Za-z]{{1,2}}\s*\}}|\\[ij](?![A-Za-z])|[A-Za-z])"
    r"|\\(?:ss|ae|oe|AE|OE|aa|AA|dh|DH|dj|DJ|th|TH|ng|NG|SS|IJ|ij|[oOlLij])(?![A-Za-z])(?:\s+|\{\})?"
)
"""Letters beyond ASCII as commands."""


@cache
def _converter() -> LatexNodes2Text:
    context = get_default_latex_context_db()
    journals = {name: of[0] for name, of in JOURNALS.items()}
    plain = {**SYMBOLS, **SPACES, **dict.fromkeys(SWITCHES, ""), **journals}
    macros = [MacroTextSpec(name, text) for name, text in plain.items()]
    macros += [MacroTextSpec(name, _name(text)) for name, text in LOGOS.items()]
    macros += [MacroTextSpec(name, _with_arguments(text)) for name, (_, text) in ARGUMENTS.items()]
    macros += [MacroTextSpec(name, _accented(number)) for name, number in ACCENTS.items()]
    macros += [MacroTextSpec(name, _changed(str.upper)) for name in ("uppercase", "MakeUppercase")]
    macros += [MacroTextSpec(name, _changed(str.lower)) for name in ("lowercase", "MakeLowercase")]
    macros += [MacroTextSpec("t", _tied), MacroTextSpec("ion", _ion)]
    context.add_context_category("bibliographies", macros=macros, specials=[SpecialsTextSpec("&", "&")], prepend=True)
    context.set_unknown_macro_spec(MacroTextSpec("", _unknown))
    return LatexNodes2Text(latex_context=context, math_mode="text", strict_latex_spaces="except-in-equations")


@cache
def _walker_context() -> Any:
    context = walker_context_db()
    macros = [std_macro(name, arguments) for name, (arguments, _) in ARGUMENTS.items()]
    one = [*ACCENTS, "t", "uppercase", "MakeUppercase", "lowercase", "MakeLowercase"]
    macros += [std_macro(name, "{") for name in one]
    context.add_context_category("bibliographies", macros=macros, prepend=True)
    return context


@cache
def _known() -> frozenset[str]:
    contexts = (_converter().latex_context, _walker_context())
    names = (spec.macroname for context in contexts for spec in context.iter_macro_specs())
    return frozenset(("begin", "end", *names))


def unknown_commands(latex: Iterable[str]) -> list[str]:
    """Return the commands of some texts that are not known here, each once, with their backslash."""
    found = (name for text in latex if "\\" in text for name in _COMMAND.findall(_VERBATIM.sub("", text)))
    return [f"\\{name}" for name in dict.fromkeys(found) if name not in _known()]


def to_text(latex: str) -> str:
    """Return a field's value as text; what is not LaTeX after all stays as it is."""
    if not _LATEX.search(latex):
        return latex
    source = _VERBATIM.sub(_literal, latex)
    source = _CHARACTER.sub(_by_number, source)
    for primes, sign in ((r"\prime\prime", "ʺ"), (r"\prime", "ʹ")):
        source = source.replace(rf"\ensuremath{{^{{{primes}}}}}", sign)
    # An accent on nothing is the sign itself.
    source = re.sub(r"\\([~^'`])\{\}", lambda found: found[1].translate(_SPECIAL), source)
    source = _LENGTHS.sub(lambda found: " " if "skip" in found[0] else "", source)
    # A straight quote is one, unless it is the accent of the letter behind it.
    source = re.sub(r'(?<!\\)"', _QUOTE, re.sub(r"(?<!\\)%", r"\\%", source))
    source = _dollars(source)
    source = re.sub(r"\\href\s*\{([^{}]*)\}\s*\{([^{}]*)\}", r"\2 (\1)", source)
    try:
        nodes, _, _ = LatexWalker(source, latex_context=_walker_context()).get_latex_nodes()
        text = _converter().nodelist_to_text(nodes)
    except Exception:  # noqa: BLE001  (the parser's errors have no common class; the value is kept either way)
        text = re.sub(r"[{}]", "", latex)
    return str(text).replace("\u00a0", " ").replace(_QUOTE, '"')


def letters(latex: str) -> str:
    """Return LaTeX in which letters beyond ASCII stand for themselves, without braces around a single one."""
    if "\\" not in latex:
        return latex
    plain = _LETTER.sub(lambda found: unicodedata.normalize("NFC", to_text(found[0])), latex)
    return re.sub(r"(?<![\w\\])\{([^\W\d_])\}", r"\1", plain)


def journal_macro(latex: str) -> tuple[str, str]:
    """Return the journal and its short name for which a command of astronomers stands alone; empty for others."""
    found = re.fullmatch(r"[\s{]*\\([a-z]+)\s*(?:\{\})?[\s}]*", latex)
    return JOURNALS.get(found[1], ("", "")) if found else ("", "")


def _literal(found: re.Match[str]) -> str:
    """Return what is not to be read as TeX, an address or a piece of code, so that it comes out as it is."""
    if (address := found["braced"]) is not None:
        text = re.sub(r"\\([_%&#$~{}])", r"\1", address.replace(r"\textasciitilde", "~"))
        return re.sub(r"[{}]", "", text).translate(_SPECIAL)
    return str(found["between"]).translate(_SPECIAL)


def _by_number(found: re.Match[str]) -> str:
    number = int(found["hex"], 16) if found["hex"] else int(found["oct"], 8) if found["oct"] else int(found["dec"])
    return chr(number).translate(_SPECIAL) if 31 < number < 0xD800 else ""


def _arguments(node: Any, l2tobj: LatexNodes2Text) -> list[str]:
    """Return the texts of the arguments in braces."""
    given = node.nodeargd
    if given is None or not given.argnlist:
        return []
    pairs = zip(given.argspec, given.argnlist, strict=False)
    return [l2tobj.nodelist_to_text(_inside(one)) for kind, one in pairs if kind == "{"]


def _inside(node: Any) -> list[Any]:
    return [] if node is None else list(node.nodelist) if node.isNodeType(LatexGroupNode) else [node]


def _with_arguments(text: str) -> Callable[..., str]:
    def replace(node: Any, l2tobj: LatexNodes2Text) -> str:
        return text.format(*_arguments(node, l2tobj), *[""] * 4)

    return replace


def _name(text: str) -> Callable[..., str]:
    def replace(node: Any) -> str:
        # TeX swallows the space behind it, which nobody means who writes "With \TeX in class".
        return f"{text}{node.macro_post_space}"

    return replace


def _accented(number: int) -> Callable[..., str]:
    def replace(node: Any, l2tobj: LatexNodes2Text) -> str:
        given = "".join(_arguments(node, l2tobj))
        end = len(given) if number == _OVERLINE else 1
        marked = "".join(f"{letter}{chr(number)}" for letter in given[:end])
        return unicodedata.normalize("NFC", f"{marked}{given[end:]}")

    return replace


def _changed(change: Callable[[str], str]) -> Callable[..., str]:
    def replace(node: Any, l2tobj: LatexNodes2Text) -> str:
        return change("".join(_arguments(node, l2tobj)))

    return replace


def _tied(node: Any, l2tobj: LatexNodes2Text) -> str:
    given = "".join(_arguments(node, l2tobj))
    return f"{given[:1]}\u0361{given[1:]}" if len(given) > 1 else given


def _ion(node: Any, l2tobj: LatexNodes2Text) -> str:
    """Return an ion as astronomers write it: neutral hydrogen is ``H I``."""
    element, stage = [*_arguments(node, l2tobj), "", ""][:2]
    roman = ("", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X")
    number = int(stage) if stage.isdecimal() and int(stage) < len(roman) else 0
    return f"{element} {roman[number] or stage.upper()}".strip()


def _unknown(node: Any) -> str:
    """Return the name of a command that is not known, unless there is text in its braces, which follows."""
    if node.nodeargd is not None and node.nodeargd.argnlist:
        return ""
    behind = node.parsing_state.s[node.pos + node.len :]
    alone = not behind.startswith("{") or re.match(r"\{\s*\}", behind)
    return f"{node.macroname}{node.macro_post_space}" if alone else ""


def _dollars(source: str) -> str:
    """Return TeX in which formulas survive as text, and every other dollar sign is one."""
    pieces = re.split(r"(?<!\\)\$", re.sub(r"(?<!\\)\$\$(.+?)(?<!\\)\$\$", r"$\1$", source))
    parts, place = [pieces[0]], 1
    while place < len(pieces):
        inner, rest = pieces[place], pieces[place + 1] if place + 1 < len(pieces) else None
        if rest is not None and _is_math(inner, rest):
            parts += [_math(inner), rest]
            place += 2
        else:
            parts += [r"\$", inner]
            place += 1
    return "".join(parts)


def _is_math(inner: str, rest: str) -> bool:
    """Say whether what stands between two dollar signs is a formula, not money."""
    if re.search(r"[\\^_{=]", inner):
        return not re.match(r"\d[\d.,]*\s*[A-Za-z]*\s.*\s$", inner)
    return bool(inner) and inner == inner.strip() and not rest[:1].isdigit()


def _math(inner: str) -> str:
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
        command = re.search(r"\\[a-zA-Z]+\s*$|\\[^a-zA-Z]$", source[max(start - _BEFORE, 0) : start])
        if not command and source[start + 1 : start + 2] not in ("\\", ""):
            inner.append(to_text(source[start + 1 : end]))
    return inner
