"""The works outside the survey that its papers name. I/O: none."""

from dataclasses import dataclass

from living_survey.model import addresses
from living_survey.model.labels import label
from living_survey.model.outside import OutsideWork
from living_survey.pages.entry import PaperLink
from living_survey.pages.renderer import Renderer


@dataclass(frozen=True, slots=True)
class OutsideId:
    """An identifier of a work, with its address."""

    text: str
    href: str


@dataclass(frozen=True, slots=True)
class NamedBy:
    """A paper that names a work: how, and what for."""

    paper: PaperLink
    relation: str
    note: str


@dataclass(frozen=True, slots=True)
class OutsideRow:
    """A work outside the survey."""

    title: str
    also: str
    """Other spellings."""
    ids: tuple[OutsideId, ...]
    papers: int
    named: tuple[NamedBy, ...]

    @classmethod
    def build(cls, work: OutsideWork) -> "OutsideRow":
        """Return the row of a work."""
        return cls(
            work.title,
            label("outside.also", spellings=", ".join(work.also)) if work.also else "",
            tuple(OutsideId(one, address) for one, address in work.ids.items()),
            work.papers,
            tuple(
                NamedBy(PaperLink.build(one.paper), label(f"relations.{one.type}.says"), one.note) for one in work.named
            ),
        )


def render_outside(renderer: Renderer, page: str) -> str:
    """Return the table of works outside the survey."""
    rows = [OutsideRow.build(work) for work in renderer.survey.outside]
    return renderer.render(
        "outside.html", page, rows=rows, identified=any(row.ids for row in rows), file=addresses.EXTERNAL
    )
