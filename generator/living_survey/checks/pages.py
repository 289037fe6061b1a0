"""What is wrong with the editors' pages: unknown citations, paths without reasons, papers nobody cites. I/O: none."""

from collections.abc import Iterable, Mapping, Sequence
from functools import cache

from living_survey.model.citations import NONE_HINT
from living_survey.model.page import EditorPage, uncited
from living_survey.model.paper import Paper
from living_survey.model.theme import Taxonomy
from living_survey.syntax.problems import Problem, did_you_mean


def check_pages(pages: Iterable[EditorPage], papers: Mapping[str, Paper]) -> list[Problem]:
    """Check what the editors' pages say of papers: every key exists, headings cite nothing, paths give reasons."""
    problems = []
    owners = set(papers) | {alias for paper in papers.values() for alias in paper.aliases or ()}

    @cache
    def unknown(key: str) -> str:
        return did_you_mean(key, owners, list_few=False) if len(owners) < 5000 else "look it up on the site"

    for page in pages:
        for mention in page.mentions:
            place = (page.path, mention.line, mention.column)
            if mention.key not in owners:
                problems.append(Problem(*place, f"there is no paper {mention.key}", unknown(mention.key)))
            if mention.heading:
                problems.append(Problem(*place, "a citation in a heading", "cite in the text below it"))
        problems += [Problem(page.path, one.line, one.column, one.message, NONE_HINT) for one in page.mistaken]
        for index, step in enumerate(page.steps):
            line, column = page.positions.get(("path", index), (1, 1))
            if step.key not in owners:
                problems.append(Problem(page.path, line, column, f"there is no paper {step.key}", unknown(step.key)))
            if not step.why:
                hint = "add why: what a reader learns from it here"
                problems.append(
                    Problem(page.path, line, column, f"{step.key} stands on the path without a reason", hint)
                )
        for index, term in enumerate(page.terms):
            if not term.name or not term.definition:
                line, column = page.positions.get(("terms", index), (1, 1))
                hint = "write {term: …, definition: …}"
                problems.append(Problem(page.path, line, column, "a term without a name or a definition", hint))
    return problems


def check_coverage(
    pages: Mapping[str, EditorPage], taxonomy: Taxonomy, by_theme: Mapping[str, Sequence[Paper]]
) -> list[Problem]:
    """Warn of papers that the text of their theme never cites, where there is a text that cites."""
    problems = []
    for theme in taxonomy.by_path.values():
        page = pages.get(theme.source)
        if page and page.cited and (missing := uncited(theme, page, by_theme[theme.path])):
            some = ", ".join(paper.key for paper in missing[:10]) + (" …" if len(missing) > 10 else "")
            message = f"{len(missing)} of {len(by_theme[theme.path])} papers of {theme.path} are not cited: {some}"
            hint = "cite them, or leave them: the page lists them under Also in this theme"
            problems.append(Problem(page.path, 0, 0, message, hint, "warning"))
    return problems
