"""Read a folder of Markdown files with YAML front matter, one paper each, as many site generators keep them.

I/O: none.
"""

import re
from typing import Any

from living_survey.formats.bibtex.names import read_names
from living_survey.formats.dates import read_date
from living_survey.formats.fields import clean_pages, put_arxiv, put_date, put_doi, put_link, put_url, put_venue
from living_survey.formats.names import Name, people_in, put_people
from living_survey.formats.record import FieldReader, Reading, Record, UnreadableError, split_keywords, tidy
from living_survey.model.identifiers import ARXIV_ADDRESS, ARXIV_WITHIN
from living_survey.syntax.yaml_reader import read_mapping

_VENUES = {
    "journal": "article", "journaltitle": "article", "conference": "inproceedings", "booktitle": "inproceedings",
    "publication": "", "venue": "",
}  # fmt: skip
"""Field that names the venue → type of the paper, where it tells."""
_LINKS = {
    "code": "code", "github": "code", "data": "data", "dataset": "data", "project": "project", "website": "project",
    "video": "video", "slides": "slides", "weights": "weights", "model": "weights",
}  # fmt: skip
_AT_ARXIV = re.compile(ARXIV_ADDRESS + ARXIV_WITHIN, re.IGNORECASE)
_PAGE = ("layout", "permalink", "redirect_from", "published", "collection", "excerpt_separator", "date_added")
"""Fields that are about the page, not the paper."""


def read_markdown(raw: bytes, path: str) -> Reading:
    """Read one file."""
    found = re.match(rb"(?:\xef\xbb\xbf)?---[ \t]*\r?\n(.*?)^---[ \t]*\r?$(.*)", raw, re.DOTALL | re.MULTILINE)
    if not found:
        raise UnreadableError('no front matter: the first line is not "---"')
    document = read_mapping(found[1], path, first_line=2)
    if document.problems or not document.data:
        problem = document.problems[0] if document.problems else None
        words = f"line {problem.line}: {problem.message}. {problem.hint}" if problem else "the front matter is empty"
        raise UnreadableError(words.strip(". "))
    record = Record(path, 1, re.sub(r".*/|\.(?:md|markdown)$", "", path), position=1)
    body = found[2].decode("utf-8", errors="replace").strip()
    _fill(record, document.data, body)
    return Reading([record])


def _fill(record: Record, data: dict[str, Any], body: str) -> None:
    take = FieldReader(data)
    left = take.left
    for name in _PAGE:
        if name in left:
            record.notes.append(f"skipped: {name} (about the page)")
            left.pop(name)
    record.key = take("bibkey", "key", "citekey") or record.key
    record.put("title", take("title"))
    authors = left.pop("authors", None) or left.pop("author", None)
    put_people(record, "authors", _authors(authors, record.notes))
    date, year = take("date"), take("year")
    whole = read_date(date[:10] if re.match(r"\d{4}-\d\d-\d\d[ T]", date) else date)
    put_date(record, whole.text if whole.year and year in ("", whole.year) else year or date)
    if date and (not whole.exact or year not in ("", whole.year)):
        record.keep("date", date)
    put_doi(record, take("doi"))
    if text := take("arxiv", "eprint"):
        put_arxiv(record, text)
    more = left.pop("additional_links", None)
    for link in more if isinstance(more, list) else []:
        if isinstance(link, dict):
            _one_link(record, str(link.get("name", "link")), str(link.get("url", "")))
    for name, link in _LINKS.items():
        if value := take(name):
            put_link(record, link, value)
    for address in (take("url", "link", "paper"), take("paperurl", "pdf")):
        if _AT_ARXIV.match(address):
            put_arxiv(record, address)
        if address:
            put_url(record, address)
    kind, venue = "", ""
    for name, meaning in _VENUES.items():
        if value := take(name):
            kind, venue = kind or meaning, venue or value
            if venue != value:
                record.keep(name, value)
    if re.fullmatch(r"(?i)arxiv(?: preprint)?.*", venue) and record.data.get("arxiv"):
        venue = ""
    kind = (
        take("type")
        or kind
        or ("article" if re.search(r"(?i)journal|transactions|letters", venue) else "inproceedings")
    )
    put_venue(record, kind, venue, {
        "volume": take("volume"), "number": take("number"), "pages": clean_pages(take("pages")),
        "publisher": take("publisher"),
    })  # fmt: skip
    record.put("abstract", take("abstract") or _plain(body))
    if "abstract" in data and body:
        record.keep("body", _plain(body))
    record.put("tldr", take("tldr"))
    words: list[str] = []
    for name in ("tags", "keywords", "categories"):
        value = left.pop(name, None)
        words += [tidy(str(word)) for word in value] if isinstance(value, list) else split_keywords(str(value or ""))
    record.data["keywords"] = words
    for name, value in left.items():
        record.keep(name, value if isinstance(value, str) else str(value))


def _authors(value: Any, notes: list[str]) -> list[Name]:
    """Return the people of a list of names, or of a line of them."""
    people: list[Name] = []
    for one in value if isinstance(value, list) else [value or ""]:
        text = str(one.get("name", "") if isinstance(one, dict) else one)
        people += read_names(text, notes) if re.search(r"[\\{}]", text) else people_in(text, notes, listed=True)
    return people


def _one_link(record: Record, name: str, address: str) -> None:
    if _AT_ARXIV.match(address):
        put_arxiv(record, address)
    elif link := next((target for word, target in _LINKS.items() if word in name.lower()), None):
        put_link(record, link, address)
    else:
        put_url(record, address)


def _plain(body: str) -> str:
    """Return a page's text without its markup; headings and links become their words."""
    text = re.sub(r"\{%.*?%\}|<[^>]+>|!\[[^\]]*\]\([^)]*\)", "", body, flags=re.DOTALL)
    text = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", text)
    return tidy(re.sub(r"^#+\s*|[*_`]{1,3}(?=\S)|(?<=\S)[*_`]{1,3}", "", text, flags=re.MULTILINE))
