"""What is wrong with a survey's settings beyond their types. I/O: none."""

from living_survey.model.settings import Settings
from living_survey.syntax.problems import Problem, problem


def check_placeholders(settings: Settings) -> list[Problem]:
    """Remind of addresses that nobody has filled in yet; a build goes on without them."""
    if not settings.placeholders:
        return []
    names, line = " and ".join(settings.placeholders), min(settings.placeholders.values())
    verb = "says" if len(settings.placeholders) == 1 else "say"
    return [problem("site-address-placeholder", settings.config, (line, min(line, 1)), names=names, verb=verb)]
