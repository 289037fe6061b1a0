"""Read the questions: all files ``docs/questions/*.yaml``.

I/O: reads the folder.
"""

import stat
from dataclasses import dataclass, field, replace
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from living_survey.disk.files import TEMPORARY
from living_survey.formats.paper_file import QUESTION, is_canonical
from living_survey.loading.validate import model_problems
from living_survey.model.identifiers import RESERVED_NAMES, Slug
from living_survey.model.question import ENDING, FOLDER, MAX_ID, Question
from living_survey.model.settings import Settings
from living_survey.model.theme import Taxonomy
from living_survey.syntax.problems import Problem, problem
from living_survey.syntax.yaml_reader import check_size, read_mapping

_ID = TypeAdapter[str](Slug)


@dataclass
class LoadedQuestions:
    """What the folder has.

    Attributes:
        questions: Those that could be read, in the order of their ids.
        paths: Their files.
        unread: Ids of those that could not.
        problems: What is wrong.
    """

    questions: list[Question] = field(default_factory=list)
    paths: list[Path] = field(default_factory=list)
    unread: set[str] = field(default_factory=set)
    problems: list[Problem] = field(default_factory=list)

    @property
    def ids(self) -> set[str]:
        """Ids that texts may name: of all files, the unread too."""
        return {question.id for question in self.questions} | self.unread


def question_files(settings: Settings) -> list[Path]:
    """Return the files of questions, in the order of their names."""
    folder = settings.docs_dir / FOLDER
    files = sorted(folder.iterdir()) if folder.is_dir() else []
    return [file for file in files if file.suffix == ENDING and not file.name.startswith(".")]


def load_questions(settings: Settings, taxonomy: Taxonomy) -> LoadedQuestions:
    """Read the questions.

    Args:
        settings: The survey's settings.
        taxonomy: The survey's themes, to say which one was meant.
    """
    loaded = LoadedQuestions()
    for file in question_files(settings):
        if file.name.endswith(TEMPORARY):
            continue  # the loader names what is left over, wherever it lies
        question, problems = _load(file, settings.relative(file), taxonomy)
        loaded.problems += problems
        if question:
            loaded.questions.append(question)
            loaded.paths.append(file)
        else:
            loaded.unread.add(file.stem)
    loaded.problems += _check_folder(settings, used=bool(loaded.questions or loaded.unread))
    return loaded


def check_form(settings: Settings, files: list[Path]) -> list[Problem]:
    """Warn of files of questions that are not in canonical form."""
    others = [file for file in files if not is_canonical(file.read_bytes(), file.name, QUESTION)]
    return [problem("file-not-canonical", settings.relative(file)) for file in others]


def _load(file: Path, path: str, taxonomy: Taxonomy) -> tuple[Question | None, list[Problem]]:
    status = file.lstat()
    if not stat.S_ISREG(status.st_mode):
        return None, [problem("file-not-regular", path, hint="a question is a file, without folders or symbolic links")]
    if too_large := check_size(status.st_size, path):
        return None, too_large
    if wrong := _check_id(file.stem, path):
        return None, wrong
    document = read_mapping(file.read_bytes(), path, positions=False)
    if document.problems or not document.data:
        needed = "a question needs at least question, theme, and state"
        found = document.problems or [problem("file-empty", path)]
        return None, [replace(one, hint=needed) if one.code == "file-empty" else one for one in found]
    if "id" in document.data:
        hint = "delete it: the id is the file's name"
        return None, [problem("field-unknown", path, field=("id",), hint=hint, name="id")]
    try:
        return Question.model_validate({**document.data, "id": file.stem}), []
    except ValidationError as error:
        return None, model_problems(error, path, Question, taxonomy)


def _check_id(name: str, path: str) -> list[Problem]:
    try:
        _ID.validate_python(name)
    except ValidationError:
        return [problem("question-name-invalid", path, name=name)]
    if name in RESERVED_NAMES:
        return [problem("name-reserved", path, value=name)]
    return [] if len(name) <= MAX_ID else [problem("question-name-too-long", path, length=len(name), limit=MAX_ID)]


def _check_folder(settings: Settings, *, used: bool) -> list[Problem]:
    """Refuse what stands where the pages of questions stand, in a survey that has any."""
    folder = settings.docs_dir / FOLDER
    problems = [
        problem("file-name-ending", settings.relative(file), stem=file.stem) for file in sorted(folder.glob("*.yml"))
    ]
    others = [folder.with_suffix(".md"), *(sorted(folder.rglob("*")) if used else ())]
    for file in others if used else ():
        name = file.relative_to(settings.docs_dir).as_posix()
        ours = file.parent == folder and file.suffix in (ENDING, ".yml")
        hidden = any(part.startswith(".") for part in name.split("/"))
        if file.is_file() and not ours and not hidden:
            hint = f"move it out of {FOLDER}/, whose pages are made from {settings.relative(folder)}/*{ENDING}"
            problems.append(problem("address-taken", settings.relative(file), hint=hint, folder=FOLDER))
    return problems
