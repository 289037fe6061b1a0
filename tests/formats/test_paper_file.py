"""The canonical form of paper files: stable, complete, and kind to comments."""

from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from living_survey.formats.paper_file import format_paper, to_yaml
from living_survey.loading.validate import check_paper
from living_survey.model.paper import UNQUOTED
from living_survey.syntax.characters import is_visible
from living_survey.syntax.yaml_reader import read_mapping

from tests.commands import ROOT
from tests.effort import times
from tests.fabricate import key, paper
from tests.fabricate import to_yaml as to_other_yaml

UNTIDY = """\
# yaml-language-server: $schema=../schema/paper.json
tldr: 'One sentence.'   # mine
# The year of the journal.
year: "2024"
title:   "Wings: a study"
authors: # all of them
    # the first
    - family: Wren # she
      given: Ada
    - {given: Bo, family: Finch,
       suffix: Jr.} # he
    # nobody else
type: article
venue: {name: Ibis Letters, volume: "07"}
summary: |
    A long text about wings that goes on for so long that it has to be wrapped, because nobody reads
    lines of more than a hundred characters.

    # not a comment
arxiv: 2401.10
themes: [flight/height, song]
extra:
    note: 'It''s 5 o''clock: late'
# the end
"""
TIDY = """\
# yaml-language-server: $schema=../schema/paper.json
title: "Wings: a study"
authors:  # all of them
  # the first
  - {family: Wren, given: Ada}  # she
  - {family: Finch, given: Bo, suffix: Jr.}  # he
  # nobody else
# The year of the journal.
year: 2024
type: article
venue:
  name: Ibis Letters
  volume: "07"
arxiv: "2401.10"
themes:
  - flight/height
  - song
tldr: One sentence.  # mine
summary: |-
  A long text about wings that goes on for so long that it has to be wrapped, because nobody reads
  lines of more than a hundred characters.

  # not a comment
extra:
  note: "It's 5 o'clock: late"
# the end
"""


def canonical(text: str) -> str:
    """Format text; fail if it cannot be."""
    result, problems = format_paper(text.encode("utf-8"), "x.yaml")
    assert result is not None, problems
    return result


def test_an_untidy_file_becomes_tidy_and_keeps_its_comments() -> None:
    assert canonical(UNTIDY) == TIDY


def test_the_second_time_changes_nothing() -> None:
    assert canonical(TIDY) == TIDY


def test_this_surveys_files_are_in_canonical_form() -> None:
    for file in (ROOT / "papers").glob("*.yaml"):
        assert canonical(file.read_text(encoding="utf-8")) == file.read_text(encoding="utf-8"), file.name


@pytest.mark.parametrize("n", range(1, 30))
def test_what_a_file_says_survives(n: int) -> None:
    before = to_other_yaml(paper(n))
    first, _ = check_paper(key(n), "x", read_mapping(before.encode("utf-8"), "x").data)
    second, _ = check_paper(key(n), "x", read_mapping(canonical(before).encode("utf-8"), "x").data)
    assert first is not None
    assert first == second


def test_a_file_that_cannot_be_read_is_left_alone() -> None:
    text, problems = format_paper(b"title: a: b", "x.yaml")
    assert text is None
    assert problems[0].place == "x.yaml:1:9"


TEXTS = st.text(
    st.characters(exclude_categories=("Cc", "Cs", "Cf", "Cn", "Co", "Zl", "Zp")), min_size=1, max_size=40
).filter(is_visible)


@given(title=TEXTS, note=TEXTS, names=st.lists(TEXTS, min_size=1, max_size=3), comment=TEXTS)
@settings(max_examples=times(300, 3_000, 1_000_000), deadline=None)
def test_any_text_is_read_back_by_us_and_by_pyyaml(title: str, note: str, names: list[str], comment: str) -> None:
    data: dict[str, Any] = {
        "title": title,
        "authors": [{"family": name, "given": note} for name in names],
        "year": "2024",
        "type": "misc",
        "extra": {"note": note},
    }
    remark = f"# {' '.join(comment.split())}".rstrip()
    text = to_yaml(data).replace("year: 2024\n", f"{remark}\nyear: 2024  {remark}\n")
    assert canonical(text) == text
    document = read_mapping(text.encode("utf-8"), "x")
    assert document.problems == []
    ours, theirs = document.data, yaml.safe_load(text)
    expected = " ".join(title.split())
    assert " ".join(ours["title"].split()) == expected
    if expected:
        assert theirs["title"] == expected
        assert theirs["year"] == 2024
        assert [" ".join(str(author["family"] or "").split()) for author in theirs["authors"]] == [
            " ".join(name.split()) for name in names
        ]


def test_only_numbers_dates_and_true_stay_without_quotes() -> None:
    data = {"title": "1984", "authors": [{"family": "Null"}], "year": "1984", "published": "1984-05", "type": "misc"}
    text = to_yaml({**data, "and_others": "true", "venue": {"name": "On", "volume": "08", "pages": "1-9"}})
    loaded = yaml.safe_load(text)
    assert loaded["title"] == "1984"
    assert loaded["authors"] == [{"family": "Null"}]
    assert loaded["venue"] == {"name": "On", "volume": "08", "pages": "1-9"}
    assert loaded["and_others"] is True
    assert {"year", "published"} <= UNQUOTED
