"""What names a work, a person or a place: citation keys, DOIs, arXiv ids, ORCIDs, addresses, ids of a survey's own.

I/O: none.
"""

import html
import re
from typing import Annotated, Any
from urllib.parse import quote, urlsplit

from pydantic import AfterValidator, BeforeValidator

from living_survey.model.values import LONGEST_LINE, Matching, Rule, Text, one_line, rule, value_error
from living_survey.syntax.yaml_reader import Plain, quoted

MAX_KEY = 100
"""Letters of a citation key; it is the name of a file and of a folder."""
MAX_THEME = 150
"""Letters of a theme's path; it is the name of folders, and with an ending that of a bibliography."""
# Patterns match a value as a whole and go into the JSON Schema: JavaScript has to read them too, where \d is 0 to 9.
KEY_PATTERN = r"[A-Za-z][A-Za-z0-9]*(?:[-_][A-Za-z0-9]+)*"
ARXIV_PATTERN = r"[0-9]{2}(?:0[1-9]|1[0-2])\.[0-9]{4,5}|[a-z]+(?:-[a-z]+)?(?:\.[A-Z]{2})?/[0-9]{7}"
DOI_PATTERN = r"10\.[0-9]{4,9}/[!#-\[\]-z|~]+"
ORCID_PATTERN = r"(?:[0-9]{4}-){3}[0-9]{3}[0-9X]"
_PORT = r"(?::(?:[0-5]?[0-9]{1,4}|6[0-4][0-9]{3}|65[0-4][0-9]{2}|655[0-2][0-9]|6553[0-5])?)?"
URL_PATTERN = (
    rf"[Hh][Tt][Tt][Pp][Ss]?://[A-Za-z0-9\-._~!$&'()*+,;=%]+{_PORT}(?:[/?#][A-Za-z0-9\-._~:/?#\[\]@!$&'()*+,;=%]*)?"
)
_ARXIV_AROUND = r"^(?:arxiv:\s*|https?://arxiv\.org/(?:abs|pdf)/)|v[0-9]+$|\.pdf$"
_DOI_AROUND = r"^(?:doi:\s*|https?://(?:dx\.)?doi\.org/)"
"""What people write around an identifier; letters in any case."""
ARXIV_DOI = "10.48550/arXiv."
"""In front of an arXiv id, the DOI that arXiv gives it."""
ARXIV_DOI_PATTERN = r"10\.48550/arxiv\.(.+)$"
"""Such a DOI at the end of a text; letters in any case."""
ARXIV_WAYS = (
    r"(?:[Aa][Rr][Xx][Ii][Vv]:\s*|https?://[\w.-]+/(?:abs|pdf|html|papers)/)?"
    r"(\d{4}\.\d{4,5}|[a-z-]+(?:\.[A-Z]{2})?/\d{7})(?:v\d+)?(?:\.pdf)?/?(?:[?#].*)?"
)
"""How people give an arXiv id: alone, with ``arXiv:``, or in an address of arXiv or of a site that keeps arXiv's, such
as Hugging Face's papers."""
ARXIV_WITHIN = rf"({ARXIV_PATTERN})(?![0-9])(v[0-9]+)?"
"""An arXiv id in a text, and its version; letters in any case, which `arxiv_id` puts right."""
DOI_WITHIN = r"""\b(10\.\d{4,9}/[^\s"<>{}\\]+)"""
"""A DOI in a text or in an address."""
DOI_ADDRESS = r"^https?://(?:dx\.)?doi\.org/"
DOI_IN_FRONT = rf"^(?:doi:?\s*|{DOI_ADDRESS[1:]})"
"""What services and formats write in front of a DOI; letters in any case."""
ARXIV_ADDRESS = r"^https?://arxiv\.org/(?:abs|pdf)/"
ARXIV_BEHIND = r"(?:v\d+)?(?:\.pdf)?$"
"""What stands around an arXiv id in an address of arXiv; letters in any case."""
RESERVED_NAMES = frozenset(
    ["page", "index", "unfiled", "con", "prn", "aux", "nul"]
    + [f"{name}{n}" for name in ("com", "lpt") for n in range(10)]
)
"""Names that are addresses of the site, or devices on Windows."""


def is_web_or_relative(address: str) -> bool:
    """Say whether an address in a text leads to the web, to a mailbox, or to a place in the site.

    Browsers read entities and drop white space and control characters before they look for a scheme.
    """
    unseen = r"[\x00-\x20\x7f-\x9f\u00ad\u200b-\u200f\u2028-\u202e\ufeff\\]"
    plain = re.sub(unseen, "", html.unescape(html.unescape(address)))
    scheme = re.match(r"([^/?#.]*?):", plain)
    return not scheme or scheme[1].lower() in ("http", "https", "mailto")


def check_key(value: str) -> str:
    """Check that text can be a citation key: a file name and an address on every system, and BibTeX takes it."""
    if not re.fullmatch(KEY_PATTERN, value):
        raise value_error("key-invalid", value=value)
    if len(value) > MAX_KEY:
        raise value_error("key-too-long", value=value[:30], length=len(value), limit=MAX_KEY)
    if value.lower() in RESERVED_NAMES:
        raise value_error("name-reserved", value=value)
    return value


def check_theme_length(path: str) -> str:
    """Check that the path of a theme can be part of an address and of the name of a file on every system."""
    if len(path) > MAX_THEME:
        raise value_error("theme-path-too-long", value=path[:30], length=len(path), limit=MAX_THEME)
    return path


def _arxiv(value: Any) -> str:
    if isinstance(value, Plain):
        raise value_error("arxiv-unquoted", value=value, fixed=quoted(value))
    text = one_line(value)
    bare = re.sub(_ARXIV_AROUND, "", text, flags=re.IGNORECASE)
    if not re.fullmatch(ARXIV_PATTERN, text):
        hint = f'write "{bare}", without version and address' if bare != text else ""
        raise value_error("arxiv-invalid", hint, value=text)
    return text


def _doi(value: Any) -> str:
    text = one_line(value)
    if not re.fullmatch(DOI_PATTERN, text):
        bare = re.sub(_DOI_AROUND, "", text, flags=re.IGNORECASE)
        raise value_error("doi-invalid", f"write {bare}" if bare != text else "", value=text)
    return text


def _url(value: Any) -> str:
    text = one_line(value)
    try:
        parts = urlsplit(text)
        host, _ = parts.hostname, parts.port
    except ValueError:
        host = None
    if not text.lower().startswith(("http://", "https://")) or not host:
        raise value_error("url-invalid", value=text)
    if "@" in parts.netloc:
        raise value_error("url-password")
    if not re.fullmatch(r"[A-Za-z0-9\-._~:/?#\[\]@!$&'()*+,;=%]+", text):
        raise value_error("url-characters", value=text, fixed=quote(text, safe=_URL_SAFE))
    if not re.fullmatch(URL_PATTERN, text):
        raise value_error("url-invalid", value=text)
    return text


_URL_SAFE = "-._~:/?#[]@!$&'()*+,;=%"


def _orcid(value: Any) -> str:
    text = one_line(value)
    if not re.fullmatch(ORCID_PATTERN, text):
        raise value_error("orcid-invalid", value=text)
    if not orcid_adds_up(text):
        raise value_error("orcid-checksum", value=text)
    return text


def orcid_adds_up(orcid: str) -> bool:
    """Say whether the last character of an ORCID iD is the one that its digits ask for."""
    total = 0
    for digit in orcid.replace("-", "")[:-1]:
        total = (total + int(digit)) * 2  # ISO 7064 11,2
    return "0123456789X"[(12 - total % 11) % 11] == orcid[-1]


Url = Annotated[
    str,
    BeforeValidator(_url),
    rule(URL_PATTERN, "a web address", "a web address starts with https://", format="uri", maxLength=LONGEST_LINE),
]
Doi = Annotated[
    str,
    BeforeValidator(_doi),
    rule(DOI_PATTERN, "a DOI", "a DOI starts with 10. and has no spaces", x_around=_DOI_AROUND, maxLength=LONGEST_LINE),
]
ArxivId = Annotated[
    str,
    BeforeValidator(_arxiv),
    rule(
        ARXIV_PATTERN,
        "an arXiv ID",
        "an arXiv ID looks like 2312.08361",
        x_around=_ARXIV_AROUND,
        maxLength=LONGEST_LINE,
    ),
]
Key = Annotated[
    Text,
    AfterValidator(check_key),
    rule(
        KEY_PATTERN, "a citation key: letters, digits, -, and _, starting with a letter", "like vaswani2017attention",
        x_reserved=sorted(RESERVED_NAMES), maxLength=MAX_KEY,
    ),
]  # fmt: skip
Slug = Annotated[
    Text, Matching.build(r"[a-z0-9]+(?:-[a-z0-9]+)*", "lowercase words joined by hyphens", "like reed-warbler")
]
ThemePath = Annotated[
    Text,
    Matching.build(
        r"[a-z0-9]+(?:-[a-z0-9]+)*(?:/[a-z0-9]+(?:-[a-z0-9]+)*)*",
        "a theme",
        "a theme looks like serving/scheduling",
        x_vocabulary="themes",
    ),
    AfterValidator(check_theme_length),
    Rule({"maxLength": MAX_THEME}),
]
Orcid = Annotated[
    str,
    BeforeValidator(_orcid),
    rule(ORCID_PATTERN, "an ORCID iD", "an ORCID iD looks like 0000-0002-1825-0097", x_checksum="ISO 7064 11-2"),
]


def arxiv_id(text: str) -> str:
    """Return an arXiv id with its letters as arXiv writes them: ``hep-th/9901001``, ``math.AG/0101001``."""
    archive, slash, number = text.rpartition("/")
    name, dot, subject = archive.partition(".")
    return f"{name.lower()}{dot}{subject.upper()}{slash}{number}"


def which_identifier(text: str) -> tuple[str, str] | None:
    """Return the field that takes an identifier, and the identifier without what people write around it.

    The field is ``doi``, ``arxiv`` or ``url``; none where the text is none of them.
    """
    text = " ".join(text.split())
    bare = re.sub(DOI_IN_FRONT, "", text, flags=re.IGNORECASE)
    found = re.fullmatch(ARXIV_WAYS, text) or re.fullmatch(ARXIV_DOI_PATTERN, bare, re.IGNORECASE)
    if found and re.fullmatch(ARXIV_PATTERN, found[1]):
        return "arxiv", found[1]
    if re.fullmatch(DOI_PATTERN, bare):
        return "doi", bare
    return ("url", text) if re.fullmatch(URL_PATTERN, text) else None


def work_ids(doi: str | None, arxiv: str | None) -> list[str]:
    """Return the identifiers of a work in a form that can be compared; arXiv's own DOI is the arXiv id."""
    ids = []
    if doi:
        lower = doi.lower()
        ids.append(f"arXiv {lower[len(ARXIV_DOI) :]}" if lower.startswith(ARXIV_DOI.lower()) else f"DOI {lower}")
    if arxiv and f"arXiv {arxiv.lower()}" not in ids:
        ids.append(f"arXiv {arxiv.lower()}")
    return ids
