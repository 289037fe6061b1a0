"""Works outside the survey, gathered from what papers name."""

import pytest
from living_survey.model.outside import outside_address, outside_works, spelling
from living_survey.publish.outside import to_json

from tests.fabricate import key
from tests.pages.birds import bird, survey


def names(*works: tuple[str, str, str | None]) -> list[dict[str, object]]:
    """Return relations to works outside: type, title, identifier."""
    return [
        {"type": kind, "external": {"title": title, **({"id": ident} if ident else {})}} for kind, title, ident in works
    ]


@pytest.mark.parametrize(
    ("one", "two", "same"),
    [
        ("LLaMA-2", "Llama 2", True), ("GPT‑4", "GPT-4", True), ("T5", "T-5", True), ("C", "C++", False),
        ("GPT-3", "GPT-4", False), ("-", "—", False),
    ],
)  # fmt: skip
def test_titles_that_differ_in_case_and_hyphens_are_one(one: str, two: str, same: bool) -> None:
    assert (spelling(one) == spelling(two)) == same


@pytest.mark.parametrize(
    ("identifier", "address"),
    [
        ("https://example.org/a", "https://example.org/a"), ("10.5555/a", "https://doi.org/10.5555/a"),
        ("2106.09685", "https://arxiv.org/abs/2106.09685"), ("arXiv:2106.09685v2", "https://arxiv.org/abs/2106.09685v2"),
        ("javascript:alert(1)", None), ("ISBN 3", None), ("", None),
    ],
)  # fmt: skip
def test_identifiers_lead_to_addresses(identifier: str, address: str | None) -> None:
    assert outside_address(identifier) == address


def test_works_are_gathered_over_papers_most_named_first() -> None:
    whole = survey(
        bird(1, relations=names(("uses", "Wing-Net", None), ("uses", "Atlas", "10.5555/atlas"))),
        bird(2, relations=names(("extends", "wing net", None), ("uses", "Wing-Net", "2106.09685"))),
        bird(3, relations=names(("surveys", "Wing net", None))),
    )
    first, second = outside_works(whole.newest)
    assert (first.title, first.also, first.ids, first.papers) == (
        "Wing-Net", ("Wing net", "wing net"), ("2106.09685",), 3,
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


def test_without_such_works_there_is_nothing() -> None:
    assert survey(bird(1)).outside == []
