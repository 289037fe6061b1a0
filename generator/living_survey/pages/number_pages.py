"""The pages that fall out of numbers: one for each metric, baseline, benchmark, model and machine, and their indices.

What a survey does not use makes no page. I/O: none.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from living_survey.model import addresses
from living_survey.model.claims import Claim, Group
from living_survey.model.labels import label
from living_survey.model.registry import LISTS
from living_survey.model.survey import Survey
from living_survey.model.uses import FOLDERS
from living_survey.pages.claims_picture import metric_pictures
from living_survey.pages.entry import Entries, PaperLink
from living_survey.pages.head import list_head
from living_survey.pages.number_table import NumberTables, render_numbers
from living_survey.pages.numbers import NameLink, NumberTable, gathered, table_of
from living_survey.pages.renderer import Renderer
from living_survey.pages.site_page import SitePage, capitalized, root_of
from living_survey.pages.view import view

LEVELS = "levels"
"""Id of the part of a metric's page with numbers that have no baseline."""


@view
class MetricRow:
    """A metric in the list of all."""

    link: NameLink
    family: str
    better: str
    units: str
    definition: str
    numbers: int


@view
class NameRow:
    """A name in an index: with how many papers and numbers."""

    link: NameLink
    papers: int
    numbers: int


@view
class NameView:
    """The page of a name."""

    lead: tuple[str, ...]
    """Sentences about it."""
    paper: PaperLink | None
    """The paper of this survey that describes it."""
    tables: tuple[NumberTable, ...]
    entries: tuple[str, ...]
    """Its papers, as items of a list."""
    pictures: str = ""
    """Of its numbers."""


def build_number_pages(renderer: Renderer) -> Iterator[SitePage]:
    """Yield all pages that fall out of numbers."""
    survey = renderer.survey
    if not survey.uses.lists:
        return
    yield from _metrics(renderer)
    if "scale" in survey.uses.lists:
        body = render_numbers(renderer, addresses.SCALE, survey.newest, "scale", addresses.all_numbers("scale"))
        yield _page(renderer, addresses.SCALE, label("numbers.pages.scale"), body, label("numbers.pages.scale_lead"))
    groups = {
        claim.id: group for name in LISTS for group in gathered(survey, survey.newest, name) for claim in group.claims
    }
    for block, folder in FOLDERS.items():
        if survey.uses.names(block):
            yield from _names(renderer, block, folder, groups)


def _page(renderer: Renderer, address: str, title: str, body: str, description: str = "") -> SitePage:
    head = renderer.head(list_head(renderer.survey, address, title, description))
    return SitePage(address, title, description, body, head)


def _rendered(renderer: Renderer, address: str, view: NameView) -> str:
    return renderer.render("number_name.html", address, name=view, tables=renderer.once(NumberTables))


def _metrics(renderer: Renderer) -> Iterator[SitePage]:
    survey, registry = renderer.survey, renderer.survey.registry
    rows = []
    for name in LISTS:
        groups: dict[str, list[Group]] = defaultdict(list)
        for group in gathered(survey, survey.newest, name):
            groups[group.metric].append(group)
        for metric, own in groups.items():
            item, title = registry.metrics[metric], capitalized(registry.shown("metrics", metric))
            address = addresses.metric(metric, name)
            better = label(f"numbers.better.{item.better}") if item.better != "none" else ""
            units = ", ".join([*(unit for unit in item.units or () if unit), *([item.counts] if item.counts else [])])
            link = NameLink(title, address)
            count = sum(len(group.claims) for group in own)
            rows.append(MetricRow(link, registry.families[item.family].title, better, units, item.means, count))
            lead = [f"{item.means}.", f"{capitalized(better)}." if better else ""]
            lead += [label("numbers.pages.units", units=units) + "." if units else ""]
            if item.also:
                lead.append(label("numbers.pages.also", spellings=", ".join(item.also)) + ".")
            tables = tuple(_by_baseline(survey, own))
            view = NameView(
                tuple(filter(None, lead)), None, tables, (),
                metric_pictures(survey, own, address) if name == LISTS[0] else "",
            )  # fmt: skip
            yield _page(renderer, address, title, _rendered(renderer, address, view), item.means)
    body = renderer.render("metrics.html", addresses.METRICS, metrics=rows)
    title, lead_text = label("numbers.pages.metrics"), label("numbers.pages.metrics_lead")
    yield _page(renderer, addresses.METRICS, title, body, lead_text)


def _by_baseline(survey: Survey, groups: Sequence[Group]) -> Iterator[NumberTable]:
    """Yield the numbers of a metric by what they are measured against, those against nothing last."""
    found: dict[str, list[tuple[Group, Claim]]] = defaultdict(list)
    for group in groups:
        for claim in group.claims:
            for name in claim.number.baseline or (LEVELS,):
                found[name].append((group, claim))
    order = [*survey.registry.baselines]
    known = {name: place for place, name in enumerate(order)}
    for name in sorted(found, key=lambda name: (name == LEVELS, known.get(name, -1), name)):
        pairs = found[name]
        title = label("numbers.pages.levels") if name == LEVELS else versus_title(survey, name)
        yield _table(survey, pairs, name, title)


def _table(
    survey: Survey, pairs: Iterable[tuple[Group, Claim]], ident: str, title: str, address: str = ""
) -> NumberTable:
    kept = list(pairs)
    parts = [
        Group(group.metric, group.form, group.dimension, (claim,), group.ranks, group.missing) for group, claim in kept
    ]
    return table_of(survey, parts, ident, title, address)


def versus_title(survey: Survey, name: str) -> str:
    """Return the title of what is measured against a baseline."""
    registry = survey.registry
    if name in registry.baselines:
        shown = registry.shown("baselines", name)
    elif paper := survey.find(name):
        shown = paper.short_name or paper.byline
    else:
        shown = registry.shown("models", name)
    return label("numbers.pages.versus", baseline=shown)


def _names(renderer: Renderer, block: str, folder: str, groups: dict[str, Group]) -> Iterator[SitePage]:
    survey, registry = renderer.survey, renderer.survey.registry
    rows = []
    for name in survey.uses.names(block):
        address = f"{folder}{name}/"
        papers, claims = survey.uses.papers(block, name), survey.uses.claims(block, name)
        own_title = versus_title(survey, name) if block == "baselines" else registry.shown(block, name)
        item = registry.block(block).get(name)
        lead = [label("numbers.pages.vague")] if item is not None and getattr(item, "vague", None) else []
        if item is not None and item.also:
            lead.append(label("numbers.pages.also", spellings=", ".join(item.also)) + ".")
        source = survey.find(getattr(item, "paper", None) or "") if item is not None else survey.find(name)
        view = NameView(
            tuple(lead), PaperLink.build(source) if source else None,
            tuple(_by_metric(survey, claims, groups)),
            tuple(renderer.once(Entries).render(paper, root_of(address)) for paper in papers),
        )  # fmt: skip
        rows.append(NameRow(NameLink(own_title, address), len(papers), len(claims)))
        yield _page(renderer, address, own_title, _rendered(renderer, address, view))
    body = renderer.render("number_names.html", folder, rows=rows)
    title = label(f"numbers.pages.{block}")
    yield _page(renderer, folder, title, body)


def _by_metric(survey: Survey, claims: Sequence[Claim], groups: dict[str, Group]) -> Iterator[NumberTable]:
    found: dict[tuple[str, str], list[tuple[Group, Claim]]] = defaultdict(list)
    for claim in claims:
        found[claim.list, claim.number.metric].append((groups[claim.id], claim))
    for (name, metric), pairs in sorted(found.items()):
        title = capitalized(survey.registry.shown("metrics", metric))
        yield _table(survey, pairs, metric, title, addresses.metric(metric, name))
