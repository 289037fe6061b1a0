"""The page of works outside the survey."""

from living_survey.model.page import OUTSIDE
from living_survey.pages.blocks import index_pages
from living_survey.pages.outside import render_outside
from living_survey.publish.names import file_addresses

from tests.pages.birds import bird, renderer


def test_the_table_says_who_names_what_and_how() -> None:
    relations = [
        {
            "type": "uses",
            "external": {"title": "Atlas <1>", "doi": "10.5555/atlas", "url": "https://example.org/a"},
            "note": "for maps",
        },
        {"type": "extends", "external": {"title": "Lost"}},
    ]
    made = renderer(bird(1, short_name="SwiftNet", relations=relations))
    html = render_outside(made, "outside/")
    assert "name 2 works" in html
    assert "this is the queue" in html
    assert '<a href="../api/external.json" download>JSON</a>' in html
    assert (
        '<td>Atlas &lt;1&gt;</td><td><a href="https://doi.org/10.5555/atlas" rel="nofollow">10.5555/atlas</a>, '
        '<a href="https://example.org/a" rel="nofollow">https://example.org/a</a></td>' in html
    )
    assert ">SwiftNet</a> uses (for maps)</td>" in html
    assert "<td>Lost</td><td></td><td>1</td>" in html


def test_identifiers_have_a_column_only_where_a_work_has_one() -> None:
    bare = renderer(bird(1, relations=[{"type": "extends", "external": {"title": "Lost"}}]))
    html = render_outside(bare, "outside/")
    assert "".join(html.split()).count("<td>Lost</td><td>1</td>") == 1
    assert html.count("<th ") == 3


def test_there_is_a_page_and_a_file_only_where_papers_name_such_works() -> None:
    bare = renderer(bird(1)).survey
    named = renderer(bird(1, relations=[{"type": "uses", "external": {"title": "Atlas"}}])).survey
    assert [OUTSIDE in index_pages(one) for one in (bare, named)] == [False, True]
    assert ["api/external.json" in set(file_addresses(one)) for one in (bare, named)] == [False, True]
