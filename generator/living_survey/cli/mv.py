"""`survey mv`. I/O: reads and writes the survey, prints."""

from pathlib import Path

import click

from living_survey.cli.command import config_option, main
from living_survey.cli.forms import renew_forms
from living_survey.cli.schema import renew_schema
from living_survey.disk.files import explain
from living_survey.disk.replacing import replaced
from living_survey.editing.rename import plan_renaming
from living_survey.loading.settings import load_settings
from living_survey.loading.survey import load_survey
from living_survey.model.schema import NAME as SCHEMA_NAME
from living_survey.proposals.forms import FOLDER as FORMS_FOLDER
from living_survey.syntax.errors import INPUT_IS_WRONG, SurveyError
from living_survey.syntax.problems import ProblemsError


class _RefusedError(SurveyError):
    """The survey has errors, or would have."""

    exit_code = INPUT_IS_WRONG


@main.command()
@config_option
@click.option("--what", type=click.Choice(["paper", "theme"]), default=None, help="For a name that both have.")
@click.option("--dry-run", is_flag=True, help="List the changes, write nothing.")
@click.argument("old")
@click.argument("new")
def mv(config_file: Path, what: str | None, dry_run: bool, old: str, new: str) -> None:
    """Rename the paper or the theme OLD to NEW, everywhere; OLD stays as an alias.

    A paper's file, relations, baselines, citations, reading paths, questions and comparisons follow; a theme's pages,
    sub-themes, papers, questions, comparisons and links; expressions and queries in texts too, but not in code.
    """
    settings = load_settings(config_file)
    try:
        survey, _ = load_survey(settings)
    except ProblemsError as error:
        hint = "if a survey mv was interrupted here, git stash -u takes back what it did"
        raise _RefusedError(f"{error}\nNothing was changed: correct this first; {hint}.") from None
    files = [file for file in settings.root.iterdir() if file.is_file() and file.suffix in (".md", ".yml", ".cff")]
    files += [file for file in settings.docs_dir.rglob("*") if file.is_file()]
    plan = plan_renaming(survey, old, new, what=what or "", read=Path.read_bytes, files=sorted(files))
    click.echo("\n".join(plan.changes))
    if plan.left:
        click.echo("\n".join(["not changed, because only you know what is meant there:", *plan.left]))
    if dry_run:
        click.echo(f"{len(plan.changes)} changes (dry run: nothing written)", err=True)
        return
    try:
        with replaced(plan.files, root=settings.root):
            renamed, _ = load_survey(settings)
    except OSError as error:
        raise SurveyError(f"Nothing was changed: {explain(error)}") from None
    except ProblemsError as error:
        words = "Nothing was changed: with the new name this would be wrong; correct it first."
        raise _RefusedError(f"{error}\n{words}") from None
    if (settings.root / FORMS_FOLDER).is_dir():
        plan.changes += renew_forms(renamed, write=True)
    if (settings.papers_dir / SCHEMA_NAME).is_file():
        plan.changes += renew_schema(renamed, write=True)
    click.echo(f"{len(plan.changes)} changes", err=True)
