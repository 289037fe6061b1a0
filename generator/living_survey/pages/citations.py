"""Citations on pages: links in texts, the list of references below them. I/O: none."""

from living_survey.model.citations import author_year
from living_survey.pages.renderer import Renderer


def render_references(renderer: Renderer, page: str, source: str) -> str:
    """Return the list of what an editors' page cites, sorted as it is read."""
    survey = renderer.survey
    papers = {paper.key: paper for key in survey.pages[source].cited if (paper := survey.find(key))}
    labels = author_year(papers.values())
    cited = sorted(
        ((papers[key], who, year) for key, (who, year) in labels.items()), key=lambda row: (row[1].casefold(), row[2])
    )
    return renderer.render("references.html", page, cited=cited)
