"""The index in pieces, for surveys whose records are too many to be read whole: ranges of the alphabet.

A piece ends behind a term that ends pieces by its own spelling, so that a change moves no other cut. I/O: none.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from operator import sub
from zlib import crc32

from living_survey.model.paper import Paper
from living_survey.search.records import Records, identifiers_of
from living_survey.search.rules import rules
from living_survey.search.tokens import tokens

_FULL = 20_000
"""Letters of a piece from which on it may end."""
_ENDS = 64
"""One in so many terms ends a piece."""
_LINES = 64
"""Identifiers of a file, about."""
_SHORTEST = 5
"""Letters of the terms that stand in the backward dictionary: only those can be misspelled and be found."""
_HEX = "0123456789abcdef"


class Postings:
    """Which papers have a term, and at which level."""

    def __init__(self) -> None:
        self.head: dict[str, list[int]] = defaultdict(list)
        """Term → number · 16 + level of each paper, in the order of numbers."""
        self.text: dict[str, list[int]] = defaultdict(list)
        """Term → numbers of the papers that have it in their sentences and summaries alone."""

    def add(self, number: int, head: dict[str, int], text: Iterable[str]) -> None:
        """Take a paper."""
        of_head, of_text, base = self.head, self.text, number * 16
        for term, level in head.items():
            of_head[term].append(base + level)
        for term in set(text).difference(head):
            of_text[term].append(number)


def postings_of(records: Records) -> tuple[Postings, list[list[object]]]:
    """Return which papers have which terms, and the papers' rows."""
    found, rows = Postings(), []
    for number, paper in enumerate(records.papers):
        row = records.row(paper)
        head, text = records.levels(row)
        found.add(number, head, [*text, *tokens(records.summary(paper))])
        rows.append(row)
    return found, rows


def head_lines(postings: Postings) -> Iterator[tuple[str, str]]:
    """Yield (term, its line: term, steps between the numbers, levels) in the order of terms."""
    for term in in_order(postings.head):
        found = postings.head[term]
        if len(found) == 1:
            yield term, f"{term}\t{found[0] >> 4}\t{_HEX[found[0] & 15]}\n"
        else:
            marks = "".join([_HEX[value & 15] for value in found])
            yield term, f"{term}\t{_steps([value >> 4 for value in found])}\t{marks}\n"


def text_lines(postings: Postings) -> Iterator[tuple[str, str]]:
    """Yield (term, its line: term, steps between the numbers) in the order of terms."""
    for term in in_order(postings.text):
        yield term, f"{term}\t{_steps(postings.text[term])}\n"


def backward_lines(postings: Postings) -> Iterator[tuple[str, str]]:
    """Yield the terms of some length, spelled backward, in the order of these spellings."""
    for term in in_order([term[::-1] for term in postings.head if len(term) >= _SHORTEST and "," not in term]):
        yield term, f"{term}\n"


def in_order(terms: Iterable[str]) -> list[str]:
    """Sort terms as JavaScript compares them: letters beyond the first 65,536 go before the last of those."""
    found = sorted(terms)
    if any(max(term) > "\ud7ff" for term in found if not term.isascii()):
        found.sort(key=lambda term: term.encode("utf-16-be"))
    return found


def pieces(lines: Iterable[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """Yield (first term, text) of each piece."""
    first, texts, size = "", list[str](), 0
    for term, line in lines:
        if not texts:
            first = term
        texts.append(line)
        size += len(line)
        if size > _FULL and crc32(term.encode()) % _ENDS == 0:
            yield first, "".join(texts)
            texts, size = [], 0
    if texts:
        yield first, "".join(texts)


def identifier_files(papers: list[Paper]) -> list[str]:
    """Return the files of identifiers: a line has the identifier, the paper's key, its title and its year.

    An identifier stands in the file that CRC-32 gives; their number is a power of two.
    """
    lines = [
        (name, f"{name}\t{paper.key}\t{paper.title.text}\t{paper.year}\n") for name, paper in identifiers_of(papers)
    ]
    count = 1
    while count * _LINES < len(lines):
        count *= 2
    found: list[list[str]] = [[] for _ in range(count)]
    for name, line in sorted(lines):
        found[crc32(name.encode()) % count].append(line)
    return ["".join(one) for one in found]


def rows_in_blocks(rows: Sequence[list[object]]) -> Iterator[Sequence[list[object]]]:
    """Yield the rows in blocks of as many as are read at once."""
    size: int = rules()["rows"]
    for start in range(0, len(rows), size):
        yield rows[start : start + size]


def _steps(numbers: list[int]) -> str:
    """Return numbers as the first one and the steps from each to the next."""
    if len(numbers) == 1:  # half of all terms
        return str(numbers[0])
    return ",".join(map(str, map(sub, numbers, chain((0,), numbers))))
