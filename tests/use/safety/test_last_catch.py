"""Whatever a file says, what ends a command is words: where it stands and what to do, and never a traceback."""

from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from living_survey.cli import main
from living_survey.loading.settings import load_settings
from living_survey.loading.survey import inspect
from living_survey.syntax.errors import SurveyError
from living_survey.syntax.reading import StumbledError, reading

from tests.commands import call, mkdocs_process
from tests.fabricate import key, paper, to_yaml, write_survey
from tests.use.safety.attacks import check, problems_of

BRACKETS = "[" * 100_000
BOMB = "\n".join([
    "a0: &a0 [x,x,x,x,x,x,x,x,x,x]",
    *(f"a{n}: &a{n} [{','.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 9)),
])  # fmt: skip
CONFIG = {
    "control character": ('x: "\x01"', "invisible character U+0001"),
    "noncharacter": ("x: \ufffe", "invisible character U+FFFE"),
    "no such day": ("extra: 2024-13-45", "not a value of the kind timestamp"),
    "no timestamp": ("extra: !!timestamp soon", "not a value of the kind timestamp"),
    "no truth": ("extra: !!bool maybe", "not a value of the kind bool"),
    "number": (f"extra: {'9' * 5000}", "not a value of the kind int"),
    "brackets": (f"extra: {BRACKETS}", "more than 50 levels of nesting"),
    "braces": ("extra: " + "{a: " * 10_000, "more than 50 levels of nesting"),
    "list as a name": ("extra: {[a]: b}", "unhashable"),
    "aliases": (BOMB, "aliases written out"),
    "an alias of itself": ("extra: &a [*a]", "stands inside of what it names"),
    "no such alias": ("extra: *b", "undefined alias"),
    "folder with NUL": (r'docs_dir: "a\0b"', "invisible character U+0000"),
    "theme with NUL": ('theme: {name: material, custom_dir: "a\\0b"}', "invisible character U+0000"),
    "open quote": ('x: "', "invalid YAML"),
    "long": ("x: " + "y" * 600_000, "at most 524,288 are read"),
}


@pytest.mark.parametrize("name", CONFIG)
def test_settings_that_cannot_be_read_are_refused_at_their_line(tmp_path: Path, name: str) -> None:
    line, words = CONFIG[name]
    config = write_survey(tmp_path, 2)
    text = config.read_text(encoding="utf-8")
    first = "theme" if line.startswith("theme") else ""
    kept = [one for one in text.splitlines() if not first or not one.startswith((first, "  font", "  name"))]
    config.write_text("\n".join([*kept, line]) + "\n", encoding="utf-8")
    done = check(tmp_path)
    assert done.returncode == 1
    assert "mkdocs.yml" in done.stdout
    assert words in done.stdout
    assert "Traceback" not in done.stderr


FILES = {
    "docs/screening.yaml": [
        "reasons: {a: b}\nrecords: [{title: t, reason: [a]}]\n", "reasons: {a: [b]}\n", "searched: [[a], {b: c}]\n",
        'reasons: {a: b}\nrecords: [{title: "\\u200b", reason: a}]\n', 'searched: ["a\\u202eb"]\n', "records: {}\n",
    ],
    "CITATION.cff": [
        "title: x\npreferred-citation: y\nauthors: [{name: Nn}]\n", "title: x\nauthors: [{name: 2024}]\n",
        "title: [x]\nauthors: [{name: Nn}]\n", "title: x\nurl: {a: b}\nauthors: [{name: Nn}]\n",
        "title: x\nversion: [1]\nauthors: [{name: Nn}]\n", 'title: "\\u200b"\nauthors: [{name: Nn}]\n',
        "title: x\nauthors: [{family-names: [a]}]\n", "title: x\nauthors: Nn\n",
    ],
    "docs/glossary.md": [
        f"---\nterms: [{term}]\n---\n# G\n\n<!-- survey:glossary -->\n"
        for term in (
            "{term: Thing, also: ABC, definition: d}", "{term: Thing, also: [[a]], definition: d}",
            "{term: [a], definition: d}", "{term: Thing, definition: {a: b}}", "a", "[]",
            '{term: "\\u200b", definition: d}', '{term: "a\\u2066b", definition: d}',
        )
    ],
    "docs/registry.yaml": ["models: {a: [b]}\n", "families: [a]\n", 'models: {a: {label: "\\u3164"}}\n'],
}  # fmt: skip
CASES = [(file, text) for file, texts in FILES.items() for text in texts]


@pytest.mark.parametrize(("file", "text"), CASES)
def test_files_beside_the_papers_are_refused_at_their_line(tmp_path: Path, file: str, text: str) -> None:
    config = write_survey(tmp_path, 2)
    (tmp_path / file).write_text(text, encoding="utf-8")
    found = [one for one in problems_of(config) if one.severity == "error"]
    assert found
    assert all(one.path == file and one.line and one.hint for one in found)
    assert not {"file-not-understood", "checks-not-finished"} & {one.code for one in found}


UNSEEN = ["\u200b\u2060", "\u3164", "\u2800", "\u00ad", "\u115f\u1160", "\ufe0f", "\U000e0100"]
FORBIDDEN = ["a\U000e0041b", "a\ufffeb", "a\ufdd0b", "a\U0001ffffb", "a\u061cb", "a\u202eb", "a\U00100000b"]


@pytest.mark.parametrize("text", [*UNSEEN, *FORBIDDEN])
def test_what_nobody_sees_is_refused_wherever_people_read(tmp_path: Path, text: str) -> None:
    config = write_survey(tmp_path, 2)
    written = "".join(f"\\U{ord(character):08x}" if character != "a" else "a" for character in text)
    data = {**paper(9), "title": "TITLE", "doi": "10.5555/unseen"}
    (tmp_path / "papers/a2024b.yaml").write_text(to_yaml(data).replace("TITLE", f'"{written}"'), encoding="utf-8")
    (tmp_path / "papers/a2024c.yaml").write_text(to_yaml({**data, "title": "Wrens", "authors": [{"team": text}]}))
    (tmp_path / "docs/themes/a.md").write_text(f'---\ntitle: "{written}"\ndefinition: D\n---\n', encoding="utf-8")
    paths = {one.path: one for one in problems_of(config) if one.severity == "error"}
    assert {"papers/a2024b.yaml", "papers/a2024c.yaml", "docs/themes/a.md"} <= paths.keys()
    assert {paths[path].code for path in paths} <= {"character-invisible", "text-invisible"}


def test_text_in_scripts_with_joiners_and_variants_stays(tmp_path: Path) -> None:
    config = write_survey(tmp_path, 2)
    title = "\u0646\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645 and \u845b\U000e0101 and \u2764\ufe0f"
    (tmp_path / "papers/a2024b.yaml").write_text(to_yaml({**paper(9), "title": title}), encoding="utf-8")
    assert not [one for one in problems_of(config) if one.severity == "error"]


def test_names_of_files_that_are_no_text_are_refused(tmp_path: Path) -> None:
    write_survey(tmp_path, 2)
    (tmp_path / "papers" / b"\xff\xfe.yaml".decode("utf-8", "surrogateescape")).write_text("title: x\n")
    done = check(tmp_path)
    assert done.returncode == 1
    assert r"papers/\udcff\udcfe.yaml" in done.stdout
    assert "Traceback" not in done.stderr


def test_a_file_over_which_a_reader_stumbles_is_named() -> None:
    with pytest.raises(StumbledError) as found, reading("papers/a.yaml"):
        raise RecursionError("too\ndeep \ud800")
    [problem] = found.value.problems
    assert (problem.path, problem.message) == (
        "papers/a.yaml",
        "the file could not be read (RecursionError: too deep ?)",
    )
    assert isinstance(found.value.__cause__, RecursionError)


@pytest.mark.parametrize("error", [SurveyError("Words."), OSError("disk"), KeyboardInterrupt()])
def test_errors_that_have_words_keep_them(error: BaseException) -> None:
    with pytest.raises(type(error)) as found, reading("papers/a.yaml"):
        raise error
    assert found.value is error


@pytest.fixture
def stumbling() -> Iterator[str]:
    """A command with a mistake in it."""

    @main.command()
    def stumble() -> None:
        raise ZeroDivisionError("division of a bird")

    yield "stumble"
    del main.commands["stumble"]


def test_a_mistake_in_a_command_ends_it_with_words(tmp_path: Path, stumbling: str) -> None:
    done = call(main, [stumbling], tmp_path)
    assert done.returncode == 2
    assert done.stderr.startswith("This could not be done: ZeroDivisionError: division of a bird.\n")
    assert "please report it" in done.stderr
    assert "Traceback" not in done.stderr
    loud = call(main, ["--debug", stumbling], tmp_path)
    assert loud.returncode == 2
    assert "Traceback" in loud.stderr
    assert "in stumble" in loud.stderr


def test_clicks_own_ways_to_end_stay(tmp_path: Path) -> None:
    assert call(main, ["check", "--no-such-option"], tmp_path).returncode == 2
    assert call(main, ["--help"], tmp_path).returncode == 0
    assert isinstance(main, click.Group)


def test_a_mistake_in_a_build_ends_it_with_words_and_the_page(tmp_path: Path) -> None:
    config = write_survey(tmp_path, 2, config={"hooks": ["hook.py"]})
    (tmp_path / "hook.py").write_text(
        "def on_page_content(html, page, **_):\n    1 / (page.file.src_uri != 'themes/song.md')\n", encoding="utf-8"
    )
    done = mkdocs_process(config)
    assert done.returncode == 1
    assert "Nothing was written: themes/song.md could not be read (ZeroDivisionError: division by zero)" in done.stdout
    assert "Traceback" not in done.stdout + done.stderr
    loud = mkdocs_process(config, SURVEY_DEBUG="1")
    assert loud.returncode == 1
    assert "Traceback" in loud.stderr


def test_a_mistake_in_the_checks_is_a_finding(tmp_path: Path) -> None:
    config = write_survey(tmp_path, 2)
    settings = load_settings(config)
    wrong = settings.model_copy(update={"facets": None})  # which no file can say
    found = inspect(wrong)
    assert found.survey is None
    assert [one.code for one in found.problems] == ["checks-not-finished"]
    assert isinstance(found.cause, AttributeError | TypeError)
    assert key(1)
