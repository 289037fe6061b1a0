"""`survey add name`: one entry more in the registry, everything else byte for byte, or nothing at all."""

import difflib
from pathlib import Path

import pytest
from living_survey.editing.registry_file import RegistryFileError, add_entry

from tests.commands import run_survey as run
from tests.commands import snapshot
from tests.editing.test_migrate import REGISTRY
from tests.fabricate import write_survey

SGLANG = {"label": "SGLang", "kind": "named"}


@pytest.fixture
def survey(tmp_path: Path) -> Path:
    """A survey with a registry."""
    folder = write_survey(tmp_path / "survey", 1).parent
    (folder / "docs/registry.yaml").write_text(REGISTRY, encoding="utf-8")
    return folder


def added(folder: Path) -> str:
    """Return the lines that the registry has more; none of those that it had may have changed."""
    now = (folder / "docs/registry.yaml").read_text(encoding="utf-8")
    lines = list(difflib.ndiff(REGISTRY.splitlines(), now.splitlines()))
    assert not [line for line in lines if line.startswith("-")]
    return "\n".join(line[2:] for line in lines if line.startswith("+"))


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (["baseline", "sglang", "SGLang"], "  sglang: {label: SGLang, kind: named}"),
        (
            ["Baselines", "16-bit", "16-bit flight", "--kind", "itself", "--also", "FP16", "--also", "half", "--vague"],
            "  16-bit: {label: 16-bit flight, kind: itself, also: [FP16, half], vague: true}",
        ),
        (["model", "qwen3-8b", "Qwen3 8B", "--size", "8B"], "  qwen3-8b: {label: Qwen3 8B, size: 8B}"),
        (["benchmarks", "count", "Night, count"], '\nbenchmarks:\n  count: {label: "Night, count"}'),
        (["hardware", "balloon", "Balloon", "--class", "sky"], "  balloon: {label: Balloon, class: sky}"),
        (
            ["metric", "moult-time", "--family", "speed", "--means", "Time of moult", "--unit", "s", "--unit", "h",
             "--better", "lower"],
            "  moult-time: {family: speed, better: lower, units: [s, h], means: Time of moult}",
        ),
        (
            ["metrics", "nests", "Nests built", "--family", "size", "--means", "Nests", "--counts", "nests", "--better",
             "none"],
            "  nests: {family: size, label: Nests built, counts: nests, means: Nests}",
        ),
    ],
)  # fmt: skip
def test_a_name_stands_at_the_end_of_its_block(survey: Path, arguments: list[str], expected: str) -> None:
    done = run(survey, "add", "name", *arguments)
    assert done.returncode == 0, done.stderr
    assert added(survey) == expected
    assert run(survey, "check").returncode == 0


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (["baseline", "resting", "Rest"], "docs/registry.yaml has resting among its baselines already"),
        (["baseline", "still", "rest"], 'the spelling "rest" is that of resting already'),
        (["baseline", "SGLang", "SGLang"], "a name has lowercase letters"),
        (["model", "x", "X", "--size", "big"], "big is not a size"),
        (["metric", "x", "--family", "sped", "--means", "x", "--unit", "s", "--better", "none"], 'mean "speed"?'),
        (["metric", "x", "--family", "speed", "--means", "x", "--unit", "sec", "--better", "lower"], 'no unit "sec"'),
    ],
)  # fmt: skip
def test_a_name_that_would_be_wrong_is_not_written(survey: Path, arguments: list[str], expected: str) -> None:
    before = snapshot(survey)
    done = run(survey, "add", "name", *arguments)
    assert done.returncode == 1
    assert expected in done.stderr
    assert snapshot(survey) == before


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (["basline", "x", "X"], 'unknown block: basline; did you mean "baseline"?'),
        (["baseline", "x"], 'survey add name baseline x "LABEL"'),
        (["baseline", "x", "X", "--size", "7B"], "--size belongs to a model, not to a baseline"),
        (["metric", "x"], "a metric needs --family, --means, --unit or --counts, --better"),
        (["metric", "x", "--vague", "--family", "speed"], "--vague belongs to a baseline or"),
        ([], "Missing argument 'BLOCK'"),
    ],
)
def test_what_is_missing_or_unknown_is_named(survey: Path, arguments: list[str], expected: str) -> None:
    done = run(survey, "add", "name", *arguments)
    assert done.returncode == 2
    assert expected in done.stderr


def test_a_wrong_registry_is_named_and_stays(survey: Path) -> None:
    (survey / "docs/registry.yaml").write_text("families: {a: {tilte: A}}\n", encoding="utf-8")
    done = run(survey, "add", "name", "baseline", "sglang", "SGLang")
    assert done.returncode == 1
    assert "docs/registry.yaml:1:16: error: families.a: unknown field: tilte" in done.stderr


def test_a_survey_without_a_registry_gets_one(survey: Path) -> None:
    (survey / "docs/registry.yaml").unlink()
    assert run(survey, "add", "name", "baseline", "sglang", "SGLang").returncode == 0
    assert (
        (survey / "docs/registry.yaml").read_text(encoding="utf-8").endswith("  sglang: {label: SGLang, kind: named}\n")
    )
    assert run(survey, "check").returncode == 0


def test_anything_else_behind_add_is_a_paper(survey: Path) -> None:
    assert "Add a paper" in run(survey, "add", "--help").stdout
    assert "Add a name to the registry" in run(survey, "add", "name", "--help").stdout
    assert "add name" in run(survey, "--help").stdout
    done = run(survey, "add", "none.bib")
    assert "none.bib" in done.stdout


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("baselines: {a: {label: A}}\n", "baselines: {a: {label: A}, sglang: {label: SGLang, kind: named}}\n"),
        (
            "baselines: {}  # none\nunits: {}\n",
            "baselines:  # none\n  sglang: {label: SGLang, kind: named}\nunits: {}\n",
        ),
        (
            "baselines:\n    a:\n      label: A\n    # end\n\n# next\nx: {}",
            "baselines:\n    a:\n      label: A\n    # end\n    sglang: {label: SGLang, kind: named}\n\n# next\nx: {}",
        ),
        ("units: {}\r\nbaselines:\r\n", "units: {}\r\nbaselines:\r\n  sglang: {label: SGLang, kind: named}\r\n"),
        ("# only\nunits: {}", "# only\nunits: {}\n\nbaselines:\n  sglang: {label: SGLang, kind: named}\n"),
    ],
)
def test_a_block_can_be_written_in_any_way(text: str, expected: str) -> None:
    assert add_entry(text, "baselines", "sglang", SGLANG, path="r.yaml") == expected


def test_a_block_that_takes_no_line_says_what_to_add_by_hand() -> None:
    with pytest.raises(RegistryFileError, match=r"add it by hand:\n  sglang: \{label: SGLang, kind: named\}"):
        add_entry("baselines: {a: {label: A} # one\n }\n", "baselines", "sglang", SGLANG, path="r.yaml")
