"""How papers of the survey stand to each other, as sentences. I/O: none."""

from collections.abc import Sequence

from living_survey.model.labels import label
from living_survey.model.paper import Paper
from living_survey.model.survey import Survey
from living_survey.pages.entry import PaperLink
from living_survey.pages.view import view


@view
class Edge:
    """A relation between two papers of the survey, as its file states it."""

    start: str
    end: str
    label: str


@view
class RelationView:
    """A relation between two papers of the survey."""

    start: PaperLink
    label: str
    end: PaperLink

    @classmethod
    def build(cls, survey: Survey, edge: Edge) -> "RelationView":
        """Return the words of a relation."""
        start, end = survey.papers[edge.start], survey.papers[edge.end]
        return cls(PaperLink.build(start), edge.label, PaperLink.build(end))


def edges_of(papers: Sequence[Paper]) -> list[Edge]:
    """Return the relations that papers state to papers of the survey, in the order of keys."""
    return [
        Edge(paper.key, relation.paper, label(f"relations.{relation.type}.says"))
        for paper in sorted(papers, key=lambda paper: paper.key)
        for relation in paper.relations or ()
        if relation.paper
    ]


def relation_views(survey: Survey, papers: Sequence[Paper]) -> list[RelationView]:
    """Return these relations with the papers at both ends."""
    return [RelationView.build(survey, edge) for edge in edges_of(papers)]
