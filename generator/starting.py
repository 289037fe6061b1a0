"""Start a new survey in a new folder: the generator, its lock file, and the least that a survey needs.

I/O: reads this package and the files beside it; writes the new folder, whole or not at all.
"""

import shutil
from pathlib import Path

from jinja2 import Environment, StrictUndefined

from generator.yaml_reader import quoted

_PACKAGE = Path(__file__).parent
_STARTER = _PACKAGE / "starter"
_BESIDE = ("pyproject.toml", "requirements.lock", "LICENSE")
"""Files of the generator's own repository that a survey runs from."""
_NAMES = {"gitignore": ".gitignore"}
"""Files of the starter whose names would mean something where they lie."""


class StartError(Exception):
    """The new survey cannot be written: says why and what to do."""


def write_new_survey(folder: Path, title: str) -> list[str]:
    """Write a new survey.

    Args:
        folder: Where; it must not be there yet, or be empty.
        title: The survey's title, one line.

    Returns:
        What was written, relative to the folder.

    Raises:
        StartError: If the folder has something in it, or the generator's own files are not where they belong.
    """
    title = " ".join(title.split())
    if not title or "<" in title or ">" in title:
        raise StartError("a title has letters, and neither < nor >")
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise StartError(f"{folder} is not empty: name a new folder")
    missing = [name for name in _BESIDE if not (_PACKAGE.parent / name).is_file()]
    if missing:
        raise StartError(f"{', '.join(missing)} not found beside the generator: run survey init from its repository")
    temporary = folder.absolute().with_name(f".{folder.absolute().name}.survey-new")
    shutil.rmtree(temporary, ignore_errors=True)
    try:
        _fill(temporary, title)
        if folder.is_dir():
            folder.rmdir()
        temporary.rename(folder)
    except OSError as error:
        raise StartError(f"{folder} cannot be written: {error.strerror}") from None
    finally:
        shutil.rmtree(temporary, ignore_errors=True)
    return sorted(file.relative_to(folder).as_posix() for file in folder.iterdir())


def _fill(folder: Path, title: str) -> None:
    templates = Environment(undefined=StrictUndefined, keep_trailing_newline=True, autoescape=False)  # noqa: S701  (Markdown and YAML)
    for source in sorted(_STARTER.rglob("*")):
        if source.is_file():
            relative = source.relative_to(_STARTER)
            target = folder / relative.with_name(_NAMES.get(relative.name, relative.name))
            target.parent.mkdir(parents=True, exist_ok=True)
            text = source.read_text(encoding="utf-8")
            if relative.name != "Makefile":
                text = templates.from_string(text).render(title=title, title_yaml=quoted(title))
            target.write_text(text, encoding="utf-8", newline="\n")
    (folder / "papers").mkdir()
    (folder / "papers/README.md").write_text(_PAPERS, encoding="utf-8", newline="\n")
    for name in _BESIDE:
        shutil.copyfile(_PACKAGE.parent / name, folder / name)
    shutil.copytree(_PACKAGE, folder / "generator", ignore=shutil.ignore_patterns("__pycache__", "*.pyc"))


_PAPERS = "One YAML file per paper; its name is the paper's citation key. `survey schema` prints what a file may say.\n"
