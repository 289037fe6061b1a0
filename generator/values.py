"""The types of values in a paper file, and what is wrong with a value that is not one.

Every scalar arrives as text (see `generator.yaml_reader`); each type says itself what it takes, because pydantic would
take ``2_024``, ``2024.0`` and ``nan`` for numbers. I/O: none.
"""

import calendar
import html
import math
import re
import unicodedata
from collections.abc import Callable, Iterable
from typing import Annotated, Any
from urllib.parse import quote, urlsplit

from pydantic import AfterValidator, BeforeValidator, Field
from pydantic_core import PydanticCustomError

from generator.problems import did_you_mean
from generator.yaml_reader import Plain, quoted

MAX_KEY = 100
"""Letters of a citation key; it is the name of a file and of a folder."""
KEY_PATTERN = r"[A-Za-z][A-Za-z0-9]*(?:[-_][A-Za-z0-9]+)*"
RESERVED_NAMES = frozenset(
    ["page", "index", "unfiled", "con", "prn", "aux", "nul"]
    + [f"{name}{n}" for name in ("com", "lpt") for n in range(10)]
)
"""Names that are addresses of the site, or devices on Windows."""


def wrong(message: str, hint: str = "") -> PydanticCustomError:
    """Return the error to raise about a value: what is wrong, and what to type instead."""
    # Messages are format strings to pydantic: the text goes in as a value, so that braces in it stay braces.
    return PydanticCustomError("value", "{message}", {"message": message, "hint": hint})


def _scalar(value: Any, expected: str) -> str:
    if isinstance(value, (list, dict)):
        what = "a list" if isinstance(value, list) else "a mapping"
        raise wrong(f"{what} where {expected} belongs", "write the value behind the colon, on the same line")
    if value is None or not str(value).strip():
        raise wrong(f"no value; {expected} belongs here", "write one, or delete the line")
    return str(value).strip()


def _one_line(value: Any) -> str:
    if isinstance(value, Plain) and value:
        raise wrong(f"unquoted, YAML reads {value} as a number, date, true/false or null", f"write {quoted(value)}")
    text = " ".join(_scalar(value, "text").split())
    return text if text.isascii() else unicodedata.normalize("NFC", text)


def _paragraphs(value: Any) -> str:
    if isinstance(value, Plain) and value:
        return _one_line(value)
    blocks = re.split(r"\n\s*\n", _scalar(value, "text"))
    return unicodedata.normalize("NFC", "\n\n".join(" ".join(block.split()) for block in blocks))


def matching(pattern: str, expected: str, hint: str = "") -> Callable[[str], str]:
    """Return a check that text matches a pattern as a whole."""
    compiled = re.compile(pattern)

    def check(value: str) -> str:
        if not compiled.fullmatch(value):
            raise wrong(f"{value} is not {expected}", hint)
        return value

    return check


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
        raise wrong(
            f"{value} is not a citation key: letters, digits, - and _, a letter first", "like vaswani2017attention"
        )
    if len(value) > MAX_KEY:
        raise wrong(f"the citation key {value[:30]}… has {len(value)} letters", f"at most {MAX_KEY}")
    if value.lower() in RESERVED_NAMES:
        raise wrong(f"the name {value} is reserved", "choose another key")
    return value


def whole_number(low: int, high: int, expected: str) -> Callable[[Any], int]:
    """Return a check for a number in ASCII digits between two bounds, inclusive."""

    def check(value: Any) -> int:
        text = _scalar(value, expected)
        if not re.fullmatch(r"\d{1,9}", text, re.ASCII) or not low <= int(text) <= high:
            raise wrong(f"{text} is not {expected}", f"write digits only, from {low} to {high}")
        return int(text)

    return check


def _date(value: Any) -> str:
    text = _scalar(value, "a date")
    found = re.fullmatch(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?", text, re.ASCII)
    hint = "write YYYY-MM-DD, or YYYY-MM, or YYYY"
    if not found:
        raise wrong(f"{text} is not a date", hint)
    year, month, day = int(found[1]), int(found[2] or 1), int(found[3] or 1)
    if year < 1000 or not 1 <= month <= 12 or not 1 <= day <= calendar.monthrange(year, month)[1]:
        raise wrong(f"{text} is not a day of the calendar", hint)
    return text


def _full_date(value: str) -> str:
    if len(value) != 10:
        raise wrong(f"{value} is not a full date", "write YYYY-MM-DD")
    return value


def _arxiv(value: Any) -> str:
    if isinstance(value, Plain):
        raise wrong(
            f"the arXiv id {value} is not quoted: YAML reads a number and drops zeros", f"write arxiv: {quoted(value)}"
        )
    text = _one_line(value)
    bare = re.sub(r"(?i)^(?:arxiv:\s*|https?://arxiv\.org/(?:abs|pdf)/)|v\d+$|\.pdf$", "", text)
    if not re.fullmatch(r"\d\d(?:0[1-9]|1[0-2])\.\d{4,5}|[a-z]+(?:-[a-z]+)?(?:\.[A-Z]{2})?/\d{7}", text, re.ASCII):
        hint = f'write "{bare}": without version and address' if bare != text else 'an id looks like "2312.08361"'
        raise wrong(f"{text} is not an arXiv id", hint)
    return text


def _doi(value: Any) -> str:
    text = _one_line(value)
    if not re.fullmatch(r"10\.\d{4,9}/[^\s\"\\{}\x7f-\uffff]+", text):
        bare = re.sub(r"(?i)^(?:doi:\s*|https?://(?:dx\.)?doi\.org/)", "", text)
        raise wrong(
            f"{text} is not a DOI", f"write {bare}" if bare != text else "a DOI starts with 10. and has no spaces"
        )
    return text


def _url(value: Any) -> str:
    text = _one_line(value)
    try:
        parts = urlsplit(text)
        host, _ = parts.hostname, parts.port
    except ValueError:
        host = None
    if not text.lower().startswith(("http://", "https://")) or not host:
        raise wrong(f"{text} is not a web address", "an address starts with https://")
    if "@" in parts.netloc:
        raise wrong("an address with a user name or password", "delete what stands before the @")
    if not re.fullmatch(r"[A-Za-z0-9\-._~:/?#\[\]@!$&'()*+,;=%]+", text):
        raise wrong(f"{text} has characters that an address cannot have", f"write {quote(text, safe=_URL_SAFE)}")
    return text


_URL_SAFE = "-._~:/?#[]@!$&'()*+,;=%"


def _pages(value: Any) -> str:
    text = _one_line(value)
    fixed = re.sub(r"\s*(?:--+|[‐-―−])\s*", "-", text)
    if not re.fullmatch(r"\w[\w.:]*(?:-\w[\w.:]*)?(?:, ?\w[\w.:]*(?:-\w[\w.:]*)?)*", text, re.ASCII):
        raise wrong(
            f"{text} is not a page range", f"write {fixed}" if fixed != text else "write first-last, like 279-289"
        )
    for first, last in re.findall(r"(?<![\w.:-])(\d+)-(\d+)(?![\w.:-])", text):
        if int(last) < int(first):
            raise wrong(f"the last page {last} comes before the first, {first}", "write both page numbers in full")
    return text


def _orcid(value: Any) -> str:
    text = _one_line(value)
    if not re.fullmatch(r"(?:\d{4}-){3}\d{3}[\dX]", text, re.ASCII):
        raise wrong(f"{text} is not an ORCID", "an ORCID looks like 0000-0002-1825-0097")
    total = 0
    for digit in text.replace("-", "")[:-1]:
        total = (total + int(digit)) * 2  # ISO 7064 11,2
    if "0123456789X"[(12 - total % 11) % 11] != text[-1]:
        raise wrong(f"{text} is not an ORCID: its last digit does not fit", "compare with orcid.org")
    return text


def _name_part(value: Any) -> str:
    text = _one_line(value)
    if "," in text:
        raise wrong(f"a comma in the name {text}", "write {family: …, given: …, suffix: Jr.}; one author a line")
    return text


def _number_or_text(value: Any) -> str:
    text = " ".join(_scalar(value, "a number or text").split())
    try:
        number = float(text)
    except ValueError:
        return text
    if not math.isfinite(number):
        raise wrong(f"{text} is not a finite number", "write the number as the paper states it")
    return text


def _yes(value: Any) -> bool:
    if _scalar(value, "true") != "true":
        raise wrong(f"{value} where only true makes sense", "write true, or delete the line")
    return True


def choice(options: Iterable[str], what: str) -> BeforeValidator:
    """Return a check for a word of a closed vocabulary."""
    known = list(options)

    def check(value: Any) -> str:
        text = _scalar(value, what)
        if text not in known:
            raise wrong(f"{text} is not {what}", did_you_mean(text, known))
        return text

    return BeforeValidator(check)


def filled_list(value: Any) -> Any:
    """Check that there is a list with something in it; its items are checked by their own type."""
    if not isinstance(value, list):
        raise wrong("a list belongs here", 'start each item on a line of its own with "- "')
    if not value:
        raise wrong("an empty list", "add an item, or delete the line")
    return value


Text = Annotated[str, BeforeValidator(_one_line)]
Paragraphs = Annotated[str, BeforeValidator(_paragraphs)]
NamePart = Annotated[str, BeforeValidator(_name_part)]
Year = Annotated[int, BeforeValidator(whole_number(1000, 2999, "a year"))]
Date = Annotated[str, BeforeValidator(_date), Field(json_schema_extra={"pattern": r"^\d{4}(-\d\d(-\d\d)?)?$"})]
FullDate = Annotated[Date, AfterValidator(_full_date)]
Url = Annotated[str, BeforeValidator(_url), Field(json_schema_extra={"pattern": "^https?://"})]
Doi = Annotated[str, BeforeValidator(_doi), Field(json_schema_extra={"pattern": r"^10\.\d{4,9}/"})]
ArxivId = Annotated[
    str,
    BeforeValidator(_arxiv),
    Field(json_schema_extra={"pattern": r"^(\d{4}\.\d{4,5}|[a-z.-]+(\.[A-Z]{2})?/\d{7})$"}),
]
Key = Annotated[
    Text, AfterValidator(check_key), Field(json_schema_extra={"pattern": f"^{KEY_PATTERN}$", "maxLength": MAX_KEY})
]
Slug = Annotated[Text, AfterValidator(matching(r"[a-z0-9]+(?:-[a-z0-9]+)*", "an id of lower-case words joined by -"))]
ThemePath = Annotated[
    Text,
    AfterValidator(
        matching(
            r"[a-z0-9]+(?:-[a-z0-9]+)*(?:/[a-z0-9]+(?:-[a-z0-9]+)*)*",
            "a theme",
            "a theme looks like serving/scheduling",
        )
    ),
]

Yes = Annotated[bool, BeforeValidator(_yes), Field(json_schema_extra={"const": True})]
Pages = Annotated[str, BeforeValidator(_pages)]
Orcid = Annotated[str, BeforeValidator(_orcid)]
NumberOrText = Annotated[str, BeforeValidator(_number_or_text)]
