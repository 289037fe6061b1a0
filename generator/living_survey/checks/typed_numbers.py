"""Numbers typed into texts: each has to be one that a paper cited in its sentence states. I/O: none."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from living_survey.model.amounts import converted
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
_HEADING = re.compile(r" {0,3}#")
_DIGIT = re.compile(r"\d")


def check_typed_numbers(survey: Survey) -> Iterator[Problem]:
    """Compare the numbers of each sentence that cites with those of the papers that it cites."""
    check = _Check(survey)
    for page in survey.pages.values():
        if page.citations:
            yield from check.page(page)


class _Check:
    """The check of one survey; what a paper states is looked up once."""

    def __init__(self, survey: Survey) -> None:
        self._survey = survey
        self._names = _names(survey)
        self._stated: dict[str, set[Decimal]] = {}

    def page(self, page: EditorPage) -> Iterator[Problem]:
        text = mask_code(page.text)
        for citation in page.citations:
            text = text[: citation.start] + " " * (citation.end - citation.start) + text[citation.end :]
        places = Places(page.text, page.first_line)
        starts = iter(sorted((citation.start, [key for key, _ in citation.keys]) for citation in page.citations))
        following = next(starts, None)
        for start, end in find_sentences(page.text):
            keys = list[str]()
            while following and following[0] < end:
                if following[0] >= start:
                    keys += following[1]
                following = next(starts, None)
            # Most sentences have no number, and need no closer look.
            if not _DIGIT.search(text, start, end) or _HEADING.match(page.text, page.text.rfind("\n", 0, start) + 1):
                continue
            papers = list({paper.key: paper for key in keys if (paper := self._survey.find(key))}.values())
            for place, found in self._sentence(text[start:end], papers):
                yield replace(found, path=page.path, line=(at := places.find(start + place))[0], column=at[1])

    def _sentence(self, sentence: str, papers: Sequence[Paper]) -> Iterator[tuple[int, Problem]]:
        """Yield what is wrong in a sentence, with its place there."""
        quantifier = _QUANTIFIER.search(sentence) if len(papers) != 1 else None
        if not papers and not quantifier:
            return
        text = _FREE.sub(_blank, sentence)
        if not _DIGIT.search(text):
            return
        text = self._names.blanked(text)
        numbers = [found for found in _NUMBER.finditer(text) if found[2] or len(re.sub(r"\D", "", found[1])) > 1]
        if numbers and quantifier:
            words = " ".join(quantifier[0].split())
            yield quantifier.start(), problem("number-over-several", "", words=words)
            return
        for found in numbers:
            if not _is_stated(found[1], found[2] or "", (one for paper in papers for one in self._of(paper))):
                some = ", ".join(paper.key for paper in papers)
                yield found.start(), problem("number-not-stated", "", number=" ".join(found[0].split()), keys=some)

    def _of(self, paper: Paper) -> set[Decimal]:
        if paper.key not in self._stated:
            self._stated[paper.key] = _stated(paper, self._survey.registry)
        return self._stated[paper.key]


def _names(survey: Survey) -> Phrases:
    """Return the names that have digits: of the registry, of papers, of the glossary."""
    words = {paper.short_name for paper in survey.papers.values() if paper.short_name}
    for block in BLOCKS:
        for name, item in survey.registry.block(block).items():
            words |= {name, item.label or name, *(item.also or ())}
    words |= {form for term in survey.terms for form in (term.name, *term.also)}
    return Phrases(word for word in words if any(map(str.isdigit, word)))


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


def _stated(paper: Paper, registry: Registry) -> set[Decimal]:
    """Return the numbers of a paper: stated, converted, and those of the words that are quoted from it."""
    found = set[Decimal]()
    for word in paper.models or ():
        found |= numbers_in(word)
    for claim in claims_of(paper):
        number, metric = claim.number, registry.metrics[claim.number.metric]
        factor = FACTORS[number.measured.factor]
        found |= {end * times for end in number.ends for times in (1, factor)}
        for text in (converted(number, metric, registry), number.quote, number.setting, number.reason):
            found |= numbers_in(text or "")
    return found
