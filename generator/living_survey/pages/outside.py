"""The works outside the survey that its papers and texts name. I/O: none."""

from living_survey.model import addresses
from living_survey.model.labels import label
from living_survey.model.outside import NamingText, OutsideWork
from living_survey.pages.entry import PaperLink
from living_survey.pages.renderer import Renderer
from living_survey.pages.view import view


@view
class OutsideId:
    """An identifier of a work, with its address."""

    text: str
    href: str


@view
class NamedBy:
    """A paper that names a work: how, and what for."""

    paper: PaperLink
    relation: str
    note: str


@view
class OutsideRow:
    """A work outside the survey."""

    title: str
    also: str
    """Other spellings."""
    ids: tuple[OutsideId, ...]
    first: str
    """First author and year; empty where there is no record of them."""
    count: int
    """How many papers and texts name it."""
    named: tuple[NamedBy, ...]
    texts: tuple[NamingText, ...]

    @classmethod
    def build(cls, work: OutsideWork) -> "OutsideRow":
        """Return the row of a work."""
        return cls(
            work.title,
            label("outside.also", spellings=", ".join(work.also)) if work.also else "",
            tuple(OutsideId(one, address) for one, address in work.ids.items()),
            label("outside.author", author=work.record.author, year=work.record.year) if work.record else "",
            work.count,
            tuple(
                NamedBy(PaperLink.build(one.paper), label(f"relations.{one.type}.says"), one.note) for one in work.named
            ),
            work.texts,
        )


def render_outside(renderer: Renderer, page: str) -> str:
    """Return the table of works outside the survey."""
    rows = [OutsideRow.build(work) for work in renderer.survey.outside]
    used = {"first": any(row.first for row in rows), "id": any(row.ids for row in rows)}
    columns = [name for name in ("title", "first", "id", "count", "named") if used.get(name, True)]
    return renderer.render("outside.html", page, rows=rows, columns=columns, file=addresses.EXTERNAL)
