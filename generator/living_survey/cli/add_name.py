"""`survey add name`. I/O: reads and writes the registry, prints."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click

from living_survey.cli.command import config_option, main
from living_survey.disk.replacing import replace_files
from living_survey.editing.add_name import SINGULAR, block_of, plan_name
from living_survey.loading.settings import load_settings
from living_survey.model.registry import KINDS
from living_survey.syntax.problems import did_you_mean

_OPTIONS = {
    "kind": ("baselines",), "size": ("models",), "class": ("hardware",), "paper": ("baselines", "benchmarks"),
    "vague": ("baselines", "benchmarks", "models", "hardware"),
    "family": ("metrics",), "means": ("metrics",), "unit": ("metrics",), "counts": ("metrics",), "better": ("metrics",),
}  # fmt: skip
"""Option → the blocks whose names can have it."""


@main.command("add name")
@config_option
@click.option("--also", multiple=True, help="Another spelling, which survey fmt replaces. Can be repeated.")
@click.option("--vague", is_flag=True, help="It does not pin down one thing: nothing ranks by it.")
@click.option("--kind", type=click.Choice(KINDS), help="Of a baseline; left out: named.")
@click.option("--paper", help="Of a baseline or benchmark: key of the paper that describes it.")
@click.option("--size", help="Of a model: its parameters, like 7B.")
@click.option("--class", "kind_of_machine", help="Of hardware: a value of the facet hardware, like phone.")
@click.option("--family", help="Of a metric: the family that it is shown in.")
@click.option("--means", help="Of a metric: its definition, in one sentence.")
@click.option("--unit", "units", multiple=True, help="Of a metric: a unit of its amounts. Can be repeated.")
@click.option("--counts", help="Of a metric without units: what it counts, like parameters.")
@click.option("--better", type=click.Choice(("higher", "lower", "none")), help="Of a metric: which is better.")
@click.argument("block")
@click.argument("name")
@click.argument("label", required=False)
def add_name(config_file: Path, block: str, name: str, label: str | None, **options: Any) -> None:
    """Add a name to the registry: what numbers measure, or are measured against, on, of, and with.

    BLOCK is metric, baseline, benchmark, model, or hardware; NAME has lowercase letters, digits, hyphens, and points;
    LABEL is how it is shown. The rest of the file stays as it is.

    \b
    survey add name baseline sglang "SGLang"
    survey add name model qwen3-8b "Qwen3 8B" --size 8B --also Qwen3-8B
    survey add name metric startup-time --family speed --better lower --unit s --means "Time until the first request"
    """  # noqa: D301  (the mark of click for lines that stay as they are)
    settings = load_settings(config_file)
    found = block_of(block)
    if found is None:
        hint = did_you_mean(block, SINGULAR.values())
        raise click.UsageError(f"unknown block: {block}; {hint}".rstrip("; "))
    options["class"] = options.pop("kind_of_machine")
    options["unit"] = options.pop("units")
    _check_options(found, name, label, options)
    new = plan_name(settings, found, name, _fields(found, name, label, options))
    replace_files({settings.root / settings.registry: new}, root=settings.root)
    click.echo(f"added {name} to {found} in {settings.registry}", err=True)


def _check_options(block: str, name: str, label: str | None, options: Mapping[str, Any]) -> None:
    """Refuse options of other blocks, and ask for those that this one needs."""
    one = SINGULAR[block]
    for option, blocks in _OPTIONS.items():
        if options[option] and block not in blocks:
            whose = " or ".join(SINGULAR[other] for other in blocks)
            raise click.UsageError(f"--{option} belongs to a {whose}, not to a {one}")
    if block != "metrics":
        if not label:
            raise click.UsageError(f'how is it shown? survey add name {one} {name} "LABEL"')
        return
    missing = [f"--{option}" for option in ("family", "means") if not options[option]]
    missing += [] if options["unit"] or options["counts"] else ["--unit or --counts"]
    missing += [] if options["better"] else ["--better"]
    if missing:
        raise click.UsageError(f"a metric needs {', '.join(missing)}")


def _fields(block: str, name: str, label: str | None, options: Mapping[str, Any]) -> dict[str, Any]:
    """Return what is said of the name, in the order of the file."""
    also, vague = list(options["also"]), options["vague"]
    if block == "metrics":
        shown = None if label == name.replace("-", " ") else label
        better = None if options["better"] == "none" else options["better"]
        units = list(options["unit"]) or None
        return {
            "family": options["family"], "label": shown, "better": better, "units": units,
            "counts": options["counts"], "means": options["means"], "also": also or None,
        }  # fmt: skip
    kind = (options["kind"] or "named") if block == "baselines" else None
    return {
        "label": label, "kind": kind, "size": options["size"], "class": options["class"], "paper": options["paper"],
        "also": also or None, "vague": vague,
    }  # fmt: skip
