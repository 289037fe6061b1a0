"""DOIs and arXiv ids: every reader understands the same ways of writing them, and takes no number for one."""

import json
from collections.abc import Callable

import pytest
from living_survey.formats.bibtex.reader import read_bibtex
from living_survey.formats.csl.reader import read_csl
from living_survey.formats.front_matter import read_markdown
from living_survey.formats.record import Reading
from living_survey.formats.ris.reader import read_ris

from tests.formats.reading import one

READERS: dict[str, Callable[[str], Reading]] = {
    "bibtex": lambda text: read_bibtex(f"@misc{{a, author={{A, B}}, title={{T}}, year=2020, note={{{text}}}}}", "a"),
    "eprint": lambda text: read_bibtex(
        f"@misc{{a, author={{A, B}}, title={{T}}, year=2020, archiveprefix={{arXiv}}, eprint={{{text}}}}}", "a.bib"
    ),
    "ris": lambda text: read_ris(f"TY  - UNPB\nAU  - A, B\nTI  - T\nPY  - 2020\nAN  - {text}\nER  - \n", "a.ris"),
    "csl": lambda text: read_csl(
        json.dumps({"type": "article", "title": "T", "author": [{"family": "A"}], "issued": {"date-parts": [[2020]]},
                    "number": text}), "a.json",
    ),
    "markdown": lambda text: read_markdown(
        f'---\ntitle: T\nauthors: A B\nyear: 2020\narxiv: "{text}"\n---\n'.encode(), "a.md"
    ),
}  # fmt: skip
"""Reader → what it reads from a record with a text where an arXiv id may stand."""


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize(
    ("text", "arxiv"),
    [
        ("arXiv:2001.00001", "2001.00001"), ("arXiv: 2001.00001v2", "2001.00001"), ("arxiv:0704.0001", "0704.0001"),
        ("arXiv:hep-th/9901001", "hep-th/9901001"), ("arXiv:HEP-TH/9901001", "hep-th/9901001"),
        ("arXiv:math.ag/0101001v3", "math.AG/0101001"),
        ("arXiv:2013.00001", None), ("arXiv:2001.000012", None), ("arXiv:2001.001", None),
    ],
)  # fmt: skip
def test_what_says_that_it_is_an_arxiv_id_is_one_if_it_can_be(reader: str, text: str, arxiv: str | None) -> None:
    data = one(READERS[reader](text))
    assert data.get("arxiv") == arxiv
    assert arxiv or text in data["extra"].values()  # and nothing is lost


@pytest.mark.parametrize("reader", ["eprint", "markdown"])
@pytest.mark.parametrize(
    ("text", "arxiv"),
    [("2001.00001v2", "2001.00001"), ("HEP-TH/9901001", "hep-th/9901001"), ("2013.00001", None), ("12001.00001", None)],
)
def test_a_field_for_the_id_needs_no_word_in_front(reader: str, text: str, arxiv: str | None) -> None:
    data = one(READERS[reader](text))
    assert data.get("arxiv") == arxiv
    assert arxiv or text in data["extra"].values()


@pytest.mark.parametrize(
    ("text", "field", "value"),
    [
        ("doi:10.5555/a", "doi", "10.5555/a"), ("DOI 10.5555/a", "doi", "10.5555/a"),
        ("https://dx.doi.org/10.5555/a", "doi", "10.5555/a"), ("10.48550/arXiv.2001.00001v2", "arxiv", "2001.00001"),
        ("https://doi.org/10.48550/ARXIV.HEP-TH/9901001", "arxiv", "hep-th/9901001"),
    ],
)  # fmt: skip
def test_a_doi_is_read_without_what_stands_around_it(text: str, field: str, value: str) -> None:
    item = {"type": "article", "title": "T", "author": [{"family": "A"}], "issued": {"date-parts": [[2020]]}}
    readings = [
        read_bibtex(f"@misc{{a, author={{A, B}}, title={{T}}, year=2020, doi={{{text}}}}}", "a.bib"),
        read_ris(f"TY  - GEN\nAU  - A, B\nTI  - T\nPY  - 2020\nDO  - {text}\nER  - \n", "a.ris"),
        read_csl(json.dumps({**item, "DOI": text}), "a.json"),
        read_markdown(f'---\ntitle: T\nauthors: A B\nyear: 2020\ndoi: "{text}"\n---\n'.encode(), "a.md"),
    ]
    found = [one(reading) for reading in readings]
    assert [(data.get("doi"), data.get("arxiv")) for data in found] == [
        (value, None) if field == "doi" else (None, value)
    ] * 4
