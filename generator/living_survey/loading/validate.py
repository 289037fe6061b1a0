"""Turn the data of a file into a paper, or into problems in a contributor's words.

I/O: none.
"""

from collections.abc import Mapping
from typing import Any

from pydantic import BaseModel, ValidationError
from pydantic_core import PydanticCustomError

from living_survey.checks.papers import check_inside
from living_survey.model.identifiers import check_key
from living_survey.model.paper import Paper
from living_survey.model.parts import parts_of
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
    problems += check_inside(paper, path)
    return (None if problems else paper), problems


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
