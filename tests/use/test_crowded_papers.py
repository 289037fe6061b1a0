"""Bibliographies of papers with fields that their types have not: the programs have nothing to say about them."""

import re
import subprocess
from pathlib import Path
from typing import Any

import pytest
from living_survey.loading.validate import check_paper
from living_survey.model.paper import Paper

from tests.programs import needs
from tests.use.test_bibliographies import run_biber, write

FURTHER = (
    "journal", "booktitle", "school", "institution", "organization", "publisher", "series", "volume", "number", "pages",
    "howpublished", "address", "edition", "chapter", "type", "isbn", "issn", "note", "eventtitle", "venue", "language",
    "pagetotal", "titleaddon", "version", "addendum", "urldate", "maintitle", "mainsubtitle", "mood",
)  # fmt: skip
"""Everything that an import may leave under ``extra`` of a paper of any type."""
TYPES = (
    "article", "inproceedings", "incollection", "book", "proceedings", "thesis", "report", "preprint", "dataset",
    "software", "online", "misc",
)  # fmt: skip


@pytest.fixture(scope="module")
def crowded() -> list[Paper]:
    """A paper of each type with every field that there is, most of them where its type has none."""
    found = []
    for kind in TYPES:
        extra = dict.fromkeys(FURTHER, "1") | {"language": "de-AT", "isbn": "1; 978-3-16-148410-0", "issn": "x"}
        data: dict[str, Any] = {
            "title": "Über ℝ und K̄ in Gelʹfand", "authors": [{"family": "Wren", "given": "Ada"}], "year": "2019",
            "type": kind, "url": "https://example.org/x", "extra": extra,
            "source_keys": [f"wren2019{kind}", f"Wren:{kind}"],
        }  # fmt: skip
        if kind == "preprint":
            data |= {"status": "preprint", "arxiv": "1901.00001"}
        else:
            data["venue"] = {"name": "V", "series": "S", "volume": "1", "number": "2", "pages": "1-2"}
        if kind in ("article", "inproceedings", "incollection", "book"):
            data["editors"] = [{"family": "Finch", "given": "Bo"}]
        if kind == "proceedings":
            data["edited"] = "true"
        checked, problems = check_paper(f"wren2019{kind}", "x", data)
        assert checked, problems
        found.append(checked)
    return found


def test_biber_takes_papers_with_fields_that_their_types_have_not(crowded: list[Paper], tmp_path: Path) -> None:
    write(crowded, "biblatex", tmp_path / "survey.bib")
    text = (tmp_path / "survey.bib").read_text(encoding="utf-8")
    said = run_biber(tmp_path)
    assert re.findall(r"(?m)^(?:WARN|ERROR).*", said) == []
    assert text.count("langid = {german}") == len(crowded)
    assert text.count("ids = {Wren:") == len(crowded)
    assert "mood" not in text


@pytest.mark.parametrize("style", ["plain", "alpha", "ieeetr"])
def test_bibtex_takes_them_too_and_keeps_capitals(crowded: list[Paper], style: str, tmp_path: Path) -> None:
    write(crowded, "bibtex", tmp_path / "survey.bib")
    aux = f"\\relax\n\\citation{{*}}\n\\bibstyle{{{style}}}\n\\bibdata{{survey}}\n"
    (tmp_path / "survey.aux").write_text(aux, encoding="utf-8")
    done = subprocess.run(
        [needs("bibtex"), "survey"], cwd=tmp_path, capture_output=True, text=True, timeout=60, check=False
    )
    assert (done.returncode, re.findall(r"(?i)warning--.*", done.stdout)) == (0, [])
    printed = " ".join((tmp_path / "survey.bbl").read_text(encoding="utf-8").split())
    assert printed.count(r"{\ensuremath{\mathbb{R}}} und {\={K}} in Gel{\ensuremath{^{\prime}}}fand") == len(crowded)
    assert "Edited by Bo Finch" in printed
    assert printed.isascii()
