"""Read what stands in files of a folder below ``docs/``, one each, and becomes pages: questions, comparisons.

I/O: reads the folder.
"""

import stat
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Generic, TypeVar

from pydantic import BaseModel, TypeAdapter, ValidationError

from living_survey.disk.files import TEMPORARY
from living_survey.formats.paper_file import Form, is_canonical
from living_survey.loading.validate import model_problems
from living_survey.model.identifiers import RESERVED_NAMES, Slug
from living_survey.model.settings import Settings
from living_survey.model.theme import Taxonomy
from living_survey.syntax.problems import Problem, problem
from living_survey.syntax.reading import reading
from living_survey.syntax.yaml_reader import check_size, read_mapping

T = TypeVar("T", bound=BaseModel)
ENDING = ".yaml"
_ID = TypeAdapter[str](Slug)


@dataclass(frozen=True, slots=True)
class Kind(Generic[T]):
    """A kind of such files.

    Attributes:
        folder: Where they are, below ``docs/``; the pages have the same address.
        model: What one says; its ``id`` is the file's name.
        form: Their canonical form.
        regular: What to say of one that is a folder or a link.
        needed: What to say of an empty one.
        max_id: Letters of an id.
        invalid: Returns the problem of a name, (path, name), that is no id.
        too_long: Returns the problem of one that is too long.
    """

    folder: str
    model: type[T]
    form: Form
    regular: str
    needed: str
    max_id: int
    invalid: Callable[[str, str], Problem]
    too_long: Callable[[str, str], Problem]


@dataclass
class Loaded(Generic[T]):
    """What a folder has.

    Attributes:
        items: Those that could be read, in the order of their ids.
        paths: Their files.
        unread: Ids of those that could not.
        problems: What is wrong.
    """

    items: list[T] = field(default_factory=list)
    paths: list[Path] = field(default_factory=list)
    unread: set[str] = field(default_factory=set)
    problems: list[Problem] = field(default_factory=list)

    @property
    def ids(self) -> set[str]:
        """Ids of all files, of the unread too."""
        return {path.stem for path in self.paths} | self.unread


def data_files(settings: Settings, folder: str) -> list[Path]:
    """Return the files of a folder below ``docs/``, in the order of their names."""
    there = settings.docs_dir / folder
    files = sorted(there.iterdir()) if there.is_dir() else []
    return [file for file in files if file.suffix == ENDING and not file.name.startswith(".")]


def load_files(settings: Settings, kind: Kind[T], taxonomy: Taxonomy) -> Loaded[T]:
    """Read all files of a kind.

    Args:
        settings: The survey's settings.
        kind: Which kind.
        taxonomy: The survey's themes, to say which one was meant.
    """
    loaded = Loaded[T]()
    for file in data_files(settings, kind.folder):
        if file.name.endswith(TEMPORARY):
            continue  # the loader names what is left over, wherever it lies
        path = settings.relative(file)
        with reading(path):
            item, problems = _load(file, path, kind, taxonomy)
        loaded.problems += problems
        if item:
            loaded.items.append(item)
            loaded.paths.append(file)
        else:
            loaded.unread.add(file.stem)
    loaded.problems += _check_folder(settings, kind.folder, used=bool(loaded.items or loaded.unread))
    return loaded


def check_form(settings: Settings, files: list[Path], form: Form) -> list[Problem]:
    """Warn of files that are not in canonical form."""
    others = [file for file in files if not is_canonical(file.read_bytes(), file.name, form)]
    return [problem("file-not-canonical", settings.relative(file)) for file in others]


def _load(file: Path, path: str, kind: Kind[T], taxonomy: Taxonomy) -> tuple[T | None, list[Problem]]:
    status = file.lstat()
    if not stat.S_ISREG(status.st_mode):
        return None, [problem("file-not-regular", path, hint=kind.regular)]
    if too_large := check_size(status.st_size, path):
        return None, too_large
    if wrong := _check_id(file.stem, path, kind):
        return None, wrong
    document = read_mapping(file.read_bytes(), path, positions=False)
    if document.problems or not document.data:
        found = document.problems or [problem("file-empty", path)]
        return None, [replace(one, hint=kind.needed) if one.code == "file-empty" else one for one in found]
    if "id" in document.data:
        hint = "delete it: the id is the file's name"
        return None, [problem("field-unknown", path, field=("id",), hint=hint, name="id")]
    try:
        return kind.model.model_validate({**document.data, "id": file.stem}), []
    except ValidationError as error:
        return None, model_problems(error, path, kind.model, taxonomy)


def _check_id(name: str, path: str, kind: Kind[T]) -> list[Problem]:
    try:
        _ID.validate_python(name)
    except ValidationError:
        return [kind.invalid(path, name)]
    if name in RESERVED_NAMES:
        return [problem("name-reserved", path, value=name)]
    return [] if len(name) <= kind.max_id else [kind.too_long(path, name)]


def _check_folder(settings: Settings, name: str, *, used: bool) -> list[Problem]:
    """Refuse what stands where the generated pages stand, in a survey that has any."""
    folder = settings.docs_dir / name
    problems = [
        problem("file-name-ending", settings.relative(file), stem=file.stem) for file in sorted(folder.glob("*.yml"))
    ]
    others = [folder.with_suffix(".md"), *(sorted(folder.rglob("*")) if used else ())]
    for file in others if used else ():
        source = file.relative_to(settings.docs_dir).as_posix()
        ours = file.parent == folder and file.suffix in (ENDING, ".yml")
        hidden = any(part.startswith(".") for part in source.split("/"))
        if file.is_file() and not ours and not hidden:
            hint = f"move it out of {name}/, whose pages are made from {settings.relative(folder)}/*{ENDING}"
            problems.append(problem("address-taken", settings.relative(file), hint=hint, folder=name))
    return problems
