"""`survey import`. I/O: reads bibliographies, writes paper files, prints."""

import sys
from datetime import date
from pathlib import Path

import click

from living_survey.cli.command import check_options, config_option, load_unfinished, main
from living_survey.disk.files import write_file
from living_survey.editing.convert import ImportOptions
from living_survey.editing.import_records import build_import, write_import
from living_survey.editing.outcomes import summary as import_summary
from living_survey.editing.outcomes import to_table, to_tsv
from living_survey.formats.readers import read_files


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
    check_options(survey, themes, kind)
    options = ImportOptions(
        themes, kind, added or date.today().isoformat(), abstracts=not without_abstracts, notes=notes
    )
    result = build_import(survey, read_files(files), options, keep_keys=keep_keys)
    if not dry_run:
        write_import(survey.settings, result, notes=notes, report=report)
    elif report:
        write_file(report, to_tsv(result.outcomes))
    click.echo(to_table(result.outcomes))
    click.echo(f"{import_summary(result)}{' (dry run: nothing written)' if dry_run else ''}", err=True)
    if errors := sum(problem.severity == "error" for problem in result.problems):
        click.echo(f"{errors} things that this survey wants are missing in them: survey check names them", err=True)
    sys.exit(0 if result.count("imported") + result.count("merged") + result.count("skipped") else 1)
