"""Read RIS and PubMed's .nbib: files of tagged lines.

rispy reads the lines. It is given one record at a time: it loses a last record that has no end tag, and runs two
records together between which the end tag is missing. I/O: none.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import chain
from typing import Any, ClassVar, Literal

from rispy.parser import RisParser

from living_survey.formats.dates import Date, read_date
from living_survey.formats.fields import ARXIV, clean_pages, put_arxiv, put_date, put_doi, put_url, put_venue
from living_survey.formats.markup import plain_text
from living_survey.formats.names import people_in, put_people
from living_survey.formats.record import (
    FieldReader,
    Reading,
    Record,
    UnreadableError,
    refusing,
    split_keywords,
    team,
    tidy,
)

TYPES = {
    "JOUR": "article", "EJOUR": "article", "MGZN": "article", "NEWS": "article", "JFULL": "article", "INPR": "article",
    "CPAPER": "inproceedings", "CONF": "inproceedings",
    "CHAP": "incollection", "ECHAP": "incollection", "ENCYC": "incollection", "DICT": "incollection",
    "BOOK": "book", "EBOOK": "book", "EDBOOK": "book", "WHOLE": "book", "SER": "book",
    "THES": "thesis", "RPRT": "report", "UNPB": "preprint", "DATA": "dataset", "AGGR": "dataset", "DBASE": "dataset",
    "COMP": "software", "ELEC": "online", "ICOMM": "online", "BLOG": "online", "GEN": "misc",
}  # fmt: skip
"""Type of reference → type of a paper; all others are ``misc``."""
_TAG = re.compile(r"^([A-Z][A-Z0-9]) {0,4}-[ \t]*", re.MULTILINE)
_NBIB_TYPES = {"Preprint": "preprint", "Dataset": "dataset", "Book": "book", "Technical Report": "report"}


class _AllTags(RisParser):  # type: ignore[misc]
    """Keeps every tag under its own name, with all its values in order."""

    DEFAULT_MAPPING: ClassVar[dict[str, str]] = {"TY": "TY"}

    def _add_tag(self, record: dict[str, Any], tag: str | None, content: str, extend_multiline: bool = False) -> None:
        if tag is None or not content:
            return
        values = record.setdefault(tag, [])
        if extend_multiline and values:
            values[-1] = f"{values[-1]} {content}"
        else:
            values.append(content)


class _Nbib(_AllTags):
    START_TAG = "PMID"
    DEFAULT_MAPPING: ClassVar[dict[str, str]] = {"PMID": "PMID"}

    def parse_line(self, line: str) -> tuple[str, str] | tuple[None, str]:
        """Split a line of MEDLINE's format: four columns for the tag."""
        if re.match(r"[A-Z][A-Z0-9]{0,3} *- ", f"{line} ") and line[4:5] == "-":
            return line[:4].strip(), line[6:].strip()
        return None, line.strip()


class _Tags(FieldReader):
    """A record's values by tag, of which one tag may have several."""

    def __init__(self, values: dict[str, list[str]]) -> None:
        super().__init__(values, plain_text)

    def all(self, *tags: str) -> list[str]:
        """Hand out all values of some tags."""
        return [tidy(plain_text(value)) for tag in tags for value in self.left.pop(tag, []) if value.strip()]

    def raw(self, name: str) -> str:
        """Hand out the first value of a tag; its others stay."""
        values = self.left.get(name, [])
        value = values.pop(0) if values else ""
        if not values:
            self.left.pop(name, None)
        return str(value)


def read_ris(text: str, path: str) -> Reading:
    """Read all records of a RIS file, however many blanks stand around the hyphens of its tags."""
    if re.search(r"^TY(?!  - )(?!  -$) {0,4}-", text, re.MULTILINE):
        text = _TAG.sub(r"\1  - ", text)
    return _read(text, path, _AllTags(), _fill_ris)


def read_nbib(text: str, path: str) -> Reading:
    """Read all records of a file that PubMed's "Send to: citation manager" made."""
    return _read(text, path, _Nbib(), _fill_nbib)


def _read(text: str, path: str, parser: _AllTags, fill: Callable[[Record, "_Tags"], None]) -> Reading:
    reading, start_tag = Reading(), parser.START_TAG
    start = re.compile(rf"^{start_tag} {{0,2}}- ?", re.MULTILINE)
    if not start.search(text):
        raise UnreadableError(f"no record: no line starts with {start_tag}")
    for line, chunk in _chunks(text, start, reading):
        with refusing(reading, line, ""):
            parsed = parser.parse(f"{chunk}\nER  - \n")
            values = parsed[0] if parsed else {}
            first = values.get(start_tag)
            values[start_tag] = first if isinstance(first, list) else [str(first)]
            record = Record(path, line, position=len(reading.records) + 1)
            tags = _Tags(values)
            fill(record, tags)
            for tag, left in tags.left.items():
                for value in left:
                    # N1 is among what `living_survey.model.private` names: notes, the owner's or a database's.
                    record.keep(tag, value)
            reading.records.append(record)
    return reading


def _chunks(text: str, start: re.Pattern[str], reading: Reading) -> Iterator[tuple[int, str]]:
    starts = [match.start() for match in start.finditer(text)]
    if before := text[: starts[0]].strip("\ufeff \n\t"):
        reading.notes.append((1, f"skipped before the first record: {' '.join(before.split())[:60]}"))
    for begin, end in zip(starts, [*starts[1:], len(text)], strict=True):
        line = text.count("\n", 0, begin) + 1
        record, marker, after = text[begin:end].partition("\nER  -")
        if marker and (rest := after.partition("\n")[2].strip()):
            where = line + record.count("\n") + 2
            reading.notes.append((where, f"skipped after the end of a record: {' '.join(rest.split())[:60]}"))
        yield line, record


def _put_people(record: Record, role: Literal["authors", "editors"], names: list[str]) -> None:
    """Set people; a name of several words without a comma is a group's, as Zotero reads it."""
    found = ([team(name)] if _is_group(name) else people_in(name, record.notes) for name in names)
    put_people(record, role, chain.from_iterable(found))


def _is_group(name: str) -> bool:
    parts = re.split(r"\s(?:and|&)\s", name)
    two_people = len(parts) > 1 and all(" " in part for part in parts)
    return " " in name and not re.search(r"[,;]| et al", name) and not two_people


def _fill_ris(record: Record, tags: _Tags) -> None:
    code = tags("TY").upper()
    kind = TYPES.get(code, "misc")
    if code not in TYPES:
        record.keep("entrytype", code)
    record.key = tags("ID")
    record.put("title", tags("TI", "T1", "CT") or (tags("BT") if kind == "book" else ""))
    authors = tags.all("AU", "A1")
    editors = tags.all("ED", "A2") if kind != "article" else tags.all("ED")
    if not authors and editors:
        authors, editors = editors, []
        record.put("edited", "true")
    _put_people(record, "authors", authors)
    _put_people(record, "editors", editors)
    _ris_date(record, tags)
    put_doi(record, tags("DO"))
    arxiv = next((found for tag in ("AN", "M3", "N1", "JO", "T2") for value in tags.left.get(tag, [])
                  if (found := ARXIV.fullmatch(value.strip()))), None)  # fmt: skip
    if arxiv:
        put_arxiv(record, arxiv[0])
        for tag in ("AN", "M3", "N1", "JO", "T2"):
            tags.left[tag] = [value for value in tags.left.get(tag, []) if value.strip() != arxiv[0]]
    first, last = tags("SP"), tags("EP")
    pages = first if not last or last == first or re.search(r"[-–]", first) else f"{first}-{last}"
    own = kind in ("book", "thesis", "report", "dataset", "software", "online", "misc")
    names = ("PB",) if own else ("T2", "JF", "JO", "BT", "J1", "JA", "J2")
    put_venue(record, kind, tags(*names), {
        "short": "" if own else tags("J2", "JA", "JO"), "series": tags("T3"), "volume": tags("VL"),
        "number": tags("IS"), "pages": clean_pages(pages), "publisher": "" if own else tags("PB"),
    })  # fmt: skip
    for address in tags.all("UR", "LK", "L2"):
        put_url(record, address)
    record.put("abstract", "\n\n".join(tags.all("AB") or tags.all("N2")))
    record.data["keywords"] = [word for value in tags.all("KW") for word in split_keywords(value)]
    record.keep("issn" if kind == "article" else "isbn", "; ".join(tags.all("SN")))
    record.keep("address", tags("CY", "PP"))
    record.keep("edition", tags("ET"))
    record.keep("language", tags("LA"))
    record.keep("type", tags("M3"))
    for tag in ("L1", "L4"):
        for value in tags.all(tag):
            if re.match(r"https?://", value):
                record.keep("file-url", value)
            else:
                record.hold_back(tag, value)


def _ris_date(record: Record, tags: _Tags) -> None:
    """Set the year of publication, and of the dates that name it, or no year, the one that says most."""
    published, day = [value for value in (tags("PY"), tags("Y1")) if value], tags("DA")
    values = [value for value in (*published, day) if value]
    year = next(filter(None, (_date(value)[0].year for value in values)), "")
    if not year:
        for value in values:
            put_date(record, value)
        return
    best = Date(year, exact=True)
    for value in values:
        found, more = _date(value)
        if found.year in ("", year) and found.month and len(found.text) > len(best.text) - len(year):
            best = replace(found, year=year)
        if found.year not in ("", year) or more or not found.exact:
            record.keep("date", value if found.year not in ("", year) else more or value)
    put_date(record, best.text)


def _date(value: str) -> tuple[Date, str]:
    """Return the date of ``2021/09/04/Autumn``, and what else stands in it."""
    found = re.fullmatch(r"(\d{4})/(\d{0,2})/?(\d{0,2})/?(.*)", value.strip())
    if not found:
        return read_date(value), ""
    return read_date("-".join(part for part in found.groups()[:3] if part)), found[4].strip()


def _fill_nbib(record: Record, tags: _Tags) -> None:
    record.key = tags("PMID")
    record.keep("pmid", record.key)
    record.put("title", tags("TI", "BTI", "TT").rstrip("."))
    full, short = tags.all("FAU"), tags.all("AU")
    # A group has no name in full: FAU and AU have one line a person, CN one a group.
    people = [person for name in full or short for person in people_in(name, record.notes)]
    put_people(record, "authors", [*people, *map(team, tags.all("CN"))])
    put_people(record, "editors", [person for name in tags.all("FED") for person in people_in(name, record.notes)])
    tags.all("ED")
    put_date(record, tags("DP"))
    for tag in ("LID", "AID"):
        for value in tags.all(tag):
            found = re.fullmatch(r"(\S+) \[doi\]", value)
            if found and not record.data.get("doi"):
                record.put("doi", found[1])
            elif not found or found[1] != record.data.get("doi"):
                record.keep("article-id", value)
    kinds = tags.all("PT")
    kind = next((_NBIB_TYPES[name] for name in kinds if name in _NBIB_TYPES), "article")
    record.keep("publication-types", "; ".join(kinds))
    short_name = tags("TA")
    put_venue(record, kind, tags("JT") or short_name or tags("PB"), {
        "short": short_name, "volume": tags("VI"), "number": tags("IP"),
        "pages": clean_pages(_whole_pages(tags("PG"))), "publisher": tags("PB"),
    })  # fmt: skip
    record.put("abstract", "\n\n".join(tags.all("AB")))
    record.data["keywords"] = [word for value in tags.all("OT", "MH") for word in [value] if word]
    record.keep("issn", "; ".join(tags.all("IS")))
    record.keep("language", tags("LA"))
    # Elsewhere RN are somebody's notes.
    record.keep("registry-numbers", "; ".join(tags.all("RN")))


def _whole_pages(pages: str) -> str:
    """Return ``1234-41`` as ``1234-1241``: PubMed leaves out what the last page shares with the first."""
    first, dash, last = pages.partition("-")
    if dash and first.isdecimal() and last.isdecimal() and len(last) < len(first):
        return f"{first}-{first[: len(first) - len(last)]}{last}"
    return pages
