"""Pages of the site: the place of one among several, and the editors' page at an address."""

from living_survey.pages.site_page import Pager, capitalized, page_at, root_of

from tests.pages.birds import page, survey


def test_pagers_know_their_neighbours() -> None:
    middle = Pager.build("papers/", 2, 45, 20)
    assert (middle.pages, middle.previous, middle.next) == (3, "papers/", "papers/page/3/")
    assert Pager.build("papers/", 1, 0, 20).pages == 1
    assert Pager.build("papers/", 3, 45, 20).next is None


def test_further_pages_say_their_number_in_the_title() -> None:
    assert Pager.build("papers/", 1, 45, 20).title("All papers") == "All papers"
    assert Pager.build("papers/", 2, 45, 20).title("All papers") == "All papers, page 2"


def test_a_text_begins_with_a_capital_and_keeps_its_own() -> None:
    assert [capitalized(text) for text in ("top GPS rate", "GPS", "")] == ["Top GPS rate", "GPS", ""]


def test_the_root_is_as_far_as_an_address_is_deep() -> None:
    assert [root_of(address) for address in ("", "papers/", "papers/a/")] == ["", "../", "../../"]


def test_an_editors_page_is_found_by_its_address() -> None:
    pages = [page(source) for source in ("index.md", "submit.md", "themes/index.md")]
    whole = survey(pages=tuple(pages))
    assert [page_at(whole, address) for address in ("", "submit/", "themes/", "papers/")] == [*pages, None]
