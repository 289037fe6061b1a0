"""One small language with which papers are chosen: ``theme=flight kind=review,trial year=2024.. -has=code``.

A space is *and*, a comma *or*, a leading minus *not*, ``..`` a range; in addresses ``&`` stands for the space. What can
be asked for stands in one table, `KEYS`, to which a survey adds its facets. I/O: none.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from living_survey.model.addresses import slugify
from living_survey.model.claims import Claim, claims_of
from living_survey.model.derived import titles_of
from living_survey.model.number import CONFIDENCES
from living_survey.model.paper import Paper
from living_survey.model.parts import STATUSES, Links
from living_survey.model.registry import LISTS, sizes_of
from living_survey.model.settings import Settings
from living_survey.model.survey import Survey
from living_survey.model.theme import Taxonomy
from living_survey.model.units import Form, parse_unit
from living_survey.syntax.errors import SurveyError
from living_survey.syntax.problems import did_you_mean

_CONDITION = re.compile(r"[^\s&]+")
_YEARS = r"(\d{4})?(\.\.)?(\d{4})?"


class QueryError(SurveyError):
    """A query that cannot be asked because of how it is written: what is wrong, where, and what to write.

    Attributes:
        reason: What is wrong.
        hint: What to write; may be empty.
        column: Where in the query's text, from 1; 0 where there is no text.
    """

    def __init__(self, reason: str, hint: str = "", column: int = 0) -> None:
        """Keep the parts, and put them together as one line."""
        super().__init__(f"{reason}; {hint}" if hint else reason)
        self.reason, self.hint, self.column = reason, hint, column


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """What the values of a query are compared with."""

    settings: Settings
    taxonomy: Taxonomy
    survey: Survey | None = None
    """Where it is known, papers, authors and venues are looked up too; a survey with mistakes has none yet."""

    @classmethod
    def build(cls, survey: Survey) -> "Vocabulary":
        """Return all that a survey knows."""
        return cls(survey.settings, survey.taxonomy, survey)


def _itself(paper: Paper) -> tuple[Any, ...]:
    return (paper,)


@dataclass(frozen=True, slots=True)
class Key:
    """Something that can be asked for."""

    read: Callable[[Vocabulary, str], str]
    """Returns a value in canonical form, or raises a `QueryError`."""
    test: Callable[[Survey, str], Callable[[Any], bool]]
    """Returns what says whether a canonical value holds of a subject."""
    of: Callable[[Paper], Iterable[Any]] = _itself
    """The subjects that a paper has. One of them has to meet all conditions whose keys have the same subjects: the
    paper itself, and for keys that ask for something of which a paper has several, each of these."""


@dataclass(frozen=True, slots=True)
class Condition:
    """A key with values, of which one has to hold; or none of them may."""

    key: str
    values: tuple[str, ...]
    negated: bool = False

    @property
    def text(self) -> str:
        """The condition as it is typed."""
        return f"{'-' if self.negated else ''}{self.key}={','.join(self.values)}"


@dataclass(frozen=True, slots=True)
class Query:
    """Conditions, all of which a paper has to meet; two queries that ask for the same are equal."""

    conditions: tuple[Condition, ...] = ()

    @property
    def text(self) -> str:
        """The query in canonical form: conditions in the order of the table, those with a minus last."""
        return " ".join(condition.text for condition in self.conditions)

    def papers(self, survey: Survey) -> list[Paper]:
        """Return the papers that meet all conditions, in the order of their keys."""
        keys, groups = keys_of(survey.settings), dict[Any, list[Callable[[Any], bool]]]()
        for condition in self.conditions:
            key = keys[condition.key]
            groups.setdefault(key.of, []).append(_met(survey, key, condition))
        return [
            paper
            for paper in survey.papers.values()
            if all(any(all(met(one) for met in mets) for one in of(paper)) for of, mets in groups.items())
        ]

    def claims(self, survey: Survey, papers: Iterable[Paper]) -> list[Claim]:
        """Return the numbers of papers that meet the conditions on numbers, in the order of keys and files."""
        of_numbers = [condition for condition in self.conditions if condition.key in NUMBER_KEYS]
        mets = [_met(survey, NUMBER_KEYS[condition.key], condition) for condition in of_numbers]
        return [claim for paper in papers for claim in claims_of(paper) if all(met(claim) for met in mets)]


def _met(survey: Survey, key: Key, condition: Condition) -> Callable[[Any], bool]:
    tests = [key.test(survey, value) for value in condition.values]
    return lambda subject: any(test(subject) for test in tests) is not condition.negated


def parse_query(text: str, words: Vocabulary) -> Query:
    """Return the query that a text states.

    Args:
        text: The text; none asks for all papers.
        words: What its values are compared with.

    Raises:
        QueryError: If a part is no condition, or a key or a value does not exist; it has the column.
    """
    keys, found = keys_of(words.settings), []
    for part in _CONDITION.finditer(text):
        column, condition = part.start() + 1, part[0]
        sign, name, mark, rest = re.fullmatch(r"(-?)([^=]*)(=?)(.*)", condition).groups()  # type: ignore[union-attr]
        if not mark or not name:
            raise QueryError(f"{condition} is not a condition", "write key=value: year=2024", column)
        if name not in keys:
            raise QueryError(f"unknown key: {name}", did_you_mean(name, keys), column + len(sign))
        values, at = [], column + len(sign) + len(name) + 1
        for value in rest.split(","):
            if not value:
                raise QueryError(f"no value for {name}", "write values without spaces, with commas between them", at)
            try:
                values.append(keys[name].read(words, value))
            except QueryError as error:
                raise QueryError(error.reason, error.hint, at) from None
            at += len(value) + 1
        found.append(Condition(name, tuple(sorted(set(values))), bool(sign)))
    return _ordered(found, keys)


def build_query(wanted: Mapping[str, Iterable[str]], words: Vocabulary) -> Query:
    """Return the query for values by key, as options of a command give them; a key without values asks for nothing.

    Raises:
        QueryError: If a value does not exist.
    """
    keys = keys_of(words.settings)
    asked = {
        name: tuple(sorted({keys[name].read(words, value) for value in values})) for name, values in wanted.items()
    }
    return _ordered([Condition(name, values) for name, values in asked.items() if values], keys)


def replace_values(text: str, key: str, change: Callable[[str], str]) -> str:
    """Return a query's text with the values of a key changed, for names that became others; all else stays."""

    def changed(found: re.Match[str]) -> str:
        return found[1] + ",".join(map(change, found[2].split(",")))

    return re.sub(rf"(?<![^\s&])(-?{re.escape(key)}=)([^\s&]*)", changed, text)


def _ordered(conditions: Iterable[Condition], keys: Iterable[str]) -> Query:
    order = {name: number for number, name in enumerate(keys)}
    sorted_ones = sorted(set(conditions), key=lambda one: (one.negated, order[one.key], one.values))
    return Query(tuple(sorted_ones))


def keys_of(settings: Settings) -> dict[str, Key]:
    """Return what can be asked for in a survey, by name, in canonical order; of equal names a facet gives way."""
    return {**KEYS, **{name: _facet(name) for name in settings.facets if name not in KEYS}}


def _known(value: str, options: Iterable[str], what: str) -> str:
    known = list(options)
    if value not in known:
        raise QueryError(f"unknown {what}: {value}", did_you_mean(value, known))
    return value


def _typed(names: Iterable[str]) -> set[str]:
    """Return names as a query can have them: without spaces and signs of its own."""
    return {slugify(name) if re.search(r"[\s,&=]", name) else name for name in names}


def _read_theme(words: Vocabulary, value: str) -> str:
    by_path = words.taxonomy.by_path
    former = {alias: path for path, theme in by_path.items() for alias in theme.aliases}
    return former[value] if value in former and value not in by_path else _known(value, by_path, "theme")


def _in_theme(_: Survey, value: str) -> Callable[[Paper], bool]:
    inside = f"{value}/"
    return lambda paper: any(path == value or path.startswith(inside) for path in paper.themes or ())


def years(value: str) -> tuple[int | None, int | None]:
    """Return the first and the last year of a year or a range of years; none for an open end.

    Raises:
        QueryError: If it is neither.
    """
    match = re.fullmatch(_YEARS, value, re.ASCII)
    if not match or not (match[1] or match[3]) or (match[1] and match[3] and not match[2]):
        raise QueryError(f"{value} is not a year or a range of years", "write 2024, 2023..2025, 2023.. or ..2025")
    first, last = (int(year) if year else None for year in (match[1], match[3]))
    if not match[2]:
        return first, first
    if first and last and first > last:
        raise QueryError(f"{value} ends before it begins", f"write {last}..{first}")
    return first, last


def _read_year(_: Vocabulary, value: str) -> str:
    first, last = years(value)
    return str(first) if first == last else f"{first or ''}..{last or ''}"


def _in_years(_: Survey, value: str) -> Callable[[Paper], bool]:
    first, last = years(value)
    return lambda paper: (first or 0) <= paper.year <= (last or 9999)


def _read_author(words: Vocabulary, value: str) -> str:
    wanted = slugify(value)
    if words.survey and not any(map(_by_author(words.survey, wanted), words.survey.papers.values())):
        families = _typed(author.short_name for paper in words.survey.papers.values() for author in paper.authors)
        raise QueryError(f"unknown author: {value}", did_you_mean(value, families, list_few=False))
    return wanted


def _by_author(survey: Survey, value: str) -> Callable[[Paper], bool]:
    """Compare with family names, full names, and the last parts of authors' addresses on the site."""

    def is_author(paper: Paper) -> bool:
        return any(
            value in (survey.author_slug(one), slugify(one.name), slugify(one.sort_name), slugify(one.short_name))
            for one in paper.authors
        )

    return is_author


def _read_venue(words: Vocabulary, value: str) -> str:
    wanted = slugify(value)
    if not words.survey or wanted in words.survey.venues:
        return wanted
    for slug, listing in words.survey.venues.items():
        if wanted in {slugify(paper.venue.name) for paper in listing.papers if paper.venue}:
            return slug
    names = _typed(listing.name for listing in words.survey.venues.values())
    raise QueryError(f"unknown venue: {value}", did_you_mean(value, names, list_few=False))


def _at_venue(survey: Survey, value: str) -> Callable[[Paper], bool]:
    """Find preprints where their published versions appeared too."""
    listing = survey.venues.get(value)
    keys = {paper.key for paper in listing.papers} if listing else set()
    return lambda paper: paper.key in keys


def _read_key(words: Vocabulary, value: str) -> str:
    if not words.survey:
        return value
    paper = words.survey.find(value)
    return paper.key if paper else _known(value, [*words.survey.papers, *words.survey.aliases], "paper")


def _facet(name: str) -> Key:
    return Key(
        lambda words, value: _known(value, titles_of(words.settings.facets[name]), name),
        lambda survey, value: lambda paper: value in survey.facets[paper.key].get(name, ()),
    )


def _named(block: str) -> Callable[[Vocabulary, str], str]:
    """Return what reads a name of the registry, or another spelling of it."""

    def read(words: Vocabulary, value: str) -> str:
        if not words.survey:
            return value
        registry = words.survey.registry
        if name := registry.find(block, value):
            return name
        others = {"baselines": [*registry.models, *words.survey.papers], "models": [value] if sizes_of(value) else []}
        return _known(value, [*registry.block(block), *others.get(block, ())], block.removesuffix("s"))

    return read


def _of_number(field: str) -> Callable[[Survey, str], Callable[[Claim], bool]]:
    def test(_: Survey, value: str) -> Callable[[Claim], bool]:
        def holds(claim: Claim) -> bool:
            said = getattr(claim.number, field)
            return value in said if isinstance(said, tuple) else said == value

        return holds

    return test


def _in_unit(_: Survey, value: str) -> Callable[[Claim], bool]:
    return lambda claim: claim.number.measured.text.replace(" ", "-") == value


def _read_unit(_: Vocabulary, value: str) -> str:
    return parse_unit(value.replace("-", " ")).text.replace(" ", "-")


NUMBER_KEYS: Mapping[str, Key] = {
    "metric": Key(_named("metrics"), _of_number("metric"), claims_of),
    "unit": Key(_read_unit, _in_unit, claims_of),
    "form": Key(
        lambda _, value: _known(value, [form.value for form in Form], "form"),
        lambda _, value: lambda claim: claim.number.measured.form == value,
        claims_of,
    ),
    "baseline": Key(_named("baselines"), _of_number("baseline"), claims_of),
    "benchmark": Key(_named("benchmarks"), _of_number("benchmark"), claims_of),
    "model": Key(_named("models"), _of_number("model"), claims_of),
    "list": Key(
        lambda _, value: _known(value, LISTS, "list"), lambda _, value: lambda claim: claim.list == value, claims_of
    ),
    "confidence": Key(lambda _, value: _known(value, CONFIDENCES, "confidence"), _of_number("confidence"), claims_of),
}
"""What can be asked of the numbers of papers. One number of a paper has to meet all."""
KEYS: Mapping[str, Key] = {
    "theme": Key(_read_theme, _in_theme),
    "kind": Key(
        lambda words, value: _known(value, words.settings.kinds, "kind"), lambda _, value: lambda one: one.kind == value
    ),
    "year": Key(_read_year, _in_years),
    "venue": Key(_read_venue, _at_venue),
    "author": Key(_read_author, _by_author),
    "status": Key(
        lambda _, value: _known(value, STATUSES, "status"), lambda _, value: lambda paper: paper.status == value
    ),
    "key": Key(_read_key, lambda _, value: lambda paper: paper.key == value),
    "has": Key(
        lambda _, value: _known(value, Links.model_fields, "link"),
        lambda _, value: lambda paper: bool(paper.links and getattr(paper.links, value)),
    ),
    **NUMBER_KEYS,
}
"""What can be asked of papers in any survey, in canonical order."""
