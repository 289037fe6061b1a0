"""Look at a survey as a whole: everything that is wrong with it, at its line, and the survey where nothing is.

I/O: reads ``mkdocs.yml``, the folders of papers and pages, the files beside them. Nothing is written.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from living_survey.checks.comparisons import check_comparisons, check_found
from living_survey.checks.data_files import file_path
from living_survey.checks.expressions import check_expressions
from living_survey.checks.marks import check_files_rest, check_marks
from living_survey.checks.numbers import check_new_names, check_numbers, check_registry_use
from living_survey.checks.outside import check_outside
from living_survey.checks.pages import check_blocks, check_coverage, check_pages, check_queries
from living_survey.checks.papers import check_duplicates, check_papers
from living_survey.checks.questions import check_mentions, check_questions, check_standing
from living_survey.checks.settings import check_classes, check_placeholders
from living_survey.checks.themes import check_themes
from living_survey.checks.works import check_works
from living_survey.formats.paper_file import COMPARISON, QUESTION, WORKS
from living_survey.loading.citation import load_citation
from living_survey.loading.comparisons import load_comparisons
from living_survey.loading.data_files import check_form as check_form_of_data
from living_survey.loading.folders import check_addresses, check_clashes, check_folders
from living_survey.loading.pages import load_pages
from living_survey.loading.papers import check_form, load_papers
from living_survey.loading.questions import load_questions
from living_survey.loading.registry import check_form as check_form_of_registry
from living_survey.loading.registry import load_registry
from living_survey.loading.screening import load_screening
from living_survey.loading.site_dir import check_site_dir
from living_survey.loading.themes import load_taxonomy
from living_survey.loading.works import load_works, works_files
from living_survey.model.comparison import Comparison
from living_survey.model.question import Question
from living_survey.model.settings import Settings
from living_survey.model.survey import Survey, build_survey
from living_survey.model.survey_citation import SurveyCitation
from living_survey.syntax.errors import SurveyError
from living_survey.syntax.memory import uncollected
from living_survey.syntax.problems import Problem, ProblemsError, has_errors, problem, renew_hints
from living_survey.syntax.reading import StumbledError, short
from living_survey.syntax.yaml_reader import MAX_BYTES, Document, read_mapping


@dataclass(frozen=True, slots=True)
class Inspection:
    """What was found in a survey's folder.

    Attributes:
        problems: Everything that is wrong, located, by place.
        survey: The survey; none where anything of it is an error.
        citation: How the survey itself is cited; none where it does not say so.
        papers: How many papers could be read.
        cause: The error over which a reader or a check stumbled, for whoever looks for the mistake in the generator.
    """

    problems: list[Problem]
    survey: Survey | None = None
    citation: SurveyCitation | None = None
    papers: int = 0
    cause: BaseException | None = None


def inspect(settings: Settings, *, thorough: bool = True) -> Inspection:
    """Find everything that is wrong with a survey: the one way in for commands, reports and builds.

    Whatever a survey says, there is an answer: where a reader or a check stumbles, that is what is wrong.

    Args:
        settings: The survey's settings.
        thorough: Whether to look for likely duplicates and for files out of canonical form too. Both are warnings, and
            looking for them takes longer than all else; a build does without.
    """
    renew_hints()
    try:
        return _inspect(settings, thorough=thorough)
    except StumbledError as error:
        return Inspection(locate(error.problems, settings.root), cause=error.__cause__)
    except (SurveyError, OSError):
        raise
    except Exception as error:  # noqa: BLE001  (the last catch: nobody thought of it)
        return Inspection([problem("checks-not-finished", settings.config, reason=short(error))], cause=error)


@uncollected()
def _inspect(settings: Settings, *, thorough: bool) -> Inspection:
    links, problems = check_folders(settings)
    if links:  # what lies behind them is not for us to read
        return Inspection(locate([*links, *problems], settings.root))
    pages, unread_pages = load_pages(settings)
    taxonomy, in_themes = load_taxonomy(settings, pages)
    loaded = load_papers(settings, taxonomy)
    asked = load_questions(settings, taxonomy)
    compared = load_comparisons(settings, taxonomy)
    screening, in_screening = load_screening(settings)
    works, in_works = load_works(settings)
    registry, in_registry, registry_is_read = load_registry(settings)
    citation, in_citation = load_citation(settings)
    problems += [*unread_pages, *in_themes, *loaded.problems, *asked.problems, *compared.problems]
    problems += [*in_screening, *in_works, *in_registry, *in_citation]
    problems += check_papers(settings, taxonomy, loaded.papers, unread=loaded.unread)
    if registry_is_read:
        problems += check_numbers(settings, registry, loaded.papers, loaded.unread)
        problems += check_classes(settings, registry)
    problems += check_themes(settings, taxonomy)
    problems += check_pages(pages.values(), loaded.papers, unread=loaded.unread)
    problems += check_marks(pages.values(), loaded.papers, unread=loaded.unread)
    problems += check_questions(settings, taxonomy, asked.items, loaded.papers, unread=loaded.unread)
    files: list[Question | Comparison] = [*asked.items, *compared.items]
    problems += check_files_rest({file_path(settings, one): one for one in files}, loaded.papers)
    problems += check_mentions(settings, pages.values(), loaded.papers, files, asked.ids)
    names = registry if registry_is_read else None
    problems += check_comparisons(
        settings, taxonomy, compared.items, loaded.papers, registry=names, unread=loaded.unread
    )
    problems += check_blocks(settings, taxonomy, pages.values())
    problems += check_addresses(settings, loaded.papers, works)
    problems += check_clashes(settings)
    problems += [*check_site_dir(settings), *check_placeholders(settings)]
    if thorough:
        problems += check_outside(settings, loaded.papers, works)
        problems += check_duplicates(settings.papers, loaded.papers)
        problems += check_form(settings, loaded.paths)
        problems += check_new_names(settings, registry)
        problems += check_registry_use(settings, registry, loaded.papers) if not loaded.unread else ()
        problems += check_form_of_data(settings, asked.paths, QUESTION)
        problems += check_form_of_data(settings, compared.paths, COMPARISON)
        problems += check_form_of_data(settings, works_files(settings), WORKS)
        problems += check_form_of_registry(settings)
    if has_errors(problems):
        return Inspection(locate(problems, settings.root), papers=len(loaded.papers))
    survey = build_survey(
        settings, taxonomy, loaded.papers, pages.values(), screening=screening, registry=registry,
        questions=asked.items, comparisons=compared.items, works=works,
    )  # fmt: skip
    problems += check_coverage(survey.pages, taxonomy, survey.by_theme)
    problems += [*check_standing(survey), *check_found(survey), *check_expressions(survey), *check_queries(survey)]
    problems += check_works(survey)
    if has_errors(problems):  # in queries and links, of which names are looked up in the survey
        return Inspection(locate(problems, settings.root), papers=len(loaded.papers))
    return Inspection(locate(problems, settings.root), survey, citation, len(loaded.papers))


def load_survey(settings: Settings) -> tuple[Survey, list[Problem]]:
    """Load a survey for a command that works on a good one.

    Returns:
        The survey and the warnings that are found without looking long.

    Raises:
        ProblemsError: If there is an error anywhere; it carries all errors and warnings.
    """
    found = inspect(settings, thorough=False)
    if found.survey is None:
        raise ProblemsError(found.problems)
    return found.survey, found.problems


def load_entries(settings: Settings) -> Survey:
    """Load papers, themes and names alone, for a command that brings what texts rest on: they may still be wrong.

    Raises:
        ProblemsError: If a file of these cannot be read.
    """
    links, problems = check_folders(settings)
    if links:
        raise ProblemsError(locate([*links, *problems], settings.root))
    taxonomy, in_themes = load_taxonomy(settings, load_pages(settings)[0])
    loaded = load_papers(settings, taxonomy)
    registry, in_registry, _ = load_registry(settings)
    problems += [*in_themes, *loaded.problems, *in_registry]
    if has_errors(problems):
        raise ProblemsError(locate(problems, settings.root))
    return build_survey(settings, taxonomy, loaded.papers, registry=registry)


def locate(problems: Iterable[Problem], root: Path) -> list[Problem]:
    """Give every problem about a field or a whole file its line and column, and sort them by place.

    Positions are not kept while a survey loads; the few files with problems are read once more.
    """
    documents = dict[str, Document | None]()
    located = []
    for one in problems:
        if not one.line and (root / one.path).is_file():
            if one.field and one.path not in documents:
                documents[one.path] = _read_again(root / one.path, one.path)
            document = documents.get(one.path)
            line, column = document.locate(one.field) if one.field and document else (1, 1)
            one = replace(one, line=line, column=column)
        located.append(one)
    return sorted(set(located))


def _read_again(file: Path, path: str) -> Document | None:
    readable = file.suffix == ".yaml" and not file.is_symlink() and file.stat().st_size <= MAX_BYTES
    return read_mapping(file.read_bytes(), path) if readable else None
