"""Pages that repeat what others say, by their hosts: aggregators, mirrors, summaries. I/O: none."""

from collections.abc import Iterable, Sequence
from urllib.parse import urlsplit

HOST = r"(?!www\.)(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}(?:/[\w.-]+)*"
"""How a setting names one: ``example.org``, which stands for all hosts below it, or ``example.org/papers``."""


def repeats(url: str, aggregators: Sequence[str]) -> bool:
    """Say whether an address is that of a page that repeats what others say."""
    parts = urlsplit(url)
    host, path = (parts.hostname or "").rstrip("."), f"{parts.path}/"
    for name in aggregators:
        known, _, below = name.partition("/")
        if (host == known or host.endswith(f".{known}")) and path.startswith(f"/{below}/" if below else ""):
            return True
    return False


def only_repeat(urls: Iterable[str], aggregators: Sequence[str]) -> bool:
    """Say whether all addresses are those of such pages."""
    return all(repeats(url, aggregators) for url in urls)
