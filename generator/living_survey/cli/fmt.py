"""`survey fmt`. I/O: reads and writes files of papers and questions, prints."""

import sys
from pathlib import Path

import click

from living_survey.cli.command import config_option, main
from living_survey.editing.fmt import format_files, survey_files
from living_survey.loading.settings import load_settings
from living_survey.syntax.problems import to_text


@main.command()
@config_option
@click.option("--check", "only_check", is_flag=True, help="Change nothing; name the files that are not in the form.")
@click.argument("files", nargs=-1, type=click.Path(path_type=Path))
def fmt(config_file: Path, only_check: bool, files: tuple[Path, ...]) -> None:
    """Write files of papers and questions in canonical form: order of fields, quotes, line lengths. Comments stay.

    Without FILES, all papers and questions of the survey.
    """
    settings = load_settings(config_file)
    changed, problems = format_files(settings, files or survey_files(settings), write=not only_check)
    if problems:
        click.echo(to_text(problems), err=True)
    if not only_check:
        for file in changed:
            click.echo(f"formatted {settings.relative(file.absolute())}")
    click.echo(f"{len(changed)} files {'to format' if only_check else 'formatted'}, {len(problems)} problems", err=True)
    sys.exit(1 if problems else 0)
