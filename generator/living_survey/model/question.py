"""Questions to the literature: what is open, on what papers disagree, what they settle.

A question is a file, ``docs/questions/<id>.yaml``; its fields stand here in canonical order. What stands between
fields is for `living_survey.checks.questions`. I/O: none.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Annotated

from pydantic import BeforeValidator, ConfigDict

from living_survey.model.identifiers import Key, Slug, ThemePath
from living_survey.model.parts import Part
from living_survey.model.values import FullDate, Rule, Text, choice, filled_list, rule, whole_number
from living_survey.syntax.code_spans import mask_code
from living_survey.syntax.problems import FieldPath, Places

FOLDER = "questions"
"""Folder of the files, below ``docs/``."""
ENDING = ".yaml"
MAX_ID = 100
"""Letters of an id; it is the name of a file and of a folder."""
OPEN, DISPUTED, SETTLED = STATES = ("open", "disputed", "settled")
CERTAINTIES = ("high", "moderate", "low")
ALL = "all"
"""In ``reviewed``, the day on which somebody looked at all papers that the query found."""
MENTION = r"(?<!\\)\[\?([A-Za-z0-9][A-Za-z0-9_-]*)\](?!\(|\[(?!\?))"
"""A question that a text names: ``[?reed-warblers]``. A link whose text looks like that is one all the same."""
_MENTION = re.compile(MENTION)


class Side(Part):
    """One answer, and the papers that speak for it."""

    says: Text
    """What these papers say, in a few words."""
    papers: dict[Key, Text]
    """Key of a paper → in a few words, what it reports."""


class Question(Part):
    """A question, what papers say to it, and which papers were looked at."""

    model_config = ConfigDict(title="Question file")

    id: Slug
    """The file's name, which is the address of the page."""
    question: Text
    """The question, as the title of its page."""
    theme: ThemePath
    """Path of the theme on whose page it is listed."""
    state: Annotated[str, choice(STATES, "a state"), Rule({"enum": [*STATES]})]
    """`open`, `disputed` or `settled`."""
    finding: Annotated[int, BeforeValidator(whole_number(1, 9999, "a place")), rule(minimum=1, maximum=9999)] | None = (
        None
    )
    """Place among the findings, from 1."""
    answer: Text | None = None
    """What the papers say together."""
    certainty: Annotated[str, choice(CERTAINTIES, "a certainty"), Rule({"enum": [*CERTAINTIES]})] | None = None
    """`high`, `moderate` or `low`."""
    why: Text | None = None
    """On what the certainty rests."""
    sides: Annotated[tuple[Side, ...], BeforeValidator(filled_list), rule(minItems=1)] | None = None
    """What some papers say, and which."""
    decided_by: Text | None = None
    """What measurement would answer it, or change the answer."""
    query: Text | None = None
    """Which papers of the survey bear on it: `theme=flight year=2024..`."""
    seen: Annotated[tuple[Key, ...], BeforeValidator(filled_list), rule(uniqueItems=True)] | None = None
    """The papers that the query found when somebody last looked."""
    reviewed: dict[Key, FullDate] | None = None
    """`all` → the day of that look; or keys of papers with a day each."""

    @property
    def source(self) -> str:
        """The file, relative to ``docs/``."""
        return f"{FOLDER}/{self.id}{ENDING}"

    @property
    def reviewed_all(self) -> str:
        """The day on which somebody looked at all papers that the query found; empty if the file does not say."""
        return (self.reviewed or {}).get(ALL, "")

    def named(self) -> Iterator[tuple[FieldPath, str]]:
        """Yield (field, key) of every paper that the file names in its fields, former keys among them."""
        for number, side in enumerate(self.sides or ()):
            yield from ((("sides", number, "papers", key), key) for key in side.papers)
        yield from ((("seen", number), key) for number, key in enumerate(self.seen or ()))
        yield from ((("reviewed", key), key) for key in self.reviewed or () if key != ALL)

    def texts(self) -> Iterator[tuple[FieldPath, str]]:
        """Yield (field, text) of what may cite papers."""
        for name, text in (("answer", self.answer), ("why", self.why)):
            if text:
                yield (name,), text
        for number, side in enumerate(self.sides or ()):
            yield ("sides", number, "says"), side.says
            yield from ((("sides", number, "papers", key), reason) for key, reason in side.papers.items())
        if self.decided_by:
            yield ("decided_by",), self.decided_by


def findings(questions: Sequence[Question]) -> list[Question]:
    """Return the questions that are findings, in their order."""
    return sorted((one for one in questions if one.finding), key=lambda one: one.finding or 0)


@dataclass(frozen=True, slots=True)
class QuestionMention:
    """A question that a text names, and where."""

    id: str
    line: int
    column: int
    heading: bool


def find_questions(text: str, first_line: int = 1) -> Iterator[QuestionMention]:
    """Yield the questions that a text in Markdown names, code and comments left out."""
    if "[?" not in text:
        return
    masked = mask_code(text)
    places = Places(masked, first_line)
    for found in _MENTION.finditer(masked):
        line, column = places.find(found.start())
        yield QuestionMention(found[1], line, column, masked.startswith("#", found.start() - column + 1))
