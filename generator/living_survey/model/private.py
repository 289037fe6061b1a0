"""What reference managers keep for one person alone: remarks, ranks, groups, paths on a disk.

The one list of it: importers leave it out, the checks warn of it, and no page, file or export of a survey has it. It
goes by names, and by values that lead nowhere but on somebody's own machine. I/O: none.
"""

import re
from collections.abc import Mapping

NOTES = "notes"
"""The folder beside the papers in which somebody keeps such fields for themselves."""
_NAMES = """
    comment comments annote annotes annotation annotations review reviews notes privnote memo todo
    owner username timestamp creationdate modificationdate added-at posted-at time-added
    date-added date-modified dateadded datemodified date-read dateread
    groups collections folders
    rating ranking priority relevance printed qualityassured read readstatus read-status markedentry
    file files localfile local-file localfiles local-files localurl local-url attachment attachments
    n1 rn rp u1 u2 u3 u4 u5 l1 l4
"""
"""In the order of their sources: remarks; who had the record, and when; where it is filed; how it is marked (JabRef,
BibDesk); paths; RIS, where N1 and RN are notes, RP says whether there is a reprint, U1 to U5 are the owner's."""
_FAMILIES = re.compile(
    r"comments?-.+|(?:my|own|priv|private|personal|internal|research|reading)-?(?:notes?|comments?|annotations?|tags)"
    r"|(?:bdsk|mendeley|citeulike|zotero|jabref|docear|qiqqa|papis|paperpile|readcube)-.+"
)
"""JabRef's remarks of each user, notes by any name, and what programs call after themselves."""
_ON_A_DISK = re.compile(
    r"\s*(?::?/(?:home|users|volumes|mnt|media|private|root|tmp|var)/|~/|[a-z]:[\\/]|\\\\\w|(?:file|zotero|mendeley"
    r"|papers\d?|readcube|internal-pdf|evernote|obsidian|onenote|bookends|skim|x-devonthink-item):/)",
    re.IGNORECASE,
)
"""Paths and addresses that open on somebody's own machine alone."""
_PROSE = frozenset(("title", "subtitle", "booktitle", "maintitle", "abstract", "note", "tldr", "summary"))
"""What may begin like a path and is none."""
NAMES = frozenset(_NAMES.split())
_PUBLIC = """
    title subtitle titleaddon shorttitle maintitle mainsubtitle maintitleaddon booktitle booksubtitle booktitleaddon
    journal journaltitle journalsubtitle shortjournal issuetitle issuesubtitle issue series volume volumes number part
    chapter pages pagetotal numpages eid edition version entrytype type howpublished
    bookauthor collaboration translator annotator commentator introduction foreword afterword holder orcid
    address location place publisher institution school organization venue eventtitle eventdate eventtitleaddon
    date year month day season published origdate origtitle origpublisher origlocation origlanguage language
    reprinttitle doi arxiv eprint eprinttype primaryclass url urldate isbn issn eissn isrn isan ismn iswc pmid pmcid
    mrnumber zblnumber bibcode adsurl identifier article-id registry-numbers publication-types archive archive-location
    note addendum pubstate status copyright rights license medium section scale keywords tldr
"""
"""In the order of what they are about: titles and places in a work; people; who brought it out, and where; dates;
identifiers; what is said of it."""
PUBLIC = frozenset(_PUBLIC.split())


def is_private(name: str, value: str = "") -> bool:
    """Say whether a field is private.

    Args:
        name: As the paper file writes it under ``extra``: small letters, digits, hyphens.
        value: What it says.
    """
    bare = re.sub(r"-\d+$", "", name)  # a field that stood there several times
    on_a_disk = bare not in _PROSE and bool(_ON_A_DISK.match(value))
    return bare in NAMES or bool(_FAMILIES.fullmatch(name)) or on_a_disk


def public_part(extra: Mapping[str, str] | None) -> dict[str, str]:
    """Return what a survey shows and exports of a paper's ``extra``: fields that bibliographies know, and say."""
    return {
        name: value
        for name, value in (extra or {}).items()
        if re.sub(r"-\d+$", "", name) in PUBLIC and not is_private(name, value)
    }


def private_part(extra: Mapping[str, str] | None) -> dict[str, str]:
    """Return the private fields of a paper's ``extra``."""
    return {name: value for name, value in (extra or {}).items() if is_private(name, value)}
