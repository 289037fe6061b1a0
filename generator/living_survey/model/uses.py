"""Which papers and numbers use each name of the registry, and the pages that this makes. I/O: none."""

from collections import defaultdict
from collections.abc import Iterable, Iterator

from living_survey.model import addresses
from living_survey.model.claims import Claim, claims_of
from living_survey.model.paper import Paper
from living_survey.model.registry import LISTS, Registry

FOLDERS = {
    "baselines": addresses.VERSUS, "benchmarks": addresses.BENCHMARKS, "models": addresses.MODELS,
    "hardware": addresses.HARDWARE,
}  # fmt: skip
"""Blocks of the registry whose names have pages, with the folders of those."""


class Uses:
    """Which papers and numbers use each name. What nothing uses has no page."""

    def __init__(self, papers: Iterable[Paper], registry: Registry) -> None:
        """Look through all papers once.

        Args:
            papers: All papers, in the order in which they are listed.
            registry: The survey's names.
        """
        self._registry = registry
        self._papers: dict[tuple[str, str], dict[str, Paper]] = defaultdict(dict)
        self._claims: dict[tuple[str, str], list[Claim]] = defaultdict(list)
        self.lists: set[str] = set()
        """Which lists of numbers there are: ``results``, ``scale``."""
        for paper in papers:
            for block, words in (("models", paper.models), ("hardware", paper.hardware)):
                for word in words or ():
                    self._papers[block, word][paper.key] = paper
            if not (paper.results or paper.scale):
                continue
            self.lists |= {name for name in LISTS if getattr(paper, name)}
            for claim in claims_of(paper):
                self._note(claim)

    def _note(self, claim: Claim) -> None:
        number = claim.number
        used = [
            ("metrics", (number.metric,)), ("baselines", number.baseline), ("benchmarks", number.benchmark),
            ("models", number.model), ("hardware", number.hardware),
        ]  # fmt: skip
        for block, words in used:
            for word in words or ():
                self._papers[block, word][claim.paper.key] = claim.paper
                self._claims[block, word].append(claim)

    def papers(self, block: str, name: str) -> list[Paper]:
        """Return the papers that use a name, newest first."""
        return list(self._papers[block, name].values())

    def claims(self, block: str, name: str) -> list[Claim]:
        """Return the numbers that use a name."""
        return self._claims[block, name]

    def names(self, block: str) -> list[str]:
        """Return the names of a block that are in use, in the order of the registry.

        Among baselines are models and keys of papers too; among models no sizes.
        """
        used = {name for found, name in self._papers if found == block}
        known = [name for name in self._registry.block(block) if name in used]
        others = used - set(known) if block == "baselines" else set()
        return [*known, *sorted(others)]

    def addresses(self) -> Iterator[str]:
        """Yield the addresses of all pages that numbers make, without those that every survey has."""
        if self.lists:
            yield addresses.METRICS
        if "scale" in self.lists:
            yield addresses.SCALE
        for metric in self.names("metrics"):
            yield addresses.metric(metric, self._registry.families[self._registry.metrics[metric].family].list)
        for block, folder in FOLDERS.items():
            names = self.names(block)
            if names:
                yield folder
            yield from (f"{folder}{name}/" for name in names)
