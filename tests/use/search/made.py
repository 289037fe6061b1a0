"""Surveys of any size for the search: the papers of this repository, and made ones of their words among them.

Words come by their frequency here, an eighth of them invented by Zipf's law; lengths are real; authors are drawn from a
pool that grows with the papers. All of it is deterministic.
"""

import random
import shutil
from bisect import bisect
from collections import Counter
from collections.abc import Iterator
from itertools import accumulate
from pathlib import Path

from living_survey.loading.settings import load_settings
from living_survey.loading.survey import load_survey
from living_survey.model.paper import Paper
from living_survey.model.parts import Author
from living_survey.model.survey import Survey, build_survey
from living_survey.model.title import Title
from living_survey.search.files import build_search_files

from tests.commands import ROOT

SCRIPTS = ROOT / "generator/living_survey/theme/assets/survey/search"
INVENTED = 0.125
EXPONENT = 1.05
SYLLABLES = [a + b for a in "bdfgklmnprstvz" for b in ("a", "e", "i", "o", "u", "an", "er", "in", "or")]


def real() -> Survey:
    """Return the survey of this repository."""
    return load_survey(load_settings(ROOT / "mkdocs.yml"))[0]


def with_made(survey: Survey, count: int) -> Survey:
    """Return a survey of so many papers, with those of another one among them, all through."""
    papers = [*survey.newest, *_made(survey, count - len(survey.papers))]
    return build_survey(survey.settings, survey.taxonomy, papers, survey.pages.values(), registry=survey.registry)


def write_site(survey: Survey, folder: Path) -> None:
    """Write the files of a survey's search, and the scripts, into a folder as they stand in a site."""
    for path, text in build_search_files(survey, []):
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    for script in SCRIPTS.glob("*.js"):
        shutil.copy(script, folder / "assets/survey/search")
    (folder / "index.html").write_text("<!doctype html><title>Search</title>\n", encoding="utf-8")


class _Words:
    """Draws words: those of some texts as often as they stand there, and invented ones."""

    def __init__(self, chance: random.Random, texts: list[str]) -> None:
        counted = Counter(word for text in texts for word in text.split())
        self._chance = chance
        self._known = sorted(counted)
        self._sums = list(accumulate(counted[word] for word in self._known))
        self._invented = list(accumulate(1 / rank**EXPONENT for rank in range(1, 60_000)))

    def text(self, length: int) -> str:
        """Return so many words."""
        return " ".join(self._word() for _ in range(length))

    def _word(self) -> str:
        if self._chance.random() < INVENTED:
            return invented(bisect(self._invented, self._chance.random() * self._invented[-1]))
        return self._known[bisect(self._sums, self._chance.random() * self._sums[-1])]


def invented(rank: int) -> str:
    """Return the invented word of a rank."""
    parts = []
    rank += len(SYLLABLES)
    while rank:
        rank, place = divmod(rank, len(SYLLABLES))
        parts.append(SYLLABLES[place])
    return "".join(parts)


def _made(survey: Survey, count: int) -> Iterator[Paper]:
    chance = random.Random(16)  # noqa: S311  (nothing here is secret)
    models = list(survey.papers.values())
    titles = _Words(chance, [paper.title.text for paper in models])
    sentences = _Words(chance, [paper.tldr or "" for paper in models])
    summaries = _Words(chance, [(paper.summary or "").replace("{{", "").replace("}}", "") for paper in models])
    families = sorted({author.family for paper in models for author in paper.authors if author.family})
    givens = sorted({author.given for paper in models for author in paper.authors if author.given})
    pool: list[Author] = []
    for number in range(count):
        model = chance.choice(models)
        authors = []
        for _ in model.authors:
            if not pool or chance.random() < 0.3:
                family = (
                    invented(chance.randrange(40_000)).capitalize()
                    if chance.random() < 0.5
                    else chance.choice(families)
                )
                pool.append(Author(family=family, given=chance.choice(givens)))
            authors.append(chance.choice(pool))
        name = invented(2_000 + number).capitalize() if chance.random() < 0.5 else None
        title = titles.text(len(model.title.text.split()))
        year = 2018 + number % 9
        yield model.model_copy(
            update={
                "key": f"made{year}{invented(number)}{number}",
                "title": Title(f"{name}: {title}" if name else title),
                "short_name": name,
                "authors": tuple(dict.fromkeys(authors)),
                "year": year,
                "arxiv": f"{year - 2000:02d}{1 + number % 12:02d}.{90_000 - number:05d}",
                "doi": f"10.5555/made.{number}" if number % 3 else None,
                "tldr": sentences.text(len((model.tldr or "").split())),
                "summary": summaries.text(len((model.summary or "").split())),
                "versions": None, "aliases": None, "results": None, "scale": None, "relations": None,
                "added": f"2026-{1 + number % 12:02d}-{1 + number % 28:02d}",
            }
        )  # fmt: skip
