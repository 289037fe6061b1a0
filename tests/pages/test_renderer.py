"""Templates: what they are given, and how long their lines are."""

import re

from living_survey.model.settings import Settings
from living_survey.model.survey import Survey
from living_survey.pages.renderer import Renderer

from tests.commands import ROOT
from tests.pages.birds import bird, renderer

TEMPLATES = sorted((ROOT / "generator/living_survey/pages/templates").glob("*.html"))


def test_templates_know_neither_the_survey_nor_its_settings() -> None:
    made = renderer(bird())
    assert [name for name, one in made.environment.globals.items() if isinstance(one, Survey | Settings)] == []
    bound = [getattr(one, "__self__", None) for one in made.environment.globals.values()]
    assert [one for one in bound if isinstance(one, Renderer | Survey | Settings)] == []
    reaching = re.compile(r"{[{%][^}]*\b(?:survey|settings)\.")
    texts = {file.name: file.read_text(encoding="utf-8") for file in TEMPLATES}
    assert [name for name, text in texts.items() if reaching.search(text)] == []


def test_lines_of_templates_can_be_read() -> None:
    long = [
        (file.name, number)
        for file in TEMPLATES
        for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1)
        if len(line) > 160
    ]
    assert long == []


def test_what_is_made_once_is_made_once() -> None:
    made = renderer()
    calls: list[Renderer] = []

    def make(one: Renderer) -> list[Renderer]:
        calls.append(one)
        return calls

    assert made.once(make) is made.once(make)
    assert calls == [made]


def test_a_page_leads_to_the_root_by_its_depth() -> None:
    html = renderer().render("redirect.html", "papers/a/", target="../b/")
    assert '<a href="../b/">../b/</a>' in html
