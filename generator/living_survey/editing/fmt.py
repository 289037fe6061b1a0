"""The files of the folder of papers, and their canonical form.

I/O: reads and writes the folder of papers.
"""

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from living_survey.disk.replacing import replace_files
from living_survey.formats.paper_file import format_paper
from living_survey.model.settings import Settings
from living_survey.syntax.problems import Problem, problem
from living_survey.syntax.yaml_reader import MAX_BYTES


def paper_files(settings: Settings) -> list[Path]:
    """Return the files of the folder of papers, in the order of their names."""
    return [file for file in sorted(settings.papers_dir.iterdir()) if file.suffix == ".yaml" and file.name[0] != "."]


def format_files(settings: Settings, files: Iterable[Path], *, write: bool) -> tuple[list[Path], list[Problem]]:
    """Bring paper files into canonical form.

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
        text, found = format_paper(raw, path)
        problems += found
        if text is not None and text.encode("utf-8") != raw:
            changed[file] = text
            if not write:
                problems.append(replace(problem("file-not-canonical", path, (1, 1)), severity="error"))
    if write:
        replace_files({file.absolute(): text for file, text in changed.items()}, root=settings.root)
    return list(changed), problems
