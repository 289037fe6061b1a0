"""BibTeX as the programs that read it see it."""

from pathlib import Path
from typing import Any

import pytest
from living_survey.formats.bibtex.writer import bibtex_fields, escape, name_to_tex, title_to_tex, to_bibtex
from living_survey.formats.entry import Include
from living_survey.formats.writers import BY_NAME
from living_survey.loading.settings import load_settings
from living_survey.loading.survey import load_survey
from living_survey.loading.validate import check_paper
from living_survey.model.paper import Paper
from living_survey.model.parts import Author
from pybtex.database import parse_string

from tests.commands import ROOT
from tests.fabricate import key, paper

HOSTILE = {
    "title": '50% of {birds} & $100K_x #1 ~ ^ \\input{x} <b> “π” × GPT-4s: LLMs, iNaturalist – 大雁 "q"',
    "short_name": "Wings",
    "authors": [
        {"family": "van der Meer", "given": "Jan"},
        {"family": "King", "given": "M. L.", "suffix": "Jr."},
        {"family": "Şimşek", "given": "Çağlar"},
        {"family": "Supriyadi"},
        {"family": "El Niño"},
        {"team": "Swift & Heron Team"},
    ],
    "year": "2024",
    "first_public": "2024-07-23",
    "type": "preprint",
    "status": "preprint",
    "arxiv": "2407.00001",
    "arxiv_class": "cs.DL",
    "url": "https://example.org/a_b%20c?d=1&e=2#f",
    "themes": ["flight/height", "song"],
    "abstract": "All 100% of it.",
}


def make(data: dict[str, Any], name: str = "wren2024birds") -> Paper:
    """Return a paper of checked data."""
    found, problems = check_paper(name, "x", {k: v if isinstance(v, (list, dict)) else str(v) for k, v in data.items()})
    assert found, problems
    return found


def test_made_papers_and_a_hostile_one_come_out_as_in_the_golden_file() -> None:
    papers = [make(paper(n), key(n)) for n in range(1, 7)] + [make(HOSTILE)]
    golden = Path(__file__).parent / "golden.bib"
    assert BY_NAME["bibtex"].join(
        to_bibtex(one) for one in sorted(papers, key=lambda one: one.key)
    ) == golden.read_text(encoding="utf-8")


def test_a_strict_parser_reads_back_what_was_written() -> None:
    entry = parse_string(to_bibtex(make(HOSTILE), Include(abstract=True)), "bibtex").entries["wren2024birds"]
    names = [
        (" ".join(p.prelast_names + p.last_names), " ".join(p.first_names + p.middle_names))
        for p in entry.persons["author"]
    ]
    assert names[0] == ("van der Meer", "Jan")
    assert names[1] == ("King", "M. L.")
    assert entry.persons["author"][1].lineage_names == ["Jr."]
    assert [last for last, _ in names[3:]] == ["Supriyadi", r"{El Ni{\~n}o}", r"{Swift \& Heron Team}"]
    assert entry.fields["url"] == HOSTILE["url"]
    assert entry.fields["month"] == "July"
    assert entry.fields["abstract"] == r"All 100\% of it."


def test_this_surveys_bibliography_is_read_whole(site: Path) -> None:
    survey = load_survey(load_settings(ROOT / "mkdocs.yml"))[0]
    database = parse_string((site / "bib/survey.bib").read_text(encoding="utf-8"), "bibtex")
    assert list(database.entries) == sorted(survey.papers)
    for name, one in survey.papers.items():
        assert len(database.entries[name].persons["author"]) == len(one.authors)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a & b % c $ d # e _ f", r"a \& b \% c \$ d \# e \_ f"),
        ("{x}", r"{\textbraceleft}x{\textbraceright}"),
        ("\\input", r"{\textbackslash}input"),
        ("é ø ß Ž", r"{\'e} {\o} {\ss} {\v{Z}}"),
        ("大雁", "大雁"),
        ("a<b>c|d", r"a{\textless}b{\textgreater}c{\textbar}d"),
    ],
)
def test_text_is_escaped_for_tex(text: str, expected: str) -> None:
    assert escape(text) == expected


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        ({"title": "GPS and eBird counts of DNAs"}, "{GPS} and {eBird} counts of {DNA}s"),
        ({"title": "Wings: a Multi-GPS study", "short_name": "Wings"}, "{Wings}: a Multi-{GPS} study"),
        ({"title": "GPS over Lapland", "protect": ["Lapland"]}, "GPS over {Lapland}"),
        ({"title": "Émile's ÉCOLE in 3D at $100K"}, r"{\'E}mile's {{\'E}COLE} in {3D} at \${100K}"),
    ],
)
def test_capitals_that_styles_would_lower_are_protected(data: dict[str, Any], expected: str) -> None:
    assert title_to_tex(make({**paper(1), **data})) == expected


def test_names_are_family_first_and_teams_in_braces() -> None:
    assert name_to_tex(Author(family="van der Meer", given="Jan")) == "van der Meer, Jan"
    assert name_to_tex(Author(family="King", given="M. L.", suffix="Jr.")) == "King, Jr., M. L."
    assert name_to_tex(Author(team="Swift Team")) == "{Swift Team}"
    alone = make({**paper(1), "authors": [{"team": "Swift Team"}]})
    assert "author = {{Swift Team}}," in to_bibtex(alone)


def test_identifiers_follow_what_was_published() -> None:
    preprint = bibtex_fields(make(HOSTILE))
    assert preprint["doi"] == "10.48550/arXiv.2407.00001"
    assert (preprint["eprint"], preprint["archivePrefix"], preprint["primaryClass"]) == ("2407.00001", "arXiv", "cs.DL")
    published = bibtex_fields(make({**paper(1), "arxiv": "2001.00001"}))
    assert published["doi"] == "10.5555/birds.1"
    assert published["eprint"] == "2001.00001"
    assert "month" not in published
    unnamed = bibtex_fields(make({k: v for k, v in {**paper(1), "arxiv": "2001.00001"}.items() if k != "doi"}))
    assert "doi" not in unnamed


def test_pages_and_venues_use_the_fields_of_their_type() -> None:
    article = bibtex_fields(make(paper(1)))
    assert (article["journal"], article["pages"], article["volume"]) == ("Journal of Field Studies", "1--10", "2")
    report = {**paper(1), "type": "report", "venue": {"name": "Bird Observatory", "number": "7"}}
    assert to_bibtex(make(report)).startswith("@techreport{")
    assert bibtex_fields(make(report))["institution"] == "Bird Observatory"
    both = {**paper(1), "type": "inproceedings", "venue": {"name": "Bird Days", "volume": "39", "number": "28"}}
    assert "number" not in bibtex_fields(make(both))
    thesis = {**paper(1), "type": "thesis", "venue": {"name": "University of Skomer"}}
    assert bibtex_fields(make(thesis))["school"] == "University of Skomer"
