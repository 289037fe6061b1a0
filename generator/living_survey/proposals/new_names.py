"""Names that the numbers of a proposal use and the registry lacks: they enter it as new, for an editor to look at.

Who proposes a number is not stopped by the list of names. What is nearly a name that there is becomes that name; all
else becomes an entry of its own, which nothing ranks by. No entry that is there changes. I/O: none.
"""

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from anyascii import anyascii

from living_survey.editing.registry_file import NEW, RegistryFileError, add_entry
from living_survey.editing.spelling import OF_PAPER, find_baseline, is_old, respell
from living_survey.loading.registry import read_registry
from living_survey.model.registry import BLOCKS, LISTS, TO_WRITE, Registry, sizes_of
from living_survey.model.units import EITHER, RATIOS, parse_unit
from living_survey.proposals.forms import AnswerError
from living_survey.syntax.problems import closest

MOST_NAMES = 10
"""New names in one proposal."""
LONGEST = 60
"""Characters of a new name."""
_TAKEN = re.compile(r"(?=.*[^\W_])[\w .,:;+\-–/()&#'’%°²³µμ×*=~@!]+")
"""What a new name is made of: a letter or a digit at least, and nothing that markup or programs read as their own."""
_FIELDS = {"metric": "metrics", "benchmark": "benchmarks", "model": "models", "hardware": "hardware"}
_FAMILIES = {"results": "finding", "scale": "scale"}
"""List of numbers → the family of a new metric there."""


@dataclass(slots=True)
class NewNames:
    """What the numbers of a paper come to.

    Attributes:
        changes: Top-level field of the paper → its value, with the registry's names.
        text: The registry's new text; empty where it stays.
        words: What an editor should look at, a line for each new name.
    """

    changes: dict[str, Any] = field(default_factory=dict)
    text: str = ""
    words: list[str] = field(default_factory=list)


def add_new_names(data: Mapping[str, Any], text: str, path: str, keys: Collection[str]) -> NewNames:
    """Give the numbers of a paper the registry's names, and the registry the names that they are the first to use.

    Args:
        data: What the paper's file is to say, as `read_mapping` returns it.
        text: The registry's file; empty where the survey has none.
        path: The file, as it is reported.
        keys: Keys of papers: a baseline may be one.

    Raises:
        AnswerError: If a new name cannot be one, there are too many, or the file takes none as it is written.
    """
    registry, problems = read_registry((text or NEW).encode("utf-8"), path)
    if problems:
        return NewNames()  # a mistake of the survey's own, which is reported as one
    names = _Names(registry, keys)
    wanted = names.read(data)
    new = text or NEW
    try:
        for block, name, entry in names.entries():
            new = add_entry(new, block, name, entry, path=path)
    except RegistryFileError as error:
        raise AnswerError(str(error)) from None
    after, problems = read_registry(new.encode("utf-8"), path)
    if problems:
        raise AnswerError(f"The new names do not go together: {problems[0].message} ({problems[0].hint})")
    whole = {**data, **wanted}
    changes = {**wanted, **respell(whole, after, keys)}
    changes = {name: value for name, value in changes.items() if value != data.get(name)}
    return NewNames(changes, new if new != (text or NEW) else "", names.words)


class _Names:
    """The names of one proposal."""

    def __init__(self, registry: Registry, keys: Collection[str]) -> None:
        self._registry, self._keys = registry, keys
        self._new: dict[str, dict[str, dict[str, Any]]] = {block: {} for block in BLOCKS}
        self._units: dict[str, list[str]] = {}
        self._families: dict[str, dict[str, Any]] = {}
        self._loose = {
            block: {
                _loose(word): name
                for name, item in reversed([*registry.block(block).items()])
                for word in (*(item.also or ()), item.label or name, name)
            }
            for block in BLOCKS
        }
        self._taken = {
            block: {
                word.casefold()
                for name, item in registry.block(block).items()
                for word in (name, item.label or name, *(item.also or ()))
            }
            for block in BLOCKS
        }
        self.words: list[str] = []

    def entries(self) -> Iterator[tuple[str, str, Any]]:
        """Yield (block, name, entry) of all that the registry has to get."""
        yield from (("families", name, entry) for name, entry in self._families.items())
        yield from (("units", name, units) for name, units in self._units.items())
        for block, entries in self._new.items():
            yield from ((block, name, entry) for name, entry in entries.items())

    def read(self, data: Mapping[str, Any]) -> dict[str, Any]:
        """Return numbers, models and hardware with the names that are, or become, the registry's."""
        wanted = {block: self._listed(block, data[block]) for block in OF_PAPER.values() if block in data}
        for name in LISTS:
            if isinstance(items := data.get(name), list):
                wanted[name] = [self._number(item, name) if _is_number(item) else item for item in items]
        for name in LISTS:  # when the models are known, which are baselines too
            for item in filter(_is_number, wanted.get(name, ())):
                if "baseline" in item:
                    item["baseline"] = self._each(item["baseline"], self._baseline)
        return wanted

    def _listed(self, block: str, words: Any) -> Any:
        return self._each(words, lambda word: self._find(block, word) or self._add(block, word))

    def _number(self, item: Mapping[str, Any], name: str) -> dict[str, Any]:
        number = dict(item)
        for one, block in _FIELDS.items():
            if one == "metric":
                if isinstance(number.get(one), str):
                    number[one] = self._metric(number[one], str(number.get("unit") or ""), name)
            elif one in number:
                number[one] = self._listed(block, number[one])
        return number

    def _each(self, value: Any, find: Any) -> Any:
        if isinstance(value, list):
            return [find(" ".join(word.split())) if isinstance(word, str) and word.strip() else word for word in value]
        return find(" ".join(value.split())) if isinstance(value, str) and value.strip() else value

    def _find(self, block: str, word: str) -> str | None:
        """Return the name that a word is, or is nearly: capitals, spaces, and hyphens do not count."""
        if block == "models" and sizes_of(word):
            return word
        return self._registry.find(block, word) or self._loose[block].get(_loose(word))

    def _baseline(self, word: str) -> str:
        if found := find_baseline(word, self._registry, self._keys):
            return found
        if sizes_of(word) or all(self._registry.find(block, word) for block in ("baselines", "models")):
            return word  # a size, or one of two: that is for the checks
        return self._find("baselines", word) or self._find("models", word) or self._add("baselines", word)

    def _metric(self, word: str, unit: str, name: str) -> str:
        word = " ".join(word.split())
        if not word or (found := self._registry.find("metrics", word)):
            return found if word and found else word
        metric = self._find("metrics", word)
        if metric in self._registry.metrics:
            return str(metric)
        metric = metric or self._add("metrics", word)
        entry = self._new["metrics"][metric]
        if "family" not in entry:
            means = {"means": entry.pop("means")}
            entry |= {"family": self._family(name)}
            if (label := entry.pop("label")) != metric.replace("-", " "):
                entry["label"] = label
            entry |= means
        self._count(entry, unit, word)
        self._new["metrics"][metric] = {one: entry[one] for one in _ORDER if one in entry}
        return metric

    def _count(self, entry: dict[str, Any], unit: str, word: str) -> None:
        """Let a new metric have the unit of its number."""
        parsed = parse_unit(unit)
        if not parsed.level:
            entry.setdefault("counts", word)
        elif parsed.name not in RATIOS or not parsed.change:
            if parsed.name == EITHER or parsed.level == "x" or parsed.level in entry.get("units", ()):
                return
            if parsed.level not in self._registry.dimensions and [parsed.level] not in self._units.values():
                _check("unit", parsed.level)
                self._units[_slug(parsed.level, {*self._registry.units, *self._units})] = [parsed.level]
            entry["units"] = [*entry.get("units", ()), parsed.level]

    def _family(self, name: str) -> str:
        """Return the family of a new metric, which says in which list its numbers stand."""
        own, entry = _FAMILIES[name], {"title": "Other findings", "alike": []}
        there = self._registry.families
        fits = [one for one, family in there.items() if family.list == name]
        if own in fits:
            return own
        if own in there:  # a family of that name that is another thing
            return fits[0] if fits else own
        self._families[own] = {"title": "Scale", "list": name} if name == "scale" else entry
        return own

    def _add(self, block: str, word: str) -> str:
        """Make a word a new name of a block."""
        one = block.removesuffix("s")
        _check(one, word)
        others = {*self._keys, *self._registry.models, *self._new["models"]} if block == "baselines" else set()
        name = _slug(word, {*self._new[block], *self._taken[block], *others})
        entry: dict[str, Any] = {"label": word}
        if block == "metrics":
            entry["means"] = TO_WRITE
        else:
            entry |= ({"kind": "named"} if block == "baselines" else {}) | {"vague": True, "new": True}
        self._new[block][name] = entry
        self._loose[block][_loose(word)] = self._loose[block][_loose(name)] = name
        if (count := sum(map(len, self._new.values()))) > MOST_NAMES:
            raise AnswerError(f"{count} new names; at most {MOST_NAMES} in one proposal: propose the numbers in parts")
        near = closest(word, self._registry.spellings(block))
        hint = f'; did you mean "{near}"?' if near else ""
        self.words.append(f'new name, not yet described: {one} {name}, "{word}"{hint}')
        return name


def _is_number(item: Any) -> bool:
    return isinstance(item, dict) and not is_old(item)


_ORDER = ("family", "label", "units", "counts", "means")


def _check(what: str, word: str) -> None:
    """Refuse what cannot be a name."""
    if len(word) > LONGEST:
        raise AnswerError(
            f"{what}: {word[:LONGEST]}…: a new name has at most {LONGEST} characters; details go to setting"
        )
    if not word.isprintable() or not _TAKEN.fullmatch(word):
        shown = "".join(one if one.isprintable() else f"U+{ord(one):04X}" for one in word)
        raise AnswerError(f"{what}: {shown}: a new name has letters, digits, spaces, and signs such as . , + - / ( )")


def _loose(word: str) -> str:
    """Return a word without what people write in different ways."""
    return re.sub(r"[\s_\-–]+", "", word.casefold())


def _slug(word: str, taken: Collection[str]) -> str:
    """Return a word as a name of the registry that is free."""
    name = re.sub(r"[^a-z0-9.]+", "-", anyascii(word).lower())[:LONGEST]
    name = re.sub(r"[.-]*-[.-]*", "-", re.sub(r"\.+", ".", name)).strip("-.") or "name"
    numbered = (name if count == 1 else f"{name}-{count}" for count in range(1, len(taken) + 3))
    return next(one for one in numbered if one not in taken)
