"""Turn the data of a file into a paper, or into problems in a contributor's words.

I/O: none.
"""

from collections.abc import Mapping
from typing import Any

from pydantic import BaseModel, ValidationError
from pydantic_core import PydanticCustomError

from living_survey.model.paper import Paper, parts_of
from living_survey.model.values import check_key
from living_survey.syntax.problems import FieldPath, Problem, about, closest, did_you_mean


def check_paper(key: str, path: str, data: Mapping[str, Any]) -> tuple[Paper | None, list[Problem]]:
    """Turn the data of one file into a paper, or into problems about fields that the loader then locates.

    Args:
        key: The file's stem.
        path: The file, as it is reported.
        data: What the file says; scalars are strings.
    """
    try:
        check_key(key)
    except PydanticCustomError as error:
        return None, [
            about(path, (), error.message(), "rename the file after its citation key: vaswani2017attention.yaml")
        ]
    problems = []
    if "key" in data and data["key"] != key:
        problems.append(
            about(
                path, ("key",), f"the key {data['key']} is not the file's name", "delete the line, or rename the file"
            )
        )
    try:
        paper = Paper.model_validate({**data, "key": key})
    except ValidationError as error:
        return None, problems + model_problems(error, path, Paper)
    problems += _check_inside(paper, path)
    return (None if problems else paper), problems


def _check_inside(paper: Paper, path: str) -> list[Problem]:
    """Check what is between the fields of one file."""
    problems = []
    seen: dict[tuple[str, str | None], int] = {}
    for index, author in enumerate(paper.authors):
        identity = (author.sort_name.casefold(), author.id or author.orcid)
        if identity in seen:
            message = f"the author {author.name} stands twice (also {seen[identity] + 1}. in the list)"
            hint = "delete one; two people of one name need an orcid or an id each"
            problems.append(about(path, ("authors", index), message, hint))
        seen.setdefault(identity, index)
    for name in ("themes", "aliases", "source_keys"):
        values: tuple[str, ...] = getattr(paper, name) or ()
        for index, value in enumerate(values):
            if value in values[:index]:
                problems.append(about(path, (name, index), f"{value} stands twice", "delete one"))
    for index, word in enumerate(paper.protect or ()):
        if word not in paper.title:
            problems.append(
                about(path, ("protect", index), f"{word} is not in the title", "write it as the title does")
            )
    if paper.published and not paper.published.startswith(str(paper.year)):
        message = f"published {paper.published} is not in the year {paper.year}"
        problems.append(about(path, ("published",), message, "correct one of them"))
    if paper.arxiv_class and not paper.arxiv:
        problems.append(about(path, ("arxiv_class",), "an arXiv class without an arXiv id", 'add arxiv: "…"'))
    if paper.type in ("article", "inproceedings", "incollection") and not paper.venue:
        problems.append(
            about(
                path, ("type",), f"type {paper.type} without a venue", "add venue: {name: …}, or write type: preprint"
            )
        )
    return problems


def model_problems(error: ValidationError, path: str, model: type[BaseModel]) -> list[Problem]:
    """Translate pydantic's report into problems in a contributor's words."""
    problems = []
    items = error.errors(include_url=False, include_input=False)
    # A field that is there under a name that is nearly right is not also missing.
    meant = {
        (*item["loc"][:-1], closest(str(item["loc"][-1]), _fields_at(model, item["loc"][:-1])))
        for item in items
        if item["type"] == "extra_forbidden"
    }
    for item in items:
        location: FieldPath = tuple(part for part in item["loc"] if part != "[key]")  # pydantic's mark of a name
        kind, context = item["type"], item.get("ctx", {})
        name = ".".join(str(part + 1) if isinstance(part, int) else part for part in location)
        if kind == "value":
            message, hint = context["message"], context["hint"]
        elif kind == "missing":
            if location in meant:
                continue
            message, hint = "the field is missing", f"add {location[-1]}: …"
            location = location[:-1]
        elif kind == "extra_forbidden":
            message = "there is no such field"
            hint = did_you_mean(str(location[-1]), _fields_at(model, location[:-1]))
        elif kind in ("model_type", "model_attributes_type", "dict_type"):
            message, hint = (
                "a mapping of fields belongs here",
                "write {name: value, …}, or indented lines of name: value",
            )
        else:
            message, hint = str(item["msg"]), ""
        problems.append(about(path, location, f"{name}: {message}" if name else message, hint))
    return problems


def _fields_at(model: type[BaseModel], location: FieldPath) -> list[str]:
    """Return the names of the fields of the part of the model that a location points at."""
    for part in location:
        if isinstance(part, int):
            continue
        found = [inner for inner in parts_of(model.model_fields[part].annotation) if issubclass(inner, BaseModel)]
        if not found:
            return []
        model = found[0]
    return list(model.model_fields)
