"""`survey report`: what a proposal does. I/O: git, metadata services; prints."""

import sys
from pathlib import Path

import click

from living_survey.cli.asking import finder_for
from living_survey.cli.command import config_option, main
from living_survey.loading.settings import load_settings
from living_survey.proposals.answering import describe
from living_survey.syntax.problems import has_errors


@main.command()
@config_option
@click.option("--base", default="origin/main", show_default=True, help="The branch or commit that is to change.")
@click.option("--head", help="The commit that is proposed; without it, the files as they lie here.")
@click.option("--ask", is_flag=True, help="Also ask the metadata services what they say of the papers.")
def report(config_file: Path, base: str, head: str | None, ask: bool) -> None:
    """Show what a proposal does to the survey: the comment that a pull request gets."""
    settings = load_settings(config_file)
    proposal, text = describe(settings, base, head, finder_for(settings) if ask else None)
    click.echo(text)
    sys.exit(1 if has_errors(proposal.problems) else 0)
