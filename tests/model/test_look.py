"""The colors of a survey: what can be read, and the style sheet that is made of them."""

from pathlib import Path

import pytest
from living_survey.loading.settings import load_settings
from living_survey.model.look import LEAST, PAIRS, Dark, Light, Look, contrast, to_css
from living_survey.syntax.problems import ProblemsError

from tests.fabricate import write_survey


def test_black_on_white_has_the_most_contrast_and_a_color_on_itself_none() -> None:
    assert round(contrast("#000000", "#ffffff"), 2) == 21
    assert contrast("#0a5a9c", "#0a5a9c") == 1
    assert round(contrast("#777777", "#ffffff"), 2) == 4.48  # the gray that just fails


@pytest.mark.parametrize("colors", [Light(), Dark()], ids=["light", "dark"])
def test_what_is_read_by_default_can_be_read(colors: Light | Dark) -> None:
    assert min(contrast(getattr(colors, text), getattr(colors, behind)) for text, behind in PAIRS) >= LEAST


def test_the_style_sheet_has_the_dark_scheme_for_screens_alone() -> None:
    light, screen, dark = to_css(Look.model_validate({"dark": {"accent": "#ffffff"}})).partition("@media screen")
    assert screen
    assert "  --s-accent-soft: #e3eff9;\n" in light
    assert "  --s-accent: #ffffff;\n" in dark
    assert '[data-md-color-scheme="slate"]' in dark


@pytest.mark.parametrize(
    ("look", "line", "words"),
    [
        ({"light": {"accent": "#8bbbe2"}}, '        light: {"accent"', "accent on ground has a contrast of 2.0 to 1"),
        ({"dark": {"muted": "gray"}}, "muted", "gray is not a color"),
        ({"dark": {"mute": "#ffffff"}}, "mute", "mute"),
    ],
)
def test_colors_that_cannot_be_read_are_a_problem_of_their_line(
    tmp_path: Path, look: dict[str, object], line: str, words: str
) -> None:
    folder = write_survey(tmp_path, 1, settings={"look": look}).parent
    with pytest.raises(ProblemsError) as refused:
        load_settings(folder / "mkdocs.yml")
    [problem] = refused.value.problems
    assert words in problem.message
    assert line.strip().split(":")[0].strip('"') in (folder / "mkdocs.yml").read_text().splitlines()[problem.line - 1]
