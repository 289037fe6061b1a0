"""The generator and the script cut texts into the same words and give them the same weight."""

from pathlib import Path
from typing import Any

import pytest
import yaml
from living_survey.model.survey import Survey
from living_survey.search.records import Records, identifiers_of
from living_survey.search.rules import rules
from living_survey.search.tokens import levels, name_tokens, tokens
from playwright.sync_api import Page

CASES: dict[str, Any] = yaml.safe_load((Path(__file__).parent / "cases.yaml").read_text(encoding="utf-8"))


@pytest.mark.parametrize(("text", "words"), CASES["words"])
def test_the_generator_cuts_as_the_cases_say(text: str, words: list[str]) -> None:
    assert tokens(text) == words


@pytest.mark.parametrize(("name", "words"), CASES["names"])
def test_names_are_found_by_their_parts_and_as_a_whole(name: str, words: list[str]) -> None:
    given, _, family = name.rpartition("\t")
    assert name_tokens(family, given) == words


def test_the_script_cuts_in_the_same_way(desk: Page) -> None:
    for cut, cases in (("tokens", CASES["words"]), ("nameTokens", CASES["names"])):
        texts = [text for text, _ in cases]
        found = desk.evaluate(f"texts => texts.map(tried.{cut})", texts)
        assert dict(zip(texts, found, strict=True)) == dict(cases)


def test_all_texts_of_the_survey_give_the_same_words_and_levels(desk: Page, survey: Survey) -> None:
    records = Records(survey)
    rows = [records.row(paper) for paper in records.papers]
    texts = [records.summary(paper) for paper in records.papers] + [str(part) for row in rows for part in row]
    assert desk.evaluate("texts => texts.map(tried.tokens)", texts) == [tokens(text) for text in texts]
    places = (("short", 2), ("title", 1), ("venue", 5), ("year", 4), ("attributes", 7), ("tldr", 8))
    fields = [[(name, tokens(row[place])) for name, place in places] for row in rows]
    theirs = desk.evaluate("list => list.map(fields => [...tried.levels(fields)])", fields)
    assert [dict(found) for found in theirs] == [levels(one) for one in fields]
    assert {level for one in theirs for _, level in one} >= {1, 2, 5, 12}


def test_every_identifier_is_in_the_file_where_the_script_looks(desk: Page, survey: Survey) -> None:
    known = dict(identifiers_of(list(survey.papers.values())))
    assert len(known) > 2 * len(survey.papers)
    values = [name.partition(":")[2] for name in known]
    found = desk.evaluate("values => Promise.all(values.map(value => engine.identify(value)))", values)
    keys = {name: one and one["key"] for name, one in zip(known, found, strict=True)}
    assert keys == {name: paper.key for name, paper in known.items()}


def test_a_wrong_rewriting_does_no_harm_since_both_sides_do_it() -> None:
    assert tokens("noise") == tokens("noise") == ["noize"]
    assert len(rules()["stop"]) == 25
