"""The command `survey`, and what its sub-commands have in common. I/O: prints; reads the survey."""

import io
import sys
import traceback
from dataclasses import replace
from pathlib import Path
from typing import Any

import click

from living_survey.disk.files import explain
from living_survey.disk.replacing import take_back
from living_survey.loading.settings import load_settings
from living_survey.loading.survey import load_survey
from living_survey.model.survey import Survey
from living_survey.syntax.errors import NOT_DONE, SurveyError
from living_survey.syntax.problems import did_you_mean
from living_survey.syntax.reading import REPORT, short

_SHOWN = 10
"""So many files that were put back are named."""


class _Survey(click.Group):
    """The one place where an error that ends a command is printed, and turned into an exit code."""

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command: one has a name of two words, ``survey add name``, and its first word is another's."""
        if len(args) > 1 and (command := self.get_command(ctx, " ".join(args[:2]))) and " " not in args[0]:
            return command.name, command, args[2:]
        return super().resolve_command(ctx, args)

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command."""
        for stream in (sys.stdout, sys.stderr):  # names of files may have bytes that are no characters
            if isinstance(stream, io.TextIOWrapper):
                stream.reconfigure(errors="backslashreplace")
        try:
            return super().invoke(ctx)
        except SurveyError as error:
            click.echo(str(error), err=True)
            show_cause(error.__cause__)
            sys.exit(error.exit_code)
        except BrokenPipeError:  # whoever reads the output has enough: click ends quietly
            raise
        except OSError as error:
            click.echo(explain(error), err=True)
            sys.exit(NOT_DONE)
        except (click.ClickException, click.exceptions.Exit, click.Abort):  # click's own ways to end
            raise
        except Exception as error:  # noqa: BLE001  (the last catch: nobody thought of it)
            click.echo(f"This could not be done: {short(error)}.\n    {REPORT}", err=True)
            show_cause(error)
            sys.exit(NOT_DONE)


def show_cause(error: BaseException | None) -> None:
    """With ``--debug``, show where an error that nobody thought of happened."""
    if error and click.get_current_context().find_root().params.get("debug"):
        click.echo("".join(traceback.format_exception(error)), err=True)


@click.group(cls=_Survey, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="living-survey")
@click.option("--debug", is_flag=True, help="Say where in the generator an error that nobody thought of happened.")
def main(debug: bool) -> None:
    """Keep a literature survey: one YAML file per paper, a page per theme, BibTeX for all."""


def put_back(folder: Path) -> None:
    """Put back what a command that was killed had begun to change, before anything is read."""
    if back := take_back(folder):
        words = "a command was killed while it wrote; what it had changed is as before"
        click.echo(f"{words}: {', '.join(file.name for file in back[:_SHOWN])}{' …' * (len(back) > _SHOWN)}", err=True)


def _after_putting_back(_: click.Context, __: click.Parameter, config_file: Path) -> Path:
    put_back(config_file.absolute().parent)
    return config_file


config_option = click.option(
    "--config", "config_file", type=click.Path(path_type=Path), default="mkdocs.yml", help="The survey's mkdocs.yml.",
    callback=_after_putting_back,
)  # fmt: skip


def load_unfinished(config_file: Path) -> Survey:
    """Load a survey to add papers to: entries that still lack what it requires do not stop that.

    Raises:
        ProblemsError: If anything else is wrong with it.
    """
    settings = load_settings(config_file)
    survey, _ = load_survey(settings.model_copy(update={"require": ()}))
    return replace(survey, settings=settings)


def check_options(survey: Survey, themes: tuple[str, ...], kind: str) -> None:
    """Refuse themes and a kind that the survey does not have.

    Raises:
        click.UsageError: With the nearest that it has.
    """
    for theme in themes:
        if theme not in survey.by_theme:
            raise click.UsageError(f"unknown theme: {theme}; {did_you_mean(theme, survey.by_theme)}".rstrip("; "))
    if kind and kind not in survey.settings.kinds:
        hint = did_you_mean(kind, survey.settings.kinds)
        raise click.UsageError(f"unknown kind: {kind}; {hint}".rstrip("; "))
