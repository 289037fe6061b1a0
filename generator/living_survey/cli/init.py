"""`survey init`. I/O: writes a new survey, prints."""

from pathlib import Path

import click

from living_survey.cli.command import main
from living_survey.scaffold.init import write_new_survey


@main.command()
@click.option("--title", prompt="Title of the survey", help="As it stands on the site.")
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
def init(folder: Path, title: str) -> None:
    """Start a new survey in FOLDER: pages, a sample paper, workflows for GitHub, tests, and the generator itself."""
    names = write_new_survey(folder, title)
    click.echo(f"{folder}: {', '.join(names)}")
    click.echo(f"Next: cd {folder} && make site test; README.md there says how to go on", err=True)
