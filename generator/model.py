"""The paper file: its fields, their types and what is wrong with a value.

This is the only definition: the checks, the JSON Schema for editors and the contributors' table of fields are made
from it. Fields are in their canonical order. Vocabularies (themes, kinds, facets) belong to the survey, not here.
I/O: none.
"""

import calendar
import math
import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from functools import cached_property
from typing import Annotated, Any, Literal
from urllib.parse import quote, urlsplit

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, model_validator
from pydantic_core import PydanticCustomError

from generator.problems import FieldPath, Problem, about, did_you_mean
from generator.yaml_reader import Plain, quoted

KEY_PATTERN = r"[A-Za-z][A-Za-z0-9]*(?:[-_][A-Za-z0-9]+)*"
RESERVED_NAMES = frozenset(
    ["page", "index", "unfiled", "con", "prn", "aux", "nul"] + [f"{name}{n}" for name in ("com", "lpt") for n in range(10)]
)
"""Names that are addresses of the site, or devices on Windows."""


def _wrong(message: str, hint: str = "") -> PydanticCustomError:
    # Messages are format strings to pydantic: the text goes in as a value, so that braces in it stay braces.
    return PydanticCustomError("value", "{message}", {"message": message, "hint": hint})


def _scalar(value: Any, expected: str) -> str:
    if isinstance(value, (list, dict)):
        what = "a list" if isinstance(value, list) else "a mapping"
        raise _wrong(f"{what} where {expected} belongs", "write the value behind the colon, on the same line")
    if value is None or not str(value).strip():
        raise _wrong(f"no value; {expected} belongs here", "write one, or delete the line")
    return str(value).strip()


def _one_line(value: Any) -> str:
    if isinstance(value, Plain) and value:
        raise _wrong(f"unquoted, YAML reads {value} as a number, date, true/false or null", f"write {quoted(value)}")
    text = " ".join(_scalar(value, "text").split())
    return text if text.isascii() else unicodedata.normalize("NFC", text)


def _paragraphs(value: Any) -> str:
    if isinstance(value, Plain) and value:
        return _one_line(value)
    blocks = re.split(r"\n\s*\n", _scalar(value, "text"))
    return unicodedata.normalize("NFC", "\n\n".join(" ".join(block.split()) for block in blocks))


def _matching(pattern: str, expected: str, hint: str = "") -> Callable[[str], str]:
    compiled = re.compile(pattern)

    def check(value: str) -> str:
        if not compiled.fullmatch(value):
            raise _wrong(f"{value} is not {expected}", hint)
        return value

    return check


def _key(value: str) -> str:
    if not re.fullmatch(KEY_PATTERN, value):
        raise _wrong(f"{value} is not a citation key: letters, digits, - and _, a letter first", "like vaswani2017attention")
    if value.lower() in RESERVED_NAMES:
        raise _wrong(f"the name {value} is reserved", "choose another key")
    return value


def _whole_number(low: int, high: int, expected: str) -> Callable[[Any], int]:
    def check(value: Any) -> int:
        text = _scalar(value, expected)
        if not re.fullmatch(r"\d{1,9}", text, re.ASCII) or not low <= int(text) <= high:
            raise _wrong(f"{text} is not {expected}", f"write digits only, from {low} to {high}")
        return int(text)

    return check


def _date(value: Any) -> str:
    text = _scalar(value, "a date")
    found = re.fullmatch(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?", text, re.ASCII)
    hint = "write YYYY-MM-DD, or YYYY-MM, or YYYY"
    if not found:
        raise _wrong(f"{text} is not a date", hint)
    year, month, day = int(found[1]), int(found[2] or 1), int(found[3] or 1)
    if year < 1000 or not 1 <= month <= 12 or not 1 <= day <= calendar.monthrange(year, month)[1]:
        raise _wrong(f"{text} is not a day of the calendar", hint)
    return text


def _full_date(value: str) -> str:
    if len(value) != 10:
        raise _wrong(f"{value} is not a full date", "write YYYY-MM-DD")
    return value


def _arxiv(value: Any) -> str:
    if isinstance(value, Plain):
        raise _wrong(f"the arXiv id {value} is not quoted: YAML reads a number and drops zeros", f"write arxiv: {quoted(value)}")
    text = _one_line(value)
    bare = re.sub(r"(?i)^(?:arxiv:\s*|https?://arxiv\.org/(?:abs|pdf)/)|v\d+$|\.pdf$", "", text)
    if not re.fullmatch(r"\d\d(?:0[1-9]|1[0-2])\.\d{4,5}|[a-z]+(?:-[a-z]+)?(?:\.[A-Z]{2})?/\d{7}", text, re.ASCII):
        hint = f'write "{bare}": without version and address' if bare != text else 'an id looks like "2312.08361"'
        raise _wrong(f"{text} is not an arXiv id", hint)
    return text


def _doi(value: Any) -> str:
    text = _one_line(value)
    if not re.fullmatch(r"10\.\d{4,9}/[^\s\"\\{}\x7f-\uffff]+", text):
        bare = re.sub(r"(?i)^(?:doi:\s*|https?://(?:dx\.)?doi\.org/)", "", text)
        raise _wrong(f"{text} is not a DOI", f"write {bare}" if bare != text else "a DOI starts with 10. and has no spaces")
    return text


def _url(value: Any) -> str:
    text = _one_line(value)
    try:
        parts = urlsplit(text)
        host, _ = parts.hostname, parts.port
    except ValueError:
        host = None
    if not text.lower().startswith(("http://", "https://")) or not host:
        raise _wrong(f"{text} is not a web address", "an address starts with https://")
    if "@" in parts.netloc:
        raise _wrong("an address with a user name or password", "delete what stands before the @")
    if not re.fullmatch(r"[A-Za-z0-9\-._~:/?#\[\]@!$&'()*+,;=%]+", text):
        raise _wrong(f"{text} has characters that an address cannot have", f"write {quote(text, safe=_URL_SAFE)}")
    return text


_URL_SAFE = "-._~:/?#[]@!$&'()*+,;=%"


def _pages(value: Any) -> str:
    text = _one_line(value)
    fixed = re.sub(r"\s*(?:--+|[‐-―−])\s*", "-", text)
    if not re.fullmatch(r"\w[\w.:]*(?:-\w[\w.:]*)?(?:, ?\w[\w.:]*(?:-\w[\w.:]*)?)*", text, re.ASCII):
        raise _wrong(f"{text} is not a page range", f"write {fixed}" if fixed != text else "write first-last, like 279-289")
    for first, last in re.findall(r"(?<![\w.:-])(\d+)-(\d+)(?![\w.:-])", text):
        if int(last) < int(first):
            raise _wrong(f"the last page {last} comes before the first, {first}", "write both page numbers in full")
    return text


def _orcid(value: Any) -> str:
    text = _one_line(value)
    if not re.fullmatch(r"(?:\d{4}-){3}\d{3}[\dX]", text, re.ASCII):
        raise _wrong(f"{text} is not an ORCID", "an ORCID looks like 0000-0002-1825-0097")
    total = 0
    for digit in text.replace("-", "")[:-1]:
        total = (total + int(digit)) * 2  # ISO 7064 11,2
    if "0123456789X"[(12 - total % 11) % 11] != text[-1]:
        raise _wrong(f"{text} is not an ORCID: its last digit does not fit", "compare with orcid.org")
    return text


def _name_part(value: Any) -> str:
    text = _one_line(value)
    if "," in text:
        raise _wrong(f"a comma in the name {text}", "write {family: …, given: …, suffix: Jr.}; one author a line")
    return text


def _number_or_text(value: Any) -> str:
    text = " ".join(_scalar(value, "a number or text").split())
    try:
        if not math.isfinite(float(text)):
            raise _wrong(f"{text} is not a finite number", "write the number as the paper states it")
    except ValueError:
        pass
    return text


def _choice(options: Iterable[str], what: str) -> BeforeValidator:
    known = list(options)

    def check(value: Any) -> str:
        text = _scalar(value, what)
        if text not in known:
            raise _wrong(f"{text} is not {what}", did_you_mean(text, known))
        return text

    return BeforeValidator(check)


def _list(value: Any) -> Any:
    if not isinstance(value, list):
        raise _wrong("a list belongs here", 'start each item on a line of its own with "- "')
    if not value:
        raise _wrong("an empty list", "add an item, or delete the line")
    return value


Text = Annotated[str, BeforeValidator(_one_line)]
Paragraphs = Annotated[str, BeforeValidator(_paragraphs)]
NamePart = Annotated[str, BeforeValidator(_name_part)]
Year = Annotated[int, BeforeValidator(_whole_number(1000, 2999, "a year"))]
Date = Annotated[str, BeforeValidator(_date), Field(json_schema_extra={"pattern": r"^\d{4}(-\d\d(-\d\d)?)?$"})]
FullDate = Annotated[Date, AfterValidator(_full_date)]
Url = Annotated[str, BeforeValidator(_url), Field(json_schema_extra={"pattern": "^https?://"})]
Doi = Annotated[str, BeforeValidator(_doi), Field(json_schema_extra={"pattern": r"^10\.\d{4,9}/"})]
ArxivId = Annotated[str, BeforeValidator(_arxiv), Field(json_schema_extra={"pattern": r"^(\d{4}\.\d{4,5}|[a-z.-]+(\.[A-Z]{2})?/\d{7})$"})]
Key = Annotated[Text, AfterValidator(_key), Field(json_schema_extra={"pattern": f"^{KEY_PATTERN}$"})]
Slug = Annotated[Text, AfterValidator(_matching(r"[a-z0-9]+(?:-[a-z0-9]+)*", "an id of lower-case words joined by -"))]
ThemePath = Annotated[
    Text,
    AfterValidator(_matching(r"[a-z0-9]+(?:-[a-z0-9]+)*(?:/[a-z0-9]+(?:-[a-z0-9]+)*)*", "a theme", "a theme looks like serving/scheduling")),
]

PAPER_TYPES = (
    "article", "inproceedings", "incollection", "book", "proceedings", "thesis", "report",
    "preprint", "dataset", "software", "online", "misc",
)  # fmt: skip
STATUSES = ("preprint", "published", "withdrawn", "retracted")
RELATION_TYPES = ("extends", "compares-with", "same-series", "surveys", "uses", "contradicts", "later-version-of")


class _Part(BaseModel):
    """What all parts of a paper file share: fixed once read, and no field that the model does not name."""

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)


class Author(_Part):
    """A person (family, given) or a team."""

    family: NamePart | None = None
    """Family name, with particles: `van der Maaten`. A single name stands here."""
    given: NamePart | None = None
    """Given names and initials: `Laurens`."""
    suffix: NamePart | None = None
    """`Jr.`, `III`."""
    team: Text | None = None
    """A collective instead of a person: `Ling Team`."""
    orcid: Annotated[str, BeforeValidator(_orcid)] | None = None
    """ORCID iD: `0000-0002-1825-0097`."""
    id: Slug | None = None
    """Tells this person from another one of the same name; becomes the address of the author's page."""

    @model_validator(mode="after")
    def _person_or_team(self) -> "Author":
        if self.team is None and self.family is None:
            raise _wrong("an author without a name", "write {family: Lovelace, given: Ada}, or {team: …}")
        if self.team is not None and (self.family or self.given or self.suffix):
            raise _wrong("an author is a person or a team, not both", "give the team a line of its own")
        return self

    @property
    def name(self) -> str:
        """The name as it is read: ``Ada Lovelace``."""
        if self.team is not None:
            return self.team
        given = " ".join(part for part in (self.given, self.family) if part)
        return f"{given}, {self.suffix}" if self.suffix else given

    @property
    def sort_name(self) -> str:
        """The name as it is sorted and as Highwire tags want it: ``Lovelace, Ada``."""
        if self.team is not None:
            return self.team
        return ", ".join(part for part in (self.family, self.suffix, self.given) if part)

    @property
    def short_name(self) -> str:
        """Family name or team, for ``Lovelace et al.``."""
        return self.team or self.family or ""


class Venue(_Part):
    """Where the cited version appeared."""

    name: Text
    """Full name, as a bibliography prints it."""
    short: Text | None = None
    """Short name without the year, the same for every year: `EMNLP`."""
    series: Text | None = None
    """Book series: `Lecture Notes in Computer Science`."""
    volume: Text | None = None
    """Volume, quoted: `"36"`."""
    number: Text | None = None
    """Number or issue, quoted."""
    pages: Annotated[str, BeforeValidator(_pages)] | None = None
    """`279-289`, or an article number, quoted."""
    publisher: Text | None = None
    """Publisher; for a report or a thesis, the institution."""


class Links(_Part):
    """What the authors offer beside the text."""

    code: Url | None = None
    """Source code."""
    weights: Url | None = None
    """Trained weights."""
    data: Url | None = None
    """Data set, leaderboard."""
    project: Url | None = None
    """Project page."""
    video: Url | None = None
    """Talk."""
    slides: Url | None = None
    """Slides."""

    def items(self) -> list[tuple[str, str]]:
        """Return (name, address) of the links that there are, in canonical order."""
        return [(name, url) for name in type(self).model_fields if (url := getattr(self, name))]


class Result(_Part):
    """One number that the paper claims."""

    metric: Text
    """What was measured: `throughput`."""
    value: Annotated[str, BeforeValidator(_number_or_text)]
    """The number as stated."""
    unit: Text | None = None
    """`tokens/s`, `×`, `%`."""
    direction: Annotated[Literal["higher", "lower"], _choice(("higher", "lower"), "a direction")] | None = None
    """Which is better: `higher` or `lower`."""
    baseline: Text | None = None
    """What it is compared with."""
    setting: Text | None = None
    """Model, hardware, data."""
    evidence: Text
    """Where it stands: `abstract`, `Table 3`."""


class External(_Part):
    """A work that the survey does not hold."""

    title: Text
    """Its title."""
    id: Text | None = None
    """DOI, arXiv id or address."""


class Relation(_Part):
    """How this paper stands to another; stated in one of the two files."""

    type: Annotated[str, _choice(RELATION_TYPES, "a relation")] = Field(json_schema_extra={"enum": list(RELATION_TYPES)})
    """`extends`, `compares-with`, `same-series`, `surveys`, `uses`, `contradicts`, `later-version-of`."""
    paper: Key | None = None
    """Key of a paper of this survey."""
    external: External | None = None
    """Or a work outside it."""
    note: Text | None = None
    """What the relation is, in a few words."""

    @model_validator(mode="after")
    def _one_target(self) -> "Relation":
        if (self.paper is None) == (self.external is None):
            raise _wrong("a relation needs one target", "write paper: <key>, or external: {title: …}")
        return self


class Version(_Part):
    """Another version of the same work: retitled, with other authors, at another venue."""

    title: Text
    """Its title."""
    authors: Annotated[tuple[Author, ...], BeforeValidator(_list)] | None = None
    """Its authors, where they differ or are known."""
    year: Year | None = None
    """Its year."""
    type: Annotated[str, _choice(PAPER_TYPES, "a type")] | None = Field(None, json_schema_extra={"enum": list(PAPER_TYPES)})
    """As for the paper."""
    venue: Venue | None = None
    """As for the paper."""
    arxiv: ArxivId | None = None
    """As for the paper."""
    doi: Doi | None = None
    """As for the paper."""
    url: Url | None = None
    """As for the paper."""
    note: Text | None = None
    """What differs, in a few words."""


class Provenance(_Part):
    """Where the record came from."""

    source: Slug
    """One of the survey's sources: `listing`."""
    position: Annotated[int, BeforeValidator(_whole_number(1, 999_999_999, "a position"))] | None = None
    """Place in that source, counted from 1."""
    consulted: Annotated[tuple[Url, ...], BeforeValidator(_list)] | None = None
    """Addresses at which the facts were read."""


class Paper(_Part):
    """A paper of the survey. The name of its file is its citation key."""

    model_config = ConfigDict(title="Paper file", ignored_types=(cached_property,))

    key: Key
    """The citation key. May be left out: it is the name of the file."""
    title: Text
    """Title of the cited version, plain text; in double quotes when it has a colon."""
    protect: tuple[Text, ...] | None = None
    """Words of the title whose capitals BibTeX keeps; replaces the automatic choice (LLM, BERT, FlashAttention)."""
    short_name: Text | None = None
    """Name of what the paper introduces."""
    authors: Annotated[tuple[Author, ...], BeforeValidator(_list)]
    """All authors in order, one a line: `- {family: Lovelace, given: Ada}`."""
    year: Year
    """Year of the cited version."""
    first_public: Date | None = None
    """Date first made public: `2024-07-23`, `2024-07` or `2024`."""
    type: Annotated[str, _choice(PAPER_TYPES, "a type")] = Field(json_schema_extra={"enum": list(PAPER_TYPES)})
    """What kind of publication: `article`, `inproceedings`, `preprint`, …"""
    status: Annotated[str, _choice(STATUSES, "a status")] = Field("published", json_schema_extra={"enum": list(STATUSES)})
    """`preprint`, `published`, `withdrawn` or `retracted`; left out: `published`."""
    venue: Venue | None = None
    """Journal, proceedings or institution; none for a preprint."""
    arxiv: ArxivId | None = None
    """arXiv id in quotes, without version: `"2312.08361"`."""
    arxiv_class: Annotated[Text, AfterValidator(_matching(r"[a-z-]+(?:\.[A-Za-z-]+)?", "an arXiv class", "a class looks like cs.LG"))] | None = None
    """Primary class at arXiv: `cs.LG`."""
    doi: Doi | None = None
    """DOI without address: `10.1145/3768165`."""
    url: Url | None = None
    """Where the cited version is read."""
    links: Links | None = None
    """Code, weights, data, project, video, slides."""
    themes: Annotated[tuple[ThemePath, ...], BeforeValidator(_list)] | None = None
    """Themes of the survey; the first is the primary one."""
    kind: Slug | None = None
    """Kind of contribution, one of the survey's."""
    facets: dict[str, Annotated[tuple[Slug, ...], BeforeValidator(_list)]] | None = None
    """Values of the further facets that the survey declares."""
    tldr: Text | None = None
    """One sentence in the survey's own words."""
    summary: Paragraphs | None = None
    """Problem, idea, evidence, limits; plain paragraphs."""
    abstract: Paragraphs | None = None
    """The authors' abstract, where the survey may show it."""
    results: Annotated[tuple[Result, ...], BeforeValidator(_list)] | None = None
    """Numbers that the paper claims."""
    relations: Annotated[tuple[Relation, ...], BeforeValidator(_list)] | None = None
    """How the paper stands to others."""
    versions: Annotated[tuple[Version, ...], BeforeValidator(_list)] | None = None
    """Other versions of the same work."""
    aliases: Annotated[tuple[Key, ...], BeforeValidator(_list)] | None = None
    """Former keys; their addresses lead here."""
    source_keys: Annotated[tuple[Text, ...], BeforeValidator(_list)] | None = None
    """Keys of this paper elsewhere: `DBLP:conf/x/Y24`."""
    added: FullDate | None = None
    """Day on which the file was added."""
    provenance: Provenance | None = None
    """Where the record came from."""

    @property
    def source_path(self) -> str:
        """The file's name: ``lovelace1843notes.yaml``."""
        return f"{self.key}.yaml"

    @cached_property
    def display_title(self) -> str:
        """The title, preceded by the short name when the title does not say it."""
        if self.short_name and self.short_name.lower() not in self.title.lower():
            return f"{self.short_name}: {self.title}"
        return self.title

    @cached_property
    def date(self) -> str:
        """Date first made public, else the year; sorts as text."""
        return self.first_public or str(self.year)

    @property
    def primary_theme(self) -> str | None:
        """The theme under which the paper is filed first."""
        return self.themes[0] if self.themes else None

    @cached_property
    def byline(self) -> str:
        """Who wrote it, in a few words: ``Lovelace et al.``."""
        names = [author.short_name for author in self.authors]
        return names[0] if len(names) == 1 else " and ".join(names) if len(names) == 2 else f"{names[0]} et al."

    @cached_property
    def reader_url(self) -> str | None:
        """Where a reader reads the cited version: its address, else its DOI's, else arXiv's."""
        if self.url:
            return self.url
        if self.doi:
            return f"https://doi.org/{self.doi}"
        return f"https://arxiv.org/abs/{self.arxiv}" if self.arxiv else None


def check_paper(key: str, path: str, data: Mapping[str, Any]) -> tuple[Paper | None, list[Problem]]:
    """Turn the data of one file into a paper, or into problems about fields that the loader then locates.

    Args:
        key: The file's stem.
        path: The file, as it is reported.
        data: What the file says; scalars are strings.
    """
    try:
        _key(key)
    except PydanticCustomError as error:
        return None, [about(path, (), error.message(), "rename the file after its citation key: vaswani2017attention.yaml")]
    problems = []
    if "key" in data and data["key"] != key:
        problems.append(about(path, ("key",), f"the key {data['key']} is not the file's name", f"delete the line, or rename the file"))
    try:
        paper = Paper.model_validate({**data, "key": key})
    except ValidationError as error:
        return None, problems + model_problems(error, path, data, Paper)
    problems += _check_inside(paper, path)
    return (None if problems else paper), problems


def _check_inside(paper: Paper, path: str) -> list[Problem]:
    """Check what is between the fields of one file."""
    problems = []
    seen: dict[tuple[str, str | None], int] = {}
    for index, author in enumerate(paper.authors):
        identity = (author.sort_name.casefold(), author.id or author.orcid)
        if identity in seen:
            message = f"the author {author.name} stands twice (also {seen[identity] + 1}. in the list)"
            hint = "delete one; two people of one name need an orcid or an id each"
            problems.append(about(path, ("authors", index), message, hint))
        seen.setdefault(identity, index)
    for name in ("themes", "aliases", "source_keys"):
        values: tuple[str, ...] = getattr(paper, name) or ()
        for index, value in enumerate(values):
            if value in values[:index]:
                problems.append(about(path, (name, index), f"{value} stands twice", "delete one"))
    for index, word in enumerate(paper.protect or ()):
        if word not in paper.title:
            problems.append(about(path, ("protect", index), f"{word} is not in the title", "write it as the title does"))
    if paper.arxiv_class and not paper.arxiv:
        problems.append(about(path, ("arxiv_class",), "an arXiv class without an arXiv id", 'add arxiv: "…"'))
    if paper.type in ("article", "inproceedings", "incollection") and not paper.venue:
        problems.append(about(path, ("type",), f"type {paper.type} without a venue", "add venue: {name: …}, or write type: preprint"))
    return problems


def model_problems(error: ValidationError, path: str, data: Mapping[str, Any], model: type[BaseModel]) -> list[Problem]:
    """Translate pydantic's report into problems in a contributor's words."""
    problems = []
    for item in error.errors(include_url=False, include_input=False):
        location: FieldPath = tuple(part for part in item["loc"])
        kind, context = item["type"], item.get("ctx", {})
        name = ".".join(str(part + 1) if isinstance(part, int) else part for part in location)
        if kind == "value":
            message, hint = context["message"], context["hint"]
        elif kind == "missing":
            message, hint = f"the field is missing", f"add {location[-1]}: …"
            name, location = name, location[:-1]
        elif kind == "extra_forbidden":
            message = "there is no such field"
            hint = did_you_mean(str(location[-1]), _fields_at(model, location[:-1]))
        elif kind in ("model_type", "model_attributes_type", "dict_type"):
            message, hint = "a mapping of fields belongs here", "write {name: value, …}, or indented lines of name: value"
        else:
            message, hint = str(item["msg"]), ""
        problems.append(about(path, location, f"{name}: {message}" if name else message, hint))
    return problems


def _fields_at(model: type[BaseModel], location: FieldPath) -> list[str]:
    """Return the names of the fields of the part of the model that a location points at."""
    for part in location:
        if isinstance(part, int):
            continue
        found = [inner for inner in _parts_of(model.model_fields[part].annotation) if issubclass(inner, BaseModel)]
        if not found:
            return []
        model = found[0]
    return list(model.model_fields)


def _parts_of(annotation: Any) -> list[type]:
    if isinstance(annotation, type) and not hasattr(annotation, "__args__"):
        return [annotation]
    return [inner for argument in getattr(annotation, "__args__", ()) for inner in _parts_of(argument)]


def paper_schema() -> dict[str, Any]:
    """Return the JSON Schema of a paper file, for editors and forms."""
    schema = Paper.model_json_schema()
    schema["$schema"] = "https://json-schema.org/draft/2020-12/schema"
    schema["required"] = [name for name in schema["required"] if name != "key"]
    return schema


def field_table() -> list[tuple[str, bool, str]]:
    """Return (name, required, description) of every field of a paper file, nested ones as ``venue.name``."""

    def rows(model: type[BaseModel], prefix: str) -> list[tuple[str, bool, str]]:
        table = []
        for name, info in model.model_fields.items():
            if name == "key" and model is Paper:
                table.append((name, False, info.description or ""))
                continue
            table.append((prefix + name, info.is_required(), info.description or ""))
            for inner in _parts_of(info.annotation):
                if issubclass(inner, BaseModel) and not prefix:
                    table += rows(inner, f"{name}.")
        return table

    return rows(Paper, "")
