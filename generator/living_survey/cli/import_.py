"""`survey import`. I/O: reads bibliographies and tables of numbers, writes paper files, prints."""

import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import click

from living_survey.cli.command import check_options, config_option, load_unfinished, main
from living_survey.disk.files import write_file
from living_survey.disk.replacing import replace_files
from living_survey.editing.convert import ImportOptions
from living_survey.editing.import_numbers import plan_numbers
from living_survey.editing.import_records import build_import, write_import
from living_survey.editing.import_report import SCREEN, to_screen
from living_survey.editing.outcomes import summary as import_summary
from living_survey.editing.outcomes import to_table, to_tsv
from living_survey.formats.readers import TABLE, read_files, read_table
from living_survey.loading.settings import load_settings
from living_survey.loading.survey import load_entries


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
@click.option("--verbose", "-v", is_flag=True, help="A line for every record, however many there are.")
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
    verbose: bool,
    files: tuple[Path, ...],
) -> None:
    """Make paper files of other bibliographies: BibTeX, BibLaTeX, RIS, PubMed, CSL-JSON, CITATION.cff, Markdown.

    FILES are told by their endings: .bib, .ris, .nbib, .json, .cff; a folder is one of Markdown files with front
    matter. Of a few records a line says what became of each; of many, counts by kind, with examples of what to look at.

    A .csv file has numbers of papers that the survey has, in the columns of its own results.csv and scale.csv.
    """
    if tables := [file for file in files if file.suffix.lower() == TABLE]:
        of_records = {
            "--theme": themes, "--kind": kind, "--keep-keys": keep_keys, "--without-abstracts": without_abstracts,
            "--notes": notes, "--added": added, "--report": report, "--verbose": verbose,
        }  # fmt: skip
        if wrong := [name for name, value in of_records.items() if value]:
            raise click.UsageError(f"{wrong[0]} is for bibliographies, not for numbers")
        if len(tables) < len(files):
            raise click.UsageError("import bibliographies first, and numbers with a command of their own")
        _import_numbers(config_file, tables, dry_run=dry_run)
        return
    survey = load_unfinished(config_file)
    check_options(survey, themes, kind)
    options = ImportOptions(
        themes, kind, added or date.today().isoformat(), abstracts=not without_abstracts, notes=notes
    )
    result = build_import(survey, read_files(files), options, keep_keys=keep_keys)
    if not dry_run:
        write_import(survey.settings, result, notes=notes, report=report)
    elif report:
        write_file(report, to_tsv(result.outcomes))
    whole = verbose or len(result.outcomes) < SCREEN
    click.echo(to_table(result.outcomes) if whole else to_screen(result.outcomes))
    if not whole and not report:
        click.echo("every record: --report FILE writes a table, --verbose shows them here", err=True)
    click.echo(f"{import_summary(result)}{' (dry run: nothing written)' if dry_run else ''}", err=True)
    if errors := sum(problem.severity == "error" for problem in result.problems):
        click.echo(f"{errors} fields that this survey requires are missing: survey check lists them", err=True)
    sys.exit(0 if result.count("imported") + result.count("merged") + result.count("skipped") else 1)


def _import_numbers(config_file: Path, files: Sequence[Path], *, dry_run: bool) -> None:
    """Add the numbers of tables to the papers, all of them or none."""
    survey, tables, unreadable = load_entries(load_settings(config_file)), [], []
    for file in files:
        rows, problems, note = read_table(file)
        unreadable += problems
        if note:
            click.echo(f"{file.as_posix()}: {note}", err=True)
        tables.append((file.as_posix(), rows))
    plan = plan_numbers(survey, tables, unreadable)
    if not dry_run:
        replace_files(plan.files, root=survey.settings.root)
    for one in plan.added:
        click.echo(f"added  {one.place}  {one.key}  {one.metric}")
    papers = f"{len(plan.files)} paper{'s' if len(plan.files) != 1 else ''}"
    counts = f"{len(plan.added) + plan.present} rows: {len(plan.added)} added to {papers}, {plan.present} there already"
    click.echo(f"{counts}{' (dry run: nothing written)' if dry_run else ''}", err=True)
