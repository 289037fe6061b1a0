"""Citation keys for new papers: ``vaswani2017attention``. A key is made once and stays, whatever is corrected later.

I/O: none.
"""

import re
from collections.abc import Callable, Iterator
from itertools import count

from living_survey.model.identifiers import RESERVED_NAMES
from living_survey.model.parts import Author
from living_survey.model.words import letters

_STOP_WORDS = """
    a about all an and are as at be between by can do does for from how if in into is it its more not of on or over so
    than that the their them there they this through to toward towards under up upon using via we what when where which
    who why will with within without you your
    der die das den dem ein eine und von zur zum für im am le la les un une des du de et el los las una y
"""
STOP_WORDS = frozenset(_STOP_WORDS.split())
"""Words that tell one title from another too rarely."""
BETWEEN_WORDS = r"[\s/:;,–—|]+|\.(?=\s|$)"
"""What parts the words of a title."""
LONGEST = 60


def new_key(author: Author, year: int, title: str, taken: Callable[[str], bool]) -> str:
    """Return the citation key of a new paper: first author, year, first word of the title that says something.

    Args:
        author: The first one.
        year: Of the cited version.
        title: Plain text.
        taken: Whether a key belongs to another paper; on a clash the next word of the title is taken.
    """
    who = letters(author.team.split()[0] if author.team else author.family or "")
    who = who if who[:1].isalpha() else f"x{who}"
    candidates = (f"{who[:30]}{year}{word}"[:LONGEST] for word in _words(title))
    return next(key for key in candidates if key not in RESERVED_NAMES and not taken(key))


def _words(title: str) -> Iterator[str]:
    words = [letters(word) for word in re.split(BETWEEN_WORDS, title)]
    telling = [word for word in words if re.search("[a-z]", word) and word not in STOP_WORDS]
    telling = telling or [word for word in words if word]
    yield from telling
    start = telling[0] if telling else "untitled"
    # Every word is taken: the same title several times in a year.
    yield from (f"{start}{number}" for number in count(2))
