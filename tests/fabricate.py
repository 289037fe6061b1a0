"""Surveys made for tests and benchmarks, about birds: nothing here is about the survey of this repository.

All of it is deterministic: paper ``n`` is always the same.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml
from living_survey.formats.paper_file import to_yaml as to_canonical

FAMILIES = ["Wren", "Ørsted", "van der Meer", "Nuthatch", "Šimek", "Finch", "Li", "Ó Broin", "Müller", "Kestrel-Jones"]
GIVENS = ["Ada", "Bertil", "Chiara", "D. E.", "Émile", "Fatima", "Grzegorz", "Hana", "Ingrid", "Jun"]
SUBJECTS = ["warbler", "swift", "heron", "plover", "stork", "crane", "GPS tracks", "eBird counts", "moult", "song"]
VERBS = ["migration", "navigation", "stopover", "wintering", "return rates", "flight heights", "breeding", "decline"]
VENUES = [("Journal of Field Studies", "JFS"), ("Ibis Letters", "Ibis Lett."), ("Annals of Flight", None)]
KINDS = {"observation": "What was seen", "experiment": "What was tried", "review": "What was read"}
REGISTRY: dict[str, Any] = {
    "families": {
        "flight": {"title": "Flight", "alike": ["baseline", "model"]},
        "song": {"title": "Song"},
        "body": {"title": "Body", "list": "scale"},
    },
    "units": {
        "speed": {"km/h": "1", "m/s": "3.6"}, "mass": {"g": "1", "kg": "1000"}, "share": {"percent": "1"},
        "counts": ["birds"],
    },
    "metrics": {
        "speed": {"family": "flight", "better": "higher", "units": ["km/h"], "means": "How fast a bird flies",
                  "also": ["top speed", "velocity"]},
        "rest": {"family": "flight", "better": "lower", "units": ["percent"], "means": "Share of the night at rest"},
        "notes": {"family": "song", "better": "higher", "units": ["percent"], "means": "Notes that are recognized"},
        "mass": {"family": "body", "units": ["g"], "means": "What a bird weighs"},
        "flock": {"family": "body", "counts": "birds", "means": "Birds seen together"},
    },
    "baselines": {
        "gulls": {"label": "Gulls", "kind": "named", "also": ["sea gulls"]},
        "itself": {"label": "the same bird by day", "kind": "itself"},
        "unnamed": {"label": "birds not named", "kind": "unnamed", "vague": "true", "also": ["others"]},
    },
    "benchmarks": {"dawn": {"label": "Dawn chorus"}, "dusk": {"label": "Dusk chorus"}},
    "models": {
        "swift": {"label": "Swift", "size": "0.04B"}, "owl": {"label": "Barn owl"},
        "wader": {"label": "wader", "vague": "true"},
    },
    "hardware": {"tower": {"label": "Tower", "class": "fixed"}},
}  # fmt: skip
"""Names that the numbers of made papers use, as a file says them."""


def number(value: str = "40", unit: str = "km/h", **changes: Any) -> dict[str, Any]:
    """Return a number of a made paper, in the shape of a paper file; a field that is none is left out."""
    said = {
        "metric": "speed",
        "value": value,
        "unit": unit,
        "quote": f"flies {value} {unit.split(maxsplit=1)[0]} at night",
    }
    return {name: field for name, field in {**said, **changes}.items() if field is not None}


THEMES = {
    "flight": ("Flight", "How birds stay in the air."),
    "flight/height": ("Flight height", "How high birds fly."),
    "flight/speed": ("Flight speed", "How fast birds fly."),
    "season": ("Season", "When birds come and go."),
    "song": ("Song", "What birds sing, and why."),
}
LEAVES = ["flight/height", "flight/speed", "season", "song"]


def paper(n: int) -> dict[str, Any]:
    """Return the data of paper ``n``, counted from 1."""
    year = 1995 + n * 7 % 30
    authors = [
        {"family": FAMILIES[(n + 3 * i) % 10], "given": f"{GIVENS[(n // 10 + i) % 10]} {chr(65 + n // 100 % 26)}."}
        for i in range(1 + n % 6)
    ]
    data: dict[str, Any] = {
        "title": f"{SUBJECTS[n % 10].capitalize()} {VERBS[n // 10 % 8]}: field study {n} & 100% of its data",
        "authors": authors,
        "year": year,
        "first_public": f"{year}-{1 + n % 12:02d}-{1 + n % 28:02d}",
        "type": "article" if n % 3 else "preprint",
        "status": "published" if n % 3 else "preprint",
    }
    if n % 3:
        name, short = VENUES[n // 3 % 3]
        data["venue"] = {
            "name": name,
            **({"short": short} if short else {}),
            "volume": str(n % 40 + 1),
            "pages": f"{n}-{n + 9}",
        }
        data["doi"] = f"10.5555/birds.{n}"
    else:
        data["arxiv"] = f"{year % 100:02d}{1 + n % 12:02d}.{n:05d}"
    if n % 4 == 0:
        data["links"] = {"code": f"https://example.org/code/{n}"}
    data["themes"] = list(dict.fromkeys([LEAVES[n % 4], LEAVES[n * 3 // 4 % 4]]))
    data["kind"] = list(KINDS)[n % 3]
    data["tldr"] = f"Follows flock F{n + 20} through a season and reports how {VERBS[n % 8]} changes with the weather."
    data["added"] = "2026-01-02"
    return data


def key(n: int) -> str:
    """Return the citation key of paper ``n``."""
    return f"bird{1995 + n * 7 % 30}study{n}"


def to_yaml(data: Mapping[str, Any]) -> str:
    """Return data as YAML in which every text is quoted."""
    return yaml.dump(dict(data), Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=10_000)


class _Dumper(yaml.SafeDumper):
    """Quotes every text but keys."""


def _text(dumper: yaml.SafeDumper, value: str) -> yaml.ScalarNode:
    style = None if value.isidentifier() or (value.startswith(("19", "20")) and len(value) == 10) else '"'
    return dumper.represent_scalar("tag:yaml.org,2002:str", value, style=style)


_Dumper.add_representer(str, _text)

CONFIG: dict[str, Any] = {
    "site_name": "Birds, a survey",
    "site_description": "What is known of birds on the move.",
    "site_url": "https://birds.example.org/survey/",
    "repo_url": "https://github.com/birds/survey",
    "edit_uri": "edit/main/docs/",
    "theme": {"name": "material", "font": False},
    "markdown_extensions": ["attr_list", "md_in_html", {"toc": {"permalink": True}}],
    "validation": {"links": {"anchors": "warn"}},
}


def write_registry(folder: Path) -> Path:
    """Write the names that the numbers of made papers use into a survey; return the file's path."""
    file = folder / "docs/registry.yaml"
    file.write_text(to_yaml(REGISTRY), encoding="utf-8")
    return file


def write_survey(
    folder: Path, papers: int = 0, *, settings: Mapping[str, Any] | None = None, config: Mapping[str, Any] | None = None
) -> Path:
    """Write a survey of ``papers`` papers into a folder and return the path of its ``mkdocs.yml``."""
    block = {"kinds": KINDS, "require": ["themes", "kind"], **(settings or {})}
    whole = {**CONFIG, "plugins": ["search", {"survey": block}], **(config or {})}
    (folder / "papers").mkdir(parents=True)
    for path, (title, definition) in THEMES.items():
        inner = any(other.startswith(f"{path}/") for other in THEMES)
        file = folder / "docs/themes" / (f"{path}/index.md" if inner else f"{path}.md")
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(f"---\ntitle: {title}\ndefinition: {definition}\n---\nWhat we know.\n", encoding="utf-8")
    blocks = [f"<!-- survey:{name} -->" for name in ("counts", "themes", "newest", "downloads")]
    (folder / "docs/index.md").write_text("\n\n".join(["# Birds", *blocks]) + "\n", encoding="utf-8")
    for n in range(1, papers + 1):
        (folder / f"papers/{key(n)}.yaml").write_text(to_canonical(paper(n)), encoding="utf-8")
    file = folder / "mkdocs.yml"
    file.write_text(yaml.safe_dump(whole, allow_unicode=True, sort_keys=False), encoding="utf-8")
    return file
