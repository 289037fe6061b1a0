"""Read the names that numbers use: ``docs/registry.yaml`` unless the settings say otherwise.

I/O: reads the file.
"""

from collections.abc import Iterator

from pydantic import ValidationError

from living_survey.formats.registry_file import format_registry
from living_survey.loading.validate import model_problems
from living_survey.model.registry import BLOCKS, Registry
from living_survey.model.settings import Settings
from living_survey.model.units import EITHER
from living_survey.syntax.problems import Problem, did_you_mean, problem
from living_survey.syntax.reading import reading
from living_survey.syntax.yaml_reader import read_mapping


def load_registry(settings: Settings) -> tuple[Registry, list[Problem], bool]:
    """Read the file; a survey without one has no names.

    Returns:
        The names, what is wrong with the file, and whether it could be read: if not, numbers cannot be checked.
    """
    file, path = settings.root / settings.registry, settings.registry
    if not file.is_file():
        return Registry(), [], True
    with reading(path):
        registry, problems = read_registry(file.read_bytes(), path)
    return registry, problems, not problems


def check_form(settings: Settings) -> list[Problem]:
    """Warn of a file that is not in canonical form; one that cannot be read is not out of it."""
    file, path = settings.root / settings.registry, settings.registry
    raw = file.read_bytes() if file.is_file() else b""
    text = format_registry(raw, path) if raw else None
    return [problem("file-not-canonical", path)] if text is not None and text.encode("utf-8") != raw else []


def read_registry(raw: bytes, path: str) -> tuple[Registry, list[Problem]]:
    """Read the text of the file: its names, and what is wrong with it."""
    document = read_mapping(raw, path, positions=False)
    if document.problems:
        return Registry(), document.problems
    try:
        registry = Registry.model_validate(document.data)
    except ValidationError as error:
        return Registry(), model_problems(error, path, Registry)
    return registry, list(_check(registry, path))


def _check(registry: Registry, path: str) -> Iterator[Problem]:
    """Families and units are declared, units stand once, and no spelling means two names."""
    seen = dict[str, str]()
    for dimension, units in registry.units.items():
        for unit in units:
            if unit in ("x", "points", EITHER):
                yield problem("registry-unit-reserved", path, field=("units", dimension), unit=unit)
            if (other := seen.setdefault(unit, dimension)) != dimension:
                yield problem("registry-unit-duplicate", path, field=("units", dimension), unit=unit, other=other)
    for name, metric in registry.metrics.items():
        if metric.family not in registry.families:
            hint = did_you_mean(metric.family, registry.families)
            yield problem("registry-family", path, field=("metrics", name, "family"), hint=hint, family=metric.family)
        for index, unit in enumerate(metric.units or ()):
            if unit and unit not in seen:
                field, hint = ("metrics", name, "units", index), did_you_mean(unit, seen, list_few=False)
                yield problem("registry-unit-unknown", path, field=field, hint=hint, unit=unit)
    for block in BLOCKS:
        taken = dict[str, str]()
        for name, item in registry.block(block).items():
            for word in (name, item.label or name, *(item.also or ())):
                if (other := taken.setdefault(word.casefold(), name)) != name:
                    yield problem("registry-spelling", path, field=(block, name), block=block, word=word, other=other)
