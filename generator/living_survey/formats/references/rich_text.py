"""Pieces of formatted references: names, titles, addresses as pybtex's rich text. I/O: none."""

import re

from pybtex.database import Entry, Person
from pybtex.richtext import Protected, Text

SHIELD = {ord(character): 0xE000 + n for n, character in enumerate("\\{}~^$%&#_`'\"-")}
_PROTECTED = re.compile(r"\{(.*?)\}")
_ENDS = (": ", "? ", "! ")
_BEGINNING = re.compile(r"(?<=[:?!] )\S")
UNSHIELD = {value: chr(key) for key, value in SHIELD.items()}


def shield(text: str) -> str:
    """Return text in which nothing is LaTeX to pybtex: signs that it reads become private characters."""
    return " ".join(text.split()).translate(SHIELD)


def unshielded(shielded: str) -> Text:
    """Return a shielded field as rich text; braces are the only LaTeX that it can have, around protected words."""
    if "{" not in shielded:
        return Text(shielded)
    pieces = _PROTECTED.split(shielded)
    return Text(*(Protected(piece) if index % 2 else piece for index, piece in enumerate(pieces)))


def sentence_case(shielded: str) -> Text:
    """Return a shielded title with capitals where a sentence has them, behind a colon too; protected words stay.

    Done on the string: on rich text it took as long as all the rest of a reference.
    """
    parts, begins = list[Text | str](), True
    for index, piece in enumerate(_PROTECTED.split(shielded)):
        if index % 2:
            parts.append(Protected(piece))
        elif piece:
            lower = _BEGINNING.sub(lambda found: found[0].upper(), piece.lower())
            parts.append(lower[0].upper() + lower[1:] if begins else lower)
        if piece:
            begins = not index % 2 and piece.endswith(_ENDS)
    return Text(*parts)


def initials(names: list[str]) -> str:
    """Return ``Jean-Luc D.`` as ``J.-L. D.``; scripts without capitals have no initials."""
    plain = [name.translate(UNSHIELD) for name in names]
    short = [
        "-".join(f"{part[0]}." if part[0].isupper() else part for part in name.split("-") if part) for name in plain
    ]
    return shield(" ".join(short))


def inverted_name(person: Person) -> str:
    """Return a name as it is sorted, given names as initials; shielded."""
    parts = [person.last_names[0], initials(person.first_names), *person.lineage_names]
    return ", ".join(part for part in parts if part)


def address_of(entry: Entry) -> str | None:
    """Return where a reference leads."""
    fields = entry.fields
    if "doi" in fields:
        return f"https://doi.org/{fields['doi']}"
    return fields.get("url") or (f"https://arxiv.org/abs/{fields['eprint']}" if "eprint" in fields else None)
