"""Numbers that are alike: what is drawn together, what ranks, what keeps the rest from ranking."""

from typing import Any

from living_survey.model.claims import Group, caveats, claims_of, gather, score
from living_survey.model.registry import Registry, sizes_of

from tests.fabricate import REGISTRY, number
from tests.pages.birds import bird

BIRDS = Registry.model_validate(REGISTRY)
AGAINST = {"baseline": "gulls", "model": "swift"}


def groups(*numbers: dict[str, Any], name: str = "results") -> list[Group]:
    """Gather numbers, one of each paper."""
    return gather([bird(n, **{name: [one]}) for n, one in enumerate(numbers, 1)], BIRDS, name)


def ranks(*numbers: dict[str, Any]) -> list[str]:
    """Return value and rank, or why there is none, of numbers of one group, in the order of tables."""
    [group] = groups(*numbers)
    found = []
    for claim in group.claims:
        rank, shared = group.ranks.get(claim.id, (0, False))
        what = f"{rank}{'=' if shared else ''}" if rank else group.missing[claim.id]
        found.append(f"{claim.number.value or claim.number.low} {what}")
    return found


def test_what_is_stated_and_equal_ranks() -> None:
    assert ranks(number("2", "x more", **AGAINST), number("3", "x more", **AGAINST)) == ["3 1", "2 2"]
    assert ranks(number("80", "percent more", **AGAINST), number("2", "x more", **AGAINST)) == ["2 1", "80 2"]
    low = {"metric": "rest", **AGAINST}
    assert ranks(number("20", "percent less", **low), number("2", "x less", **low)) == ["2 1", "20 2"]


def test_a_best_case_never_outranks_what_holds() -> None:
    range_of = number(None, "x more", low="1.5", high="3", **AGAINST)  # type: ignore[arg-type]
    best = number("27", "x more", bound="up to", **AGAINST)
    assert ranks(range_of, best) == ["27 uncertain", "1.5 uncertain"]
    certain = number("5", "x more", bound="at least", **AGAINST)
    assert ranks(range_of, certain) == ["5 1", "1.5 2"]
    assert ranks(number("2", "x more", **AGAINST), best, certain) == ["27 1=", "5 1=", "2 2"]


def test_what_is_missing_is_said() -> None:
    other = number("3", "x more", **AGAINST)
    assert ranks(number("2", "x more", baseline="unnamed", model="swift"), other)[1] == "2 baseline"
    inferred = {"baseline_stated": "false", "reason": "it follows"}
    assert ranks(number("2", "x more", **AGAINST, **inferred), other)[1] == "2 baseline"
    assert ranks(number("2", "x more", baseline="gulls"), other)[1] == "2 model"
    assert ranks(number("2", "x more", baseline="gulls", model="wader"), other)[1] == "2 model"
    assert ranks(number("2", "x more", baseline="gulls", model="33B"), other)[1] == "2 model"
    guess = {"confidence": "estimated", "reason": "from a picture"}
    assert ranks(number("2", "x more", **AGAINST, **guess), other) == ["3 alone", "2 estimated"]
    assert ranks(number("2", "x more", baseline="gulls", model="owl"), other) == ["3 alone", "2 alone"]


def test_kinds_of_statement_and_benchmarks_are_apart() -> None:
    notes = {"metric": "notes", "baseline": "gulls"}
    found = groups(
        number("40"), number("11", "m/s"), number("2", "x more", **AGAINST), number("3", "points more", **notes),
        number("4", "percent or points more", **notes), number("5", "points more", benchmark="dawn", **notes),
    )  # fmt: skip
    assert [(group.metric, str(group.form), group.papers) for group in found] == [
        ("speed", "level", 2), ("speed", "ratio", 1), ("notes", "difference", 1), ("notes", "difference", 1),
        ("notes", "gain", 1),
    ]  # fmt: skip
    assert [claim.number.value for claim in found[0].claims] == ["40", "11"]  # 11 m/s are 39.6 km/h


def test_sizes_stand_apart_and_rank_nothing() -> None:
    sizes = [number("9", "g", metric="mass"), number("2", "kg", metric="mass")]
    [group] = groups(*sizes, name="scale")
    assert (group.ranks, group.missing, group.papers) == ({}, {}, 2)


def test_numbers_of_one_metric_have_ids_of_their_own() -> None:
    paper = bird(1, results=[number("1"), number("2")], scale=[number("9", "g", metric="mass")])
    assert [(claim.list, claim.anchor) for claim in claims_of(paper)] == [
        ("results", "speed"), ("results", "speed-2"), ("scale", "mass"),
    ]  # fmt: skip


def test_caveats_count_what_limits_a_comparison() -> None:
    papers = [
        bird(1, results=[number("2", "x more", bound="up to", **AGAINST), number("40")]),
        bird(2, results=[number("2", "x more", baseline="unnamed", locator="Table 3")]),
        bird(3, results=[number("2", "x more", **AGAINST, baseline_stated="false", reason="it follows")]),
    ]
    found = caveats([claim for paper in papers for claim in claims_of(paper)], BIRDS)
    assert (found.claims, found.papers, found.best_cases, found.estimated) == (4, 3, 1, 0)
    assert (found.named, found.inferred, found.unnamed, found.without) == (1, 1, 1, 0)
    assert (found.settings, found.abstracts) == (2, 3)


def test_open_ends_are_infinite_and_nothing_lies_below_nothing() -> None:
    def scored(value: str, unit: str, **changes: Any) -> tuple[float, float]:
        [claim] = claims_of(bird(1, results=[number(value, unit, **changes)]))
        return score(claim.number, BIRDS.metrics[claim.number.metric], BIRDS)

    endless = float("inf")
    assert scored("4", "x more", bound="at least", **AGAINST) == (4, endless)
    assert scored("4", "x more", bound="up to", **AGAINST) == (0, 4)
    assert scored("4", "x less", metric="rest", bound="at least", **AGAINST) == (4, endless)
    assert scored("50", "percent less", metric="rest", bound="up to", **AGAINST) == (1, 2)
    assert scored("50", "percent less", metric="rest", bound="at least", **AGAINST) == (2, endless)
    assert scored("3", "points less", metric="rest", **AGAINST) == (3, 3)
    assert scored("10", "m/s") == (36, 36)


def test_sizes_of_models() -> None:
    assert [sizes_of(text) for text in ("33B", "2B-14B", "to 34B", "0.5B", "350M", "1T")] == [
        (33e9, 33e9), (2e9, 14e9), (34e9, 34e9), (0.5e9, 0.5e9), (350e6, 350e6), (1e12, 1e12),
    ]  # fmt: skip
    assert [sizes_of(text) for text in ("33", "B", "14B-2B", "x7B", "7 B", "to")] == [None] * 6


def test_what_was_retracted_stays_in_its_group_and_is_neither_ranked_nor_counted() -> None:
    papers = [bird(n, results=[number(str(n + 1), "x more", **AGAINST)]) for n in (1, 2, 3)]
    [group] = gather(papers, BIRDS, leaning={papers[2].key})
    places = [group.ranks.get(claim.id, (0, False))[0] for claim in group.claims]
    assert [claim.number.value for claim in group.claims] == ["4", "3", "2"]
    assert places == [0, 1, 2]
    assert group.missing == {f"{papers[2].key}#speed": "leaning"}
    found = caveats(group.claims, BIRDS, {papers[2].key})
    assert (found.claims, found.papers, found.named, found.leaning) == (2, 2, 2, 1)
    [alone] = gather(papers[1:], BIRDS, leaning={papers[2].key})
    assert (alone.ranks, alone.missing[f"{papers[1].key}#speed"]) == ({}, "alone")
