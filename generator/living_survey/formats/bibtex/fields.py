"""From the fields of an entry in BibTeX or BibLaTeX to a record. I/O: none."""

import re
from functools import cache

from living_survey.formats.bibtex.latex import braced, journal_macro, to_text, unknown_commands
from living_survey.formats.bibtex.names import read_names
from living_survey.formats.dates import read_date
from living_survey.formats.fields import ARXIV, BARE_ARXIV, clean_pages, put_arxiv, put_date, put_doi, put_link, put_url
from living_survey.formats.markup import plain_latex
from living_survey.formats.names import put_people
from living_survey.formats.record import FieldReader, Record, split_keywords, team, tidy
from living_survey.model.identifiers import ARXIV_WITHIN, arxiv_id

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
VERBATIM = {"author", "editor", "doi", "url", "eprint"}
"""Fields that are read in ways of their own."""
_ADDRESSES = VERBATIM - {"author", "editor"}
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
NOT_ONLY_ARXIV = re.compile(
    rf"arxiv(?:\.org)?|\be-?prints?|preprint|\bcorr\b|abs/|pdf/|https?://|{ARXIV_WITHIN}"
    r"|\[[\w.,\s-]+\]|\b(?:available|at|online|abs|pdf)\b|\b(?:19|20)\d\d\b|[\s:,.;()\[\]/]",
    re.IGNORECASE,
)
"""All that a journal called "arXiv preprint arXiv:2303.00001 [cs.DL] (2023)" consists of."""

_ADDRESS = re.compile(r"https?://[^\s<>\"{}]+")
_VISIT = re.compile(
    r"[\s.,;(\[]*\b(?:last\s+)?(?:accessed|visited|retrieved|checked|consulted)\b(?:\s+on)?\s*:?\s*"
    r"(?P<day>[\w][\w\s,./-]{0,30}\d{2,4}(?:-\d\d)?)[\s.,;)\]]*",
    re.IGNORECASE,
)
_LEADS_TO = re.compile(
    r"(?i)\b(?:available|online|at|from|url|web(?:site|page)?|see|electronic(?:ally)?|internet|on)\b"
)
"""What is said around an address and is no venue."""


def fill(record: Record, entry_type: str, fields: dict[str, str]) -> None:
    """Put an entry's fields where a paper file has them."""
    kind = TYPES.get(entry_type, "misc")
    if entry_type not in TYPES:
        record.keep("entrytype", entry_type)
    if unknown := unknown_commands(value for name, value in fields.items() if name not in _ADDRESSES):
        record.notes.append(f"TeX commands that are not known: {', '.join(unknown)}; look at what became of them")
    fields = {name: value if name in VERBATIM else plain_latex(value) for name, value in fields.items()}
    take = FieldReader(fields, to_text)
    title, subtitle = take("title"), take("subtitle")
    record.put("title", f"{title}: {subtitle}" if title and subtitle else title or subtitle)
    if raw := fields.get("title"):
        record.data["protect"] = braced(raw)
    _people(record, take)
    _drop_sort_key(record, take)
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


def _people(record: Record, take: FieldReader) -> None:
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


def _drop_sort_key(record: Record, take: FieldReader) -> None:
    """Leave out what old styles sort an entry by where it says no more than the names."""
    people = record.data.get("authors") or [{}]
    if take.text("key") in (people[0].get("family"), people[0].get("team")):
        take("key")


def _dates(record: Record, take: FieldReader) -> None:
    date, year, month, day = take("date"), take("year"), take("month"), take("day")
    whole = read_date(date.partition("/")[0]) if re.match(r"\d{4}(?:-\d\d){1,2}/", date) else read_date(date)
    if not whole.year:
        record.keep("date", date)
        put_date(record, year, month, day)
        return
    if not re.fullmatch(r"\d{4}(?:-\d\d){0,2}", date) or not whole.exact:
        record.keep("date", date)
    if year and read_date(year).year != whole.year:
        # As biber has it. The month and the day are the date's, too.
        record.notes.append(f"the year {year} and the date {date} differ: the date is taken")
        record.keep("year", year)
    elif not whole.month:
        put_date(record, whole.year, month, day)
        return
    put_date(record, whole.text)


def _ids(record: Record, take: FieldReader) -> None:
    """Set DOI and arXiv id."""
    put_doi(record, verbatim(take.raw("doi")))
    archive = " ".join([take("archiveprefix"), take("eprinttype")]).strip()
    eprint = verbatim(take.raw("eprint"))
    if eprint and ((not archive and BARE_ARXIV.fullmatch(eprint)) or archive.lower() == "arxiv" or ARXIV.match(eprint)):
        put_arxiv(record, eprint)
    elif eprint:
        record.keep("eprint", eprint)
        record.keep("eprinttype", archive)
    for name in ("arxiv", "arxivid", "arxiv-id"):
        if name in take:
            put_arxiv(record, verbatim(take.raw(name)))
    classes = [take("primaryclass"), take("eprintclass")]
    if record.data.get("arxiv"):
        record.put("arxiv_class", next(filter(None, classes), ""))
    else:
        record.keep("primaryclass", " ".join(classes).strip())
    places = [name for name in ("volume", "pages", "journal", "journaltitle", "howpublished", "note") if name in take]
    # "Comment on arXiv:1801.00001" names another work: only a field that says nothing else names this one.
    places = [name for name in places if not NOT_ONLY_ARXIV.sub("", take.text(name))]
    named = {name: {arxiv_id(found[1]): found[0] for found in ARXIV.finditer(take.text(name))} for name in places}
    for ids in named.values():
        if len(ids) == 1 and not record.data.get("arxiv"):
            put_arxiv(record, *ids.values())
    for name, ids in named.items():
        is_archive = re.search(r"(?i)arxiv|corr", take.text(name)) and not ids
        if (arxiv := record.data.get("arxiv")) and (ids.keys() == {arxiv} or is_archive):
            record.notes.append(f"{name} {take(name)} says no more than the arXiv ID")


def _venue(record: Record, take: FieldReader, kind: str, entry_type: str) -> str:
    """Set the venue; return the type, which is another where the source names no venue."""
    in_a_journal = take.text("journal") or take.text("journaltitle")
    if kind in ("inproceedings", "incollection") and in_a_journal and not take.text("booktitle"):
        record.notes.append(f"@{entry_type} with a journal and no book: imported as an article")
        kind = "article"
    elif kind == "article" and not in_a_journal and take.text("booktitle"):
        record.notes.append(f"@{entry_type} with a book and no journal: imported as inproceedings")
        kind = "inproceedings"
    abbreviated = journal_macro(take.left.get("journal", "") or take.left.get("journaltitle", ""))
    name = next((text for field in _VENUE_NAMES.get(kind, ()) if field in take and (text := take(field))), "")
    name = _without_address(record, name)
    for subtitle in ("journalsubtitle", "booksubtitle"):
        name = f"{name}: {take(subtitle)}" if name and subtitle in take else name
    if not name and kind in ("article", "inproceedings", "incollection", "misc", "online") and record.data.get("arxiv"):
        if kind not in ("misc", "online", "article"):
            record.notes.append(f"@{entry_type} without a venue: imported as a preprint")
        kind = "preprint"
    elif not name and kind in ("article", "inproceedings"):
        record.notes.append(f"@{entry_type} without a venue: imported as misc")
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
    record.put("venue.short", take("shortjournal") or (abbreviated[1] if abbreviated[0] == name else ""))
    record.put("venue.series", take("series"))
    record.put("venue.volume", take("volume"))
    record.put("venue.number", take("number") or take("issue"))
    record.put("venue.pages", clean_pages(take("pages")))
    if kind in ("article", "inproceedings", "incollection"):
        record.put("venue.publisher", take("publisher"))
    return kind


def _without_address(record: Record, text: str) -> str:
    """Return a text without the address in it, which becomes the record's, and without the day of somebody's visit."""
    if not (found := _ADDRESS.search(text)):
        return text
    record.put("url", found[0].rstrip(".,;:)]}>"))
    rest = text.replace(found[0], found[0][len(found[0].rstrip(".,;:)]}>")) :], 1)
    if visit := _VISIT.search(rest):
        day = visit["day"].strip(" .,;:()[]")
        exact = re.fullmatch(r"\d{4}-\d\d-\d\d", day)
        record.keep("urldate" if exact else "note", day if exact else tidy(visit[0]).strip(" .,;:()[]"))
        rest = rest.replace(visit[0], " ")
    return "" if not re.search(r"\w", _LEADS_TO.sub(" ", rest)) else tidy(rest).strip(" .,;:([<")


def _addresses(record: Record, take: FieldReader) -> None:
    for address in re.split(r"\s+", verbatim(take.raw("url"))):
        put_url(record, address)
    for name, link in _LINKS.items():
        if name in take:
            put_link(record, link, verbatim(take.raw(name)))


@cache
def escapes() -> re.Pattern[str]:
    """Return the pattern of signs that programs escape in addresses."""
    return re.compile(r"\{?\\([_%&#$~])(?:\{\})?\}?")


def verbatim(latex: str) -> str:
    """Return an identifier or an address without the TeX that some programs put into it."""
    text = re.sub(r"\{(\\[_%&#$])(?:\{\})?\}", r"\1", _TILDE.sub("~", latex.strip()))
    text = re.sub(r"\\(?:url|href|path|nolinkurl)\s*\{([^{}]*)\}(?:\s*\{[^{}]*\})?", r"\1", text)
    for sign, commands in _SIGNS.items():
        text = re.sub(rf"\{{?(?:{commands})(?:\s*\{{\}}|\s+|(?![A-Za-z]))\}}?", sign, text)
    text = re.sub(r"\\ensuremath\s*\{([^{}]*)\}|(?<!\\)\$([<>_~]|[^$\s]{1,3})(?<!\\)\$", r"\1\2", text)
    text = escapes().sub(r"\1", text)
    return re.sub(r"[{}]|\\(?=[^\w])", "", text).strip()


_TILDE = re.compile(
    r"\{?\\(?:textasciitilde|string~|~(?=\{\}))(?:\{\})?\}?|\$\s*\{?\\(?:scriptstyle)?\s*(?:\\sim|sim)\}?\s*\$"
    r"|\{?\\raise\s*\.?[\d.]+ex\s*\\hbox\s*\{\s*\$\s*(?:\\scriptstyle)?\s*\\sim\s*\$\s*\}\}?"
)
"""A tilde in an address."""
_SIGNS = {
    "<": r"\\textless|\\less|\\lt", ">": r"\\textgreater|\\greater|\\gt", "_": r"\\textunderscore", "|": r"\\textbar",
    "^": r"\\textasciicircum", "--": r"\\textendash",
}  # fmt: skip
