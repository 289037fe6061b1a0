"""Put what readers of formats find into the fields of a record, in the one way that all formats share.

I/O: none.
"""

import html
import re
from dataclasses import replace
from urllib.parse import unquote

from living_survey.formats.dates import Date, month_number, read_date
from living_survey.formats.record import Record
from living_survey.model.identifiers import (
    ARXIV_ADDRESS,
    ARXIV_BEHIND,
    ARXIV_DOI,
    ARXIV_DOI_PATTERN,
    ARXIV_WITHIN,
    DOI_ADDRESS,
    DOI_IN_FRONT,
    DOI_PATTERN,
    arxiv_id,
)
from living_survey.model.parts import WITH_VENUE

ARXIV = re.compile(rf"(?:arxiv[\s:./]*(?:org/)?(?:abs/|pdf/)?|^abs/){ARXIV_WITHIN}", re.IGNORECASE)
"""An arXiv id that a text says is one, and its version."""
BARE_ARXIV = re.compile(rf"{ARXIV_WITHIN}(?:\.pdf)?", re.IGNORECASE)
PAGES_IN_FRONT, PAGES_BETWEEN = r"^(?:pp?\.|pages?)\s*", r"\s*(?:-+|[‐-―−])\s*|(?<=\d) to (?=\d)"
"""What is written in front of pages, and between the first and the last."""


def put_date(record: Record, year: str, month: str = "", day: str = "") -> None:
    """Set year and date of a record; what is no date, or says more than one, is kept as it is written.

    Args:
        record: Gets ``year`` and ``published``.
        year: The year, or a whole date.
        month: Its number or name; a day or a range of days may stand with it.
        day: Its number.
    """
    whole = read_date(year)
    if not whole.year:
        record.keep("date", " ".join(part for part in (year, month, day) if part))
        return
    record.put("year", whole.year)
    if not whole.exact:
        record.keep("date", year)
    if month:
        number = month_number(month)
        within = Date(month=number, exact=True) if number and month.isdecimal() else read_date(month)
        if not within.exact or not within.month:
            record.keep("month", month)
        whole = replace(whole, month=within.month, day=within.day)
    if day.isdecimal() and len(day) <= 2 and 1 <= int(day) <= 31:
        whole = replace(whole, day=int(day))
    elif day:
        record.keep("day", day)
    if whole.month:
        record.put("published", whole.text)


def put_doi(record: Record, text: str) -> None:
    """Set a DOI that may be written as an address; arXiv's own is the arXiv id."""
    doi = re.sub(r"&#?\w+;", lambda entity: html.unescape(entity[0]), text.strip())
    doi, in_a_sentence = re.subn(DOI_IN_FRONT, "", doi, flags=re.IGNORECASE)
    if "%" in doi and re.fullmatch(DOI_PATTERN, plain := unquote(doi)):
        doi = plain
    if in_a_sentence:
        doi = re.sub(r"(?<!-)[.,;]+$", "", doi)
    if found := re.match(ARXIV_DOI_PATTERN, doi, re.IGNORECASE):
        put_arxiv(record, found[1])
    else:
        record.put("doi", doi)


def put_arxiv(record: Record, text: str) -> None:
    """Set the arXiv id that stands in a text, without its version; a text without one is kept."""
    text = text.strip()
    found = ARXIV.search(text) or BARE_ARXIV.fullmatch(text)
    if not found:
        record.keep("arxiv", text)
        return
    arxiv = arxiv_id(found[1])
    if found[2]:
        record.notes.append(f"version {found[2]} of arXiv {arxiv} skipped: the entry is for the paper")
    record.put("arxiv", arxiv)


def put_url(record: Record, address: str) -> None:
    """Set the address at which a record is read, unless its DOI or arXiv id says as much."""
    doi, arxiv = record.data.get("doi", ""), record.data.get("arxiv", "")
    resolved = re.sub(DOI_ADDRESS, "", address, flags=re.IGNORECASE)
    if resolved.lower() in (str(doi).lower(), f"{ARXIV_DOI}{arxiv}".lower()):
        return
    if arxiv and re.match(f"{ARXIV_ADDRESS}{re.escape(arxiv)}{ARXIV_BEHIND}", address, re.IGNORECASE):
        return
    record.put("url", address)


def put_link(record: Record, link: str, address: str) -> None:
    """Set one of the links of a paper; what is no address is kept."""
    if re.match(r"https?://\S+$", address) and link not in record.data.get("links", {}):
        record.put(f"links.{link}", address)
    else:
        record.keep(link, address)


def put_venue(record: Record, kind: str, name: str, parts: dict[str, str]) -> None:
    """Set type and venue of a record; without a venue, what belongs to one is kept."""
    if not name and kind in (*WITH_VENUE, "misc") and record.data.get("arxiv"):
        kind = "preprint"
    elif not name and kind in WITH_VENUE:
        record.notes.append(f"{kind} without a venue: imported as misc")
        record.keep("entrytype", kind)
        kind = "misc"
    if kind == "preprint":
        record.put("status", "preprint")
        if name and name.lower() != "arxiv":
            record.keep("howpublished", name)
        name = ""
    record.put("type", kind)
    if name:
        record.put("venue.name", name)
        for part, value in parts.items():
            if value and value != record.data["venue"].get("name"):
                record.put(f"venue.{part}", value)
    else:
        for part, value in parts.items():
            record.keep(part, value)


def clean_pages(text: str) -> str:
    """Return pages as ``first-last``."""
    text = re.sub(PAGES_IN_FRONT, "", text.strip())
    text = re.sub(PAGES_BETWEEN, "-", text)
    return re.sub(r"(?<=\d)\s*ff?\.?$", "", re.sub(r"\s*[,;]\s*", ", ", text).strip("-, +"))
