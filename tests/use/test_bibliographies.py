"""Bibliographies as the programs see them that people use: bibtex, biber, Typst, a CSL processor, parsers of others."""

import json
import re
import subprocess
import warnings
from pathlib import Path

import pytest
import rispy
import typst
from bibtexparser.entrypoint import parse_string as parse_tolerantly
from citeproc import Citation, CitationItem, CitationStylesBibliography, CitationStylesStyle, formatter
from citeproc.source.json import CiteProcJSON
from living_survey.formats.csl.writer import csl_item
from living_survey.formats.entry import PLAIN
from living_survey.formats.published import published_entry, with_published
from living_survey.formats.writers import BY_NAME
from living_survey.loading.settings import load_settings
from living_survey.loading.survey import load_survey
from living_survey.model.paper import Paper
from living_survey.model.published import published_key, published_version
from pybtex.database import parse_string

from tests.commands import ROOT
from tests.formats.difficult import difficult_papers
from tests.programs import needs

TEX_STYLES = ["plain", "abbrv", "alpha", "unsrt", "ieeetr"]


@pytest.fixture(scope="module")
def papers() -> list[Paper]:
    """This survey and what is difficult, in the order of keys."""
    survey = load_survey(load_settings(ROOT / "mkdocs.yml"))[0]
    return sorted([*survey.papers.values(), *difficult_papers()], key=lambda paper: paper.key)


def write(papers: list[Paper], name: str, file: Path) -> str:
    """Write a bibliography and return its text."""
    form = BY_NAME[name]
    text = form.join([form.entry(paper, PLAIN) for paper in papers])
    file.write_text(text, encoding="utf-8")
    return text


@pytest.mark.parametrize("style", TEX_STYLES)
def test_bibtex_reads_every_entry_without_a_warning(papers: list[Paper], style: str, tmp_path: Path) -> None:
    bibtex = needs("bibtex")
    write(papers, "bibtex", tmp_path / "survey.bib")
    aux = f"\\citation{{*}}\n\\bibdata{{survey}}\n\\bibstyle{{{style}}}\n"
    (tmp_path / "survey.aux").write_text(aux, encoding="utf-8")
    done = subprocess.run([bibtex, "survey"], cwd=tmp_path, capture_output=True, text=True, timeout=60, check=False)
    log = (tmp_path / "survey.blg").read_text(encoding="utf-8", errors="replace")
    assert done.returncode == 0, log
    assert re.findall(r"(?i)warning--.*", log) == []
    assert (tmp_path / "survey.bbl").read_text(encoding="utf-8").count("\\bibitem") == len(papers)


def test_capitals_survive_a_style_that_lowers_titles(papers: list[Paper], tmp_path: Path) -> None:
    bibtex = needs("bibtex")
    write(papers, "bibtex", tmp_path / "survey.bib")
    (tmp_path / "survey.aux").write_text("\\citation{*}\n\\bibdata{survey}\n\\bibstyle{plain}\n", encoding="utf-8")
    subprocess.run([bibtex, "survey"], cwd=tmp_path, capture_output=True, timeout=60, check=True)
    references = " ".join((tmp_path / "survey.bbl").read_text(encoding="utf-8").split())
    assert "Where herons go: a {GPS} study" in references
    assert "{GPT}-4s: {LLM}s, {iNaturalist}" in references
    assert "M.~L. King, Jr." in references
    assert "Jan van~der Meer" in references
    assert "Jean-Luc Kestrel-Jones" in references
    assert "{Bird, Beach and Dune Board}" in references


def test_bibtex_reads_the_file_of_a_preprint_that_appeared_elsewhere(papers: list[Paper], tmp_path: Path) -> None:
    """The preprint prints what it did; the published version can be cited beside it."""
    bibtex, form = needs("bibtex"), BY_NAME["bibtex"]
    found = [paper for paper in papers if published_version(paper)]
    assert len(found) >= 16
    texts = [with_published(form, paper, form.entry(paper, PLAIN)) for paper in found]

    def printed(text: str, keys: list[str]) -> str:
        (tmp_path / "survey.bib").write_text(text, encoding="utf-8")
        cited = "".join(f"\\citation{{{key}}}\n" for key in keys)
        (tmp_path / "survey.aux").write_text(f"{cited}\\bibdata{{survey}}\n\\bibstyle{{plain}}\n", encoding="utf-8")
        done = subprocess.run([bibtex, "survey"], cwd=tmp_path, capture_output=True, text=True, timeout=60, check=False)
        assert (done.returncode, re.findall(r"(?i)warning--.*", done.stdout)) == (0, [])
        return (tmp_path / "survey.bbl").read_text(encoding="utf-8")

    keys = [paper.key for paper in found]
    alone = form.join([form.entry(paper, PLAIN) for paper in found])
    assert printed(form.join(texts), keys) == printed(alone, keys)
    both = printed(form.join(texts), [*keys, *map(published_key, found)])
    assert both.count("\\bibitem") == 2 * len(found)


def test_biber_takes_the_published_version_with_its_preprint(papers: list[Paper], tmp_path: Path) -> None:
    form = BY_NAME["biblatex"]
    found = [paper for paper in papers if published_version(paper)]
    texts = [text for paper in found for text in (form.entry(paper, PLAIN), published_entry(form, paper))]
    (tmp_path / "survey.bib").write_text(form.join(texts), encoding="utf-8")
    said = run_biber(tmp_path)
    assert re.findall(r"(?m)^(?:WARN|ERROR).*", said) == []
    assert "Datamodel validation complete" in said


def run_biber(folder: Path) -> str:
    """Check ``survey.bib`` in a folder against biblatex's data model; return biber's words."""
    command = [needs("biber"), "--tool", "--validate-datamodel", "survey.bib"]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=120, check=False)
    return done.stdout + done.stderr


def test_biber_finds_nothing_against_its_data_model(papers: list[Paper], tmp_path: Path) -> None:
    write(papers, "biblatex", tmp_path / "survey.bib")
    said = run_biber(tmp_path)
    assert re.findall(r"(?m)^(?:WARN|ERROR).*", said) == []
    assert "Datamodel validation complete" in said


def test_biber_would_have_said_so(tmp_path: Path) -> None:
    (tmp_path / "survey.bib").write_text("@article{a, author = {A, B}, title = {T}, publisher = {X}}", encoding="utf-8")
    assert "WARN" in run_biber(tmp_path)


@pytest.mark.parametrize("name", ["bibtex", "biblatex"])
def test_typst_sets_a_bibliography_of_all(papers: list[Paper], name: str, tmp_path: Path) -> None:
    write(papers, name, tmp_path / "survey.bib")
    main = tmp_path / "main.typ"
    main.write_text('#bibliography("survey.bib", full: true, style: "apa")\n', encoding="utf-8")
    pages = typst.compile(str(main), format="svg")
    text = b"".join(pages if isinstance(pages, list) else [pages or b""])
    assert len(text) > 10_000
    title = typst.query(str(main), "bibliography", field="full", one=True)
    assert json.loads(title) is True


def test_a_csl_processor_formats_every_item(papers: list[Paper], tmp_path: Path) -> None:
    text = write(papers, "csl-json", tmp_path / "survey.json")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # citeproc-py names variables that it does not implement
        source = CiteProcJSON(json.loads(text))
        style = CitationStylesStyle("harvard-cite-them-right", validate=False)
        bibliography = CitationStylesBibliography(style, source, formatter.plain)
        for paper in papers:
            bibliography.register(Citation([CitationItem(paper.key.lower())]))
        formatted = [str(entry) for entry in bibliography.bibliography()]
    assert len(formatted) == len(papers)
    one = next(entry for entry in formatted if "Where herons go" in entry)
    assert "Heron, H" in one
    assert "Proceedings of the 3rd Workshop on Wings" in one


def test_csl_items_name_every_author_in_order(papers: list[Paper]) -> None:
    for paper in papers:
        item = csl_item(paper)
        people = item["editor" if paper.edited else "author"]
        names = [person.get("literal") or person["family"] for person in people]
        assert names[: len(paper.authors)] == [author.short_name for author in paper.authors]


def test_rispy_reads_the_same_records(papers: list[Paper], tmp_path: Path) -> None:
    records = rispy.loads(write(papers, "ris", tmp_path / "survey.ris"))
    assert [record["id"] for record in records] == [paper.key for paper in papers]
    for record, paper in zip(records, papers, strict=True):
        assert record["title"] == paper.title
        assert record["year"] == str(paper.year)
        assert record.get("doi") == (paper.doi or paper.arxiv_doi)
        if not paper.edited and not paper.and_others:
            names = [author.team or ", ".join(filter(None, [author.family, author.given, author.suffix]))
                     for author in paper.authors]  # fmt: skip
            assert record["authors"] == [name.replace(",", "") if paper.authors[i].team else name
                                         for i, name in enumerate(names)]  # fmt: skip


def test_two_parsers_read_the_same_from_bibtex(papers: list[Paper], tmp_path: Path) -> None:
    text = write(papers, "bibtex", tmp_path / "survey.bib")
    strict = parse_string(text, "bibtex").entries
    tolerant = parse_tolerantly(text)
    assert not tolerant.failed_blocks
    assert [entry.key for entry in tolerant.entries] == list(strict) == [paper.key for paper in papers]
    for entry, paper in zip(tolerant.entries, papers, strict=True):
        other = strict[paper.key]
        assert other.type == entry.entry_type
        people = other.persons["editor" if paper.edited else "author"]
        assert len(people) == len(paper.authors) + bool(paper.and_others)
        for field in entry.fields:
            if field.key not in ("author", "editor", "month"):
                assert " ".join(other.fields[field.key].split()) == " ".join(field.value.split()), field.key
