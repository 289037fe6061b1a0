"""The types of values in a paper file, and what is wrong with a value that is not one.

Every scalar arrives as text (see `living_survey.syntax.yaml_reader`); each type says itself what it takes, because
pydantic would take ``2_024``, ``2024.0`` and ``nan`` for numbers. I/O: none.
"""

import calendar
import math
import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator, GetCoreSchemaHandler, GetJsonSchemaHandler, PlainSerializer
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

from living_survey.model.title import Title
from living_survey.model.typed_amounts import in_place_of
from living_survey.syntax.characters import CONTROL, VISIBLE, is_visible
from living_survey.syntax.problems import describe, did_you_mean
from living_survey.syntax.yaml_reader import Plain, quoted

DATE_PATTERN = r"[1-9][0-9]{3}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12][0-9]|3[01]))?)?"
FULL_DATE_PATTERN = r"[1-9][0-9]{3}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01])"
PAGES_PATTERN = r"P(?:-P)?(?:, ?P(?:-P)?)*".replace("P", r"[0-9A-Za-z_][0-9A-Za-z_.:]*")
_NOBODY = r"[Ee][Tt](?:\s|\.\s?)[Aa][Ll]\.?|et|[Oo]thers"
"""What stands in a list of names for those that it leaves out."""
_MANY = r"(?:.*\s)?(?:and|AND)(?:\s|$)|.*\sAnd\s"
"""An "and" between names, before or behind them; a family may be called And."""
_NOT_IN_NAMES = (
    (r"[;\uff1b\u061b]", "semicolon", "one author per line"),
    (r"[,\uff0c\u3001\u060c]", "comma", "write {family: …, given: …, suffix: Jr.}; one author per line"),
    (r"[<>]", "markup", "write the name as plain text"),
    (r"[&\uff06]", "&", "one author per line; a group is {team: …}"),
    (
        r"[0-9\u00b2\u00b3\u00b9\u2070-\u2079\u2080-\u2089\uff10-\uff19]", "digit",
        "delete it; a group whose name has digits is {team: …}",
    ),
)  # fmt: skip
"""Characters that no part of a person's name has: (pattern, what is wrong, what to do)."""
_SIGNS = "".join(pattern[1:-1] for pattern, _, _ in _NOT_IN_NAMES)
NAME_PATTERN = (
    rf"^(?!\s*(?:{_NOBODY})\s*$)(?!{_MANY})(?!.*\s[Ee][Tt]\.?\s[Aa][Ll](?:\.|\s|$))"
    rf"(?=.*{VISIBLE})[^{_SIGNS}]*$"
)
"""A part of a person's name."""
_ENTITY = r"&(?:[A-Za-z][A-Za-z0-9]*|#[0-9]+|#[Xx][0-9A-Fa-f]+);"
TEAM_PATTERN = rf"^(?!\s*(?:{_NOBODY})\s*$)(?!.*{_ENTITY})(?=.*{VISIBLE})[^<>]*$"
"""A group's name: with digits, commas, "and", but not with markup."""
SUFFIX_PATTERN = (
    r"[Jj][Rr]\.?|[Ss][Rr]\.?|[JS]nr\.?|Junior|Senior|I{2,3}|IV|VI{0,3}|IX|2nd|2d|3rd|3d|[4-9]th|Esq\.?|Ph\.? ?D\.?"
    r"|M\.? ?D\.?|D\.? ?Sc\.?|[OMC]BE|FRS|S\.?J\.?|O\.?P\.?|O\.?S\.?B\.?|O\.?F\.?M\.?"
    r"|fils|père|filho|Filho|neto|Neto|júnior|Júnior"
)
"""What stands behind a name: a generation, a degree, an honour, an order."""
AMOUNT_PATTERN = r"(?:0|[1-9][0-9]*)(?:\.[0-9]+)?"
NAME_OF_REGISTRY = r"[a-z0-9]+(?:[.-][a-z0-9]+)*"
LONGEST_LIST = 10_000
"""Items of a list: three times the authors of the papers that have most."""
LONGEST_LINE = 5_000
LONGEST_TEXT = 200_000
"""Characters of a line and of running text: more is no paper, and a page that nobody can open."""


def value_error(code: str, hint: str = "", **values: object) -> PydanticCustomError:
    """Return the error to raise about a value; takes what `describe` takes."""
    message, hint = describe(code, hint, **values)
    # Messages are format strings to pydantic: the text goes in as a value, so that braces in it stay braces.
    return PydanticCustomError("value", "{message}", {"code": code, "message": message, "hint": hint})


def scalar(value: Any, expected: str) -> str:
    """Return the text of a single value; ``expected`` says what belongs there."""
    if isinstance(value, (list, dict)):
        what = "a list" if isinstance(value, list) else "a mapping"
        raise value_error("value-not-single", expected=expected, found=what)
    raw = str(value)
    # The reader refuses them in a file as it stands, but inside double quotes "\\u202e" writes one too.
    if not raw.isprintable() and (found := CONTROL.search(raw)):
        raise value_error("character-invisible", character=f"U+{ord(found[0]):04X}")
    text = raw.strip()
    if value is None or not text:
        raise value_error("value-empty", expected=expected)
    if not text.isascii() and not is_visible(text):
        raise value_error("text-invisible", expected=expected)
    if len(text) > LONGEST_TEXT:
        raise value_error("value-too-long", length=f"{len(text):,}", limit=f"{LONGEST_TEXT:,}")
    return text


def one_line(value: Any) -> str:
    """Check a text on one line; return it with single spaces, its characters composed."""
    if isinstance(value, Plain) and value:
        raise value_error("value-unquoted", value=value, fixed=quoted(value))
    text = " ".join(scalar(value, "text").split())
    if len(text) > LONGEST_LINE:
        raise value_error("value-too-long", length=f"{len(text):,}", limit=f"{LONGEST_LINE:,}")
    return text if text.isascii() else unicodedata.normalize("NFC", text)


def _paragraphs(value: Any) -> str:
    if isinstance(value, Plain) and value:
        return one_line(value)
    blocks = re.split(r"\n\s*\n", scalar(value, "text"))
    return unicodedata.normalize("NFC", "\n\n".join(" ".join(block.split()) for block in blocks))


@dataclass(frozen=True, eq=False)
class Rule:
    """Keywords that a type adds to the JSON Schema; those that start with ``x-`` are the survey's own.

    ``x-expected`` and ``x-hint`` are words for a value that is wrong, ``x-help`` is for a form where the description
    speaks of YAML. The others are rules for which JSON Schema has no word: ``docs/contributing/design.md`` lists them.
    """

    keywords: Mapping[str, Any]

    def __get_pydantic_json_schema__(self, core: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        """Add the keywords to what the type says."""
        return {**handler(core), **self.keywords}


def rule(pattern: str = "", expected: str = "", hint: str = "", **keywords: Any) -> Rule:
    """Return keywords of a type; ``x_reserved=…`` stands for ``x-reserved``."""
    words = {"x-expected": expected, "x-hint": hint, "pattern": f"^(?:{pattern})$" if pattern else ""}
    words |= {name.replace("_", "-") if name.startswith("x_") else name: value for name, value in keywords.items()}
    return Rule({name: value for name, value in words.items() if value})


@dataclass(frozen=True, eq=False)
class Matching(Rule):
    """Text that matches a pattern as a whole, in the checks and in the JSON Schema."""

    @classmethod
    def build(cls, pattern: str, expected: str, hint: str = "", **keywords: Any) -> "Matching":
        """Return the check for a pattern."""
        return cls(rule(pattern, expected, hint, **keywords).keywords)

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        """Check after the type itself has."""
        compiled = re.compile(self.keywords["pattern"])

        def check(value: str) -> str:
            if not compiled.fullmatch(value):
                hint = self.keywords.get("x-hint", "")
                raise value_error("value-invalid", hint, value=value, expected=self.keywords["x-expected"])
            return value

        return core_schema.no_info_after_validator_function(check, handler(source))


@dataclass(frozen=True, eq=False)
class WordsAtMost(Rule):
    """Text of at most so many words, in the checks and in the JSON Schema."""

    @classmethod
    def build(cls, limit: int) -> "WordsAtMost":
        """Return the check for a limit."""
        return cls({"x-max-words": limit})

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        """Check after the type itself has."""
        limit = self.keywords["x-max-words"]

        def check(value: str) -> str:
            if (count := len(value.split())) > limit:
                raise value_error("text-too-many-words", count=count, limit=limit)
            return value

        return core_schema.no_info_after_validator_function(check, handler(source))


def whole_number(low: int, high: int, expected: str) -> Callable[[Any], int]:
    """Return a check for a number in ASCII digits between two bounds, inclusive."""

    def check(value: Any) -> int:
        text = scalar(value, expected)
        if not re.fullmatch(r"\d{1,9}", text, re.ASCII) or not low <= int(text) <= high:
            raise value_error("number-invalid", value=text, expected=expected, low=low, high=high)
        return int(text)

    return check


def _date(value: Any) -> str:
    text = scalar(value, "a date")
    found = re.fullmatch(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?", text, re.ASCII)
    if not found:
        raise value_error("date-invalid", value=text)
    year, month, day = int(found[1]), int(found[2] or 1), int(found[3] or 1)
    if year < 1000 or not 1 <= month <= 12 or not 1 <= day <= calendar.monthrange(year, month)[1]:
        raise value_error("date-impossible", value=text)
    return text


def _full_date(value: str) -> str:
    if len(value) != 10:
        raise value_error("date-not-full", value=value)
    return value


def _pages(value: Any) -> str:
    text = one_line(value)
    fixed = re.sub(r"\s*(?:--+|[‐-―−])\s*", "-", text)
    if not re.fullmatch(PAGES_PATTERN, text):
        raise value_error("pages-invalid", f"write {fixed}" if fixed != text else "", value=text)
    for first, last in re.findall(r"(?<![\w.:-])([0-9]+)-([0-9]+)(?![\w.:-])", text):
        if int(last) < int(first):
            raise value_error("pages-reversed", last=last, first=first)
    return text


def _name_part(value: Any) -> str:
    text = one_line(value)
    if re.search(NAME_PATTERN, text):
        return text
    for pattern, what, hint in _NOT_IN_NAMES:
        if re.search(pattern, text):
            raise value_error("author-name-invalid", hint, found=what, name=text)
    if re.match(_MANY, text):
        raise value_error("author-name-invalid", found='"and"', name=text)
    raise value_error("author-others", name=text)


def _team_name(value: Any) -> str:
    text = one_line(value)
    if re.search(TEAM_PATTERN, text):
        return text
    if re.search(rf"[<>]|{_ENTITY}", text):
        raise value_error("author-name-invalid", "write the name as plain text", found="markup", name=text)
    raise value_error("author-others", name=text)


def _amount(value: Any) -> str:
    text = scalar(value, "a number")
    if not re.fullmatch(AMOUNT_PATTERN, text):
        raise value_error("amount-invalid", in_place_of(text), value=text)
    return text


def _false(value: Any) -> bool:
    if scalar(value, "false") != "false":
        raise value_error("flag-not-false", value=value)
    return False


def one_or_more(value: Any) -> Any:
    """Take a single value for a list of one."""
    return filled_list(value) if isinstance(value, list) else [value]


def as_number(value: str) -> int | float:
    """Return an amount as programs want it."""
    return float(value) if "." in value else int(value)


def _factor(value: Any) -> float:
    text = scalar(value, "a factor")
    try:
        number = float(text)
    except ValueError:
        number = math.nan
    if not math.isfinite(number) or number <= 0:
        raise value_error("factor-invalid", value=text)
    return number


def _yes(value: Any) -> bool:
    if scalar(value, "true") != "true":
        raise value_error("flag-not-true", value=value)
    return True


def _name(value: Any) -> str:
    # A name is a word of the registry: one that looks like a number, such as 16-bit or 33B, needs no quotes.
    return " ".join(scalar(value, "a name").split())


def choice(options: Iterable[str], what: str) -> BeforeValidator:
    """Return a check for a word of a closed vocabulary."""
    known = list(options)

    def check(value: Any) -> str:
        text = scalar(value, what)
        if text not in known:
            raise value_error("value-unknown", did_you_mean(text, known), value=text, expected=what)
        return text

    return BeforeValidator(check)


def filled_list(value: Any) -> Any:
    """Check that there is a list with something in it; its items are checked by their own type."""
    if not isinstance(value, list):
        raise value_error("value-not-a-list")
    if not value:
        raise value_error("value-list-empty")
    if len(value) > LONGEST_LIST:
        raise value_error("value-list-too-long", length=f"{len(value):,}", limit=f"{LONGEST_LIST:,}")
    return value


_LINE = {"pattern": VISIBLE, "maxLength": LONGEST_LINE, "not": {"pattern": CONTROL.pattern}}
Text = Annotated[str, BeforeValidator(one_line), Rule(_LINE)]
TitleText = Annotated[Title, BeforeValidator(one_line), Rule(_LINE)]
Paragraphs = Annotated[
    str, BeforeValidator(_paragraphs), Rule({**_LINE, "maxLength": LONGEST_TEXT, "x-paragraphs": True})
]
NamePart = Annotated[
    str,
    BeforeValidator(_name_part),
    Rule({
        **_LINE, "pattern": NAME_PATTERN, "x-expected": "a part of a person's name",
        "x-hint": "one author per line, without digits, &, and markup; a group is Team: …",
    }),
]  # fmt: skip
TeamName = Annotated[
    str,
    BeforeValidator(_team_name),
    Rule({**_LINE, "pattern": TEAM_PATTERN, "x-expected": "a group's name", "x-hint": "write it as plain text"}),
]
Suffix = Annotated[
    Text,
    Matching.build(
        SUFFIX_PATTERN, "a suffix of a name", "use Jr., Sr., II, III, 2nd, PhD, and the like; one author per line"
    ),
]
Year = Annotated[
    int,
    BeforeValidator(whole_number(1000, 2999, "a year")),
    rule(expected="a year", hint="write digits only, from 1000 to 2999", minimum=1000, maximum=2999),
]
Position = Annotated[
    int,
    BeforeValidator(whole_number(1, 999_999_999, "a position")),
    rule(expected="a position", hint="write digits only, from 1", minimum=1, maximum=999_999_999),
]
Date = Annotated[
    str,
    BeforeValidator(_date),
    rule(DATE_PATTERN, "a date", "write YYYY-MM-DD, YYYY-MM, or YYYY", x_calendar=True),
]
FullDate = Annotated[
    Date,
    AfterValidator(_full_date),
    rule(FULL_DATE_PATTERN, "a full date", "write YYYY-MM-DD", x_calendar=True, format="date"),
]
Amount = Annotated[
    str,
    BeforeValidator(_amount),
    PlainSerializer(as_number, return_type=int | float, when_used="json"),
    Rule({"type": "number", "pattern": f"^(?:{AMOUNT_PATTERN})$", "minimum": 0, "x-expected": "a number",
          "x-hint": "write digits and a point, without commas and signs"}),
]  # fmt: skip
"""An amount as it is typed: digits and a point."""
Factor = Annotated[float, BeforeValidator(_factor)]
Name = Annotated[
    str,
    BeforeValidator(_name),
    Matching.build(NAME_OF_REGISTRY, "a name", "a name has lowercase letters, digits, hyphens, and points"),
]
"""A name of the registry: ``llama-3.1-8b``."""
Word = Annotated[str, BeforeValidator(_name), Rule({"type": "string", "maxLength": LONGEST_LINE})]
"""A name as people type it; the registry says which there are."""
Names = Annotated[
    tuple[Word, ...],
    BeforeValidator(one_or_more),
    Rule({"type": ["string", "array"], "minItems": 1, "uniqueItems": True, "maxLength": LONGEST_LINE}),
]
"""A name, or a list of names."""
No = Annotated[bool, BeforeValidator(_false), Rule({"const": False})]
Yes = Annotated[bool, BeforeValidator(_yes), Rule({"const": True})]
Pages = Annotated[
    str,
    BeforeValidator(_pages),
    rule(PAGES_PATTERN, "a page range", "write first-last, like 279-289", x_ascending=True, maxLength=LONGEST_LINE),
]
