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
from living_survey.formats.record import Reading, UnreadableError
from living_survey.formats.ris.reader import read_nbib, read_ris

MAX_BYTES = 200_000_000
TEXT_READERS = {".bib": read_bibtex, ".bibtex": read_bibtex, ".ris": read_ris, ".nbib": read_nbib, ".json": read_csl}
"""Ending of a file → what reads its text."""
RAW_READERS = {".cff": read_cff, ".md": read_markdown, ".markdown": read_markdown}
"""Ending of a file → what reads its bytes: YAML is UTF-8."""
MARKDOWN = (".md", ".markdown")


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
        size = file.stat().st_size
        if size > MAX_BYTES:
            return Reading(refused=[(0, "", f"{size:,} bytes; at most {MAX_BYTES:,} are read: split the file")])
        raw = file.read_bytes()
        if ending in RAW_READERS:
            return RAW_READERS[ending](raw, name)
        text, note = decode(raw)
        reading = TEXT_READERS[ending](text, name)
    except OSError as error:
        return Reading(refused=[(0, "", f"cannot be read: {error.strerror}")])
    except UnreadableError as error:
        return Reading(refused=[(0, "", str(error))])
    if note:
        reading.notes.insert(0, (0, note))
    if not reading.records and not reading.refused:
        reading.notes.append((0, "no record in this file"))
    return reading
