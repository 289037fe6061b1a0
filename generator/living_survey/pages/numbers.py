"""Numbers of papers as pages show them: with their unit, against what, under which conditions, and their evidence.

I/O: none.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from living_survey.model import addresses
from living_survey.model.amounts import amount, converted
from living_survey.model.claims import Caveats, Claim, Gathering, Group, caveats
from living_survey.model.labels import label
from living_survey.model.paper import Paper
from living_survey.model.registry import LISTS, Registry
from living_survey.model.survey import Survey
from living_survey.pages.entry import PaperLink
from living_survey.pages.site_page import capitalized
from living_survey.pages.view import view

_BLOCKS = (("benchmark", "benchmarks", addresses.BENCHMARKS), ("model", "models", addresses.MODELS),
           ("hardware", "hardware", addresses.HARDWARE))  # fmt: skip


@view
class NameLink:
    """A name of the registry, with its page; a size has none."""

    label: str
    address: str


@view
class NumberView:
    """A number in a table; what the paper does not say is empty."""

    anchor: str
    metric: NameLink
    better: str
    value: str
    """With bound and unit."""
    converted: str
    """The same in the unit of its metric, or as a multiple."""
    baseline: tuple[NameLink, ...]
    inferred: bool
    """Whether the baseline follows and is not stated."""
    conditions: tuple[NameLink, ...]
    """Benchmark, model, hardware."""
    setting: str
    quote: str
    locator: str
    confidence: str
    """In a word, where the number is not simply stated."""
    reason: str
    paper: PaperLink
    place: str
    """Its place on its paper's page."""
    struck: str
    """In a word, what became of its paper; empty where it stands."""


def number_view(survey: Survey, claim: Claim) -> NumberView:
    """Return a number as tables show it."""
    number, registry = claim.number, survey.registry
    metric = registry.metrics[number.metric]
    return NumberView(
        anchor=claim.anchor,
        metric=NameLink(
            capitalized(registry.shown("metrics", number.metric)), addresses.metric(number.metric, claim.list)
        ),
        better=label(f"numbers.better.{metric.better}") if metric.better != "none" else "",
        value=amount(number, metric),
        converted=converted(number, metric, registry),
        baseline=tuple(_baseline(survey, name) for name in number.baseline or ()),
        inferred=number.baseline_stated is False,
        conditions=tuple(
            name_link(registry, block, word, folder)
            for field, block, folder in _BLOCKS
            for word in getattr(number, field) or ()
        ),
        setting=number.setting or "",
        quote=shown(number.quote or ""),
        locator=number.locator,
        confidence=label(f"numbers.confidence.{number.confidence}") if number.confidence != "stated" else "",
        reason=number.reason or "",
        paper=PaperLink.build(claim.paper),
        place=addresses.claim(claim.paper.key, claim.anchor),
        struck=label(f"numbers.struck.{events[0].status}") if (events := survey.events.get(claim.paper.key)) else "",
    )


def name_link(registry: Registry, block: str, word: str, folder: str) -> NameLink:
    """Return a name of the registry, or a size in the place of one, as a link."""
    known = word in registry.block(block)
    return NameLink(registry.shown(block, word), f"{folder}{word}/" if known else "")


def _baseline(survey: Survey, name: str) -> NameLink:
    registry = survey.registry
    if name in registry.baselines:
        return NameLink(registry.shown("baselines", name), addresses.versus(name))
    if paper := survey.find(name):
        return NameLink(paper.short_name or paper.byline, addresses.versus(name))
    return NameLink(registry.shown("models", name), addresses.versus(name) if name in registry.models else "")


def shown(quote: str) -> str:
    """Return a quote with the signs that listings lose: ``8times`` as 8×, ``6sim45%`` as 6–45%."""
    for sign, word in (("×", "times"), ("–", "sim")):
        parts = quote.split(word)
        text = parts[0]
        for part in parts[1:]:
            text += (sign if text[-1:].isdigit() and not part[:1].isalpha() else word) + part
        quote = text
    return quote


@view
class NumberRow:
    """A number in a table, and its rank there, with ``=`` where several share it; empty where there is none."""

    claim: Claim
    rank: str


@view
class NumberTable:
    """Numbers of one metric, or of several, with what limits their comparison."""

    id: str
    title: str
    address: str
    rows: tuple[NumberRow, ...]
    caveat: str


@view
class FamilyView:
    """The numbers of a family of metrics."""

    name: str
    id: str
    title: str
    metrics: tuple[NumberTable, ...]

    @property
    def numbers(self) -> str:
        """In words, how many there are."""
        return label("counts.numbers", sum(len(table.rows) for table in self.metrics))


def table_of(survey: Survey, groups: Sequence[Group], ident: str, title: str, address: str = "") -> NumberTable:
    """Return numbers that stand in one table, each with its rank."""
    rows = tuple(NumberRow(claim, rank_of(group, claim)) for group in groups for claim in group.claims)
    claims = [claim for group in groups for claim in group.claims]
    return NumberTable(ident, title, address, rows, caveat_of(caveats(claims, survey.registry, survey.events)))


def rank_of(group: Group, claim: Claim) -> str:
    """Return a place, with ``=`` where several share it; empty where there is none."""
    rank, is_shared = group.ranks.get(claim.id, (0, False))
    return f"{rank}{'=' if is_shared else ''}" if rank else ""


def caveat_of(found: Caveats) -> str:
    """Return in one line what limits the comparison of numbers; what does not occur is left out."""
    parts = [label("numbers.caveat.counted", found.claims, papers=label("counts.papers", found.papers))]
    parts += [
        label(f"numbers.caveat.{name}", count)
        for name in ("best_cases", "estimated")
        if (count := getattr(found, name))
    ]
    against = [
        label(f"numbers.caveat.{name}", count)
        for name in ("named", "inferred", "unnamed", "without")
        if (count := getattr(found, name))
    ]
    if against:
        parts.append(label("numbers.caveat.baseline", against=", ".join(against)))
    if found.settings > 1:
        parts.append(label("numbers.caveat.settings"))
    if found.leaning:
        parts.append(label("numbers.caveat.leaning", found.leaning))
    if found.abstracts:
        every = found.abstracts == found.claims
        parts.append(
            label("numbers.caveat.abstracts") if every else label("numbers.caveat.from_abstract", found.abstracts)
        )
    return f"{'; '.join(parts)}."


@view
class NumbersView:
    """Numbers of papers by family and metric."""

    families: tuple[FamilyView, ...]
    summary: str
    missing: str
    """In words, what keeps numbers from ranking."""
    csv: str
    json: str
    ids: str
    """In front of the ids of its headings."""
    headed: bool
    """Whether families have headings: the only family of sizes would say once more what the page or section says."""

    @classmethod
    def build(cls, survey: Survey, papers: Iterable[Paper], name: str, files: str, ids: str = "") -> "NumbersView":
        """Return the view of the numbers of papers, ``results`` or ``scale``.

        Args:
            survey: The survey.
            papers: Whose numbers.
            name: Which of their lists.
            files: Where the same is as files, without the ending.
            ids: What stands in front of the ids of headings.
        """
        groups = gathered(survey, papers, name)
        by_metric = defaultdict[str, list[Group]](list)
        for group in groups:
            by_metric[group.metric].append(group)
        families = tuple(
            FamilyView(family, f"{ids}family-{family}", item.title, tables)
            for family, item in survey.registry.families.items()
            if item.list == name and (tables := tuple(_tables(survey, by_metric, family, name, ids)))
        )
        metrics = sum(len(family.metrics) for family in families)
        count = sum(len(group.claims) for group in groups)
        summary = label(
            "numbers.summary", numbers=label("counts.numbers", count), metrics=label("counts.metrics", metrics)
        )
        headed = name == LISTS[0] or len(families) > 1
        return cls(families, summary, why_not_ranked(groups), f"{files}.csv", f"{files}.json", ids, headed)


def gathered(survey: Survey, papers: Iterable[Paper], name: str) -> list[Group]:
    """Return the numbers of some papers of a survey, ``results`` or ``scale``, in groups."""
    known = ("gathering", "")
    if known not in survey.once:
        survey.once[known] = Gathering(survey.registry, survey.events)
    groups: list[Group] = survey.once[known].groups(papers, name)
    return groups


def _tables(
    survey: Survey, by_metric: Mapping[str, Sequence[Group]], family: str, name: str, ids: str
) -> Iterable[NumberTable]:
    for metric, own in by_metric.items():
        if survey.registry.metrics[metric].family == family:
            title = capitalized(survey.registry.shown("metrics", metric))
            yield table_of(survey, own, f"{ids}{metric}", title, addresses.metric(metric, name))


def why_not_ranked(groups: Iterable[Group]) -> str:
    """Return in one sentence what keeps numbers from ranking, most frequent first; empty where all rank."""
    counts: dict[str, int] = {}
    for group in groups:
        for reason in group.missing.values():
            counts[reason] = counts.get(reason, 0) + 1
    parts = [
        label(f"numbers.missing.{reason}", count)
        for reason, count in sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    ]
    return label("numbers.missing.sentence", sum(counts.values()), reasons=", ".join(parts)) if parts else ""
