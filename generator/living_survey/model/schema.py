"""What the files of a survey may say, for programs and people: JSON Schema, a table of fields; from the model.

`paper_schema` is for any program, of draft 2020-12. `survey_schema` has the survey's own vocabularies to choose from;
editors read it from ``papers/.schema.json``. It is of draft 7, the newest that the language server behind most editors
follows. I/O: none.
"""

import json
from collections.abc import Mapping
from typing import Any

from pydantic import BaseModel

from living_survey.model.columns import some_columns
from living_survey.model.comparison import FOLDER as COMPARISONS
from living_survey.model.comparison import Comparison
from living_survey.model.field_docs import field_docs, json_schema
from living_survey.model.paper import Paper
from living_survey.model.parts import parts_of
from living_survey.model.question import FOLDER, Question
from living_survey.model.registry import ALIKE, KINDS, Registry
from living_survey.model.survey import Survey
from living_survey.model.work import Works
from living_survey.syntax.characters import CONTROL

NAME = ".schema.json"
"""The file's name, in the folders of papers, questions and comparisons; those of the registry and of works
begin with the file's."""
_DRAFT_7 = "http://json-schema.org/draft-07/schema#"
MODELINE = f"# yaml-language-server: $schema={NAME}\n"
"""First line of a paper file for editors that know nothing of the survey's settings."""


def paper_schema(tldr_words: int = 30) -> dict[str, Any]:
    """Return the JSON Schema of a paper file, for editors and forms.

    Args:
        tldr_words: How long the survey lets a tldr be.
    """
    schema: dict[str, Any] = _simple(json_schema(Paper))
    schema["$schema"] = "https://json-schema.org/draft/2020-12/schema"
    schema["required"] = [name for name in schema["required"] if name != "key"]
    schema["properties"]["tldr"]["x-max-words"] = tldr_words
    schema["x-forbidden"] = CONTROL.pattern
    return schema


def _simple(schema: Any) -> Any:
    """Return a schema as editors and forms want it.

    An optional field is one that may be left out, for a field without a value is a mistake; and names of one form are
    said to have that form, so that others are refused.
    """
    if isinstance(schema, list):
        return [_simple(inner) for inner in schema]
    if not isinstance(schema, dict):
        return schema
    inner = {name: _simple(value) for name, value in schema.items()}
    for pattern, value in inner.pop("patternProperties", {}).items():
        inner["propertyNames"] = {**inner.get("propertyNames", {}), "pattern": pattern}
        inner["additionalProperties"] = value
    choices = inner.get("anyOf", [])
    if {"type": "null"} in choices:
        del inner["anyOf"]
        inner.pop("default", None)
        inner = {**next(choice for choice in choices if choice != {"type": "null"}), **inner}
    return inner


def survey_schema(survey: Survey) -> dict[str, Any]:
    """Return the schema, with themes, kinds, facets and attributes as enumerations."""
    settings, schema = survey.settings, paper_schema()
    schema["$schema"] = _DRAFT_7
    schema["required"] = [*schema["required"], *(name for name in settings.require if name not in schema["required"])]
    properties = schema["properties"]
    properties["themes"] |= {"items": _words(survey.taxonomy.by_path), "type": "array"}
    properties["kind"] |= _words(settings.kinds)
    properties["facets"] |= {
        "properties": {
            name: {"description": facet.title, "items": _words(facet.values), "type": "array"}
            for name, facet in settings.facets.items()
            if facet.is_typed
        },
        "additionalProperties": False,
        "type": "object",
    }
    properties["attributes"] |= {
        "properties": {name: {"description": title, "type": "string"} for name, title in settings.attributes.items()},
        "additionalProperties": False,
        "type": "object",
    }
    numbers = schema["$defs"]["Number"]["properties"]
    registry = survey.registry
    numbers["metric"] |= _words(registry.metrics)
    for name, block in (("benchmark", "benchmarks"), ("hardware", "hardware")):
        numbers[name] = _one_or_more(numbers[name], registry.block(block))
    for name, blocks in (("baseline", ("baselines", "models")), ("model", ("models",))):
        known = [word for block in blocks for word in registry.block(block)]
        numbers[name] = _one_or_more(numbers[name], known, others=True)
    properties["hardware"] |= {"items": _words(registry.hardware)}
    properties["models"] |= {"items": _offered(registry.models)}
    without_null: dict[str, Any] = _without_null(schema)
    return without_null


def question_schema(survey: Survey) -> dict[str, Any]:
    """Return the JSON Schema of a question's file for editors, with themes as an enumeration.

    Keys of papers are none: the schema would change with every paper.
    """
    schema: dict[str, Any] = _without_null(_simple(json_schema(Question)))
    schema["$schema"] = _DRAFT_7
    del schema["properties"]["id"]
    schema["required"] = [name for name in schema["required"] if name != "id"]
    schema["properties"]["theme"] |= _words(survey.taxonomy.by_path)
    return schema


def registry_schema(survey: Survey) -> dict[str, Any]:
    """Return the JSON Schema of the file of names for editors, with the survey's families and classes of hardware."""
    schema: dict[str, Any] = _without_null(_simple(json_schema(Registry)))
    schema["$schema"] = _DRAFT_7
    parts = {name: part["properties"] for name, part in schema["$defs"].items()}
    for fields in parts.values():
        for rules in fields.values():
            rules.pop("title", None)  # those of a paper's fields of the same name
    parts["Metric"]["family"] |= _words(survey.registry.families)
    facet = survey.settings.facets.get("hardware")
    parts["Hardware"]["class"] |= _words(facet.values if facet else ())
    parts["Baseline"]["kind"] |= _words(KINDS)
    for name in ("Family", "Metric"):
        parts[name]["alike"] |= {"items": _words(ALIKE)}
    factors = {"type": "object", "additionalProperties": {"type": ["number", "string"]}}
    units = {"anyOf": [factors, {"type": "array", "items": {"type": "string"}}]}
    schema["properties"]["units"] |= {"additionalProperties": units}
    return schema


def works_schema(_: Survey) -> dict[str, Any]:
    """Return the JSON Schema of the file of works outside the survey for editors."""
    schema: dict[str, Any] = _without_null(_simple(json_schema(Works)))
    schema["$schema"] = _DRAFT_7
    return schema


def _beside(file: str) -> str:
    """Return where the schema of a file stands: beside it, hidden, ``docs/.registry.schema.json``."""
    folder, mark, name = file.rpartition("/")
    return f"{folder}{mark}.{name.removesuffix('.yaml')}{NAME}"


def comparison_schema(survey: Survey) -> dict[str, Any]:
    """Return the JSON Schema of a comparison's file for editors, which offers columns and takes metrics in any unit."""
    schema: dict[str, Any] = _without_null(_simple(json_schema(Comparison)))
    schema["$schema"] = _DRAFT_7
    del schema["properties"]["id"]
    schema["required"] = [name for name in schema["required"] if name != "id"]
    schema["properties"]["columns"]["items"] = _offered(some_columns(survey.settings, survey.registry))
    schema["oneOf"] = [{"required": ["papers"]}, {"required": ["query"]}]
    return schema


def schema_files(survey: Survey) -> dict[str, str]:
    """Return the files for editors by their paths: for papers; for what else there is."""
    schemas = {f"{survey.settings.papers}/{NAME}": survey_schema(survey)}
    if survey.questions:
        folder = survey.settings.relative(survey.settings.docs_dir / FOLDER)
        schemas[f"{folder}/{NAME}"] = question_schema(survey)
    if survey.registry != Registry():
        schemas[_beside(survey.settings.registry)] = registry_schema(survey)
    if survey.works is not None:
        schemas[_beside(survey.settings.works)] = works_schema(survey)
    if survey.comparisons:
        folder = survey.settings.relative(survey.settings.docs_dir / COMPARISONS)
        schemas[f"{folder}/{NAME}"] = comparison_schema(survey)
    return {path: to_json(schema) for path, schema in schemas.items()}


def to_json(schema: Mapping[str, Any]) -> str:
    """Return a schema as the text of a file."""
    return json.dumps(schema, ensure_ascii=False, indent=2) + "\n"


def _words(names: Any) -> dict[str, Any]:
    # An empty enumeration is not a schema: a survey without themes yet takes any.
    return {"type": "string", **({"enum": list(names)} if names else {})}


def _offered(names: Any) -> dict[str, Any]:
    """Let an editor offer names where others are right too: sizes of models, keys of papers."""
    return {"anyOf": [_words(names), {"type": "string"}]}


def _one_or_more(rules: dict[str, Any], names: Any, *, others: bool = False) -> dict[str, Any]:
    """Return the rules of a name or a list of names, for editors: they complete a name in either place."""
    one = _offered(names) if others else _words(names)
    several = {"type": "array", "items": one, "minItems": 1, "uniqueItems": True}
    kept: dict[str, Any] = {name: rules[name] for name in ("title", "description") if name in rules}
    return {**kept, "anyOf": [one, several]}


def _without_null(part: Any) -> Any:
    """Leave out that a field may be null and is null by default: no file says so, and editors would offer it."""
    if isinstance(part, list):
        return [_without_null(item) for item in part]
    if not isinstance(part, dict):
        return part
    part = {name: _without_null(value) for name, value in part.items()}
    if part.get("default", "") is None:
        del part["default"]
    options = part.get("anyOf")
    if isinstance(options, list) and {"type": "null"} in options:
        rest = [option for option in options if option != {"type": "null"}]
        del part["anyOf"]
        if "type" not in part:
            # Draft 7 ignores what stands beside a reference.
            part |= {"allOf": rest} if len(rest) > 1 or "$ref" in rest[0] else {**rest[0], **part}
    return part


def field_table() -> list[tuple[str, bool, str]]:
    """Return (name, required, description) of every field of a paper file, nested ones as ``venue.name``."""

    def rows(model: type[BaseModel], prefix: str) -> list[tuple[str, bool, str]]:
        table, docs = [], field_docs(model)
        for name, info in model.model_fields.items():
            if name == "key" and model is Paper:
                table.append((name, False, docs.get(name, "")))
                continue
            table.append((prefix + name, info.is_required(), docs.get(name, "")))
            for inner in parts_of(info.annotation):
                if issubclass(inner, BaseModel) and not prefix:
                    table += rows(inner, f"{name}.")
        return table

    return rows(Paper, "")
