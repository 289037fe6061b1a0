"""Works outside the survey, gathered from what papers name."""

import pytest
from living_survey.model.outside import outside_works, spelling
from living_survey.publish.outside import to_json

from tests.fabricate import key
from tests.pages.birds import bird, survey


def names(*works: tuple[str, str, dict[str, str]]) -> list[dict[str, object]]:
    """Return relations to works outside: type, title, identifiers."""
    return [{"type": kind, "external": {"title": title, **ids}} for kind, title, ids in works]


@pytest.mark.parametrize(
    ("one", "two", "same"),
    [
        ("LLaMA-2", "Llama 2", True), ("GPT‑4", "GPT-4", True), ("T5", "T-5", True), ("C", "C++", False),
        ("GPT-3", "GPT-4", False), ("-", "—", False),
    ],
)  # fmt: skip
def test_titles_that_differ_in_case_and_hyphens_are_one(one: str, two: str, same: bool) -> None:
    assert (spelling(one) == spelling(two)) == same


def test_works_are_gathered_over_papers_most_named_first() -> None:
    whole = survey(
        bird(1, relations=names(("uses", "Wing-Net", {}), ("uses", "Atlas", {"doi": "10.5555/atlas"}))),
        bird(2, relations=names(("extends", "wing net", {}), ("uses", "Wing-Net", {"arxiv": "2106.09685"}))),
        bird(3, relations=names(("surveys", "Wing net", {}))),
    )
    first, second = outside_works(whole.newest)
    assert (first.title, first.also, first.ids, first.papers) == (
        "Wing-Net", ("Wing net", "wing net"), {"2106.09685": "https://arxiv.org/abs/2106.09685"}, 3,
    )  # fmt: skip
    assert {(one.paper.key, one.type) for one in first.named} == {
        (key(1), "uses"), (key(2), "extends"), (key(2), "uses"), (key(3), "surveys"),
    }  # fmt: skip
    assert (second.title, second.papers) == ("Atlas", 1)
    assert whole.outside == [first, second]
    assert to_json(whole).endswith(
        '{"title":"Atlas","ids":["10.5555/atlas"],"url":"https://doi.org/10.5555/atlas","papers":1,'
        f'"named_by":[{{"key":"{key(1)}","relation":"uses"}}]}}]\n'
    )


def test_titles_with_one_identifier_are_one_work_whoever_states_it() -> None:
    whole = survey(
        bird(1, relations=names(("uses", "Wings", {"doi": "10.5555/WINGS"}))),
        bird(5, relations=names(("uses", "Nests", {"arxiv": "2106.09685"}))),
        bird(2, relations=names(("uses", "On wings", {"doi": "10.5555/wings", "url": "https://example.org/"}))),
        bird(3, relations=names(("uses", "The nest", {"doi": "10.48550/arXiv.2106.09685"}))),
        bird(4, relations=names(("uses", "on wings", {}), ("uses", "Nest", {"url": "https://example.org/"}))),
    )
    by_title = {work.title: work for work in outside_works(whole.papers.values())}
    assert {title: (work.also, work.papers) for title, work in by_title.items()} == {
        "On wings": (("Wings", "on wings"), 3), "Nests": (("The nest",), 2), "Nest": ((), 1),
    }  # fmt: skip
    assert by_title["On wings"].ids == {
        "10.5555/WINGS": "https://doi.org/10.5555/WINGS", "https://example.org/": "https://example.org/",
    }  # fmt: skip


def test_names_that_meet_late_are_one_work() -> None:
    ids = [("A", "1"), ("B", "2"), ("C", "3"), ("B", "1"), ("C", "2")]
    relations = names(*(("uses", title, {"doi": f"10.5555/{number}"}) for title, number in ids))
    (work,) = outside_works([bird(1, relations=relations)])
    assert sorted((work.title, *work.also)) == ["A", "B", "C"]
    assert len(work.named) == 5


def test_without_such_works_there_is_nothing() -> None:
    assert survey(bird(1)).outside == []
