"""Which reader a file needs, by its ending.

I/O: reads the files it is given.
"""

from collections.abc import Iterable, Iterator
from pathlib import Path

from living_survey.formats.bibtex.reader import read_bibtex
from living_survey.formats.cff import read_cff
from living_survey.formats.csl.reader import read_csl
from living_survey.formats.decoding import decode
from living_survey.formats.front_matter import read_markdown
from living_survey.formats.numbers_csv import Row, read_numbers
from living_survey.formats.record import Reading, UnreadableError
from living_survey.formats.ris.reader import read_nbib, read_ris
from living_survey.syntax.problems import Problem, problem
from living_survey.syntax.reading import short

MAX_BYTES = 200_000_000
TEXT_READERS = {".bib": read_bibtex, ".bibtex": read_bibtex, ".ris": read_ris, ".nbib": read_nbib, ".json": read_csl}
"""Ending of a file → what reads its text."""
RAW_READERS = {".cff": read_cff, ".md": read_markdown, ".markdown": read_markdown}
"""Ending of a file → what reads its bytes: YAML is UTF-8."""
MARKDOWN = (".md", ".markdown")
TABLE = ".csv"
"""Ending of a file with numbers."""


def read_files(paths: Iterable[Path]) -> Iterator[tuple[str, Reading]]:
    """Yield (name, what was read) of every file; a folder stands for the Markdown files in it."""
    for path in paths:
        if path.is_dir():
            files = sorted(file for file in path.rglob("*") if file.suffix.lower() in MARKDOWN and file.is_file())
            if not files:
                yield str(path), Reading(refused=[(0, "", "no Markdown file in this folder")])
            for file in files:
                yield file.as_posix(), _read_file(file)
        else:
            yield path.as_posix(), _read_file(path)


def _read_file(file: Path) -> Reading:
    name, ending = file.as_posix(), file.suffix.lower()
    if ending not in TEXT_READERS and ending not in RAW_READERS:
        known = ", ".join([*TEXT_READERS, *RAW_READERS])
        return Reading(
            refused=[(0, "", f"no reader for {ending or 'files without an extension'}; export it as {known}")]
        )
    try:
        raw = read_bounded(file)
        if ending in RAW_READERS:
            return RAW_READERS[ending](raw, name)
        text, note = decode(raw)
        reading = TEXT_READERS[ending](text, name)
    except UnreadableError as error:
        return Reading(refused=[(0, "", str(error))])
    except Exception as error:  # noqa: BLE001  (one file of many: the others are read)
        return Reading(refused=[(0, "", f"could not be read ({short(error)})")])
    if note:
        reading.notes.insert(0, (0, note))
    if not reading.records and not reading.refused:
        reading.notes.append((0, "no record in this file"))
    return reading


def read_bounded(file: Path) -> bytes:
    """Return the bytes of a file.

    Raises:
        UnreadableError: If it cannot be read, or is too large.
    """
    try:
        size = file.stat().st_size
        if size > MAX_BYTES:
            raise UnreadableError(f"{size:,} bytes; at most {MAX_BYTES:,} are read: split the file")
        return file.read_bytes()
    except OSError as error:
        raise UnreadableError(f"cannot be read: {error.strerror}") from None


def read_table(file: Path) -> tuple[list[Row], list[Problem], str]:
    """Read a CSV file of numbers: its rows, what of it cannot be read, and a note where its encoding was guessed."""
    name = file.as_posix()
    try:
        text, note = decode(read_bounded(file))
    except UnreadableError as error:
        return [], [problem("csv-unreadable", name, hint="name a file that can be read", reason=str(error))], ""
    return *read_numbers(text, name), note
