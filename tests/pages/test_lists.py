"""Lists of papers and of what they share."""

from living_survey.pages.lists import ListView, PaperList, build_list_pages, render_newest, render_venues, render_years

from tests.pages.birds import bird, renderer


def test_a_page_of_a_list_knows_where_it_begins() -> None:
    made = renderer(*map(bird, range(1, 6)), page_size=2)
    first, last = (ListView.build(made, PaperList("papers/", "", made.survey.newest), number) for number in (1, 3))
    assert (first.start, len(first.entries), first.pager_above) == (1, 2, False)
    assert (last.start, len(last.entries), last.pager_above) == (5, 1, True)
    assert 'href="../../../papers/' in last.entries[0]


def test_the_newest_are_as_many_as_the_settings_say() -> None:
    html = render_newest(renderer(*map(bird, range(1, 6)), newest=3), "")
    assert html.count('class="survey-entry"') == 3
    assert '<a href="papers/">All 5 papers</a>' in html


def test_venues_and_years_say_how_many_papers_they_have() -> None:
    made = renderer(bird(1), bird(4), bird(31, year=2002), page_size=1)
    second = render_venues(made, "venues/page/2/", 2)
    assert '<li><a href="../../../venues/jfs/">JFS</a> (1)</li>' in second
    assert second.count("<li>") == 1
    assert '<a href="../years/2002/">2002</a></th><td>2</td>' in render_years(made, "years/")


def test_every_list_has_all_its_pages() -> None:
    pages = {page.address: page for page in build_list_pages(renderer(*map(bird, range(1, 6)), page_size=2))}
    assert pages["papers/page/3/"].title == "All papers, page 3"
    assert pages["papers/page/3/"].description == "5 papers"
    assert "papers/" not in pages
    assert pages["years/2002/"].description == "1 paper"
    assert "venues/page/2/" not in pages
    venues = [page.title for page in build_list_pages(renderer(bird(1), bird(4), page_size=1))]
    assert "Venues, page 2" in venues


def test_papers_without_a_theme_have_a_list() -> None:
    pages = {page.address: page.title for page in build_list_pages(renderer(bird(1, themes=None), bird(2)))}
    assert pages["themes/unfiled/"] == "Not filed yet"
