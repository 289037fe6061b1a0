"""Everything that is written beside the host's own pages, in the order in which it is published.

Pages come first; lists, bibliographies and sitemaps last, so that at no time a list names a page that is not there.
I/O: none.
"""

import json
from collections.abc import Callable, Iterable, Iterator

from generator import addresses
from generator.bibliography.bibtex import join_entries
from generator.model import Paper, paper_schema
from generator.pages.renderer import Renderer
from generator.pages.site import SitePage, build_list_pages, build_paper_pages
from generator.publish.sitemap import build_sitemaps


def generated_depths(renderer: Renderer) -> set[int]:
    """Return the depths of address for which a shell is needed: papers' and lists', and those of further pages."""
    survey, size = renderer.survey, renderer.survey.settings.page_size
    depths = {2}
    if len(survey.papers) > size:
        depths |= {3, 4}
    for path, papers in survey.by_theme.items():
        if len(papers) > size:
            depths.add(addresses.list_page(addresses.theme(path), 2).count("/"))
    if len(survey.authors) > size:
        depths.add(4)
    if len(survey.venues) > size:
        depths.add(3)
    return depths


def build_files(
    renderer: Renderer, fill: Callable[[SitePage], str], host_pages: Iterable[str]
) -> Iterator[tuple[str, str]]:
    """Yield (path in the site, text) of every generated file, in the order of publishing.

    Args:
        renderer: The survey's renderer.
        fill: Puts a page into its shell.
        host_pages: Addresses of the pages that the host rendered, for the sitemap.
    """
    survey = renderer.survey
    listed = []
    for paper, page in zip(survey.papers.values(), build_paper_pages(renderer), strict=True):
        listed.append((page.address, page.modified))
        yield f"{page.address}index.html", fill(page)
        yield addresses.paper_bibtex(paper.key), renderer.bibtex(paper)
    for page in build_list_pages(renderer):
        listed.append((page.address, page.modified))
        yield f"{page.address}index.html", fill(page)
    for path, target in _redirects(renderer):
        yield f"{path}index.html", renderer.render("redirect.html", path, target=addresses.relative(target, path))
    yield f"{addresses.BIBLIOGRAPHY}.bib", _bibliography(renderer, survey.papers.values())
    for path, papers in survey.by_theme.items():
        yield f"{addresses.theme_bibliography(path)}.bib", _bibliography(renderer, papers)
    yield addresses.SCHEMA, json.dumps(paper_schema(), ensure_ascii=False, indent=2) + "\n"
    if survey.settings.site_url:
        yield from build_sitemaps(survey.settings.site_url, host_pages, listed)


def _bibliography(renderer: Renderer, papers: Iterable[Paper]) -> str:
    return join_entries({paper.key: renderer.bibtex(paper) for paper in papers})


def _redirects(renderer: Renderer) -> Iterator[tuple[str, str]]:
    survey = renderer.survey
    for alias, key in survey.aliases.items():
        yield addresses.paper(alias), addresses.paper(key)
    for theme in survey.taxonomy.by_path.values():
        for alias in theme.aliases:
            yield addresses.theme(alias), addresses.theme(theme.path)
