"""Read BibTeX and BibLaTeX files as they are found in the wild.

bibtexparser splits the file and goes on behind mistakes; pybtex reads the names. I/O: none.
"""

import logging
from collections.abc import Collection

from bibtexparser.library import Library
from bibtexparser.model import (
    Block,
    DuplicateBlockKeyBlock,
    DuplicateFieldKeyBlock,
    Entry,
    ExplicitComment,
    ImplicitComment,
    ParsingFailedBlock,
    Preamble,
)
from bibtexparser.splitter import Splitter

from living_survey.formats.bibtex.definitions import Definitions, definitions, expand
from living_survey.formats.bibtex.fields import fill
from living_survey.formats.bibtex.inheritance import Inheritance, name_of
from living_survey.formats.bibtex.source import Source, prepare
from living_survey.formats.bibtex.values import Values
from living_survey.formats.record import Reading, Record, extra_name, refusing
from living_survey.model.private import is_private

_NO_WORKS = {"xdata": "data for other entries, copied into them", "set": "a set of other entries"}

# The parser logs what it also returns, and this module reports.
logging.getLogger("bibtexparser").setLevel(logging.CRITICAL)


def read_bibtex(text: str, path: str) -> Reading:
    """Read all entries of a file; see `Reading` for what is not an entry."""
    source = prepare(text)
    library = Splitter(source.text).split()
    reading = Reading()
    _report_source(source, reading)
    values = Values(8 * len(text) + 1_000_000)
    _add_strings(library, values, reading)
    own = _definitions(library, values, reading)
    found: dict[str, tuple[str, dict[str, str]]] = {}
    twice: set[str] = set()
    entries: list[tuple[str, dict[str, str], Record]] = []
    for block in library.blocks:
        line, notes = (block.start_line or 0) + 1, list[str]()
        if (entry := _entry_of(block, line, notes, reading)) is None:
            continue
        record, kind = Record(path, line, entry.key, notes=notes), entry.entry_type.lower()
        with refusing(reading, line, entry.key[:60]):
            fields = _fields(entry, values, own, record)
            entries.append((kind, fields, record))
            if name := name_of(entry.key):
                twice |= {name} & found.keys()
                found.setdefault(name, (kind, fields))
    inheritance = Inheritance(found, values.spend)
    for kind, fields, record in entries:
        if kind in _NO_WORKS:
            reading.notes.append((record.line, f"@{kind} {record.key}: {_NO_WORKS[kind]}"))
            continue
        record.position = len(reading.records) + 1
        with refusing(reading, record.line, record.key[:60]):
            fill(record, kind, _complete(inheritance, twice, kind, fields, record))
            reading.records.append(record)
    return reading


def _complete(
    inheritance: Inheritance, twice: Collection[str], kind: str, fields: dict[str, str], record: Record
) -> dict[str, str]:
    """Return an entry's fields with those that it takes over; the record says from where, and what is missing."""
    missing = list[str]()
    whole = inheritance.complete(kind, fields, missing.append)
    parent = fields.get("crossref", "").strip()
    if parent and "crossref" not in whole:
        record.notes.append(f"completed from {parent} (crossref)")
    if name_of(parent) in twice:
        record.notes.append(f"the key {parent} is used twice in the file; the first entry is used")
    for key in dict.fromkeys(missing):
        name = "crossref" if key == parent else "xdata"
        record.notes.append(f"{name} {key} not found in the file")
        record.lacks = f"{name} {key}, which is not in the file, may have it"
    return whole


def _entry_of(block: Block, line: int, notes: list[str], reading: Reading) -> Entry | None:
    """Return the entry that a block is, mistakes notwithstanding, or say in the reading what else it is."""
    if isinstance(block, DuplicateBlockKeyBlock):
        if not isinstance(block.ignore_error_block, Entry):
            reading.notes.append((line, f"@string {block.key} is defined twice; the first definition is used"))
            return None
        if block.key:
            notes.append(f"duplicate key {block.key} in the file")
        return block.ignore_error_block
    if isinstance(block, DuplicateFieldKeyBlock) and isinstance(block.ignore_error_block, Entry):
        names = ", ".join(sorted(block.duplicate_keys))
        notes.append(f"{names} appears twice in the entry: both are kept")
        return block.ignore_error_block
    if isinstance(block, ParsingFailedBlock):
        first = (block.raw or "").strip().split("\n")[0][:60]
        why = " ".join(str(getattr(block.error, "abort_reason", block.error)).split()).rstrip(".")
        reading.refused.append((line, first, f"{why}: correct the entry and import again"))
    elif isinstance(block, Preamble):
        names = ", ".join(f"\\{name}" for name in definitions(str(block.value)))
        words = "@preamble skipped: it is TeX code for the old bibliography"
        reading.notes.append((line, f"{words}, but for the commands that it defines: {names}" if names else words))
    elif isinstance(block, (ExplicitComment, ImplicitComment)):
        words = " ".join(block.comment.split())
        reading.notes.append((line, f"comment skipped: {words[:60]}{'…' if len(words) > 60 else ''}"))
    return block if isinstance(block, Entry) else None


def _report_source(source: Source, reading: Reading) -> None:
    comments = [(line, words) for line, words in source.comments if words and not words.startswith("Encoding:")]
    if comments:
        line, words = comments[0]
        count = f"{len(comments)} comments behind % skipped, the first" if len(comments) > 1 else "comment skipped"
        reading.notes.append((line, f"{count}: {words[:60]}{'…' if len(words) > 60 else ''}"))
    reading.notes += [
        (line, "a comma is missing behind this field: read as if it were there") for line in source.commas
    ]


def _add_strings(library: Library, values: Values, reading: Reading) -> None:
    for string in library.strings:
        with refusing(reading, (string.start_line or 0) + 1, f"@string {string.key[:60]}"):
            values.strings[string.key.lower()] = values.read(str(string.value))
    if library.strings:
        line = (library.strings[0].start_line or 0) + 1
        reading.notes.append((line, f"{len(library.strings)} @string abbreviations expanded"))


def _definitions(library: Library, values: Values, reading: Reading) -> Definitions:
    """Return the commands that the file's preambles define."""
    preambles = list[str]()
    for block in library.preambles:
        with refusing(reading, (block.start_line or 0) + 1, "@preamble"):
            preambles.append(values.read(str(block.value)))
    return definitions(" ".join(preambles))


def _fields(entry: Entry, values: Values, own: Definitions, record: Record) -> dict[str, str]:
    """Return the fields of an entry, names in small letters, values still LaTeX; the record holds the private ones.

    A name that stands there again with another value gets a number.
    """
    fields: dict[str, str] = {}
    seen: dict[str, set[str]] = {}
    for field in entry.fields:
        name, value = field.key.lower().strip(), values.read(str(field.value))
        if (expanded := expand(value, own)) != value:
            values.spend(len(expanded))
            value = expanded
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
