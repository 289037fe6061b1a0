"""What stands below the papers in a list of results: questions, comparisons, terms, editors' pages. I/O: none."""

import re
from collections.abc import Iterable, Iterator, Mapping
from html import unescape
from typing import Any

from living_survey.model import addresses
from living_survey.model.comparing import compared
from living_survey.model.expressions import with_values
from living_survey.model.survey import Survey

_LONGEST = 160
"""Letters of the words that are shown of a page or of a part of one."""
_CITED = re.compile(r"@([A-Za-z][A-Za-z0-9]*(?:[-_][A-Za-z0-9]+)*)")
_TAGS = re.compile(r"<[^>]*>")

Guide = tuple[str, str, str, str]
"""Address, heading, title of its page (empty where that is the heading), a few words."""


def guides_of(survey: Survey, host: Iterable[Mapping[str, Any]]) -> Iterator[Guide]:
    """Yield what is found besides papers and themes, in the order in which equals are shown.

    Args:
        survey: The survey.
        host: The host's records of its pages and their parts: ``location``, ``title``, ``text`` as HTML. Themes are
            left out: their parts are called alike, and they are found by their names.
    """
    for question in survey.questions.values():
        words = _spoken(survey, question.answer)
        yield addresses.question(question.id), question.question, "", _short(words)
    for one in survey.comparisons.values():
        names = ", ".join(paper.short_name or paper.byline for paper in compared(survey, one).papers)
        yield addresses.comparison(one.id), one.title, "", _short(f"{_spoken(survey, one.note)} {names}")
    glossary = survey.pages.get(survey.settings.glossary)
    for term in survey.terms:
        page = addresses.page_address(survey.settings.glossary)
        names = ", ".join(term.also)
        yield f"{page}#{term.slug}", term.name, glossary.title if glossary else "", _short(f"{names} {term.definition}")
    title = ""
    for record in host:
        location, heading = str(record["location"]), _plain(record["title"])
        page, _, part = location.partition("#")
        if not part:
            title = heading
        if page.startswith(addresses.THEMES) and (part or page != addresses.THEMES):
            continue
        yield location, heading, title if part else "", _short(_plain(record["text"]))


def _spoken(survey: Survey, text: str | None) -> str:
    """Return a text with the values of its expressions, and with the names of the papers that it cites."""

    def named(found: re.Match[str]) -> str:
        paper = survey.find(found[1])
        return (paper.short_name or paper.byline) if paper else found[0]

    return _CITED.sub(named, with_values(survey, text or ""))


def _plain(html: str) -> str:
    return " ".join(unescape(_TAGS.sub(" ", html)).split())


def _short(text: str) -> str:
    """Return the beginning of a text, up to a space."""
    text = " ".join(text.split())
    return text if len(text) <= _LONGEST else f"{text[: text.rfind(' ', 0, _LONGEST)]} …"
