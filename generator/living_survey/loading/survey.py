"""Read a survey from its folder: settings, themes, papers; point every problem at its line.

I/O: reads ``mkdocs.yml``, ``docs/themes/``, ``papers/``. Nothing is written.
"""

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from living_survey.checks.pages import check_coverage, check_pages
from living_survey.checks.survey import check_survey
from living_survey.loading.folders import check_folders
from living_survey.loading.pages import load_pages
from living_survey.loading.papers import load_papers
from living_survey.loading.screening import load_screening
from living_survey.loading.themes import load_taxonomy
from living_survey.model.settings import Settings
from living_survey.model.survey import Survey, build_survey
from living_survey.syntax.problems import Problem, ProblemsError, has_errors
from living_survey.syntax.yaml_reader import MAX_BYTES, read_mapping


def load_survey(settings: Settings) -> tuple[Survey, list[Problem]]:
    """Load and check a whole survey.

    Returns:
        The survey and the warnings.

    Raises:
        ProblemsError: If there is an error anywhere; it carries all errors and warnings.
    """
    links, problems = check_folders(settings)
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
