"""Works outside the survey that texts build on: their file, and what texts say of them."""

from pathlib import Path

import pytest
from living_survey.editing.fmt import format_files, survey_files
from living_survey.formats.paper_file import WORKS, format_paper, to_yaml
from living_survey.loading.settings import load_settings
from living_survey.loading.survey import inspect
from living_survey.loading.works import load_works
from living_survey.syntax.problems import to_text

from tests.commands import ROOT
from tests.fabricate import key, number, paper, write_registry, write_survey

RECORDS = """\
works:
  wren2020wings:
    title: "Wings at night: 120 notes"
    also: [WingNet]
    author: Wren
    year: 2020
    arxiv: "2001.00001"
    found_in: https://example.org/list
  finch1999nests:
    title: Nests
    author: Finch
    year: 1999
    doi: 10.5555/nests(1)
    found_in: reference list of Birds
"""
TEXT = """\
- *Wings at night: 120 notes* (Wren et al., 2020), [arXiv:2001.00001](https://arxiv.org/abs/2001.00001v2): background.
- *Nests*
  (Finch, 1999), [doi:10.5555/nests(1)](https://doi.org/10.5555/nests(1)): the first
  of its kind.
"""


def report_of(folder: Path, records: str | None = RECORDS, text: str = TEXT, papers: int = 0) -> str:
    """Return what is wrong with a survey with these records, whose theme on song has this text."""
    config = write_survey(folder / "survey", papers)
    if records is not None:
        (config.parent / "docs/works.yaml").write_text(records, encoding="utf-8")
    with (config.parent / "docs/themes/song.md").open("a", encoding="utf-8") as file:
        file.write(f"\n{text}")
    problems = inspect(load_settings(config)).problems
    return to_text([one for one in problems if one.code.startswith(("work-", "external-")) or one.severity == "error"])


def test_texts_that_agree_with_their_records_have_no_problems(tmp_path: Path) -> None:
    assert report_of(tmp_path) == ""


@pytest.mark.parametrize(
    ("old", "new", "message", "remedy"),
    [
        ('    arxiv: "2001.00001"\n', "", "2:3: works.wren2020wings: a work without an id", "add doi: "),
        ('arxiv: "2001.00001"', "arxiv: 2001.00001", "7:5: works.wren2020wings.arxiv: unquoted", '"2001.00001"'),
        ("author: Wren", "authors: Wren", "5:5: works.wren2020wings: unknown field: authors", 'mean "author"?'),
        ("    found_in: https://example.org/list\n", "", "2:3: works.wren2020wings: missing field: found_in", "add "),
        ("year: 2020", "year: in 2020", "6:5: works.wren2020wings.year: in 2020 is not a year", "digits"),
        ("wren2020wings:", "Wren_2020:", "2:3: works.Wren_2020: Wren_2020 is not lowercase words joined by", "like"),
        (
            "doi: 10.5555/nests(1)", "doi: 10.48550/arXiv.2001.00001",
            "9:3: arXiv 2001.00001 is also that of wren2020wings", "delete wren2020wings or finch1999nests",
        ),
        ("title: Nests", "title: wing-net", '9:3: "wing-net" is also that of wren2020wings', "correct it, or"),
        ("works:\n", "work:\n", "1:1: unknown field: work", 'did you mean "works"?'),
    ],
)  # fmt: skip
def test_mistakes_in_a_record_have_their_place(tmp_path: Path, old: str, new: str, message: str, remedy: str) -> None:
    assert RECORDS.count(old) == 1
    first, hint, *_ = report_of(tmp_path, RECORDS.replace(old, new), "").split("\n")
    place, said = message.split(": ", 1)
    assert first.startswith(f"docs/works.yaml:{place}: error: {said}")
    assert remedy in hint


@pytest.mark.parametrize(
    ("old", "new", "place", "message"),
    [
        ("*Wings at", "*Wing at", "7:4", 'the title is "Wings at night: 120 notes" in docs/works.yaml, here "Wing at'),
        ("(Wren et al.", "(Robin and others", "7:32", 'the first author is "Wren" in docs/works.yaml, here "Robin'),
        ("(Wren et al.", "(Robin & Wren", "7:32", 'the first author is "Wren" in docs/works.yaml, here "Robin"'),
        ("*Nests*\n", "**Nest**\n", "8:5", 'the title is "Nests" in docs/works.yaml, here "Nest"'),
        ("(Finch, 1999)", "(Finch, 1998)", "9:11", 'the year is "1999" in docs/works.yaml, here "1998"'),
        ("abs/2001.00001v2", "pdf/2001.00002", "7:71", "arXiv 2001.00002 is no paper of the survey and no work"),
        ("nests(1))", "nests(2))", "9:41", "DOI 10.5555/nests(2) is no paper of the survey and no work"),
    ],
)  # fmt: skip
def test_texts_that_say_otherwise_are_errors_at_their_line(
    old: str, new: str, place: str, message: str, tmp_path: Path
) -> None:
    assert TEXT.count(old) == 1
    report = report_of(tmp_path, text=TEXT.replace(old, new))
    (first,) = (line for line in report.split("\n") if ": error: " in line)
    assert first.startswith(f"docs/themes/song.md:{place}: error: {message}")


def test_an_unknown_work_comes_with_the_line_to_add(tmp_path: Path) -> None:
    report = report_of(tmp_path / "a", text=f"{TEXT}\n<https://arxiv.org/abs/2105.00001>.\n")
    assert 'add it below works: in docs/works.yaml: id: {title: …, author: …, year: …, arxiv: "2105.00001", ' in report
    # A survey that keeps no records is not asked for any; code, other addresses and papers need none.
    assert report_of(tmp_path / "b", None, "<https://arxiv.org/abs/2105.00001>") == ""
    others = f"`https://arxiv.org/abs/2105.00001`, <https://example.org/1>, <https://doi.org/{paper(1)['doi'].upper()}>"
    assert report_of(tmp_path / "c", text=f"{TEXT}\n{others}\n", papers=1) == ""


def test_pages_about_the_site_are_left_alone(tmp_path: Path) -> None:
    config = write_survey(tmp_path, settings={"content": {"about": ["cite.md"]}})
    (tmp_path / "docs/works.yaml").write_text(RECORDS, encoding="utf-8")
    (tmp_path / "docs/cite.md").write_text("# Cite\n\n<https://doi.org/10.5555/us>\n", encoding="utf-8")
    (tmp_path / "docs/other.md").write_text("# Other\n\n<https://doi.org/10.5555/us>\n", encoding="utf-8")
    assert [one.path for one in inspect(load_settings(config)).problems if one.severity == "error"] == ["docs/other.md"]


def test_works_that_nothing_names_or_that_the_survey_holds_are_warnings(tmp_path: Path) -> None:
    report = report_of(tmp_path / "a", text=TEXT[: TEXT.index("- *Nests")])
    assert report.startswith("docs/works.yaml:9:3: warning: no text and no paper names finch1999nests [work-unused]")
    held = RECORDS.replace("10.5555/nests(1)", paper(1)["doi"])
    report = report_of(tmp_path / "b", held, TEXT.replace("10.5555/nests(1)", paper(1)["doi"]), papers=1)
    assert f'docs/works.yaml:9:3: warning: the survey holds "Nests": {key(1)} [work-held]' in report
    assert f"delete finch1999nests, and cite [@{key(1)}] in texts" in report


def test_a_relation_that_names_a_work_otherwise_is_a_warning(tmp_path: Path) -> None:
    config = write_survey(tmp_path)
    (tmp_path / "docs/works.yaml").write_text(RECORDS, encoding="utf-8")
    names = [("WingNet", "2001.00001"), ("Wings", "2001.00001"), ("Nests", None)]
    works = [{"title": title, **({"arxiv": arxiv} if arxiv else {})} for title, arxiv in names]
    relations = [{"type": "uses", "external": work} for work in works]
    file = tmp_path / f"papers/{key(1)}.yaml"
    file.write_text(to_yaml({**paper(1), "relations": relations}), encoding="utf-8")
    found = inspect(load_settings(config))
    (one,) = (one for one in found.problems if one.code.startswith(("work-", "external-")))
    assert one.message.endswith('is called "Wings at night: 120 notes" in docs/works.yaml, here "Wings"')
    assert found.survey
    assert {name for work in found.survey.outside for name in work.ids} == {"2001.00001", "10.5555/nests(1)"}


def test_digits_in_a_title_are_no_typed_numbers(tmp_path: Path) -> None:
    cited = (
        f"- *Wings at night: 120 notes* (Wren, 2020), [arXiv](https://arxiv.org/abs/2001.00001): used by @{key(1)}.\n"
    )
    for folder, records, wrong in (("with", RECORDS, False), ("without", None, True)):
        config = write_survey(tmp_path / folder)
        write_registry(config.parent)
        root = config.parent
        file = root / f"papers/{key(1)}.yaml"
        file.write_text(to_yaml({**paper(1), "results": [number(baseline="gulls")]}), encoding="utf-8")
        (root / "docs/themes/song.md").write_text(f"---\ntitle: A\ndefinition: B.\n---\n{cited}", encoding="utf-8")
        if records:
            (root / "docs/works.yaml").write_text(records, encoding="utf-8")
        codes = {one.code for one in inspect(load_settings(config)).problems if one.severity == "error"}
        assert codes == ({"number-not-stated"} if wrong else set())


def test_the_file_has_a_canonical_form(tmp_path: Path) -> None:
    config = write_survey(tmp_path)
    file, other = tmp_path / "docs/works.yaml", RECORDS.replace(
        '    author: Wren\n    year: 2020\n', '    year: "2020"  # of the preprint\n    author: "Wren"\n'
    )  # fmt: skip
    assert other != RECORDS
    file.write_text(other, encoding="utf-8")
    settings = load_settings(config)
    assert [one.code for one in inspect(settings).problems if one.path == "docs/works.yaml"].count(
        "file-not-canonical"
    ) == 1  # fmt: skip
    assert format_files(settings, survey_files(settings), write=True) == ([file], [])
    assert file.read_text(encoding="utf-8") == RECORDS.replace("year: 2020", "year: 2020  # of the preprint")
    assert format_paper(RECORDS.encode(), "docs/works.yaml", WORKS) == (RECORDS, [])


def test_this_survey_s_works_are_never_published_as_a_file() -> None:
    settings = load_settings(ROOT / "mkdocs.yml")
    works, problems = load_works(settings)
    assert problems == []
    assert len(works or ()) > 50
    assert "works.yaml" in settings.unpublished
