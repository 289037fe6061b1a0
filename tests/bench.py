"""Measure whole builds as processes: ``make bench``.

Prints wall time, CPU time and peak memory of building this repository's survey and, in turn with it, an empty site
with the same theme and configuration; then surveys of 1,000 and 10,000 made papers, and what one more paper costs.
Writes ``build/bench.json``.
"""

import json
import os
import statistics
import sys
import tempfile
import time
from dataclasses import asdict, dataclass
from pathlib import Path

import yaml
from living_survey.syntax.opaque_yaml import OpaqueTags

from tests.fabricate import write_survey

ROOT = Path(__file__).parent.parent
PAIRS = 5
SIZES = (1_000, 10_000)


@dataclass
class Run:
    """One build: the keys are those of ``build/bench.json``."""

    tool: str
    papers: int
    wall_s: float
    cpu_s: float
    peak_mb: float
    files: int
    bytes: int


def build(tool: str, papers: int, config: Path, site: Path) -> Run:
    """Build a site in a process of its own and measure that process."""
    command = [str(Path(sys.executable).parent / "mkdocs"), "build", "-q", "-f", str(config), "-d", str(site)]
    start = time.perf_counter()
    child = os.posix_spawn(command[0], command, {**os.environ, "NO_MKDOCS_2_WARNING": "1"})
    _, status, usage = os.wait4(child, 0)
    wall = time.perf_counter() - start
    if status:
        sys.exit(f"the build of {config} failed")
    files = [file for file in site.rglob("*") if file.is_file()]
    unit = 1024 if sys.platform == "linux" else 1024 * 1024
    return Run(
        tool, papers, wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / unit, len(files),
        sum(file.stat().st_size for file in files),
    )  # fmt: skip


def write_empty_site(folder: Path) -> Path:
    """Write a site of one page with this repository's theme and extensions, and without the survey."""
    config = yaml.load((ROOT / "mkdocs.yml").read_text(encoding="utf-8"), Loader=OpaqueTags)  # noqa: S506
    kept = {key: config[key] for key in ("site_name", "site_url", "theme", "markdown_extensions")}
    (folder / "docs").mkdir(parents=True)
    (folder / "docs/index.md").write_text("# Empty\n", encoding="utf-8")
    file = folder / "mkdocs.yml"
    file.write_text(yaml.safe_dump({**kept, "plugins": ["search"]}), encoding="utf-8")
    return file


def middle(runs: list[Run]) -> Run:
    """Return the run with the median CPU time."""
    return sorted(runs, key=lambda run: run.cpu_s)[len(runs) // 2]


def main() -> None:
    """Measure, print, write."""
    papers = len(list((ROOT / "papers").glob("*.yaml")))
    results = []
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        empty = write_empty_site(folder / "empty")
        survey_runs, empty_runs = [], []
        for _ in range(PAIRS):  # in turn, because a machine's speed drifts
            survey_runs.append(build("survey", papers, ROOT / "mkdocs.yml", folder / "survey-site"))
            empty_runs.append(build("mkdocs", 0, empty, folder / "empty-site"))
        results += [middle(survey_runs), middle(empty_runs)]
        for size in SIZES:
            config = write_survey(folder / f"birds-{size}", size)
            results.append(build("survey", size, config, folder / f"birds-{size}/site"))
    print(f"{'':>16} {'papers':>7} {'wall s':>8} {'CPU s':>8} {'peak MB':>8} {'files':>7} {'MB':>7}")
    for run in results:
        name = "empty site" if run.tool == "mkdocs" else "survey"
        print(
            f"{name:>16} {run.papers:>7,} {run.wall_s:>8.2f} {run.cpu_s:>8.2f} {run.peak_mb:>8.0f} {run.files:>7,}"
            f" {run.bytes / 1e6:>7.1f}"
        )
    pairs = list(zip(survey_runs, empty_runs, strict=True))
    for name, ratios in (
        ("CPU", [a.cpu_s / b.cpu_s for a, b in pairs]),
        ("wall", [a.wall_s / b.wall_s for a, b in pairs]),
    ):
        median, low, high = statistics.median(ratios), min(ratios), max(ratios)
        print(f"survey / empty site, {name}: {median:.2f} (median of {PAIRS} pairs, {low:.2f} to {high:.2f})")
    few, many = results[-2], results[-1]
    more = many.papers - few.papers
    print(f"one more paper: {(many.cpu_s - few.cpu_s) / more * 1000:.2f} ms CPU, ", end="")
    print(f"{(many.peak_mb - few.peak_mb) / more * 1024:.1f} kB memory, {(many.files - few.files) / more:.2f} files")
    output = ROOT / "build/bench.json"
    output.parent.mkdir(exist_ok=True)
    output.write_text(json.dumps([asdict(run) for run in results], indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
