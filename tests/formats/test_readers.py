"""Files of other programs as records: what each reader understands, keeps, leaves out and says."""

import json
from functools import cache
from typing import Any

import pytest
from living_survey.editing.convert import Draft, ImportOptions, convert
from living_survey.formats.bibtex.latex import braced, to_text
from living_survey.formats.bibtex.reader import read_bibtex
from living_survey.formats.cff import read_cff
from living_survey.formats.csl.reader import read_csl
from living_survey.formats.decoding import decode
from living_survey.formats.front_matter import read_markdown
from living_survey.formats.record import Reading, UnreadableError
from living_survey.formats.ris.reader import read_nbib, read_ris
from living_survey.loading.pages import load_pages
from living_survey.loading.settings import load_settings
from living_survey.loading.themes import load_taxonomy
from living_survey.model.keys import new_key
from living_survey.model.parts import Author
from living_survey.model.settings import Settings
from living_survey.model.theme import Taxonomy

from tests.commands import ROOT


def drafts(reading: Reading, wishes: ImportOptions | None = None) -> list[Draft]:
    """Convert all records of a reading."""
    return [convert(record, *_survey(), wishes or ImportOptions()) for record in reading.records]


@cache
def _survey() -> tuple[Settings, Taxonomy]:
    settings = load_settings(ROOT / "mkdocs.yml")
    return settings, load_taxonomy(settings, load_pages(settings)[0])[0]


def one(reading: Reading) -> dict[str, Any]:
    """Return the data of the only record."""
    [draft] = drafts(reading)
    assert draft.paper, draft.refused
    return draft.data


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
        "version v2 of arXiv 2401.00001 left out: the entry is of the paper",
    ]
    assert reading.notes[0][1].startswith("comment left out") or reading.notes[1][1].startswith("comment left out")
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
        ("@misc{a, author={A, B}, title={T}, year=2020, code={https://example.org/c}, title={U}}",
         {"links": {"code": "https://example.org/c"}, "extra": {"title-2": "U"}}),
    ],
)  # fmt: skip
def test_what_entries_mean(entry: str, expected: dict[str, Any]) -> None:
    data = one(read_bibtex(entry, "x.bib"))
    assert {name: data.get(name) for name in expected} == expected


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
    assert "crossref nowhere is not in the file" in reading.records[2].notes
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
    assert "the key Whole stands twice in the file: the first is taken" in reading.records[0].notes
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


@pytest.mark.parametrize(
    ("latex", "text"),
    [
        (r"Rajam{\"a}e and Schw\"agerl", "Rajamäe and Schwägerl"),
        (r"50% of {LLM}s \& co~x", "50% of LLMs & co x"),
        (r"costs $100 or $200 a day", "costs $100 or $200 a day"),
        (r"$O(n^2)$ and $\pi$", "O(n²) and π"),
        (r"\emph{in} \unknown{vivo} {\textless}b{\textgreater}", "in vivo <b>"),
        ("\"straight\" and ``curly''", '"straight" and “curly”'),
        (r"an open brace { here", "an open brace  here"),
    ],
)
def test_latex_becomes_text(latex: str, text: str) -> None:
    assert to_text(latex) == text


TITLE = "On <i>Ardea</i> in CO<sub>2</sub> & rain, p < 0.05"
PLAIN_TITLE = "On Ardea in CO2 & rain, p < 0.05"


def test_html_of_databases_is_taken_out_of_texts() -> None:
    escaped = TITLE.replace("&", "&amp;").replace("p <", "p &lt;")
    abstract = (
        "<jats:title>Abstract</jats:title><jats:p>One.</jats:p><jats:p>Two &lt; <jats:bold>three</jats:bold>.</jats:p>"
    )
    item = {"type": "article-journal", "title": escaped, "container-title": "Ponds &amp; Lakes", "abstract": abstract,
            "author": [{"name": "The Heron Board"}], "issued": {"date-parts": [[2020]]}}  # fmt: skip
    data = one(read_csl(json.dumps(item), "x.json"))
    assert (data["title"], data["venue"]["name"]) == (PLAIN_TITLE, "Ponds & Lakes")
    assert data["abstract"] == "One.\n\nTwo < three."
    assert data["authors"] == [{"team": "The Heron Board"}]
    ris = (
        f"TY  - JOUR\nAU  - Wren, Ada\nTI  - {escaped}\nJO  - Ponds &amp; Lakes\nPY  - 2020\nAB  - {abstract}\nER  - \n"
    )
    data = one(read_ris(ris, "x.ris"))
    assert (data["title"], data["venue"]["name"]) == (PLAIN_TITLE, "Ponds & Lakes")
    assert data["abstract"] == "One.\n\nTwo < three."
    zotero = escaped.replace("<i>", r"$\less$i$\greater$").replace("</i>", r"$\less$/i$\greater$")
    for title in (escaped, zotero):
        entry = f"@article{{a, author={{Wren, Ada}}, title={{{title}}}, journal={{Ponds &amp; Lakes}}, year=2020}}"
        data = one(read_bibtex(entry, "x.bib"))
        assert (data["title"], data["venue"]["name"]) == (PLAIN_TITLE, "Ponds & Lakes")
    kept = r"@misc{a, author={A, B}, title={{\textless}i{\textgreater} \&amp; a < b > c <i> d}, year=2020}"
    assert one(read_bibtex(kept, "x.bib"))["title"] == "<i> &amp; a < b > c <i> d"


def test_braces_around_everything_protect_nothing() -> None:
    assert braced("{A Study of {Bayes} and {\\'E}mile}") == ["Bayes"]
    assert braced("A {GPS} \\emph{Study}") == ["GPS"]


RIS = """TY  - CPAPER
ID  - w1
AU  - Wren, Ada, Jr.
AU  - Bird Board of Dunes
TI  - Where herons go
T2  - Workshop on Wings
PY  - 2021
DA  - 2021/09/04/
SP  - 17
EP  - 23
DO  - 10.5555/herons
KW  - data
KW  - nests
AB  - First line
continued here
XX  - odd
ER  -
TY  - JOUR
AU  - Finch, B
TI  - No end tag
JO  - Ibis
PY  - 1999
"""


def test_ris_records_even_without_an_end() -> None:
    first, second = (draft.data for draft in drafts(read_ris(RIS, "x.ris")))
    assert first["authors"] == [{"family": "Wren", "given": "Ada", "suffix": "Jr."}, {"team": "Bird Board of Dunes"}]
    assert first["venue"] == {"name": "Workshop on Wings", "pages": "17-23"}
    assert first["published"] == "2021-09-04"
    assert first["themes"] == ["data"]
    assert first["abstract"] == "First line continued here"
    assert first["extra"] == {"xx": "odd", "keywords": "nests"}
    assert second["venue"] == {"name": "Ibis"}


NBIB = """PMID- 123
TI  - Wings of birds.
FAU - Wren, Ada
AU  - Wren A
CN  - Bird Board
JT  - Journal of field studies
TA  - J Field Stud
DP  - 2016 May 12
VI  - 5
IP  - 2
PG  - 1234-41
LID - 10.5555/wings [doi]
AB  - A long
      abstract.
OT  - flight
PT  - Journal Article
"""


def test_pubmed_records() -> None:
    data = one(read_nbib(NBIB, "x.nbib"))
    assert data["title"] == "Wings of birds"
    assert data["authors"] == [{"family": "Wren", "given": "Ada"}, {"team": "Bird Board"}]
    assert data["venue"]["pages"] == "1234-1241"
    assert data["venue"]["short"] == "J Field Stud"
    assert (data["doi"], data["published"]) == ("10.5555/wings", "2016-05-12")
    assert data["abstract"] == "A long abstract."
    assert data["extra"]["pmid"] == "123"


def test_csl_items_alone_in_a_list_and_with_everything_odd() -> None:
    item = (
        '{"id": "x", "type": "article-journal", "title": "On <i>wings</i>", "container-title": "Ibis", "page": "1-2",'
        ' "author": [{"family": "Meer", "given": "Jan", "non-dropping-particle": "van der"},'
        ' {"literal": "Bird Board"}],'
        ' "issued": {"date-parts": [["2020", 3]]}, "DOI": "10.5555/x", "weird": {"a": 1}}'
    )
    for text in (item, f"[\n{item}\n]", f'{{"items": [{item}]}}'):
        data = one(read_csl(text, "x.json"))
        assert data["title"] == "On wings"
        assert data["authors"] == [{"family": "van der Meer", "given": "Jan"}, {"team": "Bird Board"}]
        assert data["published"] == "2020-03"
        assert data["extra"] == {"weird": '{"a": 1}'}
    reading = read_csl(f'[{item},\n"no item"]', "x.json")
    assert reading.refused[0][0] == 2
    with pytest.raises(UnreadableError, match="not JSON: line 2"):
        read_csl("[\n{", "x.json")


CFF = b"""cff-version: 1.2.0
message: Cite it.
title: birdtrack
authors:
  - family-names: Wren
    given-names: Ada
    name-particle: de
    orcid: https://orcid.org/0000-0002-1825-0097
  - name: Bird Board
date-released: 2024-05-06
doi: 10.5555/birdtrack
repository-code: https://example.org/birdtrack
license: MIT
references:
  - type: book
    title: Another work
"""


def test_a_citation_file_is_its_software_and_its_references_are_named() -> None:
    reading = read_cff(CFF, "CITATION.cff")
    data = one(reading)
    assert data["type"] == "software"
    assert data["authors"][0] == {"family": "de Wren", "given": "Ada", "orcid": "0000-0002-1825-0097"}
    assert data["links"] == {"code": "https://example.org/birdtrack"}
    assert data["published"] == "2024-05-06"
    assert data["extra"] == {"license": "MIT"}
    assert reading.notes == [(15, "reference left out, it is what the work cites: Another work")]


MARKDOWN = b"""---
layout: publication
title: "On wings: a study"
authors: Ada Wren, Bo Finch
conference: Workshop on Wings
year: 2021
bibkey: wren2021wings
additional_links:
  - {name: ArXiv, url: "https://arxiv.org/abs/2101.00001"}
  - {name: Code, url: "https://example.org/code"}
tags: ["data", "moult"]
mood: sunny
---
Wings are **bent** and [long](https://example.org).
"""


def test_markdown_with_front_matter() -> None:
    data = one(read_markdown(MARKDOWN, "papers/wren.md"))
    assert data["authors"] == [{"family": "Wren", "given": "Ada"}, {"family": "Finch", "given": "Bo"}]
    assert data["source_keys"] == ["wren2021wings"]
    assert (data["arxiv"], data["links"]) == ("2101.00001", {"code": "https://example.org/code"})
    assert data["abstract"] == "Wings are bent and long."
    assert data["themes"] == ["data"]
    assert data["extra"] == {"mood": "sunny", "keywords": "moult"}
    with pytest.raises(UnreadableError, match="line 2: colon and space"):
        read_markdown(b"---\ntitle: a: b\n---\n", "x.md")
    with pytest.raises(UnreadableError, match="no front matter"):
        read_markdown(b"# Title\n", "x.md")


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
def test_files_in_any_old_encoding(codec: str) -> None:
    text = "@misc{a, author = {Müller, Jörg}, title = {Vögel über dem Meer, und noch mehr Vögel}, year = 1999}\r\n" * 3
    decoded, note = decode(text.encode(codec))
    assert decoded == text.replace("\r\n", "\n")
    assert bool(note) == (codec in ("utf-16-le", "utf-16-be", "cp1252"))


FREE = frozenset[str]().__contains__


def test_keys_are_made_by_rule_and_take_the_next_word_on_a_clash() -> None:
    wren = Author(family="van der Ørsted")
    taken = {"vanderorsted2024gps"}
    assert new_key(wren, 2024, "On the GPS-based study of wings", FREE) == "vanderorsted2024gpsbased"
    assert new_key(wren, 2024, "The GPS of wings", taken.__contains__) == "vanderorsted2024wings"
    assert new_key(wren, 2024, "GPS", taken.__contains__) == "vanderorsted2024gps2"
    assert new_key(Author(family="王"), 2024, "大雁", FREE) == "wang2024dayan"
    assert new_key(Author(team="3M Company"), 2024, "1, 2, 3", FREE) == "x3m20241"
