"""Commands as users type them, most of them run inside this process: starting Python anew takes longer than they do."""

import contextlib
import logging
import os
import signal
import socket
import subprocess
import sys
import threading
import traceback
import warnings
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import click
from click.testing import CliRunner
from living_survey.cli import main as survey_command
from mkdocs.__main__ import ColorFormatter
from mkdocs.__main__ import cli as mkdocs_command

ROOT = Path(__file__).parent.parent
MKDOCS = Path(sys.executable).parent / "mkdocs"
SURVEY = Path(sys.executable).parent / "survey"
FOLLOW = """address => {
    const link = document.createElement("a")
    link.href = address
    document.body.append(link)
    link.click()
}"""
"""Script: follow a link to an address, as a click does."""

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


def mkdocs(config: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run ``mkdocs build`` on a survey, within this process."""
    return call(mkdocs_command, ["build", "-f", str(config), *arguments], Path.cwd())


def mkdocs_process(config: Path, *arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
    """Run ``mkdocs build`` on a survey in a process of its own, with further variables in its environment."""
    command = [str(MKDOCS), "build", "-f", str(config), *arguments]
    environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1", **variables}
    return subprocess.run(command, capture_output=True, text=True, env=environment, timeout=300, check=False)


def run_survey(folder: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run ``survey`` in a folder, within this process, with further variables in its environment."""
    return call(survey_command, arguments, folder, environment=environment)


def build(config: Path, *arguments: str) -> None:
    """Build a site with the program that a user runs."""
    done = mkdocs_process(config, "--strict", *arguments)
    assert done.returncode == 0, done.stderr


def snapshot(folder: Path) -> dict[str, bytes]:
    """Return the content of every file in a folder, without what Python compiled of it."""
    return {
        file.relative_to(folder).as_posix(): file.read_bytes()
        for file in sorted(folder.rglob("*"))
        if file.is_file() and "__pycache__" not in file.parts
    }


def free_port() -> int:
    """Return a port of the loopback on which nobody listens."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


@contextlib.contextmanager
def running(folder: Path, *command: str) -> Iterator[str]:
    """Run a command that serves a survey; yield the site's address and end the command."""
    port = free_port()
    environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1"}
    with (folder.parent / "serve.log").open("wb") as output:
        server = subprocess.Popen(
            [*command, "-a", f"127.0.0.1:{port}"], cwd=folder, stdout=output, stderr=output, env=environment
        )
        try:
            yield f"http://127.0.0.1:{port}/survey/"
        finally:
            server.send_signal(signal.SIGINT)
            try:
                server.wait(20)
            except subprocess.TimeoutExpired:
                server.kill()
                server.wait()
