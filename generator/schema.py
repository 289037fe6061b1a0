"""The JSON Schema of this survey's paper files: the model's, with the survey's own vocabularies to choose from.

Editors read it from ``papers/.schema.json``. It is of draft 7, the newest that the language server behind most editors
follows; the published one, for other programs, is of draft 2020-12 (`generator.model.paper_schema`).
I/O: none.
"""

import json
from typing import Any

from generator.model import paper_schema
from generator.survey import Survey

NAME = ".schema.json"
"""The file's name, in the folder of papers."""
MODELINE = f"# yaml-language-server: $schema={NAME}\n"
"""First line of a paper file for editors that know nothing of the survey's settings."""


def survey_schema(survey: Survey) -> dict[str, Any]:
    """Return the schema, with themes, kinds, facets and attributes as enumerations."""
    settings, schema = survey.settings, paper_schema()
    schema["$schema"] = "http://json-schema.org/draft-07/schema#"
    schema["required"] = [*schema["required"], *(name for name in settings.require if name not in schema["required"])]
    properties = schema["properties"]
    properties["themes"] |= {"items": _words(survey.taxonomy.by_path), "type": "array"}
    properties["kind"] |= _words(settings.kinds)
    properties["facets"] |= {
        "properties": {
            name: {"description": facet.title, "items": _words(facet.values), "type": "array"}
            for name, facet in settings.facets.items()
        },
        "additionalProperties": False,
        "type": "object",
    }
    properties["attributes"] |= {
        "properties": {name: {"description": title, "type": "string"} for name, title in settings.attributes.items()},
        "additionalProperties": False,
        "type": "object",
    }
    without_null: dict[str, Any] = _without_null(schema)
    return without_null


def to_json(survey: Survey) -> str:
    """Return the text of the file for editors."""
    return json.dumps(survey_schema(survey), ensure_ascii=False, indent=2) + "\n"


def _words(names: Any) -> dict[str, Any]:
    # An empty enumeration is not a schema: a survey without themes yet takes any.
    return {"type": "string", **({"enum": list(names)} if names else {})}


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
