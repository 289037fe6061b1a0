"""The pages of papers. I/O: none."""

from collections.abc import Iterator

from living_survey.model import addresses
from living_survey.pages.head import paper_head
from living_survey.pages.renderer import Renderer
from living_survey.pages.site_page import SitePage


def build_paper_pages(renderer: Renderer) -> Iterator[SitePage]:
    """Yield the page of every paper."""
    for paper in renderer.survey.papers.values():
        address = addresses.paper(paper.key)
        yield SitePage(
            address,
            paper.display_title,
            paper.tldr or f"{paper.byline}, {paper.year}",
            renderer.paper(paper),
            renderer.head(paper_head(renderer.survey, renderer.citation, paper)),
            modified=paper.added or "",
        )
