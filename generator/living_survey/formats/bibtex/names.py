"""Names of people as BibTeX files write them, with the mistakes that such files have. I/O: none."""

import re
from collections.abc import Sequence
from contextlib import suppress

from pybtex.bibtex.exceptions import BibTeXError
from pybtex.database import Person
from pybtex.errors import capture

from living_survey.formats.bibtex.latex import letters, to_text
from living_survey.formats.markup import plain_name
from living_survey.formats.names import GROUP, OTHERS, Name, about_line, read_parts
from living_survey.formats.record import person, team
from living_survey.model.values import SUFFIX_PATTERN

_BETWEEN = re.compile(r"\s*;\s*|\s+and\s+", re.IGNORECASE)
_AMPERSAND = re.compile(r"\s*\\?&\s*")
_COMMA = re.compile(r"\s*,\s*")
_HANGING = re.compile(r"^(?:and\s+)+|(?:\s+and)+$", re.IGNORECASE)
_FOR_OTHERS = re.compile(
    r"(?:^|[\s,~]+)(?:\{\s*)*(?:\\[a-z]+\s*\{?\s*)?(?:et\.?[\s~]+al\b\.?|others)[\s}\\/]*$", re.IGNORECASE
)
_EXTENDED = re.compile(r"\s*(?:family|given|prefix|suffix|useprefix|id)(?:-i)?\s*=", re.IGNORECASE)
_INITIALS_LAST = re.compile(r"[^\s,{}]{2,}(?:[\s~]+[^\s,{}.]{2,})*[\s~]+(?:[A-Z]{1,3}|(?:[A-Z]\.[\s~-]?)+)")
"""A name as medical bibliographies have it: ``Wren AB``, ``Wren A.B.``."""
_BRACED = re.compile(r"\{(?:[^{}]|\{[^{}]*\})*\}")


def read_names(latex: str, notes: list[str]) -> list[Name]:
    """Return the people and groups of a list of names; `OTHERS` at the end where it says that there are more.

    Args:
        latex: Names joined by ``and``, as BibTeX has them; by semicolons or commas too, as some databases write and
            people paste.
        notes: Gets a line about every name that is not understood or was parted.
    """
    names, others = list[str](), False
    for part in _split(letters(plain_name(latex)), _BETWEEN):
        for name in [part] if GROUP.search(part) else _split(part, _AMPERSAND):
            whole = _HANGING.sub("", name.strip(" ,"))
            bare = _FOR_OTHERS.sub("", whole).strip(" ,")
            others = others or bare != whole
            names += [bare] if bare else []
    if len(names) > 1 and all(_INITIALS_LAST.fullmatch(name) for name in names):
        names = [re.sub(r"[\s~]+(?=(?:[A-Z]{1,3}|(?:[A-Z]\.[\s~-]?)+)$)", ", ", name, count=1) for name in names]
        notes.append(f"the names are read with the initials last: {to_text('; '.join(names))}")
    listed = len(names) > 1 and len(_split(names[-1], _COMMA)) == 1
    people = [one for name in names for one in _read_name(name, notes, listed=listed, alone=len(names) == 1)]
    return [*people, *([OTHERS] if others else [])]


def _split(latex: str, separator: re.Pattern[str]) -> list[str]:
    """Split LaTeX at a separator outside braces."""
    parts, start = [], 0
    for found in separator.finditer(latex):
        inside = latex[start : found.start()]
        if inside.count("{") <= inside.count("}"):
            parts.append(inside)
            start = found.end()
    return [*parts, latex[start:]]


def _read_name(name: str, notes: list[str], *, listed: bool, alone: bool) -> list[Name]:
    """Return the person of a name, or the people where commas stand between several."""
    parts = _split(name, _COMMA)
    if _EXTENDED.match(parts[0]) and re.search(r"(?i)\b(?:family|given)\s*=", name):
        return [_extended_name(parts)]
    if GROUP.search(name) and len(_split(name, _AMPERSAND)) > 1:
        return [team(to_text(name))]
    if len(parts) == 1:
        return [_one_name(name, notes)]
    texts = [to_text(part) for part in parts]
    line = read_parts(texts, listed=listed)
    if len(line.people) > 1 or (not line.sure and (alone or len(parts) > 2)):
        notes.append(about_line(to_text(name), line))
    as_bibtex_has_it = len(parts) == 2 or (len(parts) == 3 and re.fullmatch(SUFFIX_PATTERN, texts[1]))
    return [_one_name(name, notes)] if len(line.people) == 1 and as_bibtex_has_it else line.people


def _extended_name(parts: Sequence[str]) -> Name:
    """Return a name in BibLaTeX's form of ``family=Meer, given=Jan, prefix=van der``."""
    pairs = (part.partition("=") for part in parts)
    given = {name.strip().lower(): to_text(value.strip(' "')) for name, _, value in pairs}
    family = " ".join(filter(None, [given.get("prefix"), given.get("family")]))
    return person(family, given.get("given", ""), given.get("suffix", ""))


def _one_name(name: str, notes: list[str]) -> Name:
    if _BRACED.fullmatch(name) and not re.fullmatch(r"\{\\[^a-zA-Z ].{0,6}\}", name):
        inner = to_text(name[1:-1])
        return team(inner) if re.search(r"[\s\d]", inner) or len(inner) > 20 else person(inner)
    if "," not in name and GROUP.search(text := to_text(name)):
        whole = re.sub(r"^the\s", "", text, flags=re.IGNORECASE)
        notes.append(f"{whole} is read as a group's name")
        return team(whole)
    with capture() as wrong:
        parsed = None
        with suppress(BibTeXError):  # what pybtex does not merely note: too many braces
            parsed = Person(name)
    if wrong or parsed is None:
        notes.append(f"the name {to_text(name)} could not be parsed: kept as one name")
        return team(to_text(name))
    family = to_text(" ".join([*parsed.prelast_names, *parsed.last_names]))
    given = to_text(" ".join([*parsed.first_names, *parsed.middle_names]))
    suffix = to_text(" ".join(parsed.lineage_names))
    if len(parsed.last_names) == 1 and not given and re.fullmatch(r"\{.*\s.*\}", parsed.last_names[0]):
        return team(family)
    return person(family, given, suffix) or team(to_text(name) or re.sub(r"[\\{}]", "", name))
