"""Addresses in texts that identify a work: those of arXiv, of DOIs, and any other by itself. I/O: none."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import unquote

from living_survey.model.identifiers import which_identifier, work_ids
from living_survey.syntax.code_spans import mask_code

_ADDRESS = re.compile(r"""https?://(?:[^\s<>"()\[\]]|\([^\s<>"()]{0,200}\))+""", re.IGNORECASE)
_BEHIND = ".,;:!?*_'’”"
"""What ends a sentence or emphasis, and no address."""


@dataclass(frozen=True, slots=True)
class Link:
    """An address in a text.

    Attributes:
        ids: What it identifies, in a form that can be compared; the address itself where it is neither arXiv's nor a
            DOI's.
        field: The field of a record that takes it: ``arxiv``, ``doi`` or ``url``.
        value: What that field says.
        start: Where in the text it begins.
    """

    ids: tuple[str, ...]
    field: str
    value: str
    start: int


def find_links(text: str) -> Iterator[Link]:
    """Yield the addresses of a text in Markdown that identify something, in its order, code and comments left out."""
    for found in _ADDRESS.finditer(mask_code(text)) if "://" in text else ():
        if identified := which_identifier(unquote(address := found[0].rstrip(_BEHIND))):
            field, value = identified
            doi, arxiv = (value if field == name else None for name in ("doi", "arxiv"))
            yield Link(tuple(work_ids(doi, arxiv)) or (address,), field, value, found.start())
