"""Likely duplicates: a labelled set of pairs, with precision and recall; and what is said of them."""

from pathlib import Path
from typing import Any

import pytest
from living_survey.checks.papers import check_duplicates
from living_survey.model.paper import Paper
from living_survey.model.titles import TitleIndex, numbers_of
from rapidfuzz import fuzz

from tests.commands import run_survey as run
from tests.formats.difficult import make

PAIRS: list[tuple[bool, str, str]] = [
    (True, "Swifts sleep on the wing", "Swifts Sleep On the Wing."),
    (True, "Swifts sleep on the wing", "Swifts sleep on wing"),
    (True, "The moult of geese: a review", "The Moult of Geese – A Review"),
    (True, "Counting plovers with drones", "Counting Plovers with Drones"),
    (True, "On the migration of the white stork", "The migration of the white stork"),
    (True, "A GPS study of herons in the Camargue", "A GPS-study of Herons in the Camargue"),
    (True, "Über den Zug der Vögel", "Uber den Zug der Vogel"),
    (True, "Wing loading and flight speed in raptors", "Flight speed and wing loading in raptors"),
    (True, "Songs of the reed warbler, part 2", "Songs of the reed warbler, Part II"),
    (True, "Navigation by polarised light in sparrows", "Navigation by polarized light in sparrows"),
    (True, "Nest boxes and the breeding success of tits", "Nestboxes and the breeding success of tits"),
    (True, "Return rates of barn swallows in Denmark", "Return rates of barn swallows in Denmark (extended abstract)"),
    (False, "BirdNet2 Technical Report", "BirdNet3 Technical Report"),
    (False, "Songs of the reed warbler, part 1", "Songs of the reed warbler, part 2"),
    (False, "Songs of the reed warbler I", "Songs of the reed warbler II"),
    (False, "A survey of the moult of geese", "A survey of the moult of swans and ducks"),
    (False, "Flight heights of storks in spring", "Flight heights of cranes in autumn"),
    (False, "Atlas of breeding birds 2010", "Atlas of breeding birds 2020"),
    (False, "Swifts sleep on the wing", "Swifts feed on the wing at night"),
    (False, "BirdNet 1.5 and its limits", "BirdNet 2.0 and its limits"),
    (False, "The song of the robin", "The song of the wren"),
    (False, "Counting plovers with drones", "Counting seals with drones"),
]


def paper(key: str, title: str, *, family: str = "Wren", **more: Any) -> Paper:
    return make(
        {"title": title, "authors": [{"family": family, "given": "Ada"}], "year": "2020", "type": "misc", **more}, key
    )


def found(title: str, other: str, **second: Any) -> bool:
    index = TitleIndex([paper("a2020x", title), paper("b2020x", "Something of other words altogether")])
    return bool(index.similar(paper("c2020x", other, **second)))


def test_precision_and_recall_over_labelled_pairs() -> None:
    said = [(same, found(title, other)) for same, title, other in PAIRS]
    hits = sum(same and flagged for same, flagged in said)
    precision = hits / sum(flagged for _, flagged in said)
    recall = hits / sum(same for same, _ in said)
    print(f"\n{len(PAIRS)} pairs: precision {precision:.2f}, recall {recall:.2f}")
    for (same, title, other), (_, flagged) in zip(PAIRS, said, strict=True):
        if same != flagged:
            print(f"{'missed' if same else 'wrong'}: {title!r} / {other!r}")
    assert precision == 1.0
    assert recall >= 0.9


def test_a_shared_author_is_needed() -> None:
    assert found("Swifts sleep on the wing", "Swifts sleep on the wing!")
    assert not found("Swifts sleep on the wing", "Swifts sleep on the wing!", family="Finch")


def test_numbers_are_read_in_both_scripts() -> None:
    assert numbers_of("I saw part III of 1.5 and GPT-4") == ["1.5", "3", "4"]


def test_a_warning_names_both_and_a_relation_ends_it() -> None:
    one, two = paper("a2020x", "Swifts sleep on the wing"), paper("b2021y", "Swifts sleep on wing")
    [problem] = check_duplicates("papers", [one, two])
    assert problem.path == "papers/b2021y.yaml"
    assert problem.severity == "warning"
    assert "similar to that of a2020x, and Wren wrote both" in problem.message
    told = paper("b2021y", "Swifts sleep on wing", relations=[{"type": "distinct-from", "paper": "a2020x"}])
    assert check_duplicates("papers", [one, told]) == []


def test_other_versions_of_a_work_take_part() -> None:
    index = TitleIndex([paper("a2020x", "Something else", versions=[{"title": "Swifts sleep on the wing"}])])
    assert [one.key for one in index.similar(paper("b2021y", "Swifts sleep on the wing"))] == ["a2020x"]


def test_importing_says_what_is_alike(tmp_path: Path) -> None:
    from tests.fabricate import write_survey  # noqa: PLC0415

    folder = write_survey(tmp_path / "survey", 0, settings={"require": []}).parent
    (folder / "x.bib").write_text(
        "@misc{a, author={Wren, A.}, title={Swifts sleep on the wing}, year=2020}\n"
        "@misc{b, author={Wren, A.}, title={Swifts sleep on wing}, year=2021}\n",
        encoding="utf-8",
    )
    assert "likely duplicate of wren2020swifts" in run(folder, "import", "x.bib").stdout


def test_a_title_of_common_words_alone_finds_its_equals() -> None:
    papers = [paper(f"a{n}", f"Flight of birds over the station {'abc'[n % 3]}{n}x") for n in range(500)]
    twice = [paper("b2020x", "Birds over the station"), paper("c2021x", "Birds over the Station")]
    assert [problem.path for problem in check_duplicates("papers", [*papers, *twice])] == ["papers/c2021x.yaml"]


def test_many_papers_of_one_author_are_not_compared_pair_by_pair(monkeypatch: pytest.MonkeyPatch) -> None:
    compared: list[str] = []
    ratio = fuzz.ratio

    def counted(one: str, other: str) -> float:
        compared.append(one)
        return ratio(one, other)

    monkeypatch.setattr(fuzz, "ratio", counted)
    names = [f"{first}{second}{third}" for first in "kmprst" for second in "aeiou" for third in ("lon", "rik", "dus")]
    papers = [
        paper(f"p{n}", f"On the flight of {names[n % 90]} birds over {names[n // 90]} and {names[-n % 77]}")
        for n in range(2000)
    ]
    check_duplicates("papers", papers)
    assert 0 < len(compared) < len(papers) ** 2 / 4
