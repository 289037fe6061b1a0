"""Papers as machines read them inside a page: Highwire tags, COinS, schema.org.

Google Scholar and Zotero read Highwire tags on the page of one paper; Zotero reads COinS where a page lists several.
Sources: https://scholar.google.com/intl/en/scholar/inclusion.html, the OpenURL COinS specification (2005),
https://schema.org/ScholarlyArticle. I/O: none.
"""

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

from living_survey.formats.entry import date_of
from living_survey.model.paper import Paper
from living_survey.model.parts import Author

_VENUE_TAGS = {
    "article": "citation_journal_title",
    "inproceedings": "citation_conference_title",
    "incollection": "citation_inbook_title",
    "report": "citation_technical_report_institution",
    "thesis": "citation_dissertation_institution",
}
"""Which of them is there tells Zotero what kind of work it is."""
_SCHEMA_TYPES = {
    "book": "Book",
    "dataset": "Dataset",
    "online": "WebPage",
    "report": "Report",
    "software": "SoftwareSourceCode",
    "thesis": "Thesis",
}
"""All others are a ``ScholarlyArticle``."""


def pdf_url(paper: Paper) -> str | None:
    """Return the address of a PDF of the paper where it is known by rule."""
    if paper.url and paper.url.endswith(".pdf"):
        return paper.url
    return f"https://arxiv.org/pdf/{paper.arxiv}" if paper.arxiv else None


def highwire_tags(paper: Paper, page_url: str, keywords: list[str]) -> list[tuple[str, str]]:
    """Return (name, content) of the ``meta`` elements of a paper's page; authors in their order.

    Args:
        paper: The paper.
        page_url: Absolute address of the page; empty when the site does not know its own.
        keywords: Titles of the paper's themes.
    """
    venue = paper.venue
    first, _, last = (venue.pages or "").partition("-") if venue else ("", "", "")
    date = "/".join(str(int(part)) for part in date_of(paper).split("-"))
    tags = [("citation_title", paper.title.text)]
    tags += [("citation_author" if not paper.edited else "citation_editor", a.sort_name) for a in paper.authors]
    tags.append(("citation_publication_date", date))
    if venue and paper.type in _VENUE_TAGS:
        tags.append((_VENUE_TAGS[paper.type], venue.name))
    if venue:
        publisher = venue.publisher or ("" if paper.type in _VENUE_TAGS else venue.name)
        tags += [("citation_publisher", publisher), ("citation_volume", venue.volume or "")]
        tags += [("citation_issue", venue.number or ""), ("citation_firstpage", first), ("citation_lastpage", last)]
    tags += [("citation_doi", paper.doi or paper.arxiv_doi or ""), ("citation_arxiv_id", paper.arxiv or "")]
    tags += [("citation_pdf_url", pdf_url(paper) or ""), ("citation_abstract_html_url", page_url)]
    tags += [("citation_keywords", keyword) for keyword in keywords]
    return [(name, content) for name, content in tags if content]


def coins(paper: Paper) -> str:
    """Return a paper as a ContextObject in key-encoded values, for the title of an empty ``span``."""
    venue = paper.venue
    book = paper.type in ("inproceedings", "incollection", "book", "proceedings")
    pairs = [("ctx_ver", "Z39.88-2004"), ("rfr_id", "info:sid/living-survey")]
    if paper.type == "thesis":
        pairs += [("rft_val_fmt", "info:ofi/fmt:kev:mtx:dissertation"), ("rft.title", paper.title.text)]
        pairs += [("rft.inst", venue.name if venue else "")]
    elif book:
        genre = {"inproceedings": "proceeding", "incollection": "bookitem"}.get(paper.type, "book")
        pairs += [("rft_val_fmt", "info:ofi/fmt:kev:mtx:book"), ("rft.genre", genre)]
        inside = genre != "book"
        pairs += [("rft.atitle" if inside else "rft.btitle", paper.title.text)]
        pairs += [("rft.btitle", venue.name if venue and inside else "")]
        pairs += [("rft.pub", (venue.publisher or ("" if inside else venue.name)) if venue else "")]
    else:
        genre = "preprint" if paper.type == "preprint" else "article"
        pairs += [
            ("rft_val_fmt", "info:ofi/fmt:kev:mtx:journal"),
            ("rft.genre", genre),
            ("rft.atitle", paper.title.text),
        ]
        pairs += [("rft.jtitle", venue.name if venue else "")]
    if venue:
        pairs += [
            ("rft.volume", venue.volume or ""),
            ("rft.issue", venue.number or ""),
            ("rft.pages", venue.pages or ""),
        ]
    pairs.append(("rft.date", date_of(paper)))
    first = paper.authors[0]
    pairs += [("rft.aulast", first.family or ""), ("rft.aufirst", first.given or "")] if not first.team else []
    pairs += [("rft.au", author.name) for author in paper.authors[0 if first.team else 1 :]]
    if doi := paper.doi or paper.arxiv_doi:
        pairs.append(("rft_id", f"info:doi/{doi}"))
    if paper.reader_url:
        pairs.append(("rft_id", paper.reader_url))
    return urlencode([(name, value) for name, value in pairs if value])


def schema_org(paper: Paper, page_url: str, keywords: list[str]) -> dict[str, Any]:
    """Return a paper as schema.org sees it; arguments as for `highwire_tags`."""
    return {"@context": "https://schema.org", **work_data(paper, page_url, keywords)}


def work_data(paper: Paper, page_url: str = "", keywords: Sequence[str] = ()) -> dict[str, Any]:
    """Return the same without its context, for a place inside other data."""
    venue = paper.venue
    data: dict[str, Any] = {
        "@type": _SCHEMA_TYPES.get(paper.type, "ScholarlyArticle"),
        "name": paper.title.text,
        "headline": paper.title.text,
        "editor" if paper.edited else "author": [_agent(author) for author in paper.authors],
        "datePublished": date_of(paper),
        "keywords": list(keywords),
        "url": paper.reader_url,
        "mainEntityOfPage": page_url,
        "pagination": venue.pages if venue else None,
    }
    if venue and paper.type in ("article", "inproceedings", "incollection"):
        kind = "Periodical" if paper.type == "article" else "Book"
        data["isPartOf"] = {"@type": kind, "name": venue.name}
        if venue.volume:
            data["isPartOf"] |= {"@type": "PublicationVolume", "volumeNumber": venue.volume}
    if venue and venue.publisher:
        data["publisher"] = {"@type": "Organization", "name": venue.publisher}
    identifiers = [("DOI", paper.doi or paper.arxiv_doi), ("arXiv", paper.arxiv)]
    data["identifier"] = [
        {"@type": "PropertyValue", "propertyID": name, "value": value} for name, value in identifiers if value
    ]
    data["sameAs"] = [f"https://doi.org/{doi}"] if (doi := paper.doi or paper.arxiv_doi) else []
    return {name: value for name, value in data.items() if value}


def _agent(author: Author) -> dict[str, Any]:
    if author.team is not None:
        return {"@type": "Organization", "name": author.team}
    person = {"@type": "Person", "name": author.name, "givenName": author.given, "familyName": author.family}
    person["@id"] = f"https://orcid.org/{author.orcid}" if author.orcid else None
    return {name: value for name, value in person.items() if value}
