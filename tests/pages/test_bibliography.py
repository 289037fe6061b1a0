"""The entries of a bibliography: written once, one format besides BibTeX at a time, measured by what is there."""

from collections import Counter
from dataclasses import replace

import pytest
from living_survey.formats.entry import PLAIN, Include
from living_survey.formats.writers import BY_NAME, FORMATS, Format, cut
from living_survey.model.paper import Paper
from living_survey.pages import bibliography, ways_to_cite
from living_survey.pages.bibliography import Bibliography, files_of
from living_survey.publish import files

from tests.fabricate import key
from tests.formats.difficult import difficult_papers
from tests.pages.birds import bird, renderer

BIBTEX, RIS, CSL = (BY_NAME[name] for name in ("bibtex", "ris", "csl-json"))


def counted(form: Format, written: Counter[str]) -> Format:
    """Return a format that counts what it writes."""

    def entry(paper: Paper, include: Include) -> str:
        written[form.name] += 1
        return form.entry(paper, include)

    return replace(form, entry=entry)


@pytest.fixture
def papers() -> dict[str, Paper]:
    return {paper.key: paper for paper in sorted(map(bird, range(1, 21)), key=lambda paper: paper.key)}


def test_an_entry_is_written_once_however_often_it_is_asked_for(papers: dict[str, Paper]) -> None:
    made, written = Bibliography(papers), Counter[str]()
    for form in (counted(BIBTEX, written), counted(RIS, written)):
        one = next(iter(papers.values()))
        assert made.entry(form, one) == form.entry(one, PLAIN)
        written[form.name] -= 1
        assert list(made.entries(form)) == list(papers)
        made.entries(form)
    assert written == {"bibtex": 20, "ris": 20}


def test_a_build_writes_every_entry_once(monkeypatch: pytest.MonkeyPatch) -> None:
    written = Counter[str]()
    forms = tuple(counted(form, written) for form in FORMATS)
    monkeypatch.setattr(files, "FORMATS", forms)
    monkeypatch.setattr(ways_to_cite, "BY_NAME", {form.name: form for form in forms})
    made = renderer(*map(bird, range(1, 6)))
    paths = [path for path, _ in files.build_files(made, lambda page: page.body, [])]
    assert "bib/survey.ris" in paths
    assert f"papers/{key(1)}/{key(1)}.bib" in paths
    assert written == dict.fromkeys((form.name for form in FORMATS), 5)


def test_one_format_besides_bibtex_lies_in_memory(papers: dict[str, Paper]) -> None:
    made, written = Bibliography(papers), Counter[str]()
    bibtex, ris, csl = (counted(form, written) for form in (BIBTEX, RIS, CSL))
    for form in (bibtex, ris, csl, ris, bibtex):
        made.entries(form)
    assert written == {"bibtex": 20, "ris": 40, "csl-json": 20}


def test_a_short_bibliography_is_not_written_to_be_measured(papers: dict[str, Paper]) -> None:
    made, written = Bibliography(papers), Counter[str]()
    assert made.parts(counted(CSL, written)) == 0
    assert written["csl-json"] == 0


@pytest.mark.parametrize("form", FORMATS, ids=lambda form: form.name)
def test_parts_are_counted_as_they_are_cut(papers: dict[str, Paper], form: Format) -> None:
    made = Bibliography(papers)
    for limit in (1_000, 4_000, 10_000, 20_000, 100_000):
        assert made.parts(form, limit) == sum(1 for _ in cut(form, list(made.entries(form).values()), limit))


@pytest.mark.parametrize("form", FORMATS, ids=lambda form: form.name)
def test_no_format_is_far_longer_than_bibtex(form: Format) -> None:
    """What is short in BibTeX is taken to be short in all of them."""
    for paper in [*map(bird, range(1, 21)), *difficult_papers()]:
        lengths = [len(one.entry(paper, PLAIN).encode("utf-8")) for one in (form, BIBTEX)]
        assert lengths[0] < bibliography._LONGEST * lengths[1]


def test_a_bibliography_has_a_file_in_each_format() -> None:
    assert [(file.address, file.title) for file in files_of("bib/survey")][:2] == [
        ("bib/survey.bib", "BibTeX"), ("bib/survey.biblatex.bib", "BibLaTeX"),
    ]  # fmt: skip
