"""The page of works outside the survey."""

from dataclasses import replace

from living_survey.model.page import OUTSIDE
from living_survey.model.work import Work
from living_survey.pages.blocks import index_pages
from living_survey.pages.outside import render_outside
from living_survey.pages.renderer import Renderer
from living_survey.publish.names import file_addresses

from tests.pages.birds import bird, page, renderer, survey


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


def test_a_work_with_a_record_has_its_author_and_the_texts_that_name_it() -> None:
    said = {"title": "Wings", "author": "Wren", "year": "2020", "arxiv": "2106.09685", "found_in": "a list"}
    text = page("song.md", "# Song & dance\n\n<https://arxiv.org/abs/2106.09685>")
    relations = [{"type": "uses", "external": {"title": "wings"}}, {"type": "uses", "external": {"title": "Lost"}}]
    whole = survey(bird(1, short_name="SwiftNet", relations=relations), pages=(text,))
    html = render_outside(Renderer(replace(whole, works={"wings": Work.model_validate(said)})), "outside/")
    assert '<td>Wings <small>also: wings</small></td><td>Wren, 2020</td><td><a href="https://arxiv.org/abs/2106' in html
    assert '>SwiftNet</a> uses; texts:\n<a href="../song/">Song &amp; dance</a></td>' in html
    assert "</td><td>2</td>" in html
    assert "<td>Lost</td><td></td><td></td><td>1</td>" in html
    alone = replace(survey(bird(1), pages=(text,)), works={"wings": Work.model_validate(said)})
    assert OUTSIDE in index_pages(alone)
