"""The parts of a paper file: authors, venue, links, relations, versions, where the record came from.

I/O: none.
"""

from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, model_validator

from living_survey.model.identifiers import ArxivId, Doi, Key, Orcid, Slug, Url
from living_survey.model.values import (
    FullDate,
    NamePart,
    Pages,
    Position,
    Rule,
    Suffix,
    TeamName,
    Text,
    TitleText,
    Year,
    choice,
    filled_list,
    rule,
    value_error,
)

TYPES = {
    "article": "Article in a journal", "inproceedings": "Paper at a conference", "incollection": "Chapter of a book",
    "book": "Book", "proceedings": "Proceedings as a whole", "thesis": "Thesis", "report": "Report",
    "preprint": "Preprint, not published elsewhere", "dataset": "Data set", "software": "Software",
    "online": "Web page", "misc": "Something else",
}  # fmt: skip
"""Types of publication, in the terms of bibliographies and in words."""
PAPER_TYPES = tuple(TYPES)
GRAVE = ("withdrawn", "retracted")
"""What a reader must know of a paper's status."""
STATUSES = ("preprint", "published", *GRAVE)
PRIMARY, ABSTRACT_ALONE, AGGREGATOR = "primary", "abstract", "aggregator"
BASES = {
    PRIMARY: "The paper, or the page of its publisher, archive or authors",
    ABSTRACT_ALONE: "The listed abstract alone",
    AGGREGATOR: "Only pages that repeat others",
}
"""What the facts of an entry were read from, in words."""
RELATION_TYPES = (
    "extends", "compares-with", "same-series", "surveys", "uses", "contradicts", "later-version-of", "distinct-from",
)  # fmt: skip
SYMMETRIC = frozenset({"compares-with", "same-series", "contradicts", "distinct-from"})
"""Relations that read the same in both directions."""


_LABELS = {
    "arxiv": "arXiv id", "arxiv_class": "arXiv class", "doi": "DOI", "url": "Address", "orcid": "ORCID",
    "tldr": "One sentence", "and_others": "More authors", "edited": "Authors are editors", "id": "Id",
    "first_public": "First public", "links": "Links of the authors", "kind": "Kind of contribution",
}  # fmt: skip
"""Names of fields for people, where they are not the field's own with a capital."""


class Part(BaseModel):
    """What all parts of a paper file share: fixed once read, and no field that the model does not name."""

    model_config = ConfigDict(
        frozen=True,
        extra="forbid",
        defer_build=True,
        field_title_generator=lambda name, _: _LABELS.get(name, name.replace("_", " ").capitalize()),
    )


def _one_of(*choices: dict[str, Any], expected: str, hint: str) -> ConfigDict:
    return ConfigDict(json_schema_extra={"oneOf": [*choices], "x-expected": expected, "x-hint": hint})


class Author(Part):
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
            raise value_error("author-nameless")
        if self.team is not None and (self.family or self.given or self.suffix):
            raise value_error("author-person-and-team")
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


class Venue(Part):
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


class Links(Part):
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


def ids_with_addresses(doi: str | None, arxiv: str | None, url: str | None) -> dict[str, str]:
    """Return what identifies a work → an address: DOI, arXiv id, address on the web, those that there are."""
    found = {}
    if doi:
        found[doi] = f"https://doi.org/{doi}"
    if arxiv:
        found[arxiv] = f"https://arxiv.org/abs/{arxiv}"
    if url:
        found[url] = url
    return found


class External(Part):
    """A work that the survey does not hold."""

    title: Text
    """Its title."""
    doi: Doi | None = None
    """As for the paper."""
    arxiv: ArxivId | None = None
    """As for the paper."""
    url: Url | None = None
    """As for the paper."""

    @property
    def ids(self) -> dict[str, str]:
        """What identifies it → an address."""
        return ids_with_addresses(self.doi, self.arxiv, self.url)


class Relation(Part):
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
            raise value_error("relation-target")
        return self


class Version(Part):
    """Another version of the same work: retitled, with other authors, at another venue."""

    title: TitleText
    """Its title."""
    authors: Annotated[tuple[Author, ...], BeforeValidator(filled_list), rule(minItems=1)] | None = None
    """Its authors, where they differ or are known."""
    year: Year | None = None
    """Its year."""
    type: Annotated[str, choice(PAPER_TYPES, "a type"), Rule({"enum": [*TYPES], "x-words": TYPES})] | None = None
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


class Provenance(Part):
    """Where the record came from."""

    source: Slug
    """One of the survey's sources: `listing`."""
    position: Position | None = None
    """Place in that source, counted from 1."""
    basis: Annotated[str, choice(BASES, "a basis"), Rule({"enum": [*BASES], "x-words": BASES})] | None = None
    """What the facts were read from: `primary` (the paper, or a page of its publisher, archive or authors), `abstract`
    (the listed abstract alone) or `aggregator` (only pages that repeat others)."""
    consulted: Annotated[tuple[Url, ...], BeforeValidator(filled_list), rule(minItems=1)] | None = None
    """Addresses at which the facts were read."""
    checked: FullDate | None = None
    """Day on which the entry was last compared with them."""
    checked_by: Text | None = None
    """Who compared it."""


WITH_VENUE = ("article", "inproceedings", "incollection")


def parts_of(annotation: Any) -> list[type]:
    """Return the classes that an annotation is made of: of ``tuple[Author, ...] | None`` `Author` among others."""
    if isinstance(annotation, type) and not hasattr(annotation, "__args__"):
        return [annotation]
    return [inner for argument in getattr(annotation, "__args__", ()) for inner in parts_of(argument)]
