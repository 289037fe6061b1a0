"""MiniSearch, the library by which the search is measured: fetched by npm, checked, unpacked below ``build/``."""

import base64
import hashlib
import json
import subprocess
import tarfile
from pathlib import Path

from tests.commands import ROOT
from tests.programs import needs

PINNED: dict[str, str] = json.loads((Path(__file__).parent / "minisearch.json").read_text(encoding="utf-8"))
SECONDS = 120


def fetched() -> Path:
    """Return the library as a module for browsers; fetch it first where it is not there.

    Raises:
        ValueError: If what npm brings is not what is pinned.
    """
    npm = needs("npm")
    folder = ROOT / "build" / f"{PINNED['name']}-{PINNED['version']}"
    module = folder / "package/dist/es/index.js"
    if not module.is_file():
        folder.mkdir(parents=True, exist_ok=True)
        command = [npm, "pack", "--silent", "--ignore-scripts", f"{PINNED['name']}@{PINNED['version']}"]
        done = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=SECONDS, check=True)
        archive = folder / done.stdout.strip().splitlines()[-1]
        digest = base64.b64encode(hashlib.sha512(archive.read_bytes()).digest()).decode()
        if f"sha512-{digest}" != PINNED["integrity"]:
            raise ValueError(f"{archive.name} is not the archive that is pinned: sha512-{digest}")
        with tarfile.open(archive) as tar:
            tar.extractall(folder, filter="data")
        archive.unlink()
    return module
