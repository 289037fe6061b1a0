"""Start a new survey, and say which of its files belong to the generator.

A survey has three sorts of files: those of the generator, which ``survey upgrade`` replaces; those that the people of
the new survey write on; and those made from the survey itself, such as the issue forms.
I/O: reads this package and the files beside it; writes the new folder, whole or not at all.
"""

from pathlib import Path

from living_survey.disk.files import new_folder, write_file
from living_survey.loading.settings import load_settings
from living_survey.loading.survey import load_survey
from living_survey.model.schema import schema_files
from living_survey.proposals.forms import to_files
from living_survey.scaffold.delivered import (
    STAMP,
    Delivered,
    StartError,
    delivered_files,
    is_generators,
    own_version,
    to_stamp,
)


def write_new_survey(folder: Path, title: str) -> list[str]:
    """Write a new survey.

    Args:
        folder: Where; it must not be there yet, or be empty.
        title: The survey's title, one line.

    Returns:
        What was written, relative to the folder.

    Raises:
        StartError: If the folder has something in it, or the generator's own files are not where they belong.
        OSError: If it cannot be written; then there is no such folder.
    """
    title = " ".join(title.split())
    if not title or "<" in title or ">" in title:
        raise StartError("a title needs letters, and must not contain < or >")
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise StartError(f"{folder} is not empty: name a new folder")
    files = delivered_files(title)
    try:
        with new_folder(folder) as temporary:
            _fill(temporary, files)
    except OSError as error:
        raise OSError(error.errno, error.strerror, str(folder)) from None
    return sorted(file.relative_to(folder).as_posix() for file in folder.iterdir())


def _fill(folder: Path, files: dict[str, Delivered]) -> None:
    stamp = to_stamp(own_version(), {path: file.digest for path, file in files.items() if is_generators(path)})
    for path, delivered in {**files, STAMP: Delivered(stamp.encode("utf-8"))}.items():
        _write(folder / path, delivered.raw, program=delivered.runs)
    survey, _ = load_survey(load_settings(folder / "mkdocs.yml"))
    for path, text in {**to_files(survey), **schema_files(survey)}.items():
        _write(folder / path, text)


def _write(file: Path, content: str | bytes, *, program: bool = False) -> None:
    """Write a file of a folder that is flushed as a whole when all is in it."""
    file.parent.mkdir(parents=True, exist_ok=True)
    write_file(file, content, program=program, flush=False)
