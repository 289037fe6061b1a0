"""The command line: ``survey check`` and what it needs. The only module that prints beside the plugin.

I/O: reads the survey; prints.
"""

import json
import os
import sys
from pathlib import Path

import click

from generator.bibliography.bibtex import Include
from generator.bibliography.formats import BY_NAME
from generator.bibliography.references import StyleError, to_reference
from generator.citation import load_citation
from generator.loader import load_survey
from generator.model import paper_schema
from generator.paper_files import format_files, paper_files
from generator.problems import Problem, ProblemsError, has_errors, summary, to_github, to_json, to_text
from generator.selection import Selection, SelectionError, select
from generator.settings import Settings, load_settings

RENDERERS = {"text": to_text, "github": to_github, "json": to_json}


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="living-survey")
def main() -> None:
    """Keep a literature survey: one YAML file per paper, a page per theme, BibTeX for all."""


config_option = click.option(
    "--config", "config_file", type=click.Path(path_type=Path), default="mkdocs.yml", help="The survey's mkdocs.yml."
)


@main.command()
@config_option
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
@config_option
@click.option("--check", "only_check", is_flag=True, help="Change nothing; name the files that are not in the form.")
@click.argument("files", nargs=-1, type=click.Path(path_type=Path))
def fmt(config_file: Path, only_check: bool, files: tuple[Path, ...]) -> None:
    """Write paper files in canonical form: order of fields, quotes, line lengths. Comments stay.

    Without FILES, all papers of the survey.
    """
    settings = _settings(config_file)
    changed, problems = format_files(settings, files or paper_files(settings), write=not only_check)
    if problems:
        click.echo(to_text(problems), err=True)
    if not only_check:
        for file in changed:
            click.echo(f"formatted {settings.relative(file.absolute())}")
    click.echo(f"{len(changed)} files {'to format' if only_check else 'formatted'}, {len(problems)} problems", err=True)
    sys.exit(1 if problems else 0)


@main.command()
@config_option
@click.option(
    "--format",
    "form",
    type=click.Choice([*BY_NAME, "text"]),
    default="bibtex",
    show_default=True,
    help="text: formatted references.",
)
@click.option(
    "--style", default="apa", show_default=True, help="For --format text: apa, plain, or another of pybtex's."
)
@click.option("--theme", "themes", multiple=True, help="A theme with its sub-themes: serving, serving/routing.")
@click.option("--kind", "kinds", multiple=True, help="A kind of contribution.")
@click.option("--year", "years", multiple=True, help="2024, 2023..2025, 2023.. or ..2025.")
@click.option("--author", "authors", multiple=True, help="A family name or a full name.")
@click.option("--venue", "venues", multiple=True, help="Short or full name of a venue.")
@click.option("--keys", multiple=True, help="Citation keys, joined by commas.")
@click.option("--abstracts", is_flag=True, help="With abstracts, where the survey has them.")
@click.option("--summaries", is_flag=True, help="With the survey's own summaries.")
@click.option("-o", "--output", type=click.Path(path_type=Path, dir_okay=False), help="A file instead of the terminal.")
def export(
    config_file: Path,
    form: str,
    style: str,
    themes: tuple[str, ...],
    kinds: tuple[str, ...],
    years: tuple[str, ...],
    authors: tuple[str, ...],
    venues: tuple[str, ...],
    keys: tuple[str, ...],
    abstracts: bool,
    summaries: bool,
    output: Path | None,
) -> None:
    """Write the bibliography of a selection: all papers, or those that meet all options given.

    An option may be given several times; a paper needs to meet one of its values.
    """
    try:
        survey, _ = load_survey(load_settings(config_file))
        single = tuple(key.strip() for group in keys for key in group.split(",") if key.strip())
        papers = select(survey, Selection(themes, kinds, years, authors, venues, single))
        if form == "text":
            text = "".join(f"{to_reference(paper, style)}\n" for paper in papers)
        else:
            include = Include(abstract=abstracts, summary=summaries)
            chosen = BY_NAME[form]
            text = chosen.join([chosen.entry(paper, include) for paper in papers])
    except ProblemsError as error:
        click.echo(to_text(error.problems), err=True)
        sys.exit(1)
    except (SelectionError, StyleError) as error:
        raise click.UsageError(str(error)) from None
    if output:
        output.write_text(text, encoding="utf-8", newline="\n")
        click.echo(f"{len(papers)} papers in {output}", err=True)
    else:
        click.echo(text, nl=False)
        click.echo(f"{len(papers)} papers", err=True)


def _settings(config_file: Path) -> Settings:
    """Load the settings, or say what is wrong with them and stop."""
    try:
        return load_settings(config_file)
    except ProblemsError as error:
        click.echo(to_text(error.problems), err=True)
        sys.exit(1)


@main.command()
def schema() -> None:
    """Print the JSON Schema of a paper file, for editors and forms."""
    click.echo(json.dumps(paper_schema(), ensure_ascii=False, indent=2))
