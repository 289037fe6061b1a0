"""`survey forms`. I/O: reads the survey, writes the issue forms, prints."""

import sys
from pathlib import Path

import click

from living_survey.cli.command import config_option, main
from living_survey.cli.schema import is_up_to_date
from living_survey.disk.replacing import replace_files
from living_survey.loading.settings import load_settings
from living_survey.loading.survey import load_survey
from living_survey.model.survey import Survey
from living_survey.proposals.forms import to_files


@main.command()
@config_option
@click.option("--check", "only_check", is_flag=True, help="Change nothing; name the forms that are not up to date.")
def forms(config_file: Path, only_check: bool) -> None:
    """Write the issue forms for GitHub, with this survey's themes and kinds to choose from."""
    survey, _ = load_survey(load_settings(config_file))
    old = renew_forms(survey, write=not only_check)
    for path in old:
        click.echo(f"{path}: error: not up to date with the survey\n    run: survey forms" if only_check else path)
    sys.exit(1 if only_check and old else 0)


def renew_forms(survey: Survey, *, write: bool) -> list[str]:
    """Write the issue forms that are not up to date, or only name them."""
    root = survey.settings.root
    old = {path: text for path, text in to_files(survey).items() if not is_up_to_date(root / path, text)}
    if write and old:
        replace_files({root / path: text for path, text in old.items()}, root=root)
    return list(old)
