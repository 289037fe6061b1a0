"""Texts that stand in fields of files and may cite, give numbers and hold expressions. I/O: none."""

from collections.abc import Iterator
from dataclasses import dataclass

from living_survey.checks.data_files import file_path
from living_survey.checks.papers import paper_path
from living_survey.model.comparing import compared
from living_survey.model.paper import Paper
from living_survey.model.query import QueryError
from living_survey.model.survey import Survey
from living_survey.syntax.problems import FieldPath
from living_survey.syntax.scalars import count_solid


@dataclass(frozen=True, slots=True)
class FieldText:
    """A text, where it stands, and what it speaks of.

    Attributes:
        path: The file, as it is reported.
        field: The field.
        text: The text.
        papers: The papers that it speaks of, which it need not cite.
        own: Key of the paper that its expressions need not name; empty where there is none.
    """

    path: str
    field: FieldPath
    text: str
    papers: tuple[Paper, ...]
    own: str = ""

    def place(self, start: int) -> FieldPath:
        """Return where a place of the text stands."""
        return (*self.field, count_solid(self.text[:start]))


def field_texts(survey: Survey) -> Iterator[FieldText]:
    """Yield the sentences on papers, their summaries, the texts of questions, and the notes of comparisons.

    The first two speak of their paper; what a side says, of its papers; the reason beside a paper, of that one; an
    answer, of the papers of all sides; a note, of those that its table shows.
    """
    for paper in survey.papers.values():
        for name, text in (("tldr", paper.tldr), ("summary", paper.summary)):
            if text:
                yield FieldText(paper_path(survey.settings, paper), (name,), text, (paper,), paper.key)
    for question in survey.questions.values():
        path = file_path(survey.settings, question)
        for field, text in question.texts():
            own = str(field[-1]) if "papers" in field else ""
            sides = question.sides or ()
            sides = sides[int(field[1]) :][:1] if field[0] == "sides" else sides
            keys = [own] if own else [key for side in sides for key in side.papers]
            papers = tuple({found.key: found for key in keys if (found := survey.find(key))}.values())
            yield FieldText(path, field, text, papers, papers[0].key if own and papers else "")
    for one in survey.comparisons.values():
        if one.note:
            try:
                shown = tuple(compared(survey, one).papers)
            except QueryError:  # which the check of queries reports
                continue
            yield FieldText(file_path(survey.settings, one), ("note",), one.note, shown)
