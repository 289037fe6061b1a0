"""Put what readers of formats find into the fields of a record, in the one way that all formats share.

I/O: none.
"""

import re

from living_survey.formats.record import Record, month_number


def put_date(record: Record, year: str, month: str = "", day: str = "") -> None:
    """Set year and date of a record; what is no date is kept as it is written."""
    found = re.search(r"(?<!\d)[12]\d{3}(?!\d)", year)
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
        if day.isdecimal() and 1 <= int(day) <= 31:
            full += f"-{int(day):02d}"
        elif day:
            record.keep("day", day)
        record.put("published", full)


def put_doi(record: Record, text: str) -> None:
    """Set a DOI that may be written as an address; arXiv's own is the arXiv id."""
    doi = re.sub(r"(?i)^(?:doi:?\s*|https?://(?:dx\.)?doi\.org/)", "", text)
    if found := re.fullmatch(r"(?i)10\.48550/arxiv\.(.+)", doi):
        record.put("arxiv", found[1])
    else:
        record.put("doi", doi)


def put_url(record: Record, address: str) -> None:
    """Set the address at which a record is read, unless its DOI or arXiv id says as much."""
    doi, arxiv = record.data.get("doi", ""), record.data.get("arxiv", "")
    resolved = re.sub(r"(?i)^https?://(?:dx\.)?doi\.org/", "", address)
    if resolved.lower() in (str(doi).lower(), f"10.48550/arxiv.{arxiv}".lower()):
        return
    if arxiv and re.fullmatch(rf"(?i)https?://arxiv\.org/(?:abs|pdf)/{re.escape(arxiv)}(?:v\d+)?(?:\.pdf)?", address):
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
    published = ("article", "inproceedings", "incollection")
    if not name and kind in (*published, "misc") and record.data.get("arxiv"):
        kind = "preprint"
    elif not name and kind in published:
        record.notes.append(f"{kind} without a venue: filed as misc")
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
    text = re.sub(r"^(?:pp?\.|pages?)\s*", "", text.strip())
    text = re.sub(r"\s*(?:-+|[‐-―−])\s*", "-", text)
    return re.sub(r"\s*[,;]\s*", ", ", text).strip("-, +").removesuffix("ff").strip()
