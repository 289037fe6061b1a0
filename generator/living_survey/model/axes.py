"""By what papers are told apart: the axes along which a list of them is filtered, each with its values.

Themes, years, kinds, venues, authors, what is offered, status, evidence, what was compared with, and the survey's own
facets. An axis whose values tell no papers apart is left out. I/O: none.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from living_survey.model import addresses
from living_survey.model.claims import is_vague_baseline
from living_survey.model.derived import grade, titles_of
from living_survey.model.facet import GRADES
from living_survey.model.labels import label
from living_survey.model.paper import Paper
from living_survey.model.parts import STATUSES, Links
from living_survey.model.survey import Survey

Numbers = tuple[int, ...]

THEME, YEAR, KIND, VENUE, AUTHOR = "theme", "year", "kind", "venue", "author"
HAS, STATUS, EVIDENCE, VERSUS = "has", "status", "evidence", "vs"
BUILT_IN = (THEME, YEAR, KIND, VENUE, AUTHOR, HAS, STATUS, EVIDENCE, VERSUS)
"""Axes of every survey, in the order in which they are shown and stand in addresses."""
_SAME = {("links",): HAS, ("results",): EVIDENCE}
"""What a facet of the survey's own may follow from → the axis of every survey that follows from the same."""
TAKEN = frozenset({*BUILT_IN, "find", "keys", "sort", "view", "q", "h"})
"""Names in the addresses of lists that are no facet's."""


@dataclass(frozen=True)
class Axis:
    """One way to tell papers apart."""

    name: str
    """As addresses have it: ``kind``."""
    title: str
    values: Mapping[str, str]
    """Id → how it is shown, in the order in which values are listed; in a tree behind the one above it."""
    of: Mapping[str, Numbers]
    """Key of a paper → its values as numbers in that order, without those above them; none where it has none."""
    above: Mapping[str, str] = field(default_factory=dict)
    """Of a tree: id → the broader value."""
    former: Mapping[str, str] = field(default_factory=dict)
    """Former id → id."""
    page: Callable[[str], str] | None = None
    """Address of the page of a value."""
    index: str = ""
    """Address of the page of all values."""

    @cached_property
    def ids(self) -> tuple[str, ...]:
        """The values' ids, in their order."""
        return tuple(self.values)

    @cached_property
    def counts(self) -> dict[str, int]:
        """Id → how many papers have the value, or one below it."""
        line = self._lines
        numbers: Counter[int] = Counter()
        for own in self.of.values():
            if line:
                numbers.update({number for value in own for number in line[value]})
            else:
                numbers.update(own)
        return {value: numbers[number] for number, value in enumerate(self.values)}

    def values_of(self, key: str) -> Iterator[str]:
        """Yield the values of a paper and those above them, each once."""
        own, lines = self.of.get(key, ()), self._lines
        numbers = {number for value in own for number in lines[value]} if lines else set(own)
        return (self.ids[number] for number in numbers)

    @cached_property
    def _lines(self) -> tuple[Numbers, ...]:
        """For each value of a tree it and those above it; none where there is no tree."""
        if not self.above:
            return ()
        numbers = {value: number for number, value in enumerate(self.values)}
        lines: list[Numbers] = []
        for number, value in enumerate(self.values):
            lines.append((number, *lines[numbers[self.above[value]]]) if value in self.above else (number,))
        return tuple(lines)

    def tells_apart(self, papers: int) -> bool:
        """Say whether some of so many papers have a value that others lack."""
        return any(0 < count < papers for count in self.counts.values())


def axes_of(survey: Survey) -> tuple[Axis, ...]:
    """Return the axes of a survey, made once."""
    name = ("axes", "")
    if name not in survey.once:
        survey.once[name] = tuple(_axes(survey))
    made: tuple[Axis, ...] = survey.once[name]
    return made


def facet_axis(survey: Survey, name: str) -> str:
    """Return the name of the axis on which a facet of the survey's own tells papers apart.

    What follows from links and results is what every survey has; the first facet of these gives it its words.
    """
    sources = survey.settings.facets[name].sources
    if sources in _SAME:
        return _SAME[sources]
    return f"facet-{name}" if name in TAKEN else name


def _axes(survey: Survey) -> Iterable[Axis]:
    makers = (_themes, _years, _kinds, _venues, _authors, _offers, _statuses, _evidence, _baselines)
    found = [maker(survey) for maker in makers]
    found += [_facet(survey, name) for name, facet in survey.settings.facets.items() if facet.sources not in _SAME]
    return (axis for axis in found if axis.tells_apart(len(survey.papers)))


def _stated(survey: Survey, values: Iterable[str], of: Callable[[Paper], Iterable[str]]) -> dict[str, Numbers]:
    numbers = {value: number for number, value in enumerate(values)}
    found = {}
    for paper in survey.newest:
        if own := tuple(numbers[value] for value in of(paper) if value in numbers):
            found[paper.key] = own
    return found


def _listed(papers_of: Mapping[str, Iterable[Paper]]) -> dict[str, Numbers]:
    found: dict[str, list[int]] = {}
    for number, papers in enumerate(papers_of.values()):
        for paper in papers:
            found.setdefault(paper.key, []).append(number)
    return {key: tuple(numbers) for key, numbers in found.items()}


def _most_first(papers_of: Mapping[str, list[Paper]]) -> dict[str, list[Paper]]:
    """Sort by how many papers there are; equal ones stay in their order."""
    return dict(sorted(papers_of.items(), key=lambda item: -len(item[1])))


def _themes(survey: Survey) -> Axis:
    themes = survey.taxonomy.by_path
    return Axis(
        THEME, label("explore.axes.theme"), {path: theme.title for path, theme in themes.items()},
        _stated(survey, themes, lambda paper: paper.themes or ()),
        above={path: path.rpartition("/")[0] for path in themes if "/" in path},
        former={alias: path for path, theme in themes.items() for alias in theme.aliases},
        page=addresses.theme, index=addresses.THEMES,
    )  # fmt: skip


def _years(survey: Survey) -> Axis:
    years = sorted(survey.years)
    of = _stated(survey, years, lambda paper: (str(paper.year),))
    title = label("explore.axes.year")
    return Axis(
        YEAR, title, dict(zip(years, years, strict=True)), of,
        page=lambda year: addresses.year(int(year)), index=addresses.YEARS,
    )  # fmt: skip


def _kinds(survey: Survey) -> Axis:
    kinds = {kind: kind.replace("-", " ") for kind in survey.settings.kinds}
    of = _stated(survey, kinds, lambda paper: (paper.kind,) if paper.kind else ())
    return Axis(KIND, label("explore.axes.kind"), kinds, of, page=addresses.kind, index=addresses.KINDS)


def _venues(survey: Survey) -> Axis:
    papers = _most_first({slug: venue.papers for slug, venue in survey.venues.items()})
    titles = {slug: survey.venues[slug].name for slug in papers}
    return Axis(
        VENUE, label("explore.axes.venue"), titles, _listed(papers),
        page=addresses.venue, index=addresses.VENUES,
    )  # fmt: skip


def _authors(survey: Survey) -> Axis:
    papers = _most_first({slug: author.papers for slug, author in survey.authors.items()})
    titles = {slug: survey.authors[slug].name for slug in papers}
    return Axis(
        AUTHOR, label("explore.axes.author"), titles, _listed(papers),
        page=lambda slug: addresses.author(slug) if len(papers[slug]) > 1 else "", index=addresses.AUTHORS,
    )  # fmt: skip


def _offers(survey: Survey) -> Axis:
    names = {name: label(f"offers.{name}.name") for name in Links.model_fields}
    of = _stated(survey, names, lambda paper: [name for name, _ in paper.links.items()] if paper.links else ())
    return Axis(HAS, _title_from(survey, "links") or label("explore.axes.has"), names, of, page=_page(survey, "links"))


def _statuses(survey: Survey) -> Axis:
    names = {status: label(f"paper.statuses.{status}") for status in STATUSES}
    return Axis(STATUS, label("explore.axes.status"), names, _stated(survey, names, lambda paper: (paper.status,)))


def _evidence(survey: Survey) -> Axis:
    own = next((facet for facet in survey.settings.facets.values() if facet.sources == ("results",)), None)
    names = {name: own.values[name] if own else label(f"explore.evidence.{name}") for name in GRADES}
    of = _stated(survey, names, lambda paper: (grade(paper, survey.registry),))
    return Axis(
        EVIDENCE, own.title if own else label("explore.axes.evidence"), names, of, page=_page(survey, "results")
    )


def _baselines(survey: Survey) -> Axis:
    names = [name for name in survey.uses.names("baselines") if not is_vague_baseline(survey.registry, name)]
    papers = _most_first({name: survey.uses.papers("baselines", name) for name in names})
    titles = {name: survey.baseline(name) for name in papers}
    return Axis(
        VERSUS, label("explore.axes.vs"), titles, _listed(papers),
        page=addresses.versus, index=addresses.VERSUS,
    )  # fmt: skip


def _facet(survey: Survey, name: str) -> Axis:
    facet = survey.settings.facets[name]
    titles = titles_of(facet)
    ordered = {value: titles[value] for value in _in_tree(titles, facet.under)}
    return Axis(
        facet_axis(survey, name), facet.title, ordered,
        _stated(survey, ordered, lambda paper: survey.facets[paper.key].get(name, ())),
        above=facet.under, page=lambda value: addresses.facet_value(name, value), index=addresses.facet(name),
    )  # fmt: skip


def _in_tree(values: Iterable[str], above: Mapping[str, str]) -> list[str]:
    """Return values such that each stands behind the one above it, and otherwise in their order."""
    values = list(values)
    below: dict[str, list[str]] = {}
    for value in values:
        below.setdefault(above.get(value, ""), []).append(value)

    def walk(top: str) -> Iterable[str]:
        for value in below.get(top, ()):
            yield value
            yield from walk(value)

    return list(walk(""))


def _title_from(survey: Survey, source: str) -> str:
    return next((facet.title for facet in survey.settings.facets.values() if facet.sources == (source,)), "")


def _page(survey: Survey, source: str) -> Callable[[str], str] | None:
    """Return where the values of a facet that follows from a source have pages, if the survey has one."""
    names = [name for name, facet in survey.settings.facets.items() if facet.sources == (source,)]
    return (lambda value: addresses.facet_value(names[0], value)) if names else None
