"""Put what readers of formats find into the fields of a record, in the one way that all formats share.

I/O: none.
"""

import re

from living_survey.formats.record import Record, month_number
from living_survey.model.identifiers import (
    ARXIV_ADDRESS,
    ARXIV_BEHIND,
    ARXIV_DOI,
    ARXIV_DOI_PATTERN,
    ARXIV_WITHIN,
    DOI_ADDRESS,
    DOI_IN_FRONT,
    arxiv_id,
)
from living_survey.model.parts import WITH_VENUE

ARXIV = re.compile(rf"(?:arxiv[\s:./]*(?:org/)?(?:abs/|pdf/)?|^abs/){ARXIV_WITHIN}", re.IGNORECASE)
"""An arXiv id that a text says is one, and its version."""
BARE_ARXIV = re.compile(rf"{ARXIV_WITHIN}(?:\.pdf)?", re.IGNORECASE)
YEAR = r"(?<!\d)[12]\d{3}(?!\d)"
"""A year in a text."""
PAGES_IN_FRONT, PAGES_BETWEEN = r"^(?:pp?\.|pages?)\s*", r"\s*(?:-+|[‐-―−])\s*"
"""What is written in front of pages, and between the first and the last."""


def put_date(record: Record, year: str, month: str = "", day: str = "") -> None:
    """Set year and date of a record; what is no date is kept as it is written."""
    found = re.search(YEAR, year)
    if not found:
        record.keep("date", " ".join(part for part in (year, month, day) if part))
        return
    record.put("year", found[0])
    if found[0] != year.strip():
        record.keep("date", year)
    number = month_number(month) if month else None
    if month and not number:
        record.keep("month", month)
    elif number:
        full = f"{found[0]}-{number:02d}"
        if day.isdecimal() and len(day) <= 2 and 1 <= int(day) <= 31:
            full += f"-{int(day):02d}"
        elif day:
            record.keep("day", day)
        record.put("published", full)


def put_doi(record: Record, text: str) -> None:
    """Set a DOI that may be written as an address; arXiv's own is the arXiv id."""
    doi = re.sub(DOI_IN_FRONT, "", text, flags=re.IGNORECASE).strip()
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
    return re.sub(r"\s*[,;]\s*", ", ", text).strip("-, +").removesuffix("ff").strip()
