"""`survey serve`. I/O: starts MkDocs, serves a page while the survey's settings are wrong, prints."""

import os
import subprocess
import sys
from pathlib import Path

import click

from living_survey.cli.command import config_option, main
from living_survey.loading.settings import load_settings
from living_survey.preview import Watch, from_text, show_until_changed
from living_survey.syntax.problems import Problem, ProblemsError, to_text

_READ_CONFIG = "import sys; from mkdocs.config import load_config; load_config(sys.argv[1])"


def _address(_context: click.Context, _option: click.Parameter, value: str) -> tuple[str, int]:
    host, colon, port = value.rpartition(":")
    if not (host and colon and port.isdecimal() and int(port) < 65536):
        raise click.BadParameter(f"{value} is not HOST:PORT, like 127.0.0.1:8000")
    return host, int(port)


@main.command()
@config_option
@click.option("-a", "--addr", default="127.0.0.1:8000", show_default=True, callback=_address, help="HOST:PORT.")
def serve(config_file: Path, addr: tuple[str, int]) -> None:
    """Serve the site on this machine and follow edits.

    While something is wrong you see the last good site under a bar that says what, where, and what to type instead.
    """
    command = [str(Path(sys.executable).parent / "mkdocs"), "serve", "--livereload", "-f", str(config_file)]
    while True:
        watch = Watch(config_file)
        if not (problems := _wrong_with(config_file)):
            break
        click.echo(to_text(problems), err=True)
        show_until_changed(problems, addr, watch)
    sys.stdout.flush()
    # From here on the plugin shows what is wrong.
    os.execv(command[0], [*command, "-a", f"{addr[0]}:{addr[1]}"])  # noqa: S606  (a program of this environment)


def _wrong_with(config_file: Path) -> list[Problem]:
    """Return why MkDocs would not even start: mistakes in its settings."""
    try:
        load_settings(config_file)
    except ProblemsError as error:
        return error.problems
    done = subprocess.run(  # noqa: S603  (fixed arguments)
        [sys.executable, "-c", _READ_CONFIG, str(config_file)], capture_output=True, text=True, check=False
    )
    if not done.returncode:
        return []
    lines = [line for line in done.stderr.splitlines() if "rror" in line and not line.startswith((" ", "Traceback"))]
    return from_text("\n".join(lines) or done.stderr, config_file.name)
