"""Where authors are listed."""

from living_survey.pages.authors import AuthorLine, AuthorLinks, build_author_indices, render_authors

from tests.pages.birds import bird, renderer

ADA, BO = {"family": "Wren", "given": "Ada", "orcid": "0000-0002-1825-0097"}, {"family": "Swift", "given": "Bo"}
EVE = {"family": "Swan", "given": "Eve"}


def test_an_author_has_a_page_from_two_papers_on_and_a_line_before() -> None:
    one = bird(1, authors=[ADA, BO])
    links = renderer(one, bird(2, authors=[ADA, EVE]), page_size=1).once(AuthorLinks).of(one)
    assert [(link.name, link.address, link.orcid) for link in links] == [
        ("Ada Wren", "authors/ada-wren/", "0000-0002-1825-0097"),
        ("Bo Swift", "authors/s/page/2/#bo-swift", ""),
    ]


def test_a_line_shows_the_only_paper_or_how_many_there_are() -> None:
    authors = renderer(bird(1, authors=[ADA, BO]), bird(2, authors=[ADA])).survey.authors
    several, single = AuthorLine.build(authors["ada-wren"]), AuthorLine.build(authors["bo-swift"])
    assert (several.listing.papers, several.paper) == (2, None)
    assert single.paper is not None
    assert single.paper.title == bird(1).title


def test_the_index_has_letters_and_the_most_prolific() -> None:
    html = render_authors(renderer(bird(1, authors=[ADA, BO]), bird(2, authors=[ADA, EVE])), "authors/")
    assert 'aria-label="Authors under S, 2"' in html
    assert '<a href="../authors/ada-wren/">Ada Wren</a> (2)' in html
    assert "Every author has one paper." in render_authors(renderer(bird(1, authors=[BO])), "authors/")


def test_a_letter_has_as_many_pages_as_its_authors_need() -> None:
    made = renderer(bird(1, authors=[ADA, BO, EVE]), page_size=1)
    pages = [(page.address, page.title, page.description) for page in build_author_indices(made)]
    assert pages == [
        ("authors/s/", "Authors: S", "2 authors"), ("authors/s/page/2/", "Authors: S, page 2", "2 authors"),
        ("authors/w/", "Authors: W", "1 author"),
    ]  # fmt: skip
