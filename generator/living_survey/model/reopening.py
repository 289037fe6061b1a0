"""Whether a question is open again because its query finds other papers than somebody looked at. I/O: none."""

from dataclasses import dataclass

from living_survey.model.paper import Paper
from living_survey.model.query import Query, Vocabulary, parse_query
from living_survey.model.question import OPEN, Question
from living_survey.model.survey import Survey


@dataclass(frozen=True, slots=True)
class Standing:
    """How a question stands now.

    Attributes:
        state: The state that readers see.
        query: Its query; none where it has none.
        found: The papers that the query finds, in the order of their keys.
        unseen: Those of them that nobody has looked at yet.
        gone: Papers that were looked at and that the query no longer finds.
    """

    state: str
    query: Query | None = None
    found: tuple[Paper, ...] = ()
    unseen: tuple[Paper, ...] = ()
    gone: tuple[Paper, ...] = ()

    @property
    def reopened(self) -> bool:
        """Whether what the file says was said about other papers."""
        return bool(self.unseen or self.gone)


def standing(survey: Survey, question: Question) -> Standing:
    """Return how a question stands.

    Args:
        survey: The survey.
        question: A question whose keys are papers of the survey.

    Raises:
        QueryError: If its query cannot be asked.
    """
    known = ("standing", question.id)
    if known not in survey.once:
        survey.once[known] = _worked_out(survey, question)
    now: Standing = survey.once[known]
    return now


def _worked_out(survey: Survey, question: Question) -> Standing:
    if not question.query:
        return Standing(question.state)
    query = parse_query(question.query, Vocabulary.build(survey))
    found = tuple(query.papers(survey))
    seen = {paper.key: paper for key in question.seen or () if (paper := survey.find(key))}
    here = {paper.key for paper in found}
    unseen = tuple(paper for paper in found if paper.key not in seen)
    gone = tuple(paper for key, paper in seen.items() if key not in here)
    return Standing(OPEN if unseen or gone else question.state, query, found, unseen, gone)
