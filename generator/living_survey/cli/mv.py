"""`survey mv`. I/O: reads and writes the survey, prints."""

from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

import click

from living_survey.cli.command import config_option, main
from living_survey.cli.schema import is_up_to_date
from living_survey.disk.files import explain
from living_survey.disk.replacing import replaced
from living_survey.editing.rename import plan_renaming
from living_survey.loading.settings import load_settings
from living_survey.loading.survey import load_survey
from living_survey.model.schema import NAME as SCHEMA_NAME
from living_survey.model.schema import schema_files
from living_survey.model.settings import Settings
from living_survey.model.survey import Survey
from living_survey.proposals.forms import FOLDER as FORMS_FOLDER
from living_survey.proposals.forms import to_files
from living_survey.syntax.errors import INPUT_IS_WRONG, SurveyError
from living_survey.syntax.markdown import front_matter_of
from living_survey.syntax.problems import ProblemsError
from living_survey.syntax.yaml_reader import read_mapping


class _RefusedError(SurveyError):
    """The survey has errors, or would have."""

    exit_code = INPUT_IS_WRONG


@main.command()
@config_option
@click.option("--what", type=click.Choice(["paper", "theme"]), default=None, help="For a name that both have.")
@click.option("--dry-run", is_flag=True, help="List the changes, write nothing.")
@click.argument("old")
@click.argument("new")
def mv(config_file: Path, what: str | None, dry_run: bool, old: str, new: str) -> None:
    """Rename the paper or the theme OLD to NEW, everywhere; OLD stays as an alias.

    A paper's file, relations, baselines, citations, reading paths, questions and comparisons follow; a theme's pages,
    sub-themes, papers, questions, comparisons and links; expressions and queries in texts too, but not in code.
    """
    settings = load_settings(config_file)
    try:
        survey, _ = load_survey(settings)
    except ProblemsError as error:
        half = _half_done(settings, old, new)
        if not half:
            raise _unready(error) from None
        with suppress(_NothingWrittenError), replaced(dict.fromkeys(half), root=settings.root):
            _rename(_reloaded(settings, error), old, new, what or "", half, dry_run=dry_run)
            if dry_run:
                raise _NothingWrittenError from None
        return
    _rename(survey, old, new, what or "", {}, dry_run=dry_run)


def _unready(error: ProblemsError) -> _RefusedError:
    hint = "if a survey mv was interrupted here, git stash -u takes back what it did"
    return _RefusedError(f"{error}\nNothing was changed: correct this first; {hint}.")


def _reloaded(settings: Settings, error: ProblemsError) -> Survey:
    """Load a survey without the half of a renaming; raise what was wrong with it if that was not all."""
    try:
        return load_survey(settings)[0]
    except ProblemsError:
        raise _unready(error) from None


class _NothingWrittenError(Exception):
    """What was taken away for a look comes back."""


def _half_done(settings: Settings, old: str, new: str) -> dict[Path, bytes]:
    """Return the file of the new name, where a renaming by another program's hand or an older version stopped half-way.

    Both names have a file then, so that the survey has errors. It is taken for one only if the renaming makes the very
    same file again, but for the order of its fields.
    """
    pairs = [(folder / f"{old}{ending}", folder / f"{new}{ending}")
             for folder, ending in ((settings.papers_dir, ".yaml"), (settings.themes_dir, ".md"))]  # fmt: skip
    return {after: after.read_bytes() for before, after in pairs if before.is_file() and after.is_file()}


def _rename(survey: Survey, old: str, new: str, what: str, half: Mapping[Path, bytes], *, dry_run: bool) -> None:
    """Rename; what an earlier try has left is gone meanwhile."""
    settings = survey.settings
    files = [file for file in settings.root.iterdir() if file.is_file() and file.suffix in (".md", ".yml", ".cff")]
    files += [file for file in settings.docs_dir.rglob("*") if file.is_file()]
    plan = plan_renaming(survey, old, new, what=what, read=Path.read_bytes, files=sorted(files))
    for file, content in half.items():
        written = plan.files.get(file)
        if not written or _said_in(written, file) != _said_in(content, file):
            raise _RefusedError(f"{settings.relative(file)} exists already; move it away, or choose another name")
    click.echo("\n".join(plan.changes))
    if plan.left:
        click.echo("\n".join(["not changed, because only you know what is meant there:", *plan.left]))
    if dry_run:
        click.echo(f"{len(plan.changes)} changes (dry run: nothing written)", err=True)
        return
    try:
        with replaced(plan.files, root=settings.root) as also:
            renamed, _ = load_survey(settings)
            made = _made_from(renamed)
            also({settings.root / path: text for path, text in made.items()})
    except OSError as error:
        raise SurveyError(f"Nothing was changed: {explain(error)}") from None
    except ProblemsError as error:
        words = "Nothing was changed: with the new name this would be wrong; correct it first."
        raise _RefusedError(f"{error}\n{words}") from None
    click.echo(f"{len(plan.changes) + len(made)} changes", err=True)


def _said_in(text: bytes | str, file: Path) -> tuple[Any, str]:
    """Return what a file says: its fields in any order, and the text behind them."""
    whole = text if isinstance(text, str) else text.decode("utf-8", "replace")
    front = front_matter_of(whole) if file.suffix == ".md" else None
    fields, rest = (front.text, whole[front.end :]) if front else (whole, "")
    return read_mapping(fields.encode("utf-8"), file.name, positions=False).data, rest


def _made_from(survey: Survey) -> dict[str, str]:
    """Return the files made from a survey that are there and not up to date: issue forms, schemas for editors."""
    root, made = survey.settings.root, dict[str, str]()
    if (root / FORMS_FOLDER).is_dir():
        made |= to_files(survey)
    if (survey.settings.papers_dir / SCHEMA_NAME).is_file():
        made |= schema_files(survey)
    return {path: text for path, text in made.items() if not is_up_to_date(root / path, text)}
