"""Read BibTeX and BibLaTeX files as they are found in the wild.

bibtexparser splits the file and goes on behind mistakes; pybtex reads the names. I/O: none.
"""

import logging
import re
from collections.abc import Collection, Mapping, Sequence
from functools import cache

from bibtexparser.library import Library
from bibtexparser.model import DuplicateBlockKeyBlock, DuplicateFieldKeyBlock, Entry, ParsingFailedBlock
from bibtexparser.splitter import Splitter
from pybtex.database import Person
from pybtex.errors import capture

from living_survey.formats.bibtex.latex import braced, to_text
from living_survey.formats.fields import clean_pages, put_date, put_link, put_url
from living_survey.formats.markup import plain_latex, plain_name
from living_survey.formats.names import GROUP, OTHERS, Name, about_line, put_people, read_parts
from living_survey.formats.record import MONTHS, Reading, Record, extra_name, person, split_keywords, team, tidy
from living_survey.model.private import is_private
from living_survey.model.values import SUFFIX_PATTERN

TYPES = {
    "article": "article", "periodical": "misc", "suppperiodical": "article",
    "inproceedings": "inproceedings", "conference": "inproceedings",
    "incollection": "incollection", "inbook": "incollection", "suppbook": "incollection", "bookinbook": "incollection",
    "suppcollection": "incollection", "inreference": "incollection",
    "book": "book", "mvbook": "book", "booklet": "misc", "collection": "book", "mvcollection": "book",
    "reference": "book", "mvreference": "book", "proceedings": "proceedings", "mvproceedings": "proceedings",
    "thesis": "thesis", "phdthesis": "thesis", "mastersthesis": "thesis", "mathesis": "thesis",
    "report": "report", "techreport": "report",
    "dataset": "dataset", "software": "software", "softwareversion": "software", "softwaremodule": "software",
    "online": "online", "electronic": "online", "www": "online", "webpage": "online", "misc": "misc",
}  # fmt: skip
"""Entry type → type of a paper; all others are ``misc`` and keep theirs under ``extra``."""
_EDITED = {"collection", "mvcollection", "proceedings", "mvproceedings", "reference", "mvreference"}
_OF_THE_WORK = {
    "ids", "doi", "url", "urldate", "pages", "abstract", "tldr", "keywords", "keyword", "crossref", "title",
    "subtitle", "titleaddon", "shorttitle", "eprint", "eprinttype", "eprintclass", "archiveprefix", "primaryclass",
    "arxiv", "arxivid", "arxiv-id", "pmid", "pmcid",
}  # fmt: skip
"""What belongs to one work alone, so that a chapter does not take it over from its book."""
_VERBATIM = {"author", "editor", "doi", "url", "eprint"}
"""Fields that are read in ways of their own."""
_THESES = {"mastersthesis": "Master's thesis", "mathesis": "Master's thesis"}
_DEFAULT_TYPES = {"phdthesis", "mathesis", "techreport"}
_LINKS = {
    "code": "code", "github": "code", "repository": "code", "software": "code", "dataset": "data", "data": "data",
    "website": "project", "project": "project", "homepage": "project", "video": "video", "talk": "video",
    "slides": "slides", "model": "weights", "weights": "weights", "huggingface": "weights",
}  # fmt: skip
_VENUE_NAMES = {
    "article": ("journaltitle", "journal"),
    "inproceedings": ("booktitle", "eventtitle"),
    "incollection": ("booktitle",),
    "book": ("publisher",),
    "proceedings": ("publisher", "organization"),
    "thesis": ("school", "institution", "publisher"),
    "report": ("institution", "organization", "publisher"),
    "dataset": ("publisher", "organization", "howpublished"),
    "software": ("publisher", "organization", "howpublished"),
    "online": ("organization", "publisher", "howpublished"),
    "misc": ("howpublished", "journaltitle", "journal", "booktitle"),
}
_ARXIV = re.compile(
    r"(?i)(?:arxiv[\s:./]*(?:org/)?(?:abs/|pdf/)?|^abs/)(\d{4}\.\d{4,5}|[a-z-]+(?:\.[A-Z]{2})?/\d{7})(v\d+)?"
)
_NOT_ONLY_ARXIV = re.compile(
    r"(?i)arxiv(?:\.org)?|\be-?prints?|preprint|\bcorr\b|abs/|pdf/|https?://|\d{4}\.\d{4,5}(?:v\d+)?"
    r"|[a-z-]+/\d{7}(?:v\d+)?|\[[\w.,\s-]+\]|\b(?:available|at|online|abs|pdf)\b|\b(?:19|20)\d\d\b|[\s:,.;()\[\]/]"
)
"""All that a journal called "arXiv preprint arXiv:2303.00001 [cs.DL] (2023)" consists of."""
_BARE_ARXIV = re.compile(r"(\d{4}\.\d{4,5}|[a-z-]+(?:\.[A-Z]{2})?/\d{7})(v\d+)?(?:\.pdf)?")

# The parser logs what it also returns, and this module reports.
logging.getLogger("bibtexparser").setLevel(logging.CRITICAL)


def read_bibtex(text: str, path: str) -> Reading:
    """Read all entries of a file; see `Reading` for what is not an entry."""
    library = Splitter(text).split()
    reading = Reading()
    strings = _strings(library, reading)
    found: dict[str, dict[str, str]] = {}
    twice: set[str] = set()
    entries: list[tuple[Entry, dict[str, str], Record]] = []
    for block in library.blocks:
        line = (block.start_line or 0) + 1
        notes: list[str] = []
        if isinstance(block, DuplicateBlockKeyBlock):
            if not isinstance(block.ignore_error_block, Entry):
                reading.notes.append((line, f"@string {block.key} stands twice; the first is used"))
                continue
            if block.key:
                notes.append(f"the key {block.key} stands twice in the file")
            block = block.ignore_error_block
        elif isinstance(block, DuplicateFieldKeyBlock) and block.ignore_error_block:
            names = ", ".join(sorted(block.duplicate_keys))
            notes.append(f"{names} stands twice in the entry: both are kept")
            block = block.ignore_error_block
        elif isinstance(block, ParsingFailedBlock):
            first = (block.raw or "").strip().split("\n")[0][:60]
            why = " ".join(str(getattr(block.error, "abort_reason", block.error)).split()).rstrip(".")
            reading.refused.append((line, first, f"{why}: mend the entry and import again"))
            continue
        if isinstance(block, Entry):
            record = Record(path, line, block.key, notes=notes)
            fields = _fields(block, strings, record)
            entries.append((block, fields, record))
            if name := _name(block.key):
                twice |= {name} & found.keys()
                found.setdefault(name, fields)
        elif type(block).__name__ == "Preamble":
            reading.notes.append((line, "@preamble left out: its TeX code is for the old bibliography"))
        elif type(block).__name__.endswith("Comment"):
            words = " ".join(str(getattr(block, "comment", "")).split())
            reading.notes.append((line, f"comment left out: {words[:60]}{'…' if len(words) > 60 else ''}"))
    for entry, fields, record in entries:
        if entry.entry_type.lower() in ("xdata", "set"):
            what = {"xdata": "data for other entries, taken over there", "set": "a set of other entries"}
            reading.notes.append((record.line, f"@{entry.entry_type} {entry.key}: {what[entry.entry_type.lower()]}"))
            continue
        record.position = len(reading.records) + 1
        _fill(record, entry.entry_type.lower(), _inherit(entry, fields, found, twice, record.notes))
        reading.records.append(record)
    return reading


def _strings(library: Library, reading: Reading) -> dict[str, str]:
    strings = {month: month for month in MONTHS}
    for string in library.strings:
        strings[string.key.lower()] = _value(str(string.value), strings)
    if library.strings:
        line = (library.strings[0].start_line or 0) + 1
        reading.notes.append((line, f"{len(library.strings)} @string abbreviations written out where they are used"))
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
        notes.append(f"crossref {parent_key} is not in the file")
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
        notes.append(f"the key {parent_key} stands twice in the file: the first is taken")
    whole.pop("crossref")
    return {**taken, **whole}


def _with_xdata(
    fields: Mapping[str, str], found: Mapping[str, dict[str, str]], seen: frozenset[str] = frozenset()
) -> dict[str, str]:
    """Return fields completed with the data that they name, which may name further data."""
    whole = {name: value for name, value in fields.items() if name != "xdata"}
    for name in map(_name, fields.get("xdata", "").split(",")):
        if name in found and name not in seen:
            whole = {**_with_xdata(found[name], found, seen | {name}), **whole}
    return whole


def _fill(record: Record, entry_type: str, fields: dict[str, str]) -> None:
    """Put an entry's fields where a paper file has them."""
    kind = TYPES.get(entry_type, "misc")
    if entry_type not in TYPES:
        record.keep("entrytype", entry_type)
    fields = {name: value if name in _VERBATIM else plain_latex(value) for name, value in fields.items()}
    take = _Taker(fields)
    title, subtitle = take("title"), take("subtitle")
    record.put("title", f"{title}: {subtitle}" if title and subtitle else title or subtitle)
    if raw := fields.get("title"):
        record.data["protect"] = braced(raw)
    _people(record, take)
    _dates(record, take)
    _ids(record, take)
    kind = _venue(record, take, kind, entry_type)
    record.put("type", kind)
    if kind == "preprint":
        record.put("status", "preprint")
    _addresses(record, take)
    record.put("abstract", tidy(take("abstract")))
    for name in ("keywords", "keyword"):
        for word in split_keywords(take(name)):
            record.data.setdefault("keywords", []).append(word)
    record.put("tldr", tidy(take("tldr")))
    record.put("source_keys", [key for key in re.split(r"\s*,\s*", take("ids").strip()) if key])
    thesis = _THESES.get(entry_type)
    if (given := take("type")) and given not in _DEFAULT_TYPES:
        record.keep("type", given)
    elif thesis or given == "mathesis":
        record.keep("type", thesis or "Master's thesis")
    for name in ("location", "address", "place"):
        record.keep("address", take(name))
    record.keep("language", take("langid"))
    for name in fields:
        record.keep(name, take(name))


class _Taker:
    """Hands out each field once, as text."""

    def __init__(self, fields: dict[str, str]) -> None:
        self._fields = dict(fields)

    def __call__(self, name: str) -> str:
        return tidy(to_text(self._fields.pop(name, ""))) if name != "abstract" else to_text(self._fields.pop(name, ""))

    def raw(self, name: str) -> str:
        """Hand out a field as LaTeX."""
        return self._fields.pop(name, "")

    def text(self, name: str) -> str:
        """Show a field without handing it out."""
        return tidy(to_text(self._fields.get(name, "")))

    def __contains__(self, name: str) -> bool:
        return name in self._fields


def _people(record: Record, take: _Taker) -> None:
    authors, editors = (read_names(take.raw(role), record.notes) for role in ("author", "editor"))
    if not authors and editors:
        authors, editors = editors, []
        record.put("edited", "true")
    if not authors:
        for name in ("organization", "institution", "publisher", "howpublished"):
            if name in take and (group := take(name)) and not group.startswith("http"):
                authors = [team(group)]
                record.notes.append(f"no author: {name} stands in")
                break
    put_people(record, "authors", authors)
    put_people(record, "editors", editors)


_BETWEEN = re.compile(r"\s*;\s*|\s+and\s+", re.IGNORECASE)
_AMPERSAND = re.compile(r"\s*\\?&\s*")
_COMMA = re.compile(r"\s*,\s*")
_HANGING = re.compile(r"^(?:and\s+)+|(?:\s+and)+$", re.IGNORECASE)
_FOR_OTHERS = re.compile(r"(?:^|[\s,]+)(?:et\.?\s+al\.?|\{?others\}?)$", re.IGNORECASE)
_BRACED = re.compile(r"\{(?:[^{}]|\{[^{}]*\})*\}")


def read_names(latex: str, notes: list[str]) -> list[Name]:
    """Return the people and groups of a list of names; `OTHERS` at the end where it says that there are more.

    Args:
        latex: Names joined by ``and``, as BibTeX has them; by semicolons or commas too, as some databases write and
            people paste.
        notes: Gets a line about every name that is not understood or was parted.
    """
    names, others = list[str](), False
    for part in _split(plain_name(latex), _BETWEEN):
        for name in [part] if GROUP.search(part) else _split(part, _AMPERSAND):
            whole = _HANGING.sub("", name.strip(" ,"))
            bare = _FOR_OTHERS.sub("", whole).strip(" ,")
            others = others or bare != whole
            names += [bare] if bare else []
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
    if re.match(r"(?:family|given)\s*=", parts[0]):
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
    given = {name.strip(): to_text(value.strip(' "')) for name, _, value in (part.partition("=") for part in parts)}
    family = " ".join(filter(None, [given.get("prefix"), given.get("family")]))
    return person(family, given.get("given", ""), given.get("suffix", ""))


def _one_name(name: str, notes: list[str]) -> Name:
    if _BRACED.fullmatch(name) and not re.fullmatch(r"\{\\[^a-zA-Z ].{0,6}\}", name):
        inner = to_text(name[1:-1])
        return team(inner) if re.search(r"[\s\d]", inner) or len(inner) > 20 else person(inner)
    with capture() as wrong:
        parsed = Person(name)
    if wrong:
        notes.append(f"the name {to_text(name)} is not understood: kept in one piece")
        return team(to_text(name))
    family = to_text(" ".join([*parsed.prelast_names, *parsed.last_names]))
    given = to_text(" ".join([*parsed.first_names, *parsed.middle_names]))
    suffix = to_text(" ".join(parsed.lineage_names))
    if len(parsed.last_names) == 1 and not given and re.fullmatch(r"\{.*\s.*\}", parsed.last_names[0]):
        return team(family)
    return person(family, given, suffix) or team(to_text(name) or re.sub(r"[\\{}]", "", name))


def _dates(record: Record, take: _Taker) -> None:
    date, year, month, day = take("date"), take("year"), take("month"), take("day")
    # "month = jul # { 4}" is how plain BibTeX states a day.
    if (found := re.fullmatch(r"(\S+?)[\s,]+(\d{1,2})(?:st|nd|rd|th)?|(\d{1,2})\.?\s+(\S+)", month)) and not day:
        month, day = (found[1], found[2]) if found[1] else (found[4], found[3])
    if date:
        if exact := re.match(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?(?=$|/|T)", date):
            year, month, day = year or exact[1], month or exact[2] or "", day or exact[3] or ""
            if exact[0] != date:
                record.keep("date", date)
        else:
            record.keep("date", date)
            year = year or date
    put_date(record, year, month, day)


def _ids(record: Record, take: _Taker) -> None:
    """Set DOI and arXiv id."""
    doi = re.sub(r"(?i)^(?:doi:?\s*|https?://(?:dx\.)?doi\.org/)", "", _verbatim(take.raw("doi"))).strip()
    if arxiv_doi := re.fullmatch(r"(?i)10\.48550/arxiv\.(.+)", doi):
        _put_arxiv(record, arxiv_doi[1])
    else:
        record.put("doi", doi)
    archive = " ".join([take("archiveprefix"), take("eprinttype")]).strip()
    eprint = _verbatim(take.raw("eprint"))
    if eprint and (
        (not archive and _BARE_ARXIV.fullmatch(eprint)) or archive.lower() == "arxiv" or _ARXIV.match(eprint)
    ):
        _put_arxiv(record, eprint)
    elif eprint:
        record.keep("eprint", eprint)
        record.keep("eprinttype", archive)
    for name in ("arxiv", "arxivid", "arxiv-id"):
        if name in take:
            _put_arxiv(record, _verbatim(take.raw(name)))
    classes = [take("primaryclass"), take("eprintclass")]
    if record.data.get("arxiv"):
        record.put("arxiv_class", next(filter(None, classes), ""))
    else:
        record.keep("primaryclass", " ".join(classes).strip())
    places = [name for name in ("volume", "pages", "journal", "journaltitle", "howpublished", "note") if name in take]
    # "Comment on arXiv:1801.00001" names another work: only a field that says nothing else names this one.
    places = [name for name in places if not _NOT_ONLY_ARXIV.sub("", take.text(name))]
    named = {name: {found[1]: found[0] for found in _ARXIV.finditer(take.text(name))} for name in places}
    for ids in named.values():
        if len(ids) == 1 and not record.data.get("arxiv"):
            _put_arxiv(record, *ids.values())
    for name, ids in named.items():
        is_archive = re.search(r"(?i)arxiv|corr", take.text(name)) and not ids
        if (arxiv := record.data.get("arxiv")) and (ids.keys() == {arxiv} or is_archive):
            record.notes.append(f"{name} {take(name)} says no more than the arXiv id")


def _put_arxiv(record: Record, text: str) -> None:
    text = text.strip()
    found = _ARXIV.search(text) or _BARE_ARXIV.fullmatch(text)
    if not found:
        record.keep("arxiv", text)
        return
    if found[2]:
        record.notes.append(f"version {found[2]} of arXiv {found[1]} left out: the entry is of the paper")
    record.put("arxiv", found[1])


def _venue(record: Record, take: _Taker, kind: str, entry_type: str) -> str:
    """Set the venue; return the type, which is another where the source names no venue."""
    name = next((text for field in _VENUE_NAMES.get(kind, ()) if field in take and (text := take(field))), "")
    if name and re.match(r"https?://\S+$", name):
        record.put("url", name)
        name = ""
    for subtitle in ("journalsubtitle", "booksubtitle"):
        name = f"{name}: {take(subtitle)}" if name and subtitle in take else name
    if not name and kind in ("article", "inproceedings", "incollection", "misc", "online") and record.data.get("arxiv"):
        if kind not in ("misc", "online", "article"):
            record.notes.append(f"@{entry_type} without a venue: filed as a preprint")
        kind = "preprint"
    elif not name and kind in ("article", "inproceedings"):
        record.notes.append(f"@{entry_type} without a venue: filed as misc")
        record.keep("entrytype", entry_type)
        kind = "misc"
    elif not name and kind == "incollection":
        # BibTeX's inbook is a part of a book that has the entry's title.
        record.keep("entrytype", entry_type)
        kind = "book"
        name = take("publisher")
    if not name:
        for field in ("series", "volume", "number", "issue", "pages", "publisher"):
            record.keep("number" if field == "issue" else field, take(field))
        return kind
    record.put("venue.name", name)
    record.put("venue.short", take("shortjournal"))
    record.put("venue.series", take("series"))
    record.put("venue.volume", take("volume"))
    record.put("venue.number", take("number") or take("issue"))
    record.put("venue.pages", clean_pages(take("pages")))
    if kind in ("article", "inproceedings", "incollection"):
        record.put("venue.publisher", take("publisher"))
    return kind


def _addresses(record: Record, take: _Taker) -> None:
    for address in re.split(r"\s+", _verbatim(take.raw("url"))):
        put_url(record, address)
    for name, link in _LINKS.items():
        if name in take:
            put_link(record, link, _verbatim(take.raw(name)))


@cache
def _escapes() -> re.Pattern[str]:
    return re.compile(r"\{?\\([_%&#$~])(?:\{\})?\}?")


def _verbatim(latex: str) -> str:
    """Return an identifier or an address without the TeX that some programs put into it."""
    text = re.sub(r"\\url\s*\{(.*)\}", r"\1", latex.strip())
    text = _escapes().sub(r"\1", text).replace(r"\textasciitilde", "~")
    return re.sub(r"[{}]|\\(?=[^\w])", "", text).strip()
