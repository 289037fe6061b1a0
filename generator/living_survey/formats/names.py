"""Read names of people as somebody wrote or pasted them: one a line, or several in one.

``theme/assets/survey/submit/names.js`` reads lines in the same way; ``tests/use/form/cases.yaml`` holds both to it.
I/O: none.
"""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from living_survey.formats.markup import FOOTNOTE, plain_name
from living_survey.formats.record import Record, person, team, tidy
from living_survey.model.identifiers import ORCID_PATTERN, orcid_adds_up
from living_survey.model.values import NAME_PATTERN, SUFFIX_PATTERN, TEAM_PATTERN

Name = dict[str, str]
"""An author as the paper file writes one."""


@dataclass(frozen=True, slots=True)
class Line:
    """What a line of names says.

    Attributes:
        people: In order.
        others: Whether it ends with "et al." or the like.
        sure: Whether it cannot well be read otherwise.
    """

    people: list[Name]
    others: bool = False
    sure: bool = True


_LABEL = re.compile(r"^\s*(?:(?:by|authors?|editors?|edited by)\s*:|by\s)\s*", re.IGNORECASE)
_SIGNS = re.compile(r"[*∗⁎⋆†‡§¶‖✉\u00b2\u00b3\u00b9\u2070-\u2079]")
_NUMBERS = re.compile(r"(?<=[^\W\d_]|[.)]) ?[\[(]?\d{1,2}(?: ?, ?\d{1,2})*[\])]?(?![\w-])")
"""What leads from a name to an affiliation or a footnote."""
_OTHERS = re.compile(
    r"[\s,;&]*(?:\band\s+)?(?:\bet\.?\s*al\b\.?|(?:\d+\s+)?\b(?:more|others)\b|\d+\s+\w+\s+authors\b|…|\.\.\.)[\s.,;]*$",
    re.IGNORECASE,
)
_FULL_STOP = re.compile(r"(?<=[a-z]{3})\.\s*$")
_BETWEEN = re.compile(r"\s*[;；؛\n]\s*|\s*[&＆]\s*|\s[·•|]\s|\s*,?\s+(?:and|And|AND)\s+")
_HANGING = re.compile(r"^(?:and|AND)(?:\s+|$)|\s+(?:and|AND)$")
_COMMA = re.compile(r"\s*[,，、،]\s*")
_LATE_SUFFIX = re.compile(r"(?:[Jj]r|[Ss]r|[JS]nr|Esq)\.?|Junior|Senior|I{2,3}|IV|2nd|2d|3rd|3d|[4-9]th|Ph\.?D\.?")
"""Suffixes that could not be initials."""
GROUP = re.compile(
    r"\b(?:teams?|groups?|consorti(?:um|a)|collaborations?|committees?|associations?|society|societies|institut\w*"
    r"|universit\w*|department|ministry|agency|board|council|cent(?:er|re)|foundation|organi[sz]ation|network|project"
    r"|initiative|company|corporation|inc|ltd|llc|gmbh|labs?|laborator\w*|museum|office|bureau|union|academy|club)\b",
    re.IGNORECASE | re.ASCII,
)
"""Words that people are not called by."""
_PARTICLE_WORDS = "van von der den de del della degli di da do dos das du la le les ter ten zu zur af av al el bin ibn"
_PARTICLES = frozenset(_PARTICLE_WORDS.split())
"""Small words in front of a family name that belong to it."""
_UNSPACED = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]{2,}")
_JOINS = frozenset(("y", "e", "i"))
"""Between two family names, as in "Cruz y Silva"."""
_CAPITAL_PARTICLES = frozenset(("van", "von", "st."))
"""Particles that are written with a capital too."""
PATTERNS: Mapping[str, str] = {
    name: pattern.pattern
    for name, pattern in {
        "label": _LABEL, "signs": _SIGNS, "numbers": _NUMBERS, "others": _OTHERS, "full_stop": _FULL_STOP,
        "between": _BETWEEN, "hanging": _HANGING, "comma": _COMMA, "late_suffix": _LATE_SUFFIX, "group": GROUP,
        "unspaced": _UNSPACED, "footnote": FOOTNOTE,
    }.items()
}  # fmt: skip
WORDS: Mapping[str, Collection[str]] = {
    "particles": _PARTICLES, "capital_particles": _CAPITAL_PARTICLES, "joins": _JOINS,
}  # fmt: skip
"""What lines of names are read by, for the form's script."""


def read_line(text: str, *, listed: bool = False) -> Line:
    """Read a line in which names stand as people write and paste them.

    ``Wren, Ada`` and ``Wren, Ada, Jr.`` are one person. Names part at "and", "&", semicolons, line ends, dots and bars;
    at commas where what stands between them is whole names, or families and initials by turns. Marks of footnotes go.

    Args:
        text: The line.
        listed: Whether such lines are lists of whole names where they could be either.
    """
    closed = bool(re.search(r"[^\s,],\s*$", text))
    text = _folded(_NUMBERS.sub("", _folded(_SIGNS.sub("", _LABEL.sub("", _folded(text))))))
    rest = _OTHERS.sub("", text)
    others, rest = rest != text, _FULL_STOP.sub("", rest)
    chunks = [part for part in (_HANGING.sub("", chunk).strip(" ,") for chunk in _BETWEEN.split(rest)) if part]
    if GROUP.search(rest) and not re.search(r"[,;\n]", rest):
        return Line([team(rest.strip())], others, len(chunks) == 1)
    if closed and len(chunks) == 1 and not _COMMA.search(chunks[0]):
        # The comma says that several words are one name.
        return Line([person(chunks[0])], others, " " not in chunks[0])
    parts = [_COMMA.split(chunk) for chunk in chunks]
    listed = listed or (len(parts) > 1 and len(_with_suffixes(parts[-1])) == 1)
    read = [read_parts(texts, listed=listed) for texts in parts]
    return Line([one for line in read for one in line.people], others, all(line.sure for line in read))


def _folded(text: str) -> str:
    return "\n".join(" ".join(line.split()) for line in text.split("\n"))


def read_parts(texts: Iterable[str], *, listed: bool) -> Line:
    """Read what stands between two "and"s, already parted at its commas.

    Args:
        texts: What stands between the commas.
        listed: Whether the last name of the line has no comma in it, so that it is a list of whole names.
    """
    people, sure = _arrange(_with_suffixes(texts), listed=listed)
    return Line(people, sure=sure)


_Token = tuple[str, str]
"""What stands between two commas, and the suffix behind it."""


def _with_suffixes(parts: Iterable[str]) -> list[_Token]:
    tokens: list[_Token] = []
    for part in parts:
        if tokens and _LATE_SUFFIX.fullmatch(part):
            tokens[-1] = (tokens[-1][0], part)
        elif part:
            tokens.append((part, ""))
    return tokens


def _arrange(tokens: Sequence[_Token], *, listed: bool) -> tuple[list[Name], bool]:
    """Return the people whose names stand between commas, and whether that is sure."""
    texts, count = [text for text, _ in tokens], len(tokens)
    names = [_whole(text, suffix) for text, suffix in tokens]
    pairs = [
        person(one, two, after or before)
        for (one, before), (two, after) in zip(tokens[::2], tokens[1::2], strict=False)
    ]
    if count == 1:
        return names, True
    if count == 3 and re.fullmatch(SUFFIX_PATTERN, texts[2]) and not _many(texts[1]):
        return [person(texts[0], texts[1], texts[2])], True
    if count == 2:
        one, two = texts
        if _initial_first(one) or (_initials_last(one) and _initials_last(two)):
            return names, True
        if not (_many(one) and _many(two)) or _is_particle(one.split()[0]) or _is_initials(two.split()[-1]):
            return pairs, True
        return (names, True) if listed else (pairs, False)
    whole = [_many(text) for text in texts]
    if count % 2 == 0 and all(map(_is_initials, texts[1::2])):
        return pairs, True
    if all(whole):
        return names, True
    if count == 3 and not any(whole):
        return [person(texts[0], " ".join(texts[1:]))], False
    if count % 2 == 0 and not any(whole[1::2]):
        return pairs, False
    return (names, False) if sum(whole) * 2 > count or count % 2 else (pairs, False)


def _many(text: str) -> bool:
    """Say whether it has the words of a whole name; names in Chinese, Japanese and Korean have no blank in them."""
    return (" " in text or bool(_UNSPACED.fullmatch(text))) and not _is_initials(text)


def _is_initials(text: str) -> bool:
    letters = re.sub(r"[\s.-]", "", text)
    return 0 < len(letters) <= 4 and all(letter.isupper() for letter in letters)


def _initial_first(text: str) -> bool:
    """Say whether it reads ``A. Wren``."""
    first, _, rest = text.partition(" ")
    return bool(rest) and _is_initials(first) and (len(first) == 1 or "." in first) and not _is_initials(rest)


def _initials_last(text: str) -> bool:
    """Say whether it reads ``Wren AB``, as medical bibliographies have it."""
    rest, _, last = text.rpartition(" ")
    return bool(rest) and 0 < len(last) <= 3 and all(letter.isupper() for letter in last) and not rest.isupper()


def _is_particle(word: str) -> bool:
    return word in _PARTICLES or word.lower() in _CAPITAL_PARTICLES


def _whole(text: str, suffix: str = "") -> Name:
    """Return the person or group of a name as it is read: ``Ada de Wren``, ``Wren AB``, ``Ada Wren Jr.``."""
    if GROUP.search(text):
        return team(re.sub(r"^the\s", "", text, flags=re.IGNORECASE))
    words = text.split()
    if len(words) > 1 and not suffix and _LATE_SUFFIX.fullmatch(words[-1]):
        suffix = words.pop()
    if _initials_last(" ".join(words)):
        return person(" ".join(words[:-1]), words[-1], suffix)
    start = max(len(words) - 1, 0)
    for index, word in enumerate(words[:-1]):
        if word in _PARTICLES or (word in _JOINS and index > 1):
            start = index if word in _PARTICLES else index - 1
            break
    return person(" ".join(words[start:]), " ".join(words[:start]), suffix)


def shown(people: Iterable[Name]) -> str:
    """Return names for a message, as a bibliography sorts them."""
    parts = ("team", "family", "given", "suffix")
    return "; ".join(", ".join(one[part] for part in parts if part in one) for one in people)


OTHERS: Name = {"team": "others"}
"""Stands in a list of people for those that it leaves out, until `put_people`."""


def people_in(text: str, notes: list[str], *, listed: bool = False) -> list[Name]:
    """Return the people of a line; `OTHERS` at the end where it says that there are more.

    Args:
        text: Plain text.
        notes: Gets a line about names that were parted, or could be read otherwise.
        listed: As for `read_line`.
    """
    line = read_line(plain_name(text, lines=True), listed=listed)
    if len(line.people) > 1 or not line.sure:
        notes.append(about_line(text, line))
    return [*line.people, *([OTHERS] if line.others else [])]


def about_line(text: str, line: Line) -> str:
    """Say how a line of names was read."""
    count = len(line.people)
    many = f"{count} people's" if count > 1 else "one person's"
    return f"the line {_short(tidy(text))} is read as {many}: {_short(shown(line.people))}" + (
        "" if line.sure else ": compare it with the paper"
    )


def _short(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= 120 else f"{text[:119]}…"


def put_people(record: Record, role: Literal["authors", "editors"], people: Iterable[Name]) -> None:
    """Set the authors or editors of a record, each in a form that a paper file takes.

    Whatever a source calls a person becomes a name without markup, several names, or a group's name in one piece; what
    was done stands in the record's notes. No record is refused for a name.
    """
    settled: list[Name] = []
    others = False
    for one in people:
        if (orcid := one.get("orcid")) and not (re.fullmatch(ORCID_PATTERN, orcid) and orcid_adds_up(orcid)):
            record.keep("orcid", orcid)
            record.notes.append(f"the ORCID iD {orcid} has a digit that is wrong: kept under extra")
            one = {part: value for part, value in one.items() if part != "orcid"}
        found, more = _settle(one, record.notes)
        settled += found
        others = others or more
    record.put(role, settled)
    if others and role == "authors":
        record.put("and_others", "true")
    elif others:
        record.notes.append("the list of editors ends with 'others'")


def _settle(one: Name, notes: list[str]) -> tuple[list[Name], bool]:
    names = {part: plain for part in ("team", "family", "given", "suffix") if (plain := plain_name(one.get(part, "")))}
    rest = {part: value for part, value in one.items() if part in ("orcid", "id")}
    if "team" in names:
        if re.search(TEAM_PATTERN, names["team"]):
            return [{"team": names["team"], **rest}], False
        return [], True
    if not names:
        if text := "".join(one.get(part, "") for part in ("team", "family", "given")):
            notes.append(f"the name {_short(text)} is nothing but markup: skipped")
        return [], False
    names = _with_suffix(names)
    if "family" in names and _is_valid(names):
        return [{**names, **rest}], False
    text = ", ".join(names.values())
    line = read_line(text)
    if line.people and all(map(_is_valid, line.people)):
        if line.people != [names]:
            notes.append(about_line(text, line))
        return [{**line.people[0], **rest}, *line.people[1:]] if len(line.people) == 1 else line.people, line.others
    if not line.people:
        return [], line.others
    whole = " ".join(names[part] for part in ("given", "family", "suffix") if part in names)
    notes.append(f"the name {_short(whole)} could not be parsed: kept as one name")
    return [team(whole)], line.others


def _with_suffix(one: Name) -> Name:
    """Return a name whose ``Jr.`` is its suffix, wherever it stood: behind the family name, or in place of one."""
    family, given = one.get("family", "").rstrip(",").split(), one.get("given", "").rstrip(",").split()
    if "suffix" in one or not family:
        return one
    if len(family) > 1 and given and _LATE_SUFFIX.fullmatch(family[-1]):
        return person(" ".join(family[:-1]).rstrip(","), " ".join(given), family[-1])
    if len(given) > 1 and _LATE_SUFFIX.fullmatch(given[-1]):
        return person(" ".join(family), " ".join(given[:-1]).rstrip(","), given[-1])
    if len(family) > 1 and len(given) == 1 and _LATE_SUFFIX.fullmatch(given[0]):
        return _whole(" ".join(family), given[0])
    if len(given) > 1 and len(family) == 1 and _LATE_SUFFIX.fullmatch(family[0]):
        return _whole(" ".join(given).rstrip(","), family[0])
    return one


def _is_valid(one: Name) -> bool:
    if "team" in one:
        return bool(re.search(TEAM_PATTERN, one["team"]))
    suffix = one.get("suffix")
    return all(re.search(NAME_PATTERN, one[part]) for part in ("family", "given") if part in one) and (
        suffix is None or bool(re.fullmatch(SUFFIX_PATTERN, suffix))
    )
