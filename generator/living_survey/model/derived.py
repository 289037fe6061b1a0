"""Facets of papers: those that they state, and those that follow from what they say otherwise.

What follows is never typed, so that it cannot disagree with what it follows from. I/O: none.
"""

from collections.abc import Iterator, Mapping

from living_survey.model.claims import has_named_baseline
from living_survey.model.facet import Facet
from living_survey.model.labels import label
from living_survey.model.paper import Paper
from living_survey.model.parts import Links
from living_survey.model.registry import Registry, sizes_of
from living_survey.model.units import FACTORS, Form


def facets_of(paper: Paper, facets: Mapping[str, Facet], registry: Registry) -> dict[str, tuple[str, ...]]:
    """Return the values that a paper has of each facet, facets and derived values in the order of the settings.

    Args:
        paper: The paper.
        facets: The survey's facets.
        registry: The names that it uses.
    """
    stated = paper.facets or {}
    found = {
        name: stated.get(name, ()) if facet.is_typed else _derived(paper, facet, registry)
        for name, facet in facets.items()
    }
    return {name: values for name, values in found.items() if values}


def titles_of(facet: Facet) -> dict[str, str]:
    """Return how each value of a facet is shown."""
    if facet.is_typed:
        return {value: facet.labels.get(value, value.replace("-", " ")) for value in facet.values}
    if facet.of_sizes:
        return _titles_of_steps(facet)
    if facet.sources == ("links",):
        return {name: label(f"offers.{name}.name") for name in Links.model_fields}
    return dict(facet.values)


def grade(paper: Paper, registry: Registry) -> str:
    """Return what a paper rests on, a name of `GRADES` in `living_survey.model.facet`.

    An inferred baseline is a guess of the survey's, and one that is vague names nothing: neither counts.
    """
    if not paper.results:
        return "words"
    return "baseline" if any(has_named_baseline(number, registry) for number in paper.results) else "number"


def _derived(paper: Paper, facet: Facet, registry: Registry) -> tuple[str, ...]:
    if facet.of_sizes:
        return _steps(facet, [size for source in facet.sources for size in _sizes(paper, source, registry)])
    if facet.sources == ("hardware",):
        known = (registry.hardware.get(name) for name in paper.hardware or ())
        classes = {item.kind for item in known if item}
        return tuple(value for value in facet.values if value in classes)
    if facet.sources == ("links",):
        return tuple(name for name, _ in paper.links.items()) if paper.links else ()
    return (grade(paper, registry),)


def _sizes(paper: Paper, source: str, registry: Registry) -> Iterator[tuple[float, float]]:
    """Yield (least, most) parameters of what a paper names; a model without a known size says nothing."""
    if source == "models":
        for name in paper.models or ():
            model = registry.models.get(name)
            sizes = sizes_of((model.size or "") if model else name)
            if sizes:
                yield sizes
        return
    for number in paper.scale or ():
        if number.metric == "parameters" and number.measured.form is Form.LEVEL:
            low, high = number.ends
            factor = FACTORS[number.measured.factor]
            yield float(low * factor), float(high * factor)


def _steps(facet: Facet, sizes: list[tuple[float, float]]) -> tuple[str, ...]:
    """Return every step that one of the sizes touches; a size on a limit belongs to the step above."""
    touched, below = [], 0.0
    for name, limit in facet.steps.items():
        ends = sizes_of(limit) if limit else None
        end = ends[0] if ends else float("inf")
        if any(low < end and high >= below for low, high in sizes):
            touched.append(name)
        below = end
    return tuple(touched)


def _titles_of_steps(facet: Facet) -> dict[str, str]:
    titles, below = {}, ""
    for name, limit in facet.steps.items():
        if not limit:
            titles[name] = label("facets.from", size=below)
        elif below:
            titles[name] = label("facets.between", low=below, high=limit)
        else:
            titles[name] = label("facets.under", size=limit)
        below = limit or ""
    return titles
