"""The scripts of the selection as text: their words are labels, their labels are there, they stay short."""

import re

from living_survey.model.labels import labels

from tests.commands import ROOT
from tests.pages.test_words import words_of_script

SCRIPTS = ROOT / "generator/living_survey/theme/assets/survey"
WORDS_OF = {
    "select": ["select/*.js"], "compare": ["compare.js", "compare/*.js"],
    "my_bibliography": ["bibliography.js", "bibliography/*.js"],
}  # fmt: skip
"""Labels → the scripts that use them."""
NO_WORDS = {"facts are missing", "div button"}
"""An error that the page catches, a selector."""
ELSEWHERE = {"select": {"references_in", "pick"}, "compare": {"title", "lead", "without", "papers", "comparisons"}}
ELSEWHERE["my_bibliography"] = {"title", "lead", "without", "whole"}
"""Labels that templates and the generator use."""


def sources(group: str) -> dict[str, str]:
    files = [file for pattern in WORDS_OF[group] for file in sorted(SCRIPTS.glob(pattern))]
    assert files
    return {file.relative_to(SCRIPTS).as_posix(): file.read_text(encoding="utf-8") for file in files}


def test_scripts_have_no_words_of_their_own() -> None:
    found = {
        (name, text)
        for group in WORDS_OF
        for name, source in sources(group).items()
        for text in words_of_script(source)
        if re.search(r"[A-Za-z]{2,} [A-Za-z]{2,}", text) and text not in NO_WORDS and not re.search(r"survey-|\n", text)
    }
    assert found == set()


def paths(table: object, start: str = "") -> set[str]:
    if not isinstance(table, dict) or table.keys() == {"one", "other"}:
        return {start}
    return {path for name, inner in table.items() for path in paths(inner, f"{start}.{name}" if start else name)}


def test_each_label_is_used_and_each_that_is_used_is_there() -> None:
    for group in WORDS_OF:
        known = paths(dict(labels(group)))
        code = "\n".join(re.sub(r"^\s*//.*$", "", source, flags=re.MULTILINE) for source in sources(group).values())
        named = set(re.findall(r'\bwords\(\s*"([a-z_.]+)"', code))
        named |= {one for one in known if f'"{one}"' in code}
        prefixes = tuple(text for text in re.findall(r"`([a-z_.]+)\$\{", code) if text.endswith((".", "_")))
        assert named - known == set(), group
        assert {one for one in known - named - ELSEWHERE[group] if not one.startswith(prefixes)} == set(), group
