"""A survey with the form, visited in a real Chromium."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from living_survey.loading.settings import load_settings
from living_survey.loading.survey import load_survey
from living_survey.model.survey import Survey
from playwright.sync_api import Browser, BrowserContext, Page

from tests.commands import mkdocs
from tests.local_server import serve
from tests.metadata_server import CROSSREF, DATACITE
from tests.use.form.register import ARXIV, Register
from tests.use.form.visit import form_survey


@pytest.fixture(scope="session")
def running() -> Iterator[Register]:
    """The register, for all tests of this file."""
    with Register() as started:
        yield started


@pytest.fixture
def register(running: Register) -> Register:
    """The register with nothing asked, knowing one DOI at Crossref and two at DataCite."""
    running.asked.clear()
    running.answers = {
        "/crossref/works/10.5555/songs": (200, json.dumps({"message": CROSSREF}).encode()),
        "/datacite/dois/10.5555/data": (200, json.dumps(DATACITE).encode()),
        "/datacite/dois/10.48550/arXiv.2401.00001": (200, json.dumps(ARXIV).encode()),
    }
    return running


@pytest.fixture(scope="session")
def survey_folder(tmp_path_factory: pytest.TempPathFactory, running: Register) -> Path:
    """The survey with the form, built."""
    services = {"crossref": f"http://{running.host}/crossref", "datacite": f"http://{running.host}/datacite"}
    config = form_survey(tmp_path_factory.mktemp("form"), settings={"services": services})
    done = mkdocs(config, "--strict")
    assert done.returncode == 0, done.stderr
    return config.parent


@pytest.fixture(scope="session")
def address(survey_folder: Path) -> Iterator[str]:
    """Its address."""
    with serve(survey_folder / "site") as found:
        yield found


@pytest.fixture(scope="session")
def birds_survey(survey_folder: Path) -> Survey:
    """The same survey as the checks see it."""
    return load_survey(load_settings(survey_folder / "mkdocs.yml"))[0]


@pytest.fixture(scope="session")
def desk(browser: Browser, address: str) -> Iterator[Page]:
    """A page on which the form's scripts are called one by one."""
    visit = browser.new_context()
    page = visit.new_page()
    page.goto(address)
    page.evaluate(
        """async () => {
            const part = (name) => import(new URL(`assets/survey/submit/${name}.js`, location.href))
            const file = async (name) => (await fetch(new URL(name, location.href))).json()
            const [check, yaml, keys, likeness, names, labels] = await Promise.all(
                ["check", "yaml", "keys", "likeness", "names", "labels"].map(part))
            const [schema, survey, rows] = await Promise.all(
                ["schema/paper.json", "api/form.json", "api/titles.json"].map(file))
            labels.speak(survey.labels)
            survey.keys = new Set(rows.map((row) => row.key.toLowerCase()))
            const readLine = names.makeReader(survey.names, schema.$defs.Author.properties.suffix.pattern)
            window.tried = { ...check, ...yaml, ...keys, ...likeness, ...labels, readLine, schema, survey, rows }
        }"""
    )
    yield page
    visit.close()


@pytest.fixture
def context(request: pytest.FixtureRequest, browser: Browser, address: str) -> Iterator[BrowserContext]:
    """A fresh visit, on a desktop unless the test says more."""
    width, height = getattr(request, "param", (1280, 800))
    visit = browser.new_context(viewport={"width": width, "height": height})
    visit.grant_permissions(["clipboard-read", "clipboard-write"], origin=address.rstrip("/"))
    yield visit
    visit.close()


@pytest.fixture
def errors() -> list[str]:
    """What scripts of the page complained of."""
    return []


@pytest.fixture
def page(context: BrowserContext, errors: list[str]) -> Iterator[Page]:
    """A page of that visit; a mistake in a script fails the test."""
    found = context.new_page()
    found.on("pageerror", lambda error: errors.append(str(error)))
    yield found
    assert errors == []
