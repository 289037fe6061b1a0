"""The published version of a preprint: which it is, its record, where it is listed."""

from typing import Any

import pytest
from living_survey.formats.entry import PLAIN
from living_survey.formats.published import published_entry, with_published
from living_survey.formats.writers import BY_NAME
from living_survey.model.paper import Paper
from living_survey.model.published import published_paper, published_version
from living_survey.model.query import Vocabulary, parse_query
from living_survey.pages.head import paper_head
from living_survey.pages.lists import ListView, PaperList, build_list_pages
from living_survey.pages.paper import paper_view
from living_survey.publish.names import file_addresses
from living_survey.publish.papers import paper_rows

from tests.fabricate import key
from tests.pages.birds import bird, renderer, survey

IBIS = {"name": "Ibis, International", "short": "Ibis", "volume": "3"}
VERSION = {"title": "Herons & GPS", "year": 2019, "type": "article", "venue": IBIS, "doi": "10.5555/ibis"}


def preprint(*versions: dict[str, Any], **changes: Any) -> Paper:
    """Return a preprint with versions."""
    data = {"type": "preprint", "status": "preprint", "venue": None, "doi": None, "arxiv": "1801.00001", **changes}
    return bird(1, versions=list(versions) or None, **data)


@pytest.mark.parametrize(
    ("paper", "title"),
    [
        (preprint(), None),
        (preprint({"title": "Old", "year": 2018}), None),
        (preprint({"title": "Old", "venue": IBIS}), None),
        (preprint({**VERSION, "type": "preprint"}), None),
        (preprint(VERSION), "Herons & GPS"),
        (preprint(VERSION, {**VERSION, "title": "Later", "year": 2020}, {"title": "Draft"}), "Later"),
        (bird(1, versions=[VERSION]), None),
    ],
)
def test_a_published_version_has_a_venue_and_a_year(paper: Paper, title: str | None) -> None:
    version = published_version(paper)
    assert (version.title.text if version else None) == title


def test_the_record_is_that_of_the_version_with_a_key_of_its_own() -> None:
    paper = preprint(VERSION, first_public="2018-01-02", extra={"note": "of the preprint"})
    _ = paper.display_title, paper.date, paper.byline, paper.reader_url
    made = published_paper(paper)
    assert made is not None
    assert (made.key, made.year, made.date, made.doi, made.arxiv) == (
        f"{key(1)}-published", 2019, "2019", "10.5555/ibis", None,
    )  # fmt: skip
    assert made.authors == paper.authors
    assert made.reader_url == "https://doi.org/10.5555/ibis"
    text = published_entry(BY_NAME["bibtex"], paper)
    assert text.startswith(f"@article{{{key(1)}-published,")
    assert "  journal = {Ibis, International}," in text
    assert "of the preprint" not in text


def test_only_the_published_version_names_the_other_in_biblatex() -> None:
    paper, form = preprint(VERSION), BY_NAME["biblatex"]
    text = published_entry(form, paper)
    assert f"  related = {{{key(1)}}},\n  relatedtype = {{origpubas}},\n" in text
    assert "related" not in form.entry(paper, PLAIN)


def test_a_file_to_cite_from_has_both_and_others_have_one() -> None:
    paper = preprint(VERSION)
    bibtex, ris = (BY_NAME[name].entry(paper, PLAIN) for name in ("bibtex", "ris"))
    both = with_published(BY_NAME["bibtex"], paper, bibtex)
    assert both.startswith(f"{bibtex}\n@article")
    assert with_published(BY_NAME["ris"], paper, ris) == ris
    assert f"papers/{key(1)}/{key(1)}-published.ris" in set(file_addresses(survey(paper)))
    assert with_published(BY_NAME["bibtex"], bird(2), "x") == "x"


def test_the_page_says_where_it_appeared_and_how_that_is_cited() -> None:
    paper = preprint(VERSION)
    made = renderer(paper)
    view = paper_view(made, paper)
    assert view.published_as == (
        'Published as <a href="https://doi.org/10.5555/ibis"><cite>Herons &amp; GPS</cite></a>, '
        '<a href="../../venues/ibis/">Ibis, International</a>, 2019.'
    )
    assert [way.id for way in view.cite][-2:] == ["bibtex-published", "biblatex-published"]
    assert view.files[-1].address == f"{key(1)}-published.ris"
    html = made.render("paper.html", f"papers/{key(1)}/", paper=view)
    assert html.index("survey-authors") < html.index("survey-published-as") < html.index('class="survey-published"')
    other = bird(2)
    assert paper_view(renderer(other), other).published_as == ""


def test_scripts_read_where_it_appeared() -> None:
    made = renderer(preprint(VERSION), bird(2))
    rows = {row["key"]: row for row in paper_rows(made)}
    assert rows[key(1)]["published"] == {
        "key": f"{key(1)}-published", "title": "Herons & GPS", "type": "article", "venue": "Ibis, International",
        "year": 2019, "doi": "10.5555/ibis", "url": "https://doi.org/10.5555/ibis",
    }  # fmt: skip
    assert "published" not in rows[key(2)]


def test_metadata_has_the_published_version_as_a_work_based_on_the_preprint() -> None:
    paper, other = preprint(VERSION), bird(2)
    made = survey(paper, other)
    data = paper_head(made, None, paper).data
    assert data["identifier"][-1]["value"] == "1801.00001"
    assert data["@reverse"]["isBasedOn"] == {
        "@type": "ScholarlyArticle", "name": "Herons & GPS", "headline": "Herons & GPS", "author": data["author"],
        "datePublished": "2019", "url": "https://doi.org/10.5555/ibis", "sameAs": ["https://doi.org/10.5555/ibis"],
        "isPartOf": {"@type": "PublicationVolume", "name": "Ibis, International", "volumeNumber": "3"},
        "identifier": [{"@type": "PropertyValue", "propertyID": "DOI", "value": "10.5555/ibis"}],
    }  # fmt: skip
    assert "@reverse" not in paper_head(made, None, other).data


def test_it_is_listed_at_the_venue_of_its_version_and_says_so() -> None:
    paper, own = preprint(VERSION), bird(2, venue=IBIS, type="article")
    made = renderer(paper, own)
    venue = made.survey.venues["ibis"]
    assert ({one.key for one in venue.papers}, venue.versions) == ({key(1), key(2)}, {key(1)})
    pages = {page.address: page.body for page in build_list_pages(made)}
    assert pages["venues/ibis/"].count("(published version, 2019)") == 1
    elsewhere = [body for address, body in pages.items() if address != "venues/ibis/"]
    assert elsewhere
    assert not any("published version" in body for body in elsewhere)
    assert len(ListView.build(made, PaperList("papers/", "", made.survey.newest)).entries) == 2
    found = parse_query("venue=ibis", Vocabulary.build(made.survey)).papers(made.survey)
    assert {one.key for one in found} == {key(1), key(2)}


def test_a_paper_stands_once_where_both_versions_name_one_venue() -> None:
    paper = preprint(VERSION, venue=IBIS)
    venue = survey(paper).venues["ibis"]
    assert (len(venue.papers), venue.versions) == (1, set())
