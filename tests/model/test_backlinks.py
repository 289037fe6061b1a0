"""Where a survey discusses a paper: theme texts first, each citation with its id and its sentence."""

from dataclasses import replace

from living_survey.model.backlinks import Backlink, backlinks_of
from living_survey.model.comparison import Comparison
from living_survey.model.page import EditorPage
from living_survey.model.survey import Survey

from tests.fabricate import key
from tests.pages.birds import bird, page, survey

ONE, TWO = key(1), key(2)


def test_citations_are_listed_by_kind_and_counted_on_each_page() -> None:
    path = EditorPage("paths/a.md", "docs/paths/a.md", {"path": [{"paper": ONE, "why": "First."}]}, {}, f"So [@{ONE}].")
    pages = (
        page("about.md", f"# About us\n\nWe like [@{ONE}]."),
        path,
        page("findings.md", f"# Findings\n\nBirds [@{TWO}; @{ONE}] sleep. As @old2001name says."),
        page("themes/song.md", f"They sing [@{ONE}]."),
        page("themes/flight/index.md", "Nothing."),
    )
    made = survey(bird(1, aliases=["old2001name"], summary=f"Like [@{TWO}]."), bird(2), pages=pages)
    found = [(link.kind, link.page, link.title, link.id, link.sentence) for link in backlinks_of(made).by_key[ONE]]
    assert found == [
        ("theme", "themes/song/", "themes/song.md", f"c-{ONE}-1", "They sing."),
        ("path", "paths/a/", "paths/a.md", f"c-{ONE}-1", "First."),
        ("path", "paths/a/", "paths/a.md", f"c-{ONE}-2", "So."),
        ("finding", "findings/", "Findings", f"c-{ONE}-1", "Birds sleep."),
        ("finding", "findings/", "Findings", f"c-{ONE}-2", "As Ørsted and Šimek says."),
        ("page", "about/", "About us", f"c-{ONE}-1", "We like."),
    ]
    summary = backlinks_of(made).by_key[TWO][-1]
    assert (summary.kind, summary.page, summary.source) == ("summary", f"papers/{ONE}/", "")
    assert [link.number for link in backlinks_of(made).by_source["paths/a.md"]] == [-1, 0]


def test_a_comparison_discusses_what_its_note_cites_and_what_its_table_shows() -> None:
    note = f"Half as fast as @{ONE} says. So [@{TWO}; @{ONE}]."
    data = {
        "id": "a",
        "title": "Wings",
        "query": "theme=flight,song,season -year=2016",
        "columns": ["year", "kind", "has"],
    }
    made = replace(
        survey(bird(1, kind=None), bird(2), bird(3), pages=(page("about.md", f"[@{ONE}]"),)),
        comparisons={"a": Comparison.model_validate({**data, "note": note})},
    )
    found = {name: [(link.kind, link.id, link.sentence) for link in links] for name, links in _by_key(made).items()}
    assert found == {
        ONE: [
            ("comparison", f"c-{ONE}-1", "Half as fast as Ørsted and Šimek says."),
            ("comparison", f"c-{ONE}-2", "So."),
            ("comparison", f"c-{ONE}-3", "Year: 2002"),
            ("page", f"c-{ONE}-1", ""),
        ],
        TWO: [
            ("comparison", f"c-{TWO}-1", "So."),
            ("comparison", f"c-{TWO}-2", "Year: 2009 · Kind: review"),
        ],
    }
    assert [link.page for link in backlinks_of(made).by_source["comparisons/a.yaml"]] == ["comparisons/a/"] * 5


def _by_key(made: Survey) -> dict[str, list[Backlink]]:
    return backlinks_of(made).by_key


def test_a_page_is_titled_by_its_front_matter_or_its_first_heading() -> None:
    assert EditorPage("a.md", "a.md", {"title": "One"}, {}, "# Two").title == "One"
    assert EditorPage("a.md", "a.md", {}, {}, "# Two").title == "Two"
    assert EditorPage("a.md", "a.md", {}, {}, "Three").title == "a.md"


def test_without_texts_there_is_nothing_to_find() -> None:
    made = survey(*(bird(n) for n in range(1, 10)))
    assert (backlinks_of(made).by_key, backlinks_of(made).by_source, made.events) == ({}, {}, {})
