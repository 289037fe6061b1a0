"""What is wrong with a survey's settings beyond their types. I/O: none."""

from collections.abc import Iterator

from living_survey.model.registry import Registry
from living_survey.model.settings import Settings
from living_survey.syntax.problems import Problem, did_you_mean, problem


def check_placeholders(settings: Settings) -> list[Problem]:
    """Remind of addresses that nobody has filled in yet; a build goes on without them."""
    if not settings.placeholders:
        return []
    names, line = " and ".join(settings.placeholders), min(settings.placeholders.values())
    verb = "says" if len(settings.placeholders) == 1 else "say"
    return [problem("site-address-placeholder", settings.config, (line, min(line, 1)), names=names, verb=verb)]


def check_classes(settings: Settings, registry: Registry) -> Iterator[Problem]:
    """Classes of the registry's hardware are values of the facets that are made from them, if there are any."""
    for name, facet in settings.facets.items():
        for machine, item in registry.hardware.items() if facet.sources == ("hardware",) else ():
            if item.kind and item.kind not in facet.values:
                field, hint = ("hardware", machine, "class"), did_you_mean(item.kind, facet.values, list_few=False)
                yield problem(
                    "registry-class-unknown", settings.registry, field=field, hint=hint, name=item.kind, facet=name,
                    config=settings.config,
                )  # fmt: skip
