"""Read the folder of papers.

I/O: reads the folder.
"""

import re
import stat
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from living_survey.checks.papers import FEW
from living_survey.disk.files import TEMPORARY
from living_survey.formats.paper_file import is_canonical
from living_survey.loading.latex import check_latex
from living_survey.loading.validate import check_paper
from living_survey.model.identifiers import KEY_PATTERN
from living_survey.model.paper import Paper
from living_survey.model.settings import Settings
from living_survey.model.theme import Taxonomy
from living_survey.syntax.problems import Problem, problem
from living_survey.syntax.reading import reading
from living_survey.syntax.yaml_reader import check_size, read_mapping


@dataclass(slots=True)
class LoadedPapers:
    """What the folder has.

    Attributes:
        papers: The papers that could be read, in the order of keys.
        paths: The files of those papers.
        problems: What is wrong with the others; places are still those of fields.
        unread: Keys, and names that may be former keys, of files that could not be read: what names one of them may be
            right. None where all could be read.
    """

    papers: list[Paper] = field(default_factory=list)
    paths: list[Path] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    unread: set[str] = field(default_factory=set)


def load_papers(settings: Settings, taxonomy: Taxonomy) -> LoadedPapers:
    """Read every file of the folder; the themes that there are help to say what was meant by one that is none."""
    folder, loaded = settings.papers_dir, LoadedPapers()
    if not folder.is_dir():
        loaded.problems.append(problem("papers-folder-missing", settings.papers, config=settings.config))
        return loaded
    for file in sorted(folder.iterdir()):
        if file.name.startswith(".") or file.name == "README.md" or file.name.endswith(TEMPORARY):
            continue
        path = f"{settings.papers}/{file.name}"
        if found := _check_file(file, path):
            loaded.problems += found
            loaded.unread.add(file.stem)
            continue
        raw = file.read_bytes()
        with reading(path):
            document = read_mapping(raw, path, positions=False)
            paper, problems = check_paper(file.stem, path, document.data, taxonomy) if document.data else (None, [])
        problems = [*document.problems, *problems]
        if not document.data and not problems:
            problems = [problem("file-empty", path)]
        loaded.problems += problems
        if paper and not problems:
            with reading(path):
                loaded.problems += check_latex(paper, path)
            loaded.papers.append(paper)
            loaded.paths.append(file)
        else:
            loaded.unread |= {file.stem, *_aliases(document.data, raw)}
    return loaded


def check_form(settings: Settings, files: Iterable[Path]) -> list[Problem]:
    """Warn of paper files that are not in canonical form, one by one while they are few."""
    others = [file for file in files if not _is_canonical(settings, file)]
    if len(others) <= FEW:
        return [problem("file-not-canonical", settings.relative(file)) for file in others]
    some = ", ".join(file.name for file in others[:FEW])
    return [problem("files-not-canonical", settings.papers, count=len(others), some=some)]


def _is_canonical(settings: Settings, file: Path) -> bool:
    with reading(settings.relative(file)):
        return is_canonical(file.read_bytes(), file.name)


def _aliases(data: dict[str, Any], raw: bytes) -> set[str]:
    """Return the former keys of a file with a mistake; of one that is no YAML, all words that could be some."""
    if data:
        aliases = data.get("aliases")
        return {alias for alias in aliases if isinstance(alias, str)} if isinstance(aliases, list) else set()
    return set(re.findall(KEY_PATTERN, raw.decode("utf-8", "replace")))


def _check_file(file: Path, path: str) -> list[Problem]:
    """Refuse what is not a small regular file before it is opened."""
    status = file.lstat()
    if not stat.S_ISREG(status.st_mode):
        return [problem("file-not-regular", path)]
    if file.suffix != ".yaml":
        return [problem("file-name-ending", path, stem=file.stem)]
    return check_size(status.st_size, path)
