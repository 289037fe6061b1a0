"""Which files of a survey belong to the generator, and how they are delivered.

I/O: reads this package and the files beside it.
"""

import hashlib
import re
import stat
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

from jinja2 import Environment, StrictUndefined

from living_survey.proposals.forms import FOLDER as FORMS
from living_survey.syntax.errors import SurveyError
from living_survey.syntax.yaml_reader import quoted

_PACKAGE = Path(__file__).parent.parent
_STARTER = _PACKAGE / "scaffold/starter"
REPOSITORY = _PACKAGE.parent.parent
"""Where the generator runs from: its own repository, or a survey that has a copy of it."""
_NEEDED = ("pyproject.toml", "requirements.lock", "LICENSE")
"""Files beside the generator without which a survey does not run."""
_BESIDE = (*_NEEDED, "SECURITY.md", ".editorconfig", ".gitattributes")
_FOLDERS = (".github", ".vscode")
"""Folders beside the generator that a survey gets, file by file, whatever is in them."""
_NOT_COPIED = (f"{FORMS}/",)
"""Files of those folders, or folders in them, that stay here: of no use to a survey, or made from its own themes."""
_THEIRS = (
    "papers/", "docs/", "mkdocs.yml", "README.md", "CITATION.cff", ".gitignore", ".github/CODEOWNERS",
)  # fmt: skip
"""What the new survey's people write on: never replaced."""
_NAMES = {"gitignore": ".gitignore", "ci-run": ".ci/run", "pre-commit-config.yaml": ".pre-commit-config.yaml"}
"""Files of the starter whose names would mean something where they lie."""
STAMP = ".survey-version"
_STAMP_HEAD = "# What of this survey belongs to the generator, as it was delivered. Written by survey init and upgrade."


class StartError(SurveyError):
    """A survey cannot be started or upgraded: says why and what to do."""


@dataclass(frozen=True, slots=True)
class Delivered:
    """A file as the generator delivers it."""

    raw: bytes
    runs: bool = False
    """Whether it is a program."""

    @property
    def digest(self) -> str:
        """Its SHA-256, in hexadecimal digits."""
        return digest(self.raw)


def digest(raw: bytes) -> str:
    """Return the SHA-256 of a file's content, in hexadecimal digits."""
    return hashlib.sha256(raw).hexdigest()


def own_version() -> str:
    """Return the version of this generator."""
    return version("living-survey")


def delivered_files(title: str = "") -> dict[str, Delivered]:
    """Return all files of a new survey by their paths in it, the stamp and what is made from the survey apart.

    Raises:
        StartError: If the generator's own files are not where they belong.
    """
    missing = [name for name in _NEEDED if not (REPOSITORY / name).is_file()]
    if missing:
        raise StartError(f"{', '.join(missing)} not found beside the generator: run it from its repository")
    sources = [REPOSITORY / name for name in _BESIDE]
    for name in (*_FOLDERS, _PACKAGE.parent.name):
        sources += (REPOSITORY / name).rglob("*")
    files = {}
    for source in sorted(sources):
        path = source.relative_to(REPOSITORY).as_posix()
        if source.is_file() and "__pycache__" not in source.parts and not path.startswith(_NOT_COPIED):
            files[path] = _read(source)
    templates = Environment(undefined=StrictUndefined, keep_trailing_newline=True, autoescape=False)  # noqa: S701  (Markdown and YAML)
    for source in sorted(_STARTER.rglob("*")):
        name = source.relative_to(_STARTER).as_posix()
        if not source.is_file() or "__pycache__" in source.parts:
            continue
        path, file = _NAMES.get(name, name), _read(source)
        if not is_generators(path):
            text = templates.from_string(file.raw.decode("utf-8")).render(title=title, title_yaml=quoted(title))
            file = Delivered(text.encode("utf-8"))
        files[path] = file
    return files


def _read(file: Path) -> Delivered:
    return Delivered(file.read_bytes(), bool(file.stat().st_mode & stat.S_IXUSR))


def is_generators(path: str) -> bool:
    """Say whether a file of a survey belongs to the generator."""
    return not any(path == name or (name.endswith("/") and path.startswith(name)) for name in _THEIRS)


def to_stamp(own: str, digests: dict[str, str]) -> str:
    """Return the stamp's text: the version, then ``<sha256>  <path>`` for every file of the generator's."""
    lines = [f"{value}  {path}" for path, value in sorted(digests.items())]
    return "\n".join([_STAMP_HEAD, f"version {own}", *lines]) + "\n"


def read_stamp(text: str) -> tuple[str, dict[str, str]]:
    """Return the version and the digests by path of a stamp's text.

    Raises:
        StartError: If it is not one.
    """
    stated, digests = "", {}
    for line in text.splitlines():
        if found := re.fullmatch(r"version (\d+(?:\.\d+)*)", line):
            stated = found[1]
        elif found := re.fullmatch(r"([0-9a-f]{64})  (\S.*)", line):
            digests[found[2]] = found[1]
        elif line.strip() and not line.startswith("#"):
            raise StartError(f"{STAMP} has a line that is none of a stamp: {line[:60]}; take it back from git")
    if not stated:
        raise StartError(f"{STAMP} names no version; take it back from git")
    return stated, digests
