"""Tell whether a record is of a work that is known already.

It is when an identifier of the work itself says so and the titles do not speak against it, or when everything that both
state agrees. Title, author and year alone say nothing: "Editorial" and "Introduction" are many works. I/O: none.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from anyascii import anyascii
from rapidfuzz import fuzz

from living_survey.model.identifiers import work_ids
from living_survey.model.paper import Paper
from living_survey.model.parts import Author
from living_survey.model.private import public_part
from living_survey.model.titles import ALIKE, Likeness, TitleIndex, numbers_of, words_of

_SHARED = 0.3
"""Share of the telling words of the shorter title that two titles of one work have in common at least."""
_SAME_TEXT = 80
"""Likeness in per cent of the beginnings of two abstracts of one work."""
_OTHER_IDS = ("pmid", "pmcid", "openalex", "mrnumber", "zblnumber", "adsurl", "bibcode", "s2id")
"""Names under ``extra`` of further identifiers of a work itself."""
_ALWAYS = frozenset(("title", "authors", "year", "type"))
"""What says nothing alone, however it agrees."""
_NOT_TELLING = frozenset((
    "keywords", "language", "issn", "eissn", "address", "location", "entrytype", "publication-types", "file-url",
    "urldate", "copyright", "registry-numbers", "source", "month", "shorttitle", "crossref",
))  # fmt: skip
"""Fields under ``extra`` that databases write in different ways for one work."""
_HARD = ("doi", "arxiv", "volume", "number", "pages", "isbn")
"""What two records of one work do not differ in, even if people have corrected one of them."""


@dataclass(frozen=True, slots=True)
class Match:
    """A paper that an import or the survey has, and what ties a record to it.

    Attributes:
        key: The paper's.
        how: Why they are one work, or would be.
        against: What speaks against it; empty where they are one.
    """

    key: str
    how: str
    against: str = ""


class KnownPapers:
    """All papers that there are, by what tells one work from another."""

    def __init__(self, papers: Iterable[Paper]) -> None:
        """Index papers of the survey."""
        self._index = TitleIndex()
        self._papers: dict[str, Paper] = {}
        self._by_id: dict[str, str] = {}
        self._by_words: dict[tuple[str, str, int], list[str]] = {}
        self._by_source_key: dict[tuple[str, str], str] = {}
        for paper in papers:
            self.add(paper)
        self.of_the_survey = frozenset(self._papers)

    def add(self, paper: Paper) -> None:
        """Add a paper, or what has been learned of one."""
        self._index.add(paper)
        self._papers[paper.key] = paper
        for identifier in _all_ids(paper):
            self._by_id.setdefault(identifier, paper.key)
        same_words = self._by_words.setdefault(_words(paper), [])
        if paper.key not in same_words:
            same_words.append(paper.key)
        for source_key in [*(paper.source_keys or ()), paper.key]:
            self._by_source_key.setdefault((source_key, _letters(paper.title)), paper.key)

    def similar(self, paper: Paper) -> list[Likeness]:
        """Return papers with a title so alike that they may be the same work, best first."""
        return self._index.similar(paper)

    def owner(self, doi: str | None, arxiv: str | None) -> str | None:
        """Return the key of the paper that an identifier belongs to."""
        return next((self._by_id[name] for name in work_ids(doi, arxiv) if name in self._by_id), None)

    def owner_of(self, identifier: str) -> Paper | None:
        """Return the paper that an identifier belongs to, in the form of `work_ids`."""
        return self._papers.get(self._by_id.get(identifier, ""))

    def find(self, paper: Paper) -> Match | None:
        """Return the paper that a record is of, or that its identifier says it is of."""
        sure = work_ids(paper.doi, paper.arxiv)
        for identifier in _all_ids(paper):
            if identifier in self._by_id:
                key = self._by_id[identifier]
                different = against(paper, self._papers[key])
                if identifier in sure or not (different or _differ(paper, self._papers[key], _HARD)):
                    return Match(key, f"same {identifier}", different)
        for source_key in paper.source_keys or ():
            key = self._by_source_key.get((source_key, _letters(paper.title)), "")
            # Somebody may have corrected the survey's paper since; within one import a key says nothing.
            if key in self.of_the_survey and not _differ(paper, self._papers[key], _HARD):
                return Match(key, "same key and title")
        for key in self._by_words.get(_words(paper), ()):
            if agree(paper, self._papers[key]):
                return Match(key, "no stated field differs")
        return None


def agree(one: Paper, two: Paper) -> bool:
    """Say whether two papers agree in all that both state, and state enough together.

    Beyond title, authors, year and type that is one fact more, or else both say nothing more at all.
    """
    mine, other = _facts(one), _facts(two)
    both = mine.keys() & other.keys()
    if any(not _same(name, mine[name], other[name]) for name in both):
        return False
    return _compatible(one, two) and (bool(both - _ALWAYS) or mine.keys() == other.keys())


def _all_ids(paper: Paper) -> list[str]:
    ids = work_ids(paper.doi, paper.arxiv)
    for version in paper.versions or ():
        ids += work_ids(version.doi, version.arxiv)
    extra = paper.extra or {}
    ids += [f"{name} {extra[name].lower()}" for name in _OTHER_IDS if name in extra]
    if paper.type in ("book", "proceedings"):
        # An ISBN is a book's; of a work in several volumes each has one, and all may have one in common.
        volume = paper.venue.volume if paper.venue else None
        ids += [f"ISBN {isbn} {volume or ''}".strip() for isbn in _isbns(extra.get("isbn", ""))]
    return ids


def _isbns(text: str) -> list[str]:
    """Return ISBNs as their nine digits without the prefix of 13-digit ones and the check digit."""
    digits = (re.sub(r"[\s-]", "", found) for found in re.findall(r"[\dXx][\dXx\s-]{8,}[\dXx]", text))
    return [isbn[-10:-1] for isbn in digits if len(isbn) in (10, 13)]


def against(one: Paper, two: Paper) -> str:
    """Say what speaks against two papers with one identifier being one work; nothing where nothing does."""
    titles = [two.title, *(version.title for version in two.versions or ())]
    numbers = numbers_of(one.title)
    mine, other = _all_ids(one), _all_ids(two)
    for kind in ("DOI ", "arXiv "):
        a, b = ({name for name in ids if name.startswith(kind)} for ids in (mine, other))
        if a and b and not a & b:
            return f"another {kind}".strip()
    if any(_score(one.title, title) >= ALIKE and numbers_of(title) == numbers for title in titles):
        return ""
    if not any(_share_words(one.title, title) and _numbers_fit(numbers, numbers_of(title)) for title in titles):
        return "another title"
    authors = [*two.authors, *(author for version in two.versions or () for author in version.authors or ())]
    if not {_letters(a.short_name) for a in one.authors} & {_letters(a.short_name) for a in authors}:
        return "another title and other authors"
    if different := _differ(one, two, ("volume", "number", "pages")):
        return f"another title and {different[0]}"
    return ""


def _score(one: str, two: str) -> float:
    texts = " ".join(words_of(one)), " ".join(words_of(two))
    return float(max(fuzz.ratio(*texts), fuzz.token_sort_ratio(*texts)))


def _share_words(one: str, two: str) -> bool:
    a, b = set(words_of(one)), set(words_of(two))
    return len(a & b) >= _SHARED * min(len(a), len(b))


def _numbers_fit(one: list[str], two: list[str]) -> bool:
    """Say whether the numbers of one title are among those of the other: a subtitle may have more."""
    return set(one) <= set(two) or set(two) <= set(one)


def _facts(paper: Paper) -> dict[str, str]:
    """Return what a paper states of the work, by names that both of two records would have for it."""
    venue = paper.venue
    facts = {
        "title": paper.title, "authors": "", "year": str(paper.year),
        "type": "" if paper.type == "misc" else paper.type,
        "date": paper.published or (paper.first_public if paper.type == "preprint" else None) or "",
        "doi": paper.doi or "", "arxiv": paper.arxiv or "", "url": paper.url or "", "abstract": paper.abstract or "",
    }  # fmt: skip
    if venue:
        facts |= {
            "venue": f"{venue.name}\n{venue.short or ''}", "series": venue.series or "", "volume": venue.volume or "",
            "number": venue.number or "", "pages": venue.pages or "",
        }  # fmt: skip
    if paper.editors:
        facts["editors"] = " ".join(editor.short_name for editor in paper.editors)
    # A survey knows no other fields of its papers.
    facts |= {
        name: value for name, value in public_part(paper.extra).items() if name not in _NOT_TELLING | facts.keys()
    }
    return {name: value for name, value in facts.items() if value or name == "authors"}


def _same(name: str, one: str, two: str) -> bool:
    """Say whether two records state one fact alike; most are compared by their letters and digits."""
    if name == "date":
        return one.startswith(two) or two.startswith(one)
    if name == "url":
        return len({re.sub(r"^https?://(?:www\.)?|/+$", "", url) for url in (one, two)}) == 1
    if name == "venue":  # the full name and the short one
        return bool(set(map(_letters, one.split("\n"))) & set(map(_letters, two.split("\n"))) - {""})
    if name == "isbn":
        a, b = set(_isbns(one)), set(_isbns(two))
        return bool(a & b) if a and b else _letters(one) == _letters(two)
    if name == "pages":  # the last one is often left out
        return one == two or one.partition("-")[0] == two or two.partition("-")[0] == one
    if name == "abstract":  # databases add their copyright and cut the end
        return float(fuzz.ratio(_letters(one)[:300], _letters(two)[:300])) >= _SAME_TEXT
    return _letters(one) == _letters(two)


def _differ(one: Paper, two: Paper, names: Iterable[str]) -> list[str]:
    """Return those of some facts that both papers state and differ in."""
    mine, other = _facts(one), _facts(two)
    return [name for name in names if name in mine and name in other and not _same(name, mine[name], other[name])]


def _compatible(one: Paper, two: Paper) -> bool:
    """Say whether two lists of authors can be of the same people: initials stand for names, others for the rest."""
    if len(one.authors) != len(two.authors):
        shorter = min(one, two, key=lambda paper: len(paper.authors))
        if not shorter.and_others:
            return False
    return all(_one_person(a, b) for a, b in zip(one.authors, two.authors, strict=False))


def _one_person(one: Author, two: Author) -> bool:
    if _letters(one.short_name) != _letters(two.short_name):
        return False
    if one.suffix and two.suffix and _letters(one.suffix) != _letters(two.suffix):
        return False
    pairs = zip(_given(one), _given(two), strict=False)
    return all(a.startswith(b) or b.startswith(a) for a, b in pairs)


def _given(author: Author) -> list[str]:
    """Return given names and initials, each apart: ``J.-L.`` and ``JL`` are two."""
    words = re.findall(r"\w+", anyascii(author.given or ""))
    apart = [list(word) if word.isupper() and len(word) <= 3 else [word] for word in words]
    return [name.lower() for part in apart for name in part]


def _letters(text: str) -> str:
    return re.sub(r"[\W_]+", "", anyascii(text)).casefold() or text.strip()


def _words(paper: Paper) -> tuple[str, str, int]:
    return _letters(paper.title), _letters(paper.authors[0].short_name), paper.year
