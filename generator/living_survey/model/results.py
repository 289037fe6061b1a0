"""The numbers that papers claim, gathered by metric; ranked only where they can be compared.

I/O: none.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from living_survey.model.labels import label
from living_survey.model.paper import Paper
from living_survey.model.parts import Result


@dataclass(frozen=True, slots=True)
class Claim:
    """One number that one paper claims."""

    paper: Paper
    result: Result
    rank: int | None = None
    """Its place among the claims of equal unit, baseline and setting, best first; none where there are no others."""


@dataclass(frozen=True, slots=True)
class Metric:
    """All claims about one metric, and in words whether they can be compared."""

    name: str
    claims: list[Claim]

    @property
    def shared(self) -> bool:
        """Whether several papers state it."""
        return len({claim.paper.key for claim in self.claims}) > 1

    @property
    def ranked(self) -> bool:
        """Whether any of its claims can be compared with another."""
        return any(claim.rank is not None for claim in self.claims)

    @property
    def why(self) -> str:
        """Say why claims are ranked or not."""
        papers = {claim.paper.key for claim in self.claims}
        ranked = [claim for claim in self.claims if claim.rank is not None]
        if not self.shared:
            return label("results.why.one_paper")
        if not ranked:
            return label("results.why.not_ranked", papers=len(papers))
        rest = len(self.claims) - len(ranked)
        if rest:
            return label("results.why.ranked_but", rest, ranked=len(ranked))
        return label("results.why.ranked", ranked=len(ranked))


def gather(papers: Iterable[Paper]) -> list[Metric]:
    """Return the claims of papers by metric, metrics by name, claims by key; ranks where two papers can be compared."""
    claims: dict[str, list[Claim]] = {}
    for paper in sorted(papers, key=lambda paper: paper.key):
        for result in paper.results or ():
            claims.setdefault(result.metric.casefold(), []).append(Claim(paper, result))
    return [Metric(found[0].result.metric, _ranked(found)) for _, found in sorted(claims.items())]


def _ranked(claims: Sequence[Claim]) -> list[Claim]:
    """Rank claims among those that share all that a comparison needs; one number a paper, or none of it ranks."""
    groups: dict[tuple[str, ...], list[Claim]] = {}
    for claim in claims:
        result = claim.result
        if result.setting and result.direction and number_of(result.value) is not None:
            same = (result.unit or "", result.direction, _words(result.baseline), _words(result.setting))
            groups.setdefault(same, []).append(claim)
    ranks: dict[int, int] = {}
    for (_, direction, _, _), group in groups.items():
        keys = [claim.paper.key for claim in group]
        if len(keys) > 1 and len(set(keys)) == len(keys):
            values = sorted({number_of(claim.result.value) or 0.0 for claim in group}, reverse=direction == "higher")
            for claim in group:
                ranks[id(claim)] = values.index(number_of(claim.result.value) or 0.0) + 1
    ordered = [Claim(claim.paper, claim.result, ranks.get(id(claim))) for claim in claims]
    return sorted(ordered, key=lambda claim: (claim.rank is None, claim.rank or 0, claim.paper.key))


def number_of(value: str) -> float | None:
    """Return a number as a paper states it: with commas between thousands."""
    try:
        return float(value.replace(",", ""))
    except ValueError:
        return None


def _words(text: str | None) -> str:
    return " ".join(re.findall(r"\w+", (text or "").casefold()))
