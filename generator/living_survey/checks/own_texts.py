"""Everything that a survey says in its own words. I/O: none."""

from collections.abc import Iterator
from dataclasses import dataclass

from living_survey.checks.data_files import file_path
from living_survey.checks.papers import paper_path
from living_survey.model.page import EditorPage
from living_survey.model.paper import Paper
from living_survey.model.registry import LISTS
from living_survey.model.survey import Survey
from living_survey.syntax.problems import FieldPath, Places


@dataclass(frozen=True, slots=True)
class OwnText:
    """A text, and where it stands.

    Attributes:
        path: The file, as it is reported.
        text: The text.
        first_line: The line of the file at which it begins; 0 where only its field is known.
        field: The field that it is, if it is one.
        page: The page that it is of, relative to ``docs/``; empty for papers, questions and comparisons.
    """

    path: str
    text: str
    first_line: int = 0
    field: FieldPath = ()
    page: str = ""

    def place(self, position: int) -> tuple[int, int]:
        """Return line and column of a place in it: of its field's beginning where no more is known."""
        if not self.first_line:
            return (0, 0)
        return (self.first_line, 1) if self.field else Places(self.text, self.first_line).find(position)


def own_texts(survey: Survey) -> Iterator[OwnText]:
    """Yield every text of a survey's own: of papers, questions, comparisons, pages."""
    settings = survey.settings
    for paper in survey.papers.values():
        path = paper_path(settings, paper)
        yield from (OwnText(path, text, field=field) for field, text in _of_paper(paper) if text)
    for question in survey.questions.values():
        path = file_path(settings, question)
        for field, text in ((("question",), question.question), *question.texts()):
            yield OwnText(path, text, field=field)
    for one in survey.comparisons.values():
        path = file_path(settings, one)
        for field, text in ((("title",), one.title), *one.texts()):
            yield OwnText(path, text, field=field)
    for page in survey.pages.values():
        yield OwnText(page.path, page.text, page.first_line, page=page.source)
        for field, text in _in_front(page):
            yield OwnText(page.path, text, page.locate(*field)[0], field, page.source)


def _of_paper(paper: Paper) -> Iterator[tuple[FieldPath, str | None]]:
    yield ("tldr",), paper.tldr
    yield ("summary",), paper.summary
    yield from ((("attributes", name), text) for name, text in (paper.attributes or {}).items())
    for name in LISTS:
        for number, one in enumerate(getattr(paper, name) or ()):
            yield (name, number, "setting"), one.setting
            yield (name, number, "reason"), one.reason
    yield from ((("relations", number, "note"), one.note) for number, one in enumerate(paper.relations or ()))
    yield from ((("versions", number, "note"), one.note) for number, one in enumerate(paper.versions or ()))


def _in_front(page: EditorPage) -> Iterator[tuple[FieldPath, str]]:
    """Yield what the front matter of a page says in sentences."""
    for name in ("title", "definition", "description"):
        if isinstance(text := page.front.get(name), str) and text:
            yield (name,), text
    yield from ((("path", number, "why"), step.why) for number, step in enumerate(page.steps) if step.why)
    yield from ((("terms", n, "definition"), term.definition) for n, term in enumerate(page.terms) if term.definition)
