"""The words of pages: one file of them, singular and plural, escaped where they meet HTML."""

import pytest
from living_survey.model.labels import LabelError, label, labels
from markupsafe import Markup


def test_a_label_is_found_by_its_path_and_takes_values() -> None:
    assert label("paper.read") == "Read the paper"
    assert labels("counts")["papers"] == {"one": "{count} paper", "other": "{count} papers"}


@pytest.mark.parametrize(
    ("count", "text"), [(0, "0 papers"), (1, "1 paper"), (2, "2 papers"), (12345, "12,345 papers")]
)
def test_a_number_decides_between_singular_and_plural(count: int, text: str) -> None:
    assert label("counts.papers", count) == text


def test_html_among_the_values_makes_html_and_escapes_the_rest() -> None:
    text = label("counts.papers", 2, link=Markup("<b>"), title="a < b")
    assert isinstance(text, Markup)
    assert not isinstance(label("counts.papers", 2, title="a < b"), Markup)


@pytest.mark.parametrize("name", ["paper.nothing", "nothing", "paper.read.more", "paper", "counts.papers"])
def test_what_is_no_label_is_an_error(name: str) -> None:
    with pytest.raises(LabelError):
        label(name)
