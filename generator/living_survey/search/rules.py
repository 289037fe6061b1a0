"""The rules of the search, which stand once for both sides: weights, stop words, spellings, factors.

Scripts get them as a module that the build writes. I/O: reads the package's own ``rules.json``.
"""

import json
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def rules() -> Mapping[str, Any]:
    """Return the rules, as the file has them."""
    loaded: Mapping[str, Any] = json.loads((files(__package__) / "rules.json").read_text(encoding="utf-8"))
    return loaded
