"""What readers put side by side of papers that they choose: facts, numbers and relations of each, as data for a script.

Whether two numbers compare is decided by `living_survey.model.claims`, as on every other page; the script only finds
where that differs between papers. I/O: none.
"""

import json
from collections.abc import Iterator
from typing import Any

from living_survey.model import addresses
from living_survey.model.amounts import amount
from living_survey.model.claims import Claim, claims_of, sameness
from living_survey.model.comparing import Piece, field_pieces
from living_survey.model.derived import titles_of
from living_survey.model.expressions import tldr_of
from living_survey.model.labels import label, labels
from living_survey.model.paper import Paper
from living_survey.model.registry import LISTS
from living_survey.model.survey import Survey
from living_survey.model.units import Form
from living_survey.pages.entry import PaperLink, Published, alarm
from living_survey.pages.renderer import Renderer
from living_survey.pages.site_page import capitalized, page_at

_FIELDS = ("kind", "themes", "has", "models", "hardware")
_CONDITIONS = (("benchmark", "benchmarks"), ("model", "models"), ("hardware", "hardware"))


def compare_row(survey: Survey, paper: Paper) -> dict[str, Any]:
    """Return what is said of a paper beside others, without what is empty.

    It has ``name``, ``title``, ``by`` (who, where, when) and ``page``; ``alarm``, its status where that is grave;
    ``tldr``; ``facts``, a list of [place in the order of all, title, cells], a cell being [text] or [text, address];
    ``numbers``; ``relations``, a list of [words, key or nothing, text]. Addresses without a scheme are the site's.
    """
    link, published = PaperLink.build(paper), Published.build(survey, paper)
    row = {
        "name": link.name, "title": paper.display_title.text, "page": link.address,
        "by": f"{paper.byline}, {published.where} {published.year}",
        "alarm": alarm(paper), "tldr": tldr_of(survey, paper), "facts": list(_facts(survey, paper)),
        "numbers": [_number(survey, claim) for claim in _claims(paper)],
        "relations": list(_relations(survey, paper)),
    }  # fmt: skip
    return {name: value for name, value in row.items() if value}


def _facts(survey: Survey, paper: Paper) -> Iterator[tuple[int, str, list[list[str]]]]:
    settings, stated = survey.settings, survey.facets.get(paper.key, {})
    for place, name in enumerate(_FIELDS):
        if found := [_piece(piece) for piece in field_pieces(survey, paper, name)]:
            yield place, label(f"comparisons.columns.{name}"), found
    for place, (name, title) in enumerate(settings.attributes.items(), len(_FIELDS)):
        if text := (paper.attributes or {}).get(name):
            yield place, capitalized(title), [[text]]
    for place, (name, facet) in enumerate(settings.facets.items(), len(_FIELDS) + len(settings.attributes)):
        if name not in _FIELDS and (values := stated.get(name)):
            titles = titles_of(facet)
            yield place, capitalized(facet.title), [[titles.get(value, value)] for value in values]


def _piece(piece: Piece) -> list[str]:
    target = piece.url or piece.address
    return [piece.text, target] if target else [piece.text]


def _claims(paper: Paper) -> Iterator[Claim]:
    return claims_of(paper) if any(getattr(paper, name) for name in LISTS) else iter(())


def _number(survey: Survey, claim: Claim) -> dict[str, Any]:
    """Return a number: ``metric``, ``value``, ``place``; against what, under which conditions; what must be alike."""
    number, registry = claim.number, survey.registry
    metric = registry.metrics[number.metric]
    form, dimension = number.measured.form, ""
    if form in (Form.LEVEL, Form.DIFFERENCE):
        dimension, _ = registry.dimension(metric, number.measured)
    reason, same = sameness(number, metric, registry) if claim.list == LISTS[0] else ("", ())
    conditions = [registry.shown(block, word) for name, block in _CONDITIONS for word in getattr(number, name) or ()]
    found = {
        "metric": capitalized(registry.shown("metrics", number.metric)), "value": amount(number, metric),
        "place": addresses.claim(claim.paper.key, claim.anchor),
        "against": ", ".join(survey.baseline(name) for name in number.baseline or ()),
        "under": ", ".join([*conditions, *([number.setting] if number.setting else [])]),
        "unit": f"{form.value} {dimension}".strip(),
        "why": reason,
        "alike": {
            "baseline": sorted(number.baseline or ()) if form is not Form.LEVEL else [],
            "benchmark": sorted(number.benchmark or ()),
            **{name: sorted(values) for name, values in same},
            "setting": [number.setting.casefold().strip(" .")] if number.setting else [],
        } if claim.list == LISTS[0] else None,
    }  # fmt: skip
    return {name: value for name, value in found.items() if value}


def _relations(survey: Survey, paper: Paper) -> Iterator[list[str]]:
    """Yield the relations of a paper, those that others state too."""
    for one in survey.related.get(paper.key, ()):
        other = one.paper
        yield [one.label, other.key, other.short_name or other.byline] if other else [one.label, "", one.title]


def render_compare(renderer: Renderer, page: str) -> str:
    """Return the place of the comparison, with what there is without JavaScript."""
    comparisons = addresses.COMPARISONS if renderer.survey.comparisons else ""
    words = json.dumps(labels("compare"), ensure_ascii=False)
    return renderer.render("compare.html", page, papers=addresses.PAPERS, comparisons=comparisons, words=words)


def render_my_bibliography(renderer: Renderer, page: str) -> str:
    """Return the place where a reader's own bibliography is read, with what there is without JavaScript."""
    words = json.dumps(labels("my_bibliography"), ensure_ascii=False)
    propose = addresses.SUBMIT if page_at(renderer.survey, addresses.SUBMIT) else ""
    whole = f"{addresses.BIBLIOGRAPHY}.bib"
    return renderer.render("bibliography.html", page, whole=whole, words=words, propose=propose)
