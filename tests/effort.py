"""How much the tests do: ``make test`` what is quick, ``make test-all`` everything, ``make soak`` that with more of it.

A test that is too long for ``make test`` has the marker ``long``; a test that repeats something asks `times` how often.
"""

LEVELS = ("quick", "thorough", "soak")
"""What ``make test``, ``make test-all`` and ``make soak`` pass as ``--effort``."""
_chosen = LEVELS[0]


def choose(level: str) -> None:
    """Set the level for this process, before tests are collected."""
    global _chosen  # noqa: PLW0603  (pytest reads its options once for a process, and so is this)
    _chosen = level


def chosen() -> str:
    """Return the level."""
    return _chosen


def times(quick: int, thorough: int, soak: int) -> int:
    """Return how often something is to be done at the level of this run: in a loop, a size, hypothesis' examples."""
    return {"quick": quick, "thorough": thorough, "soak": soak}[_chosen]
