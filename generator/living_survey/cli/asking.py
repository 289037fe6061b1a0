"""Who asks the metadata services, and with which keys. I/O: reads the environment."""

import os
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path

from living_survey.lookup.client import Client
from living_survey.lookup.finding import KEYS, Found, find_paper
from living_survey.model.settings import Settings


def client_for(settings: Settings) -> Client:
    """Return a client that says who asks and keeps its answers in the user's cache folder."""
    who = f"living-survey/{version('living-survey')} ({settings.site_url or settings.site_name or 'a survey'}"
    agent = f"{who}; mailto:{settings.services.contact})" if settings.services.contact else f"{who})"
    home = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    keys = {service: key for service, name in KEYS.items() if (key := os.environ.get(name, "").strip())}
    return Client(agent.encode("ascii", "replace").decode("ascii"), home / "living-survey", keys=keys)


def finder_for(settings: Settings) -> Callable[[str], Found]:
    """Return what looks a paper up as `find_paper` does, for what strangers propose."""
    client = client_for(settings)
    return lambda wanted: find_paper(client, settings.services, wanted)
