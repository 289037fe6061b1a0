"""Formatted references, long bibliographies in parts, and what machines read inside a page."""

import json
from urllib.parse import parse_qsl

import pytest
from living_survey.formats.entry import PLAIN
from living_survey.formats.references.pybtex_styles import StyleError, to_html_references, to_reference
from living_survey.formats.writers import FORMATS, Format, cut
from living_survey.pages.metadata import coins, highwire_tags, schema_org

from tests.formats.difficult import DIFFICULT, difficult_papers, make

APA = {
    "wrenaa2023many": (
        "Wrenas, A. S., … Wrencv, A. V. (2023). Many hands count many birds. Journal of Field Studies & "
        "Notes, 12(3), e0123. https://doi.org/10.5555/jfs_12(3).e0123"
    ),
    "finch2020atlas": (
        "Finch, A., & de la Cruz, J. (Eds.). (2020). An atlas of migrating birds (second ed.). Feather Press."
    ),
    "heron2021where": (
        "Heron, H., et al. (2021). Where herons go: A GPS study. In A. Finch & J. Li (Eds.), "
        "Proceedings of the 3rd Workshop on Wings (pp. 17:1–17:20). Feather Press. "
        "https://example.org/~heron/where.pdf"
    ),
    "omara2019chapter": "O’Mara, S. (2019). What larks sing. In A. Finch (Ed.), Songs (pp. 3–19, 30). Feather Press.",
    "swift2018nests": "Swift, T. (2018). On nests [Master's thesis, University of the North].",
    "plover2017counting": "Bird, Beach and Dune Board. (2017). Counting plovers (No. TR-17). Board of Dunes.",
}


@pytest.mark.parametrize("key", APA)
def test_references_in_the_manner_of_apa(key: str) -> None:
    text = to_reference(make(DIFFICULT[key], key), "apa")
    assert text.endswith(APA[key])


IEEE = {
    "wrenaa2023many": (
        "A. A. Wrenaa et al., “Many hands count many birds,” Journal of Field Studies & Notes, vol. 12, no. 3, "
        "art. e0123, May 2023, doi: 10.5555/jfs_12(3).e0123."
    ),
    "finch2020atlas": "A. Finch and J. de la Cruz, Eds., An atlas of migrating birds, second ed., Feather Press, 2020.",
    "heron2021where": (
        "H. Heron et al., “Where herons go: A GPS study,” in Proceedings of the 3rd Workshop on Wings, A. Finch and "
        "J. Li, Eds., Feather Press, Sep. 2021, pp. 17:1–17:20. [Online]. Available: "
        "https://example.org/~heron/where.pdf"
    ),
    "swift2018nests": "T. Swift, “On nests,” Master's thesis, University of the North, 2018.",
    "plover2017counting": "Bird, Beach and Dune Board, “Counting plovers,” Board of Dunes, Rep. TR-17, 2017.",
}


@pytest.mark.parametrize("key", IEEE)
def test_references_in_the_manner_of_ieee(key: str) -> None:
    assert to_reference(make(DIFFICULT[key], key), "ieee") == IEEE[key]


def test_names_beyond_twenty_are_left_out_but_the_last() -> None:
    text = to_reference(make(DIFFICULT["wrenaa2023many"], "wrenaa2023many"), "apa")
    assert text.partition(" (2023)")[0].count("Wren") == 20


@pytest.mark.parametrize("style", ["apa", "ieee", "plain", "unsrt", "alpha", "unsrtalpha"])
def test_every_style_formats_every_paper(style: str) -> None:
    for paper in difficult_papers():
        text = to_reference(paper, style)
        assert paper.authors[0].short_name in text
        assert str(paper.year) in text
        assert not set(text) & {chr(n) for n in range(0xE000, 0xF900)}


def test_text_that_looks_like_code_is_text_in_a_reference() -> None:
    paper = make(DIFFICULT["meer2024birds"], "meer2024birds")
    for style in ("apa", "ieee", "plain"):
        assert "{birds} & $100K_x #1 ~ ^ \\input{x} <b> “π” × GPT-4s" in to_reference(paper, style)
        html = to_html_references(paper, [style])[0]
        assert "&lt;b&gt;" in html
        assert "<b>" not in html


def test_a_style_that_there_is_not() -> None:
    with pytest.raises(StyleError, match="unknown style: fancy"):
        to_reference(difficult_papers()[0], "fancy")


@pytest.mark.parametrize("chosen", FORMATS, ids=[form.name for form in FORMATS])
def test_long_bibliographies_are_cut_between_entries(chosen: Format) -> None:
    entries = [chosen.entry(paper, PLAIN) for paper in difficult_papers()]
    assert list(cut(chosen, entries)) == []
    limit = max(len(entry.encode()) for entry in entries) + 20
    parts = list(cut(chosen, entries, limit))
    assert len(parts) > 1
    assert all(len(part.encode()) <= limit for part in parts)
    if chosen.name == "csl-json":
        assert [item["id"] for part in parts for item in json.loads(part)] == [p.key for p in difficult_papers()]
    else:
        assert chosen.between.join(parts) == chosen.join(entries)


def test_highwire_tags_name_the_authors_in_order_and_the_kind_of_venue() -> None:
    tags = highwire_tags(make(DIFFICULT["heron2021where"], "heron2021where"), "https://x.org/p/", ["Song"])
    assert tags == [
        ("citation_title", "Where herons go: a GPS study"),
        ("citation_author", "Heron, H."),
        ("citation_publication_date", "2021/9/4"),
        ("citation_conference_title", "Proceedings of the 3rd Workshop on Wings"),
        ("citation_publisher", "Feather Press"),
        ("citation_firstpage", "17:1"),
        ("citation_lastpage", "17:20"),
        ("citation_pdf_url", "https://example.org/~heron/where.pdf"),
        ("citation_abstract_html_url", "https://x.org/p/"),
        ("citation_keywords", "Song"),
    ]
    authors = [c for n, c in highwire_tags(make(DIFFICULT["wrenaa2023many"], "w"), "", []) if n == "citation_author"]
    assert authors == [f"{author['family']}, {author['given']}" for author in DIFFICULT["wrenaa2023many"]["authors"]]


def test_coins_are_a_query_that_a_resolver_reads() -> None:
    pairs = dict(parse_qsl(coins(make(DIFFICULT["wrenaa2023many"], "w")), strict_parsing=True))
    assert pairs["rft_val_fmt"] == "info:ofi/fmt:kev:mtx:journal"
    assert pairs["rft.atitle"] == "Many hands count many birds"
    assert pairs["rft.jtitle"] == "Journal of Field Studies & Notes"
    assert pairs["rft_id"] in ("info:doi/10.5555/jfs_12(3).e0123", "https://doi.org/10.5555/jfs_12(3).e0123")
    assert "rft.inst=University" in coins(make(DIFFICULT["swift2018nests"], "s"))


def test_schema_org_tells_teams_from_people() -> None:
    data = schema_org(make(DIFFICULT["meer2024birds"], "m"), "https://x.org/", ["Song"])
    assert data["author"][0] == {
        "@type": "Person", "name": "Jan van der Meer", "givenName": "Jan", "familyName": "van der Meer",
    }  # fmt: skip
    assert data["author"][-1] == {"@type": "Organization", "name": "Swift & Heron Team"}
    assert data["identifier"][0]["value"] == "10.48550/arXiv.2407.00001"
