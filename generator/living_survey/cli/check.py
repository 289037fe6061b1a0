"""`survey check`. I/O: reads the survey, prints; writes the job's summary."""

import os
import sys
from pathlib import Path
from typing import Any

import click

from living_survey.checks.quotes import check_quotes
from living_survey.checks.texts import RUN, check_against, check_content
from living_survey.cli.command import config_option, main, show_cause
from living_survey.loading.settings import load_settings
from living_survey.loading.survey import Inspection, inspect, locate
from living_survey.proposals.markdown import problem_list
from living_survey.proposals.report import changed_first
from living_survey.proposals.revisions import changed_files
from living_survey.syntax.errors import INPUT_IS_WRONG, SurveyError
from living_survey.syntax.problems import ProblemsError, has_errors, summary, to_github, to_json, to_text
from living_survey.syntax.strange_json import read_json

RENDERERS = {"text": to_text, "github": to_github, "json": to_json}


@main.command()
@config_option
@click.option(
    "--format",
    "form",
    type=click.Choice(list(RENDERERS)),
    default="github" if os.environ.get("GITHUB_ACTIONS") == "true" else "text",
    help="For people, for GitHub's annotations, or for programs.",
)
@click.option(
    "--content",
    is_flag=True,
    help="Also what the settings ask of texts: lengths, sections, wording, citations, results.",
)
@click.option(
    "--against",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="Also find words in a row that texts share with the abstracts of a JSON list of {title, abstract}; with "
    "--content, look for each quote in its abstract or title too.",
)
@click.option("--base", help="The branch or commit that is to change: problems of the files that differ come first.")
@click.option("--strict", is_flag=True, help="Fail on warnings too.")
def check(config_file: Path, form: str, content: bool, against: Path | None, base: str | None, strict: bool) -> None:
    """Check every paper, page and theme; say what is wrong, where, and what to type instead."""
    try:
        found = inspect(load_settings(config_file))
        show_cause(found.cause)
    except ProblemsError as error:
        found = Inspection(error.problems)
        show_cause(error.__cause__)
    problems, survey = list(found.problems), found.survey
    if content and survey:
        counted, missed = check_content(survey)
        problems += locate(missed, survey.settings.root)
        click.echo("\n".join(counted), err=True)
    if against and survey:
        records = _listing(against)
        shared = check_against(survey, records)
        if content:
            looked, missing = check_quotes(survey, records)
            problems += locate(missing, survey.settings.root)
            click.echo(f"{looked - len(missing)} of {looked} quotes found in their abstract or title", err=True)
        problems += locate(shared, survey.settings.root)
        click.echo(f"{len(shared)} runs of {RUN} words shared with {len(records)} abstracts", err=True)
    problems.sort()
    if base:
        problems = changed_first(problems, changed_files(config_file.absolute().parent, base))
    if problems and form == "github" and (job_summary := os.environ.get("GITHUB_STEP_SUMMARY")):
        # Of the annotations of one step GitHub shows ten.
        with Path(job_summary).open("a", encoding="utf-8") as file:
            file.write(f"## {summary(problems)}\n\n{problem_list(problems, 500)}\n")
    if problems or form == "json":
        click.echo(RENDERERS[form](problems))
    if form != "json":
        click.echo(f"{found.papers} papers: {summary(problems)}", err=True)
    sys.exit(INPUT_IS_WRONG if has_errors(problems) or (strict and problems) else 0)


def _listing(file: Path) -> list[dict[str, Any]]:
    """Return the abstracts that texts are compared with."""
    try:
        records = read_json(file.read_bytes())
    except ValueError as error:
        raise SurveyError(f"{file}: not JSON: {error}") from None
    if not isinstance(records, list) or not all(isinstance(one, dict) for one in records):
        raise SurveyError(f"{file}: expected a list of {{title, abstract}}")
    return records
