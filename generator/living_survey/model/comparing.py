"""The rows and cells of a comparison, from which its page and all its files are made. I/O: none."""

from collections.abc import Iterator
from dataclasses import dataclass

from living_survey.model import addresses
from living_survey.model.amounts import amount, conditions_of, digits_of, in_unit, written
from living_survey.model.claims import Claim, claims_of
from living_survey.model.columns import Column, read_column, title_of, unit_in_words
from living_survey.model.comparison import Comparison
from living_survey.model.derived import titles_of
from living_survey.model.labels import label
from living_survey.model.marks import Event, open_event
from living_survey.model.number import Number
from living_survey.model.paper import Paper
from living_survey.model.query import Vocabulary, parse_query
from living_survey.model.registry import LISTS
from living_survey.model.survey import Survey, newest_first
from living_survey.model.units import Form, Unit

_TURNED = {"at least": "at most", "at most": "at least", "up to": "down to"}
"""What becomes of a bound where a conversion puts the larger for the smaller: twice less is half as much."""

_BETWEEN = " · "


@dataclass(frozen=True, slots=True)
class Piece:
    """One of the things that a cell holds.

    Attributes:
        text: Its words.
        address: Where it leads, an address of the site; empty for none.
        url: Where it leads outside.
        about: What a reader sees of it on focus: the conditions of a number, and its quote.
    """

    text: str
    address: str = ""
    url: str = ""
    about: str = ""


Cell = tuple[Piece, ...]


def text_of(cell: Cell) -> str:
    """Return what stands in a cell."""
    return "; ".join(piece.text for piece in cell)


@dataclass(frozen=True, slots=True)
class Row:
    """A paper of a comparison."""

    paper: Paper
    cells: tuple[Cell, ...]
    event: Event | None
    """What became of the paper since somebody looked at it last."""


@dataclass(frozen=True, slots=True)
class Compared:
    """A comparison with its cells."""

    comparison: Comparison
    columns: tuple[Column, ...]
    titles: tuple[str, ...]
    rows: tuple[Row, ...]
    claims: tuple[Claim, ...]
    """The numbers that are shown."""
    as_of: str
    """The newest day on which one of its papers was added or checked; empty where none says."""

    @property
    def papers(self) -> list[Paper]:
        """The papers, in the order of rows."""
        return [row.paper for row in self.rows]

    def in_words(self, row: Row) -> str:
        """Return what a row says, on one line, without its blanks: ``Year: 2024 · Offered: code; data``."""
        cells = zip(self.titles, row.cells, strict=True)
        return _BETWEEN.join(f"{title}: {text_of(cell)}" for title, cell in cells if cell)


def compared(survey: Survey, comparison: Comparison) -> Compared:
    """Return a comparison with its cells; it has been checked.

    Raises:
        QueryError: If its query cannot be asked.
    """
    known = ("compared", comparison.id)
    if known not in survey.once:
        survey.once[known] = _worked_out(survey, comparison)
    found: Compared = survey.once[known]
    return found


def papers_of(survey: Survey, comparison: Comparison) -> list[Paper]:
    """Return the papers of a comparison: those that it names in its order, those of its query newest first.

    Raises:
        QueryError: If its query cannot be asked.
    """
    if comparison.query is None:
        return [paper for key in comparison.papers or () if (paper := survey.find(key))]
    return newest_first(parse_query(comparison.query, Vocabulary.build(survey)).papers(survey))


def _worked_out(survey: Survey, comparison: Comparison) -> Compared:
    settings, registry = survey.settings, survey.registry
    read = (read_column(text, settings, registry) for text in comparison.columns)
    columns = tuple(column for column in read if column)
    rows, claims, days = list[Row](), list[Claim](), list[str]()
    for paper in papers_of(survey, comparison):
        cells = tuple(_cell(survey, paper, column, claims) for column in columns)
        event = open_event(paper, survey.events.get(paper.key, ()), comparison.reviewed or {})
        rows.append(Row(paper, cells, event))
        days += [day for day in (paper.added, paper.provenance and paper.provenance.checked) if day]
    titles = tuple(title_of(column, settings, registry) for column in columns)
    shown = tuple({claim.id: claim for claim in claims}.values())
    return Compared(comparison, columns, titles, tuple(rows), shown, max(days, default=""))


def _cell(survey: Survey, paper: Paper, column: Column, claims: list[Claim]) -> Cell:
    if column.of == "metric":
        return tuple(_numbers(survey, paper, column, claims))
    if column.of == "attribute":
        text = (paper.attributes or {}).get(column.name, "")
        return (Piece(text),) if text else ()
    if column.of == "facet":
        titles = titles_of(survey.settings.facets[column.name])
        return tuple(Piece(titles.get(value, value)) for value in survey.facets[paper.key].get(column.name, ()))
    return tuple(field_pieces(survey, paper, column.name))


def field_pieces(survey: Survey, paper: Paper, name: str) -> Iterator[Piece]:
    """Yield what a paper says in a field, one of those that columns can be of."""
    if name == "year":
        yield Piece(str(paper.year), addresses.year(paper.year))
    elif name == "kind":
        yield from [Piece(paper.kind)] if paper.kind else ()
    elif name == "venue":
        if paper.venue and (slug := survey.venue_slug(paper)):
            yield Piece(paper.venue.short or paper.venue.name, addresses.venue(slug))
    elif name == "themes":
        for path in paper.themes or ():
            yield Piece(survey.taxonomy.by_path[path].title, addresses.theme(path))
    elif name == "has":
        for link, url in paper.links.items() if paper.links else ():
            yield Piece(label(f"offers.{link}.name"), url=url)
    else:
        folder = addresses.MODELS if name == "models" else addresses.HARDWARE
        for word in getattr(paper, name) or ():
            known = word in survey.registry.block(name)
            yield Piece(survey.registry.shown(name, word), f"{folder}{word}/" if known else "")


def _numbers(survey: Survey, paper: Paper, column: Column, claims: list[Claim]) -> Iterator[Piece]:
    """Yield a paper's numbers for a metric in the unit of a column, then how many others there are; note the former."""
    registry, others = survey.registry, list[Claim]()
    metric = registry.metrics[column.name]
    stated = any(getattr(paper, name) for name in LISTS)
    for claim in claims_of(paper) if stated else ():
        number = claim.number
        if number.metric != column.name:
            continue
        text = amount(number, metric) if column.unit is None else _converted(survey, number, column.unit)
        if text:
            claims.append(claim)
            yield Piece(text, addresses.claim(paper.key, claim.anchor), about=_about(survey, number))
        else:
            others.append(claim)
    if others:
        text = label("comparisons.not_in", len(others), unit=unit_in_words(column, registry))
        yield Piece(text, addresses.claim(paper.key, others[0].anchor))


def _converted(survey: Survey, number: Number, unit: Unit) -> str:
    """Return a number in a unit, with its bound; empty where it cannot be said in that."""
    registry, own = survey.registry, number.measured
    metric, bound = registry.metrics[number.metric], number.bound
    if own == unit:
        digits = digits_of(number)
    else:
        ends = [in_unit(end, own, unit, metric, registry) for end in number.ends]
        known = [end for end in ends if end is not None and end >= 0]
        if len(known) < len(ends):
            return ""
        digits = "–".join(dict.fromkeys(written(end) for end in sorted(known)))
        if own.form is Form.RATIO and (own.change == "less") is not (unit.change == "less"):
            bound = _TURNED.get(bound or "", bound)
    return label(f"numbers.bounds.{bound.replace(' ', '_')}", amount=digits) if bound else digits


def _about(survey: Survey, number: Number) -> str:
    """Return the conditions of a number and its quote."""
    parts = [conditions_of(number, survey.registry), number.quote or ""]
    return " · ".join(part for part in parts if part)
