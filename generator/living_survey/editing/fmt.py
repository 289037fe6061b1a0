"""The files of papers, questions, comparisons, works outside and names, and their canonical form.

I/O: reads and writes these files.
"""

from collections.abc import Collection, Iterable
from dataclasses import replace
from pathlib import Path

from living_survey.disk.replacing import replace_files
from living_survey.editing.spelling import respell
from living_survey.formats.paper_file import PAPER, Form, edit_paper, form_of, format_paper
from living_survey.formats.registry_file import format_registry
from living_survey.loading.data_files import data_files
from living_survey.loading.registry import load_registry
from living_survey.model import comparison, question
from living_survey.model.registry import Registry
from living_survey.model.settings import Settings
from living_survey.syntax.problems import Problem, problem
from living_survey.syntax.reading import reading
from living_survey.syntax.yaml_reader import MAX_BYTES, read_mapping

MENDED = ("registry-name-spelling", "number-unit-spelling", "number-name-not-of-paper")
"""Problems of a paper that are gone once it has the registry's names."""


def paper_files(settings: Settings) -> list[Path]:
    """Return the files of the folder of papers, in the order of their names."""
    return [file for file in sorted(settings.papers_dir.iterdir()) if file.suffix == ".yaml" and file.name[0] != "."]


def survey_files(settings: Settings) -> list[Path]:
    """Return the files that have a canonical form: papers, questions, comparisons, then works outside and names."""
    folders = (question.FOLDER, comparison.FOLDER)
    data = [file for folder in folders for file in data_files(settings, folder)]
    others = [settings.root / name for name in (settings.works, settings.registry)]
    return [*paper_files(settings), *data, *(file for file in others if file.is_file())]


def is_readable(file: Path) -> bool:
    """Say whether a file can be a paper's: a regular one that is not too large."""
    return file.is_file() and not file.is_symlink() and file.stat().st_size <= MAX_BYTES


def format_files(settings: Settings, files: Iterable[Path], *, write: bool) -> tuple[list[Path], list[Problem]]:
    """Bring files of all kinds into canonical form; those of papers with the names and units of the registry.

    Args:
        settings: The survey's settings.
        files: The files to look at.
        write: Whether to write those that are not in canonical form, or only to report them.

    Returns:
        The files that were not in it, and what could not be read. Files with problems stay as they are.

    Raises:
        OSError: If one cannot be written; then none is.
    """
    registry, in_registry, _ = load_registry(settings)
    changed, problems = dict[Path, str](), list(in_registry)
    keys = {file.stem for file in paper_files(settings)} if settings.papers_dir.is_dir() else set[str]()
    for file in files:
        path = settings.relative(file.absolute())
        if not is_readable(file):
            problems.append(problem("file-not-a-paper", path))
            continue
        raw = file.read_bytes()
        with reading(path):
            if path == settings.registry:
                text = format_registry(raw, path)  # what is wrong with it is among the problems already
            else:
                text, found = canonical_text(raw, path, form_of(path, settings), registry, keys)
                problems += found
        if text is None:
            continue
        if text.encode("utf-8") != raw:
            changed[file] = text
            if not write:
                problems.append(replace(problem("file-not-canonical", path, (1, 1)), severity="error"))
    if write:
        replace_files({file.absolute(): text for file, text in changed.items()}, root=settings.root)
    return list(changed), problems


def canonical_text(
    raw: bytes, path: str, form: Form, registry: Registry, keys: Collection[str]
) -> tuple[str | None, list[Problem]]:
    """Return a file's text in canonical form, or why it cannot be read; a paper has the registry's names in it.

    Args:
        raw: The file.
        path: The file, as it is reported.
        form: Of which kind it is.
        registry: The survey's names; a survey without any has none to give.
        keys: Keys of papers: a baseline that is one stays.
    """
    text, problems = format_paper(raw, path, form)
    if text is None or form is not PAPER or registry == Registry():
        return text, problems
    raw = text.encode("utf-8")
    changes = respell(read_mapping(raw, path, positions=False).data, registry, keys)
    return edit_paper(raw, path, changes) if changes else text, problems
