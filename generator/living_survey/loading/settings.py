"""Read the ``survey`` block of ``mkdocs.yml``, without MkDocs, so that commands and plugin share one definition.

I/O: reads ``mkdocs.yml``.
"""

import re
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import yaml
from pydantic import ValidationError

from living_survey.loading.hosting import addresses_from_workflow, is_placeholder
from living_survey.loading.validate import model_problems
from living_survey.model.settings import Settings
from living_survey.syntax.characters import CONTROL
from living_survey.syntax.opaque_yaml import MAX_DEPTH, Opaque, read_opaque
from living_survey.syntax.problems import Problem, ProblemsError, problem
from living_survey.syntax.reading import reading
from living_survey.syntax.yaml_edit import compose
from living_survey.syntax.yaml_reader import check_size

_OF_THE_SITE = ("site_name", "site_description", "site_url", "repo_url", "edit_uri")
"""What the survey takes from the top level of ``mkdocs.yml``."""
_FOLDERS = ("docs_dir", "site_dir")


def load_settings(config_file: Path, *, environ: Mapping[str, str] | None = None, **overrides: str) -> Settings:
    """Read the settings of the survey that a configuration file describes.

    Args:
        config_file: Path of ``mkdocs.yml``.
        environ: The process's environment, where addresses that are still placeholders may come from GitHub's workflow.
            A build passes it; commands that write committed files do not, since these are the same everywhere.
        overrides: Top-level values that the caller knows better (``mkdocs serve`` changes ``site_url``).

    Raises:
        ProblemsError: If the file cannot be read or its ``survey`` block is wrong.
    """
    config_file = config_file.absolute()
    name = config_file.name
    try:
        if too_large := check_size(config_file.stat().st_size, name):
            raise ProblemsError(too_large)
        raw = config_file.read_bytes()
    except OSError as error:
        raise ProblemsError([problem("settings-unreadable", name, reason=error.strerror or str(error))]) from None
    with reading(name):
        return _settings_of(raw, config_file, environ or {}, overrides)


def _settings_of(raw: bytes, config_file: Path, environ: Mapping[str, str], overrides: Mapping[str, str]) -> Settings:
    """Return the settings that a file's bytes state."""
    name = config_file.name
    text, config = read_opaque(raw, name)
    block, index = _survey_block(config, name)
    problems = [
        problem("settings-tag", name, field=("survey", *path))
        for path, value in _walk(block)
        if isinstance(value, Opaque) or (path and path[-1] == "INHERIT")
    ]
    if not problems:
        root = config_file.parent
        _check_characters(config, text, name)
        for key in _FOLDERS:
            if not isinstance(config.get(key) or "", str):
                place, default = (line_of(text, key), 1), key.removesuffix("_dir")
                raise ProblemsError([problem("settings-folder", name, place, name=key, default=default)])
        folders = {
            "root": root,
            "docs_dir": root / (config.get("docs_dir") or "docs"),
            "site_dir": Path(overrides.get("site_dir") or root / (config.get("site_dir") or "site")),
        }
        known = _of_the_site(config, overrides, addresses_from_workflow(environ, folders["docs_dir"]))
        lines = {key: line_of(text, key) for key in (*_OF_THE_SITE, *_FOLDERS)}
        known |= {"config": name, "lines": lines, "placeholders": {key: lines[key] for key in known["placeholders"]}}
        try:
            return Settings.model_validate(
                {**block, **known, **folders, "named": [root / path for path in _named(config)]}
            )
        except ValidationError as error:
            problems = model_problems(error, name, Settings)
            problems = [replace(one, field=("survey", *one.field)) for one in problems]
    node = compose(text)
    raise ProblemsError([_locate(one, node, index) for one in problems])


def _of_the_site(config: Mapping[str, Any], overrides: Mapping[str, str], hosted: Mapping[str, str]) -> dict[str, Any]:
    """Return what the top level of the configuration says of the site; a placeholder says nothing."""
    stated = {name: str(config.get(name) or "") for name in _OF_THE_SITE}
    known: dict[str, Any] = {**stated, **{name: value for name, value in overrides.items() if name in stated}}
    placeholders = [
        name for name in ("site_url", "repo_url") if is_placeholder(stated[name]) or is_placeholder(known[name])
    ]
    for name in placeholders:
        known[name] = hosted.get(name, "")
    known["site_url"] = known["site_url"].rstrip("/") + "/" if known["site_url"] else ""
    known["edit_uri"] = known["edit_uri"] or ("edit/main/docs/" if "github.com" in known["repo_url"] else "")
    return {**known, "placeholders": placeholders}


def line_of(text: str, name: str) -> int:
    """Return the line of a field at the top level, from 1; 0 where another file says it (``INHERIT``)."""
    found = re.search(rf"^{name}\s*:", text, re.MULTILINE)
    return text.count("\n", 0, found.start()) + 1 if found else 0


def _check_characters(config: dict[str, Any], text: str, name: str) -> None:
    """Refuse characters that nobody sees, behind an escape, in what the survey takes from the top level."""
    for key, value in [
        *((key, config.get(key)) for key in (*_OF_THE_SITE, *_FOLDERS)),
        ("theme", " ".join(_named(config))),
    ]:
        if found := CONTROL.search(str(value or "")):
            place, character = (line_of(text, key) or 1, 1), f"U+{ord(found[0]):04X}"
            raise ProblemsError([problem("character-invisible", name, place, character=character)])


def _named(config: dict[str, Any]) -> list[str]:
    """Return what a configuration names beside the survey's own files; MkDocs says what is wrong with it."""
    theme, hooks = config.get("theme"), config.get("hooks")
    names = [theme.get("custom_dir") if isinstance(theme, dict) else None, config.get("INHERIT")]
    names += hooks if isinstance(hooks, list) else []
    return [name for name in names if isinstance(name, str) and name]


def _survey_block(config: Any, name: str) -> tuple[dict[str, Any], int]:
    """Return the plugin's own settings and the plugin's place in the list."""
    plugins = config.get("plugins") if isinstance(config, dict) else None
    for index, plugin in enumerate(plugins if isinstance(plugins, list) else []):
        if plugin == "survey":
            return {}, index
        if isinstance(plugin, dict) and list(plugin) == ["survey"]:
            block = plugin["survey"] or {}
            if isinstance(block, dict):
                return block, index
    raise ProblemsError([problem("settings-no-survey", name)])


def _walk(value: Any, path: tuple[str | int, ...] = ()) -> list[tuple[tuple[str | int, ...], Any]]:
    if len(path) > MAX_DEPTH:
        return []
    items: Any = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [(path, value), *(pair for key, inner in items for pair in _walk(inner, (*path, key)))]


def _locate(found: Problem, node: Any, plugin: int) -> Problem:
    """Find the line of a field of the survey's block."""
    path = ("plugins", plugin, *found.field)
    mark = node.start_mark
    for part in path:
        if isinstance(node, yaml.MappingNode):
            named = [(key, value) for key, value in node.value if key.value == str(part)]
            if not named:
                break
            mark, node = named[0][0].start_mark, named[0][1]
        elif isinstance(node, yaml.SequenceNode) and isinstance(part, int) and part < len(node.value):
            node = node.value[part]
            mark = node.start_mark
        else:
            break
    return replace(found, line=mark.line + 1, column=mark.column + 1)
