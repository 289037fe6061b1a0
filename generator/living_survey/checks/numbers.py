"""What is wrong with the numbers of papers: names that the registry does not have, units of another kind, evidence.

I/O: none.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from decimal import Decimal

from living_survey.checks.papers import paper_path
from living_survey.model.claims import Claim, claims_of
from living_survey.model.columns import units_of
from living_survey.model.number import Number
from living_survey.model.paper import Paper
from living_survey.model.quotes import numbers_in
from living_survey.model.registry import BLOCKS, LISTS, TO_WRITE, WORDS, Metric, Registry, sizes_of
from living_survey.model.settings import Settings
from living_survey.model.units import Form, meant_units, parse_unit
from living_survey.syntax.problems import FieldPath, Problem, closest, problem

_BLOCK_OF = {"benchmark": "benchmarks", "model": "models", "hardware": "hardware"}
_SINGULAR = {"baselines": "baseline", "benchmarks": "benchmark", "models": "model", "hardware": "hardware"}
_OPENING, _CLOSING = "“„‘‚«»", "”“’‘»«"
"""Quotation marks that mean nothing to YAML."""
_MOST_UNITS = 12
"""So many units are named in a hint."""


def check_numbers(
    settings: Settings, registry: Registry, papers: Sequence[Paper], unread: Collection[str] = ()
) -> Iterator[Problem]:
    """Check the numbers of papers, and the models and hardware that they name, against the registry."""
    keys = {paper.key for paper in papers} | {alias for paper in papers for alias in paper.aliases or ()} | set(unread)
    for paper in papers:
        if not (paper.results or paper.scale or paper.models or paper.hardware):
            continue
        check = _Check(registry, settings.registry, paper_path(settings, paper), keys)
        for block, words in (("models", paper.models), ("hardware", paper.hardware)):
            for index, word in enumerate(words or ()):
                yield from check.name(block, word, (block, index))
        for name in LISTS:
            for index, number in enumerate(getattr(paper, name) or ()):
                yield from check.number(paper, number, name, index)


def check_new_names(settings: Settings, registry: Registry) -> Iterator[Problem]:
    """Warn of names that came with a number and that no editor has looked at."""
    for block in BLOCKS:
        for name, item in registry.block(block).items():
            if item.means == TO_WRITE if isinstance(item, Metric) else item.new:
                label = item.label or name
                hint = "write what it means, and its family" if isinstance(item, Metric) else ""
                yield problem("registry-name-new", settings.registry, field=(block, name), hint=hint, label=label)


def check_registry_use(settings: Settings, registry: Registry, papers: Iterable[Paper]) -> Iterator[Problem]:
    """Warn of names of the registry that no paper uses; as long as papers use none, it is a list to start from."""
    used: dict[str, set[str]] = {block: set() for block in BLOCKS}
    for paper in papers:
        used["models"] |= set(paper.models or ())
        used["hardware"] |= set(paper.hardware or ())
        for claim in claims_of(paper):
            _note(claim, used)
    if not any(used.values()):
        return
    used["baselines"].update(WORDS)
    for block, names in used.items():
        for name in registry.block(block):
            if name not in names:
                yield problem("registry-unused", settings.registry, field=(block, name), name=name, block=block)


def _note(claim: Claim, used: dict[str, set[str]]) -> None:
    number = claim.number
    used["metrics"].add(number.metric)
    for name in number.baseline or ():
        used["baselines"].add(name)
        used["models"].add(name)
    for field, block in _BLOCK_OF.items():
        used[block] |= set(getattr(number, field) or ())


class _Check:
    """The checks of one paper's numbers."""

    def __init__(self, registry: Registry, file: str, path: str, keys: Collection[str]) -> None:
        self._registry = registry
        self._file = file
        self._path = path
        self._keys = keys

    def name(self, block: str, word: str, field: FieldPath) -> Iterator[Problem]:
        """A name stands in its block as it is written there; a model may be a size."""
        registry = self._registry
        if word in registry.block(block) or (block == "models" and sizes_of(word)):
            return
        if meant := registry.find(block, word):
            yield problem("registry-name-spelling", self._path, field=field, word=word, name=meant)
            return
        known = registry.spellings(block)
        if both := self._several(block, word):
            hint = f"for several write a list: [{', '.join(both)}]"
            yield problem("registry-name-unknown", self._path, field=field, hint=hint, word=word, file=self._file)
            return
        near = closest(word, known)
        hint = (f'did you mean "{near}"? ' if near else "") + _to_add(block, word)
        yield problem("registry-name-unknown", self._path, field=field, hint=hint, word=word, file=self._file)

    def _several(self, block: str, word: str) -> list[str]:
        """Return the names of which a text is made up, if all are known."""
        blocks = (block, "models") if block == "baselines" else (block,)
        parts = re.split(r"\s*(?:,|;|/|&|\+|\band\b|\bor\b)\s*", word)
        found = [next((name for one in blocks if (name := self._registry.find(one, part))), None) for part in parts]
        return [name for name in found if name] if len(parts) > 1 and all(found) and block != "metrics" else []

    def number(self, paper: Paper, number: Number, name: str, index: int) -> Iterator[Problem]:
        """A number has a metric of its list, a unit of that metric, names that there are, and evidence."""
        field: FieldPath = (name, index)
        metric = self._registry.metrics.get(number.metric)
        if metric is None:
            yield from self.name("metrics", number.metric, (*field, "metric"))
        else:
            yield from self._unit(number, metric, name, field)
        yield from self._names(paper, number, field)
        yield from self._evidence(number, field)

    def _unit(self, number: Number, metric: Metric, name: str, field: FieldPath) -> Iterator[Problem]:
        registry, unit = self._registry, number.measured
        family = registry.families[metric.family]
        if family.list != name:
            code = "number-belongs-to-scale" if family.list == "scale" else "number-belongs-to-results"
            yield problem(code, self._path, field=(*field, "metric"), metric=number.metric)
        if not registry.takes(metric, unit):
            levels, known = [one for one in (metric.units or ()) if one], units_of(metric)
            if unit.name == "percent" and not unit.change:
                hint, code = "", "number-unit-level"
            else:
                # Who writes an amount means one. A unit of another metric is not a slip: it is near to itself.
                near = closest(number.unit or "", [*(known if unit.change else levels), *registry.dimensions])
                meant = [
                    u for u in meant_units(number.unit or "", metric.better) if registry.takes(metric, parse_unit(u))
                ]
                hint = f'did you mean "{near}"? ' if near in known else ""
                hint = f"write {' or '.join(meant)}; " if meant and number.unit not in meant else hint
                hint += f"it takes {', '.join(known[:_MOST_UNITS])}"
                code = "number-unit"
            some = ", ".join(known[:_MOST_UNITS])
            if not number.unit:
                yield problem("number-without-unit", self._path, field=field, metric=number.metric, known=some)
                return
            place = (*field, "unit")
            yield problem(code, self._path, field=place, hint=hint, metric=number.metric, unit=number.unit, known=some)
        elif number.unit != unit.text and number.unit is not None:
            yield problem("number-unit-spelling", self._path, field=(*field, "unit"), unit=number.unit, name=unit.text)
        _, high = number.ends
        if unit.name == "percent" and unit.change == "less" and high > 100:
            yield problem("number-more-than-all", self._path, field=field, value=high)
        if unit.form is not Form.LEVEL and not number.baseline:
            yield problem("number-without-baseline", self._path, field=field)

    def _names(self, paper: Paper, number: Number, field: FieldPath) -> Iterator[Problem]:
        registry = self._registry
        for position, word in enumerate(number.baseline or ()):
            if word in registry.models or word in self._keys or sizes_of(word):
                continue
            place = (*field, "baseline", position) if len(number.baseline or ()) > 1 else (*field, "baseline")
            meant = registry.find("models", word)
            own = registry.find("baselines", word)
            if meant and own and own not in (meant, word):
                yield problem("registry-name-ambiguous", self._path, field=place, word=word, one=own, other=meant)
            elif meant and not own:
                yield problem("registry-name-spelling", self._path, field=place, word=word, name=meant)
            else:
                yield from self.name("baselines", word, place)
        for name, block in _BLOCK_OF.items():
            words: tuple[str, ...] = getattr(number, name) or ()
            for position, word in enumerate(words):
                yield from self.name(block, word, (*field, name, position) if len(words) > 1 else (*field, name))
        for name, listed in (("model", paper.models), ("hardware", paper.hardware)):
            block = _BLOCK_OF[name]
            names = {registry.find(block, word) or word for word in listed or ()}
            for word in getattr(number, name) or ():
                known = word in registry.block(block) or (block == "models" and sizes_of(word))
                if known and word not in names:  # of one that is not known there is a report already
                    yield problem("number-name-not-of-paper", self._path, field=(*field, name), word=word, block=block)

    def _evidence(self, number: Number, field: FieldPath) -> Iterator[Problem]:
        if not number.quote:
            yield problem("number-without-quote", self._path, field=field)
            return
        if number.quote[0] in _OPENING and number.quote[-1] in _CLOSING:
            fixed = number.quote.strip(_OPENING + _CLOSING)
            yield problem("quote-in-quotes", self._path, field=(*field, "quote"), fixed=fixed)
        if number.confidence == "estimated":
            return
        held = numbers_in(number.quote)
        if number.confidence == "derived":
            wanted = numbers_in(number.reason or "")
            missing = [value for value in sorted(wanted) if value not in held]
        else:
            missing = [end for end in dict.fromkeys(number.ends) if not _holds(end, held, number)]
        if missing and not (number.confidence == "derived" and len(missing) < len(numbers_in(number.reason or ""))):
            some = " and ".join(f"{value:f}" for value in missing)
            yield problem("quote-without-value", self._path, field=(*field, "quote"), value=some)


def _to_add(block: str, word: str) -> str:
    """Return what adds a new name to the registry, as it is typed."""
    if block == "metrics":
        return "for a new one, see: survey add name metric --help"
    name = re.sub(r"[^a-z0-9.]+", "-", word.lower()).strip("-.") or "NAME"
    add = f'for a new one, run: survey add name {_SINGULAR[block]} {name} "{word}"'
    return f"{add}; for one that the source does not name, write unnamed" if block == "baselines" else add


def _holds(value: Decimal, held: Collection[Decimal], number: Number) -> bool:
    """Say whether a quote has a value: as it is, or multiplied as its unit says."""
    factor = {"k": 10**3, "M": 10**6, "B": 10**9, "T": 10**12}.get(number.measured.factor, 1)
    return value in held or value * factor in held
