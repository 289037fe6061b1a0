"""`survey mv`. I/O: reads and writes the survey, prints."""

import sys
from pathlib import Path

import click

from living_survey.cli.command import config_option, main
from living_survey.cli.forms import renew_forms
from living_survey.cli.schema import renew_schema
from living_survey.disk.files import explain
from living_survey.disk.replacing import replaced
from living_survey.editing.rename import RenamingError, plan_renaming
from living_survey.loading.settings import load_settings
from living_survey.loading.survey import load_survey
from living_survey.model.schema import NAME as SCHEMA_NAME
from living_survey.proposals.forms import FOLDER as FORMS_FOLDER
from living_survey.syntax.problems import ProblemsError, to_text


@main.command()
@config_option
@click.option("--what", type=click.Choice(["paper", "theme"]), default=None, help="For a name that both have.")
@click.option("--dry-run", is_flag=True, help="List the changes, write nothing.")
@click.argument("old")
@click.argument("new")
def mv(config_file: Path, what: str | None, dry_run: bool, old: str, new: str) -> None:
    """Rename the paper or the theme OLD to NEW, everywhere; OLD stays as an alias.

    A paper's file, relations, citations and reading paths follow; a theme's pages, sub-themes, papers and links.
    """
    try:
        settings = load_settings(config_file)
        survey, _ = load_survey(settings)
        files = [file for file in settings.root.iterdir() if file.is_file() and file.suffix in (".md", ".yml", ".cff")]
        files += [file for file in settings.docs_dir.rglob("*") if file.is_file()]
        plan = plan_renaming(survey, old, new, what=what or "", read=Path.read_bytes, files=sorted(files))
    except ProblemsError as error:
        click.echo(to_text(error.problems), err=True)
        hint = "if a survey mv was broken off here, git stash -u takes back what it did"
        click.echo(f"Nothing was changed: mend this first; {hint}.", err=True)
        sys.exit(1)
    except RenamingError as error:
        raise click.UsageError(str(error)) from None
    click.echo("\n".join(plan.changes))
    if plan.left:
        click.echo("\n".join(["left as they are, because only you know what is meant there:", *plan.left]))
    if dry_run:
        click.echo(f"{len(plan.changes)} changes (dry run: nothing written)", err=True)
        return
    try:
        with replaced(plan.files, root=settings.root):
            renamed, _ = load_survey(settings)
    except OSError as error:
        click.echo(f"Nothing was changed: {explain(error)}", err=True)
        sys.exit(1)
    except ProblemsError as error:
        click.echo(to_text(error.problems), err=True)
        click.echo("Nothing was changed: with the new name this would be wrong; mend it first.", err=True)
        sys.exit(1)
    if (settings.root / FORMS_FOLDER).is_dir():
        plan.changes += renew_forms(renamed, write=True)
    if (settings.papers_dir / SCHEMA_NAME).is_file():
        plan.changes += renew_schema(renamed, write=True)
    click.echo(f"{len(plan.changes)} changes", err=True)
