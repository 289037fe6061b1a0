"""The paper file: its fields and what they mean.

This is the only definition: the checks, the JSON Schema for editors and the contributors' table of fields are made
from it. Fields are in their canonical order. Vocabularies (themes, kinds, facets) belong to the survey, not here.
I/O: none.
"""

import re
from functools import cached_property
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, model_validator

from living_survey.model.values import (
    ArxivId,
    Date,
    Doi,
    FullDate,
    Key,
    Matching,
    NamePart,
    NumberOrText,
    Orcid,
    Pages,
    Paragraphs,
    Position,
    Rule,
    Slug,
    Suffix,
    TeamName,
    Text,
    ThemePath,
    Url,
    Year,
    Yes,
    choice,
    filled_list,
    rule,
    wrong,
)

_TYPES = {
    "article": "Article in a journal", "inproceedings": "Paper at a conference", "incollection": "Chapter of a book",
    "book": "Book", "proceedings": "Proceedings as a whole", "thesis": "Thesis", "report": "Report",
    "preprint": "Preprint, not published elsewhere", "dataset": "Data set", "software": "Software",
    "online": "Web page", "misc": "Something else",
}  # fmt: skip
"""Types of publication, in the terms of bibliographies and in words."""
PAPER_TYPES = tuple(_TYPES)
STATUSES = ("preprint", "published", "withdrawn", "retracted")
RELATION_TYPES = (
    "extends", "compares-with", "same-series", "surveys", "uses", "contradicts", "later-version-of", "distinct-from",
)  # fmt: skip


_LABELS = {
    "arxiv": "arXiv id", "arxiv_class": "arXiv class", "doi": "DOI", "url": "Address", "orcid": "ORCID",
    "tldr": "One sentence", "and_others": "More authors", "edited": "Authors are editors", "id": "Id",
    "first_public": "First public", "links": "Links of the authors", "kind": "Kind of contribution",
}  # fmt: skip
"""Names of fields for people, where they are not the field's own with a capital."""


class _Part(BaseModel):
    """What all parts of a paper file share: fixed once read, and no field that the model does not name."""

    model_config = ConfigDict(
        frozen=True,
        extra="forbid",
        use_attribute_docstrings=True,
        defer_build=True,
        field_title_generator=lambda name, _: _LABELS.get(name, name.replace("_", " ").capitalize()),
    )


def _one_of(*choices: dict[str, Any], expected: str, hint: str) -> ConfigDict:
    return ConfigDict(json_schema_extra={"oneOf": [*choices], "x-expected": expected, "x-hint": hint})


class Author(_Part):
    """A person (family, given) or a team."""

    model_config = _one_of(
        {"required": ["family"], "not": {"required": ["team"]}},
        {"required": ["team"], "not": {"anyOf": [{"required": [part]} for part in ("family", "given", "suffix")]}},
        expected="a person or a team",
        hint="write Lovelace, Ada for a person, Team: … for a group",
    )

    family: NamePart | None = None
    """Family name, with particles: `van der Maaten`. A single name stands here."""
    given: NamePart | None = None
    """Given names and initials: `Laurens`."""
    suffix: Suffix | None = None
    """`Jr.`, `III`."""
    team: TeamName | None = None
    """A collective instead of a person: `Ling Team`."""
    orcid: Orcid | None = None
    """ORCID iD: `0000-0002-1825-0097`."""
    id: Slug | None = None
    """Tells this person from another one of the same name; becomes the address of the author's page."""

    @model_validator(mode="after")
    def _person_or_team(self) -> "Author":
        if self.team is None and self.family is None:
            raise wrong("an author without a name", "write {family: Lovelace, given: Ada}, or {team: …}")
        if self.team is not None and (self.family or self.given or self.suffix):
            raise wrong("an author is a person or a team, not both", "give the team a line of its own")
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

    name: Annotated[Text, rule(x_label="Venue")]
    """Full name, as a bibliography prints it."""
    short: Text | None = None
    """Short name without the year, the same for every year: `EMNLP`."""
    series: Text | None = None
    """Book series: `Lecture Notes in Computer Science`."""
    volume: Annotated[Text, rule(x_help="Like `36`.")] | None = None
    """Volume, quoted: `"36"`."""
    number: Annotated[Text, rule(x_help="Number or issue.")] | None = None
    """Number or issue, quoted."""
    pages: Annotated[Pages, rule(x_help="First and last page, like `279-289`, or an article number.")] | None = None
    """`279-289`, or an article number, quoted."""
    publisher: Text | None = None
    """Publisher; for a report or a thesis, the institution."""


class Links(_Part):
    """What the authors offer beside the text."""

    code: Annotated[Url, rule(x_label="Link to the code")] | None = None
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
    value: NumberOrText
    """The number as stated."""
    unit: Text | None = None
    """`tokens/s`, `×`, `%`."""
    direction: Annotated[Literal["higher", "lower"], choice(("higher", "lower"), "a direction")] | None = None
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

    model_config = _one_of(
        {"required": ["paper"]},
        {"required": ["external"]},
        expected="a relation with one target",
        hint="give the key of a paper of this survey, or the title of a work outside it, not both",
    )

    type: Annotated[str, choice(RELATION_TYPES, "a relation"), Rule({"enum": [*RELATION_TYPES]})]
    """`extends`, `compares-with`, `same-series`, `surveys`, `uses`, `contradicts`, `later-version-of`, or
    `distinct-from`: another of the same name."""
    paper: Annotated[Key, rule(x_vocabulary="papers")] | None = None
    """Key of a paper of this survey."""
    external: External | None = None
    """Or a work outside it."""
    note: Text | None = None
    """What the relation is, in a few words."""

    @model_validator(mode="after")
    def _one_target(self) -> "Relation":
        if (self.paper is None) == (self.external is None):
            raise wrong("a relation needs one target", "write paper: <key>, or external: {title: …}")
        return self


class Version(_Part):
    """Another version of the same work: retitled, with other authors, at another venue."""

    title: Text
    """Its title."""
    authors: Annotated[tuple[Author, ...], BeforeValidator(filled_list), rule(minItems=1)] | None = None
    """Its authors, where they differ or are known."""
    year: Year | None = None
    """Its year."""
    type: Annotated[str, choice(PAPER_TYPES, "a type"), Rule({"enum": [*_TYPES], "x-words": _TYPES})] | None = None
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
    position: Position | None = None
    """Place in that source, counted from 1."""
    consulted: Annotated[tuple[Url, ...], BeforeValidator(filled_list), rule(minItems=1)] | None = None
    """Addresses at which the facts were read."""
    checked: FullDate | None = None
    """Day on which the entry was last compared with them."""
    checked_by: Text | None = None
    """Who compared it."""


ExtraName = Annotated[
    str,
    Matching.build(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*", "the name of a field", "write small letters, digits and hyphens"),
]
_PEOPLE = rule(minItems=1, x_distinct=True, x_help="All of them, in order, one a line.")
_ONCE = rule(minItems=1, uniqueItems=True)
_WITH_VENUE = ("article", "inproceedings", "incollection")


def _letters(text: str) -> str:
    return re.sub(r"[\W_]+", "", text.lower())


class Paper(_Part):
    """A paper of the survey. The name of its file is its citation key."""

    model_config = ConfigDict(
        title="Paper file",
        ignored_types=(cached_property,),
        json_schema_extra={
            # What stands between fields; `living_survey.loading.validate` says the same.
            "allOf": [
                {
                    "if": {"properties": {"type": {"enum": [*_WITH_VENUE]}}, "required": ["type"]},
                    "then": {"required": ["venue"]},
                    "x-hint": "fill in the venue, or choose another type",
                }
            ],
            "dependentRequired": {"arxiv_class": ["arxiv"]},
            "x-part-of": {"protect": "title"},
            "x-starts-with": {"published": "year"},
        },
    )

    key: Key
    """The citation key. May be left out: it is the name of the file."""
    title: Annotated[Text, rule(x_help="Title of the cited version, as it stands there.")]
    """Title of the cited version, plain text; in double quotes when it has a colon."""
    protect: (
        Annotated[
            tuple[Text, ...],
            rule(x_help="Words of the title whose capitals BibTeX keeps, one a line. Empty: chosen automatically."),
        ]
        | None
    ) = None
    """Words of the title whose capitals BibTeX keeps; replaces the automatic choice (LLM, BERT, FlashAttention)."""
    short_name: Text | None = None
    """Name of what the paper introduces."""
    authors: Annotated[tuple[Author, ...], BeforeValidator(filled_list), _PEOPLE]
    """All authors in order, one a line: `- {family: Lovelace, given: Ada}`."""
    and_others: Yes | None = None
    """`true` where there are more authors than anybody could name."""
    edited: Yes | None = None
    """`true` where the authors are the editors of the volume."""
    editors: Annotated[tuple[Author, ...], BeforeValidator(filled_list), rule(minItems=1)] | None = None
    """Editors of the volume in which it appeared."""
    year: Year
    """Year of the cited version."""
    published: Date | None = None
    """Date of the cited version where more than its year is known: `2024-07`."""
    first_public: Date | None = None
    """Date first made public: `2024-07-23`, `2024-07` or `2024`."""
    type: Annotated[str, choice(PAPER_TYPES, "a type"), Rule({"enum": [*_TYPES], "x-words": _TYPES})]
    """What kind of publication: `article`, `inproceedings`, `preprint`, …"""
    status: Annotated[str, choice(STATUSES, "a status"), Rule({"enum": [*STATUSES]})] = "published"
    """`preprint`, `published`, `withdrawn` or `retracted`; left out: `published`."""
    venue: Venue | None = None
    """Journal, proceedings or institution; none for a preprint."""
    arxiv: Annotated[ArxivId, rule(x_help="Without version: `2312.08361`.")] | None = None
    """arXiv id in quotes, without version: `"2312.08361"`."""
    arxiv_class: (
        Annotated[Text, Matching.build(r"[a-z-]+(?:\.[A-Za-z-]+)?", "an arXiv class", "a class looks like cs.LG")]
        | None
    ) = None
    """Primary class at arXiv: `cs.LG`."""
    doi: Doi | None = None
    """DOI without address: `10.1145/3768165`."""
    url: Url | None = None
    """Where the cited version is read."""
    links: Links | None = None
    """Code, weights, data, project, video, slides."""
    themes: (
        Annotated[
            tuple[ThemePath, ...],
            BeforeValidator(filled_list),
            rule(minItems=1, uniqueItems=True, x_outermost=True, x_help="It is filed under the first."),
        ]
        | None
    ) = None
    """Themes of the survey; the first is the primary one."""
    kind: Annotated[Slug, rule(x_vocabulary="kinds")] | None = None
    """Kind of contribution, one of the survey's."""
    facets: (
        Annotated[
            dict[str, Annotated[tuple[Slug, ...], BeforeValidator(filled_list), rule(minItems=1)]],
            rule(x_vocabulary="facets"),
        ]
        | None
    ) = None
    """Values of the further facets that the survey declares."""
    attributes: Annotated[dict[Slug, Text], rule(x_vocabulary="attributes")] | None = None
    """What the comparison tables show: one of the survey's attributes → a few words."""
    tldr: Text | None = None
    """One sentence in the survey's own words."""
    summary: Annotated[Paragraphs, rule(x_vocabulary="citations")] | None = None
    """Problem, idea, evidence, limits; plain paragraphs."""
    abstract: Paragraphs | None = None
    """The authors' abstract, where the survey may show it."""
    results: Annotated[tuple[Result, ...], BeforeValidator(filled_list), rule(minItems=1)] | None = None
    """Numbers that the paper claims."""
    relations: Annotated[tuple[Relation, ...], BeforeValidator(filled_list), rule(minItems=1)] | None = None
    """How the paper stands to others."""
    versions: Annotated[tuple[Version, ...], BeforeValidator(filled_list), rule(minItems=1)] | None = None
    """Other versions of the same work."""
    aliases: Annotated[tuple[Key, ...], BeforeValidator(filled_list), _ONCE] | None = None
    """Former keys; their addresses lead here."""
    source_keys: Annotated[tuple[Text, ...], BeforeValidator(filled_list), _ONCE] | None = None
    """Keys of this paper elsewhere: `DBLP:conf/x/Y24`."""
    added: FullDate | None = None
    """Day on which the file was added."""
    provenance: Provenance | None = None
    """Where the record came from."""
    extra: dict[ExtraName, Paragraphs] | None = None
    """What else the source says, by the name of the field there: `edition`, `isbn`, `address`, `note`."""

    @property
    def source_path(self) -> str:
        """The file's name: ``lovelace1843notes.yaml``."""
        return f"{self.key}.yaml"

    @cached_property
    def display_title(self) -> str:
        """The title, preceded by the short name when the title does not say it."""
        if self.short_name and _letters(self.short_name) not in _letters(self.title):
            return f"{self.short_name}: {self.title}"
        return self.title

    @cached_property
    def date(self) -> str:
        """Date first made public, else that of the cited version; sorts as text."""
        return self.first_public or self.published or str(self.year)

    @property
    def arxiv_doi(self) -> str | None:
        """The DOI that arXiv gives a preprint; none where there is a publisher's version."""
        return f"10.48550/arXiv.{self.arxiv}" if self.arxiv and self.type == "preprint" else None

    @property
    def primary_theme(self) -> str | None:
        """The theme under which the paper is filed first."""
        return self.themes[0] if self.themes else None

    @cached_property
    def byline(self) -> str:
        """Who wrote it, in a few words: ``Lovelace et al.``."""
        names = [author.short_name for author in self.authors]
        if len(names) > 2 or self.and_others:
            return f"{names[0]} et al."
        return " and ".join(names)

    @cached_property
    def reader_url(self) -> str | None:
        """Where a reader reads the cited version: its address, else its DOI's, else arXiv's."""
        if self.url:
            return self.url
        if self.doi:
            return f"https://doi.org/{self.doi}"
        return f"https://arxiv.org/abs/{self.arxiv}" if self.arxiv else None


def parts_of(annotation: Any) -> list[type]:
    """Return the classes that an annotation is made of: of ``tuple[Author, ...] | None`` `Author` among others."""
    if isinstance(annotation, type) and not hasattr(annotation, "__args__"):
        return [annotation]
    return [inner for argument in getattr(annotation, "__args__", ()) for inner in parts_of(argument)]
