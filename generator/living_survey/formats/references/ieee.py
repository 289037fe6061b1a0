"""References in the numbered style of IEEE, on pybtex's style classes. I/O: none."""

from typing import Any

from pybtex.database import Entry, Person
from pybtex.richtext import HRef, Tag, Text
from pybtex.style import FormattedEntry

from living_survey.formats.references.apa import AuthorYearStyle
from living_survey.formats.references.rich_text import SHIELD, address_of, initials, sentence_case, unshielded


class NumberedStyle(AuthorYearStyle):
    """References in the manner of IEEE: who, what, where, when, address; numbers are the reader's."""

    def format_entry(self, label: str, entry: Entry, bib_data: Any = None) -> FormattedEntry:  # noqa: ARG002
        """Return one reference."""
        fields = {name: unshielded(value) for name, value in entry.fields.items() if name not in ("url", "doi")}
        title = sentence_case(entry.fields["title"])
        inside = entry.type in ("article", "inproceedings", "incollection")
        quotes = inside or entry.type in ("phdthesis", "mastersthesis", "techreport", "misc")
        people = _people_in_front(entry)
        # A title that ends with a mark of its own takes no comma behind it.
        comma = "" if str(title).endswith(("?", "!")) else ","
        start = Text(people, ", ", *(["“", title, comma, "”"] if quotes else [Tag("em", title), comma]))
        parts = [*_place(entry, fields)]
        if entry.type == "misc" and "eprint" in entry.fields and "howpublished" not in fields:
            parts.append(Text("arXiv:", entry.fields["eprint"]))
        month = f"{fields['month']}{'' if str(fields['month']) == 'May' else '.'} " if "month" in fields else ""
        parts.append(Text(month, fields["year"]))
        if entry.type in ("inproceedings", "incollection") and "pages" in fields:
            parts.append(_pages_of(fields))
        text = Text(start, " ", Text(", ").join(parts))
        if "doi" in entry.fields:
            doi = entry.fields["doi"]
            text = Text(text, ", doi: ", HRef(f"https://doi.org/{doi}", doi.translate(SHIELD)), ".")
        elif address := address_of(entry):
            text = Text(text.add_period(), " [Online]. Available: ", HRef(address, address.translate(SHIELD)))
        else:
            text = text.add_period()
        return FormattedEntry(entry.key, text, label)


_NAMED = 6
"""So many authors IEEE names; of more, the first and "et al."."""


def _given_first(person: Person) -> str:
    name = " ".join(part for part in (initials(person.first_names), person.last_names[0]) if part)
    return " ".join([name, *person.lineage_names])


def _people_in_front(entry: Entry) -> Text:
    role = "author" if "author" in entry.persons else "editor"
    people = list(entry.persons[role])
    others = people[-1].last_names == ["others"]
    named = [_given_first(person) for person in (people[:-1] if others else people)]
    if len(named) > _NAMED or others:
        text = Text(named[0], Tag("em", " et al."))
    elif len(named) > 1:
        text = Text(", ".join(named[:-1]), ", and " if len(named) > 2 else " and ", named[-1])
    else:
        text = Text(named[0])
    return text if role == "author" else Text(text, ", Eds." if len(named) > 1 else ", Ed.")


def _pages_of(fields: dict[str, Text]) -> Text:
    pages = Text("–").join(fields["pages"].split("-"))
    return Text("pp. " if "–" in str(pages) else "p. " if str(pages).isdecimal() else "art. ", pages)


def _place(entry: Entry, fields: dict[str, Text]) -> list[Text]:
    """Return where a work stands: journal or book with its numbers, or who brought it out."""
    numbers = [Text("vol. ", fields["volume"])] if "volume" in fields else []
    if entry.type == "article":
        numbers += [Text("no. ", fields["number"])] if "number" in fields else []
        pages = [_pages_of(fields)] if "pages" in fields else []
        return [*([Tag("em", fields["journal"])] if "journal" in fields else []), *numbers, *pages]
    if entry.type in ("inproceedings", "incollection"):
        parts = [Text("in ", Tag("em", fields.get("booktitle", Text())))]
        if editors := entry.persons.get("editor"):
            names = " and ".join(map(_given_first, editors))
            parts.append(Text(names, ", Eds." if len(editors) > 1 else ", Ed."))
        return [*parts, *numbers, *([fields["publisher"]] if "publisher" in fields else [])]
    if entry.type in ("phdthesis", "mastersthesis"):
        kind = fields.get("type", Text("Ph.D. dissertation" if entry.type == "phdthesis" else "M.S. thesis"))
        return [part for part in (kind, fields.get("school")) if part]
    edition = [Text(fields["edition"], " ed.")] if "edition" in fields else []
    report = [Text("Rep. ", fields["number"])] if entry.type == "techreport" and "number" in fields else []
    brought_out = [fields[name] for name in ("institution", "publisher", "howpublished") if fields.get(name)]
    return [*edition, *brought_out, *report]
