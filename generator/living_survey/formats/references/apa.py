"""References in the author-year style of APA, on pybtex's style classes. I/O: none."""

from typing import Any

from pybtex.database import Entry
from pybtex.richtext import HRef, Tag, Text
from pybtex.style import FormattedEntry
from pybtex.style.formatting import BaseStyle

from living_survey.formats.references.rich_text import (
    SHIELD,
    address_of,
    initials,
    inverted_name,
    sentence_case,
    unshielded,
)

_IN_FULL = 20
"""So many authors APA 7 names (section 9.8 of its manual); of more, the first 19 and the last."""


class AuthorYearStyle(BaseStyle):  # type: ignore[misc]
    """References in the manner of APA 7: who (year). What. Where. Address."""

    default_name_style = "lastfirst"
    default_label_style = "number"
    default_sorting_style = "none"

    def format_entry(self, label: str, entry: Entry, bib_data: Any = None) -> FormattedEntry:  # noqa: ARG002
        """Return one reference."""
        fields = entry.fields
        own = entry.type not in ("article", "inproceedings", "incollection")
        title = sentence_case(fields["title"])
        parts = [list_people(entry), Text("(", fields["year"], ")")]
        what = Tag("em", title) if own else title
        parts.append(Text(what, *in_brackets(entry)))
        parts += place_of(entry)
        text = Text(" ").join(part.add_period() for part in parts if str(part))
        if address := address_of(entry):
            text = Text(text, " ", HRef(address, address.translate(SHIELD)))
        return FormattedEntry(entry.key, text, label)


def list_people(entry: Entry) -> Text:
    """Return the authors, or else the editors, as APA lists them."""
    role = "author" if "author" in entry.persons else "editor"
    people = list(entry.persons[role])
    others = people[-1].last_names == ["others"]
    named = [inverted_name(person) for person in (people[:-1] if others else people)]
    if len(named) > _IN_FULL:
        text = f"{', '.join(named[: _IN_FULL - 1])}, … {named[-1]}"
    elif len(named) > 1 and not others:
        text = f"{', '.join(named[:-1])}, & {named[-1]}"
    else:
        text = ", ".join(named)
    if others:
        text += ", et al."
    if role == "editor":
        return Text(text, " (Eds.)" if len(named) > 1 else " (Ed.)")
    return Text(text).add_period()


def in_brackets(entry: Entry) -> list[Any]:
    """Return what follows a title in brackets: edition, number, arXiv id, kind of thesis."""
    fields = entry.fields
    if entry.type in ("phdthesis", "mastersthesis"):
        default = "Doctoral dissertation" if entry.type == "phdthesis" else "Master's thesis".translate(SHIELD)
        inner = ", ".join(part for part in (fields.get("type", default), fields.get("school")) if part)
        return [" [", unshielded(inner), "]"]
    if entry.type == "techreport" and "number" in fields:
        return [" (No. ", unshielded(fields["number"]), ")"]
    if entry.type == "misc" and "eprint" in fields:
        return [" (arXiv:", fields["eprint"], ")"]
    if "edition" in fields and entry.type == "book":
        return [" (", unshielded(fields["edition"]), " ed.)"]
    return []


def place_of(entry: Entry) -> list[Text]:
    """Return where a work appeared, a sentence each."""
    fields = {name: unshielded(value) for name, value in entry.fields.items() if name not in ("url", "doi")}
    pages = Text("–").join(fields["pages"].split("-")) if "pages" in fields else None
    if entry.type == "article":
        journal: list[Any] = [Tag("em", fields["journal"])] if "journal" in fields else []
        if "volume" in fields:
            number = Text("(", fields["number"], ")") if "number" in fields else Text()
            journal.append(Text(Tag("em", fields["volume"]), number))
        return [Text(", ").join([*journal, *([pages] if pages else [])])]
    if entry.type in ("inproceedings", "incollection"):
        place: list[Any] = ["In "]
        if editors := entry.persons.get("editor"):
            names = [unshielded(f"{initials(p.first_names)} {p.last_names[0]}".strip()) for p in editors]
            both = Text(Text(", ").join(names[:-1]), ", & " if len(names) > 2 else " & ", names[-1])
            place += [both, " (Eds.), "] if len(names) > 1 else [names[0], " (Ed.), "]
        volume = [Text("Vol. ", fields["volume"])] if "volume" in fields else []
        inner = Text(", ").join([*volume, *([Text("pp. " if "–" in str(pages) else "p. ", pages)] if pages else [])])
        place += [Tag("em", fields.get("booktitle", Text()))] + ([" (", inner, ")"] if str(inner) else [])
        return [Text(*place), fields.get("publisher", Text())]
    if entry.type == "misc" and "eprint" in entry.fields and "howpublished" not in fields:
        return [Text("arXiv")]
    if entry.type in ("phdthesis", "mastersthesis"):
        return []
    return [fields[name] for name in ("institution", "publisher", "howpublished") if name in fields]
