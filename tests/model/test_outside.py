"""Works outside the survey, gathered from what papers name."""

import json
from dataclasses import replace

import pytest
from living_survey.model.links import find_links
from living_survey.model.outside import NamingText, naming_texts, outside_works, spelling
from living_survey.model.work import Work
from living_survey.publish.outside import to_json

from tests.fabricate import key
from tests.pages.birds import bird, page, survey


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


def record(title: str, **fields: object) -> Work:
    """Return a record of a work."""
    said = {"title": title, "author": "Wren", "year": "2020", "found_in": "a list", **fields}
    return Work.model_validate(said)


def test_a_record_is_one_with_what_relations_call_by_its_names_or_identifiers() -> None:
    papers = [
        bird(1, relations=names(("uses", "wing-net", {}), ("uses", "Nest", {"doi": "10.48550/arXiv.2106.09685"}))),
        bird(2, relations=names(("uses", "Wings At Night", {"doi": "10.5555/WINGS"}), ("uses", "Other", {}))),
    ]
    works = {
        "wings": record("Wings at night", also=["WingNet"], doi="10.5555/wings", url="https://example.org/"),
        "nests": record("Nests", arxiv="2106.09685"),
        "eggs": record("Eggs", url="https://example.org/eggs"),
        "alone": record("Alone", arxiv="2106.00001"),
    }
    song, speed = NamingText("Song", "song/"), NamingText("Speed", "speed/")
    found = outside_works(papers, works, {"eggs": [song, speed], "nests": [song]})
    assert [(one.title, one.also, [*one.ids], one.papers, one.texts) for one in found] == [
        ("Wings at night", ("Wings At Night", "wing-net"), ["10.5555/wings", "https://example.org/"], 2, ()),
        ("Nests", ("Nest",), ["2106.09685", "10.48550/arXiv.2106.09685"], 1, (song,)),
        ("Eggs", (), ["https://example.org/eggs"], 0, (song, speed)), ("Other", (), [], 1, ()),
    ]  # fmt: skip
    assert [one.record and one.record.author for one in found] == ["Wren", "Wren", "Wren", None]


def test_each_text_names_a_work_once() -> None:
    works = {"a": record("A", arxiv="2106.09685", url="https://example.org/a"), "b": record("B", doi="10.5555/b(1)")}
    one, two = NamingText("One", "one/"), NamingText("Two", "two/")
    texts = [
        (
            one,
            ["[A](https://arxiv.org/abs/2106.09685v3), <https://example.org/a>.", "https://doi.org/10.5555/B%281%29"],
        ),
        (two, ["[B](https://doi.org/10.5555/b(1)) and `https://example.org/a`"]),
    ]
    assert naming_texts(works, texts) == {"a": [one], "b": [one, two]}


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("[a](https://arxiv.org/pdf/2106.09685v2.pdf)", ["arXiv 2106.09685"]),
        ("*https://doi.org/10.5555/x*.", ["DOI 10.5555/x"]), ("(see https://dx.doi.org/10.5555/X).", ["DOI 10.5555/x"]),
        ("https://doi.org/10.48550/arXiv.2106.09685", ["arXiv 2106.09685"]), ("https://arxiv.org/list/cs.CL", None),
        ("[a](https://doi.org/10.1016/S0140-6736(05)12345-6)", ["DOI 10.1016/s0140-6736(05)12345-6"]),
        ("arXiv:2106.09685", []), ("<!-- https://doi.org/10.5555/x -->", []),
    ],
)  # fmt: skip
def test_addresses_in_texts_are_identifiers(text: str, ids: list[str] | None) -> None:
    wanted = ["https://arxiv.org/list/cs.CL"] if ids is None else ids
    assert [one for link in find_links(text) for one in link.ids] == wanted


def test_the_file_says_what_the_record_says_and_which_texts_name_the_work() -> None:
    whole = survey(
        bird(1, summary="As in [Wings](https://arxiv.org/abs/2106.09685)."),
        pages=(page("song.md", "# Song\n\n<https://arxiv.org/abs/2106.09685>"),),
    )
    works = {"wings": record("Wings", arxiv="2106.09685")}
    (line,) = json.loads(to_json(replace(whole, works=works)))
    assert line == {
        "title": "Wings", "author": "Wren", "year": 2020, "ids": ["2106.09685"], "texts": 2,
        "found_in": "a list", "papers": 0, "named_by": [],
        "url": "https://arxiv.org/abs/2106.09685",
        "named_in": [
            {"page": "song/", "title": "Song"},
            {"page": f"papers/{key(1)}/", "title": whole.papers[key(1)].display_title.text},
        ],
    }  # fmt: skip
