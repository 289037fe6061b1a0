"""`survey schema`. I/O: reads the survey, writes the schema for editors, prints."""

import json
import sys
from pathlib import Path

import click

from living_survey.cli.command import config_option, main
from living_survey.disk.files import write_file
from living_survey.loading.settings import load_settings
from living_survey.loading.survey import load_survey
from living_survey.model.schema import NAME as SCHEMA_NAME
from living_survey.model.schema import paper_schema
from living_survey.model.schema import to_json as schema_to_json
from living_survey.model.survey import Survey


@main.command()
@config_option
@click.option("--survey", "own", is_flag=True, help="With this survey's themes, kinds and attributes to choose from.")
@click.option("--write", is_flag=True, help="Write that one into the folder of papers, where editors find it.")
@click.option("--check", "only_check", is_flag=True, help="Change nothing; say whether the file there is up to date.")
def schema(config_file: Path, own: bool, write: bool, only_check: bool) -> None:
    """Print the JSON Schema of a paper file, for editors and forms."""
    if not (own or write or only_check):
        click.echo(json.dumps(paper_schema(), ensure_ascii=False, indent=2))
        return
    survey, _ = load_survey(load_settings(config_file))
    if write or only_check:
        for path in renew_schema(survey, write=write):
            click.echo(path if write else f"{path}: error: not up to date\n    run: survey schema --write")
            sys.exit(0 if write else 1)
    else:
        click.echo(schema_to_json(survey), nl=False)


def renew_schema(survey: Survey, *, write: bool) -> list[str]:
    """Write the schema for editors if it is not up to date, or only name it."""
    file, text = survey.settings.papers_dir / SCHEMA_NAME, schema_to_json(survey)
    if is_up_to_date(file, text):
        return []
    if write:
        write_file(file, text, root=survey.settings.root)
    return [survey.settings.relative(file)]


def is_up_to_date(file: Path, text: str) -> bool:
    """Say whether a file that is made from the survey is as it would be made now."""
    return file.is_file() and file.read_bytes() == text.encode("utf-8")
