"""`survey fmt`. I/O: reads and writes files of papers, questions, comparisons and names, prints."""

import sys
from pathlib import Path

import click

from living_survey.cli.command import config_option, main
from living_survey.disk.replacing import replace_files
from living_survey.editing.fmt import format_files, survey_files
from living_survey.editing.migrate_files import FilesMigration, plan_migration
from living_survey.loading.settings import load_settings
from living_survey.model.settings import Settings
from living_survey.syntax.problems import has_errors, to_text


@main.command()
@config_option
@click.option("--check", "only_check", is_flag=True, help="Change nothing; name the files that are not in the form.")
@click.option("--migrate", is_flag=True, help="Bring results of older versions into the form of numbers with names.")
@click.argument("files", nargs=-1, type=click.Path(path_type=Path))
def fmt(config_file: Path, only_check: bool, migrate: bool, files: tuple[Path, ...]) -> None:
    """Write files of the survey in canonical form: order of fields, quotes, line lengths. Comments stay.

    These are papers, questions, comparisons, and works outside the survey. Where the survey has a registry, other
    spellings of its names and units are replaced by them, and models and hardware of numbers are added to the paper's.
    In the registry itself units and words are spelled alike; its layout stays. Without FILES, all of the survey, and
    its registry.

    With --migrate, results with "evidence" and "direction", and attributes "models" and "hardware", get the form that
    they have now. What only a person can decide stays as it is and is named with its line; a second run goes on where
    the first one stopped.
    """
    settings = load_settings(config_file)
    if migrate:
        _migrate(settings, files, only_check=only_check)
    changed, problems = format_files(settings, files or survey_files(settings), write=not only_check)
    if problems:
        click.echo(to_text(problems), err=True)
    if not only_check:
        for file in changed:
            click.echo(f"formatted {settings.relative(file.absolute())}")
    click.echo(f"{len(changed)} files {'to format' if only_check else 'formatted'}, {len(problems)} problems", err=True)
    sys.exit(1 if problems else 0)


def _migrate(settings: Settings, files: tuple[Path, ...], *, only_check: bool) -> None:
    plan = plan_migration(settings, files or None, write=not only_check)
    if not only_check:
        replace_files(plan.files, root=settings.root)
    tell(plan, done=not only_check)
    sys.exit(1 if has_errors(plan.problems) or (only_check and plan.files) else 0)


def tell(plan: FilesMigration, *, done: bool) -> None:
    """Print what a migration came to, or would come to: lines by file, what is for a person, counts."""
    if plan.problems:
        click.echo(to_text(sorted(plan.problems)), err=True)
    for line in plan.lines:
        click.echo(f"{'migrated' if done else 'to migrate'}  {line}")
    click.echo(f"{plan.summary}{'' if done else ' (nothing written)'}", err=True)
