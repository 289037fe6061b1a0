"""What is wrong with the editors' pages: citations, reading paths, terms, generated lists. I/O: none."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from living_survey.checks.papers import nearest
from living_survey.model.citations import citable
from living_survey.model.page import BLOCKS, COVERS, MATRIX, Block, EditorPage, axes, find_blocks, uncited
from living_survey.model.paper import Paper
from living_survey.model.query import QueryError, Vocabulary, parse_query
from living_survey.model.settings import Settings
from living_survey.model.survey import Survey
from living_survey.model.theme import Taxonomy
from living_survey.syntax.characters import is_visible
from living_survey.syntax.problems import Places, Problem, did_you_mean, problem

_SHOWN = 10
"""So many papers that a theme's text does not cite are named."""


def check_pages(
    pages: Iterable[EditorPage], papers: Sequence[Paper], *, unread: Collection[str] = ()
) -> Iterator[Problem]:
    """Check what the editors' pages say of papers: every key exists, headings cite nothing, paths give reasons.

    Args:
        pages: The pages.
        papers: The papers that could be read.
        unread: Names that papers which could not be read may have.
    """
    owners = {paper.key for paper in papers} | {alias for paper in papers for alias in paper.aliases or ()}
    propose, known = nearest(owners), citable(papers)
    for page in pages:
        for mention in page.mentions:
            place = (mention.line, mention.column)
            if mention.key not in known and mention.key not in unread:
                yield problem("citation-unknown", page.path, place, hint=propose(mention.key), key=mention.key)
            if mention.heading:
                yield problem("citation-in-heading", page.path, place)
        for found in page.mistaken:
            yield problem("citation-invalid", page.path, (found.line, found.column), text=found.short)
        yield from _check_path(page)
        for index, step in enumerate(page.steps):
            if step.key and step.key not in owners and step.key not in unread:
                place, hint = page.locate("path", index), propose(step.key)
                yield problem("citation-unknown", page.path, place, hint=hint, key=step.key)
        yield from _check_terms(page)


def _check_path(page: EditorPage) -> Iterator[Problem]:
    """A reading path is a list of papers, each with a reason."""
    if "path" in page.front and not isinstance(page.front["path"], list):
        yield problem("path-invalid", page.path, page.locate("path"))
    for index, step in enumerate(page.steps):
        if not step.key:
            yield problem("path-step-invalid", page.path, page.locate("path", index))
        elif not is_visible(step.why):
            yield problem("path-reason-missing", page.path, page.locate("path", index), key=step.key)


def _check_terms(page: EditorPage) -> Iterator[Problem]:
    """A glossary is a list of terms, each with a definition."""
    if "terms" in page.front and not isinstance(page.front["terms"], list):
        yield problem("terms-invalid", page.path, page.locate("terms"))
    for index, term in enumerate(page.terms):
        if not is_visible(term.name) or not is_visible(term.definition):
            yield problem("term-incomplete", page.path, page.locate("terms", index))
    items = page.front.get("terms")
    for index, item in enumerate(items if isinstance(items, list) else []):
        for name, value in item.items() if isinstance(item, dict) else ():
            texts = value if isinstance(value, list) and name == "also" else [value]
            if (name == "also" and texts is not value) or not all(isinstance(one, str) and one for one in texts):
                expected = "a list of texts" if name == "also" else "a text"
                place = page.locate("terms", index, name)
                yield problem("term-value", page.path, place, name=name, expected=expected)


def check_blocks(settings: Settings, taxonomy: Taxonomy, pages: Iterable[EditorPage]) -> Iterator[Problem]:
    """Check the generated lists that pages ask for: each is one that there is, and has what it is made from."""
    for page in pages:
        if not page.can_have_blocks:
            continue
        places = Places(page.text, page.first_line)
        for block in find_blocks(page.text):
            place = places.find(block.start)
            if block.name == MATRIX:
                known = axes(settings)
                if len(block.words) != 2 or not set(block.words) <= set(known):
                    yield problem("block-axes", page.path, place, axes=", ".join(known))
            elif block.name == COVERS:
                yield from _check_query(block, Vocabulary(settings, taxonomy), page.path, place)
            elif block.name not in BLOCKS or block.words:
                name, hint = " ".join([block.name, *block.words]), did_you_mean(block.name, [*BLOCKS, MATRIX, COVERS])
                yield problem("block-unknown", page.path, place, hint=hint, name=name)
            elif block.name == "path" and "path" not in page.front:
                yield problem("path-invalid", page.path, place)
            elif block.name == "glossary" and page.source == settings.glossary and "terms" not in page.front:
                yield problem("terms-invalid", page.path, place)


def check_queries(survey: Survey) -> Iterator[Problem]:
    """Check what the queries of pages name and only a survey without other mistakes knows: papers, authors, venues."""
    for page in survey.pages.values():
        places = Places(page.text, page.first_line)
        for block in find_blocks(page.text) if page.can_have_blocks else ():
            if block.name == COVERS:
                yield from _check_query(block, Vocabulary.build(survey), page.path, places.find(block.start))


def _check_query(block: Block, words: Vocabulary, path: str, place: tuple[int, int]) -> Iterator[Problem]:
    """A table of what papers cover says which papers."""
    if not block.words:
        yield problem("block-query-missing", path, place)
        return
    try:
        parse_query(" ".join(block.words), words)
    except QueryError as error:
        yield problem("query-invalid", path, place, hint=error.hint, column=error.column, reason=error.reason)


def check_coverage(
    pages: Mapping[str, EditorPage], taxonomy: Taxonomy, by_theme: Mapping[str, Sequence[Paper]]
) -> list[Problem]:
    """Warn of papers that the text of their theme never cites, where there is a text that cites."""
    problems = []
    for theme in taxonomy.by_path.values():
        page, papers = pages.get(theme.source), by_theme[theme.path]
        if page and page.cited and (missing := uncited(theme, page, papers)):
            some = ", ".join(paper.key for paper in missing[:_SHOWN]) + (" …" if len(missing) > _SHOWN else "")
            problems.append(
                problem("papers-uncited", page.path, count=len(missing), total=len(papers), theme=theme.path, some=some)
            )
    return problems
