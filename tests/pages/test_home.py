"""What the home page offers at once."""

from living_survey.pages.home import examples_of, home_of, render_home

from tests.fabricate import number
from tests.pages.birds import bird, page, renderer, survey

CODE = {"code": "https://x.org/"}


def test_examples_are_queries_with_answers() -> None:
    papers = (
        bird(1, themes=["song"], year=2009, links=CODE, kind="survey"),
        bird(2, themes=["season"], year=2003, kind="experiment"),
    )
    whole = survey(*papers, kinds={"survey": "A review", "experiment": "A try"})
    assert [(one.address, one.words) for one in examples_of(whole)] == [
        ("papers/?theme=song&year=2003..&has=code", "Song since 2003 with code"),
        ("papers/?kind=survey", "kind: survey"),
        ("papers/", "All 2 papers"),
    ]
    assert examples_of(survey()) == []


def test_home_has_what_there_is_and_leaves_out_the_rest() -> None:
    path = page("paths/dawn.md")
    made = renderer(bird(1, results=[number()]), bird(2), pages=(path,))
    home = home_of(made, "")
    assert [line.paper.year for line in home.newest] == [made.survey.newest[0].year, made.survey.newest[1].year]
    assert [file.title for file in home.files][-1] == "1 result, CSV"
    assert (home.findings, home.paths) == ((), ())
    html = render_home(made, "")
    assert 'action="papers/"' in html
    assert 'id="findings"' not in html
    assert "style=" not in html
