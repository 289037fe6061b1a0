"""The questions as JSON. I/O: none."""

import json
from typing import Any

from living_survey.model.expressions import with_values
from living_survey.model.question import Question
from living_survey.model.reopening import standing
from living_survey.model.survey import Survey


def to_json(survey: Survey) -> str:
    """Return all questions as a JSON list of objects, by id; what a question does not say is left out."""
    rows = [_row(survey, question) for question in survey.questions.values()]
    return json.dumps(rows, ensure_ascii=False, indent=1) + "\n"


def _row(survey: Survey, question: Question) -> dict[str, Any]:
    now = standing(survey, question)
    sides = [
        {
            "says": with_values(survey, side.says),
            "papers": {
                paper.key: with_values(survey, why, paper.key)
                for key, why in side.papers.items()
                if (paper := survey.find(key))
            },
        }
        for side in question.sides or ()
    ]
    said = (question.answer, question.why, question.decided_by)
    answer, why, decided_by = (with_values(survey, text or "") for text in said)
    row = {
        "id": question.id, "question": question.question, "theme": question.theme, "state": now.state,
        "certainty": question.certainty, "answer": answer, "why": why, "finding": question.finding,
        "sides": sides, "decided_by": decided_by,
        "query": now.query.text if now.query else None, "reviewed": question.reviewed_all,
        "reopened": [paper.key for paper in (*now.unseen, *now.gone)],
    }  # fmt: skip
    return {name: value for name, value in row.items() if value}
