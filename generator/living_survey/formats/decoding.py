"""The text of a file whose encoding nobody wrote down.

Old bibliographies are in UTF-8, in UTF-16 without a mark, or in Windows' code page. I/O: none.
"""

import re
from contextlib import suppress

_TEXTS = re.compile(
    r"(?:latin|iso|windows|cp|mac|koi8|big5|gb|hz|euc|shift|sjis|johab|tis|utf-?(?:16|32))[\w-]*|ascii", re.ASCII
)
"""Encodings of texts. Python has codecs that are none: one raises an error, another unpacks archives."""
_DECLARED = re.compile(rb"^\s*%\s*Encoding:\s*([\w-]+)", re.IGNORECASE | re.MULTILINE)


def decode(raw: bytes) -> tuple[str, str]:
    """Return a file's text, lines ended by line feeds, and a note when its encoding had to be guessed."""
    text, note = _decode(raw)
    return text.replace("\r\n", "\n").replace("\r", "\n").lstrip("\ufeff"), note


def _decode(raw: bytes) -> tuple[str, str]:
    for mark, name in ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be")):
        if raw.startswith(mark):
            return raw[len(mark) :].decode(name, errors="replace"), ""
    sample = raw[:4000]
    if sample.count(0) > len(sample) // 4:
        # Latin letters have their zero byte first in big-endian files, second in little-endian ones.
        name = "utf-16-be" if sample[::2].count(0) > sample[1::2].count(0) else "utf-16-le"
        return raw.decode(name, errors="replace"), f"read as {name.upper()}, judging by its zero bytes"
    declared = _DECLARED.search(sample)
    if declared and _TEXTS.fullmatch(name := declared[1].decode("ascii").lower()):
        with suppress(LookupError, UnicodeError):
            return raw.decode(name), ""
    try:
        return raw.decode("utf-8"), ""
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        return raw.decode("cp1252", errors="replace"), f"line {line} is not UTF-8: read as Windows-1252"
