"""The canonical form of the file of names: spellings and ends of lines; the layout stays."""

import pytest
from living_survey.formats.registry_file import format_registry

from tests.commands import ROOT

TEXT = """\
families:   # what belongs together
  speed: {title: Speed, alike: [baseline]}

units:
  time: {s: 1,   ms: 0.001}

metrics:
  haste:
    {family: speed, better: higher, units: [s, ms],
     means: "How fast, one: two", also: [quickness]}   # a remark
"""


@pytest.mark.parametrize(
    ("old", "typed"),
    [
        ("family: speed", "family: Speed"), ("better: higher", "better: Higher"), ("[baseline]", "[Baseline]"),
        ('"How fast, one: two"', '"How  fast, one: two"'), ("\n", "\r\n"), ("0.001}\n", "0.001}  \n"),
        ("[quickness]}   # a remark\n", "[quickness]}   # a remark\n\n\n"),
    ],
)  # fmt: skip
def test_words_and_ends_of_lines_have_one_form_and_all_else_stays(old: str, typed: str) -> None:
    assert format_registry(TEXT.replace(old, typed).encode("utf-8"), "registry.yaml") == TEXT


def test_signs_of_units_become_words() -> None:
    made = format_registry(TEXT.replace("[s, ms]", '["%", s]').encode("utf-8"), "registry.yaml")
    assert made == TEXT.replace("[s, ms]", "[percent, s]")


def test_what_cannot_be_read_has_no_form() -> None:
    assert format_registry(b"metrics: [", "registry.yaml") is None


def test_this_survey_s_names_are_in_it() -> None:
    raw = (ROOT / "docs/registry.yaml").read_bytes()
    assert format_registry(raw, "docs/registry.yaml") == raw.decode("utf-8")
