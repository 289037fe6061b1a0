"""Text of strangers inside Markdown that GitHub shows: it stays text, calls nobody, and links to nothing.

GitHub turns ``@name``, ``#12``, addresses and HTML in comments into links, mentions and markup, except inside code.
So everything that comes from a proposal is shown as code. https://github.github.com/gfm/. I/O: none.
"""

import re
from collections.abc import Sequence

from living_survey.syntax.characters import without_control_characters
from living_survey.syntax.problems import Problem

MAX_COMMENT = 60_000
"""GitHub takes 65,536 characters."""


def code(text: str, limit: int = 400) -> str:
    """Return text as a code span on one line."""
    clean = " ".join(without_control_characters(text).split())
    clean = clean if len(clean) <= limit else f"{clean[: limit - 1]}…"
    if not clean:
        return "(empty)"
    fence = "`" * (_longest_run(clean) + 1)
    space = " " if clean.startswith("`") or clean.endswith("`") else ""
    return f"{fence}{space}{clean}{space}{fence}"


def block(text: str, language: str = "") -> str:
    """Return text as a fenced block of code."""
    fence = "`" * max(3, _longest_run(text) + 1)
    return f"{fence}{language}\n{text.strip()}\n{fence}"


def details(summary: str, body: str) -> str:
    """Return a part that opens on a click; the summary is our own words."""
    return f"<details><summary>{summary}</summary>\n\n{body}\n\n</details>"


def problem_list(problems: Sequence[Problem], limit: int = 50) -> str:
    """Return problems as a list: place, what is wrong, what to type."""
    lines = []
    for problem in problems[:limit]:
        hint = f"<br>→ {code(problem.hint)}" if problem.hint else ""
        lines.append(f"- {code(problem.place)} {problem.severity}: {code(problem.message)}{hint}")
    if len(problems) > limit:
        lines.append(f"- and {len(problems) - limit} more")
    return "\n".join(lines)


def fit(text: str, limit: int = MAX_COMMENT) -> str:
    """Cut a comment that is longer than GitHub takes, between two parts."""
    if len(text) <= limit:
        return text
    cut = text.rfind("\n### ", 0, limit)
    return text[: cut if cut > 0 else limit] + "\n\nThe rest was cut off: a comment has an end.\n"


def _longest_run(text: str) -> int:
    return max((len(run) for run in re.findall("`+", text)), default=0)
