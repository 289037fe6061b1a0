"""From records of other programs to the data of paper files: checked, with nothing lost.

What is wrong in an optional field moves to ``extra`` with a note; only a record that cannot be a paper (no title,
nobody who wrote it, no year) is refused. I/O: none.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote

from living_survey.formats.entry import automatic_protection
from living_survey.formats.record import Record, tidy
from living_survey.loading.validate import check_paper
from living_survey.model.paper import Paper
from living_survey.model.settings import Settings
from living_survey.model.theme import Taxonomy
from living_survey.model.values import LONGEST_LINE
from living_survey.syntax.problems import Problem

_REQUIRED = ("title", "authors", "year", "type", "key")
_MOST_PROTECTED = 100
_ATTEMPTS = 40
"""More mistakes than a record has fields."""


@dataclass(slots=True)
class Draft:
    """A record as a paper file that could be written.

    Attributes:
        record: Where it comes from.
        data: The paper file's data; empty when refused.
        paper: The same, checked, under a stand-in key.
        refused: Why it cannot be a paper; empty when it can.
    """

    record: Record
    data: dict[str, Any] = field(default_factory=dict)
    paper: Paper | None = None
    refused: str = ""


_OPTIONS = {"themes": "--theme", "kind": "--kind", "tldr": "--tldr", "added": "--added"}


@dataclass(frozen=True, slots=True)
class ImportOptions:
    """What the person who imports or adds papers says of every record."""

    themes: tuple[str, ...] = ()
    kind: str = ""
    added: str = ""
    source: str | None = ""
    """Name of the source for ``provenance``; empty for that of the file, None for none."""
    abstracts: bool = True
    notes: bool = False
    """Whether private fields are kept in a folder of their own; otherwise they are left out."""
    tldr: str = ""
    """The paper in one sentence."""
    consulted: tuple[str, ...] = ()
    """Addresses at which the facts were read, for ``provenance``."""

    code: str = ""
    """Address of the source code."""
    names: Mapping[str, str] = field(default_factory=lambda: _OPTIONS)
    """Field of the paper → what the person knows it by, who typed it."""

    def named(self, name: str) -> str:
        """Return what a field is known by to the person who has given its value, if somebody has."""
        given = {
            "themes": self.themes, "kind": self.kind, "tldr": self.tldr, "added": self.added, "links": self.code,
        }  # fmt: skip
        return self.names.get(name, "") if given.get(name) else ""


def convert(record: Record, settings: Settings, taxonomy: Taxonomy, options: ImportOptions) -> Draft:
    """Turn a record into a draft of a paper file."""
    data = dict(record.data)
    if missing := _missing(data):
        return Draft(record, refused=f"{missing} ({record.lacks})" if record.lacks else missing)
    data["title"] = tidy(data["title"])
    if (length := len(data["title"])) > LONGEST_LINE:  # before anything is looked for in it
        return Draft(record, refused=f"a title of {length:,} characters; at most {LONGEST_LINE:,} are read: shorten it")
    _themes(record, data, taxonomy, options)
    _protect(data)
    _texts(record, data, settings, options)
    if data.get("type") == "preprint" and "published" in data:
        data["first_public"] = data.pop("published")
    data["authors"] = _told_apart(record, data["authors"])
    if options.kind:
        data["kind"] = options.kind
    if options.added:
        data["added"] = options.added
    if record.key:
        data["source_keys"] = list(dict.fromkeys([record.key, *data.get("source_keys", [])]))
    if options.tldr:
        data["tldr"] = options.tldr
    if options.code:
        data["links"] = {**data.get("links", {}), "code": options.code}
    if options.consulted:
        data["provenance"] = {"source": "survey-add", "consulted": [*options.consulted], "checked": options.added}
    elif options.source:
        data["provenance"] = {"source": options.source, "position": str(record.position)}
    if isinstance(data.get("url"), str) and data["url"].startswith("http"):
        data["url"] = quote(data["url"], safe="-._~:/?#[]@!$&'()*+,;=%")
    paper, reasons = _settle(record, data, options)
    if paper is None:
        return Draft(record, refused="; ".join(reasons))
    if record.extra:
        data["extra"] = dict(record.extra)
        paper, reasons = _settle(record, data, options)
    return Draft(record, data, paper, refused="" if paper else "; ".join(reasons))


def _missing(data: dict[str, Any]) -> str:
    """Say what a record lacks that a paper cannot be without."""
    names = {"title": "no title", "authors": "no author, editor or organization", "year": "no year"}
    missing = [words for name, words in names.items() if not data.get(name)]
    return f"{', '.join(missing)}: add it in the file and import again" if missing else ""


def _themes(record: Record, data: dict[str, Any], taxonomy: Taxonomy, options: ImportOptions) -> None:
    """File the record: as asked, and by those of its keywords that are themes of the survey."""
    words: list[str] = data.pop("keywords", [])
    themes = [*options.themes, *(word for word in words if word in taxonomy.by_path)]
    themes = [path for path in dict.fromkeys(themes) if not any(other.startswith(f"{path}/") for other in themes)]
    if themes:
        data["themes"] = themes
    record.keep("keywords", ", ".join(dict.fromkeys(word for word in words if word not in taxonomy.by_path)))


def _protect(data: dict[str, Any]) -> None:
    """Keep what the source protects in its title where the automatic choice would not."""
    title = data["title"]
    wanted: list[str] = list(dict.fromkeys(data.pop("protect", [])))[:_MOST_PROTECTED]
    wanted = [phrase for phrase in wanted if phrase in title and phrase.strip()]
    automatic = automatic_protection(title)
    further = [phrase for phrase in wanted if phrase != phrase.lower() and not _covered(phrase, automatic, title)]
    if further:
        data["protect"] = sorted(dict.fromkeys([*automatic, *further]), key=title.index)


def _covered(phrase: str, automatic: Iterable[str], title: str) -> bool:
    start = title.index(phrase)
    capitals = {start + n for n, character in enumerate(phrase) if character.isupper()}
    for word in automatic:
        for found in re.finditer(re.escape(word), title):
            capitals -= set(range(*found.span()))
    # The first letter of a title keeps its capital anyway.
    return not capitals - {0}


def _texts(record: Record, data: dict[str, Any], settings: Settings, options: ImportOptions) -> None:
    if "abstract" in data and not options.abstracts:
        data.pop("abstract")
        record.notes.append("abstract left out, as requested")
    if "tldr" in data and len(data["tldr"].split()) > settings.tldr_words:
        record.keep("tldr", data.pop("tldr"))


def _told_apart(record: Record, authors: list[dict[str, str]]) -> list[dict[str, str]]:
    """Number people of one name in one list: they may be two, and the source does not say."""
    seen: dict[str, int] = {}
    result = []
    for author in authors:
        name = " ".join(filter(None, (author.get(part) for part in ("team", "given", "family", "suffix"))))
        seen[name.casefold()] = count = seen.get(name.casefold(), 0) + 1
        if count > 1 and "orcid" not in author and "id" not in author:
            slug = re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-") or "author"
            author = {**author, "id": f"{slug}-{count}"}
            record.notes.append(f"{name} is listed {count} times as an author: distinguished by id")
        result.append(author)
    return result


def _settle(record: Record, data: dict[str, Any], options: ImportOptions) -> tuple[Paper | None, list[str]]:
    """Check the data; move optional fields that are wrong to ``extra`` until nothing is."""
    problems: list[Problem] = []
    for _ in range(_ATTEMPTS):
        paper, problems = check_paper("draft", record.path, data)
        if not problems:
            return paper, []
        movable = [one for one in problems if one.field and _can_move(str(one.field[0]), options)]
        if not movable:
            break
        _move(record, data, movable[0])
    return None, [reason(problem, options) for problem in problems]


def _can_move(field: str, options: ImportOptions) -> bool:
    """Say whether a wrong value goes to ``extra``: what somebody has typed just now is theirs to correct."""
    return field not in _REQUIRED and not options.named(field)


def reason(problem: Problem, options: ImportOptions) -> str:
    """Return a problem as the reason for which a record is refused, with the option that is to be changed."""
    hints = [problem.hint, f"change {options.named(str(problem.field[0]))}" if problem.field else ""]
    hint = "; ".join(one for one in hints if one and one != "change ")
    return f"{problem.message} ({hint})" if hint else problem.message


def _move(record: Record, data: dict[str, Any], problem: Problem) -> None:
    """Take a wrong value out of the data and keep it under ``extra``."""
    path = [part for part in problem.field if isinstance(part, str)]
    owner, name = data, path[0]
    for part in path[1:]:
        if not isinstance(owner.get(name), dict):
            break
        owner, name = owner[name], part
    value = owner.pop(name, "")
    text = value if isinstance(value, str) else "; ".join(map(_plain, value if isinstance(value, list) else [value]))
    if path[0] != "extra":
        record.keep(name, text)
        record.notes.append(f"{problem.message}: kept unchanged under extra")
        if "extra" in data:
            data["extra"] = dict(record.extra)
    if path[0] == "venue" and "name" not in owner:
        data.pop("venue", None)
    if owner == {} and path[0] in data and data[path[0]] == {}:
        data.pop(path[0])


def _plain(value: Any) -> str:
    return " ".join(map(str, value.values())) if isinstance(value, dict) else str(value)
