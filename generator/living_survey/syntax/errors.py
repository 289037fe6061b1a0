"""What ends a command, and with which exit code. I/O: none."""

from typing import ClassVar

INPUT_IS_WRONG = 1
"""The files that a command was given, or the survey itself, have to be corrected."""
NOT_DONE = 2
"""It could not be done: what was typed, a service that does not answer, a disk that is full."""


class SurveyError(Exception):
    """Ends a command with a message that says what is wrong and what to do."""

    exit_code: ClassVar[int] = NOT_DONE
