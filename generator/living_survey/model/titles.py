"""Find papers that may be the same work though no identifier says so.

Two entries are suspicious when their titles are nearly alike, the numbers in them are equal and they share an author:
"Qwen2 Technical Report" and "Qwen3 Technical Report" are 95% alike and two papers. I/O: none.
"""

import itertools
import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from anyascii import anyascii

from living_survey.model.paper import Paper
from living_survey.model.parts import Author
from living_survey.model.words import words as all_words

ALIKE = 88
"""Per cent of likeness from which two titles are suspicious."""
_RAREST = 4
"""So many of a title's rarest words that others have too lead to candidates."""
_COMMON = 400
"""Words in more titles than this lead to too many candidates to be of use; a title of such words alone is compared
with its equals only."""
NAMED = 3
"""So many papers with a title like another's are named beside it; "Editorial" has hundreds."""
_NUMERALS = "i ii iii iv v vi vii viii ix x"
ROMAN = {name: str(n) for n, name in enumerate(_NUMERALS.split(), 1)}
"""Roman numerals, as far as parts of a series go."""
_SMALL_WORDS = "a an and as at by der die das for from in is la le les of on or the to und with"
SMALL = frozenset(_SMALL_WORDS.split())
"""Words that make short titles look more alike than they are."""


@dataclass(frozen=True, slots=True)
class Likeness:
    """Another paper that may be the same work."""

    key: str
    score: int
    """Likeness of the titles in per cent."""
    author: str
    """An author that both have."""


def words_of(title: str) -> list[str]:
    """Return the words of a title, small letters of ASCII and digits, the smallest words left out."""
    found = all_words(title)
    return [word for word in found if word not in SMALL] or found


def numbers_of(title: str) -> list[str]:
    """Return the numbers in a title, Roman ones too, sorted: what tells parts and versions of a series apart."""
    words = words_of(title)
    roman = [ROMAN[word] for word in words[1:] if word in ROMAN]
    return sorted([*re.findall(r"\d+(?:\.\d+)?", anyascii(title)), *roman])


def _names(authors: Iterable[Author]) -> dict[str, str]:
    return {"".join(words_of(author.short_name)): author.short_name for author in authors}


class TitleIndex:
    """Titles by their words; finds those like a given one without looking at all."""

    def __init__(self, papers: Iterable[Paper] = ()) -> None:
        """Index papers, with the titles of their other versions."""
        self._by_word: dict[str, list[int]] = defaultdict(list)
        self._by_title: dict[str, list[int]] = defaultdict(list)
        self._entries: list[tuple[str, str, list[str]]] = []
        self._names: list[dict[str, str]] = []
        for paper in papers:
            self.add(paper)

    def add(self, paper: Paper) -> None:
        """Add a paper."""
        names = _names(paper.authors)
        for title in dict.fromkeys([paper.title, *(version.title for version in paper.versions or ())]):
            words = words_of(title)
            for word in set(words):
                self._by_word[word].append(len(self._entries))
            self._by_title[" ".join(words)].append(len(self._entries))
            self._entries.append((paper.key, " ".join(words), numbers_of(title)))
            self._names.append(names)

    def similar(self, paper: Paper) -> list[Likeness]:
        """Return other papers whose title is like a paper's, best first."""
        from rapidfuzz import fuzz  # noqa: PLC0415  (a build asks for none, and should not wait for it)

        words = words_of(paper.title)
        numbers, text, names = numbers_of(paper.title), " ".join(words), _names(paper.authors)
        found: dict[str, Likeness] = {}
        # Nearly all candidates end at this line, and with many papers nearly all time is spent in it.
        for index in [n for n in self._candidates(paper.key, words) if not names.keys().isdisjoint(self._names[n])]:
            key, other, other_numbers = self._entries[index]
            if key == paper.key or other_numbers != numbers:
                continue
            score = round(max(fuzz.ratio(text, other), fuzz.token_sort_ratio(text, other)))
            if score >= ALIKE and (key not in found or found[key].score < score):
                found[key] = Likeness(key, score, names[min(names.keys() & self._names[index].keys())])
        return sorted(found.values(), key=lambda one: (-one.score, one.key))

    def _candidates(self, key: str, words: list[str]) -> set[int]:
        lists = sorted((self._by_word.get(word, []) for word in set(words)), key=len)
        short = (found for found in lists if len(found) <= _COMMON)
        useful = (found for found in short if any(self._entries[index][0] != key for index in found))
        rarest = itertools.islice(useful, _RAREST)
        return {index for found in [*rarest, self._by_title.get(" ".join(words), [])] for index in found}
