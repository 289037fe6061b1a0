"""`survey import` and `survey export`: bibliographies that come and go. I/O: reads and writes files, prints."""

import sys
from datetime import date
from pathlib import Path

import click

from living_survey.cli.command import check_wishes, config_option, load_unfinished, main
from living_survey.editing.convert import Wishes
from living_survey.editing.import_records import build_import, read_files, to_table, to_tsv, write_import
from living_survey.editing.import_records import summary as import_summary
from living_survey.editing.notes import NotesError
from living_survey.files import write_file
from living_survey.formats.bibtex.writer import Include
from living_survey.formats.references.pybtex_styles import StyleError, to_reference
from living_survey.formats.writers import BY_NAME
from living_survey.loading.survey import load_survey
from living_survey.model.selection import Selection, SelectionError, select
from living_survey.model.settings import load_settings


@main.command("import")
@config_option
@click.option("--theme", "themes", multiple=True, help="File every record under this theme.")
@click.option("--kind", default="", help="Kind of contribution of every record.")
@click.option("--keep-keys", is_flag=True, help="Keep the source's keys where they can be citation keys.")
@click.option("--without-abstracts", is_flag=True, help="Leave abstracts out: publishing them may need permission.")
@click.option("--notes", is_flag=True, help="Keep private fields in notes/, which git ignores; left out otherwise.")
@click.option("--added", default="", help="Day of adding, YYYY-MM-DD; left out: today.")
@click.option("--dry-run", is_flag=True, help="Say what would happen, write nothing.")
@click.option("--report", type=click.Path(path_type=Path, dir_okay=False), help="Write the table here too, as TSV.")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
def import_(
    config_file: Path,
    themes: tuple[str, ...],
    kind: str,
    keep_keys: bool,
    without_abstracts: bool,
    notes: bool,
    added: str,
    dry_run: bool,
    report: Path | None,
    files: tuple[Path, ...],
) -> None:
    """Make paper files of other bibliographies: BibTeX, BibLaTeX, RIS, PubMed, CSL-JSON, CITATION.cff, Markdown.

    FILES are told by their endings: .bib, .ris, .nbib, .json, .cff; a folder is one of Markdown files with front
    matter. A line for every record says what became of it.
    """
    survey = load_unfinished(config_file)
    check_wishes(survey, themes, kind)
    wishes = Wishes(themes, kind, added or date.today().isoformat(), abstracts=not without_abstracts, notes=notes)
    result = build_import(survey, read_files(files), wishes, keep_keys=keep_keys)
    if not dry_run:
        try:
            write_import(survey.settings, result, notes=notes, report=report)
        except NotesError as error:
            raise click.UsageError(str(error)) from None
    elif report:
        write_file(report, to_tsv(result.outcomes))
    click.echo(to_table(result.outcomes))
    click.echo(f"{import_summary(result)}{' (dry run: nothing written)' if dry_run else ''}", err=True)
    if errors := sum(problem.severity == "error" for problem in result.problems):
        click.echo(f"{errors} things that this survey wants are missing in them: survey check names them", err=True)
    sys.exit(0 if result.count("imported") + result.count("merged") + result.count("skipped") else 1)


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
    survey, _ = load_survey(load_settings(config_file))
    try:
        single = tuple(key.strip() for group in keys for key in group.split(",") if key.strip())
        papers = select(survey, Selection(themes, kinds, years, authors, venues, single))
        if form == "text":
            text = "".join(f"{to_reference(paper, style)}\n" for paper in papers)
        else:
            include = Include(abstract=abstracts, summary=summaries)
            chosen = BY_NAME[form]
            text = chosen.join([chosen.entry(paper, include) for paper in papers])
    except (SelectionError, StyleError) as error:
        raise click.UsageError(str(error)) from None
    if output:
        write_file(output, text)
        click.echo(f"{len(papers)} papers in {output}", err=True)
    else:
        click.echo(text, nl=False)
        click.echo(f"{len(papers)} papers", err=True)
