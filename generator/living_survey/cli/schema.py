"""`survey schema`. I/O: reads the survey, writes the schemas for editors, prints."""

import json
import sys
from pathlib import Path

import click

from living_survey.cli.command import config_option, main
from living_survey.disk.files import write_file
from living_survey.loading.settings import load_settings
from living_survey.loading.survey import load_survey
from living_survey.model.schema import (
    comparison_schema,
    paper_schema,
    question_schema,
    registry_schema,
    schema_files,
    survey_schema,
    to_json,
    works_schema,
)
from living_survey.model.survey import Survey


@main.command()
@config_option
@click.option("--survey", "own", is_flag=True, help="With this survey's themes, kinds and attributes to choose from.")
@click.option("--question", is_flag=True, help="That of a question's file, with this survey's themes.")
@click.option("--comparison", is_flag=True, help="That of a comparison's file, with this survey's columns.")
@click.option("--registry", is_flag=True, help="That of the file of names.")
@click.option("--works", is_flag=True, help="That of the file of works outside the survey.")
@click.option("--write", is_flag=True, help="Write all of them beside the files that they are for, for editors.")
@click.option("--check", "only_check", is_flag=True, help="Change nothing; say whether the files there are up to date.")
def schema(
    config_file: Path,
    *,
    own: bool,
    question: bool,
    comparison: bool,
    registry: bool,
    works: bool,
    write: bool,
    only_check: bool,
) -> None:
    """Print the JSON Schema of a paper file, for editors and forms."""
    if not (own or question or comparison or registry or works or write or only_check):
        click.echo(json.dumps(paper_schema(), ensure_ascii=False, indent=2))
        return
    survey, _ = load_survey(load_settings(config_file))
    if write or only_check:
        changed = renew_schema(survey, write=write)
        for path in changed:
            click.echo(path if write else f"{path}: error: not up to date\n    run: survey schema --write")
        sys.exit(1 if changed and only_check and not write else 0)
    asked = {"registry": registry, "question": question, "comparison": comparison, "works": works}
    made = {
        "registry": registry_schema, "question": question_schema, "comparison": comparison_schema,
        "works": works_schema,
    }  # fmt: skip
    chosen = next((made[name] for name, wanted in asked.items() if wanted), survey_schema)
    click.echo(to_json(chosen(survey)), nl=False)


def renew_schema(survey: Survey, *, write: bool) -> list[str]:
    """Write the schemas for editors that are not up to date, or only name them."""
    root = survey.settings.root
    changed = {path: text for path, text in schema_files(survey).items() if not is_up_to_date(root / path, text)}
    for path, text in changed.items() if write else ():
        write_file(root / path, text, root=root)
    return list(changed)


def is_up_to_date(file: Path, text: str) -> bool:
    """Say whether a file that is made from the survey is as it would be made now."""
    return file.is_file() and file.read_bytes() == text.encode("utf-8")
