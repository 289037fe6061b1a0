"""Works outside the survey that its texts build on: a record of each, with the place where its facts were found.

They stand in a file of their own (``docs/works.yaml``, unless the settings say otherwise); their fields stand here in
canonical order. I/O: none.
"""

from typing import Annotated

from pydantic import BeforeValidator, ConfigDict, model_validator

from living_survey.model.identifiers import ArxivId, Doi, Slug, Url, work_ids
from living_survey.model.parts import Part, ids_with_addresses
from living_survey.model.values import NamePart, Text, Year, filled_list, rule, value_error


class Work(Part):
    """A work that the survey does not hold and that its texts name."""

    model_config = ConfigDict(
        json_schema_extra={"anyOf": [{"required": ["doi"]}, {"required": ["arxiv"]}, {"required": ["url"]}]}
    )

    title: Text
    """Its full title."""
    also: Annotated[tuple[Text, ...], BeforeValidator(filled_list), rule(minItems=1, uniqueItems=True)] | None = None
    """Names by which `relations:` of papers mean it: `GPTQ`."""
    author: NamePart
    """Family name of its first author."""
    year: Year
    """Its year."""
    doi: Doi | None = None
    """DOI: `10.1145/1498765.1498785`."""
    arxiv: ArxivId | None = None
    """arXiv id, quoted: `"2309.06180"`."""
    url: Url | None = None
    """Its address, where it has neither; or besides."""
    found_in: Text
    """Where title, author, year, and identifier were found: an address, or words."""

    @model_validator(mode="after")
    def _identified(self) -> "Work":
        if not (self.doi or self.arxiv or self.url):
            raise value_error("work-unidentified")
        return self

    @property
    def ids(self) -> dict[str, str]:
        """What identifies it → an address."""
        return ids_with_addresses(self.doi, self.arxiv, self.url)

    @property
    def compared(self) -> list[str]:
        """Its identifiers in a form that can be compared, as `find_links` gives those of an address."""
        return [*work_ids(self.doi, self.arxiv), *([self.url] if self.url else [])]

    @property
    def names(self) -> tuple[str, ...]:
        """Its title and the other names that mean it."""
        return self.title, *(self.also or ())


class Works(Part):
    """The file of these works."""

    model_config = ConfigDict(title="File of works outside the survey")

    works: dict[Slug, Work]
    """Id → a work: `kwon2023pagedattention`."""
