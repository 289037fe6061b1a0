"""Files of other programs as records: what each reader understands, keeps, leaves out and says."""

import json

import pytest
from living_survey.formats.bibtex.reader import read_bibtex
from living_survey.formats.cff import read_cff
from living_survey.formats.csl.reader import read_csl
from living_survey.formats.front_matter import read_markdown
from living_survey.formats.record import UnreadableError
from living_survey.formats.ris.reader import read_nbib, read_ris

from tests.formats.reading import drafts, one

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


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ("PY  - 2019\nDA  - MAY 1\n", {"year": "2019", "published": "2019-05-01"}),
        ("DA  - JAN-FEB\nPY  - 2019\n", {"published": "2019-01", "extra": {"date": "JAN-FEB"}}),
        ("PY  - 2018\nDA  - 01/05/2018\n", {"published": None, "extra": {"date": "01/05/2018"}}),
        ("PY  - 2018\nDA  - 2017/12/05\n", {"year": "2018", "published": None, "extra": {"date": "2017/12/05"}}),
        ("Y1  - 2018/12/05/Autumn\n", {"published": "2018-12-05", "extra": {"date": "Autumn"}}),
        ("PY  - 2018//\nY1  - 2018/07//\n", {"published": "2018-07", "extra": None}),
        ("DA  - 3 May 2018\n", {"year": "2018", "published": "2018-05-03"}),
    ],
)
def test_dates_in_ris(lines: str, expected: dict[str, object]) -> None:
    data = one(read_ris(f"TY  - BOOK\nAU  - Wren, Ada\nTI  - T\nPB  - P\n{lines}ER  - \n", "x.ris"))
    assert {name: data.get(name) for name in expected} == expected


@pytest.mark.parametrize("hyphen", [" - ", "  -", " -  ", "   - ", "- "])
def test_blanks_around_the_hyphens_of_ris(hyphen: str) -> None:
    tags = ("TYJOUR", "AUWren, Ada", "TIOn wings", "T2Ibis", "PY2020", "ABOne\n- two", "ER")
    text = "".join(f"{tag[:2]}{hyphen}{tag[2:]}\n" for tag in tags)
    first, second = (draft.data for draft in drafts(read_ris(text + text, "x.ris")))
    assert first == second
    assert (first["title"], first["venue"], first["abstract"]) == ("On wings", {"name": "Ibis"}, "One - two")


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


def test_an_answer_of_crossrefs_own_service() -> None:
    work = {
        "type": "journal-article", "title": ["On wings"], "subtitle": ["A study"], "container-title": ["Ibis"],
        "short-container-title": ["Ib."], "ISSN": ["1234-5679", "1234-5687"], "subject": ["Nests", "data"],
        "author": [{"family": "Wren", "given": "Ada", "sequence": "first", "ORCID": "https://orcid.org/0000-0002-1825-0097"}],
        "issued": {"date-parts": [[2020, None]]}, "DOI": "10.5555/x", "reference-count": 2, "indexed": {"version": "3"},
        "link": [{"URL": "https://example.org"}],
    }  # fmt: skip
    for text in (json.dumps({"status": "ok", "message": work}), json.dumps({"message": {"items": [work]}})):
        reading = read_csl(text, "x.json")
        data = one(reading)
        assert (data["title"], data["type"], data["year"]) == ("On wings: A study", "article", "2020")
        assert data["venue"] == {"name": "Ibis", "short": "Ib."}
        assert data["authors"] == [{"family": "Wren", "given": "Ada", "orcid": "0000-0002-1825-0097"}]
        assert data["themes"] == ["data"]
        assert data["extra"] == {"issn": "1234-5679; 1234-5687", "keywords": "Nests"}
        assert reading.records[0].notes == ["Crossref's own records left out: reference-count, indexed, link"]


def test_an_orcid_with_a_wrong_digit_refuses_no_record() -> None:
    for orcid in ("0000-0002-1825-0098", "0000-0002-1825-009"):
        raw = CFF.replace(b"0000-0002-1825-0097", orcid.encode())
        [draft] = drafts(read_cff(raw, "CITATION.cff"))
        assert draft.data["authors"][0] == {"family": "de Wren", "given": "Ada"}
    assert drafts(read_cff(CFF.replace(b"0097", b"0098"), "x"))[0].data["extra"]["orcid"] == "0000-0002-1825-0098"


def test_a_preferred_citation_without_a_year() -> None:
    preferred = (
        b"preferred-citation:\n  type: article\n  title: Tracks\n  journal: Ibis\n  authors: [{name: Bird Board}]\n"
    )
    reading = read_cff(CFF + preferred, "CITATION.cff")
    assert (one(reading)["title"], one(reading)["year"]) == ("Tracks", "2024")
    assert any("2024, that of the work itself" in words for _, words in reading.notes)


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
    assert reading.notes == [(15, "reference skipped, since it is what the work cites: Another work")]


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
