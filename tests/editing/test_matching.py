"""Which records are one work: those that an identifier ties together, and those that agree in all that both state."""

from pathlib import Path

import pytest
from living_survey.editing.convert import ImportOptions
from living_survey.editing.import_records import build_import, write_import
from living_survey.editing.outcomes import ImportPlan
from living_survey.formats.bibtex.reader import read_bibtex
from living_survey.formats.ris.reader import read_ris
from living_survey.loading.settings import load_settings
from living_survey.loading.survey import load_survey
from living_survey.model.survey import Survey

from tests.fabricate import write_survey


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Survey:
    """A survey without papers."""
    config = write_survey(tmp_path_factory.mktemp("empty") / "survey", settings={"require": []})
    return load_survey(load_settings(config))[0]


def plan_for(survey: Survey, *files: str) -> ImportPlan:
    """Plan an import of BibTeX files."""
    readings = [(f"{n}.bib", read_bibtex(text, f"{n}.bib")) for n, text in enumerate(files)]
    return build_import(survey, readings, ImportOptions())


def fates(plan: ImportPlan) -> list[str]:
    return [outcome.status for outcome in plan.outcomes if outcome.status != "note"]


HERONS = "author={Wren, Ada}, title={Herons by GPS}, year=2020"
PAIRS = [
    # The same identifier, and titles that fit.
    ("merged", "doi={10.5555/H}, journal={Ibis}", "doi={https://doi.org/10.5555/h}, journal={The Ibis}, volume=3"),
    ("merged", "eprint={2001.00001}", "eprint={2001.00001v2}, journal={Ibis}, doi={10.5555/h}"),
    ("merged", "pmid={123}, journal={Ibis}, volume=1", "pmid={123}, journal={Ibis (London)}, volume=1"),
    # No identifier in common, and what both state agrees.
    ("merged", "journal={Ibis}, volume=1", "journal={ibis}, doi={10.5555/h}"),
    ("merged", "journal={Ibis}, pages={1--9}, doi={10.5555/h}", "journal={Ibis}, pages={1-9}, eprint={2001.00001}"),
    ("merged", "journal={Ibis}, month=may", "journal={Ibis}, month=may, day=3"),
    ("merged", "url={https://www.example.org/h/}", "url={http://example.org/h}"),
    ("merged", "", ""),
    ("merged", "journal={Ibis}, abstract={We follow herons by GPS for a year.}",
     "journal={Ibis}, abstract={We follow herons by GPS for a year. (c) Ibis}"),
    # Title, author and year alone.
    ("imported", "doi={10.5555/h}", "eprint={2001.00001}"),
    ("imported", "", "doi={10.5555/h}"),
    ("imported", "journal={Ibis}, doi={10.5555/h}", "eprint={2001.00001}"),
    # Something that both state differs.
    ("imported", "journal={Ibis}, doi={10.5555/h.1}", "journal={Ibis}, doi={10.5555/h.2}"),
    ("imported", "journal={Ibis}, eprint={2001.00001}", "journal={Ibis}, eprint={2001.00002}"),
    ("imported", "journal={Ibis}, volume=1", "journal={Ibis}, volume=2"),
    ("imported", "journal={Ibis}, number=1", "journal={Ibis}, number=2"),
    ("imported", "journal={Ibis}, pages={1-9}", "journal={Ibis}, pages={11-19}"),
    ("imported", "journal={Ibis}", "journal={Auk}"),
    ("imported", "journal={Ibis}, month=may", "journal={Ibis}, month=june"),
    ("imported", "url={https://example.org/a}", "url={https://example.org/b}"),
    ("imported", "journal={Ibis}, note={Part one}", "journal={Ibis}, note={Part two}"),
]  # fmt: skip


@pytest.mark.parametrize(("fate", "one", "two"), PAIRS)
def test_records_of_one_title_author_and_year(empty: Survey, fate: str, one: str, two: str) -> None:
    first, second = (
        f"@{'article' if 'journal' in more else 'misc'}{{{key}, {HERONS}, {more}}}"
        for key, more in (("a", one), ("b", two))
    )
    for entries in ((first, second), (second, first)):
        plan = plan_for(empty, "\n".join(entries))
        assert fates(plan) == ["imported", fate], plan.outcomes
        assert not [problem for problem in plan.problems if problem.severity == "error"]
        if fate == "imported":
            assert "likely duplicate of wren2020herons: title 100% similar, Wren wrote both" in plan.outcomes[1].words
        # Apart from each other, too: what an import made is what the survey has when the next one comes.
        write_import(empty.settings, plan_for(empty, entries[0]))
        here, _ = load_survey(empty.settings)
        again = plan_for(here, entries[1].replace("{a,", "{x,").replace("{b,", "{x,"))
        for file in empty.settings.papers_dir.iterdir():
            file.unlink()
        assert fates(again) == ["skipped" if fate == "merged" else "imported"], again.outcomes


@pytest.mark.parametrize(
    ("one", "two"),
    [
        # Another type, other authors, volumes of one book.
        ("@techreport{a, author={Wren, Ada}, title={Herons}, year=2020, institution={Heron Lab}}",
         "@inproceedings{b, author={Wren, Ada}, title={Herons}, year=2020, booktitle={Wings}}"),
        ("@article{a, author={Wren, Yi}, title={Introduction}, year=2020, journal={Ibis}}",
         "@article{b, author={Wren, Xu}, title={Introduction}, year=2020, journal={Ibis}}"),
        ("@article{a, author={Wren, Ada}, title={Herons}, year=2020, journal={Ibis}}",
         "@article{b, author={Wren, Ada and Finch, Bo}, title={Herons}, year=2020, journal={Ibis}}"),
        ("@book{a, author={Wren, A.}, title={Handbook}, year=2020, publisher={P}, volume=1, isbn={978-0-00-000001-8}}",
         "@book{b, author={Wren, A.}, title={Handbook}, year=2020, publisher={P}, volume=2, isbn={978-0-00-000001-8}}"),
        ("@book{a, author={Wren, Ada}, title={Handbook}, year=2020, publisher={P}, edition={First}}",
         "@book{b, author={Wren, Ada}, title={Handbook}, year=2020, publisher={P}, edition={Second}}"),
        # An ISBN is the book's: its chapters have it in common.
        ("@incollection{a, author={Wren, A.}, title={Nests}, year=2020, booktitle={B}, pages={1-9}, isbn={0000000019}}",
         "@incollection{b, author={Wren, A.}, title={Nests}, year=2020, booktitle={B}, pages={11}, isbn={0000000019}}"),
        # An identifier that a note names is another work's.
        ("@misc{a, author={Wren, Ada}, title={A comment on herons}, year=2020, note={Comment on arXiv:1801.00001}}",
         "@article{b, author={Finch, Bo}, title={Herons revisited}, year=2018, journal={Ibis}, eprint={1801.00001}}"),
        ("@misc{a, author={Wren, Ada}, title={Terns}, year=2020, howpublished={arXiv:1801.00001, arXiv:1802.0002}}",
         "@misc{b, author={Finch, Bo}, title={Herons}, year=2018, eprint={1801.00001}}"),
        ("@misc{a, author={Wren, Ada}, title={Terns}, year=2020, note={arXiv:1801.00001 arXiv:1802.00002}}",
         "@misc{b, author={Finch, Bo}, title={Herons}, year=2018, eprint={1801.00001}}"),
    ],
)  # fmt: skip
def test_two_works_stay_two(empty: Survey, one: str, two: str) -> None:
    plan = plan_for(empty, f"{one}\n{two}")
    assert fates(plan) == ["imported", "imported"], plan.outcomes
    assert not [problem for problem in plan.problems if problem.severity == "error"]
    assert "arxiv" not in next(iter(plan.papers.values()))


@pytest.mark.parametrize(
    ("one", "two", "words"),
    [
        ("author={Eve, E.}, title={A paper at the workshop on the terns}, year=2019, eprint={1901.00001}",
         "author={Fox, F.}, title={The herons at the fen}, year=2019, eprint={1901.00001}", "another title"),
        ("author={Eve, E.}, title={A study of terns}, year=2019, eprint={1901.00001}",
         "author={Fox, F.}, title={A study of herons}, year=2019, eprint={1901.00001}",
         "another title and other authors"),
        ("author={Eve, E.}, title={Terns in spring}, year=2019, pages={1-9}, doi={10.5555/book}",
         "author={Eve, E.}, title={Terns in autumn}, year=2019, pages={11-19}, doi={10.5555/book}",
         "another title and pages"),
        ("author={Eve, E.}, title={Terns, part I}, year=2019, doi={10.5555/t}",
         "author={Eve, E.}, title={Terns, part II}, year=2019, doi={10.5555/t}", "another title"),
        ("author={Eve, E.}, title={Terns}, year=2019, eprint={1901.00001}, doi={10.5555/t}",
         "author={Eve, E.}, title={Terns}, year=2019, eprint={1901.00002}, doi={10.5555/t}", "another arXiv"),
    ],
)  # fmt: skip
def test_an_identifier_of_two_works_is_left_out_or_refused(empty: Survey, one: str, two: str, words: str) -> None:
    entries = [f"@incollection{{{key}, booktitle={{Birds}}, {text}}}" for key, text in (("a", one), ("b", two))]
    for order in (entries, entries[::-1]):
        plan = plan_for(empty, "\n".join(order))
        assert fates(plan) == ["imported", "imported"]
        assert f" left out: another record has it, with {words}, " in plan.outcomes[1].words
        assert not [problem for problem in plan.problems if problem.severity == "error"]
        first, second = plan.papers.values()
        shared = "doi" if "doi" in two else "arxiv"
        assert shared not in second
        assert second["extra"][shared]
        # Of one title the first keeps it; of two, nobody knows whose it is.
        assert (shared in first) == (first["title"] == second["title"])
    readings = [("x.bib", read_bibtex("\n".join(entries), "x.bib"))]
    typed = build_import(empty, readings, ImportOptions(), strict=True)
    assert fates(typed) == ["imported", "refused"]
    assert f", which has {words}: correct one of them" in typed.outcomes[1].words


def test_whose_an_identifier_is(empty: Survey, tmp_path: Path) -> None:
    talks = "".join(
        f"@inproceedings{{t{n}, author={{W, A}}, title={{{title}}}, booktitle={{B}}, year=2020, doi={{10.5555/b}}}}\n"
        for n, title in enumerate(["Herons", "Terns", "Owls", "Owls"])
    )
    book = "@proceedings{b, editor={Finch, Bo}, title={Birds}, year=2020, publisher={P}, doi={10.5555/B}}\n"
    many = "".join(
        talks.replace("{t", f"{{x{n}").replace("title={", f"title={{{word} ") for n, word in enumerate("JKLMN")
    )
    for text, owners in ((talks, ["Owls"]), (talks + book, ["Birds"]), (many, [])):
        plan = plan_for(empty, text)
        assert "refused" not in fates(plan)
        assert [data["title"] for data in plan.papers.values() if "doi" in data] == owners
    # What the survey has is the survey's; the same file once more adds nothing.
    config = write_survey(tmp_path / "survey", settings={"require": []})
    survey, _ = load_survey(load_settings(config))
    write_import(survey.settings, plan_for(survey, talks))
    survey, _ = load_survey(survey.settings)
    assert fates(plan_for(survey, talks)) == ["skipped"] * 4
    later = plan_for(survey, book)
    assert fates(later) == ["imported"]
    assert "DOI 10.5555/b left out: w2020owls has it, with another title" in later.outcomes[0].words


def test_what_a_second_record_adds_is_known_to_the_third(empty: Survey) -> None:
    text = f"""
@misc{{a, {HERONS}, doi={{10.5555/h}}}}
@misc{{b, {HERONS}, doi={{10.5555/h}}, eprint={{2001.00001}}}}
@misc{{c, {HERONS}, eprint={{2001.00001}}}}
@misc{{d, author={{Finch, Bo}}, title={{Terns}}, year=2021, eprint={{2101.00001}}}}
@misc{{e, {HERONS}, doi={{10.5555/h}}, url={{https://example.org/h}}}}
"""
    plan = plan_for(empty, text)
    assert fates(plan) == ["imported", "merged", "merged", "imported", "merged"]
    assert plan.papers["wren2020herons"]["arxiv"] == "2001.00001"
    assert plan.papers["wren2020herons"]["source_keys"] == ["a", "b", "c", "e"]


def test_initials_and_others_stand_for_names(empty: Survey) -> None:
    names = [
        "Wren, Ada Jane and Finch, J.-L.",
        "Wren, A. J. and Finch, Jean-Luc",
        "Wren, AJ and Finch, JL",
        "Wren, Ada and others",
    ]
    entries = [
        f"@article{{k{n}, author={{{name}}}, title={{Herons}}, year=2020, journal={{Ibis}}}}"
        for n, name in enumerate(names)
    ]
    assert fates(plan_for(empty, "\n".join(entries))) == ["imported", "merged", "merged", "merged"]
    other = entries[0].replace("Jane", "Karen").replace("{k0", "{k9")
    assert fates(plan_for(empty, f"{entries[0]}\n{other}")) == ["imported", "imported"]


def test_many_papers_of_one_title_are_counted_not_listed(empty: Survey) -> None:
    text = "".join(
        f"@article{{k{n}, author={{Wren, Ada}}, title={{Calendar}}, year=2020, journal={{Ibis}}, number={n}}}\n"
        for n in range(1, 8)
    )
    plan = plan_for(empty, text)
    assert fates(plan) == ["imported"] * 7
    assert plan.outcomes[6].words.count("likely duplicate of") == 3
    assert "of 3 more papers with a similar title" in plan.outcomes[6].words


def test_a_record_without_a_key_is_known_again(empty: Survey, tmp_path: Path) -> None:
    config = write_survey(tmp_path / "survey", settings={"require": []})
    survey, _ = load_survey(load_settings(config))
    records = ("TY  - JOUR\nTI  - Herons\nJO  - Ibis\n", "TY  - GEN\nTI  - Terns\n")
    text = "".join(f"{record}AU  - Wren, Ada\nPY  - 2020\nER  - \n" for record in records)
    readings = [("x.ris", read_ris(text, "x.ris"))]
    write_import(survey.settings, build_import(survey, readings, ImportOptions()))
    survey, _ = load_survey(survey.settings)
    assert fates(build_import(survey, [("x.ris", read_ris(text, "x.ris"))], ImportOptions())) == ["skipped", "skipped"]


def test_a_paper_that_people_corrected_is_known_by_its_key(tmp_path: Path) -> None:
    config = write_survey(tmp_path / "survey", settings={"require": []})
    survey, _ = load_survey(load_settings(config))
    entry = f"@article{{w1, {HERONS}, journal={{Ibis Let.}}, volume=3}}"
    write_import(survey.settings, plan_for(survey, entry))
    [file] = survey.settings.papers_dir.iterdir()
    file.write_text(file.read_text(encoding="utf-8").replace("Ibis Let.", "Ibis Letters"), encoding="utf-8")
    survey, _ = load_survey(survey.settings)
    again = plan_for(survey, entry)
    assert [outcome.words for outcome in again.outcomes] == ["already in the survey, same key and title"]
    assert fates(plan_for(survey, entry.replace("volume=3", "volume=4"))) == ["imported"]


@pytest.mark.parametrize(
    ("field", "arxiv", "note"),
    [
        ("note={arXiv:1801.00001}", "1801.00001", None),
        ("note={arXiv: 1801.00001 [cs, stat]}", "1801.00001", None),
        ("howpublished={Preprint at \\url{https://arxiv.org/abs/1801.00001v2}}", "1801.00001", None),
        ("journal={arXiv preprint arXiv:1801.00001 (2018)}", "1801.00001", None),
        ("note={Builds on arXiv:1801.00001}", None, "Builds on arXiv:1801.00001"),
        ("note={arXiv:1801.00001, to appear}", None, "arXiv:1801.00001, to appear"),
        ("eprint={1901.00002}, note={arXiv:1801.00001}", "1901.00002", "arXiv:1801.00001"),
    ],
)
def test_arxiv_ids_in_other_fields(empty: Survey, field: str, arxiv: str | None, note: str | None) -> None:
    plan = plan_for(empty, f"@misc{{a, {HERONS}, {field}}}")
    [data] = plan.papers.values()
    assert data.get("arxiv") == arxiv
    assert data.get("extra", {}).get("note") == note
