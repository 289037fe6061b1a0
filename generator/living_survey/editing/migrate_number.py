"""Bring one old number into the form with names, bounds, and units that are statements.

What only a person can decide raises, with a problem that says what the choices are; what is moved loses nothing.
I/O: none.
"""

import re
import unicodedata
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

from pydantic import ValidationError

from living_survey.editing.old_amounts import Amount, read_amount, read_hedge
from living_survey.editing.old_units import Old, Reading, change_of, metrics_with, read_unit, without_said
from living_survey.editing.spelling import OLD, find_baseline
from living_survey.model.number import OF_RANGES, SETTING_WORDS, Number
from living_survey.model.registry import KINDS, TO_WRITE, Family, Metric, Registry
from living_survey.model.units import EITHER, Form, parse_unit
from living_survey.syntax.problems import FieldPath, Problem, problem

_REPLACED = ("value", "unit", "setting", "baseline")
"""Fields that are left out unless the new form has them."""
_TEXTS = ("metric", "value", "unit", "direction", "setting", "evidence")
_FACTORS = ("k", "K", "M", "B", "T")
UNSTATED = {"label": "not said against what", "kind": KINDS[-1], "vague": True}
FINDING = {"title": "Other findings", "alike": []}
Added = Mapping[str, Mapping[str, Mapping[str, Any]]]
"""Names that the registry has to get: block → name → entry."""


class LeftError(Exception):
    """An item stays as it is; carries the field that is in the way, and why."""

    def __init__(self, name: str, found: Problem) -> None:
        """Keep what is in the way."""
        self.name, self.problem = name, found


@dataclass
class NumberReader:
    """Reads the old numbers of one file.

    Attributes:
        registry: The survey's names.
        path: The file, as it is reported.
        keys: Keys of papers, which are baselines too.
        earlier: Names that files before this one added: metrics among them may get further units.
        problems: What was read in a way that a person should look at.
        added: Names that the registry has to get.
        units: Units that it has to get.
    """

    registry: Registry
    path: str
    keys: Collection[str]
    earlier: Added
    problems: list[Problem] = field(default_factory=list)
    added: dict[str, dict[str, dict[str, Any]]] = field(default_factory=dict)
    units: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Have a family for metrics that are new."""
        self._has_findings = "finding" in self.registry.families
        families = {"finding": Family.model_validate(FINDING), **self.registry.families}
        self.registry = self.registry.model_copy(update={"families": families})

    def read(self, item: Mapping[str, Any], place: FieldPath) -> tuple[dict[str, Any], str]:
        """Return a number in the new form, and its list."""
        problems, baselines = len(self.problems), "baselines" in self.added
        try:
            return self._read(item, place)
        except LeftError:
            del self.problems[problems:]  # what is said of an item that stays, and added for it
            if not baselines:
                self.added.pop("baselines", None)
            raise

    def _read(self, item: Mapping[str, Any], place: FieldPath) -> tuple[dict[str, Any], str]:
        for name, value in item.items():
            if isinstance(value, dict | list) and name in (
                "metric",
                "value",
                "unit",
                "direction",
                "setting",
                "evidence",
            ):
                raise LeftError(name, problem("value-not-single", self.path, expected="text", found=_kind_of(value)))
        typed = {name: " ".join(str(value).split()) for name, value in item.items() if isinstance(value, str)}
        amount = self._amount(item, typed)
        hedge, setting = read_hedge(typed.get("setting", ""))
        unit = typed.get("unit", "")
        if amount.unit:
            unit = self._joined(amount.unit, unit)
        text, change = typed.get("metric", ""), {"+": "more", "-": "less"}.get(amount.sign, "")
        name, metric, stated, other = self._metric(text)
        is_new = name not in self.registry.metrics or name in self.earlier.get("metrics", {})
        old = Old(text, unit, stated or change, typed.get("direction", ""), setting, typed.get("baseline", ""), other)
        if is_new:
            metric = self._new_metric(name, metric, old)
        reading = read_unit(old, metric, self.registry)
        new_unit = self._unit(old, reading, (name, metric), amount.sign, place)
        new: dict[str, Any] = {"metric": name}
        if bound := self._bound(amount, hedge, typed, metric, new_unit):
            new["bound"] = bound
        new |= dict(
            zip(("low", "high"), amount.ends, strict=True) if len(amount.ends) == 2 else [("value", amount.ends[0])]
        )
        if new_unit:
            new["unit"] = new_unit
        relative = parse_unit(new_unit).form is not Form.LEVEL
        baseline, rest = self._baseline(item.get("baseline"), place, relative=relative)
        if baseline:
            new["baseline"] = baseline
        setting = without_said(setting, baseline=baseline == "unstated")
        if setting := "; ".join(part for part in (reading.words, setting, rest) if part):
            new["setting"] = setting
        if typed.get("evidence", "abstract") not in ("", "abstract"):
            new["locator"] = typed["evidence"]
        new |= {n: value for n, value in item.items() if n not in new and n not in (*OLD, *_REPLACED)}
        self._check(new, setting)
        if is_new:
            if name not in self.added.get("metrics", {}) and name not in self.earlier.get("metrics", {}):
                self.problems.append(self._warn("migrate-metric", place, "metric", name=name))
            self.added.setdefault("metrics", {})[name] = self._entry(name, metric, old)
        family = self.registry.families.get(metric.family)
        return new, family.list if family else "results"

    def _amount(self, item: Mapping[str, Any], typed: Mapping[str, str]) -> Amount:
        if "low" in item and "high" in item:
            return Amount((str(item["low"]), str(item["high"])))
        amount = read_amount(typed.get("value", ""))
        if amount is None:
            raise LeftError("value", problem("migrate-value", self.path, value=typed.get("value", "")))
        return amount

    def _joined(self, behind: str, unit: str) -> str:
        """Return the unit of an item, part of which stands behind the digits."""
        if not unit or behind == unit:
            return behind
        if behind in _FACTORS and unit.partition(" ")[0] not in _FACTORS:
            return f"{behind} {unit}"
        raise LeftError("value", problem("migrate-units", self.path, one=behind, other=unit))

    def _metric(self, text: str) -> tuple[str, Metric, str, bool]:
        """Return name and metric, the change that the old name states, and whether it says more than the metric's."""
        registry = self.registry
        stem, change = change_of(text)
        for words in (text, stem):
            if words and (name := registry.find("metrics", words)):
                label = registry.metrics[name].label or name
                own = words.casefold() in (name, name.replace("-", " "), label.casefold())
                plain = own and words == text
                return name, registry.metrics[name], "" if plain else change, not own
        name = _slug(stem or text)
        if not name:
            raise LeftError("metric", problem("migrate-name", self.path, word=text))
        if name in registry.metrics:
            return name, registry.metrics[name], change, True
        return name, Metric(family="finding", means=TO_WRITE), change, False

    def _new_metric(self, name: str, metric: Metric, old: Old) -> Metric:
        """Return a metric that takes what is said of it here."""
        known = self.added.get("metrics", {}).get(name) or self.earlier.get("metrics", {}).get(name)
        if known:
            metric = Metric.model_validate({**known, "units": known.get("units", [])})
        elif old.direction in ("higher", "lower"):
            flipped = {"higher": "lower", "lower": "higher"}[old.direction]
            metric = metric.model_copy(update={"better": flipped if old.change == "less" else old.direction})
        reading = read_unit(old, metric, self.registry)
        if reading.level is not None:
            metric = metric.model_copy(update={"units": (*(metric.units or ()), reading.level)})
        return metric

    def _entry(self, name: str, metric: Metric, old: Old) -> dict[str, Any]:
        units = list(metric.units or ())
        entry: dict[str, Any] = {"family": metric.family}
        if metric.better != "none":
            entry["better"] = metric.better
        entry |= {"units": units, "means": metric.means}
        spelled = {name, name.replace("-", " ")}
        known = self.added.get("metrics", {}).get(name) or self.earlier.get("metrics", {}).get(name) or {}
        also = dict.fromkeys([*known.get("also", []), *([old.metric] if old.metric.casefold() not in spelled else [])])
        for unit in units:
            if unit and unit not in self.registry.dimensions:
                self.units.append(unit)
        if metric.family == "finding" and not self._has_findings:
            self.added.setdefault("families", {})[metric.family] = FINDING
        return entry | ({"also": list(also)} if also else {})

    def _unit(self, old: Old, reading: Reading, named: tuple[str, Metric], sign: str, place: FieldPath) -> str:
        name, metric = named
        if reading.wrong_way:
            found = problem("migrate-direction", self.path, direction=old.direction, metric=name, better=metric.better)
            raise LeftError("direction", found)
        if reading.unit is None:
            others = [other for other in metrics_with(old.unit, self.registry) if other != name]
            choices = ", ".join(reading.choices)
            hint = f"write one that it takes: {choices}" + (f"; or metric: {' or '.join(others[:4])}" if others else "")
            if not old.unit:
                raise LeftError("metric", problem("migrate-unit-missing", self.path, hint=hint, metric=name))
            raise LeftError("unit", problem("migrate-unit", self.path, hint=hint, metric=name, unit=old.unit))
        unit = parse_unit(reading.unit)
        if sign == "-" and unit.form is Form.LEVEL:
            raise LeftError("value", problem("migrate-value", self.path, value="-…"))
        if reading.deduced:
            self.problems.append(self._warn("migrate-less", place, "metric", metric=name, direction=old.direction))
        if unit.name == EITHER:
            self.problems.append(self._warn("migrate-gain", place, "unit", unit=unit.text))
        if old.direction and metric.better == "none" and self._list_of(metric) == "results":
            self.problems.append(self._warn("migrate-direction-dropped", place, "direction", metric=name))
        return reading.unit

    def _list_of(self, metric: Metric) -> str:
        family = self.registry.families.get(metric.family)
        return family.list if family else "results"

    def _bound(self, amount: Amount, hedge: str, typed: Mapping[str, str], metric: Metric, unit: str) -> str:
        if "bound" in typed:
            return typed["bound"]
        # "At most" before an improvement names the best of several cases, and is no limit.
        change = parse_unit(unit).change
        wanted = {"more": metric.better != "lower", "less": metric.better == "lower"}.get(
            change, metric.better == "higher"
        )
        words = [hedge, *amount.bounds]
        loose = hedge == "at most" or "at most" in typed.get("value", "").lower()
        if wanted and loose:
            words = ["up to" if word == "at most" else word for word in words]
        bounds = list(dict.fromkeys(word for word in words if word))
        if len(bounds) > 1:
            found = problem("migrate-bounds", self.path, one=bounds[0], other=bounds[1])
            raise LeftError("value", found)
        if bounds and len(amount.ends) == 2 and bounds[0] not in OF_RANGES:
            raise LeftError("setting", problem("number-range-bound", self.path, bound=bounds[0]))
        return bounds[0] if bounds else ""

    def _baseline(self, value: Any, place: FieldPath, *, relative: bool) -> tuple[Any, str]:
        """Return the names of a baseline, and text that is none: it belongs to the setting."""
        if isinstance(value, list):
            return value, ""
        text = " ".join(str(value).split()) if value else ""
        names = names_in(text, lambda word: find_baseline(word, self.registry, self.keys))
        if names:
            return names[0] if len(names) == 1 else names, ""
        if not relative:
            if text:
                self.problems.append(self._warn("migrate-baseline-text", place, "baseline", text=text))
            return "", f"against {text}" if text else ""
        if "unstated" not in self.registry.baselines:
            self.added.setdefault("baselines", {})["unstated"] = UNSTATED
        code = "migrate-baseline" if text else "migrate-baseline-missing"
        self.problems.append(self._warn(code, place, "baseline" if text else "metric", text=text))
        return "unstated", f"against {text}" if text else ""

    def _check(self, new: Mapping[str, Any], setting: str) -> None:
        """Leave an item whose new form would be wrong."""
        if (count := len(setting.split())) > SETTING_WORDS:
            raise LeftError(
                "setting", problem("migrate-setting", self.path, count=count, limit=SETTING_WORDS, text=setting)
            )
        unit = parse_unit(str(new.get("unit", "")))
        if unit.text == "percent less" and float(new.get("value", new.get("high", 0))) > 100:
            value = new.get("value", new.get("high"))
            raise LeftError("value", problem("number-more-than-all", self.path, value=value))
        try:
            Number.model_validate(new)
        except ValidationError as error:
            first = error.errors(include_url=False)[0]
            name = str(first["loc"][0]) if first["loc"] else "metric"
            raise LeftError(name, problem("migrate-field", self.path, name=name, reason=first["msg"])) from None

    def _warn(self, code: str, place: FieldPath, at: str, **values: Any) -> Problem:
        return problem(code, self.path, field=(*place, at), **values)


def _kind_of(value: Any) -> str:
    return "a list" if isinstance(value, list) else "a mapping"


def names_in(text: str, find: Callable[[str], str | None]) -> list[str]:
    """Return the names that a text consists of; none where anything of it is no name."""
    if not text:
        return []
    if name := find(text):
        return [name]
    words = [word.strip() for word in re.split(r"[,;]|\band\b", text)]
    names = [find(word) if word else None for word in words]
    return [] if None in names else list(dict.fromkeys(name for name in names if name))


def _slug(text: str) -> str:
    """Return a name for the registry."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9.]+", "-", plain).strip("-.")
