"""`survey questions`. I/O: reads the survey, writes files of questions, prints."""

from datetime import date
from pathlib import Path

import click

from living_survey.cli.command import config_option, main
from living_survey.disk.replacing import replace_files
from living_survey.editing.accept import accept as accept_papers
from living_survey.editing.accept import find_question
from living_survey.loading.settings import load_settings
from living_survey.loading.survey import load_survey


@main.group()
def questions() -> None:
    """Keep the questions of docs/questions/ up to date."""


@questions.command()
@config_option
@click.argument("ids", nargs=-1, required=True)
def accept(config_file: Path, ids: tuple[str, ...]) -> None:
    """Note in the files of the questions IDS that you have looked at the papers that their queries find.

    Writes seen: and the day under reviewed:; nothing else of a file changes.
    """
    survey, _ = load_survey(load_settings(config_file))
    texts, lines = dict[Path, str](), list[str]()
    for question in [find_question(survey, name) for name in dict.fromkeys(ids)]:
        file = survey.settings.docs_dir / question.source
        raw = file.read_bytes()
        texts[file], words = accept_papers(survey, question, raw.decode("utf-8"), date.today().isoformat())
        lines.append(f"{survey.settings.relative(file)}: {words}")
    replace_files(texts, root=survey.settings.root)
    click.echo("\n".join(lines))
