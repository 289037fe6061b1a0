"""Papers as RIS, which EndNote, Zotero, Mendeley and Papers import; a browser hands ``.ris`` straight to Zotero.

Tags: the RIS format of Research Information Systems as EndNote and Zotero read it. I/O: none.
"""

from living_survey.formats.entry import PLAIN, Include, date_of
from living_survey.model.paper import Paper
from living_survey.model.parts import Author

TYPES = {
    "article": "JOUR",
    "inproceedings": "CPAPER",
    "incollection": "CHAP",
    "book": "BOOK",
    "proceedings": "CONF",
    "thesis": "THES",
    "report": "RPRT",
    "preprint": "UNPB",
    "dataset": "DATA",
    "software": "COMP",
    "online": "ELEC",
    "misc": "GEN",
}
FURTHER_TAGS = {
    "address": "CY",
    "edition": "ET",
    "isbn": "SN",
    "issn": "SN",
    "type": "M3",
    "language": "LA",
    "note": "N1",
}
"""Name under ``extra`` → tag."""


def to_ris(paper: Paper, include: Include = PLAIN) -> str:
    """Return a paper as one RIS record, with a final newline."""
    venue, extra = paper.venue, paper.extra or {}
    people = "A2" if paper.edited and paper.type not in ("book", "proceedings") else "ED" if paper.edited else "AU"
    lines = [("TY", TYPES[paper.type]), ("ID", paper.key)]
    lines += [(people, _name(author)) for author in paper.authors]
    lines += [(people, "others")] if paper.and_others else []
    lines += [("A2" if people != "A2" else "ED", _name(editor)) for editor in paper.editors or ()]
    lines.append(("TI", paper.title.text))
    if venue:
        own = paper.type in ("book", "proceedings", "thesis", "report", "dataset", "software", "online", "misc")
        lines.append(("PB" if own else "T2", venue.name))
        lines += [("J2", venue.short)] if venue.short and venue.short != venue.name else []
        first, _, last = (venue.pages or "").partition("-") if "," not in (venue.pages or "") else (venue.pages, "", "")
        lines += [("T3", venue.series or ""), ("VL", venue.volume or ""), ("IS", venue.number or "")]
        lines += [("SP", first or ""), ("EP", last), ("PB", "" if own else venue.publisher or "")]
    lines += [("PY", str(paper.year)), ("DA", (date_of(paper).replace("-", "/") + "//")[:10])]
    lines += [("DO", paper.doi or paper.arxiv_doi or ""), ("UR", paper.reader_url or "")]
    lines += [("AN", f"arXiv:{paper.arxiv}")] if paper.arxiv else []
    lines += [(tag, " ".join(extra[name].split())) for name, tag in FURTHER_TAGS.items() if name in extra]
    lines += [("KW", keyword) for keyword in paper.themes or ()]
    lines += [("KW", keyword.strip()) for keyword in extra.get("keywords", "").split(",")]
    lines += [("AB", (paper.abstract or "").replace("\n\n", " "))] if include.abstract else []
    lines += [("N2", (paper.summary or paper.tldr or "").replace("\n\n", " "))] if include.summary else []
    return "".join(f"{tag}  - {value}\n" for tag, value in lines if value) + "ER  - \n"


def _name(author: Author) -> str:
    if author.team is not None:
        # Programs split names at the comma; a team's stays in one piece without one.
        return author.team.replace(",", "")
    return ", ".join(part for part in (author.family, author.given, author.suffix) if part)
