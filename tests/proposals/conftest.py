"""A survey in a clone of its repository, a server that answers as GitHub does, and one with metadata."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.commands import run_survey
from tests.fabricate import write_survey
from tests.github_server import GitHubServer
from tests.metadata_server import MetadataServer
from tests.proposals.workflow import commit, git


@pytest.fixture
def service() -> Iterator[MetadataServer]:
    with MetadataServer() as started:
        yield started


@pytest.fixture
def folder(tmp_path: Path, service: MetadataServer) -> Path:
    """A survey of birds in a clone of its repository."""
    addresses = {name: f"{service.url}/{name}" for name in ("arxiv", "crossref", "datacite")}
    origin = tmp_path / "origin"
    write_survey(origin, 8, settings={"services": addresses})
    git(origin, "init", "-q", "-b", "main")
    assert run_survey(origin, "fmt").returncode == 0
    commit(origin, "Begin")
    git(tmp_path, "clone", "-q", str(origin), "clone")
    return tmp_path / "clone"


@pytest.fixture
def server(folder: Path) -> Iterator[GitHubServer]:
    with GitHubServer(git(folder, "rev-parse", "HEAD")) as started:
        yield started
