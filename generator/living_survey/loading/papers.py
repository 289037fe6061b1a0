"""Read the folder of papers.

I/O: reads the folder.
"""

import stat
from pathlib import Path

from living_survey.disk.files import TEMPORARY
from living_survey.loading.validate import check_paper
from living_survey.model.paper import Paper
from living_survey.model.settings import Settings
from living_survey.syntax.problems import Problem
from living_survey.syntax.yaml_reader import check_size, read_mapping


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
