"""Questions: their files, what is wrong with them, and the commands that keep them up to date."""

import json
import textwrap
from datetime import date
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from tests.commands import run_survey as run
from tests.fabricate import key, write_survey

SONG = [key(n) for n in (3, 4, 5, 7)]
"""The papers on song of a survey of eight: what ``theme=song`` finds."""
LIST = "".join(f"  - {name}\n" for name in sorted(SONG))
GOOD = f"""\
question: Do swifts scream at dawn?
theme: song
state: disputed
finding: 2
answer: Some do [@{key(1)}].
certainty: low
why: two field studies
sides:
  - says: they do
    papers:
      {key(1)}: in every colony
      {key(3)}: "mostly: at sunrise"
  - says: they do not
    papers:
      {key(4)}: none heard
decided_by: a count at sunrise
query: theme=song
seen:
{LIST}reviewed:
  all: 2026-01-02
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A survey of eight papers with a question that is right."""
    made = write_survey(tmp_path / "survey", 8).parent
    (made / "docs/questions").mkdir()
    (made / "docs/questions/dawn.yaml").write_text(GOOD, encoding="utf-8")
    return made


def test_a_question_that_is_right_has_no_problem(folder: Path) -> None:
    assert run(folder, "check").stdout == ""
    assert run(folder, "fmt", "--check").returncode == 0


OPEN = "question: Why?\ntheme: song\nstate: open\n"


@pytest.mark.parametrize(
    ("old", "new", "report"),
    [
        ("state: disputed", "state: dispted", '3:1: error: state: dispted is not a state [value-unknown]\n    did you'),
        ("theme: song", "theme: snog", '2:1: error: unknown theme: snog [theme-unknown]\n    did you mean "song"?'),
        ("question: Do", "qestion: Do", '1:1: error: unknown field: qestion [field-unknown]\n    did you mean'),
        ("certainty: low\n", "", "5:1: error: answer without a certainty [question-certainty-missing]"),
        ("certainty: low", "certainty: lwo", "6:1: error: certainty: lwo is not a certainty"),
        (f"answer: Some do [@{key(1)}].\n", "", "4:1: error: finding, but no answer [question-answer-missing]"),
        ("state: disputed", "state: open", "5:1: error: the state is open, but there is an answer [question-answered]"),
        (f"      {key(4)}: none heard\n", "      {}\n", "3:1: error: disputed, but not two sides with a paper each"),
        (f"{key(4)}: none", f"{key(4)}x: none",
         f'15:7: error: unknown paper: {key(4)}x [citation-unknown]\n    did you mean "{key(4)}"?'),
        (f"[@{key(1)}]", f"[@{key(1)}x]", f"5:1: error: unknown paper: {key(1)}x [citation-unknown]"),
        (f"[@{key(1)}]", f"[@{key(1)}, @x]", f"5:1: error: [@{key(1)}, @x] is not a citation"),
        (f"[@{key(1)}]", "[?dwan]", '5:1: error: unknown question: dwan [question-unknown]\n    did you mean "dawn"?'),
        ("query: theme=song", "query: theme=song kidn=review",
         '17:1: error: column 12 of the query: unknown key: kidn [query-invalid]\n    did you mean "kind"?'),
        ("query: theme=song", "query: author=nobody", "17:1: error: column 8 of the query: unknown author: nobody"),
        ("query: theme=song\n", "", "17:1: error: seen without a query [question-seen-alone]"),
        (f"  - {min(SONG)}\n", "",
         f"18:1: warning: the query finds {min(SONG)}, not in seen [question-unseen]\n    look whether the answer"),
        ("seen:\n", f"seen:\n  - {key(2)}\n", f"18:1: warning: seen has {key(2)}, which the query no longer finds"),
        ("seen:\n", f"seen:\n  - {key(4)}\n", f"23:5: error: duplicate: {key(4)} [item-duplicate]"),
        ("all: 2026-01-02", "all: soon", "24:3: error: reviewed.all: soon is not a date"),
        ("all: 2026-01-02", "bird2020nobody: 2026-01-02", "24:3: error: unknown paper: bird2020nobody"),
        ("finding: 2", "finding: two", "4:1: error: finding: two is not a place"),
        (GOOD, "", "1:1: error: the file is empty [file-empty]\n    a question needs at least question, "),
        ("question: Do", "id: dawn\nquestion: Do", "1:1: error: unknown field: id"),
    ],
)  # fmt: skip
def test_mistakes_are_named_at_their_line(folder: Path, old: str, new: str, report: str) -> None:
    file = folder / "docs/questions/dawn.yaml"
    assert old in GOOD
    file.write_text(GOOD.replace(old, new, 1), encoding="utf-8")
    assert f"docs/questions/dawn.yaml:{report}" in run(folder, "check").stdout


@pytest.mark.parametrize("change", [("state: disputed", "state: settled"), (f"      {key(1)}: in every colony\n", "")])
def test_other_questions_that_are_right(folder: Path, change: tuple[str, str]) -> None:
    (folder / "docs/questions/dawn.yaml").write_text(GOOD.replace(*change), encoding="utf-8")
    assert run(folder, "check").stdout == ""


def test_a_question_without_sides_promises_nothing(folder: Path) -> None:
    file = folder / "docs/questions/why.yaml"
    file.write_text(OPEN, encoding="utf-8")
    assert run(folder, "check").stdout == ""
    file.write_text(OPEN.replace("open", "settled"), encoding="utf-8")
    found = run(folder, "check").stdout
    assert "why.yaml:3:1: error: settled, but no answer [question-answer-missing]" in found
    assert "why.yaml:3:1: error: settled, but no side with two papers [question-unsupported]" in found
    file.write_text(GOOD, encoding="utf-8")
    assert "why.yaml:4:1: error: duplicate finding 2, also dawn.yaml" in run(folder, "check").stdout


@pytest.mark.parametrize(
    ("name", "report"),
    [
        ("questions/Why_Not.yaml", "docs/questions/Why_Not.yaml:1:1: error: Why_Not is not a question's id"),
        ("questions/page.yaml", "docs/questions/page.yaml:1:1: error: the name page is reserved"),
        ("questions/why.yml", "docs/questions/why.yml:1:1: error: the file name does not end in .yaml"),
        ("questions/index.md", "docs/questions/index.md:1:1: error: the address of this page is taken"),
        ("questions/dawn.md", "docs/questions/dawn.md:1:1: error: the address of this page is taken"),
        ("questions.md", "docs/questions.md:1:1: error: the address of this page is taken by generated pages"),
    ],
)
def test_what_does_not_belong_among_questions_is_named(folder: Path, name: str, report: str) -> None:
    (folder / "docs" / name).write_text(OPEN, encoding="utf-8")
    assert report in run(folder, "check").stdout


def test_without_questions_their_address_is_free(tmp_path: Path) -> None:
    folder = write_survey(tmp_path / "survey", 1).parent
    (folder / "docs/questions.md").write_text("# Ours\n", encoding="utf-8")
    assert run(folder, "check").stdout == ""


def test_texts_name_questions_that_there_are(folder: Path) -> None:
    page = folder / "docs/more.md"
    page.write_text("# More\n\nOn [?dawn], `[?dwan]` and [?x](y.md), \\[?z].\n\n## As [?dawn]\n", encoding="utf-8")
    assert [line.partition(": ")[0] for line in run(folder, "check").stdout.splitlines()[::2]] == ["docs/more.md:5:7"]
    page.write_text("# More\n\nSee\n[?dwan].\n", encoding="utf-8")
    found = run(folder, "check").stdout
    assert found == 'docs/more.md:4:1: error: unknown question: dwan [question-unknown]\n    did you mean "dawn"?\n'
    page.unlink()
    file = folder / f"papers/{key(2)}.yaml"
    file.write_text(file.read_text(encoding="utf-8") + "summary: As [?dusk] asks.\n", encoding="utf-8")
    assert f"papers/{key(2)}.yaml:" in run(folder, "check").stdout
    assert "error: unknown question: dusk" in run(folder, "check").stdout


def test_fmt_puts_files_into_canonical_form_and_keeps_comments(folder: Path) -> None:
    file = folder / "docs/questions/dawn.yaml"
    long = "Some swifts do, others do not, and nobody has counted both in the same summer at the same colony so far."
    untidy = f"""\
reviewed: {{all: "2026-01-02"}}  # by us
state: 'open'
# the title
question:   "Why?"
why: {long}
theme: song
"""
    file.write_text(untidy, encoding="utf-8")
    assert run(folder, "fmt", "--check").returncode == 1
    assert "dawn.yaml:1:1: warning: not in canonical form" in run(folder, "check").stdout
    assert run(folder, "fmt").stdout == "formatted docs/questions/dawn.yaml\n"
    first, second = textwrap.wrap(long, 98)
    assert (
        file.read_text(encoding="utf-8")
        == f"""\
# the title
question: Why?
theme: song
state: open
why: |-
  {first}
  {second}
reviewed:
  all: 2026-01-02  # by us
"""
    )
    assert run(folder, "fmt", str(file)).stdout == ""
    assert run(folder, "check").stdout == ""


def accepted(folder: Path, text: str) -> str:
    """Return the text of a question after its papers were accepted."""
    file = folder / "docs/questions/dawn.yaml"
    file.write_bytes(text.encode())
    done = run(folder, "questions", "accept", "dawn")
    assert done.returncode == 0, done.stderr
    assert "question-" not in run(folder, "check").stdout
    return file.read_bytes().decode()


TODAY = date.today().isoformat()


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_accept_writes_what_was_seen_and_leaves_every_other_byte(folder: Path, end: str) -> None:
    first, second, *_, last = sorted(SONG)
    text = GOOD.replace("two field", "zwei Ørsted").replace(f"  - {second}\n", f"  - {second}  # twice\n")
    before = text.replace(f"  - {first}\n", f"  # ours\n  - {key(2)}  # gone\n").replace(f"  - {last}\n", "")
    after = text.replace(f"  - {first}\n", f"  # ours\n  - {first}\n").replace("2026-01-02", TODAY)
    assert accepted(folder, before.replace("\n", end)) == after.replace("\n", end)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("", f"seen:\n{LIST}reviewed:\n  all: {TODAY}\n"),
        ("# end\n", f"seen:\n{LIST}reviewed:\n  all: {TODAY}\n# end\n"),
        ("seen: [bird2009study2]\n", f"seen: [{', '.join(sorted(SONG))}]\nreviewed:\n  all: {TODAY}\n"),
        (f"reviewed: {{{key(1)}: 2026-01-01}}\n", f"seen:\n{LIST}reviewed: {{all: {TODAY}, {key(1)}: 2026-01-01}}\n"),
        (f"reviewed:\n  {key(1)}: 2026-01-01\n", f"seen:\n{LIST}reviewed:\n  all: {TODAY}\n  {key(1)}: 2026-01-01\n"),
        ("reviewed: {} # me\n", f"seen:\n{LIST}reviewed: {{all: {TODAY}}} # me\n"),
        (f"seen:\n- {key(3)}\n# and\n\n", f"seen:\n{LIST.replace('  ', '')}reviewed:\n  all: {TODAY}\n# and\n\n"),
        (f"seen:\n  - '{key(2)}' # no\n  # x\n", f"seen:\n{LIST}  # x\nreviewed:\n  all: {TODAY}\n"),
        (f"reviewed: {{all: '2026-01-01'}} # me\nseen:\n{LIST}", f"reviewed: {{all: {TODAY}}} # me\nseen:\n{LIST}"),
    ],
)
def test_accept_finds_its_place(folder: Path, before: str, after: str) -> None:
    for query in (
        "query: theme=song\n",
        "query: |-\n  theme=song\n",
        "query: theme=song\n  # why\n",
        "query: theme=song\n  kind=review,observation,experiment\n",
        "query: 'theme=song\n  year=1000..'\n",
    ):
        assert accepted(folder, f"{OPEN}{query}{before}") == f"{OPEN}{query}{after}"


def test_accept_where_the_file_has_no_last_line_end(folder: Path) -> None:
    assert (
        accepted(folder, f"{OPEN}query: theme=song")
        == f"{OPEN}query: theme=song\nseen:\n{LIST}reviewed:\n  all: {TODAY}\n"
    )


def test_accept_of_nothing_leaves_no_empty_list(folder: Path) -> None:
    text = accepted(folder, f"{OPEN}query: theme=song year=1000\nseen:\n  - {key(1)}\nreviewed:\n  all: 2026-01-01\n")
    assert text == f"{OPEN}query: theme=song year=1000\nreviewed:\n  all: {TODAY}\n"


@pytest.mark.parametrize(
    ("ids", "words"),
    [(["dwan"], 'unknown question: dwan; did you mean "dawn"?'), (["dawn", "why"], "why has no query: add query: …")],
)
def test_accept_says_what_it_cannot_do_and_changes_nothing(folder: Path, ids: list[str], words: str) -> None:
    (folder / "docs/questions/why.yaml").write_text(OPEN, encoding="utf-8")
    done = run(folder, "questions", "accept", *ids)
    assert done.returncode == 2
    assert words in done.stderr
    assert (folder / "docs/questions/dawn.yaml").read_text(encoding="utf-8") == GOOD


def test_renaming_a_paper_reaches_questions(folder: Path) -> None:
    file = folder / "docs/questions/dawn.yaml"
    text = GOOD.replace(f"[@{key(1)}]", f"[@{key(3)}]").replace(
        "theme=song", f"theme=song -key={key(2)} key={','.join(SONG)}"
    )
    text = text.replace("  all: 2026-01-02\n", f"  all: 2026-01-02\n  {key(3)}: 2026-01-03\n")
    file.write_text(text, encoding="utf-8")
    assert "question" not in run(folder, "check").stdout
    done = run(folder, "mv", key(3), "wren2002dawn")
    assert done.returncode == 0, done.stderr
    assert "docs/questions/dawn.yaml: answer, sides, query, seen, reviewed\n" in done.stdout
    assert "not changed" not in done.stdout
    assert file.read_text(encoding="utf-8") == text.replace(key(3), "wren2002dawn")


def test_renaming_a_theme_reaches_questions(folder: Path) -> None:
    file = folder / "docs/questions/dawn.yaml"
    text = GOOD.replace("theme: song", "theme: flight/height").replace("theme=song", "theme=song -theme=flight/height")
    file.write_text(text, encoding="utf-8")
    done = run(folder, "mv", "flight", "air")
    assert done.returncode == 0, done.stderr
    assert "docs/questions/dawn.yaml: theme, query\n" in done.stdout
    assert file.read_text(encoding="utf-8") == text.replace("flight/", "air/")


def test_editors_get_a_schema_once_there_are_questions(folder: Path, tmp_path: Path) -> None:
    schema = json.loads(run(folder, "schema", "--question").stdout)
    jsonschema.Draft7Validator.check_schema(schema)
    validator = jsonschema.Draft7Validator(schema)
    good = {"question": "Why?", "theme": "song", "state": "open", "finding": 1, "reviewed": {"all": "2026-01-02"}}
    validator.validate({**good, "sides": [{"says": "x", "papers": {"a2020b": "y"}}]})
    wrongs: list[dict[str, Any]] = [
        {"theme": "snog"}, {"state": "maybe"}, {"id": "x"}, {"sides": [{"say": "x"}]}, {"sides": [{"says": "x"}]},
        {"reviewed": {"all": "soon"}}, {"finding": "first"}, {"sides": [{"says": "x", "papers": {"not a key": "y"}}]},
    ]  # fmt: skip
    for wrong in wrongs:
        with pytest.raises(jsonschema.ValidationError):
            validator.validate({**good, **wrong})
    done = run(folder, "schema", "--check")
    assert (done.returncode, done.stdout.count("not up to date")) == (1, 2)
    assert run(folder, "schema", "--write").stdout == "papers/.schema.json\ndocs/questions/.schema.json\n"
    assert run(folder, "schema", "--check").returncode == 0
    assert run(folder, "check").stdout == ""
    assert run(folder, "mv", "season", "times").returncode == 0
    assert '"times"' in (folder / "docs/questions/.schema.json").read_text(encoding="utf-8")
    other = write_survey(tmp_path / "other", 1).parent
    assert run(other, "schema", "--write").stdout == "papers/.schema.json\n"
