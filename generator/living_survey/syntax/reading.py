"""The last catch: over what nobody thought of, a reader stumbles with words and never with a traceback. I/O: none."""

from types import TracebackType

from living_survey.syntax.errors import SurveyError
from living_survey.syntax.problems import Problem, ProblemsError, problem

DEBUG = "SURVEY_DEBUG"
"""Variable of the environment with which a build shows where an error happened."""
REPORT = "please report it, with what it says with --debug (survey --debug …; SURVEY_DEBUG=1 mkdocs build)"
"""What to do about an error that nobody thought of."""


class StumbledError(ProblemsError):
    """A file over which the generator stumbled; what happened is its ``__cause__``."""


class reading:  # noqa: N801  (used like a function)
    """Say of which file it was that something went wrong in the block: ``with reading("papers/x.yaml"):``.

    Raises:
        StumbledError: In the place of every error but those that end commands with words, and those of the disk.
    """

    __slots__ = ("_path",)

    def __init__(self, path: str) -> None:
        """Begin with a file, as it is reported."""
        self._path = path

    def __enter__(self) -> None:
        """Do nothing yet."""

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, _: TracebackType | None) -> None:
        """Name the file."""
        if isinstance(error, Exception) and not isinstance(error, (SurveyError, OSError)):
            raise StumbledError([stumbled(self._path, error)]) from error


def stumbled(path: str, error: BaseException) -> Problem:
    """Return the problem of a file over which the generator stumbled."""
    return problem("file-not-understood", path, reason=short(error))


def short(error: BaseException) -> str:
    """Return what went wrong as a few words on one line: ``RecursionError: maximum recursion depth exceeded``."""
    words = " ".join(str(error).split()).encode("utf-8", "replace").decode("utf-8")
    return f"{type(error).__name__}: {words[:200]}".rstrip(": ")
