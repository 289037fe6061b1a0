"""Keep private fields of imported records in ``notes/``, which git ignores and no site has.

I/O: reads and writes that folder.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from living_survey.disk.files import write_file
from living_survey.model.private import NOTES
from living_survey.model.settings import Settings
from living_survey.syntax.errors import SurveyError


class NotesError(SurveyError):
    """The folder cannot take notes: what is wrong, and what to do."""


@dataclass(frozen=True, slots=True)
class Note:
    """What one record said for its owner alone.

    Attributes:
        key: The paper that the record became or belongs to.
        source: Where it stood: ``refs.bib, w1``.
        fields: Name → text.
    """

    key: str
    source: str
    fields: Mapping[str, str]


def check_notes_folder(settings: Settings) -> None:
    """Say why notes could not be kept, before anything is written.

    Raises:
        NotesError: If the folder is not one, or is that of the papers or the pages.
    """
    folder = settings.root / NOTES
    if folder.is_symlink() or (folder.exists() and not folder.is_dir()):
        raise NotesError(f"{NOTES} is not a folder: rename it, so that private fields can be kept in one of that name")
    for other in (settings.papers_dir, settings.docs_dir):
        if folder.absolute() == other.absolute():
            raise NotesError(f"{settings.relative(other)}/ is published: private fields cannot be kept there")


def note_files(settings: Settings, notes: Iterable[Note]) -> dict[Path, str]:
    """Return the files of papers with notes added: what stands there stays, and nothing is added twice.

    The folder is made, and git told to ignore it, before there is a note that git could see.

    Raises:
        NotesError: As `check_notes_folder` does.
        OSError: If the folder cannot be made.
    """
    check_notes_folder(settings)
    folder = settings.root / NOTES
    by_key: dict[str, list[Note]] = {}
    for note in notes:
        by_key.setdefault(note.key, []).append(note)
    if not by_key:
        return {}
    folder.mkdir(exist_ok=True)
    ignored = folder / ".gitignore"
    if not ignored.exists() and not ignored.is_symlink():
        # No upgrade touches the survey's own .gitignore, so the folder has one.
        write_file(ignored, "*\n", new=True)
    files = {}
    for key, own in by_key.items():
        file, text = _file_of(folder, key)
        added = start = text or f"# {key}\n"
        for note in own:
            new = {name: said for name, said in note.fields.items() if _block(name, said) not in added}
            if new:
                blocks = "".join(_block(name, said) for name, said in new.items())
                added = f"{added.rstrip()}\n\n## {note.source}\n{blocks}"
        if added != start:
            files[file] = added
    return files


def _block(name: str, text: str) -> str:
    return f"\n### {name}\n\n{text}\n"


def _file_of(folder: Path, key: str) -> tuple[Path, str]:
    """Return the file for a paper's notes and its text; another one where that is no text of ours to add to."""
    for number in range(1, 1000):
        file = folder / (f"{key}.md" if number == 1 else f"{key}-{number}.md")
        if not file.exists() and not file.is_symlink():
            return file, ""
        if file.is_file() and not file.is_symlink():
            try:
                return file, file.read_bytes().decode()
            except UnicodeDecodeError:
                continue
    raise NotesError(f"{NOTES}/{key}.md is not a text file: rename it")
