"""Numbers typed into texts: each has to be one that a paper cited in its sentence, or spoken of there, states.

I/O: none.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from functools import cached_property
from typing import Any

from living_survey.checks.prose import FieldText
from living_survey.model.amounts import converted
from living_survey.model.citations import Citation, find_citations
from living_survey.model.claims import claims_of
from living_survey.model.expressions import EXPRESSION
from living_survey.model.page import EditorPage
from living_survey.model.paper import Paper
from living_survey.model.quotes import numbers_in
from living_survey.model.registry import BLOCKS, Registry
from living_survey.model.sentences import find_sentences
from living_survey.model.survey import Survey
from living_survey.model.units import FACTORS
from living_survey.syntax.code_spans import mask_code
from living_survey.syntax.phrases import Phrases
from living_survey.syntax.problems import Places, Problem, problem

_FREE = re.compile(
    "|".join(
        [
            EXPRESSION,
            r"\]\([^()\s]*\)",  # an address
            r"\b(?:arXiv|doi):\s?[\w./()-]*\d",  # an identifier
            r"\b(?:Table|Figure|Fig\.|Section|Sec\.|Appendix|Chapter|Equation|Eq\.|page|pages|pp?\.|version)\s+\d[\d.–-]*",
            r"\b(?:1[89]|20)\d\d(?![\d.,]*\d|\s?[%×x])\b",  # a year
            r"\b\d{1,2}\s(?:January|February|March|April|May|June|July|August|September|October|November|December)\b",
            r"(?=[\w.-]*\d)(?<![\w.-])[A-Za-z_][\w.-]*\w",  # a name with digits in it: INT8, GPT-4, M2M-100-12B
            r"\d+(?:\.\d+)?-(?:bit|bits|byte|layer|shot|way|fold|step)\b",
        ]
    )
)
"""What has digits and states no number."""
_NUMBER = re.compile(r"(?<![\w.])(\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)\s?(%|×|x\b|[KkMBT]\b)?")
_QUANTIFIER = re.compile(
    r"\b(?:at\s+most|at\s+least|up\s+to|largest|smallest|highest|lowest|between\s+(?=[\d.,]+\S*\s+and\b))",
    re.IGNORECASE,
)
"""What makes a statement on several numbers, which the data can make themselves."""
_SHOWN = 5
"""So many papers are named that do not state a number."""
_HEADING = re.compile(r" {0,3}#")
_DIGIT = re.compile(r"\d")


class TypedNumbers:
    """The check of the texts of one survey; what a paper states is looked up once."""

    def __init__(self, survey: Survey) -> None:
        """Begin without having looked at any paper."""
        self._survey = survey
        self._values: dict[str, set[Decimal]] = {}
        self._words: dict[str, set[Decimal]] = {}

    def page(self, page: EditorPage) -> Iterator[Problem]:
        """Compare the numbers of each sentence that cites with those of the papers that it cites."""
        if page.citations:
            places = Places(page.text, page.first_line)
            for place, said in self._check(page.text, page.citations, ()):
                yield problem(said.pop("code"), page.path, places.find(place), **said)

    def field(self, text: FieldText) -> Iterator[Problem]:
        """Compare the numbers of each sentence with those of the papers that it speaks of and cites.

        Nothing is asked of a survey without metrics, whose papers cannot state any.
        """
        if not self._survey.registry.metrics or not _DIGIT.search(text.text):
            return
        # Most texts on one paper say what its numbers say, which needs no look at their sentences.
        plain = "@" not in text.text and len(text.papers) == 1
        if not plain or not all(self._is_value(found, text.papers) for found in _numbers(text.text)):
            for place, said in self._check(text.text, list(find_citations(text.text)), text.papers):
                yield problem(said.pop("code"), text.path, field=text.place(place), **said)

    def _check(
        self, whole: str, citations: Sequence[Citation], about: Sequence[Paper]
    ) -> Iterator[tuple[int, dict[str, Any]]]:
        """Yield where a text is wrong, and the code and the words of the problem."""
        text = mask_code(whole)
        for citation in citations:
            text = text[: citation.start] + " " * (citation.end - citation.start) + text[citation.end :]
        starts = iter(sorted((citation.start, [key for key, _ in citation.keys]) for citation in citations))
        following = next(starts, None)
        for start, end in find_sentences(whole):
            keys = list[str]()
            while following and following[0] < end:
                if following[0] >= start:
                    keys += following[1]
                following = next(starts, None)
            # Most sentences have no number, and need no closer look.
            if not _DIGIT.search(text, start, end) or _HEADING.match(whole, whole.rfind("\n", 0, start) + 1):
                continue
            cited = {paper.key: paper for key in keys if (paper := self._survey.find(key))}
            for place, said in self._sentence(text[start:end], cited, about):
                yield start + place, said

    def _sentence(
        self, sentence: str, cited: Mapping[str, Paper], about: Sequence[Paper]
    ) -> Iterator[tuple[int, dict[str, Any]]]:
        """Yield what is wrong in a sentence, with its place there."""
        papers = list({**cited, **{paper.key: paper for paper in about}}.values())
        # What it cites says of what it speaks, if only of one of the papers of a question.
        quantifier = _QUANTIFIER.search(sentence) if len(cited or about) != 1 else None
        if not papers and not quantifier:
            return
        # Most numbers are values of the papers, and need no look at what has digits and states nothing.
        if not quantifier and all(self._is_value(found, papers) for found in _numbers(sentence)):
            return
        text = _FREE.sub(_blank, sentence)
        numbers = [found for found in _numbers(text) if quantifier or not self._is_stated(found, papers)]
        if not numbers:
            return
        named = self._names.blanked(text)  # which takes longest, and most numbers are stated
        numbers = [found for found in _numbers(named) if quantifier or not self._is_stated(found, papers)]
        if numbers and quantifier:
            words = " ".join(quantifier[0].split())
            yield quantifier.start(), {"code": "number-over-several", "words": words}
            return
        for found in numbers:
            number, some = " ".join(found[0].split()), ", ".join(paper.key for paper in papers[:_SHOWN])
            more = ", …" if len(papers) > _SHOWN else ""
            yield found.start(), {"code": "number-not-stated", "number": number, "keys": f"{some}{more}"}

    def _is_stated(self, found: re.Match[str], papers: Sequence[Paper]) -> bool:
        """Say whether a paper states a number: as a value, which is looked up fast, or in words."""
        return self._is_value(found, papers) or any(
            _is_stated(found[1], found[2] or "", self._words_of(paper)) for paper in papers
        )

    def _is_value(self, found: re.Match[str], papers: Sequence[Paper]) -> bool:
        return any(_is_stated(found[1], found[2] or "", self._values_of(paper)) for paper in papers)

    @cached_property
    def _names(self) -> Phrases:
        return _names(self._survey)

    def _values_of(self, paper: Paper) -> set[Decimal]:
        if paper.key not in self._values:
            self._values[paper.key] = _values(paper)
        return self._values[paper.key]

    def _words_of(self, paper: Paper) -> set[Decimal]:
        if paper.key not in self._words:
            self._words[paper.key] = _words(paper, self._survey.registry)
        return self._words[paper.key]


def _names(survey: Survey) -> Phrases:
    """Return the names that have digits: of the registry, of papers, of works outside, of the glossary."""
    words = {paper.short_name for paper in survey.papers.values() if paper.short_name}
    for block in BLOCKS:
        for name, item in survey.registry.block(block).items():
            words |= {name, item.label or name, *(item.also or ())}
    words |= {
        relation.external.title
        for paper in survey.papers.values()
        for relation in paper.relations or ()
        if relation.external
    }
    words |= {name for work in (survey.works or {}).values() for name in work.names}
    words |= {form for term in survey.terms for form in (term.name, *term.also)}
    return Phrases(word for word in words if any(map(str.isdigit, word)))


def _numbers(text: str) -> list[re.Match[str]]:
    """Return the numbers of a text that state something: with a unit, or of two digits and more."""
    return [found for found in _NUMBER.finditer(text) if found[2] or len(re.sub(r"\D", "", found[1])) > 1]


def _blank(found: re.Match[str]) -> str:
    return re.sub(r"[^\n]", " ", found[0])


def _is_stated(digits: str, sign: str, stated: Iterable[Decimal]) -> bool:
    """Say whether a number is one of those that are stated, to its printed digits; also multiplied: 1B for 1000M."""
    value = Decimal(digits.replace(",", ""))
    exponent = value.as_tuple().exponent
    unit = Decimal(1).scaleb(exponent) if isinstance(exponent, int) and exponent < 0 else Decimal(1)
    factor = FACTORS.get(sign.replace("K", "k"), 1)
    return any(
        one.quantize(unit) == value or (factor != 1 and (one / factor).quantize(unit) == value)
        for one in stated
        if one.adjusted() < 20
    )


def _values(paper: Paper) -> set[Decimal]:
    """Return the values of a paper's numbers, as stated and multiplied: 175 and 175000000000 of ``175 B``."""
    return {
        end * times
        for number in (*(paper.results or ()), *(paper.scale or ()))
        for end in number.ends
        for times in (1, FACTORS[number.measured.factor])
    }


def _words(paper: Paper, registry: Registry) -> set[Decimal]:
    """Return the numbers in what a paper's numbers are converted to, and in the words quoted from it."""
    found = {number for word in paper.models or () for number in numbers_in(word)}
    for claim in claims_of(paper):
        number, metric = claim.number, registry.metrics[claim.number.metric]
        for text in (converted(number, metric, registry), number.quote, number.setting, number.reason):
            found |= numbers_in(text or "")
    return found
