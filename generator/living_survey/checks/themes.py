"""What is wrong with themes: former addresses that clash, files that do not belong among them. I/O: none."""

from collections.abc import Iterator

from living_survey.model.settings import Settings
from living_survey.model.theme import Taxonomy
from living_survey.syntax.problems import Problem, problem


def check_themes(settings: Settings, taxonomy: Taxonomy) -> Iterator[Problem]:
    """Former addresses of themes lead to one theme."""
    owners = {path: path for path in taxonomy.by_path}
    for theme in taxonomy.by_path.values():
        for alias in theme.aliases:
            other = owners.setdefault(alias, theme.path)
            if other != theme.path or alias in taxonomy.by_path:
                path = f"{settings.relative(settings.docs_dir)}/{theme.source}"
                yield problem("theme-alias-duplicate", path, (1, 1), alias=alias, other=other)


PICTURES = {
    ".png": rb"\x89PNG\r\n\x1a\n", ".jpg": rb"\xff\xd8\xff", ".jpeg": rb"\xff\xd8\xff", ".gif": rb"GIF8[79]a",
    ".webp": rb"RIFF.{4}WEBP",
}  # fmt: skip
"""Pictures that may stand among the themes, by the ending of their names: how each begins."""


def check_name(name: str, place: str, label: str = "docs/themes") -> Problem | None:
    """Say what is wrong with the name of a file among the themes, by which web servers and the host tell what it is."""
    kinds = [".md", *PICTURES]
    if name.endswith(tuple(kinds)):
        return None
    stem, dot, ending = name.rpartition(".")
    right = f"{stem}.{ending.lower()}" if dot and f".{ending.lower()}" in kinds else ""
    hint = f"rename it to {right}" if right else ""
    return problem("theme-file-kind", place, hint=hint, endings=", ".join(kinds), folder=label)
