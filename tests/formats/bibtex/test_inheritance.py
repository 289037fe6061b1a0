"""What entries take over from others, compared with biber's reading of the same file."""

import re
import subprocess
from pathlib import Path

from living_survey.formats.bibtex.inheritance import OF_THE_WORK, Inheritance, name_of
from living_survey.formats.bibtex.reader import read_bibtex

from tests.formats.reading import drafts
from tests.programs import needs

BIB = """
@mvbook{mv, title = {Big work}, subtitle = {Of nests}, author = {Wren, Ada}, date = {1990/1995},
  publisher = {Reed Press}, shorttitle={Big}, doi={10.5555/mv}, note={A note}, langid={german}, isbn={1}}
@book{vol, crossref = {mv}, title = {Terns}, volume = 2, date = {1992}, subtitle={Second}}
@inbook{chap, crossref = {vol}, title = {Eggs}, author={Roe, Ann}, pages = {1--9}}
@inbook{chapmv, crossref = {mv}, title = {Eggs two}, booktitle={Vol}, pages = {1--9}}
@proceedings{pr, title = {Proc. of Terns}, booktitle={Old Booktitle}, subtitle = {Water}, titleaddon={Addon},
  editor = {Ed, I.}, year = 2010, month = may, publisher={P}, series={S}, volume=3, eprint={1001.0001},
  eprinttype={arxiv}, url={https://e.org}, abstract={A}, keywords={k}, venue={Here}, eventtitle={Event},
  xdata={place}}
@inproceedings{ip, crossref = {pr}, author = {Finch, Bo}, title = {Child}, pages={1--2}}
@inproceedings{ipy, crossref = {pr}, author = {Finch, Bo}, title = {Child with year}, year=2011}
@xdata{place, location = {Reed Town}, xdata={more}}
@xdata{more, note = {More}}
@periodical{per, title = {Ibis}, subtitle={Sub}, issuetitle={Owls}, year = 2001, issn={12}, editor={Ed, I.}}
@article{art, crossref={per}, author={Finch, Bo}, title={Art}}
@collection{coll, title={Coll}, editor={Ed, I.}, date={2003-04}, publisher={P}}
@incollection{inc, crossref={coll}, author={Finch, Bo}, title={Inc}, subtitle={Own}}
@misc{gran, author={xdata=names-author-2 and Own, O.}, publisher={xdata=place-location}, title={Gran}, year=2000}
@xdata{names, author={First, F. and Second, S.}}
@book{bk, title={Bookish}, author={Bk, B.}, year=1999, publisher={P}}
@inbook{ib, crossref={bk}, title={Ib}}
@inproceedings{odd, crossref={bk}, author={A, B}, title={Odd}}
@online{ref, xref={bk}, author={A, B}, title={Xref}, year=1999, url={https://e.org/x}}
"""
Entries = dict[str, tuple[str, dict[str, str]]]


def entries_of(text: str) -> Entries:
    """Return entries whose values have no braces in them, by their keys."""
    found = {}
    for kind, key, body in re.findall(r"@(\w+)\{(\w+),(.*?)\}\s*(?=@|\Z)", text, re.DOTALL):
        pairs = re.findall(
            r"(\w+)\s*=\s*(?:\{([^{}]*)\}|(\w+))", f"{body}}}" if body.count("{") > body.count("}") else body
        )
        found[key] = kind.lower(), {name.lower(): braced or bare for name, braced, bare in pairs}
    return found


def dated(fields: dict[str, str]) -> dict[str, str]:
    """Return fields with the date in one, as biber writes it."""
    months = {"may": "05"}
    parts = [fields.get("year"), months.get(fields.get("month", ""))]
    date = fields.get("date") or "-".join(filter(None, parts))
    return {**{name: value for name, value in fields.items() if name not in ("year", "month")}, "date": date}


def test_entries_take_over_what_biber_lets_them(tmp_path: Path) -> None:
    (tmp_path / "x.bib").write_text(BIB, encoding="utf-8")
    command = [
        needs("biber"),
        "--tool",
        "--output-resolve-crossrefs",
        "--output-resolve-xdata",
        "--output-file",
        "y.bib",
        "x.bib",
    ]
    subprocess.run(command, cwd=tmp_path, check=True, capture_output=True)
    theirs = entries_of((tmp_path / "y.bib").read_text(encoding="utf-8"))
    source = entries_of(BIB)
    inheritance = Inheritance({name_of(key): entry for key, entry in source.items()}, lambda _: None)
    # biber resolves a parent's own data too late for its children, and gives the parent's month to a year of theirs.
    more = {"ip": {"note": "More", "location": "Reed Town"}, "ipy": {"note": "More", "location": "Reed Town"}}
    more["odd"] = {"booktitle": "Bookish"}
    for key, (kind, own) in source.items():
        if kind == "xdata":
            continue
        ours = dated(inheritance.complete(kind, own, list[str]().append))
        biber = {name: value for name, value in theirs[key][1].items() if name not in OF_THE_WORK - own.keys()}
        if key == "ipy":
            biber["date"] = "2011"
        assert ours == {**biber, **more.get(key, {})}, key


def test_what_is_not_there_is_named_as_the_cause() -> None:
    text = """
@inproceedings{a, author = {Wren, Ada}, title = {Terns}, crossref = {IBIS85}, pages = {1--2}}
@misc{b, author = {Wren, Ada}, title = {Owls}, xdata = {nowhere}}
@misc{c, author = {Wren, Ada}, title = {Wrens}, year = 2020, crossref = {c}, xdata = {d}}
@misc{d, crossref = {e}, xdata = {d}}
@misc{e, crossref = {d}}
"""
    first, second, third, *_ = drafts(read_bibtex(text, "x.bib"))
    assert first.refused.endswith(
        "no year: add it in the file and import again (crossref IBIS85, which is not in the file, may have it)"
    )
    assert second.refused.endswith("(xdata nowhere, which is not in the file, may have it)")
    assert third.data["title"] == "Wrens"
