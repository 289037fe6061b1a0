"""The numbers of a paper as schema.org sees them: claims that appear in it, each about an observation.

https://schema.org/Claim, https://schema.org/Observation. I/O: none.
"""

from typing import Any

from living_survey.model.claims import Claim, claims_of
from living_survey.model.paper import Paper
from living_survey.model.registry import Registry
from living_survey.model.values import as_number


def claims_data(paper: Paper, registry: Registry, page_url: str) -> list[dict[str, Any]]:
    """Return the numbers of a paper, without their quotes.

    Args:
        paper: The paper.
        registry: The survey's names.
        page_url: Absolute address of the paper's page; empty when the site does not know its own.
    """
    return [_claim(claim, registry, page_url) for claim in claims_of(paper)] if paper.results or paper.scale else []


def _claim(claim: Claim, registry: Registry, page_url: str) -> dict[str, Any]:
    number = claim.number
    about: dict[str, Any] = {
        "@type": "Observation",
        "measuredProperty": {"@type": "Property", "name": registry.shown("metrics", number.metric)},
        "value": as_number(number.value) if number.value else None,
        "minValue": as_number(number.low) if number.low else None,
        "maxValue": as_number(number.high) if number.high else None,
        "unitText": number.unit or registry.metrics[number.metric].counts,
        "measurementQualifier": number.bound,
        "measurementDenominator": [
            {"@type": "StatisticalVariable", "name": _baseline(name, registry)} for name in number.baseline or ()
        ],
        "measurementTechnique": [registry.shown("benchmarks", name) for name in number.benchmark or ()],
        "observationAbout": [{"@type": "Thing", "name": registry.shown("models", name)} for name in number.model or ()],
    }
    said = {name: value for name, value in about.items() if value is not None and value != []}
    return {"@type": "Claim", **({"url": f"{page_url}#{claim.anchor}"} if page_url else {}), "about": said}


def _baseline(name: str, registry: Registry) -> str:
    return registry.shown("baselines" if name in registry.baselines else "models", name)
