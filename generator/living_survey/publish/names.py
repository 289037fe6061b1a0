"""What the site has beside the host's own pages, by the names with which an editors' page can link to it. I/O: none."""

from collections.abc import Iterator

from living_survey.formats.published import TOGETHER
from living_survey.formats.writers import FORMATS
from living_survey.model import addresses
from living_survey.model.paper import Paper
from living_survey.model.published import published_key, published_version
from living_survey.model.registry import LISTS
from living_survey.model.survey import Survey
from living_survey.pages.comparisons import FILES as COMPARISON_FILES
from living_survey.pages.facets import facet_addresses
from living_survey.publish import csvw
from living_survey.publish.explore import explored_addresses


def linkable_names(survey: Survey) -> frozenset[str]:
    """Return the names of all generated pages and files, relative to ``docs/``.

    A page is named as the Markdown file that it would be, ``papers/wren2020herons.md``, a file by its address. Further
    pages of lists and parts of long bibliographies are left out: what they hold changes.
    """
    return frozenset([*_pages(survey), *file_addresses(survey)])


def unpublished_sources(survey: Survey) -> frozenset[str]:
    """Return the files below ``docs/`` that pages are made from and that are no pages themselves, relative to it."""
    data = survey.settings.unpublished
    questions = [question.source for question in survey.questions.values()]
    return frozenset([*data, *questions, *(one.source for one in survey.comparisons.values())])


def file_addresses(survey: Survey) -> Iterator[str]:
    """Yield the address of every generated file that is not a page, nor part of another one."""
    each = [form.ending for form in FORMATS if form.each]
    if survey.is_rich:
        each.append(".json")
    for key in survey.papers:
        yield from (addresses.paper_file(key, ending) for ending in each)
    alone = [form.ending for form in FORMATS if form.each and form.name not in TOGETHER]
    for paper in survey.newest:
        if published_version(paper):
            yield from (addresses.published_file(paper.key, published_key(paper), ending) for ending in alone)
    for bibliography in (addresses.BIBLIOGRAPHY, *map(addresses.theme_bibliography, survey.by_theme)):
        yield from (f"{bibliography}{form.ending}" for form in FORMATS)
    for table in number_files(survey):
        yield from (f"{table}.csv", f"{table}.json")
        if table in map(addresses.all_numbers, LISTS):
            yield f"{table}.csv{csvw.ENDING}"
    if survey.registry.metrics:
        yield addresses.REGISTRY
    if survey.outside:
        yield addresses.EXTERNAL
    if survey.questions:
        yield addresses.ALL_QUESTIONS
    if survey.comparisons:
        yield addresses.ALL_COMPARISONS
    for name in survey.comparisons:
        yield from (addresses.comparison_file(name, ending) for ending in COMPARISON_FILES)
    yield from explored_addresses(survey)
    yield from (addresses.ALL_PAPERS, addresses.TITLES, addresses.SCHEMA, addresses.FORM)


def number_files(survey: Survey) -> dict[str, tuple[str, list[Paper]]]:
    """Return, by address without ending, which numbers of which papers stand in files: ``results`` or ``scale``."""
    files = {addresses.all_numbers("results"): ("results", survey.newest)}
    if any(paper.scale for paper in survey.newest):
        files[addresses.all_numbers("scale")] = "scale", survey.newest
    for path, papers in survey.by_theme.items():
        for name in LISTS:
            if any(getattr(paper, name) for paper in papers):
                files[addresses.theme_numbers(path, name)] = name, papers
    return files


def _pages(survey: Survey) -> Iterator[str]:
    yield from (f"papers/{key}.md" for key in survey.papers)
    yield from (f"venues/{slug}.md" for slug in survey.venues)
    yield from (f"years/{slug}.md" for slug in survey.years)
    yield from (f"authors/{slug}.md" for slug, author in survey.authors.items() if len(author.papers) > 1)
    yield from (f"{address.rstrip('/')}.md" for address in survey.uses.addresses())
    yield from (f"{addresses.question(name).rstrip('/')}.md" for name in survey.questions)
    yield from (f"{addresses.comparison(name).rstrip('/')}.md" for name in survey.comparisons)
    yield from (f"{address.rstrip('/')}.md" for address in facet_addresses(survey))
    if survey.unfiled:
        yield f"{addresses.unfiled().rstrip('/')}.md"
