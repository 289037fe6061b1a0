"""Comparisons with a name: a title, some papers, and what is compared of them.

A comparison is a file, ``docs/comparisons/<id>.yaml``; its fields stand here in canonical order. What a column may be
is for `living_survey.model.columns`, its cells for `living_survey.model.comparing`. I/O: none.
"""

from collections.abc import Iterator
from typing import Annotated

from pydantic import BeforeValidator, ConfigDict

from living_survey.model.identifiers import Key, Slug
from living_survey.model.parts import Part
from living_survey.model.values import FullDate, Text, filled_list, rule
from living_survey.syntax.problems import FieldPath

FOLDER = "comparisons"
"""Folder of the files, below ``docs/``."""
ENDING = ".yaml"
MAX_ID = 100
"""Letters of an id; it is the name of a file and of a folder."""


class Comparison(Part):
    """A table over papers that has a page of its own."""

    model_config = ConfigDict(title="Comparison file")

    id: Slug
    """The file's name, which is the address of the page."""
    title: Text
    """The title of its page: `Inference on phones`."""
    papers: Annotated[tuple[Key, ...], BeforeValidator(filled_list), rule(minItems=1, uniqueItems=True)] | None = None
    """Keys of the papers, in the order of the rows."""
    query: Text | None = None
    """Instead of keys, which papers of the survey: `theme=flight year=2024..`."""
    columns: Annotated[tuple[Text, ...], BeforeValidator(filled_list), rule(minItems=1, uniqueItems=True)]
    """`year`, `kind`, `venue`, `themes`, `has`, `models`, `hardware`, a facet, an attribute, a metric with a unit."""
    note: Text | None = None
    """What a reader has to know of the table."""
    reviewed: dict[Key, FullDate] | None = None
    """Key of a paper → the day on which somebody looked at what became of it."""

    @property
    def source(self) -> str:
        """The file, relative to ``docs/``."""
        return f"{FOLDER}/{self.id}{ENDING}"

    def named(self) -> Iterator[tuple[FieldPath, str]]:
        """Yield (field, key) of every paper that the file names in its fields, former keys among them."""
        yield from ((("papers", number), key) for number, key in enumerate(self.papers or ()))
        yield from ((("reviewed", key), key) for key in self.reviewed or ())

    def texts(self) -> Iterator[tuple[FieldPath, str]]:
        """Yield (field, text) of what may cite papers."""
        if self.note:
            yield ("note",), self.note
