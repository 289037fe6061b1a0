"""Cut a text into words as the search compares them: folded, without plurals, in one spelling.

The script `theme/assets/survey/search/tokens.js` does the same with the same rules; tests run shared cases through
both. I/O: none.
"""

import re
import unicodedata
from collections.abc import Iterable
from functools import cache, lru_cache
from itertools import chain

from living_survey.search.rules import rules

_ASCII = re.compile(r"[a-z0-9]+(?:[-._/+'][a-z0-9]+)*")
_MARKS = re.compile("[\u0300-\u036f]")
_PARTS = (2, 4)
"""A run of so many parts gives the joined word too."""


def tokens(text: str) -> list[str]:
    """Return the words of a text, in its order; a run such as ``Reed-Warbler`` gives its parts and the whole."""
    return list(chain.from_iterable(map(_of_run, _runs(text))))


def folded(text: str) -> str:
    """Return a text in lower case without accents, ligatures and the like."""
    bare = _MARKS.sub("", unicodedata.normalize("NFKD", text).lower())
    return unicodedata.normalize("NFC", bare.translate(_letters()))


def name_tokens(family: str, given: str) -> list[str]:
    """Return the words of an author's name, and what finds the name as a whole: ``jin,xin``, ``dipenta``."""
    parts, first = _parts(family), _parts(given)[:1]
    whole = "".join(parts)
    words = tokens(family)
    more = [whole] if len(parts) > 1 and whole not in words else []
    return [*tokens(given), *words, *more, *(f"{whole},{one}" for one in first if whole)]


def levels(fields: Iterable[tuple[str, list[str]]]) -> dict[str, int]:
    """Return the level of each term of a paper.

    Args:
        fields: (name of the field, its words), in the order of the rules.
    """
    sums: dict[str, float] = {}
    for name, words in fields:
        if words:
            part = _share(name, len(words))
            for word in set(words):
                sums[word] = sums.get(word, 0.0) + part
    return {word: min(15, max(1, int(found * 2 + 0.5))) for word, found in sums.items()}


@lru_cache(maxsize=4096)
def _share(field: str, length: int) -> float:
    weight, usual = rules()["fields"][field]
    found: float = weight * 1.6 / (1 + 0.6 * (0.5 + 0.5 * length / usual))
    return found


def _runs(text: str) -> list[str]:
    found: list[str] = _ASCII.findall(text.lower()) if text.isascii() else _any_run().findall(folded(text))
    return found


def _parts(text: str) -> list[str]:
    """Return the words of a text without those that runs give as a whole."""
    return [_word(part) for run in _runs(text) for part in _split(run) if part not in _stop()]


def _split(run: str) -> list[str]:
    """Return the parts of a run; a Greek letter that stands alone by its name."""
    greek = rules()["greek"]
    return [greek.get(part, part) for part in _joints().split(run.removesuffix("'s"))]


@lru_cache(maxsize=300_000)
def _of_run(run: str) -> tuple[str, ...]:
    parts = _split(run)
    words = [_word(part) for part in parts if part not in _stop()]
    if _PARTS[0] <= len(parts) <= _PARTS[1]:
        words.append(_word("".join(parts)))
    return tuple(words)


def _word(part: str) -> str:
    """Return a word in the spelling in which words are compared."""
    if len(part) < 4 or not part.isascii() or not part.isalpha():
        return part
    if part[-1] in "se":
        for pattern, spelled in _endings("plural"):
            part = pattern.sub(spelled, part)
    word: str = rules()["whole"].get(part) or part
    if _respelled().search(word):  # of most words nothing is: that saves time
        for pattern, spelled in _endings("endings"):
            word = pattern.sub(spelled, word)
    return word


@cache
def _stop() -> frozenset[str]:
    return frozenset(rules()["stop"])


@cache
def _letters() -> dict[int, str]:
    return str.maketrans(rules()["letters"])


@cache
def _respelled() -> re.Pattern[str]:
    return re.compile(rules()["respelled"])


@cache
def _joints() -> re.Pattern[str]:
    return re.compile(rules()["joined"])


@cache
def _any_run() -> re.Pattern[str]:
    alone = rf"[{rules()['alone']}\U00020000-\U0003ffff]"
    letters = rf"(?:(?!{alone})[^\W_])+"
    return re.compile(rf"{alone}|{letters}(?:{rules()['joined']}{letters})*")


@cache
def _endings(name: str) -> list[tuple[re.Pattern[str], str]]:
    return [(re.compile(pattern), spelled.replace("$1", r"\1")) for pattern, spelled in rules()[name]]
