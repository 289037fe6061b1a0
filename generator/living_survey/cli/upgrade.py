"""`survey upgrade`. I/O: reads and writes a survey, prints."""

from pathlib import Path

import click

from living_survey.cli.command import main, put_back
from living_survey.cli.fmt import tell
from living_survey.disk.files import explain
from living_survey.disk.replacing import replace_files
from living_survey.editing.migrate_files import plan_migration
from living_survey.loading.settings import load_settings
from living_survey.scaffold.upgrade import plan_upgrade
from living_survey.syntax.errors import SurveyError


@main.command()
@click.option("--force", is_flag=True, help="Replace files that were changed by hand, too.")
@click.option("--dry-run", is_flag=True, help="Say what would happen, write nothing.")
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False), default=".")
def upgrade(folder: Path, force: bool, dry_run: bool) -> None:
    """Bring the generator of the survey in FOLDER to this version.

    Pages, mkdocs.yml, README.md and CITATION.cff stay; so do files of the generator that you changed yourself: their
    new versions lie beside them, with .new behind the name. Papers stay too, but for their numbers, which get the form
    of this version, as by "survey fmt --migrate".
    """
    put_back(folder.absolute())
    plan = plan_upgrade(folder, force=force)
    numbers = plan_migration(load_settings(folder.absolute() / "mkdocs.yml"), write=not dry_run)
    if not dry_run:
        try:
            replace_files({**plan.files, **numbers.files}, root=folder.absolute(), programs=plan.programs)
        except OSError as error:
            raise SurveyError(f"Nothing was changed: {explain(error)}") from None
    click.echo("\n".join(plan.lines) or "everything is up to date")
    if numbers.lines or numbers.problems:
        tell(numbers, done=not dry_run)
    end = " (dry run: nothing written)" if dry_run else f"; next: cd {folder} && make format check test"
    click.echo(f"{plan.old} → {plan.new}{end}", err=True)
    if plan.beside:
        click.echo(f"Merge what you want from the {len(plan.beside)} .new files, then delete them.", err=True)
