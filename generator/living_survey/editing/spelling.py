"""The registry's spelling of what a paper file says: its names, units in words, models and hardware of its numbers.

What is unknown, or could mean two things, stays as it is typed: the checks report it. I/O: none.
"""

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from living_survey.model.registry import LISTS, Registry, sizes_of
from living_survey.model.units import parse_unit

OF_PAPER = {"model": "models", "hardware": "hardware"}
"""Field of a number → the field of its paper that has to name the same, which is also the registry's block."""
OLD = ("evidence", "direction")
"""Fields by which a number in the form of older versions is known."""
_BLOCKS = {"metric": "metrics", "benchmark": "benchmarks", **OF_PAPER}


def respell(data: Mapping[str, Any], registry: Registry, keys: Collection[str] = ()) -> dict[str, Any]:
    """Return the top-level fields of a paper file that are spelled otherwise in the registry, as they should be.

    Args:
        data: What the file says, as `read_mapping` returns it.
        registry: The survey's names.
        keys: Keys of papers: a baseline that is one stays.
    """
    changes: dict[str, Any] = {}
    for name in LISTS:
        if isinstance(items := data.get(name), list):
            changes[name] = [_number(item, registry, keys) if _is_new(item) else item for item in items]
    for field, block in OF_PAPER.items():
        words = data.get(block)
        if words is not None and not isinstance(words, list):
            continue  # a mistake, which is the checks' to report
        found = _names(words or [], block, registry)
        wanted = _named(changes, field, block, registry)
        found += [name for name in dict.fromkeys(wanted) if name not in found]
        if found:
            changes[block] = found
    return {name: value for name, value in changes.items() if value != data.get(name)}


def is_old(item: Any) -> bool:
    """Say whether an item of `results` or `scale` is a number in the form of older versions."""
    return isinstance(item, dict) and any(name in item for name in OLD)


def _is_new(item: Any) -> bool:
    """Say whether an item is a number whose words mean what they mean now: an old ``×`` may be more or less."""
    return isinstance(item, dict) and not is_old(item)


def _number(item: Mapping[str, Any], registry: Registry, keys: Collection[str]) -> dict[str, Any]:
    """Return a number in the registry's words."""
    number = dict(item)
    for field, block in _BLOCKS.items():
        if field in number:
            number[field] = _one_or_more(number[field], lambda word, block=block: registry.find(block, word))
    if "baseline" in number:
        number["baseline"] = _one_or_more(number["baseline"], lambda word: find_baseline(word, registry, keys))
    if isinstance(unit := number.get("unit"), str) and unit:
        text = parse_unit(unit).text
        number["unit"] = unit if text == unit else text
    return number


def find_baseline(word: str, registry: Registry, keys: Collection[str] = ()) -> str | None:
    """Return the name of a baseline, which is one of its own block, a model, or the key of a paper.

    None where the word is none of them, or another spelling of a baseline and of a model of different names.
    """
    if word in registry.baselines or word in registry.models or word in keys:
        return word
    meant = {registry.find(block, word) for block in ("baselines", "models")} - {None}
    return meant.pop() if len(meant) == 1 else None


def _one_or_more(value: Any, find: Any) -> Any:
    """Return a name, or a list of names, with those replaced that are found under another."""
    if isinstance(value, list):
        return list(dict.fromkeys(_found(word, find) for word in value)) if _are_words(value) else value
    return _found(value, find) if isinstance(value, str) else value


def _found(word: str, find: Any) -> str:
    name = find(" ".join(word.split()))
    return word if name is None or name == word else str(name)


def _names(words: list[Any], block: str, registry: Registry) -> list[Any]:
    if not _are_words(words):
        return words
    return list(dict.fromkeys(_found(word, lambda text: registry.find(block, text)) for word in words))


def _are_words(words: list[Any]) -> bool:
    return all(isinstance(word, str) for word in words)


def _named(numbers: Mapping[str, Any], field: str, block: str, registry: Registry) -> Iterator[str]:
    """Yield the models, or the hardware, that numbers name and the registry knows; sizes are models too."""
    for name in LISTS:
        for item in numbers.get(name, ()):
            value = item.get(field) if isinstance(item, dict) else None
            for word in value if isinstance(value, list) else [value]:
                if not isinstance(word, str):
                    continue
                if word in registry.block(block) or (block == "models" and sizes_of(word)):
                    yield word
