"""Everything that is written beside the host's own pages, in the order in which it is published.

Pages come first; lists, bibliographies and sitemaps last, so that at no time a list names a page that is not there.
I/O: none.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import chain
from typing import Any

from living_survey.formats.published import TOGETHER, published_entry, with_published
from living_survey.formats.writers import FORMATS, Format, cut
from living_survey.model import addresses
from living_survey.model.look import to_css
from living_survey.model.published import published_key, published_version
from living_survey.model.registry import LISTS
from living_survey.model.schema import paper_schema
from living_survey.pages.comparisons import build_comparison_pages
from living_survey.pages.facets import build_facet_pages, facet_depths
from living_survey.pages.field import field_csv
from living_survey.pages.lists import build_list_pages
from living_survey.pages.number_pages import build_number_pages
from living_survey.pages.paper import build_paper_pages
from living_survey.pages.questions import build_question_pages
from living_survey.pages.renderer import Renderer
from living_survey.pages.site_page import SitePage
from living_survey.publish import comparisons, csvw, outside, questions, take
from living_survey.publish.explore import explore_files
from living_survey.publish.form import form_data, paper_data, title_rows, to_json
from living_survey.publish.names import number_files
from living_survey.publish.numbers import NumberFiles
from living_survey.publish.papers import paper_rows
from living_survey.publish.sitemap import build_sitemaps
from living_survey.search.files import build_search_files


def generated_depths(renderer: Renderer) -> set[int]:
    """Return the depths of address for which a shell is needed: papers' and lists', and those of further pages."""
    survey, size = renderer.survey, renderer.survey.settings.page_size
    depths = {2}
    if len(survey.papers) > size:
        depths |= {3, 4}
    for path, papers in survey.by_theme.items():
        if len(papers) > size:
            depths.add(addresses.list_page(addresses.theme(path), 2).count("/"))
    depths |= {address.count("/") for address in survey.uses.addresses()}
    if len(survey.authors) > survey.settings.index_size:
        depths.add(4)
    if len(survey.venues) > survey.settings.index_size:
        depths.add(3)
    depths |= facet_depths(renderer)
    return depths


def build_files(
    renderer: Renderer,
    fill: Callable[[SitePage], str],
    host_pages: Iterable[str],
    host_texts: Iterable[Mapping[str, Any]] = (),
) -> Iterator[tuple[str, str]]:
    """Yield (path in the site, text) of every generated file, in the order of publishing.

    Args:
        renderer: The survey's renderer.
        fill: Puts a page into its shell.
        host_pages: Addresses of the pages that the host rendered, for the sitemap.
        host_texts: The host's records of their texts, for the search.
    """
    survey = renderer.survey
    yield addresses.COLORS, to_css(survey.settings.look)
    listed = []
    for page in chain(build_paper_pages(renderer), build_question_pages(renderer), build_list_pages(renderer)):
        listed.append((page.address, page.modified))
        yield f"{page.address}index.html", fill(page)
    for page in chain(build_comparison_pages(renderer), build_number_pages(renderer), build_facet_pages(renderer)):
        listed.append((page.address, page.modified))
        yield f"{page.address}index.html", fill(page)
    for path, target in _redirects(renderer):
        yield f"{path}index.html", renderer.render("redirect.html", path, target=addresses.relative(target, path))
    for form in FORMATS:
        yield from _bibliographies(renderer, form)
    yield from take.build_files(renderer)
    files = NumberFiles(survey.registry)
    for path, (name, papers) in number_files(survey).items():
        yield f"{path}.csv", files.to_csv(papers, name)
        if path in map(addresses.all_numbers, LISTS):
            yield f"{path}.csv{csvw.ENDING}", csvw.to_csvw(f"{name}.csv", name, renderer.citation)
        yield f"{path}.json", files.to_json(papers, name)
    if survey.registry.metrics:
        yield addresses.REGISTRY, to_json(survey.registry.model_dump(mode="json", by_alias=True, exclude_none=True))
    if renderer.rich:
        for key, paper in survey.papers.items():
            yield addresses.paper_file(key, ".json"), to_json(paper_data(paper))
    yield addresses.FIELD, field_csv(survey)
    yield addresses.ALL_PAPERS, to_json(list(paper_rows(renderer)))
    if survey.questions:
        yield addresses.ALL_QUESTIONS, questions.to_json(survey)
    if survey.outside:
        yield addresses.EXTERNAL, outside.to_json(survey)
    yield from comparisons.build_comparison_files(renderer)
    yield from explore_files(renderer)
    yield addresses.TITLES, to_json(title_rows(survey))
    yield addresses.SCHEMA, json.dumps(paper_schema(survey.settings.tldr_words), ensure_ascii=False, indent=2) + "\n"
    yield addresses.FORM, to_json(form_data(survey))
    yield from build_search_files(survey, host_texts)
    if survey.settings.site_url:
        yield from build_sitemaps(survey.settings.site_url, host_pages, listed)


def _bibliographies(renderer: Renderer, form: Format) -> Iterator[tuple[str, str]]:
    """Yield all files of one format; one format at a time, so that only one lies in memory as a whole."""
    survey = renderer.survey
    entries = renderer.bibliography.entries(form)
    if form.each:
        for key, entry in entries.items():
            paper = survey.papers[key]
            yield addresses.paper_file(key, form.ending), with_published(form, paper, entry)
            if form.name not in TOGETHER and published_version(paper):
                yield (
                    addresses.published_file(paper.key, published_key(paper), form.ending),
                    published_entry(form, paper),
                )
    yield from take.build_entries(renderer, form, entries)
    yield from _bibliography(addresses.BIBLIOGRAPHY, form, list(entries.values()))
    for path, papers in survey.by_theme.items():
        chosen = [entries[key] for key in sorted(paper.key for paper in papers)]
        yield from _bibliography(addresses.theme_bibliography(path), form, chosen)


def _bibliography(address: str, form: Format, entries: Sequence[str]) -> Iterator[tuple[str, str]]:
    for number, part in enumerate(cut(form, entries), 1):
        yield addresses.bibliography_part(address, number, form.ending), part
    yield f"{address}{form.ending}", form.join(entries)


def _redirects(renderer: Renderer) -> Iterator[tuple[str, str]]:
    survey = renderer.survey
    for alias, key in survey.aliases.items():
        yield addresses.paper(alias), addresses.paper(key)
    for theme in survey.taxonomy.by_path.values():
        for alias in theme.aliases:
            yield addresses.theme(alias), addresses.theme(theme.path)
