"""The works outside the survey that its papers name, as data. I/O: none."""

from living_survey.model.survey import Survey
from living_survey.publish.form import to_json as write_json


def to_json(survey: Survey) -> str:
    """Return ``api/external.json``: a list of works, those first that most papers name; what is empty is left out.

    Each has ``title``, ``also`` (other spellings), ``ids``, ``url``, ``papers`` (how many name it), and ``named_by``: a
    list of objects with ``key``, ``relation`` and ``note``.
    """
    works = []
    for work in survey.outside:
        url = next(iter(work.ids.values()), None)
        named = [_filled({"key": one.paper.key, "relation": one.type, "note": one.note}) for one in work.named]
        facts = {"title": work.title, "also": list(work.also), "ids": list(work.ids), "url": url}
        works.append(_filled({**facts, "papers": work.papers, "named_by": named}))
    return write_json(works)


def _filled(data: dict[str, object]) -> dict[str, object]:
    return {name: value for name, value in data.items() if value}
