"""Read the questions: all files ``docs/questions/*.yaml``.

I/O: reads the folder.
"""

from living_survey.formats.paper_file import QUESTION
from living_survey.loading.data_files import Kind, Loaded, load_files
from living_survey.model.question import FOLDER, MAX_ID, Question
from living_survey.model.settings import Settings
from living_survey.model.theme import Taxonomy
from living_survey.syntax.problems import problem

QUESTIONS = Kind(
    FOLDER,
    Question,
    QUESTION,
    regular="a question is a file, without folders or symbolic links",
    needed="a question needs at least question, theme, and state",
    max_id=MAX_ID,
    invalid=lambda path, name: problem("question-name-invalid", path, name=name),
    too_long=lambda path, name: problem("question-name-too-long", path, length=len(name), limit=MAX_ID),
)


def load_questions(settings: Settings, taxonomy: Taxonomy) -> Loaded[Question]:
    """Read the questions.

    Args:
        settings: The survey's settings.
        taxonomy: The survey's themes, to say which one was meant.
    """
    return load_files(settings, QUESTIONS, taxonomy)
