"""What can be downloaded."""

import pytest
from living_survey.pages.downloads import parts_of, render_downloads

from tests.pages.birds import bird, renderer


def test_the_whole_survey_and_each_theme_can_be_downloaded() -> None:
    html = render_downloads(renderer(bird(1), bird(2)), "formats/")
    assert (
        '<a class="md-button md-button--primary" href="../bib/survey.bib" download>All 2 papers as BibTeX</a>' in html
    )
    assert '<a class="md-button" href="../bib/survey.ris" download>RIS</a>' in html
    assert 'href="../bib/themes/flight/height.ris" download aria-label="Flight height as RIS">RIS</a>' in html
    assert "Flight › Flight height (" in html


def test_parts_are_named_where_there_are_several(monkeypatch: pytest.MonkeyPatch) -> None:
    made = renderer(bird(1), bird(2))
    assert parts_of(made) == []
    monkeypatch.setattr(made.bibliography, "parts", lambda form: 2 if form.name == "ris" else 0)
    [parts] = parts_of(made)
    assert (parts.title, [(file.address, file.title) for file in parts.files]) == (
        "RIS", [("bib/parts/survey/1.ris", "1"), ("bib/parts/survey/2.ris", "2")],
    )  # fmt: skip
