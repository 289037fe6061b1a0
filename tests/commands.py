"""Commands as users type them, run inside this process: starting Python anew takes longer than most of them."""

import contextlib
import logging
import signal
import subprocess
import threading
import traceback
import warnings
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import click
from click.testing import CliRunner
from mkdocs.__main__ import ColorFormatter

ColorFormatter.text_wrapper.width = 0  # as where the output is no terminal: this process may have one


def call(
    command: click.Command,
    arguments: Sequence[str],
    folder: Path,
    *,
    environment: Mapping[str, str] | None = None,
    seconds: int = 120,
) -> subprocess.CompletedProcess[str]:
    """Run a command in a folder and return what its process would have returned.

    Args:
        command: The command that an entry point of the package, or of MkDocs, calls.
        arguments: What follows the command's name.
        folder: The folder in which it runs.
        environment: Variables that it sees besides those of this process.
        seconds: How long it may take.

    Raises:
        TimeoutError: If it has not ended by then.
    """
    with contextlib.chdir(folder), _as_at_first(), _ended_after(seconds):
        done = CliRunner().invoke(command, list(arguments), env=environment, prog_name=command.name)
    errors = done.stderr
    if done.exc_info and not isinstance(done.exception, SystemExit | None):
        errors += "".join(traceback.format_exception(*done.exc_info))
    return subprocess.CompletedProcess([str(command.name), *arguments], done.exit_code, done.stdout, errors)


@contextlib.contextmanager
def _as_at_first() -> Iterator[None]:
    """Take back what a command changes of this process: MkDocs sets loggers up, and says nothing twice in its life."""
    logger, builds = logging.getLogger("mkdocs"), logging.getLogger("mkdocs.commands.build")
    handlers, level, filters = list(logger.handlers), logger.level, list(builds.filters)
    try:
        with warnings.catch_warnings():
            yield
    finally:
        logger.handlers[:] = handlers
        builds.filters[:] = filters
        logger.setLevel(level)


@contextlib.contextmanager
def _ended_after(seconds: int) -> Iterator[None]:
    """Interrupt what takes longer, where it can be: in the main thread."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    def interrupt(*_: object) -> None:
        raise TimeoutError(f"the command did not end within {seconds} seconds")

    before = signal.signal(signal.SIGALRM, interrupt)
    signal.alarm(seconds)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)
