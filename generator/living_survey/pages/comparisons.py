"""Comparisons as pages, with how each is cited, and the list of all. I/O: none."""

from collections.abc import Iterator, Sequence
from typing import Any

from markupsafe import Markup

from living_survey.model import addresses
from living_survey.model.backlinks import Counting
from living_survey.model.claims import caveats
from living_survey.model.comparing import Cell, Compared, Row, compared
from living_survey.model.comparison import Comparison
from living_survey.model.labels import label
from living_survey.model.marks import SUPERSEDED
from living_survey.model.survey import Survey
from living_survey.pages.citations import anchor, cited_text
from living_survey.pages.dates import human_date
from living_survey.pages.entry import PaperLink
from living_survey.pages.head import comparison_data, comparison_head
from living_survey.pages.marks import MarkView, render_notices
from living_survey.pages.numbers import caveat_of
from living_survey.pages.renderer import Renderer
from living_survey.pages.site_page import SitePage, root_of
from living_survey.pages.view import view

FILES = {".csv": "text/csv", ".tex": "text/x-tex", ".bib": "application/x-bibtex", ".jsonld": "application/ld+json"}
"""Ending of a file beside the page → its media type."""


@view
class ComparisonLine:
    """A comparison in the list of all."""

    address: str
    title: str
    described: str


@view
class ComparisonRow:
    """A paper of a comparison."""

    paper: PaperLink
    id: Markup
    """The attribute with the id of this citation."""
    mark: MarkView | None
    cells: tuple[Cell, ...]


@view
class RowNotice:
    """That the table has a paper of which something became."""

    words: str
    paper: PaperLink


@view
class ComparisonView:
    """The page of a comparison."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[ComparisonRow, ...]
    notices: tuple[RowNotice, ...]
    caveat: str
    """What limits the comparison of its numbers; empty where it has none."""
    note: Markup
    files: tuple[tuple[str, str], ...]
    """(name, ending) of the files beside the page."""
    cite: Markup
    edit_url: str

    @classmethod
    def build(cls, renderer: Renderer, table: Compared, root: str) -> "ComparisonView":
        """Return the view of a comparison."""
        survey, one, counting = renderer.survey, table.comparison, Counting(renderer.survey.find)
        # Citations count in the order of the page: the note comes first.
        note = cited_text(survey, one.note or "", root, counting=counting, source=one.source)
        found = caveat_of(caveats(table.claims, survey.registry)) if table.claims else ""
        rows = [
            ComparisonRow(
                PaperLink.build(row.paper),
                anchor(row.paper, counting),
                MarkView.build(survey, row.paper, row.event) if row.event else None,
                row.cells,
            )
            for row in table.rows
        ]
        return cls(
            title=one.title,
            columns=table.titles,
            rows=tuple(rows),
            notices=tuple(_notices(survey, table.rows)),
            caveat=found,
            note=note,
            files=tuple((f"{one.id}{ending}", ending) for ending in FILES),
            cite=cite_as(renderer, table),
            edit_url=survey.settings.edit_url(survey.settings.relative(survey.settings.docs_dir / one.source)),
        )


def _notices(survey: Survey, rows: Sequence[Row]) -> Iterator[RowNotice]:
    for row in rows:
        if not (event := row.event):
            continue
        if event.status == SUPERSEDED:
            later = survey.papers[event.by]
            words = label("comparisons.notices.superseded", paper=f"{later.byline} ({later.year})")
        else:
            words = label(f"comparisons.notices.{event.status}", date=human_date(event.since))
        yield RowNotice(words, PaperLink.build(row.paper))


def cite_as(renderer: Renderer, table: Compared) -> Markup:
    """Return how a comparison is cited: its title, the survey, and the newest day of what it shows."""
    survey = renderer.citation.title if renderer.citation else renderer.survey.settings.site_name
    title = Markup("<cite>{}</cite>").format(table.comparison.title)
    if not table.as_of:
        return Markup(label("comparisons.cited_undated", title=title, survey=survey))  # noqa: S704  (escaped by label)
    return Markup(label("comparisons.cited", title=title, survey=survey, day=table.as_of))  # noqa: S704


def describe(table: Compared) -> str:
    """Return in a few words what is compared."""
    papers = label("counts.papers", len(table.rows))
    return label("comparisons.described", papers=papers, columns=", ".join(table.titles))


def note_of(survey: Survey, comparison: Comparison) -> str:
    """Return the note of a comparison as plain text, with what its expressions yield."""
    return cited_text(survey, comparison.note or "", "").striptags()


def dataset(renderer: Renderer, table: Compared) -> dict[str, Any]:
    """Return a comparison as JSON-LD, with the files beside its page."""
    one = table.comparison
    description = " ".join(part for part in (f"{describe(table)}.", note_of(renderer.survey, one)) if part)
    files = {addresses.comparison_file(one.id, ending): FILES[ending] for ending in FILES if ending != ".jsonld"}
    return comparison_data(renderer.survey, renderer.citation, table, description, files)


def render_comparisons(renderer: Renderer, page: str) -> str:
    """Return the list of all comparisons."""
    survey = renderer.survey
    lines = [
        ComparisonLine(addresses.comparison(one.id), one.title, describe(compared(survey, one)))
        for one in survey.comparisons.values()
    ]
    return renderer.render("named_comparisons.html", page, lines=lines)


def build_comparison_pages(renderer: Renderer) -> Iterator[SitePage]:
    """Yield the page of every comparison."""
    survey = renderer.survey
    for one in survey.comparisons.values():
        table, address = compared(survey, one), addresses.comparison(one.id)
        view = ComparisonView.build(renderer, table, root_of(address))
        description = describe(table)
        leans = Markup(render_notices(renderer, address, one.source))  # noqa: S704 (of a template that escapes)
        body = renderer.render("named_comparison.html", address, comparison=view, leans=leans)
        files = [(kind, f"{one.id}{ending}") for ending, kind in FILES.items()]
        head = comparison_head(survey, address, dataset(renderer, table), files)
        yield SitePage(address, one.title, description, body, renderer.head(head), modified=table.as_of)
