"""Every problem has a code with a message and a remedy, and what is raised fits what is said."""

import ast
import re
import string
from collections.abc import Iterator

from living_survey.syntax.messages import grouped, message_of

from tests.commands import ROOT, run_survey

PACKAGE = ROOT / "generator/living_survey"
PAGE = ROOT / "docs/contributing/problems.md"
CALLS = {"problem": 0, "value_error": 0, "_mistake": 1}
"""Functions that take a code → its place among their arguments."""


def raised() -> Iterator[tuple[str, str, set[str], bool]]:
    """Yield (file, code, names of the values, whether there is a hint) of every problem in the source."""
    for file in PACKAGE.rglob("*.py"):
        for call in (
            node for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))) if isinstance(node, ast.Call)
        ):
            name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
            if name not in CALLS or len(call.args) <= CALLS[name]:
                continue
            first = call.args[CALLS[name]]
            codes = [first.body, first.orelse] if isinstance(first, ast.IfExp) else [first]
            for code in codes:
                if isinstance(code, ast.Constant) and isinstance(code.value, str):
                    given = {keyword.arg for keyword in call.keywords if keyword.arg}
                    yield file.name, code.value, given - {"field", "hint"}, "hint" in given


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def test_what_is_raised_is_in_the_list_and_gives_what_the_message_asks_for() -> None:
    found = list(raised())
    assert len(found) > 120
    wrong = []
    for file, code, given, _ in found:
        said = message_of(code)
        if not placeholders(said.message) | placeholders(said.hint) <= given:
            wrong.append((file, code, placeholders(said.message) | placeholders(said.hint), given))
    assert wrong == []


def test_every_code_is_used_and_well_formed() -> None:
    used = {
        node.value
        for file in PACKAGE.rglob("*.py")
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    codes = [said.code for _, group in grouped() for said in group]
    assert len(codes) == len(set(codes))
    assert {code for code in codes if not re.fullmatch(r"[a-z0-9]+(?:-[a-z0-9]+)*", code)} == set()
    assert set(codes) - used == set()


def test_messages_have_no_full_stop_and_a_remedy() -> None:
    for _, group in grouped():
        for said in group:
            assert not said.message.endswith(".")
            assert said.hint or ";" in said.message


def test_the_page_of_codes_is_in_step() -> None:
    """``make format`` writes it."""
    assert run_survey(ROOT, "problems").stdout == PAGE.read_text(encoding="utf-8")


def test_one_code_is_explained() -> None:
    done = run_survey(ROOT, "problems", "theme-missing")
    assert done.stdout == 'missing primary theme\n    add "themes:" and a line "  - <theme>"\n'
    done = run_survey(ROOT, "problems", "theme-mising")
    assert (done.returncode, done.stderr) == (2, 'unknown code: theme-mising; did you mean "theme-missing"?\n')
