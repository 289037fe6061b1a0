"""`survey add`. I/O: reads the survey, asks metadata services, prints, writes paper files."""

import sys
from datetime import date
from pathlib import Path
from typing import Any

import click

from living_survey.cli.asking import client_for
from living_survey.cli.command import check_wishes, config_option, load_unfinished, main
from living_survey.editing.add import plan_addition, propose_themes
from living_survey.editing.convert import Wishes
from living_survey.editing.import_records import check_import, write_import
from living_survey.editing.outcomes import to_table
from living_survey.formats.paper_file import to_yaml
from living_survey.formats.readers import read_files
from living_survey.formats.record import Reading
from living_survey.lookup.client import ServiceError
from living_survey.lookup.finding import Found, find_paper
from living_survey.model.survey import Survey
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
    """
    survey = load_unfinished(config_file)
    settings = survey.settings
    check_wishes(survey, themes, kind)
    wishes = Wishes(themes, kind, date.today().isoformat(), abstracts=with_abstract)
    if wanted.lower().endswith(".bib") or _is_file(wanted):
        readings, consulted, abstract = list(read_files([Path(wanted)])), [], ""
    else:
        try:
            found = find_paper(client_for(settings), settings.services, wanted, pages=True)
        except ServiceError as error:
            click.echo(str(error), err=True)
            sys.exit(1)
        _show_origins(found)
        consulted, abstract = found.consulted, str(found.record.data.get("abstract", ""))
        found.record.key = ""
        readings = [(wanted, Reading([found.record]))]
    result = plan_addition(survey, readings, wishes, tldr=tldr, consulted=consulted)
    click.echo(to_table(result.outcomes))
    alike = [outcome for outcome in result.outcomes if "the same work?" in outcome.words]
    if alike and not anyway:
        click.echo("Nothing was written: if it is another work, say --anyway.", err=True)
        sys.exit(1)
    for key, data in result.papers.items():
        if not themes:
            _offer_themes(survey, data, f"{data['title']} {abstract}")
        if dry_run:
            click.echo(f"\n{settings.papers}/{key}.yaml:\n{to_yaml(data)}")
    if not dry_run:
        write_import(settings, result)
        for key in result.papers:
            click.echo(f"wrote {settings.papers}/{key}.yaml", err=True)
        check_import(survey, result)
        if result.problems:
            click.echo(f"Still missing or wrong:\n{to_text(result.problems)}", err=True)
    sys.exit(0 if result.papers else 1)


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


def _offer_themes(survey: Survey, data: dict[str, Any], text: str) -> None:
    """Propose themes; ask where somebody is there to answer."""
    proposed = propose_themes(survey, text)
    lines = [f"  {n}  {path}  ({score:.2f})" for n, (path, score) in enumerate(proposed, 1)]
    click.echo("\n".join(["Themes whose papers read most like it:", *lines]), err=True)
    if proposed and sys.stdin.isatty():
        numbers = [str(n) for n in range(len(proposed) + 1)]
        chosen = click.prompt("Which? 0 for none", type=click.Choice(numbers), default="1", err=True)
        if chosen != "0":
            data["themes"] = [proposed[int(chosen) - 1][0]]
