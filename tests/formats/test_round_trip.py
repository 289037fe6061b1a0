"""What is exported can be imported: the same entry comes back, up to the losses that each format forces.

The losses are those of docs/formats.md, said here once more as code.
"""

import re
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from living_survey.editing.convert import ImportOptions, convert
from living_survey.formats.bibtex.reader import read_bibtex
from living_survey.formats.csl.reader import read_csl
from living_survey.formats.entry import Include
from living_survey.formats.ris.reader import read_ris
from living_survey.formats.writers import BY_NAME
from living_survey.loading.pages import load_pages
from living_survey.loading.settings import load_settings
from living_survey.loading.themes import load_taxonomy
from living_survey.model.paper import Paper
from living_survey.model.settings import Settings
from living_survey.model.theme import Taxonomy

from tests.commands import ROOT
from tests.effort import times
from tests.formats.difficult import DIFFICULT, difficult_papers, make

READERS = {"bibtex": read_bibtex, "biblatex": read_bibtex, "ris": read_ris, "csl-json": read_csl}
LETTERS = "abcdefgxyzABCXYZ éøßŽçñı" + "λπ大雁" + "0123456789"
MARKS = "`-–—:;,.!?()[]'’“”\"/&%$#_~^{}\\<>|*+=@×½°§"

words = st.text(alphabet=LETTERS + MARKS, min_size=1, max_size=30).map(lambda text: " ".join(text.split()))
titles = st.builds(lambda first, rest: f"{first} {rest}".strip(), st.sampled_from(["Wings", "a GPS", "On"]), words)
plain_words = st.text(alphabet=LETTERS + "-&.'", min_size=3, max_size=20).map(lambda text: " ".join(text.split()))
names = st.text(alphabet="abcdéøŽñABCÖ", min_size=2, max_size=8).map(str.capitalize)
given_names = st.lists(names, min_size=1, max_size=2).map(" ".join)
particles = st.sampled_from(["", "", "van der ", "de "])
people = st.builds(
    lambda particle, family, given, suffix: {"family": particle + family, "given": given, **suffix},
    particles, names, given_names, st.sampled_from([{}, {}, {"suffix": "Jr."}]),
)  # fmt: skip
teams = st.builds(lambda a, b: {"team": f"{a} & {b} Team"}, names, names)
authors = st.lists(st.one_of(people, people, people, teams), min_size=1, max_size=5, unique_by=str)
years = st.integers(1900, 2030)


@st.composite
def papers(draw: st.DrawFn) -> Paper:
    """Draw a valid paper of any type."""
    kind = draw(st.sampled_from(["article", "inproceedings", "incollection", "book", "thesis", "report", "preprint"]))
    year = draw(years)
    data: dict[str, Any] = {"title": draw(titles), "authors": draw(authors), "year": str(year), "type": kind}
    if draw(st.booleans()):
        data["published"] = f"{year}-{draw(st.integers(1, 12)):02d}"
    if kind == "preprint":
        data |= {"status": "preprint", "arxiv": f"2401.{draw(st.integers(0, 99999)):05d}"}
    else:
        venue = {"name": f"The {draw(plain_words)}"}
        if kind in ("article", "inproceedings", "incollection"):
            first = draw(st.integers(1, 900))
            venue |= {"volume": str(first), "pages": f"{first}-{first + 9}"} if draw(st.booleans()) else {}
        data["venue"] = venue
        if draw(st.booleans()):
            data["doi"] = f"10.5555/{draw(st.text(alphabet='abc_-.()/:19', min_size=1, max_size=12))}"
    if draw(st.booleans()):
        data["url"] = f"https://example.org/{draw(st.text(alphabet='ab_~%&#=?19', max_size=9)).replace('%', '%25')}"
    if draw(st.booleans()):
        data["abstract"] = draw(words)
    if kind in ("article", "book") and draw(st.booleans()):
        data["and_others"] = "true"
    return make({name: value for name, value in data.items() if value}, "wren2024wings")


@pytest.fixture(scope="module")
def survey_settings() -> Settings:
    return load_settings(ROOT / "mkdocs.yml")


@pytest.fixture(scope="module")
def taxonomy(survey_settings: Settings) -> Taxonomy:
    return load_taxonomy(survey_settings, load_pages(survey_settings)[0])[0]


def comes_back(paper: Paper, name: str, survey_settings: Settings, taxonomy: Taxonomy) -> Paper:
    """Export a paper, import it, and return what came back."""
    form = BY_NAME[name]
    text = form.join([form.entry(paper, Include(abstract=True))])
    reading = READERS[name](text, "x")
    assert not reading.refused, text
    assert [record.key for record in reading.records] == [paper.key], text
    draft = convert(reading.records[0], survey_settings, taxonomy, ImportOptions())
    assert draft.paper, (draft.refused, text)
    return draft.paper


def facts(paper: Paper, name: str) -> dict[str, Any]:
    """Return what of a paper a format can carry."""
    kept: dict[str, Any]
    venue = paper.venue
    pages = venue.pages if venue else None
    kept = {
        "title": paper.title,
        "authors": [(a.family, a.given, a.suffix, a.team) for a in paper.authors],
        "year": paper.year,
        "type": paper.type,
        "venue": venue.name if venue else None,
        "volume": venue.volume if venue else None,
        "pages": pages,
        "doi": paper.doi,
        "arxiv": paper.arxiv,
        "url": paper.url,
        "abstract": re.sub(r"\s+", " ", paper.abstract or ""),
        "and_others": bool(paper.and_others),
        "edited": bool(paper.edited),
        "published": paper.published or (paper.first_public if paper.type == "preprint" else None),
    }
    if name == "ris":
        kept["authors"] = [(f, g, s, t and t.replace(",", "")) for f, g, s, t in kept["authors"]]
    if name != "csl-json":
        # A single name of several words looks as a team's does.
        kept["authors"] = [(None, None, None, f) if f and " " in f and not g else (f, g, s, t)
                           for f, g, s, t in kept["authors"]]  # fmt: skip
    if kept["published"] and name == "bibtex":
        kept["published"] = kept["published"][:7]
    if paper.url is None:
        kept.pop("url")  # formats that want an address get the one that the DOI or the arXiv id leads to
    return kept


@pytest.mark.parametrize("name", READERS)
@settings(
    max_examples=times(100, 1_000, 100_000), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(paper=papers())
@example(paper=make(DIFFICULT["meer2024birds"], "meer2024birds"))
@example(paper=make(DIFFICULT["finch2020atlas"], "finch2020atlas"))
def test_what_is_exported_comes_back(name: str, paper: Paper, survey_settings: Settings, taxonomy: Taxonomy) -> None:
    back = comes_back(paper, name, survey_settings, taxonomy)
    wanted = facts(paper, name)
    got = facts(back, name)
    assert {key: got.get(key) for key in wanted} == wanted


@pytest.mark.parametrize("name", READERS)
def test_difficult_papers_come_back(name: str, survey_settings: Settings, taxonomy: Taxonomy) -> None:
    for paper in difficult_papers():
        back = comes_back(paper, name, survey_settings, taxonomy)
        assert back.title == paper.title
        assert len(back.authors) == len(paper.authors)
        assert back.year == paper.year
        assert (back.doi, back.arxiv) == (paper.doi, paper.arxiv)
