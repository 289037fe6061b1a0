"""Read the editors' pages: all Markdown files below ``docs/``.

I/O: reads the folder.
"""

import re
from pathlib import Path

from living_survey.model.page import EditorPage
from living_survey.model.settings import Settings
from living_survey.syntax.problems import Problem
from living_survey.syntax.yaml_reader import Document, check_encoding, check_size, read_mapping


def load_pages(settings: Settings) -> tuple[list[EditorPage], list[Problem]]:
    """Read the editors' pages: all Markdown files below ``docs/``, hidden ones apart."""
    pages, problems = [], []
    for file in sorted(settings.docs_dir.rglob("*.md")):
        source = file.relative_to(settings.docs_dir).as_posix()
        if any(part.startswith(".") for part in source.split("/")):
            continue
        path = settings.relative(file)
        if not file.is_file():
            problems.append(Problem(path, 0, 0, "a folder with the name of a page", "rename it, without .md"))
            continue
        text, unread = _read_page(file, path)
        if unread:
            # The taxonomy has said so of the texts of themes.
            problems += [] if file.is_relative_to(settings.themes_dir) else unread
            continue
        found = _FRONT_MATTER.match(text)
        # Other programs read front matter too, and may take YAML that the survey's reader refuses.
        front = read_mapping(found[1].encode("utf-8"), path, first_line=2) if found else Document()
        start = found.end() if found else 0
        first_line = text.count("\n", 0, start) + 1
        pages.append(EditorPage(source, path, front.data, front.positions, text[start:], first_line))
    return pages, problems


def _read_page(file: Path, path: str) -> tuple[str, list[Problem]]:
    if too_large := check_size(file.stat().st_size, path):
        return "", too_large
    raw = file.read_bytes()
    try:
        return raw.decode("utf-8-sig").replace("\r\n", "\n"), []
    except UnicodeDecodeError:
        return "", check_encoding(raw, path)


_FRONT_MATTER = re.compile(r"\A---[ \t]*\n(.*?\n)(?:---|\.{3})[ \t]*(?:\n|\Z)", re.DOTALL)
