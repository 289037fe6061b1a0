"""Names of people: however a source writes them, they become what a paper file takes, and no record is refused."""

import json
from collections.abc import Callable
from typing import Any

import pytest
import yaml
from living_survey.formats.bibtex.names import read_names
from living_survey.formats.bibtex.reader import read_bibtex
from living_survey.formats.cff import read_cff
from living_survey.formats.csl.reader import read_csl
from living_survey.formats.front_matter import read_markdown
from living_survey.formats.names import OTHERS, Name, put_people
from living_survey.formats.record import Reading, Record, person, team
from living_survey.formats.ris.reader import read_nbib, read_ris

from tests.formats.reading import drafts

WREN, FINCH, HERON = ({"family": f, "given": g} for f, g in (("Wren", "Ada"), ("Finch", "Bo"), ("Heron", "Cy")))
PASTED = "Ada Wren, Bo Finch, Cy Heron"
LINE = f"the line {PASTED} is read as 3 people's: Wren, Ada; Finch, Bo; Heron, Cy"


def with_author(name: str) -> dict[str, Reading]:
    """Return a record by one author in each format."""
    front = {"title": "T", "authors": name, "year": "2020", "journal": "Ibis"}
    cff = {"title": "T", "authors": [{"family-names": name}], "date-released": "2020-01-01"}
    item = {"type": "book", "title": "T", "author": [{"family": name}], "issued": {"date-parts": [[2020]]}}
    return {
        "bibtex": read_bibtex(f"@misc{{a, author = {{{name}}}, title = {{T}}, year = 2020}}", "x.bib"),
        "ris": read_ris(f"TY  - BOOK\nAU  - {name}\nTI  - T\nPY  - 2020\nER  - \n", "x.ris"),
        "nbib": read_nbib(f"PMID- 1\nTI  - T\nFAU - {name}\nDP  - 2020\nJT  - Ibis\n", "x.nbib"),
        "csl": read_csl(json.dumps(item), "x.json"),
        "csl of strings": read_csl(json.dumps({**item, "author": [name]}), "x.json"),
        "cff": read_cff(yaml.safe_dump(cff).encode(), "x.cff"),
        "markdown": read_markdown(f"---\n{yaml.safe_dump(front, default_style=chr(34))}---\n".encode(), "x.md"),
    }


@pytest.mark.parametrize("form", list(with_author("")))
@pytest.mark.parametrize(
    ("name", "people"),
    [
        (PASTED, [WREN, FINCH, HERON]),
        ("Wren, Ada; Finch, Bo", [WREN, FINCH]),
        ("Wren, Ada and Finch, Bo", [WREN, FINCH]),
        ("Ada Wren & Bo Finch", [WREN, FINCH]),
        ("Wren1, Ada", [WREN]),
        ("<i>Wren</i><sup>1,2</sup>, Ada", [WREN]),
        ("&lt;b&gt;Wren&lt;/b&gt;, Ada", [WREN]),
    ],
)
def test_every_reader_parts_a_pasted_line(form: str, name: str, people: list[Name]) -> None:
    [draft] = drafts(with_author(name)[form])
    assert draft.data["authors"] == people


@pytest.mark.parametrize("form", list(with_author("")))
@pytest.mark.parametrize(
    "name",
    ["X Æ A-12", "deadmau5", "et al.", "others", "and", "<script>ran()</script>", "Wren, Ada, Doctor", "a < b > c",
     "Wren & <b>, 1; 2 and", "1, 2, 3", "&#60;img src=x&#62;", "Wren, Ada, Finch, Bo, Heron", "，；、", "&;&amp;;"],
)  # fmt: skip
def test_no_record_is_refused_for_a_name_that_no_file_takes(form: str, name: str) -> None:
    [draft] = drafts(with_author(name)[form])
    assert draft.paper or draft.refused == "no author, editor or organization: add it in the file and import again"
    [draft] = drafts(with_author("Wren, Ada")[form])
    record = draft.record
    record.data.pop("authors")
    put_people(record, "authors", [person(name), person("Wren", name), person("Wren", "Ada", name), team(name)])
    [draft] = drafts(Reading([record]))
    assert draft.paper, draft.refused


@pytest.mark.parametrize(
    ("read", "text"),
    [
        (read_bibtex, f"@misc{{a, author = {{{PASTED}}}, title = {{T}}, year = 2020}}"),
        (read_ris, f"TY  - BOOK\nAU  - {PASTED}\nTI  - T\nPY  - 2020\nER  - \n"),
    ],
)
def test_a_line_that_was_parted_is_named(read: Callable[[str, str], Reading], text: str) -> None:
    assert LINE in read(text, "x").records[0].notes


@pytest.mark.parametrize(
    ("latex", "people", "words"),
    [
        (r"{\'E}mile Wren, {Z}o{\"e} Finch, Bo Heron and others",
         [{"family": "Wren", "given": "Émile"}, {"family": "Finch", "given": "Zoë"}, {"family": "Heron", "given": "Bo"},
          OTHERS], "is read as 3 people's"),
        ("Ada Wren, Bo Finch and Cy Heron", [WREN, FINCH, HERON], "is read as 2 people's"),
        ("Ada Wren, Bo Finch", [{"family": "Ada Wren", "given": "Bo Finch"}], "compare it with the paper"),
        (r"Wren, A. \& Finch, B.", [{"family": "Wren", "given": "A."}, {"family": "Finch", "given": "B."}], ""),
        (r"Swift \& Heron Team", [{"team": "Swift & Heron Team"}], ""),
        (r"{Ducks, Geese \& Swans; a Club} and Wren, Ada", [{"team": "Ducks, Geese & Swans; a Club"}, WREN], ""),
        ("Wren, Ada and and Finch, Bo and", [WREN, FINCH], ""),
        ("Wren, Ada et al.", [WREN, OTHERS], ""),
        ("Wren, Ada and {others}", [WREN, OTHERS], ""),
        ("King, Jr., Martin and Wren, Ada, Jr.",
         [{"family": "King", "given": "Martin", "suffix": "Jr."}, {**WREN, "suffix": "Jr."}], ""),
        ("family=Meer, given=Jan, prefix=van der and family={Wren}, given=Ada, suffix=III",
         [{"family": "van der Meer", "given": "Jan"}, {**WREN, "suffix": "III"}], ""),
        ("van der Meer, Jan and Wren, Ada", [{"family": "van der Meer", "given": "Jan"}, WREN], ""),
        ("de la Cruz y Silva, Ana and O'Neill, A.",
         [{"family": "de la Cruz y Silva", "given": "Ana"}, {"family": "O'Neill", "given": "A."}], ""),
        (r"\Birdname", [{"family": "Birdname"}], ""),
        (r"\'Emile Wren and \v{S}imon Finch and {\O}ye Heron",
         [{"family": "Wren", "given": "Émile"}, {"family": "Finch", "given": "Šimon"},
          {"family": "Heron", "given": "Øye"}], ""),
        (r"{\noopsort{Bb}}Wren, Ada and Finch, {\noopsort{a}}Bo", [WREN, FINCH], ""),
        ("Wren, Ada et~al.", [WREN, OTHERS], ""),
        (r"Wren, Ada \emph{et al.}", [WREN, OTHERS], ""),
        (r"Wren, Ada and {\it others}", [WREN, OTHERS], ""),
        ("prefix=van der, Family=Meer, given=Jan and GIVEN=Ada, FAMILY=Wren",
         [{"family": "van der Meer", "given": "Jan"}, WREN], ""),
        ("Wren, Ada and the Heron Collaboration", [WREN, {"team": "Heron Collaboration"}], "is read as a group's name"),
        ("Wren A. B. and Finch~C and de Heron DE",
         [{"family": "Wren", "given": "A. B."}, {"family": "Finch", "given": "C"},
          {"family": "de Heron", "given": "DE"}],
         "initials last"),
        ("Malcolm X and Ada Wren", [{"family": "X", "given": "Malcolm"}, WREN], ""),
    ],
)  # fmt: skip
def test_lists_of_names_in_bibtex(latex: str, people: list[Name], words: str) -> None:
    notes: list[str] = []
    assert read_names(latex, notes) == people
    assert words in "; ".join(notes)
    assert bool(words) == bool(notes)


@pytest.mark.parametrize(
    "name",
    [
        person("King Jr.", "Martin"), person("King", "Martin, Jr."), person("Martin King", "Jr."),
        person("Jr.", "Martin King"), person("King, Jr.", "Martin"), person("King", "Martin", "Jr."),
    ],
)  # fmt: skip
def test_a_suffix_is_one_wherever_it_stands(name: Name) -> None:
    record = Record("x", 1)
    put_people(record, "authors", [name, person("Junior", "A."), person("Wren", "III")])
    assert record.data["authors"][0] == {"family": "King", "given": "Martin", "suffix": "Jr."}
    assert record.data["authors"][1:] == [{"family": "Junior", "given": "A."}, {"family": "Wren", "given": "III"}]


def test_what_a_source_calls_a_person_is_settled_and_told() -> None:
    record = Record("x", 1)
    people: list[dict[str, Any]] = [
        {"family": "Wren1", "given": "Ada", "orcid": "0000-0002-1825-0097"}, person("Finch", "B.", "KCMG"),
        person("Ada Wren", "Bo Finch", "Cy Heron"), person("King, Jr.", "Martin"), team("<b>Heron</b> &amp; Team"),
        person("X Æ A-12"), team("<br>"),
    ]  # fmt: skip
    put_people(record, "authors", [*people, OTHERS])
    assert record.data == {
        "authors": [
            {**WREN, "orcid": "0000-0002-1825-0097"}, {"family": "Finch", "given": "B. KCMG"}, WREN, FINCH, HERON,
            {"family": "King", "given": "Martin", "suffix": "Jr."}, {"team": "Heron & Team"}, {"team": "X Æ A-12"},
        ],
        "and_others": "true",
    }  # fmt: skip
    assert record.notes[-2:] == [
        "the name X Æ A-12 could not be parsed: kept as one name", "the name <br> is nothing but markup: skipped",
    ]  # fmt: skip
    assert len(record.notes) == 5


def test_groups_in_ris_stay_in_one_piece() -> None:
    names = ["Bird Board of Dunes", "Swift and Heron Fund", "Ducks Unlimited", "Ada Wren and Bo Finch", "Wren"]
    lines = "".join(f"AU  - {name}\n" for name in names)
    [draft] = drafts(read_ris(f"TY  - BOOK\n{lines}TI  - T\nPY  - 2020\nER  - \n", "x.ris"))
    assert draft.data["authors"] == [*({"team": name} for name in names[:3]), WREN, FINCH, {"family": "Wren"}]
