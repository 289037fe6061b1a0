"""Characters that a source file must not have, and those that alone say nothing. I/O: none."""

import re

_UNSEEN = (
    r"\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
    r"\ud800-\udfff\ufdd0-\ufdef\ufeff\ufffe\uffff"
)
_BEYOND = ((0x1FFFE, 0x1FFFF), (0x2FFFE, 0x2FFFF), (0x3FFFE, 0xE00FF), (0xE01F0, 0x10FFFF))
CONTROL = re.compile("[" + _UNSEEN + "".join(f"{chr(first)}-{chr(last)}" for first, last in _BEYOND) + "]")
"""Characters that nobody sees and some programs obey, as a pattern that JavaScript reads too.

Control characters but for tabs and line feeds, what turns the direction of text, halves of characters, what Unicode
says is no character, tags, and the planes for private use. Four ranges beyond the first plane: with five, `re` takes
ten times as long.
"""
VISIBLE = (
    r"[^\s\x00-\x1f\x7f-\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u2028-\u202e"
    r"\u2060-\u206f\u2800\u3164\ue000-\uf8ff\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb"
    f"{chr(0xE0100)}-{chr(0xE01EF)}]"
)
"""One that shows something: a text without any looks empty, whatever it is made of. JavaScript reads it too."""
_VISIBLE = re.compile(VISIBLE)


def without_control_characters(text: str) -> str:
    """Return text without the invisible characters that a source file must not have; tabs become spaces."""
    return CONTROL.sub("", text.replace("\t", " ").replace("\x0c", " "))


def is_visible(text: str) -> bool:
    """Say whether a text has anything to see."""
    return _VISIBLE.search(text) is not None
