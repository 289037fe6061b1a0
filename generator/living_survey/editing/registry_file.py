"""Add names to the text of a registry file; all that stands there keeps its bytes, comments too.

I/O: none.
"""

import re
from collections.abc import Mapping
from typing import Any

import yaml

from living_survey.formats.paper_file import to_flow
from living_survey.syntax.errors import INPUT_IS_WRONG, SurveyError
from living_survey.syntax.yaml_edit import compose
from living_survey.syntax.yaml_reader import read_mapping

WIDTH = 120
NEW = """\
# The names that the numbers of this survey use: metrics, units, baselines, benchmarks, models, hardware.
# A new name: survey add name baseline sglang "SGLang"

families:
  finding: {title: Other findings, alike: []}
  scale: {title: Scale, list: scale}

units:
  time: {s: 1, ms: 0.001, min: 60, h: 3600, days: 86400}
  bytes: {MB: 1.0e+6, GB: 1.0e+9, TB: 1.0e+12}
  share: {percent: 1}

metrics: {}

baselines:
  itself: {label: the same without the method, kind: itself}
  unnamed: {label: something that is not named, kind: unnamed, vague: true}
  unstated: {label: not said against what, kind: unnamed, vague: true}
"""
"""What a survey without a file of names begins with."""


class RegistryFileError(SurveyError):
    """A registry file is written in a way in which nothing can be added to it."""

    exit_code = INPUT_IS_WRONG


def add_entry(text: str, block: str, name: str, entry: Mapping[str, Any] | list[str], *, path: str) -> str:
    """Return the text of a registry file with one more entry at the end of a block.

    Args:
        text: The file, which can be read.
        block: ``baselines``; it is added where the file lacks it.
        name: The new name.
        entry: Its fields, as the file has them; units that convert into nothing are a list.
        path: The file, as it is reported.

    Raises:
        RegistryFileError: If the name is there already, or the block is written so that no line can be added.
    """
    before = read_mapping(text.encode("utf-8"), path, positions=False).data
    there = before.get(block) or {}
    if name in there:
        raise RegistryFileError(f"{path} has {name} among its {block} already")
    line_end = "\r\n" if "\r\n" in text else "\n"
    new = _added(text.replace("\r\n", "\n"), block, name, entry)
    after = read_mapping(new.encode("utf-8"), path, positions=False)
    wanted = {**before, block: {**there, name: entry}} if isinstance(there, dict) else None
    if after.problems or wanted is None or _plain(after.data) != _plain(wanted):
        lines = "\n".join(_lines(name, entry, "  "))
        raise RegistryFileError(f"{path}: nothing can be added to {block} as it is written; add it by hand:\n{lines}")
    return new.replace("\n", line_end)


def _added(text: str, block: str, name: str, entry: Mapping[str, Any] | list[str]) -> str:
    node = next((value for key, value in compose(text).value if key.value == block), None)
    key = next((key for key, _ in compose(text).value if key.value == block), None)
    if key is None or node is None:
        return "\n".join([text.rstrip("\n"), "", f"{block}:", *_lines(name, entry, "  "), ""])
    if isinstance(node, yaml.MappingNode) and node.flow_style:
        end = node.end_mark.index - 1
        if not node.value and not text[node.start_mark.index + 1 : end].strip():  # {}: the block begins here
            rest = text[end + 1 :]
            behind, _, further = rest.partition("\n")
            head = text[: node.start_mark.index].rstrip() + behind.rstrip()
            return "\n".join([head, *_lines(name, entry, "  "), further])
        comma = "" if text[:end].rstrip().endswith((",", "{")) else ", "
        return f"{text[:end].rstrip()}{comma}{name}: {to_flow(entry)}{text[end:]}"
    lines = text.split("\n")
    last = key.start_mark.line
    for number in range(last + 1, len(lines)):
        if lines[number].strip() and not lines[number].startswith((" ", "#")):
            break
        if lines[number].startswith(" ") and lines[number].strip():
            last = number
    items = node.value if isinstance(node, yaml.MappingNode) else []
    indent = " " * items[0][0].start_mark.column if items else "  "
    return "\n".join([*lines[: last + 1], *_lines(name, entry, indent), *(lines[last + 1 :] or [""])])


def _lines(name: str, entry: Mapping[str, Any] | list[str], indent: str) -> list[str]:
    """Return an entry on one line where it fits, else with its fields below the name."""
    line = f"{indent}{name}: {to_flow(entry)}"
    if len(line) <= WIDTH or isinstance(entry, list):
        return [line]
    parts = [to_flow({field: value})[1:-1] for field, value in entry.items()]
    lines = [f"{indent}{name}:", f"{indent}  {{{parts[0]}"]
    for part in parts[1:]:
        if part.startswith("means:") or len(lines[-1]) + len(part) + 3 > WIDTH:
            lines[-1] += ","
            lines.append(f"{indent}   {part}")
        else:
            lines[-1] += f", {part}"
    lines[-1] += "}"
    return lines


def _plain(value: Any) -> Any:
    """Return data as what its text says, whoever made it."""
    if isinstance(value, Mapping):
        return {str(name): _plain(inner) for name, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(inner) for inner in value]
    return str(value).lower() if isinstance(value, bool) else re.sub(r"\s+", " ", str(value)).strip()
