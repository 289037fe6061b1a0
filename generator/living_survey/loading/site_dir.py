"""Which folder may be the site's: a build deletes from it whatever it did not make.

So it must not hold anything that a survey is made from, and one with something in it must have been made by an earlier
build. A hidden mark says so. I/O: looks at folders.
"""

import os
import stat
from collections.abc import Iterator
from pathlib import Path

from living_survey.model import addresses
from living_survey.model.addresses import HOST_FOLDER, JOURNAL, MARK
from living_survey.model.settings import Settings
from living_survey.syntax.problems import Problem, problem

_OURS = ("papers", "docs", "generator", "tests", ".git", ".github", ".ci")
"""Folders beside mkdocs.yml that no site may hold or lie in, beside those that the settings name."""
_EARLIER = (addresses.SCHEMA, f"{addresses.BIBLIOGRAPHY}.bib")
"""Files by which a site is known that was made before there were marks."""


def check_site_dir(settings: Settings) -> list[Problem]:
    """Return why the site's folder cannot be one, if it cannot: a build would delete what is in it."""
    site = Path(os.path.realpath(settings.site_dir))
    message, hint = "", ""
    for source in _sources(settings):
        name = settings.relative(source) if source != settings.root else "the survey's own folder"
        if _holds(site, source):
            message = f"is {name}, or contains it: a build would delete it"
        elif source != settings.root and source.is_dir() and _holds(source, site):
            message = f"lies in {name}"
        if message:
            break
    else:
        if ".git" in (part.casefold() for part in site.parts):
            message = "is in a git folder"
        elif site.exists() and not site.is_dir():
            message = "is a file"
        elif _has_something(site) and not _is_ours(site):
            message = "has files that no build made and that a build would delete"
            hint = "choose another folder for the site, or empty this one yourself"
    if not message:
        return []
    line, folder = settings.lines.get("site_dir", 0), settings.relative(settings.site_dir)
    return [problem("site-folder", settings.config, (line, min(line, 1)), hint=hint, folder=folder, reason=message)]


def _sources(settings: Settings) -> Iterator[Path]:
    """Yield what a survey is made from."""
    yield settings.root
    yield from (settings.papers_dir, settings.docs_dir, *settings.named)
    yield from (settings.root / name for name in (settings.citation, *settings.data_files, *_OURS))


def _holds(folder: Path, inner: Path) -> bool:
    """Say whether a folder is another file or folder, or one of those above it, on any disk and through any link."""
    outside, inside = (Path(os.path.realpath(path)) for path in (folder, inner))
    # Names that differ in capitals alone are one on some people's disks.
    above = [part.casefold() for part in outside.parts]
    if above == [part.casefold() for part in inside.parts[: len(above)]]:
        return True
    try:
        status = outside.stat()
    except OSError:
        return False
    return any(path.exists() and os.path.samestat(status, path.stat()) for path in (inside, *inside.parents))


def _has_something(site: Path) -> bool:
    return site.is_dir() and any(entry.name != HOST_FOLDER for entry in site.iterdir())


def _is_ours(site: Path) -> bool:
    if any(_is_regular(site / name) for name in (MARK, JOURNAL)):
        return True
    return all(_is_regular(site / name) for name in _EARLIER)


def _is_regular(file: Path) -> bool:
    try:
        return stat.S_ISREG(file.lstat().st_mode)
    except OSError:
        return False
