"""What the strings below the fields of a model say, for schemas and tables of fields.

Pydantic can gather them itself, but does so while classes are made, by reading the source of each: a fifth of the time
that the generator takes to start. Here a module is read when its words are asked for. I/O: reads modules' sources.
"""

import ast
import inspect
import sys
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.abc import InspectLoader
from typing import Any

from pydantic import BaseModel

from living_survey.model.parts import parts_of


def field_docs(model: type[BaseModel]) -> Mapping[str, str]:
    """Return what is said below each field of a model, also below those that it has from others."""
    found = dict[str, str]()
    for one in reversed(model.__mro__):
        if issubclass(one, BaseModel) and one is not BaseModel:
            found |= _module_docs(one.__module__).get(one.__qualname__, {})
    return {name: text for name, text in found.items() if name in model.model_fields}


@cache
def json_schema(model: type[BaseModel]) -> Mapping[str, Any]:
    """Return the JSON Schema of a model, with what is said below its fields as their descriptions."""
    schema = model.model_json_schema()
    definitions = schema.get("$defs", {})
    for one in dict.fromkeys(_models_in(model)):
        properties = (schema if one is model else definitions.get(one.__name__, {})).get("properties", {})
        for name, text in field_docs(one).items():
            shown = one.model_fields[name].alias or name
            if shown in properties:
                properties[shown] = dict(sorted({"description": text, **properties[shown]}.items()))
    return schema


def _models_in(model: type[BaseModel]) -> Iterator[type[BaseModel]]:
    yield model
    for info in model.model_fields.values():
        for inner in parts_of(info.annotation):
            if isinstance(inner, type) and issubclass(inner, BaseModel):
                yield from _models_in(inner)


@cache
def _module_docs(name: str) -> Mapping[str, Mapping[str, str]]:
    """Return what a module's classes say below their fields: class → field → text."""
    spec = sys.modules[name].__spec__
    source = spec.loader.get_source(name) if spec and isinstance(spec.loader, InspectLoader) else None
    tree = ast.parse(source or "")
    return {node.name: dict(_class_docs(node)) for node in tree.body if isinstance(node, ast.ClassDef)}


def _class_docs(node: ast.ClassDef) -> Iterator[tuple[str, str]]:
    for field, below in zip(node.body, node.body[1:], strict=False):
        match field, below:
            case ast.AnnAssign(target=ast.Name(id=name)), ast.Expr(value=ast.Constant(value=str(text))):
                yield name, inspect.cleandoc(text)
