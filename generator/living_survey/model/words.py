"""Reduce names and titles to what tells them apart, whatever the script and the punctuation. I/O: none."""

import re

from anyascii import anyascii


def letters(text: str) -> str:
    """Return the letters and digits of a text, in small letters of ASCII, without anything between them."""
    return re.sub(r"[^a-z0-9]", "", anyascii(text).lower())


def words(text: str) -> list[str]:
    """Return the words of a text, in small letters of ASCII and digits."""
    return re.findall(r"[a-z0-9]+", anyascii(text).lower())
