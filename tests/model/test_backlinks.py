"""Where a survey discusses a paper: theme texts first, each citation with its id and its sentence."""

from living_survey.model.page import EditorPage

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
    found = [(link.kind, link.page, link.title, link.id, link.sentence) for link in made.backlinks.by_key[ONE]]
    assert found == [
        ("theme", "themes/song/", "themes/song.md", f"c-{ONE}-1", "They sing."),
        ("path", "paths/a/", "paths/a.md", f"c-{ONE}-1", "First."),
        ("path", "paths/a/", "paths/a.md", f"c-{ONE}-2", "So."),
        ("finding", "findings/", "Findings", f"c-{ONE}-1", "Birds sleep."),
        ("finding", "findings/", "Findings", f"c-{ONE}-2", "As Ørsted and Šimek says."),
        ("page", "about/", "About us", f"c-{ONE}-1", "We like."),
    ]
    summary = made.backlinks.by_key[TWO][-1]
    assert (summary.kind, summary.page, summary.source) == ("summary", f"papers/{ONE}/", "")
    assert [link.number for link in made.backlinks.by_source["paths/a.md"]] == [-1, 0]


def test_a_page_is_titled_by_its_front_matter_or_its_first_heading() -> None:
    assert EditorPage("a.md", "a.md", {"title": "One"}, {}, "# Two").title == "One"
    assert EditorPage("a.md", "a.md", {}, {}, "# Two").title == "Two"
    assert EditorPage("a.md", "a.md", {}, {}, "Three").title == "a.md"


def test_without_texts_there_is_nothing_to_find() -> None:
    made = survey(*(bird(n) for n in range(1, 10)))
    assert (made.backlinks.by_key, made.backlinks.by_source, made.events) == ({}, {}, {})
