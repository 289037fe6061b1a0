"""The paper file: its fields and what they mean.

This is the only definition: the checks, the JSON Schema for editors and the contributors' table of fields are made
from it. Fields are in their canonical order. Vocabularies (themes, kinds, facets) belong to the survey, not here.
I/O: none.
"""

import re
from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Annotated, Any, get_args

from pydantic import BeforeValidator, ConfigDict

from living_survey.model.identifiers import ARXIV_DOI, ArxivId, Doi, Key, Slug, ThemePath, Url
from living_survey.model.number import Number
from living_survey.model.parts import (
    GRAVE,
    PAPER_TYPES,
    STATUSES,
    TYPES,
    WITH_VENUE,
    Author,
    Links,
    Part,
    Provenance,
    Relation,
    Venue,
    Version,
    parts_of,
)
from living_survey.model.title import Title
from living_survey.model.values import (
    Date,
    FullDate,
    Matching,
    Paragraphs,
    Rule,
    Text,
    TitleText,
    Word,
    Year,
    Yes,
    choice,
    filled_list,
    rule,
)

LONGEST_NAME = 100
"""Characters of the name of a field under ``extra``: YAML itself reads none of more than 1,024."""
ExtraName = Annotated[
    str,
    Matching.build(
        rf"(?=.{{1,{LONGEST_NAME}}}$)[a-z][a-z0-9]*(?:-[a-z0-9]+)*",
        "the name of a field",
        f"write lowercase letters, digits, and hyphens, at most {LONGEST_NAME}",
    ),
]
_PEOPLE = rule(minItems=1, x_distinct=True, x_help="All of them, in order, one per line.")
_ONCE = rule(minItems=1, uniqueItems=True)
_Names = Annotated[tuple[Word, ...], BeforeValidator(filled_list), _ONCE]


def _letters(text: str) -> str:
    return re.sub(r"[\W_]+", "", text.lower())


class Paper(Part):
    """A paper of the survey. The name of its file is its citation key."""

    model_config = ConfigDict(
        title="Paper file",
        ignored_types=(cached_property,),
        json_schema_extra={
            # What stands between fields; `living_survey.loading.validate` says the same.
            "allOf": [
                {
                    "if": {"properties": {"type": {"enum": [*WITH_VENUE]}}, "required": ["type"]},
                    "then": {"required": ["venue"]},
                    "x-hint": "fill in the venue, or choose another type",
                },
                {
                    "if": {"properties": {"status": {"enum": [*GRAVE]}}, "required": ["status"]},
                    "then": {"required": ["status_since"]},
                    "x-hint": "write the day of the notice, or choose another status",
                },
            ],
            "dependentRequired": {"arxiv_class": ["arxiv"]},
            "x-part-of": {"protect": "title"},
            "x-starts-with": {"published": "year"},
        },
    )

    key: Key
    """The citation key. May be left out: it is the name of the file."""
    title: Annotated[TitleText, rule(x_help="Title of the cited version, as printed there.")]
    """Title of the cited version, plain text; in double quotes when it has a colon."""
    protect: (
        Annotated[
            tuple[Text, ...],
            rule(x_help="Words of the title whose capitals BibTeX keeps, one per line. Empty: chosen automatically."),
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
    type: Annotated[str, choice(PAPER_TYPES, "a type"), Rule({"enum": [*TYPES], "x-words": TYPES})]
    """What kind of publication: `article`, `inproceedings`, `preprint`, …"""
    status: Annotated[str, choice(STATUSES, "a status"), Rule({"enum": [*STATUSES]})] = "published"
    """`preprint`, `published`, `withdrawn` or `retracted`; left out: `published`."""
    status_since: FullDate | None = None
    """Day on which it was withdrawn or retracted: `2026-10-02`; these two need it."""
    status_notice: Annotated[Url, rule(x_label="Notice of the status")] | None = None
    """Where the withdrawal or the retraction is explained."""
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
    models: _Names | None = None
    """Models that the paper makes or studies: names of the registry, or sizes such as `33B`, `2B-14B`, `to 34B`."""
    hardware: _Names | None = None
    """What it ran on or is made for: names of the registry."""
    results: Annotated[tuple[Number, ...], BeforeValidator(filled_list), rule(minItems=1)] | None = None
    """What was achieved, in numbers: `- {metric: throughput, value: 1.5, unit: x more, baseline: vllm, quote: "…"}`."""
    scale: Annotated[tuple[Number, ...], BeforeValidator(filled_list), rule(minItems=1)] | None = None
    """Sizes: parameters, training data, data sets, machine time. Numbers as in `results`."""
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
    def display_title(self) -> Title:
        """The title, preceded by the short name when the title does not say it."""
        if self.short_name and _letters(self.short_name) not in _letters(self.title):
            return Title(f"{self.short_name}: {self.title}")
        return self.title

    @cached_property
    def date(self) -> str:
        """Date first made public, else that of the cited version; sorts as text."""
        return self.first_public or self.published or str(self.year)

    @property
    def arxiv_doi(self) -> str | None:
        """The DOI that arXiv gives a preprint; none where there is a publisher's version."""
        return f"{ARXIV_DOI}{self.arxiv}" if self.arxiv and self.type == "preprint" else None

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


WIDTH = 100
"""Columns at which paragraphs wrap."""


def _keywords(annotation: Any) -> Iterator[Mapping[str, Any]]:
    """Yield the rules of a field's type, of the types that it is made of too."""
    for inner in get_args(annotation):
        if isinstance(inner, Rule):
            yield inner.keywords
        else:
            yield from _keywords(inner)


def _fields_with(*keywords: str) -> frozenset[str]:
    """Return the names of fields, of nested parts too, whose types have a rule with one of these keywords."""
    found = set[str]()
    models: list[type[Part]] = [Paper, *_parts(Paper)]
    for model in models:
        for name, info in model.model_fields.items():
            rules = [one.keywords for one in info.metadata if isinstance(one, Rule)]
            if any(keyword in rule for rule in (*rules, *_keywords(info.annotation)) for keyword in keywords):
                found.add(name)
    return frozenset(found)


def _parts(model: type[Part]) -> Iterator[type[Part]]:
    for info in model.model_fields.values():
        for inner in parts_of(info.annotation):
            if issubclass(inner, Part):
                yield inner
                yield from _parts(inner)


UNQUOTED = _fields_with("minimum", "x-calendar", "const")
"""Fields that are numbers, dates, ``true`` and ``false``: they stay without quotes."""
PARAGRAPHS = _fields_with("x-paragraphs")
"""Fields of running text, which wrap."""
FLOW_LISTS = frozenset({"protect", "models", "hardware", "baseline", "benchmark", "model"})
"""Lists of a few words, on one line."""
SHORT_ITEMS = 120
"""Columns into which a number fits on one line."""
