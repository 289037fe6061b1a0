"""Find LaTeX where a paper file has plain text: accents written as commands, words in braces.

I/O: none.
"""

import re
from collections.abc import Iterator

from living_survey.formats.bibtex.latex import to_text
from living_survey.model.paper import Paper
from living_survey.syntax.problems import FieldPath, Problem, problem

_LATEX = re.compile(
    r"""\{*\\(?: ["'`^~=.]\s*\{?\\?[A-Za-z]\}? | [cHvukbrtd]\s*\{[^{}]*\}
    | (?:ss|ae|oe|AE|OE|aa|AA|[oOlLij])(?![A-Za-z]) )\}* | \{[^{}$\\]+\}""",
    re.VERBOSE,
)
_MATHEMATICS = re.compile(r"(?<!\\)\$[^$]*(?<!\\)\$")
_SHOWN = 120
"""Characters of a text that are shown as it should be."""


def check_latex(paper: Paper, path: str) -> Iterator[Problem]:
    """Warn of LaTeX in names and titles, and say what to write; mathematics between dollar signs is meant."""
    for field, text in _texts(paper):
        if "\\" not in text and "{" not in text:
            continue
        if found := _LATEX.search(_MATHEMATICS.sub(lambda formula: " " * len(formula[0]), text)):
            fixed = to_text(text)
            fixed = fixed if len(fixed) <= _SHOWN else f"{fixed[: _SHOWN - 1]}…"
            yield problem("value-latex", path, field=field, found=found[0], fixed=fixed)


def _texts(paper: Paper) -> Iterator[tuple[FieldPath, str]]:
    """Yield (field, text) of names and titles."""
    yield ("title",), paper.title
    if paper.short_name:
        yield ("short_name",), paper.short_name
    for role in ("authors", "editors"):
        for index, author in enumerate(getattr(paper, role) or ()):
            for part in ("family", "given", "team"):
                if text := getattr(author, part):
                    yield (role, index, part), text
    for part in ("name", "short", "series", "publisher"):
        if paper.venue and (text := getattr(paper.venue, part)):
            yield ("venue", part), text
    for index, version in enumerate(paper.versions or ()):
        yield ("versions", index, "title"), version.title
