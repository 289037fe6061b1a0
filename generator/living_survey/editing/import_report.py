"""What an import did, for a person: counts by kind first, what was refused or is doubtful last, a screen at most.

Every line is in the table of `outcomes`. I/O: none.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from living_survey.editing.outcomes import Outcome

SCREEN = 24
"""Lines of a terminal; an import of fewer records is shown line by line."""
_WIDTH = 118
_MOST_DECIDED, _MOST_DOUBTFUL, _MOST_REFUSED = 4, 3, 3


@dataclass(frozen=True, slots=True)
class _Kind:
    """A kind of remark: how it is told from others, what it is called, and what to do about it."""

    pattern: str
    name: str
    remedy: str = ""


_KINDS = (
    _Kind("likely duplicate of|and of .* more papers", "look like other papers", "keep one, or relate the two"),
    _Kind("left out: .*(?: has | have )", "carry an identifier of another work", "look it up"),
    _Kind("TeX commands that are not known", "have TeX commands that are not known", "correct the texts"),
    _Kind("compare it with the paper|could not be parsed|nothing but markup", "have doubtful names", "compare them"),
    _Kind("initials last|read as a group", "have names that can be read in two ways", "compare them"),
    _Kind("not found in the file", "name an entry that is not in the file", "put it there and import again"),
    _Kind("no author: ", "have no author: an organization stands in", "name the authors"),
    _Kind("the year .* and the date", "have a year and a date that differ", "correct the year"),
    _Kind("kept unchanged under extra|ORCID iD", "have a value that is none of its field", "correct it"),
    _Kind("duplicate key|used twice|appears twice", "have a key or a field twice", "look at both"),
    _Kind("cannot be kept", "got a new key, since theirs cannot be one", "say survey mv"),
    _Kind("is read as", "have several names in one, which were parted"),
    _Kind("imported as", "are of another type than the file says"),
    _Kind("completed from", "were completed from another entry"),
    _Kind("says no more than|version .* skipped|abstract left out", "had something that the survey needs not"),
    _Kind("kept under extra", "have fields that stay under extra"),
    _Kind("^same |no stated field differs|^added |^kept ", "are known already"),
)
_OTHER = _Kind("", "have another remark")
_COUNT_BEFORE = 7


@dataclass(slots=True)
class _Found:
    kind: _Kind
    places: dict[str, Outcome] = field(default_factory=dict)
    words: str = ""


def to_screen(outcomes: Sequence[Outcome]) -> str:
    """Return the fates as counts by kind, with an example where something is to be done."""
    found = _by_kind(outcomes)
    decided = [one for one in found if not one.kind.remedy]
    doubtful = [one for one in found if one.kind.remedy]
    lines = _section("Decided", decided, _MOST_DECIDED)
    notes = [one for one in outcomes if one.status == "note"]
    if of_files := [one for one in notes if one.place]:
        lines.append(_cut(f"{len(of_files):>{_COUNT_BEFORE},}  remarks on files, as this one: {of_files[0].words}"))
    lines += [_cut(f"{'':{_COUNT_BEFORE}}  {one.words}") for one in notes if not one.place]
    lines += _section("Doubtful", doubtful, _MOST_DOUBTFUL)
    lines += _section("Refused", _refused(outcomes), _MOST_REFUSED)
    return "\n".join(lines)


def _by_kind(outcomes: Iterable[Outcome]) -> list[_Found]:
    """Return what was remarked of records, most frequent first; a record counts once for a kind."""
    found: dict[str, _Found] = {}
    for outcome in outcomes:
        if outcome.status in ("refused", "note"):
            continue
        for words in outcome.notes:
            kind = next((kind for kind in _KINDS if re.search(kind.pattern, words)), _OTHER)
            one = found.setdefault(kind.name, _Found(kind, words=words))
            one.places.setdefault(f"{outcome.place} {outcome.source_key}", outcome)
    return sorted(found.values(), key=lambda one: -len(one.places))


def _refused(outcomes: Iterable[Outcome]) -> list[_Found]:
    found: dict[str, _Found] = {}
    for outcome in outcomes:
        if outcome.status == "refused":
            reason = re.sub(r" \(.*", "", outcome.words).removesuffix(" and import again")
            reason, _, remedy = reason.partition(": ")
            kind = _Kind("", reason, f"{remedy} and import again" if remedy else "correct them and import again")
            one = found.setdefault(reason, _Found(kind, words=outcome.words))
            one.places.setdefault(f"{outcome.place} {outcome.source_key}", outcome)
    return sorted(found.values(), key=lambda one: -len(one.places))


def _section(title: str, found: Sequence[_Found], most: int) -> list[str]:
    if not found:
        return []
    lines = [title]
    for one in found[:most]:
        remedy = f": {one.kind.remedy}" if one.kind.remedy else ""
        lines.append(_cut(f"{len(one.places):>{_COUNT_BEFORE},}  {one.kind.name}{remedy}"))
        if remedy:
            outcome = next(iter(one.places.values()))
            key = outcome.key or outcome.source_key
            lines.append(_cut(f"{'':{_COUNT_BEFORE}}  {' '.join(filter(None, [outcome.place, key]))}: {one.words}"))
    if more := found[most:]:
        count = sum(len(one.places) for one in more)
        lines.append(f"{count:>{_COUNT_BEFORE},}  more, of {len(more)} kinds")
    return lines


def _cut(line: str) -> str:
    return line if len(line) <= _WIDTH else f"{line[: _WIDTH - 1]}…"
