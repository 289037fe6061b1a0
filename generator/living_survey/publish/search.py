"""Papers as records of Material's own search.

I/O: none.
"""

from collections.abc import Iterator
from html import escape

from living_survey.model import addresses
from living_survey.model.survey import Survey


def build_search_records(survey: Survey) -> Iterator[dict[str, str]]:
    """Yield a record for every paper: title, and as text authors, themes, venue, tldr.

    Material shows both fields as HTML, so both are escaped.
    """
    titles = {path: theme.title for path, theme in survey.taxonomy.by_path.items()}
    for paper in survey.papers.values():
        parts = [
            paper.tldr or "",
            ", ".join(author.name for author in paper.authors),
            ", ".join(titles[theme.path] for path in paper.themes or () for theme in survey.taxonomy.line(path)),
            (paper.venue.short or paper.venue.name) if paper.venue else "",
            str(paper.year),
            paper.kind or "",
            paper.key,
        ]
        yield {
            "location": addresses.paper(paper.key),
            "title": escape(paper.display_title.text, quote=False),
            "text": escape(" · ".join(part for part in parts if part), quote=False),
        }
