"""Read JSON of strangers: no number is too long, and half a character becomes one that can be written. I/O: none."""

import json
import re
from typing import Any

_HALF = re.compile("[\ud800-\udfff]")
_LONGEST_NUMBER = 400
"""Digits of a number that Python makes one of; more stay text. Above 4,300, Python raises an error."""


def _number(text: str) -> int | str:
    return int(text) if len(text) <= _LONGEST_NUMBER else text


DECODER = json.JSONDecoder(parse_int=_number)


def half_in(value: Any) -> str:
    """Return the first half of a character in what JSON said; empty where there is none."""
    found = _HALF.search(json.dumps(value, ensure_ascii=False))
    return found[0] if found else ""


def mend(value: Any) -> Any:
    """Return what JSON said with U+FFFD in the place of halves of characters, which escapes can write."""
    if isinstance(value, str):
        return value if value.isascii() else _HALF.sub("\ufffd", value)
    if isinstance(value, list):
        return [mend(inner) for inner in value]
    if isinstance(value, dict):
        return {mend(name): mend(inner) for name, inner in value.items()}
    return value


def read_json(text: str | bytes) -> Any:
    """Return what a text says.

    Raises:
        ValueError: If it is not JSON, or nested too deeply.
    """
    try:
        return mend(DECODER.decode(text if isinstance(text, str) else text.decode("utf-8")))
    except RecursionError:
        raise ValueError("nested too deeply") from None
