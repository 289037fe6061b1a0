"""Read a survey from its folder: settings, themes, papers; point every problem at its line.

I/O: reads ``mkdocs.yml``, ``docs/themes/``, ``papers/``. Nothing is written.
"""

import os
import re
import stat
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from living_survey.checks.survey import check_survey
from living_survey.files import TEMPORARY
from living_survey.loading.validate import check_paper
from living_survey.model.page import EditorPage, check_coverage, check_pages
from living_survey.model.paper import Paper
from living_survey.model.screening import load_screening
from living_survey.model.settings import Settings
from living_survey.model.survey import Survey, build_survey
from living_survey.model.theme import load_taxonomy
from living_survey.syntax.problems import Problem, ProblemsError, has_errors
from living_survey.syntax.yaml_reader import MAX_BYTES, Document, check_encoding, check_size, read_mapping


def load_survey(settings: Settings) -> tuple[Survey, list[Problem]]:
    """Load and check a whole survey.

    Returns:
        The survey and the warnings.

    Raises:
        ProblemsError: If there is an error anywhere; it carries all errors and warnings.
    """
    links, problems = _check_folders(settings)
    if links:
        raise ProblemsError([*links, *problems])
    taxonomy, found = load_taxonomy(settings.themes_dir, settings.relative(settings.themes_dir))
    problems += found
    papers, found = load_papers(settings)
    problems += found
    problems += check_survey(settings, taxonomy, papers, complete=not found)
    (pages, unread), screening = load_pages(settings), None
    problems += unread
    if not found:
        problems += check_pages(pages, {paper.key: paper for paper in papers})
        screening, more = load_screening(settings)
        problems += more
    problems = locate(problems, settings.root)
    if has_errors(problems):
        raise ProblemsError(problems)
    survey = build_survey(settings, taxonomy, papers, pages, screening)
    return survey, sorted([*problems, *check_coverage(survey.pages, taxonomy, survey.by_theme)])


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


def _check_folders(settings: Settings) -> tuple[list[Problem], list[Problem]]:
    """Look through the folders of papers and pages for what must not be there, before anything in them is opened.

    Returns:
        Symbolic links: the host would publish what they lead to, wherever it lies, and commands would write there.
        Temporary files, which somebody could put where a command will write.
    """
    links, left = list[Path](), list[Path]()
    for folder in (settings.papers_dir, settings.docs_dir):
        way = [one for one in (folder, *folder.parents) if one != settings.root and one.is_relative_to(settings.root)]
        if linked := [one for one in way or [folder] if one.is_symlink()]:
            links += linked
        elif folder.is_dir():
            _look_through(folder, links, left)
    name = settings.relative
    return [symbolic_link(name(link)) for link in links], [left_over(name(file)) for file in left]


def symbolic_link(path: str) -> Problem:
    """Return the problem of a link where files belong."""
    return Problem(path, 0, 0, "a symbolic link, not a file", "put a file or folder of its own there")


def left_over(path: str) -> Problem:
    """Return the problem of a temporary file or folder that nobody renamed to its target."""
    hint = "delete it; if a command was interrupted, run it again"
    return Problem(path, 0, 0, "a left-over temporary file", hint)


def _look_through(folder: Path, links: list[Path], left: list[Path]) -> None:
    """Find links, temporary files and folders at any depth; a folder of 100,000 papers costs no call for each."""
    folders = [folder]
    while folders:
        with os.scandir(folders.pop()) as entries:
            for entry in entries:
                if entry.is_symlink():
                    links.append(Path(entry.path))
                elif entry.name.endswith(TEMPORARY):
                    left.append(Path(entry.path))
                elif entry.is_dir():
                    folders.append(Path(entry.path))


_FRONT_MATTER = re.compile(r"\A---[ \t]*\n(.*?\n)(?:---|\.{3})[ \t]*(?:\n|\Z)", re.DOTALL)


def load_papers(settings: Settings) -> tuple[list[Paper], list[Problem]]:
    """Read every file of the folder of papers, in the order of keys."""
    folder, papers, problems = settings.papers_dir, [], list[Problem]()
    if not folder.is_dir():
        return [], [Problem(settings.papers, 0, 0, "there is no such folder", "make it, or set papers: in mkdocs.yml")]
    for file in sorted(folder.iterdir()):
        if file.name.startswith(".") or file.name == "README.md" or file.name.endswith(TEMPORARY):
            continue
        path = f"{settings.papers}/{file.name}"
        if problem := _check_file(file, path):
            problems.append(problem)
            continue
        document = read_mapping(file.read_bytes(), path, positions=False)
        problems += document.problems
        if document.data:
            paper, found = check_paper(file.stem, path, document.data)
            problems += found
            if paper and not document.problems:
                papers.append(paper)
        elif not document.problems:
            problems.append(Problem(path, 0, 0, "the file has no fields", "a paper needs title, authors, year, type"))
    return papers, problems


def _check_file(file: Path, path: str) -> Problem | None:
    """Refuse what is not a small regular file before it is opened."""
    status = file.lstat()
    if not stat.S_ISREG(status.st_mode):
        return Problem(path, 0, 0, "not a regular file", "papers are files, without folders or symbolic links")
    if file.suffix != ".yaml":
        return Problem(path, 0, 0, "the name does not end with .yaml", f"rename it to {file.stem}.yaml")
    return next(iter(check_size(status.st_size, path)), None)


def locate(problems: Iterable[Problem], root: Path) -> list[Problem]:
    """Give every problem about a field its line and column, and sort them by place.

    Positions are not kept while a survey loads; the few files with problems are read once more.
    """
    documents = {}
    located = []
    for problem in problems:
        if not problem.line and problem.path.endswith(".yaml"):
            if problem.path not in documents:
                file = root / problem.path
                readable = file.is_file() and not file.is_symlink() and file.stat().st_size <= MAX_BYTES
                documents[problem.path] = read_mapping(file.read_bytes(), problem.path) if readable else None
            document = documents[problem.path]
            if document and document.data:
                line, column = document.locate(problem.field)
                problem = replace(problem, line=line, column=column)
        located.append(problem)
    return sorted(set(located))
