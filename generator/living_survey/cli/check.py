"""`survey check`. I/O: reads the survey, prints; writes the job's summary."""

import json
import os
import sys
from dataclasses import replace
from pathlib import Path

import click

from living_survey.checks.papers import check_duplicates
from living_survey.checks.survey import check_addresses
from living_survey.checks.texts import RUN, check_against, check_content
from living_survey.cli.command import config_option, main
from living_survey.loading.citation import load_citation
from living_survey.loading.settings import line_of, load_settings
from living_survey.loading.site_dir import check_site_dir
from living_survey.loading.survey import load_survey, locate
from living_survey.model.settings import Settings
from living_survey.proposals.markdown import problem_list
from living_survey.proposals.report import changed_first
from living_survey.proposals.revisions import RevisionError, changed_files
from living_survey.syntax.problems import Problem, ProblemsError, has_errors, summary, to_github, to_json, to_text

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
@click.option("--content", is_flag=True, help="Also what the settings ask of texts: lengths, citations, results.")
@click.option(
    "--against",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="Also find words in a row that texts share with the abstracts of a JSON list of {title, abstract}.",
)
@click.option("--base", help="The branch or commit that is to change: problems of the files that differ come first.")
def check(config_file: Path, form: str, content: bool, against: Path | None, base: str | None) -> None:
    """Check every paper and theme; say what is wrong, where, and what to type instead."""
    problems: list[Problem]
    site: list[Problem] = []
    papers = 0
    try:
        settings = load_settings(config_file)
        site = _check_site_dir(settings, config_file)
        survey, problems = load_survey(settings)
        load_citation(settings)
        papers = len(survey.papers)
        problems += [*check_addresses(settings), *check_duplicates(settings.papers, survey.papers.values())]
        problems = locate(problems, settings.root)
        if content:
            counted, found = check_content(survey)
            problems += found
            click.echo("\n".join(counted), err=True)
        if against:
            records = json.loads(against.read_text(encoding="utf-8"))
            shared = check_against(survey, records)
            problems += shared
            click.echo(f"{len(shared)} runs of {RUN} words shared with {len(records)} abstracts", err=True)
    except ProblemsError as error:
        problems = error.problems
    problems = sorted([*problems, *site])
    if base:
        try:
            problems = changed_first(problems, changed_files(config_file.absolute().parent, base))
        except RevisionError as error:
            raise click.UsageError(str(error)) from None
    if problems and form == "github" and (job_summary := os.environ.get("GITHUB_STEP_SUMMARY")):
        # Of the annotations of one step GitHub shows ten.
        with Path(job_summary).open("a", encoding="utf-8") as file:
            file.write(f"## {summary(problems)}\n\n{problem_list(problems, 500)}\n")
    if problems or form == "json":
        click.echo(RENDERERS[form](problems))
    if form != "json":
        click.echo(f"{papers} papers: {summary(problems)}" if not has_errors(problems) else summary(problems), err=True)
    sys.exit(1 if has_errors(problems) else 0)


def _check_site_dir(settings: Settings, config_file: Path) -> list[Problem]:
    """Return what is wrong with the site's folder, at the line of its name."""
    problem = check_site_dir(settings)
    if problem is None:
        return []
    line = line_of(config_file.read_text(encoding="utf-8"), "site_dir")
    return [replace(problem, line=line, column=min(line, 1))]
