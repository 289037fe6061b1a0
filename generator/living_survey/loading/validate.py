"""Turn the data of a file into a paper, or into problems in a contributor's words.

I/O: none.
"""

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any, get_origin

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails, PydanticCustomError

from living_survey.checks.papers import check_inside
from living_survey.formats.names import Name, read_line
from living_survey.model.identifiers import check_key, which_identifier
from living_survey.model.number import Number
from living_survey.model.paper import Paper
from living_survey.model.parts import Author, External, Venue, parts_of
from living_survey.model.theme import Taxonomy
from living_survey.syntax.problems import FieldPath, Problem, closest, did_you_mean, problem
from living_survey.syntax.yaml_reader import is_not_text, quoted

_OLD_NUMBERS = ("evidence", "direction")
"""Fields of numbers that went when numbers got units, bounds, and quotes of their own."""
_NUMBER = '{metric: …, value: 4.3, unit: x more, baseline: …, quote: "…"}'
_JOINED = re.compile(r"([A-Za-z_]+) *[:=] *(.+)", re.DOTALL)
"""A field and its value that YAML takes for one word, because no space stands behind the colon."""
_SAID_FOR = {
    "vs": "baseline", "versus": "baseline", "against": "baseline", "compared_to": "baseline", "compared to": "baseline",
    "over": "baseline", "dataset": "benchmark", "data": "benchmark", "gpu": "hardware", "device": "hardware",
    "note": "setting", "notes": "setting", "comment": "setting", "condition": "setting", "conditions": "setting",
    "number": "value", "amount": "value", "score": "value", "min": "low", "max": "high", "from": "low", "to": "high",
    "name": "metric", "measure": "metric", "units": "unit", "where": "locator", "source": "locator", "page": "locator",
    "table": "locator", "models": "model", "text": "quote",
}  # fmt: skip
"""What people call fields of numbers → the field."""
_SHOWN = 20
"""So many authors of a pasted line are written out."""


def check_paper(
    key: str, path: str, data: Mapping[str, Any], taxonomy: Taxonomy | None = None
) -> tuple[Paper | None, list[Problem]]:
    """Turn the data of one file into a paper, or into problems about fields that the loader then locates.

    Args:
        key: The file's stem.
        path: The file, as it is reported.
        data: What the file says; scalars are strings.
        taxonomy: The survey's themes, to say which one was meant.
    """
    try:
        check_key(key)
    except PydanticCustomError as error:
        return None, [problem("file-name-key", path, reason=error.message())]
    problems = []
    if "key" in data and data["key"] != key:
        problems.append(problem("key-differs", path, field=("key",), key=data["key"]))
    try:
        paper = Paper.model_validate({**data, "key": key})
    except ValidationError as error:
        return None, problems + model_problems(error, path, Paper, taxonomy)
    problems += check_inside(paper, path)
    return (None if problems else paper), problems


def model_problems(
    error: ValidationError, path: str, model: type[BaseModel], taxonomy: Taxonomy | None = None
) -> list[Problem]:
    """Translate pydantic's report into problems in a contributor's words."""
    items = error.errors(include_url=False)
    # A field that is there under a name that is nearly right is not also missing.
    meant = {
        (*item["loc"][:-1], _meant(str(item["loc"][-1]), _fields_at(model, item["loc"][:-1])))
        for item in items
        if item["type"] == "extra_forbidden"
    }
    problems = []
    for item in items:
        location: FieldPath = tuple(part for part in item["loc"] if part != "[key]")  # pydantic's mark of a name
        if item["type"] == "missing" and location in meant:
            continue
        found = _problem_of(item, location, path, model, taxonomy)
        # What is missing or unknown is named by the message.
        place = location[:-1] if item["type"] in ("missing", "extra_forbidden") else location
        name = ".".join(str(part + 1) if isinstance(part, int) else part for part in place)
        problems.append(replace(found, message=f"{name}: {found.message}") if name else found)
    return problems


def _problem_of(
    item: ErrorDetails, location: FieldPath, path: str, model: type[BaseModel], taxonomy: Taxonomy | None
) -> Problem:
    kind, context, value = item["type"], item.get("ctx", {}), item.get("input")
    if kind == "value":
        hint = _hint_for(context["code"], location, value, taxonomy) or context["hint"]
        return Problem(path, 0, 0, context["message"], hint, code=context["code"], field=location)
    if kind == "missing":
        return problem("field-missing", path, field=location[:-1], name=location[-1])
    if kind == "extra_forbidden" and location[-1] in _OLD_NUMBERS and _part_at(model, location[:-1]) is Number:
        return problem("number-old-form", path, field=location, name=location[-1])
    if kind == "extra_forbidden":
        hint = _hint_for_id(location, value) if _part_at(model, location[:-1]) is External else ""
        hint = hint or _hint_for_field(str(location[-1]), value, model, location[:-1])
        return problem("field-unknown", path, field=location, hint=hint, name=location[-1])
    if kind in ("model_type", "model_attributes_type", "dict_type"):
        part = _part_at(model, location)
        if part is Author and isinstance(value, str) and value.strip():
            fixed = "; ".join(f"- {_as_mapping(name)}" for name in read_line(value).people)
            return problem("author-text", path, field=location, fixed=fixed)
        if part is Number and isinstance(value, str):
            return problem("value-not-a-mapping", path, field=location, hint=f"write {_NUMBER}")
        if part is Venue and isinstance(value, str) and value.strip():
            return problem("venue-text", path, field=location, fixed=f"venue: {{name: {_scalar(value)}}}")
        return problem("value-not-a-mapping", path, field=location)
    return Problem(path, 0, 0, str(item["msg"]), code="value-invalid", field=location)


def _hint_for(code: str, location: FieldPath, value: Any, taxonomy: Taxonomy | None) -> str:
    """Return what to write in this very case, as lines that can be pasted."""
    if code == "value-not-a-list" and location in (("authors",), ("editors",)) and isinstance(value, str):
        people = read_line(value, listed=True).people
        lines = [f"  - {_as_mapping(name)}" for name in people[:_SHOWN]] + ["  …"] * (len(people) > _SHOWN)
        return "\n    ".join(["write", f"{location[0]}:", *lines]) if people else ""
    if code == "value-not-a-list" and location in (("results",), ("scale",)):
        if isinstance(value, dict):
            return f"put a hyphen before the brace, on a line of its own below {location[0]}: - {{metric: …}}"
        return f"write below {location[0]}: - {_NUMBER}"
    if code == "value-not-single" and location[-1:] == ("value",) and isinstance(value, list) and len(value) == 2:
        return f"write low: {value[0]}, high: {value[1]}"
    if code == "value-not-a-list" and location == ("themes",) and isinstance(value, str) and taxonomy:
        path = value.strip() if value.strip() in taxonomy.by_path else taxonomy.propose(value).removeprefix("write ")
        return f"write themes: [{path}]" if path in taxonomy.by_path else ""
    if code == "value-invalid" and location[:1] in (("themes",), ("theme",)) and isinstance(value, str) and taxonomy:
        return taxonomy.propose(value)
    return ""


def _hint_for_id(location: FieldPath, value: Any) -> str:
    """Return which identifier of a work outside the survey a text is, in the field that takes it."""
    found = which_identifier(value) if location[-1] == "id" and isinstance(value, str) else None
    return f"write {found[0]}: {quoted(found[1]) if found[0] == 'arxiv' else found[1]}" if found else ""


def _meant(name: str, fields: list[str]) -> str | None:
    """Return the field that was meant by one that there is not."""
    joined = _JOINED.match(name)
    if joined and joined[1].lower() in fields:
        return joined[1].lower()
    return (
        _SAID_FOR.get(name.lower().strip()) if _SAID_FOR.get(name.lower().strip()) in fields else closest(name, fields)
    )


def _hint_for_field(name: str, value: Any, model: type[BaseModel], location: FieldPath) -> str:
    """Return what to write for a field that there is not; of one without a value, that may be a slip of YAML."""
    fields = _fields_at(model, location)
    meant = _meant(name, fields)
    if not value and _part_at(model, location) in (Number, Author):
        if joined := _JOINED.match(name):
            return f"write {meant or joined[1]}: {joined[2].strip()}, with a space behind the colon"
        if re.fullmatch(r"\d+", name):
            return "a number has no comma: write 4.3 for 4,3 and 12288 for 12,288"
        if meant != name.lower():
            return "text with a comma stands in straight double quotes; several names stand in brackets, [one, two]"
    known = _SAID_FOR.get(name.lower().strip())
    return f"write {known}: …" if known in fields and meant == known else did_you_mean(name, fields)


def _as_mapping(name: Name) -> str:
    """Return a person or a group as a paper file writes it."""
    return f"{{{', '.join(f'{part}: {_scalar(text)}' for part, text in name.items())}}}"


def _scalar(text: str) -> str:
    """Return a text as a scalar inside brackets."""
    plain = text.strip()
    return quoted(plain) if is_not_text(plain) or not plain[0].isalnum() or set(plain) & set(",:#[]{}\"'") else plain


def _part_at(model: type[BaseModel], location: FieldPath) -> type[BaseModel] | None:
    """Return the part of the model that a location points at."""
    part: type[BaseModel] | None = model
    is_name = False
    for name in location:
        if isinstance(name, int) or is_name:
            is_name = False
            continue
        info = part.model_fields.get(name) if part else None
        inner = [one for one in parts_of(info.annotation) if issubclass(one, BaseModel)] if info else []
        is_name = info is not None and get_origin(info.annotation) is dict  # what follows is a name of the survey's own
        part = inner[0] if inner else None
    return part


def _fields_at(model: type[BaseModel], location: FieldPath) -> list[str]:
    """Return the names of the fields of the part of the model that a location points at."""
    part = _part_at(model, location)
    return [info.alias or name for name, info in part.model_fields.items()] if part else []
