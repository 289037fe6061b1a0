"""Look for what must not be among papers and pages: symbolic links, temporary files.

I/O: reads the names of files.
"""

import os
import re
from collections.abc import Iterable, Mapping
from pathlib import Path, PurePosixPath

from living_survey.disk.files import TEMPORARY
from living_survey.model.addresses import GENERATED_FOLDERS, OUTSIDE, page_address
from living_survey.model.outside import outside_works
from living_survey.model.page import INDEX_SOURCES
from living_survey.model.paper import Paper
from living_survey.model.settings import Settings
from living_survey.model.work import Work
from living_survey.syntax.problems import Problem, problem

_GENERATED = re.compile(
    r"sitemap(?:-index|-papers-\d+)?\.xml|assets/survey/.*|search/.*|(?:x/)*survey-slot-[ab]/index\.html"
)
"""What every site has of the generator's and the host's, beside the folders of generated pages."""

_FOLDERS = {"assets", "themes", *(folder.rstrip("/") for folder in GENERATED_FOLDERS)}
"""Folders of a site, by names that no file can have; nor, on some disks, a folder with other capitals."""


def check_folders(settings: Settings) -> tuple[list[Problem], list[Problem]]:
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


def check_addresses(
    settings: Settings, papers: Iterable[Paper] = (), works: Mapping[str, Work] | None = None
) -> list[Problem]:
    """Refuse pages and files of the survey's own where generated ones stand, as far as papers and works make any."""
    problems = []
    page = settings.docs_dir / f"{OUTSIDE.rstrip('/')}.md"
    if page.is_file() and (works or outside_works(papers)):
        index = settings.relative(settings.docs_dir / OUTSIDE / "index.md")
        hint = f"rename it; a page of your own about works outside the survey is {index}"
        problems.append(problem("address-taken", settings.relative(page), hint=hint, folder=OUTSIDE.rstrip("/")))
    for name in sorted(GENERATED_FOLDERS):
        folder = settings.docs_dir / name
        for file in sorted(folder.rglob("*")) if folder.is_dir() else ():
            source = file.relative_to(settings.docs_dir)
            if file.is_file() and source.as_posix() not in INDEX_SOURCES and not _is_hidden(source):
                problems.append(problem("address-taken", settings.relative(file), folder=name.rstrip("/")))
    return problems


def check_clashes(settings: Settings) -> list[Problem]:
    """Refuse files below ``docs/`` that come to one address, or of which one is a folder of the other.

    MkDocs would write the later over the earlier, or stop in the middle. On some disks names that differ in capitals
    alone are one.
    """
    docs, found = settings.docs_dir, list[Problem]()
    owners, folders = dict[str, Path](), dict[str, Path]()
    published = [file for file in sorted(docs.rglob("*")) if file.is_file()] if docs.is_dir() else []
    for file in published:
        source = file.relative_to(docs).as_posix()
        if _is_hidden(file.relative_to(docs)) or source.startswith("templates/"):
            continue
        is_page = file.suffix == ".md"
        address = f"{page_address(source)}index.html" if is_page else source
        name, path = address.casefold(), settings.relative(file)
        top = name.partition("/")[0]
        if _GENERATED.fullmatch(name) or name in _FOLDERS or (top in _FOLDERS and not address.startswith(top)):
            found.append(problem("address-of-the-site", path, address=address))
        other = owners.setdefault(name, file)
        names = {other.name, file.name}
        if other != file and names != {"index.md", "README.md"}:  # of these two MkDocs takes the first, and says so
            found.append(problem("address-twice", path, other=settings.relative(other), address=address))
        for folder in PurePosixPath(name).parents:
            folders.setdefault(str(folder), file)
    for name, file in owners.items():
        if (inner := folders.get(name, file)) != file:
            place = settings.relative(inner)
            found.append(problem("address-twice", settings.relative(file), other=place, address=name))
    return found


def _is_hidden(path: Path) -> bool:
    """Say whether MkDocs leaves a file out."""
    return any(part.startswith(".") for part in path.parts)


def symbolic_link(path: str) -> Problem:
    """Return the problem of a link where files belong."""
    return problem("file-symbolic-link", path)


def left_over(path: str) -> Problem:
    """Return the problem of a temporary file or folder that nobody renamed to its target."""
    return problem("file-temporary", path)


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
