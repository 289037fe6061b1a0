"""Everything that is checked of papers and themes that could be read.

I/O: none.
"""

from collections.abc import Sequence

from living_survey.checks.papers import (
    check_citations,
    check_ids,
    check_keys,
    check_private,
    check_relations,
    check_sources,
    check_unfiled,
    check_vocabularies,
)
from living_survey.checks.themes import check_themes
from living_survey.model.paper import Paper
from living_survey.model.settings import Settings
from living_survey.model.theme import Taxonomy
from living_survey.syntax.problems import Problem


def check_survey(
    settings: Settings, taxonomy: Taxonomy, papers: Sequence[Paper], *, complete: bool = True
) -> list[Problem]:
    """Check all papers against the survey and each other.

    Args:
        settings: The survey's demands.
        taxonomy: Its themes.
        papers: The papers that could be read.
        complete: Whether that is all of them. If not, what may only seem to be missing is not reported.
    """
    problems = [*check_keys(settings, papers), *check_ids(settings, papers)]
    for paper in papers:
        problems += check_vocabularies(settings, taxonomy, paper)
    problems += check_unfiled(settings, papers)
    problems += check_private(settings, papers)
    problems += check_relations(settings, papers, complete=complete)
    problems += check_citations(settings, papers, complete=complete)
    problems += check_sources(settings, papers, complete=complete)
    problems += check_themes(settings, taxonomy)
    return problems


def check_addresses(settings: Settings) -> list[Problem]:
    """Remind of addresses that nobody has filled in yet; a build goes on without them and says nothing."""
    if not settings.placeholders:
        return []
    names, line = " and ".join(settings.placeholders), min(settings.placeholders.values())
    message = (
        f"{names} still say{'s' if len(settings.placeholders) == 1 else ''} OWNER or REPO, and the site goes without; "
        "fill in the repository's, also in CITATION.cff and .github/CODEOWNERS"
    )
    return [Problem("mkdocs.yml", line, 1 if line else 0, message, severity="warning")]
