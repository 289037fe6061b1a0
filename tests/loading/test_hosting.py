"""Addresses that nobody has filled in yet: no page says them, and GitHub's workflows know better."""

import json
import re
import subprocess
from pathlib import Path

import pytest
from living_survey.loading.hosting import addresses_from_workflow, is_placeholder

from tests.commands import ROOT, SURVEY, mkdocs, snapshot
from tests.fabricate import key, write_survey

NEW = {
    "site_url": "https://OWNER.github.io/REPO/", "repo_url": "https://github.com/OWNER/REPO", "repo_name": "OWNER/REPO",
}  # fmt: skip
WORKFLOW = {
    "GITHUB_ACTIONS": "true", "GITHUB_SERVER_URL": "https://github.com", "GITHUB_REPOSITORY": "Wren-Lab/moves",
}  # fmt: skip


@pytest.fixture(autouse=True)
def _outside_of_workflows(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in WORKFLOW:
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def config(tmp_path: Path) -> Path:
    """A survey of three papers as a new one is; its ``mkdocs.yml``."""
    config = write_survey(tmp_path / "survey", 3, config=NEW)
    for name in ("CITATION.cff", "docs/submit.md", "docs/cite.md"):
        text = (ROOT / "generator/living_survey/scaffold/starter" / name).read_text(encoding="utf-8")
        (config.parent / name).write_text(text.replace("{{ title_yaml }}", "Birds"), encoding="utf-8")
    return config


@pytest.mark.parametrize(
    ("address", "wanted"),
    [
        (NEW["site_url"], True), (NEW["repo_name"], True), ("https://wren.github.io/REPO/", True),
        ("https://OWNER.github.io/moves/", True), ("https://wren.github.io/moves/", False),
        ("https://example.org/OWNERS/", False), ("https://example.org/repo/", False), ("", False),
    ],
)  # fmt: skip
def test_what_is_a_placeholder(address: str, wanted: bool) -> None:
    assert is_placeholder(address) == wanted


@pytest.mark.parametrize(
    ("changes", "cname", "wanted"),
    [
        ({}, None, ("https://github.com/Wren-Lab/moves", "https://wren-lab.github.io/moves/")),
        ({"GITHUB_REPOSITORY": "Wren-Lab/Wren-Lab.github.io"}, None,
         ("https://github.com/Wren-Lab/Wren-Lab.github.io", "https://wren-lab.github.io/")),
        ({}, "Birds.example.org\n", ("https://github.com/Wren-Lab/moves", "https://birds.example.org/")),
        ({}, "not a host\n", ("https://github.com/Wren-Lab/moves", "https://wren-lab.github.io/moves/")),
        ({"GITHUB_SERVER_URL": "https://git.example.org"}, None, ("https://git.example.org/Wren-Lab/moves", None)),
        ({"GITHUB_SERVER_URL": "javascript:x"}, None, (None, None)),
        ({"GITHUB_REPOSITORY": "a/../../b"}, None, (None, None)),
        ({"GITHUB_ACTIONS": "false"}, None, (None, None)),
        ({"GITHUB_ACTIONS": ""}, "birds.example.org", (None, None)),
    ],
)  # fmt: skip
def test_what_a_workflow_knows(
    tmp_path: Path, changes: dict[str, str], cname: str | None, wanted: tuple[str | None, str | None]
) -> None:
    if cname is not None:
        (tmp_path / "CNAME").write_text(cname, encoding="utf-8")
    found = addresses_from_workflow({**WORKFLOW, **changes}, tmp_path)
    assert (found.get("repo_url"), found.get("site_url")) == wanted


def test_no_file_has_a_placeholder_or_what_would_be_made_of_one(config: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    done = mkdocs(config, "--strict")
    assert done.returncode == 0, done.stderr
    assert "OWNER" not in done.stdout + done.stderr
    site = config.parent / "site"
    first = snapshot(site)
    assert [name for name, raw in first.items() if re.search(rb"(?<![\w-])(?:OWNER|REPO)(?![\w-])", raw)] == []
    assert not {"sitemap.xml", "sitemap-index.xml", "robots.txt"} & first.keys()
    page = first[f"papers/{key(1)}/index.html"].decode()
    for part in ('rel="canonical"', 'rel="edit"', "Suggest a correction", "og:url", "citation_abstract_html_url"):
        assert part not in page
    [data] = re.findall(r'application/ld\+json"[^>]*>(.*?)</script>', page)
    assert "mainEntityOfPage" not in json.loads(data)
    assert 'rel="edit"' not in first["index.html"].decode()
    assert "md-source" not in first["index.html"].decode()
    assert json.loads(first["api/form.json"])["repository"] == ""
    citation = re.sub(r"<[^>]+>", "", first["cite/index.html"].decode())
    assert "@misc{livingsurvey,\n  author" in citation
    assert "url =" not in citation

    for name, value in {**WORKFLOW, "GITHUB_ACTIONS": "no", "CI": "true", "SITE_URL": "https://x.org"}.items():
        monkeypatch.setenv(name, value)
    assert mkdocs(config, "--strict").returncode == 0
    assert snapshot(site) == first


def test_in_a_workflow_the_site_has_its_addresses(config: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in WORKFLOW.items():
        monkeypatch.setenv(name, value)
    done = mkdocs(config, "--strict")
    assert done.returncode == 0, done.stderr
    site = config.parent / "site"
    page = (site / f"papers/{key(1)}/index.html").read_text(encoding="utf-8")
    repository, address = "https://github.com/Wren-Lab/moves", "https://wren-lab.github.io/moves/"
    assert f'rel="canonical" href="{address}papers/{key(1)}/"' in page
    assert f'href="{repository}/edit/main/papers/{key(1)}.yaml"' in page
    assert f'property="og:url" content="{address}papers/{key(1)}/"' in page
    assert "Suggest a correction" in page
    assert re.search(r"md-source__repository\">\s*Wren-Lab/moves\s*<", page)
    assert json.loads((site / "api/form.json").read_text(encoding="utf-8"))["github"] == repository
    assert f"url = {{{address}}}" in (site / "cite/index.html").read_text(encoding="utf-8")
    assert f"Sitemap: {address}" in (site / "robots.txt").read_text(encoding="utf-8")
    assert not [name for name, raw in snapshot(site).items() if b"OWNER" in raw]


def test_the_check_reminds_of_them_once_in_one_line(config: Path) -> None:
    done = subprocess.run(
        [str(SURVEY), "check", "--format", "text"],
        cwd=config.parent, capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    assert done.returncode == 0
    line = next(n for n, text in enumerate(config.read_text().splitlines(), 1) if text.startswith("site_url"))
    [told] = [text for text in done.stdout.splitlines() if "OWNER" in text]
    assert told.startswith(f"mkdocs.yml:{line}:1: warning: site_url and repo_url still say OWNER or REPO")
    assert done.stderr == "3 papers: 1 warning\n"
