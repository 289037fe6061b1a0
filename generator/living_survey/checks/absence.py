"""How often the texts of themes say what a source does not tell. I/O: none."""

import re
from collections import Counter
from collections.abc import Iterator

from living_survey.model.page import EditorPage
from living_survey.model.prose import prose
from living_survey.model.sentences import find_sentences, shortened, to_plain
from living_survey.model.survey import Survey
from living_survey.syntax.problems import Places, Problem, problem

_END_OF_CLAUSE = re.compile(r"[;—!?]|[,:](?!\d)|(?<!\d)–|–(?!\d)|\s-+\s|\.(?!\d)")
_NEGATION = re.compile(
    r"\b(?:not|no|none|never|neither|nor|without|cannot|unknown|unclear|unstated)\b|n['’]t\b", re.IGNORECASE
)
_TOLD = re.compile(
    r"\b(?:stat(?:e|es|ed|ing)|g(?:ive|ives|iven|iving|ave)|report(?:s|ed|ing)?|nam(?:e|es|ed|ing)"
    r"|kn(?:ow|ows|own|owing|ew)|compar(?:e|es|ed|ing)|measur(?:e|es|ed|ing)"
    r"|abstracts?|numbers?|figures?|baselines?)\b",
    re.IGNORECASE,
)
"""What a source would tell, and where it would."""
_HEADING = re.compile(r" {0,3}#")
_WORD = re.compile(r"[^\W\d_]{2}")
_WORST = 5
"""So many pages are named in the count."""


def check_absence(survey: Survey) -> tuple[list[str], list[Problem]]:
    """Count the sentences on what is absent, headings and tables apart.

    Returns:
        What was counted, in words; and each such sentence if there are more than the settings allow.
    """
    most = survey.settings.content.absence
    if most is None:
        return [], []
    total, found = 0, Counter[str]()
    places = list[tuple[str, tuple[int, int], str]]()
    for theme in survey.taxonomy.by_path.values():
        page = survey.pages[theme.source]
        lines = Places(page.text, page.first_line)
        for start, end, is_on_absence in _sentences(page):
            total += 1
            if is_on_absence:
                found[page.path] += 1
                places.append((page.path, lines.find(start), shortened(to_plain(page.text[start:end]))))
    share = f"{100 * len(places) / total:.1f}" if total else "0"
    worst = "".join(f", {path} {count}" for path, count in found.most_common(_WORST))
    counted = f"{len(places)} of {total} sentences of themes ({share}%) say what a source does not tell{worst}"
    if 100 * len(places) <= most * total:
        return [counted], []
    return [counted], [
        problem("absence-stated", path, place, sentence=sentence, share=share, most=most)
        for path, place, sentence in places
    ]


def _sentences(page: EditorPage) -> Iterator[tuple[int, int, bool]]:
    """Yield where each sentence starts and ends, and whether it is on what is absent."""
    text = prose(page.text)
    for start, end in find_sentences(page.text):
        if page.text.startswith("|", start) or _HEADING.match(page.text, page.text.rfind("\n", 0, start) + 1):
            continue
        if _WORD.search(text, start, end):
            yield start, end, is_on_absence(text[start:end])


def is_on_absence(sentence: str) -> bool:
    """Say whether, in one clause of a sentence, what a source would tell follows a negation."""
    for clause in _END_OF_CLAUSE.split(sentence):
        if (no := _NEGATION.search(clause)) and _TOLD.search(clause, no.end()):
            return True
    return False
