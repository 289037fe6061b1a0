"""Papers, questions and comparisons as records of Material's own search.

I/O: none.
"""

from collections.abc import Iterable, Iterator
from html import escape

from living_survey.model import addresses
from living_survey.model.comparing import compared
from living_survey.model.expressions import tldr_of, with_values
from living_survey.model.survey import Survey


def build_search_records(survey: Survey) -> Iterator[dict[str, str]]:
    """Yield a record for every paper (title, and as text authors, themes, venue, tldr), question and comparison.

    Material shows both fields as HTML, so both are escaped.
    """
    for question in survey.questions.values():
        texts = [question.answer or "", *(side.says for side in question.sides or ())]
        parts = [with_values(survey, text) for text in texts]
        themes = ", ".join(theme.title for theme in survey.taxonomy.line(question.theme))
        yield _record(addresses.question(question.id), question.question, [*parts, themes])
    for one in survey.comparisons.values():
        table = compared(survey, one)
        names = [paper.short_name or paper.byline for paper in table.papers]
        yield _record(
            addresses.comparison(one.id), one.title, [with_values(survey, one.note or ""), *table.titles, *names]
        )
    titles = {path: theme.title for path, theme in survey.taxonomy.by_path.items()}
    for paper in survey.papers.values():
        parts = [
            tldr_of(survey, paper),
            ", ".join(author.name for author in paper.authors),
            ", ".join(titles[theme.path] for path in paper.themes or () for theme in survey.taxonomy.line(path)),
            (paper.venue.short or paper.venue.name) if paper.venue else "",
            str(paper.year),
            paper.kind or "",
            paper.key,
        ]
        yield _record(addresses.paper(paper.key), paper.display_title.text, parts)


def _record(location: str, title: str, parts: Iterable[str]) -> dict[str, str]:
    text = " · ".join(part for part in parts if part)
    return {"location": location, "title": escape(title, quote=False), "text": escape(text, quote=False)}
