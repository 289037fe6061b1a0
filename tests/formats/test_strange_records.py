"""Records of strangers over which a program could stumble: each is imported or refused, and the others are imported."""

import re
import tracemalloc
from pathlib import Path

import pytest
from living_survey.formats.bibtex.reader import read_bibtex
from living_survey.formats.csl.reader import read_csl
from living_survey.formats.decoding import decode
from living_survey.formats.readers import read_files
from living_survey.formats.record import Reading, Record, extra_name
from living_survey.formats.ris.reader import read_ris

from tests.commands import run_survey
from tests.fabricate import write_survey

LAST = "@book{last, title={Herons}, author={Wren, Ada}, year={2024}}\n"
STRINGS = "\n".join(
    ['@string{a0="' + "x" * 30 + '"}', *(f"@string{{a{n} = {' # '.join([f'a{n - 1}'] * 10)}}}" for n in range(1, 9))]
)
DATA = "\n".join(f"@xdata{{x{n}, note{n}={{n}}, xdata={{{','.join([f'x{n + 1}'] * 20)}}}}}" for n in range(40))
CHAIN = "\n".join(f"@xdata{{x{n}, xdata={{x{n + 1}}}}}" for n in range(5000))
BIBTEX = {  # name → entries
    "abbreviations of abbreviations": f"{STRINGS}\n@misc{{k, title=a8}}\n",
    "data of data": f"{DATA}\n@book{{k, title={{A}}, author={{Wren}}, year={{2024}}, xdata={{x0}}}}\n",
    "a chain of data": f"{CHAIN}\n@book{{k, title={{A}}, author={{Wren}}, year={{2024}}, xdata={{x0}}}}\n",
    "crossrefs to much": "@book{p, booktitle={" + "x" * 50_000 + "}}\n"
    + "".join(f"@book{{k{n}, title={{A{n}}}, crossref={{p}}}}\n" for n in range(400)),
    "a long command many times": '@preamble{"\\newcommand{\\wide}{' + "x" * 1900 + '}"}\n@book{k, title={A}, file={'
    + "\\wide " * 150_000 + "}, author={Wren}, year={2024}}\n",
    "a long argument many times": '@preamble{"\\newcommand{\\wide}[1]{' + "#1" * 900 + '}"}\n@book{k, title={A}, file={'
    + "\\wide{" + "x" * 300_000 + "}}, author={Wren}, year={2024}}\n",
    "commands in commands": '@preamble{"\\newcommand{\\wide}[1]{#1}"}\n@book{k, title={' + "\\wide{" * 2_000
    + "}" * 2_000 + "}, author={Wren}, year={2024}}\n",
    "names of other entries": "@xdata{x, author={" + "Wren, Ada and " * 5000 + "Finch, Bo}}\n@book{k, title={A},"
    + " author={" + " and ".join(["xdata=x-author-7"] * 5000) + "}, year={2024}}\n",
    "parents of parents": "".join(f"@book{{p{n}, title={{T}}, crossref={{p{n + 1}}}}}\n" for n in range(300)),
    "entries in an entry": "@book{k, title={" + "@b{" * 50_000 + "\n",
    "month": f"@book{{k, title={{A}}, author={{Wren}}, year={{2024}}, month={'9' * 5000}}}\n",
    "day": f"@book{{k, title={{A}}, author={{Wren}}, year={{2024}}, month=jan, day={'9' * 5000}}}\n",
    "braces around the title": "@book{k, title={" + "{" * 5000 + "A" + "}" * 5000 + "}, author={Wren}, year={2024}}\n",
    "braces around the author": "@book{k, title={A}, author={" + "{" * 5000 + "A" + "}" * 5000 + "}, year={2024}}\n",
    "braces in the title": "@book{k, title={" + "{B}" * 20_000 + "}, author={Wren}, year={2024}}\n",
    "a field ten thousand times": "@book{k, title={A}, author={Wren}, year={2024},"
    + ",".join(f"note={{n{n}}}" for n in range(10_000)) + "}\n",
    "formulas": "@book{k, title={" + "$^{" * 5000 + "}, author={Wren}, year={2024}}\n",
    "entities of entities": "@book{k, title={A}, author={&" + "amp;" * 20_000 + "lt;}, year={2024}}\n",
    "elements": "@book{k, title={" + "".join(f"</mml:a{n}>" for n in range(9_000)) + "}, author={Wren}, year={2024}}\n",
}  # fmt: skip


@pytest.mark.parametrize("name", BIBTEX)
def test_a_bibtex_entry_that_makes_work_does_not_stop_the_others(name: str) -> None:
    tracemalloc.start()
    reading = read_bibtex(BIBTEX[name] + LAST, "in.bib")
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert reading.records[-1].data["title"] == "Herons"
    assert peak < 200_000_000


@pytest.mark.parametrize("name", ["abbreviations of abbreviations", "crossrefs to much", "names of other entries"])
def test_what_grows_beyond_the_file_is_refused_with_the_limit(name: str) -> None:
    reading = read_bibtex(BIBTEX[name] + LAST, "in.bib")
    assert any(
        re.search(r"of this file make more than [12],\d{3},\d{3} characters", why) for _, _, why in reading.refused
    )


def test_an_entry_that_names_very_much_data_is_refused_with_the_limit() -> None:
    [(_, key, why)] = read_bibtex(BIBTEX["a chain of data"] + LAST, "in.bib").refused
    assert key == "k"
    assert "more than 100 entries of data" in why


def test_abbreviations_and_data_of_real_files_are_taken_over_as_before() -> None:
    text = (
        '@string{ibis = "Ibis"}\n@string{long = ibis # " Letters"}\n'
        "@xdata{a, publisher={P}, xdata={b}}\n@xdata{b, publisher={Q}, address={Here}}\n"
        "@book{k, title={A}, author={Wren}, year={2024}, xdata={a}, series=long, note={one}, note={two}, note={one}}\n"
    )
    [record] = read_bibtex(text, "in.bib").records
    assert record.data["venue"] == {"name": "P", "series": "Ibis Letters"}
    assert record.extra["address"] == "Here"
    assert {record.extra.get("note"), record.extra.get("note-2")} & {"one", "two"} or record.private


@pytest.mark.parametrize(
    "codec", ["undefined", "punycode", "idna", "zlib_codec", "hex", "rot13", "unicode_escape", "utf-7", "no-such"]
)
def test_a_file_names_no_codec_that_is_none_of_texts(codec: str) -> None:
    text, _ = decode(f"% Encoding: {codec}\n@book{{k, title={{Caf\u00e9}}}}".encode("cp1252"))
    assert "Caf\u00e9" in text


def test_a_file_names_its_encoding() -> None:
    assert decode(b"% Encoding: unicode_escape\n\\x41")[0].endswith("\\x41")
    assert "\u017d" in decode("% Encoding: ISO8859_2\n\u017d".encode("iso8859-2"))[0]
    assert decode(b"% Encoding: UTF-8\n\xc3\xa9")[0].endswith("\u00e9")


def test_json_with_half_a_character_or_a_long_number_stops_no_other_record() -> None:
    text = (
        '[{"id":"a","title":"A \\ud800 title"}, {"id":"\\udc00","title":"x"}, {"id":"b","title":"T","volume":'
        + "9" * 5000 + '}, 7, "\\ud800", {"id":"c","title":"T","author":{"a":[1]},"issued":[1],"type":{}}]'
    )  # fmt: skip
    reading = read_csl(text, "in.json")
    assert [record.key for record in reading.records] == ["b", "c"]
    assert [why[:16] for _, _, why in reading.refused] == ["half a character"] * 2 + ["not a CSL-JSON i"] * 2


def test_deep_json_is_refused(tmp_path: Path) -> None:
    (tmp_path / "in.json").write_text("[" * 100_000, encoding="utf-8")
    [(_, reading)] = read_files([tmp_path / "in.json"])
    assert reading.refused == [(0, "", "not JSON: nested too deeply")]


def test_names_under_extra_have_a_longest_length(tmp_path: Path) -> None:
    assert len(extra_name("a" * 5000)) <= 100
    write_survey(tmp_path, 2)
    entry = f"@book{{k, title={{A}}, author={{Wren, Ada}}, year={{2024}}, publisher={{P}}, {'n' * 2000}={{kept}}}}"
    (tmp_path / "in.bib").write_text(entry, encoding="utf-8")
    assert run_survey(tmp_path, "import", "in.bib").returncode == 0
    assert "kept" in (tmp_path / "papers/wren2024a.yaml").read_text(encoding="utf-8")
    assert "[yaml-" not in run_survey(tmp_path, "check").stdout


def test_a_tag_that_stands_there_often_is_read_once_for_each() -> None:
    text = "TY  - BOOK\nTI  - A\nAU  - Wren, Ada\nPY  - 2024\n" + "".join(f"C1  - {n}\n" for n in range(20_000))
    [record] = read_ris(text, "in.ris").records
    assert record.extra["c1"].startswith("0; 1; 2; 3; ")


def test_a_reader_that_stumbles_refuses_the_record() -> None:
    from living_survey.formats.record import refusing  # noqa: PLC0415

    reading = Reading()
    with refusing(reading, 7, "k"):
        raise MemoryError
    with refusing(reading, 8, "l"):
        reading.records.append(Record("in.bib", 8, "l"))
    assert reading.refused == [(7, "k", "could not be read (MemoryError): correct it and import again")]
    assert [record.key for record in reading.records] == ["l"]
