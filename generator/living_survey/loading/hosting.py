"""Where a survey is hosted: addresses that nobody has filled in yet, and what GitHub's workflows know of them.

I/O: `addresses_from_workflow` reads ``docs/CNAME``.
"""

import re
from collections.abc import Mapping
from pathlib import Path

_PLACEHOLDER = re.compile(r"(?<![\w-])(?:OWNER|REPO)(?![\w-])")
_REPOSITORY = re.compile(r"([A-Za-z0-9-]+)/([\w.-]+)", re.ASCII)
_HOST = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]")
_LONGEST_CNAME = 1000
GITHUB = "https://github.com"


def is_placeholder(address: str) -> bool:
    """Say whether an address still has the words that a new survey starts with: ``https://OWNER.github.io/REPO/``."""
    return bool(_PLACEHOLDER.search(address))


def addresses_from_workflow(environ: Mapping[str, str], docs_dir: Path) -> dict[str, str]:
    """Return ``repo_url`` and ``site_url`` of the repository whose workflow is running; nothing elsewhere.

    https://docs.github.com/actions/reference/workflows-and-actions/variables,
    https://docs.github.com/pages/getting-started-with-github-pages/what-is-github-pages

    Args:
        environ: The process's environment, of which ``GITHUB_ACTIONS``, ``GITHUB_SERVER_URL`` and
            ``GITHUB_REPOSITORY`` are read.
        docs_dir: Folder of the pages; a custom domain of GitHub Pages stands in its ``CNAME``.
    """
    if environ.get("GITHUB_ACTIONS") != "true":
        return {}
    server = environ.get("GITHUB_SERVER_URL", "").rstrip("/")
    found = _REPOSITORY.fullmatch(environ.get("GITHUB_REPOSITORY", ""))
    if not found or not re.fullmatch(r"https://[\w.-]+(?::\d+)?", server, re.ASCII):
        return {}
    owner, name = found.groups()
    addresses = {"repo_url": f"{server}/{owner}/{name}"}
    host = f"{owner.lower()}.github.io"
    if domain := _custom_domain(docs_dir):
        addresses["site_url"] = f"https://{domain}/"
    elif server == GITHUB:  # of other servers nobody knows where their pages are
        addresses["site_url"] = f"https://{host}/" if name.lower() == host else f"https://{host}/{name}/"
    return addresses


def _custom_domain(docs_dir: Path) -> str:
    file = docs_dir / "CNAME"
    if not file.is_file() or file.stat().st_size > _LONGEST_CNAME:
        return ""
    domain = file.read_text(encoding="ascii", errors="replace").strip().lower()
    return domain if _HOST.fullmatch(domain) else ""
