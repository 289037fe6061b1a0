"""`survey add`. I/O: reads the survey, asks metadata services, prints, writes paper files."""

import sys
from dataclasses import replace
from datetime import date
from pathlib import Path

import click

from living_survey.cli.asking import client_for
from living_survey.cli.command import check_options, config_option, load_unfinished, main
from living_survey.editing.add import propose_themes
from living_survey.editing.convert import ImportOptions
from living_survey.editing.import_records import build_import, check_import, write_import
from living_survey.editing.outcomes import ImportPlan, to_table
from living_survey.formats.paper_file import to_yaml
from living_survey.formats.readers import read_files
from living_survey.formats.record import Reading
from living_survey.loading.survey import locate
from living_survey.lookup.finding import Found, find_paper
from living_survey.model.survey import Survey
from living_survey.syntax.errors import INPUT_IS_WRONG
from living_survey.syntax.problems import to_text


@main.command()
@config_option
@click.option("--theme", "themes", multiple=True, help="File the paper under this theme.")
@click.option("--kind", default="", help="Kind of contribution.")
@click.option("--tldr", default="", help="One sentence in your own words.")
@click.option("--abstract", "with_abstract", is_flag=True, help="Keep the abstract, where your survey may show it.")
@click.option("--anyway", is_flag=True, help="Add it though it looks like a paper that is here.")
@click.option("--dry-run", is_flag=True, help="Show the file, write nothing.")
@click.argument("wanted")
def add(
    config_file: Path,
    themes: tuple[str, ...],
    kind: str,
    tldr: str,
    with_abstract: bool,
    anyway: bool,
    dry_run: bool,
    wanted: str,
) -> None:
    """Add a paper: WANTED is an arXiv id, a DOI, the address of its page, its title, or a .bib file.

    arXiv, Crossref and DataCite are asked, OpenAlex and Semantic Scholar too where $OPENALEX_API_KEY and
    $SEMANTIC_SCHOLAR_API_KEY hold a key; what they say is merged and shown with its source.

    "survey add name" adds a name to the registry instead. A paper whose title is "name" alone is added by its arXiv id
    or DOI, or by its title and a further word in one pair of quotes: "name Lovelace".
    """
    survey = load_unfinished(config_file)
    check_options(survey, themes, kind)
    options = ImportOptions(themes, kind, date.today().isoformat(), None, abstracts=with_abstract, tldr=tldr)
    abstract = ""
    if wanted.lower().endswith(".bib") or _is_file(wanted):
        readings = list(read_files([Path(wanted)]))
    else:
        found = find_paper(client_for(survey.settings), survey.settings.services, wanted, pages=True)
        _show_origins(found)
        abstract = str(found.record.data.get("abstract", ""))
        options = replace(options, consulted=tuple(found.consulted))
        found.record.key = ""
        readings = [(wanted, Reading([found.record]))]
    plan = build_import(survey, readings, options, strict=True)
    if not themes:
        _offer_themes(survey, plan, abstract)
        check_import(survey, plan, options)
    click.echo(to_table(plan.outcomes))
    if any(outcome.similar for outcome in plan.outcomes) and not anyway:
        click.echo("Nothing was written: if it is a different work, add --anyway.", err=True)
        sys.exit(INPUT_IS_WRONG)
    if not plan.papers:
        click.echo("Nothing was written.", err=True)
        sys.exit(INPUT_IS_WRONG)
    if dry_run:
        for key, data in plan.papers.items():
            click.echo(f"\n{survey.settings.papers}/{key}.yaml:\n{to_yaml(data)}")
    else:
        write_import(survey.settings, plan)
        for key in plan.papers:
            click.echo(f"wrote {survey.settings.papers}/{key}.yaml", err=True)
    if plan.problems:
        click.echo(f"Still to do:\n{to_text(locate(plan.problems, survey.settings.root))}", err=True)


def _is_file(wanted: str) -> bool:
    """Say whether there is a file of this name; to ask a disk for a title that is longer than any name is an error."""
    try:
        return Path(wanted).is_file()
    except OSError:
        return False


def _show_origins(found: Found) -> None:
    """Say which service each field is from, and where they differ."""
    for name, value in found.record.data.items():
        if name != "abstract":
            text = f"{len(value)} names" if isinstance(value, list) else str(value)
            click.echo(f"  {name:14} {text[:80]:80}  {found.origins.get(name, '')}", err=True)
    for words in [*found.differences, *found.failures]:
        click.echo(f"  but {words}", err=True)


def _offer_themes(survey: Survey, plan: ImportPlan, abstract: str) -> None:
    """Propose themes; ask where somebody is there to answer."""
    for data in plan.papers.values():
        if "themes" in data:
            continue
        proposed = propose_themes(survey, f"{data['title']} {abstract}")
        lines = [f"  {n}  {path}  ({score:.2f})" for n, (path, score) in enumerate(proposed, 1)]
        click.echo("\n".join(["Themes with the most similar papers:", *lines]), err=True)
        if proposed and sys.stdin.isatty():
            numbers = [str(n) for n in range(len(proposed) + 1)]
            chosen = click.prompt("Which one? 0 for none", type=click.Choice(numbers), default="1", err=True)
            if chosen != "0":
                data["themes"] = [proposed[int(chosen) - 1][0]]
