"""Propose themes for a paper that somebody adds. I/O: none."""

import math
import re
from collections import Counter

from anyascii import anyascii

from living_survey.model.paper import Paper
from living_survey.model.survey import Survey


def propose_themes(survey: Survey, text: str, count: int = 3) -> list[tuple[str, float]]:
    """Return the themes whose papers read most like a text, with a likeness from 0 to 1, best first.

    Likeness is the cosine of TF-IDF vectors (Salton and Buckley 1988) of the text and of all that a theme's papers say.
    """
    papers = {paper.key: Counter(_terms(_said(paper))) for paper in survey.papers.values()}
    spread = Counter(term for terms in papers.values() for term in terms)

    def vector(terms: Counter[str]) -> dict[str, float]:
        raw = {
            term: (1 + math.log(number)) * (1 + math.log((1 + len(papers)) / (1 + spread[term])))
            for term, number in terms.items()
        }
        length = math.sqrt(sum(value * value for value in raw.values())) or 1.0
        return {term: value / length for term, value in raw.items()}

    own = vector(Counter(_terms(text)))
    scored = []
    for theme in survey.taxonomy.by_path.values():
        if theme.children:
            continue
        terms = Counter(_terms(f"{theme.title} {theme.definition}") * _WEIGHT_OF_DEFINITION)
        for paper in survey.by_theme[theme.path]:
            terms.update(papers[paper.key])
        other = vector(terms)
        scored.append((theme.path, sum(value * other.get(term, 0.0) for term, value in own.items())))
    return sorted(scored, key=lambda one: (-one[1], one[0]))[:count]


def _said(paper: Paper) -> str:
    return " ".join(filter(None, [paper.title, paper.tldr, paper.summary, paper.abstract]))


def _terms(text: str) -> list[str]:
    words = re.findall(r"[a-z]{3,}", anyascii(text).lower())
    return [_ENDING.sub(r"\1", word) for word in words if word not in _COMMON]


_WEIGHT_OF_DEFINITION = 3
"""How often a theme's title and definition count against once for its papers; measured on the first survey."""
_ENDING = re.compile(r"^(\w{4,}?)(?:i[sz]ation|i[sz]e[ds]?|i[sz]ing|ies|ing|ed|es|s|y|e)$")
"""English endings in which forms of one word differ; crude, but both sides of a comparison lose them alike."""
_COMMON_WORDS = (
    "and are but can for from has have into its not our that the their them these they this with which while using "
    "used use based more than such also paper show results propose method approach model models"
)
_COMMON = frozenset(_COMMON_WORDS.split())
