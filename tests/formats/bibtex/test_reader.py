"""BibTeX and BibLaTeX as records: what is understood, kept, left out and said."""

from typing import Any

import pytest
from living_survey.formats.bibtex.reader import read_bibtex

from tests.formats.reading import drafts, one

BIBTEX = r"""% This file was made by hand.
@string{jfs = "Journal of " # {Field Studies}}
@Article{Wren:24,
  AUTHOR  = {van der Meer, Jan and King, Jr., Martin and {Swift \& Heron Team}
             and Şimşek, {\c{C}}a{\u g}lar and others},
  title   = "A {GPS} study of {Bayesian} birds: 50% of $\alpha$ and H$_2$O",
  journal = jfs, year = 2024, month = jul # "~4", volume = 12, number = {3}, pages = {17--23},
  doi     = {https://doi.org/10.5555/a\_b},
  url     = {https://example.org/a\_b},
  keywords = {data; nests},
  file    = {:/home/somebody/wren.pdf:PDF},
  archiveprefix = {arXiv}, eprint = {2401.00001v2}, primaryclass = {cs.DL},
  note    = {In press},
  abstract = {One.

  Two.},
}
"""


def test_a_bibtex_entry_with_everything() -> None:
    reading = read_bibtex(BIBTEX, "refs.bib")
    data = one(reading)
    assert data["authors"] == [
        {"family": "van der Meer", "given": "Jan"},
        {"family": "King", "given": "Martin", "suffix": "Jr."},
        {"team": "Swift & Heron Team"},
        {"family": "Şimşek", "given": "Çağlar"},
    ]
    assert data["and_others"] == "true"
    assert data["title"] == "A GPS study of Bayesian birds: 50% of α and H₂O"
    assert data["protect"] == ["GPS", "Bayesian", "H₂O"] or data["protect"] == ["GPS", "Bayesian"]
    assert data["venue"] == {"name": "Journal of Field Studies", "volume": "12", "number": "3", "pages": "17-23"}
    assert (data["year"], data["published"]) == ("2024", "2024-07-04")
    assert (data["doi"], data["url"]) == ("10.5555/a_b", "https://example.org/a_b")
    assert (data["arxiv"], data["arxiv_class"]) == ("2401.00001", "cs.DL")
    assert data["themes"] == ["data"]
    assert data["extra"] == {"note": "In press", "keywords": "nests"}
    assert data["abstract"] == "One.\n\nTwo."
    assert data["source_keys"] == ["Wren:24"]
    record = reading.records[0]
    assert (record.line, record.key) == (3, "Wren:24")
    assert record.private == {"file": ":/home/somebody/wren.pdf:PDF"}
    assert record.notes == [
        "version v2 of arXiv 2401.00001 skipped: the entry is for the paper",
    ]
    assert reading.notes[0][1].startswith("comment skipped") or reading.notes[1][1].startswith("comment skipped")
    assert any("@string" in words for _, words in reading.notes)


@pytest.mark.parametrize(
    ("entry", "expected"),
    [
        ("@article{a, author={A, B}, title={T}, year=2020, eprint={2001.00001}}", {"type": "preprint"}),
        ("@article{a, author={A, B}, title={T}, year=2020, journal={CoRR}, volume={abs/2001.00001}}",
         {"type": "preprint", "arxiv": "2001.00001"}),
        ("@misc{a, author={A, B}, title={T}, year=2020, howpublished={arXiv preprint arXiv:2001.00001}}",
         {"type": "preprint", "arxiv": "2001.00001"}),
        ("@online{a, author={A, B}, title={T}, date={2020-03-04}, doi={10.48550/arXiv.2001.00001}}",
         {"type": "preprint", "first_public": "2020-03-04"}),
        ("@mastersthesis{a, author={A, B}, title={T}, year=2020, school={U}}",
         {"type": "thesis", "extra": {"type": "Master's thesis"}, "venue": {"name": "U"}}),
        ("@proceedings{a, editor={A, B}, title={T}, year=2020, publisher={P}}",
         {"type": "proceedings", "edited": "true", "venue": {"name": "P"}}),
        ("@patent{a, author={A, B}, title={T}, year=2020, number={7}}",
         {"type": "misc", "extra": {"entrytype": "patent", "number": "7"}}),
        ("@misc{a, organization={Bird Board}, title={T}, year={c. 1999}}",
         {"authors": [{"team": "Bird Board"}], "year": "1999"}),
        ("@misc{a, author={Wang, Wei and Wang, Wei}, title={T}, year=2020}",
         {"authors": [{"family": "Wang", "given": "Wei"}, {"family": "Wang", "given": "Wei", "id": "wei-wang-2"}]}),
        ("@misc{a, author={Smith, J.; Doe, A.}, title={T}, year=2020}",
         {"authors": [{"family": "Smith", "given": "J."}, {"family": "Doe", "given": "A."}]}),
        ("@misc{a, author={A, B}, title={T}, year=2020, doi={not a doi}, url={www.x}}",
         {"extra": {"doi": "not a doi", "url": "www.x"}}),
        (r"@misc{a, author={A, B}, title={T}, year=2020, howpublished={\url{https://e.org/~b}. Accessed: 2020-01-01}}",
         {"url": "https://e.org/~b", "venue": None, "extra": {"urldate": "2020-01-01"}}),
        ("@misc{a, author={A, B}, title={T}, year=2020, howpublished={Available: https://e.org/a (visited May 2020)}}",
         {"url": "https://e.org/a", "venue": None, "extra": {"note": "visited May 2020"}}),
        ("@misc{a, author={A, B}, title={T}, year=2020, howpublished={Nest blog, https://e.org/a.}}",
         {"url": "https://e.org/a", "venue": {"name": "Nest blog"}, "extra": None}),
        ("@inproceedings{a, author={A, B}, title={T}, year=2020, journal={Ibis}, volume={7}, eprint={2001.00001}}",
         {"type": "article", "venue": {"name": "Ibis", "volume": "7"}, "arxiv": "2001.00001"}),
        ("@inproceedings{a, author={A, B}, title={T}, year=2020, journal={Ibis}, booktitle={Nests}}",
         {"type": "inproceedings", "venue": {"name": "Nests"}, "extra": {"journal": "Ibis"}}),
        ("@article{a, author={A, B}, title={T}, year=2020, booktitle={Nests}}",
         {"type": "inproceedings", "venue": {"name": "Nests"}}),
        ("@misc{a, author={A, B}, title={T}, year=2020, code={https://example.org/c}, title={U}}",
         {"links": {"code": "https://example.org/c"}, "extra": {"title-2": "U"}}),
    ],
)  # fmt: skip
def test_what_entries_mean(entry: str, expected: dict[str, Any]) -> None:
    data = one(read_bibtex(entry, "x.bib"))
    assert {name: data.get(name) for name in expected} == expected


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ("year=2019, month={June 10--15}", {"published": "2019-06", "extra": {"month": "June 10–15"}}),
        ('year=2019, month=jul # "~28--" # aug # "~2"', {"published": "2019-07", "extra": {"month": "jul 28–aug 2"}}),
        ("year=2019, month={Jan-Feb}", {"published": "2019-01", "extra": {"month": "Jan-Feb"}}),
        ("year=2019, month={Spring}", {"published": None, "extra": {"month": "Spring"}}),
        ('year=2019, month="4 # jul"', {"published": "2019-07-04", "extra": None}),
        ("year=2019, month={4th of July}", {"published": "2019-07-04", "extra": None}),
        ("year=2019, month=05, day={07}", {"published": "2019-05-07", "extra": None}),
        ("year=2019, month=feb, day=30", {"published": None, "extra": {"published": "2019-02-30"}}),
        ("year=2018, date={2019-05-03}, month=jun",
         {"year": "2019", "published": "2019-05-03", "extra": {"year": "2018"}}),
        ("year=2019, date={2019}, month=jun", {"year": "2019", "published": "2019-06", "extra": None}),
        ("date={2019-05-30/2019-06-02}", {"published": "2019-05-30", "extra": {"date": "2019-05-30/2019-06-02"}}),
        ("date={1990/1995}", {"year": "1990", "published": None, "extra": {"date": "1990/1995"}}),
        ("date={2019-21}", {"year": "2019", "published": None, "extra": {"date": "2019-21"}}),
        ("date={1999?}", {"year": "1999", "published": None, "extra": {"date": "1999?"}}),
        ("date={in press}, year=2019", {"year": "2019", "extra": {"date": "in press"}}),
        ("year={May 2019}", {"year": "2019", "published": "2019-05", "extra": None}),
    ],
)  # fmt: skip
def test_dates_of_all_kinds(fields: str, expected: dict[str, Any]) -> None:
    data = one(read_bibtex(f"@book{{a, author={{A, B}}, title={{T}}, publisher={{P}}, {fields}}}", "x.bib"))
    assert {name: data.get(name) for name in expected} == expected


OLD_DOI = "10.5555/1520(2003)016<3661:ABC>2.0.CO;2"


@pytest.mark.parametrize(
    ("doi", "expected"),
    [
        (r"10.5555/1520(2003)016{\textless}3661:ABC{\textgreater}2.0.CO;2", OLD_DOI),
        (r"10.5555/1520(2003)016\textless 3661:ABC\textgreater{}2.0.CO;2", OLD_DOI),
        ("10.5555/1520(2003)016$<$3661:ABC$>$2.0.CO;2", OLD_DOI),
        (r"10.5555/1520(2003)016\ensuremath{<}3661:ABC\ensuremath{>}2.0.CO;2", OLD_DOI),
        ("10.5555/1520(2003)016&lt;3661:ABC&gt;2.0.CO;2", OLD_DOI),
        ("https://doi.org/10.5555/1520(2003)016%3C3661:ABC%3E2.0.CO;2", OLD_DOI),
        (r"\url{https://doi.org/10.5555/a\_b}", "10.5555/a_b"),
        (r"\href{https://doi.org/10.5555/a{\_}b}{10.5555/a{\_}b}", "10.5555/a_b"),
        (r"10.5555/a$\_$b\textunderscore c", "10.5555/a_b_c"),
        ("DOI: 10.5555/a&copy=b.", "10.5555/a&copy=b"),
    ],
)
def test_dois_written_in_tex_or_html(doi: str, expected: str) -> None:
    data = one(read_bibtex(f"@misc{{a, author={{A, B}}, title={{T}}, year=2020, doi={{{doi}}}}}", "x.bib"))
    assert data["doi"] == expected


@pytest.mark.parametrize(
    "tilde",
    ["~", r"\~{}", r"\~", r"{\textasciitilde}", r"\string~", r"$\sim$", r"{\raise.17ex\hbox{$\scriptstyle\sim$}}"],
)
def test_tildes_in_addresses(tilde: str) -> None:
    entry = f"@misc{{a, author={{A, B}}, title={{T}}, year=2020, url={{https://example.org/{tilde}wren/a\\%20b}}}}"
    assert one(read_bibtex(entry, "x.bib"))["url"] == "https://example.org/~wren/a%20b"


@pytest.mark.parametrize(
    ("latex", "pages"),
    [
        ("pp. 1--9", "1-9"), ("1---9", "1-9"), (r"{1}\textendash{}{9}", "1-9"), ("1 to 9", "1-9"), ("123ff.", "123"),
        ("123+", "123"), ("S1 -- S9, 12", "S1-S9, 12"), ("e12", "e12"),
    ],
)  # fmt: skip
def test_pages_of_all_kinds(latex: str, pages: str) -> None:
    entry = f"@article{{a, author={{A, B}}, title={{T}}, year=2020, journal={{J}}, pages={{{latex}}}}}"
    assert one(read_bibtex(entry, "x.bib"))["venue"]["pages"] == pages


def test_crossref_and_xdata_are_written_out() -> None:
    text = """
@xdata{common, publisher = {P}, year = 2019}
@inproceedings{child, author = {A, B}, title = {Inside}, crossref = {parent}, pages = {1-2}}
@proceedings{parent, editor = {C, D}, title = {The Book}, xdata = {common}, year = 2019, publisher = {P}}
@incollection{missing, author = {E, F}, title = {Lost}, booktitle = {B}, year = 2001, crossref = {nowhere}}
"""
    reading = read_bibtex(text, "x.bib")
    child, parent, lost = (draft.data for draft in drafts(reading))
    assert child["venue"] == {"name": "The Book", "publisher": "P", "pages": "1-2"}
    assert child["editors"] == [{"family": "C", "given": "D"}]
    assert parent["type"] == "proceedings"
    assert lost["extra"] == {"crossref": "nowhere"}
    assert "crossref nowhere not found in the file" in reading.records[2].notes
    assert any("@xdata common" in words for _, words in reading.notes)


def test_an_entry_without_a_key_gives_nothing_to_others() -> None:
    text = """
@Manual{,
  title = {gulls: Counting from cliffs}, author = {{Cliff Team}}, year = {2019}, organization = {Cliff Club},
  note = {R package version 1.2}, doi = {10.5555/gulls}, abstract = {All about gulls.}}
@article{ , author = {Finch, Bo}, title = {Reeds}, journal = {Ibis}, year = 2001, volume = 9}
@misc{wren, author = {Wren, Ada}, title = {Counting eggs}, year = 2010}
@misc{blank, author = {Lark, L.}, title = {Larks}, year = 2011, xdata = { , ,}, crossref = { }}
@book{swift, editor = {Swift, S.}, title = {Handbook of nests}, publisher = {Feather Press}, year = 2012}
"""
    reading = read_bibtex(text, "x.bib")
    gulls, reeds, eggs, larks, nests = (draft.data for draft in drafts(reading))
    assert gulls["authors"] == [{"team": "Cliff Team"}]
    assert gulls["extra"] == {"entrytype": "manual", "organization": "Cliff Club", "note": "R package version 1.2"}
    assert reeds["venue"] == {"name": "Ibis", "volume": "9"}
    assert "source_keys" not in gulls | reeds
    assert eggs == {
        "title": "Counting eggs", "authors": [{"family": "Wren", "given": "Ada"}], "year": "2010", "type": "misc",
        "source_keys": ["wren"],
    }  # fmt: skip
    assert set(larks) == set(eggs)
    assert nests["venue"] == {"name": "Feather Press"}
    assert all(record.notes == [] for record in reading.records[1:])


def test_what_belongs_to_a_parent_alone_does_not_pass_to_its_parts() -> None:
    text = """
@inproceedings{part, author = {A, B}, title = {Inside}, crossref = {Whole}}
@proceedings{whole, editor = {C, D}, title = {The Book}, subtitle = {Of Wings}, year = 2019, publisher = {P},
  eprint = {1901.00001}, archiveprefix = {arXiv}, doi = {10.5555/whole}, abstract = {All.}, xdata = {place}}
@xdata{place, xdata = {press, place}, location = {Oslo}}
@xdata{press, series = {Wings}}
@proceedings{whole, editor = {E, F}, title = {Another Book}, year = 2020}
@mvbook{work, author = {Wren, Ada}, title = {All birds}, publisher = {P}, year = 1990}
@book{volume, title = {Owls}, volume = 2, year = 1992, crossref = {work}}
"""
    reading = read_bibtex(text, "x.bib")
    part, whole, _, _, volume = (draft.data for draft in drafts(reading))
    assert part["title"] == "Inside"
    assert part["venue"] == {"name": "The Book: Of Wings", "series": "Wings", "publisher": "P"}
    assert not {"arxiv", "doi", "abstract"} & part.keys()
    assert part["extra"] == whole["extra"] == {"address": "Oslo"}
    assert "the key Whole is used twice in the file; the first entry is used" in reading.records[0].notes
    assert (volume["title"], volume["authors"]) == ("Owls", [{"family": "Wren", "given": "Ada"}])
    assert volume["extra"] == {"maintitle": "All birds"}


def test_a_broken_entry_is_named_and_the_next_one_is_read() -> None:
    reading = read_bibtex("@article{a, title = {x\n@misc{b, author={A, B}, title={T}, year=2020}\n", "x.bib")
    assert [(line, key) for line, key, _ in reading.refused] == [(1, "@article{a, title = {x")]
    assert [record.key for record in reading.records] == ["b"]


@pytest.mark.parametrize(
    ("entry", "words"),
    [
        ("@misc{a, author={A, B}, year=2020}", "no title"),
        ("@misc{a, title={T}, year=2020}", "no author, editor or organization"),
        ("@misc{a, author={A, B}, title={T}, year={to appear}}", "no year"),
    ],
)
def test_what_cannot_be_a_paper_is_refused_with_the_reason(entry: str, words: str) -> None:
    [draft] = drafts(read_bibtex(entry, "x.bib"))
    assert draft.refused == f"{words}: add it in the file and import again"
