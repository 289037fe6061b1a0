"""What an entry takes over from others: with ``crossref`` and ``xdata``, by the rules of BibLaTeX.

Rules: the manual of biblatex 3.18, appendix B, and biber for chains. Three differ: identifiers and texts that are one
work's own stay with it, no month of the parent's goes with a year of the child's, and the parent's title becomes that
of the book for parts of a book of any type, as old bibliographies mean it. I/O: none.
"""

import re
from collections.abc import Callable, Mapping

from living_survey.formats.bibtex.fields import TYPES
from living_survey.formats.bibtex.values import TooMuchError

Fields = dict[str, str]
Entry = tuple[str, Fields]
"""Type of an entry in small letters, and its fields."""

_NOT_BY_BIBLATEX = """
    ids crossref xref xdata entryset entrysubtype execute label options presort related relatedoptions relatedstring
    relatedtype shorthand shorthandintro sortkey sorttitle indextitle indexsorttitle
"""
_OF_ONE_WORK = """
    doi url urldate pages abstract tldr keywords keyword eprint eprinttype eprintclass archiveprefix primaryclass arxiv
    arxivid arxiv-id pmid pmcid shorttitle
"""
NEVER = frozenset(_NOT_BY_BIBLATEX.split())
OF_THE_WORK = frozenset(_OF_ONE_WORK.split())
"""What belongs to one work alone, though biber hands it on."""
_TITLES = ("title", "subtitle", "titleaddon")
_DATES = frozenset(("date", "year", "month", "day"))
_IN_BOOKS = frozenset(("inbook", "bookinbook", "suppbook"))
_GRANULAR = re.compile(r"\s*\{?\s*xdata\s*=\s*(?P<key>[^{}\s]+)-(?P<field>[a-z]+)(?:-(?P<index>\d{1,4}))?\s*\}?\s*")
_DEEPEST = 10
_MOST_DATA = 100
"""So many entries of data an entry may name, with those that these name."""


def name_of(key: str) -> str:
    """Return a key as other entries name it, in any case; an entry without a key has no name and gives nothing."""
    return key.strip().lower()


class Inheritance:
    """The entries of a file by their keys, and what each takes over."""

    def __init__(self, entries: Mapping[str, Entry], spend: Callable[[int], None]) -> None:
        """Begin with entries.

        Args:
            entries: By `name_of` their keys.
            spend: Gets how many characters an entry is about to take over, and raises `TooMuchError`.
        """
        self._entries = entries
        self._spend = spend

    def complete(self, kind: str, fields: Fields, missing: Callable[[str], None]) -> Fields:
        """Return an entry's fields with those that it takes over.

        Args:
            kind: Type of the entry, in small letters.
            fields: Its own.
            missing: Gets the key of an entry that is named and not there.

        Raises:
            TooMuchError: If it takes over too much.
        """
        return self._complete(kind, fields, missing, frozenset())

    def _complete(self, kind: str, fields: Fields, missing: Callable[[str], None], seen: frozenset[str]) -> Fields:
        whole = self._with_xdata(fields, missing)
        parent_key = whole.get("crossref", "").strip()
        if not parent_key:
            return whole
        name = name_of(parent_key)
        if name not in self._entries:
            missing(parent_key)
            return whole
        whole.pop("crossref")
        if name in seen or len(seen) == _DEEPEST:
            return whole
        parent_kind, own = self._entries[name]
        parent = self._complete(parent_kind, own, missing, seen | {name})
        return {**_taken(parent_kind, parent, kind, whole), **whole}

    def _with_xdata(self, fields: Fields, missing: Callable[[str], None]) -> Fields:
        """Return fields completed with the data that they name, which may name further data; each is taken once."""
        whole, seen, waiting = dict[str, str](), set[str](), list[str]()
        one = fields
        while True:
            self._spend(sum(len(field) + len(value) for field, value in one.items()))
            whole = {**{field: value for field, value in one.items() if field != "xdata"}, **whole}
            keys = dict.fromkeys(filter(None, (part.strip() for part in one.get("xdata", "").split(","))))
            waiting += reversed(keys)
            if (key := self._next(waiting, seen, missing)) is None:
                break
            one = self._entries[name_of(key)][1]
        return {field: self._granular_names(value) if "xdata" in value else value for field, value in whole.items()}

    def _next(self, waiting: list[str], seen: set[str], missing: Callable[[str], None]) -> str | None:
        """Take from the keys that are waiting the next one of data not yet seen; none where there is no more."""
        while waiting:
            key = waiting.pop()
            if (name := name_of(key)) in seen:
                continue
            seen.add(name)
            if len(seen) > _MOST_DATA:
                raise TooMuchError(f"more than {_MOST_DATA} entries of data that it names")
            if name in self._entries:
                return key
            missing(key)
        return None

    def _granular_names(self, value: str) -> str:
        """Return a field in which each name of a list may stand for another entry's."""
        # Split at single blanks: a run of many would be looked through again from each of its blanks.
        names = " ".join(value.split()).split(" and ")
        given = [self._granular(name) for name in names]
        return value if given == names else " and ".join(given)

    def _granular(self, value: str) -> str:
        """Return a field, or one name of a list, for which ``xdata=key-field-2`` stands."""
        found = _GRANULAR.fullmatch(value)
        if not found or name_of(found["key"]) not in self._entries:
            return value
        text = self._entries[name_of(found["key"])][1].get(found["field"], value)
        self._spend(len(text))
        if not found["index"]:
            return text
        names = " ".join(text.split()).split(" and ")
        index = int(found["index"])
        return names[index - 1] if 0 < index <= len(names) else value


def _taken(parent_kind: str, parent: Fields, kind: str, child: Fields) -> Fields:
    """Return what a child takes over from its parent, by the names that it has there."""
    taken = {field: value for field, value in parent.items() if field not in NEVER | OF_THE_WORK}
    if _DATES & child.keys():
        taken = {field: value for field, value in taken.items() if field not in _DATES}
    titles = {field: taken.pop(field) for field in _TITLES if field in taken}
    if where := _place_of_titles(parent_kind, kind, child):
        taken |= {f"{where}{field}": value for field, value in titles.items()}
    elif "title" not in child:
        taken |= titles
    if kind in _IN_BOOKS and "author" in parent:
        taken["bookauthor"] = parent["author"]
    if any(f"{part}title" in child for part in ("book", "journal")):
        # A book that the child names itself does not get another one's subtitle.
        taken = {
            field: value for field, value in taken.items() if not re.match(r"(?:book|journal)(?:sub|title)", field)
        }
    return taken


def _place_of_titles(parent_kind: str, kind: str, child: Fields) -> str:
    """Return what stands before ``title`` where the parent's becomes one of the child's; empty where it does not."""
    paper_type = TYPES.get(kind)
    if parent_kind.startswith("mv"):
        return "main" if "title" in child else ""
    if paper_type == "article":
        return "journal" if parent_kind in ("periodical", "suppperiodical") or "journal" not in child else ""
    if paper_type in ("inproceedings", "incollection"):
        return "book"
    return "main" if "title" in child and paper_type in ("book", "proceedings") else ""
