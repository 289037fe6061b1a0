"""Read BibTeX and BibLaTeX files as they are found in the wild.

bibtexparser splits the file and goes on behind mistakes; pybtex reads the names. I/O: none.
"""

import logging
from collections.abc import Collection, Iterator, Mapping

from bibtexparser.library import Library
from bibtexparser.model import DuplicateBlockKeyBlock, DuplicateFieldKeyBlock, Entry, ParsingFailedBlock
from bibtexparser.splitter import Splitter

from living_survey.formats.bibtex.fields import TYPES, fill
from living_survey.formats.entry import MONTHS
from living_survey.formats.record import Reading, Record, extra_name, refusing
from living_survey.model.private import is_private

_EDITED = {"collection", "mvcollection", "proceedings", "mvproceedings", "reference", "mvreference"}
_OF_THE_WORK = {
    "ids", "doi", "url", "urldate", "pages", "abstract", "tldr", "keywords", "keyword", "crossref", "title",
    "subtitle", "titleaddon", "shorttitle", "eprint", "eprinttype", "eprintclass", "archiveprefix", "primaryclass",
    "arxiv", "arxivid", "arxiv-id", "pmid", "pmcid",
}  # fmt: skip
"""What belongs to one work alone, so that a chapter does not take it over from its book."""

_MOST_DATA = 100
"""So many entries of data an entry may name, with those that these name."""

# The parser logs what it also returns, and this module reports.
logging.getLogger("bibtexparser").setLevel(logging.CRITICAL)


def read_bibtex(text: str, path: str) -> Reading:
    """Read all entries of a file; see `Reading` for what is not an entry."""
    library = Splitter(text).split()
    reading = Reading()
    values = _Values(8 * len(text) + 1_000_000)
    _add_strings(library, values, reading)
    found: dict[str, dict[str, str]] = {}
    twice: set[str] = set()
    entries: list[tuple[Entry, dict[str, str], Record]] = []
    for block in library.blocks:
        line = (block.start_line or 0) + 1
        notes: list[str] = []
        if isinstance(block, DuplicateBlockKeyBlock):
            if not isinstance(block.ignore_error_block, Entry):
                reading.notes.append((line, f"@string {block.key} is defined twice; the first definition is used"))
                continue
            if block.key:
                notes.append(f"duplicate key {block.key} in the file")
            block = block.ignore_error_block
        elif isinstance(block, DuplicateFieldKeyBlock) and block.ignore_error_block:
            names = ", ".join(sorted(block.duplicate_keys))
            notes.append(f"{names} appears twice in the entry: both are kept")
            block = block.ignore_error_block
        elif isinstance(block, ParsingFailedBlock):
            first = (block.raw or "").strip().split("\n")[0][:60]
            why = " ".join(str(getattr(block.error, "abort_reason", block.error)).split()).rstrip(".")
            reading.refused.append((line, first, f"{why}: correct the entry and import again"))
            continue
        if isinstance(block, Entry):
            record = Record(path, line, block.key, notes=notes)
            with refusing(reading, line, block.key[:60]):
                fields = _fields(block, values, record)
                entries.append((block, fields, record))
                if name := _name(block.key):
                    twice |= {name} & found.keys()
                    found.setdefault(name, fields)
        elif type(block).__name__ == "Preamble":
            reading.notes.append((line, "@preamble skipped: it is TeX code for the old bibliography"))
        elif type(block).__name__.endswith("Comment"):
            words = " ".join(str(getattr(block, "comment", "")).split())
            reading.notes.append((line, f"comment skipped: {words[:60]}{'…' if len(words) > 60 else ''}"))
    for entry, fields, record in entries:
        if entry.entry_type.lower() in ("xdata", "set"):
            what = {"xdata": "data for other entries, copied into them", "set": "a set of other entries"}
            reading.notes.append((record.line, f"@{entry.entry_type} {entry.key}: {what[entry.entry_type.lower()]}"))
            continue
        record.position = len(reading.records) + 1
        with refusing(reading, record.line, entry.key[:60]):
            whole = _inherit(entry, fields, found, twice, record.notes)
            values.spend(sum(map(len, whole.values())))
            fill(record, entry.entry_type.lower(), whole)
            reading.records.append(record)
    return reading


class TooMuchError(ValueError):
    """Abbreviations and cross-references make far more of a file than it says."""


class _Values:
    """What expressions stand for, and how many characters all of a file together may become.

    Abbreviations that are made of abbreviations grow tenfold with each line, and entries that take over from one
    another repeat what they take: 700 bytes become gigabytes.
    """

    def __init__(self, limit: int) -> None:
        self.strings = {month: month for month in MONTHS}
        self._left = self._limit = limit

    def spend(self, length: int) -> None:
        if length > self._left:
            raise TooMuchError(f"abbreviations and crossrefs of this file make more than {self._limit:,} characters")
        self._left -= length

    def read(self, expression: str) -> str:
        """Return the value of ``{…}``, ``"…"``, an abbreviation, or several of them joined by ``#``."""
        parts = list(_values_in(expression, self.strings))
        self.spend(sum(map(len, parts)))
        return "".join(parts)


def _add_strings(library: Library, values: _Values, reading: Reading) -> None:
    for string in library.strings:
        with refusing(reading, (string.start_line or 0) + 1, f"@string {string.key[:60]}"):
            values.strings[string.key.lower()] = values.read(str(string.value))
    if library.strings:
        line = (library.strings[0].start_line or 0) + 1
        reading.notes.append((line, f"{len(library.strings)} @string abbreviations expanded"))


def _fields(entry: Entry, values: _Values, record: Record) -> dict[str, str]:
    """Return the fields of an entry, names in small letters, values still LaTeX; the record holds the private ones.

    A name that stands there again with another value gets a number.
    """
    fields: dict[str, str] = {}
    seen: dict[str, set[str]] = {}
    for field in entry.fields:
        name, value = field.key.lower().strip(), values.read(str(field.value))
        if not value.strip():
            continue
        # Held back before other entries can take anything over.
        if is_private(extra_name(name), value):
            record.hold_back(name, value)
            continue
        others = seen.setdefault(name, set())
        if value not in others:
            others.add(value)
            fields[f"{name}-{len(others)}" if len(others) > 1 else name] = value
    return fields


def _values_in(expression: str, strings: Mapping[str, str]) -> Iterator[str]:
    """Yield what is joined by ``#``: groups in braces or quotes, and what abbreviations stand for."""
    parts, depth, quoted, start = [], 0, False, 0
    for place, character in enumerate(expression):
        if character in "{}" and expression[place - 1 : place] != "\\":
            depth += 1 if character == "{" else -1
        elif character == '"' and depth == 0:
            quoted = not quoted
        elif character == "#" and depth == 0 and not quoted:
            parts.append(expression[start:place])
            start = place + 1
    for part in [*parts, expression[start:]]:
        part = part.strip()
        if part[:1] in ('"', "{") and part[-1:] in ('"', "}") and len(part) > 1:
            yield part[1:-1]
        else:
            yield strings.get(part.lower(), part)


def _name(key: str) -> str:
    """Return a key as other entries name it, in any case; an entry without a key has no name and gives nothing."""
    return key.strip().lower()


def _inherit(
    entry: Entry, fields: dict[str, str], found: Mapping[str, dict[str, str]], twice: Collection[str], notes: list[str]
) -> dict[str, str]:
    """Return an entry's fields with those that it takes over through ``crossref`` and ``xdata``."""
    whole = _with_xdata(fields, found)
    if not (parent_key := fields.get("crossref", "").strip()):
        return whole
    if (name := _name(parent_key)) not in found:
        notes.append(f"crossref {parent_key} not found in the file")
        return whole
    parent = _with_xdata(found[name], found)
    inside = TYPES.get(entry.entry_type.lower()) in ("article", "inproceedings", "incollection")
    taken = {field: value for field, value in parent.items() if field not in _OF_THE_WORK}
    for field in ("title", "subtitle", "titleaddon"):
        # The parent's title is that of the whole: the book's of a chapter, the work's of a volume.
        if field in parent and (inside or "title" in whole):
            taken.setdefault(f"{'book' if inside else 'main'}{field}", parent[field])
        elif field in parent:
            taken[field] = parent[field]
    notes.append(f"completed from {parent_key} (crossref)")
    if name in twice:
        notes.append(f"the key {parent_key} is used twice in the file; the first entry is used")
    whole.pop("crossref")
    return {**taken, **whole}


def _with_xdata(fields: Mapping[str, str], found: Mapping[str, dict[str, str]]) -> dict[str, str]:
    """Return fields completed with the data that they name, which may name further data; each is taken once."""
    whole, seen, waiting = dict[str, str](), set[str](), [fields]
    while waiting:
        one = waiting.pop()
        whole = {**{name: value for name, value in one.items() if name != "xdata"}, **whole}
        names = [_name(name) for name in one.get("xdata", "").split(",")]
        new = [name for name in dict.fromkeys(names) if name in found and name not in seen]
        seen.update(new)
        waiting += [found[name] for name in reversed(new)]
        if len(seen) > _MOST_DATA:
            raise TooMuchError(f"more than {_MOST_DATA} entries of data that it names")
    return whole
