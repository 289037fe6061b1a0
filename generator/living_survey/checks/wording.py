"""Words and spellings that a survey's own texts avoid, as its settings list them. I/O: none."""

import re
from collections.abc import Iterator

from living_survey.checks.own_texts import OwnText, own_texts
from living_survey.model.avoided import AvoidedPhrases
from living_survey.model.prose import own_prose
from living_survey.model.survey import Survey
from living_survey.syntax.phrases import Phrases
from living_survey.syntax.problems import Problem, problem

_AROUND = 30
"""Characters shown on either side of what was found."""
_TITLE = 4
"""Words from which on the title of a work outside is one: "LLaMA-2" is a name, which the survey spells itself."""
_BARE = re.compile(r"(?<![\w.,/#-])\d{4,}(?![\w-]|[.,]\d)")
_MAY_BE_YEAR = re.compile(r"1[5-9]\d\d|20\d\d")


def check_wording(survey: Survey) -> tuple[list[str], list[Problem]]:
    """Look for the words and spellings that the settings list.

    Titles of works that the survey knows, names of what papers introduce, code, addresses, and what stands in italics
    or in quotation marks are others' words, and stay as these wrote them.

    Returns:
        What was counted, in words, and each place.
    """
    wanted = survey.settings.content
    if not wanted.wording and not wanted.thousands:
        return [], []
    phrases, names, problems = AvoidedPhrases(wanted.wording), _names(survey), list[Problem]()
    for one in own_texts(survey):
        if not wanted.is_about(one.page):
            prose = names.blanked(own_prose(one.text))
            problems += _avoided(one, prose, phrases)
            if wanted.thousands:
                problems += _bare_thousands(one, prose, wanted.thousands)
    files = len({found.path for found in problems})
    return [f"{len(wanted.wording)} words and spellings to avoid: {len(problems)} found in {files} files"], problems


def _avoided(one: OwnText, prose: str, phrases: AvoidedPhrases) -> Iterator[Problem]:
    for found in phrases.find(prose):
        remedy = f'write "{found.instead}"' if found.instead else "leave it out, or say it otherwise"
        yield problem(
            "wording-avoided", one.path, one.place(found.start), field=one.field,
            found=_plain(one.text[found.start : found.end]), around=_around(one.text, found.start, found.end),
            remedy=remedy,
        )  # fmt: skip


def _bare_thousands(one: OwnText, prose: str, least: int) -> Iterator[Problem]:
    for found in _BARE.finditer(prose):
        digits = found[0]
        if len(digits) >= least and not _MAY_BE_YEAR.fullmatch(digits):
            yield problem(
                "thousands-bare", one.path, one.place(found.start()), field=one.field, found=digits,
                around=_around(one.text, *found.span()), instead=f"{int(digits):,}",
            )  # fmt: skip


def _names(survey: Survey) -> Phrases:
    """Return the titles of the works that a survey knows, and the names of what they introduce."""
    known = set[str]()
    for paper in survey.papers.values():
        known |= {paper.title.text, paper.short_name or "", *(version.title.text for version in paper.versions or ())}
        works = [one.external.title for one in paper.relations or () if one.external]
        known |= {title for title in works if len(title.split()) >= _TITLE}
    known |= {work.title for work in (survey.works or {}).values()}
    return Phrases(known)


def _around(text: str, start: int, end: int) -> str:
    """Return what was found with some words on either side."""
    before, after = text[max(0, start - _AROUND) : start], text[end : end + _AROUND]
    before = before if start <= _AROUND else f"…{before[before.find(' ') + 1 :]}"
    after = after if end + _AROUND >= len(text) else f"{after.rpartition(' ')[0]}…"
    return _plain(f"{before}{text[start:end]}{after}")


def _plain(text: str) -> str:
    return " ".join(text.split())
