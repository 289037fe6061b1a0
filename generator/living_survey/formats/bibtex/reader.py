"""Read BibTeX and BibLaTeX files as they are found in the wild.

bibtexparser splits the file and goes on behind mistakes; pybtex reads the names. I/O: none.
"""

import logging
from collections.abc import Mapping

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

from living_survey.formats.bibtex.definitions import definitions, expand
from living_survey.formats.bibtex.fields import fill
from living_survey.formats.bibtex.inheritance import Inheritance, name_of
from living_survey.formats.bibtex.source import Source, prepare
from living_survey.formats.entry import MONTHS
from living_survey.formats.record import Reading, Record, extra_name
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
    strings = _strings(library, reading)
    own = definitions(" ".join(_value(str(block.value), strings) for block in library.preambles))
    found: dict[str, tuple[str, dict[str, str]]] = {}
    twice: set[str] = set()
    entries: list[tuple[str, dict[str, str], Record]] = []
    for block in library.blocks:
        line, notes = (block.start_line or 0) + 1, list[str]()
        if (entry := _entry_of(block, line, notes, reading)) is None:
            continue
        record, kind = Record(path, line, entry.key, notes=notes), entry.entry_type.lower()
        fields = {name: expand(value, own) for name, value in _fields(entry, strings, record).items()}
        entries.append((kind, fields, record))
        if name := name_of(entry.key):
            twice |= {name} & found.keys()
            found.setdefault(name, (kind, fields))
    inheritance = Inheritance(found)
    for kind, fields, record in entries:
        if kind in _NO_WORKS:
            reading.notes.append((record.line, f"@{kind} {record.key}: {_NO_WORKS[kind]}"))
            continue
        record.position = len(reading.records) + 1
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
        fill(record, kind, whole)
        reading.records.append(record)
    return reading


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


def _strings(library: Library, reading: Reading) -> dict[str, str]:
    strings = {month: month for month in MONTHS}
    for string in library.strings:
        strings[string.key.lower()] = _value(str(string.value), strings)
    if library.strings:
        line = (library.strings[0].start_line or 0) + 1
        reading.notes.append((line, f"{len(library.strings)} @string abbreviations expanded"))
    return strings


def _fields(entry: Entry, strings: Mapping[str, str], record: Record) -> dict[str, str]:
    """Return the fields of an entry, names in small letters, values still LaTeX; the record holds the private ones."""
    fields: dict[str, str] = {}
    for field in entry.fields:
        name, value = field.key.lower().strip(), _value(str(field.value), strings)
        if not value.strip():
            continue
        # Held back before other entries can take anything over.
        if is_private(extra_name(name), value):
            record.hold_back(name, value)
            continue
        while name in fields and fields[name] != value:
            name += "-2"
        fields[name] = value
    return fields


def _value(expression: str, strings: Mapping[str, str]) -> str:
    """Return the value of ``{…}``, ``"…"``, an abbreviation, or several of them joined by ``#``."""
    parts, depth, quoted, start = [], 0, False, 0
    for place, character in enumerate(expression):
        if character in "{}" and expression[place - 1 : place] != "\\":
            depth += 1 if character == "{" else -1
        elif character == '"' and depth == 0:
            quoted = not quoted
        elif character == "#" and depth == 0 and not quoted:
            parts.append(expression[start:place])
            start = place + 1
    values = []
    for part in [*parts, expression[start:]]:
        part = part.strip()
        if part[:1] in ('"', "{") and part[-1:] in ('"', "}") and len(part) > 1:
            values.append(part[1:-1])
        else:
            values.append(strings.get(part.lower(), part))
    return "".join(values)
