"""A title has one rendering for each place where it is printed."""

from living_survey.formats.bibtex.writer import title_to_tex, to_bibtex
from living_survey.model.paper import Paper
from living_survey.model.title import Title
from markupsafe import Markup, escape

from tests.fabricate import key, paper


def make(title: str, **more: object) -> Paper:
    return Paper.model_validate({**paper(1), "key": key(1), "title": title, **more})


def test_a_papers_titles_are_titles() -> None:
    one = make("On GPS & <i>song</i>", short_name="Songbird", versions=[{"title": "Earlier"}])
    assert isinstance(one.title, Title)
    assert isinstance(one.display_title, Title)
    assert isinstance((one.versions or ())[0].title, Title)
    assert one.display_title == "Songbird: On GPS & <i>song</i>"
    assert type(one.model_dump(mode="json")["title"]) is str or one.model_dump_json()


def test_each_sink_has_its_rendering() -> None:
    title = Title("On  <GPS> & Élan: 100 %")
    assert title.text == "On  <GPS> & Élan: 100 %"
    assert type(title.text) is str
    assert title.html == Markup("On  &lt;GPS&gt; &amp; Élan: 100 %")
    assert escape(title) == title.html
    assert title.sort_key == "on gps elan 100"
    assert title.to_tex(str.upper, [(4, 9)]) == "ON  {<GPS>} & ÉLAN: 100 %"


def test_tex_keeps_capitals() -> None:
    one = make("GPS tracks of Ælfric & others")
    assert title_to_tex(one) == r"{GPS} tracks of {\AE}lfric \& others"
    assert r"title = {{GPS} tracks of" in to_bibtex(one)
