"""`survey export`. I/O: reads the survey, writes a file, prints."""

from pathlib import Path

import click

from living_survey.cli.command import config_option, main
from living_survey.disk.files import write_file
from living_survey.formats.entry import Include
from living_survey.formats.references.pybtex_styles import join_references, to_reference
from living_survey.formats.writers import BY_NAME
from living_survey.loading.settings import load_settings
from living_survey.loading.survey import load_survey
from living_survey.model.expressions import spoken
from living_survey.model.query import Vocabulary, build_query


@main.command()
@config_option
@click.option(
    "--format",
    "form",
    type=click.Choice([*BY_NAME, "text"]),
    default="bibtex",
    show_default=True,
    help="text: formatted references; latex, pandoc: citations of the keys.",
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
    survey, _ = load_survey(load_settings(config_file))
    single = tuple(key.strip() for group in keys for key in group.split(",") if key.strip())
    asked = {"theme": themes, "kind": kinds, "year": years, "author": authors, "venue": venues, "key": single}
    papers = build_query(asked, Vocabulary.build(survey)).papers(survey)
    if form == "text":
        text = join_references((to_reference(paper, style) for paper in papers), style)
    else:
        include = Include(abstract=abstracts, summary=summaries)
        papers = [spoken(survey, paper) for paper in papers] if summaries else papers
        chosen = BY_NAME[form]
        text = chosen.join([chosen.entry(paper, include) for paper in papers])
    if output:
        write_file(output, text)
        click.echo(f"{len(papers)} papers in {output}", err=True)
    else:
        click.echo(text, nl=False)
        click.echo(f"{len(papers)} papers", err=True)
