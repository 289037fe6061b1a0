"""`survey github`. I/O: git, GitHub, metadata services; prints."""

import os
from datetime import date
from pathlib import Path

import click

from living_survey.cli.asking import finder_for
from living_survey.cli.command import config_option, main
from living_survey.loading.settings import load_settings
from living_survey.proposals.answering import Context, answer_issue, answer_run
from living_survey.proposals.github import GitHub
from living_survey.syntax.strange_json import read_json


@main.command()
@config_option
@click.argument("what", type=click.Choice(["report", "issue"]))
def github(config_file: Path, what: str) -> None:
    """What the workflows run at GitHub: report on a pull request, or turn an issue into one.

    The event is read from $GITHUB_EVENT_PATH; $GITHUB_REPOSITORY, $GITHUB_API_URL and $GITHUB_TOKEN say where to write.
    """
    try:
        event = read_json(Path(os.environ["GITHUB_EVENT_PATH"]).read_bytes())
        repository, token = os.environ["GITHUB_REPOSITORY"], os.environ["GITHUB_TOKEN"]
    except KeyError as error:
        raise click.UsageError(f"{error.args[0]} is not set: this runs in a workflow at GitHub") from None
    settings = load_settings(config_file)
    api = os.environ.get("GITHUB_API_URL", "https://api.github.com")
    context = Context(settings, GitHub(repository, token, api), finder_for(settings), date.today().isoformat())
    click.echo((answer_run if what == "report" else answer_issue)(context, event))
