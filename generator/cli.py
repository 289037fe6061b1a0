"""The command line: ``survey check`` and what it needs. The only module that prints beside the plugin.

I/O: reads the survey; prints.
"""

import json
import os
import sys
from pathlib import Path

import click

from generator.citation import load_citation
from generator.loader import load_survey
from generator.model import paper_schema
from generator.problems import Problem, ProblemsError, has_errors, summary, to_github, to_json, to_text
from generator.settings import load_settings

RENDERERS = {"text": to_text, "github": to_github, "json": to_json}


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="living-survey")
def main() -> None:
    """Keep a literature survey: one YAML file per paper, a page per theme, BibTeX for all."""


@main.command()
@click.option(
    "--config", "config_file", type=click.Path(path_type=Path), default="mkdocs.yml", help="The survey's mkdocs.yml."
)
@click.option(
    "--format",
    "form",
    type=click.Choice(list(RENDERERS)),
    default="github" if os.environ.get("GITHUB_ACTIONS") == "true" else "text",
    help="For people, for GitHub's annotations, or for programs.",
)
def check(config_file: Path, form: str) -> None:
    """Check every paper and theme; say what is wrong, where, and what to type instead."""
    problems: list[Problem]
    papers = 0
    try:
        settings = load_settings(config_file)
        survey, problems = load_survey(settings)
        load_citation(settings)
        papers = len(survey.papers)
    except ProblemsError as error:
        problems = error.problems
    if problems or form == "json":
        click.echo(RENDERERS[form](problems))
    if form != "json":
        click.echo(f"{papers} papers: {summary(problems)}" if not has_errors(problems) else summary(problems), err=True)
    sys.exit(1 if has_errors(problems) else 0)


@main.command()
def schema() -> None:
    """Print the JSON Schema of a paper file, for editors and forms."""
    click.echo(json.dumps(paper_schema(), ensure_ascii=False, indent=2))
