"""`survey keys`. I/O: reads and writes the survey, prints."""

from pathlib import Path

import click

from living_survey.cli.command import config_option, main
from living_survey.disk.replacing import replace_files
from living_survey.editing.own_keys import plan_own_keys
from living_survey.loading.settings import load_settings
from living_survey.loading.survey import load_survey


@main.command()
@config_option
@click.option("--dry-run", is_flag=True, help="List the changes, write nothing.")
def keys(config_file: Path, dry_run: bool) -> None:
    """Cite papers by their keys here: rewrite citations by former keys and by keys of imported bibliographies.

    Texts of pages and papers change where a citation, [@Peterson:1993nk] or @{Peterson:1993nk}, names one paper alone.
    """
    settings = load_settings(config_file)
    survey, _ = load_survey(settings)
    files = sorted(file for file in settings.docs_dir.rglob("*") if file.is_file())
    plan = plan_own_keys(survey, read=Path.read_bytes, files=files)
    if not dry_run:
        replace_files({file: text for file, text in plan.files.items() if text is not None}, root=settings.root)
    click.echo("\n".join(plan.changes), nl=bool(plan.changes))
    click.echo(f"{len(plan.changes)} changes{' (dry run: nothing written)' if dry_run else ''}", err=True)
