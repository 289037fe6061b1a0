"""What editors and git hooks read: the schema with this survey's words, the settings, the commands before a commit."""

import json
import re
import shlex
import subprocess
import sys
from fnmatch import fnmatch
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml
from living_survey.loading.settings import load_settings
from living_survey.loading.survey import load_survey
from living_survey.model.schema import survey_schema

from tests.commands import ROOT
from tests.commands import run_survey as run
from tests.fabricate import paper, write_survey

MODELINE = "# yaml-language-server: $schema=.schema.json\n"
REFERENCES = "@misc{w, author={Wren, Ada}, title={Herons by GPS}, year=2020, doi={10.5555/h}}\n"


@pytest.fixture
def new(tmp_path: Path) -> Path:
    """A survey as survey init makes it, with this environment's programs."""
    assert run(tmp_path, "init", "new", "--title", "Birds").returncode == 0
    (tmp_path / "new/.venv").symlink_to(Path(sys.executable).parent.parent)
    return tmp_path / "new"


@pytest.fixture
def birds_schema(tmp_path: Path) -> dict[str, Any]:
    """The schema of a survey with facets and attributes."""
    facets = {"method": {"title": "Method", "values": {"gps": "By satellite", "rings": "By rings"}}}
    settings = {"facets": facets, "attributes": {"place": "Place"}, "require": ["themes"]}
    config = write_survey(tmp_path / "survey", 2, settings=settings)
    printed: dict[str, Any] = json.loads(run(config.parent, "schema", "--survey").stdout)
    assert printed == survey_schema(load_survey(load_settings(config))[0])
    return printed


def test_the_committed_schema_is_in_step_and_takes_every_paper() -> None:
    done = run(ROOT, "schema", "--check")
    assert done.returncode == 0, done.stdout
    schema = json.loads((ROOT / "papers/.schema.json").read_text(encoding="utf-8"))
    jsonschema.Draft7Validator.check_schema(schema)
    validator = jsonschema.Draft7Validator(schema)
    for file in (ROOT / "papers").glob("*.yaml"):
        validator.validate(yaml.load(file.read_text(encoding="utf-8"), Loader=_Core))  # noqa: S506  (a SafeLoader)
    assert "serving/long-context" in schema["properties"]["themes"]["items"]["enum"]
    of_questions = json.loads((ROOT / "docs/questions/.schema.json").read_text(encoding="utf-8"))
    for file in (ROOT / "docs/questions").glob("*.yaml"):
        question = yaml.load(file.read_text(encoding="utf-8"), Loader=_Core)  # noqa: S506  (a SafeLoader)
        jsonschema.Draft7Validator(of_questions).validate(question)


class _Core(yaml.SafeLoader):
    """Reads dates as text, as editors do, whose YAML is of version 1.2."""


_Core.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if not tag.endswith("timestamp")]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def test_the_survey_s_schema_offers_its_words_and_refuses_others(birds_schema: dict[str, Any]) -> None:
    validator = jsonschema.Draft7Validator(birds_schema)
    good = {**paper(1), "facets": {"method": ["gps"]}, "attributes": {"place": "Lund"}}
    validator.validate(good)
    mistakes: list[dict[str, Any]] = [
        {"themes": ["flihgt"]}, {"kind": "reviw"}, {"facets": {"method": ["sonar"]}}, {"facets": {"methods": ["gps"]}},
        {"attributes": {"plase": "Lund"}}, {"autors": []}, {"venue": {"nam": "x"}}, {"kind": None},
    ]  # fmt: skip
    for wrong in mistakes:
        with pytest.raises(jsonschema.ValidationError):
            validator.validate({**good, **wrong})
    with pytest.raises(jsonschema.ValidationError, match="'themes' is a required property"):
        validator.validate({name: value for name, value in good.items() if name != "themes"})


def test_a_schema_out_of_step_is_found_and_renewed(new: Path) -> None:
    assert run(new, "schema", "--check").returncode == 0
    theme = (new / "docs/themes/first-theme.md").read_text(encoding="utf-8")
    (new / "docs/themes/nests.md").write_text(theme, encoding="utf-8")
    done = run(new, "schema", "--check")
    assert (done.returncode, done.stdout) == (
        1, "papers/.schema.json: error: not up to date\n    run: survey schema --write\n"
    )  # fmt: skip
    assert run(new, "schema", "--write").stdout == "papers/.schema.json\n"
    assert run(new, "schema", "--check").returncode == 0
    assert run(new, "mv", "nests", "broods").returncode == 0
    assert '"broods"' in (new / "papers/.schema.json").read_text(encoding="utf-8")
    assert run(new, "forms", "--check").returncode == 0


def test_the_editor_s_settings_name_the_schemas_and_every_file_of_theirs(new: Path) -> None:
    names = json.loads((ROOT / "docs/.registry.schema.json").read_text(encoding="utf-8"))
    jsonschema.Draft7Validator.check_schema(names)
    registry = yaml.load((ROOT / "docs/registry.yaml").read_text(encoding="utf-8"), Loader=_Core)  # noqa: S506
    jsonschema.Draft7Validator(names).validate(registry)
    for block, wrong in (("metrics", {"family": "sped"}), ("baselines", {"kind": "x"}), ("models", {"labl": "x"})):
        name, entry = next(iter(registry[block].items()))
        with pytest.raises(jsonschema.ValidationError):
            jsonschema.Draft7Validator(names).validate({**registry, block: {name: {**entry, **wrong}}})
    for folder, kinds in ((ROOT, ("papers", "docs/questions", "docs/comparisons")), (new, ("papers",))):
        settings = json.loads((folder / ".vscode/settings.json").read_text(encoding="utf-8"))
        schemas = settings["yaml.schemas"]
        assert len(schemas) == 5
        assert schemas["./docs/.registry.schema.json"] == "/docs/registry.yaml"
        for kind in kinds:
            assert (folder / kind / ".schema.json").is_file()
            pattern = schemas[f"./{kind}/.schema.json"]
            files = [f"/{file.relative_to(folder).as_posix()}" for file in (folder / kind).glob("*.yaml")]
            assert files
            assert [name for name in files if not fnmatch(name, pattern)] == []
        extensions = json.loads((folder / ".vscode/extensions.json").read_text(encoding="utf-8"))
        assert "redhat.vscode-yaml" in extensions["recommendations"]


def test_the_modeline_survives_formatting_and_renaming(new: Path) -> None:
    file = new / "papers/wang2025enterprise.yaml"
    lines = file.read_text(encoding="utf-8").splitlines()[1:]
    file.write_text(MODELINE + "\n".join([lines[-1], *lines[:-1]]) + "\n", encoding="utf-8")  # one field out of order
    assert run(new, "fmt").stdout == "formatted papers/wang2025enterprise.yaml\n"
    assert file.read_text(encoding="utf-8") == MODELINE + "\n".join(lines) + "\n"
    assert run(new, "mv", "wang2025enterprise", "wang2025benchmark").returncode == 0
    assert (new / "papers/wang2025benchmark.yaml").read_text(encoding="utf-8").startswith(f"{MODELINE}title:")


@pytest.mark.parametrize(("setting", "first"), [(True, MODELINE), (False, "title: Herons by GPS\n")])
@pytest.mark.parametrize("command", [["import"], ["add", "--theme", "flight"]])
def test_new_files_have_the_modeline_where_it_is_wanted(
    tmp_path: Path, command: list[str], setting: bool, first: str
) -> None:
    settings = {"require": [], **({"schema_modeline": True} if setting else {})}
    folder = write_survey(tmp_path / "survey", 1, settings=settings).parent
    (folder / "refs.bib").write_text(REFERENCES, encoding="utf-8")
    assert run(folder, *command, "refs.bib").returncode == 0
    assert (folder / "papers/wren2020herons.yaml").read_text(encoding="utf-8").startswith(first)
    assert run(folder, "fmt", "--check", "papers/wren2020herons.yaml").returncode == 0
    assert run(folder, "check").returncode == 0


def test_a_modeline_is_wanted_or_not(tmp_path: Path) -> None:
    folder = write_survey(tmp_path / "survey", 1, settings={"schema_modeline": "maybe"}).parent
    done = run(folder, "check")
    assert done.returncode == 1
    assert re.search(r"mkdocs\.yml:\d+:\d+: error: survey\.schema_modeline|schema_modeline: ", done.stdout)


def commit(folder: Path, *names: str) -> list[tuple[str, int, str]]:
    """Do what pre-commit does with the files of a commit; return (hook, exit code, output) of the hooks that run."""
    config = yaml.safe_load((folder / ".pre-commit-config.yaml").read_text(encoding="utf-8"))
    results = []
    for hook in (hook for repository in config["repos"] for hook in repository["hooks"]):
        assert hook["language"] == "system"
        chosen = [name for name in names if re.search(hook.get("files", ""), name)]
        if "python" in hook.get("types", []):
            chosen = [name for name in chosen if name.endswith(".py")]
        if chosen:
            command = shlex.split(hook["entry"]) + (chosen if hook.get("pass_filenames", True) else [])
            done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
            results.append((hook["id"], done.returncode, done.stdout + done.stderr))
    return results


def test_hooks_pass_what_is_right_here() -> None:
    names = ["papers/sun2025efficient.yaml", "docs/themes/data.md", "tests/conftest.py", "papers/.schema.json"]
    assert [result[:2] for result in commit(ROOT, *names)] == [
        ("survey-fmt", 0), ("survey-check", 0), ("ruff", 0), ("ruff-format", 0),
    ]  # fmt: skip


@pytest.mark.long
def test_hooks_of_a_new_survey_format_and_refuse(new: Path) -> None:
    name = "papers/wang2025enterprise.yaml"
    file = new / name
    right = file.read_text(encoding="utf-8")
    assert [result[:2] for result in commit(new, name, "README.md")] == [("survey-fmt", 0), ("survey-check", 0)]
    file.write_text(right.replace("year: 2025", 'year:   "2025"'), encoding="utf-8")
    assert [result[:2] for result in commit(new, name)] == [("survey-fmt", 0), ("survey-check", 0)]
    assert file.read_text(encoding="utf-8") == right  # pre-commit sees the change and stops
    file.write_text(right.replace("kind: dataset", "kind: datset"), encoding="utf-8")
    (_, formatted, _), (_, checked, words) = commit(new, name)
    assert (formatted, checked) == (0, 1)
    assert 'did you mean "dataset"?' in words
    assert commit(new, "README.md") == []
