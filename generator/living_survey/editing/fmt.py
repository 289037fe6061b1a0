"""The files of papers and questions, and their canonical form.

I/O: reads and writes these files.
"""

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from living_survey.disk.replacing import replace_files
from living_survey.formats.paper_file import form_of, format_paper
from living_survey.loading.questions import question_files
from living_survey.model.settings import Settings
from living_survey.syntax.problems import Problem, problem
from living_survey.syntax.yaml_reader import MAX_BYTES


def survey_files(settings: Settings) -> list[Path]:
    """Return the files that have a canonical form: those of papers, then those of questions."""
    papers = [file for file in sorted(settings.papers_dir.iterdir()) if file.suffix == ".yaml" and file.name[0] != "."]
    return papers + question_files(settings)


def format_files(settings: Settings, files: Iterable[Path], *, write: bool) -> tuple[list[Path], list[Problem]]:
    """Bring files of papers and questions into canonical form.

    Args:
        settings: The survey's settings.
        files: The files to look at.
        write: Whether to write those that are not in canonical form, or only to report them.

    Returns:
        The files that were not in it, and what could not be read. Files with problems stay as they are.

    Raises:
        OSError: If one cannot be written; then none is.
    """
    changed, problems = dict[Path, str](), list[Problem]()
    for file in files:
        path = settings.relative(file.absolute())
        if not file.is_file() or file.is_symlink() or file.stat().st_size > MAX_BYTES:
            problems.append(problem("file-not-a-paper", path))
            continue
        raw = file.read_bytes()
        text, found = format_paper(raw, path, form_of(path, settings))
        problems += found
        if text is not None and text.encode("utf-8") != raw:
            changed[file] = text
            if not write:
                problems.append(replace(problem("file-not-canonical", path, (1, 1)), severity="error"))
    if write:
        replace_files({file.absolute(): text for file, text in changed.items()}, root=settings.root)
    return list(changed), problems
