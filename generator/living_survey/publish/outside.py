"""The works outside the survey that its papers and texts name, as data. I/O: none."""

from living_survey.model.survey import Survey
from living_survey.publish.form import to_json as write_json


def to_json(survey: Survey) -> str:
    """Return ``api/external.json``: a list of works, those first that are named most; what is empty is left out.

    Each has ``title``, ``also`` (other spellings), ``ids``, ``url``, ``papers`` (how many name it), and ``named_by``: a
    list of objects with ``key``, ``relation`` and ``note``. So have ``texts`` (how many) and ``named_in``: ``page`` and
    ``title`` of each. Where there is a record of it, its first author (``author``), ``year`` and source (``found_in``).
    """
    works = []
    for work in survey.outside:
        url = next(iter(work.ids.values()), None)
        named = [_filled({"key": one.paper.key, "relation": one.type, "note": one.note}) for one in work.named]
        facts: dict[str, object] = {"title": work.title, "also": list(work.also)}
        if record := work.record:
            facts |= {"author": record.author, "year": record.year}
        facts |= {"ids": list(work.ids), "url": url, "found_in": record.found_in if record else None}
        named_in = [{"page": text.address, "title": text.title} for text in work.texts]
        by_texts = _filled({"texts": len(work.texts), "named_in": named_in})
        works.append({**_filled(facts), "papers": work.papers, "named_by": named, **by_texts})
    return write_json(works)


def _filled(data: dict[str, object]) -> dict[str, object]:
    return {name: value for name, value in data.items() if value}
