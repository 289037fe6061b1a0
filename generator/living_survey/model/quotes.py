"""Quotes of a source: the folding that makes two spellings of one text equal, and the numbers that a quote holds.

Listings have abstracts whose signs got lost (``8times`` for 8×, ``6sim45%`` for 6–45%). Both sides are folded before
they are compared; a file keeps what was typed. I/O: none.
"""

import re
import unicodedata
from decimal import Decimal

_TEX = ((r"\%", "%"), (r"\times", "x"), (r"\sim", "-"), ("$", ""), ("~", "-"))
_QUOTES = str.maketrans({"“": '"', "”": '"', "„": '"', "‘": "'", "’": "'", "‐": "-", "‑": "-", "−": "-", "—": "-"})
_WORDS = {
    "half": "0.5", "one": "1", "two": "2", "twice": "2", "double": "2", "doubled": "2", "doubles": "2",
    "doubling": "2", "three": "3", "triple": "3", "tripled": "3", "triples": "3", "thrice": "3", "four": "4",
    "five": "5", "six": "6", "seven": "7", "eight": "8", "nine": "9", "ten": "10", "eleven": "11", "twelve": "12",
}  # fmt: skip
_FACTORS = {
    "k": 10**3, "thousand": 10**3, "m": 10**6, "million": 10**6, "b": 10**9, "billion": 10**9, "t": 10**12,
    "trillion": 10**12,
}  # fmt: skip
_NUMBER = re.compile(r"(?<![\d.])(\d+(?:\.\d+)?)(?:\s?(k|m|b|t|thousand|million|billion|trillion)(?![a-z]))?")
_MAGNITUDES = re.compile(r"\b(one|two|three|four|five|six|seven|eight|nine|\d+) orders? of magnitude")


def fold(text: str) -> str:
    """Return a text in which quote and source are compared: one case, one spelling of signs, no thousands separator."""
    folded = unicodedata.normalize("NFKC", text).translate(_QUOTES)
    for tex, plain in _TEX:
        folded = folded.replace(tex, plain)
    folded = " ".join(folded.lower().split())
    folded = re.sub(r"(?<=\d),(?=\d{3}(?!\d))", "", folded)
    folded = re.sub(r"(?<=\d)\s*(?:times\b|×|x(?![a-z]))", "x", folded)
    return re.sub(r"(?<=[\dx%kmb])\s*(?:sim|∼|–|-|\bto\b)\s*(?=\d)", "-", folded)


def is_in(quote: str, source: str) -> bool:
    """Say whether a source has the words of a quote as one run."""
    return fold(quote) in fold(source)


def numbers_in(text: str) -> set[Decimal]:
    """Return the numbers that a text states in digits or words, also multiplied: 50 and 50000 of ``50K``."""
    folded, found = fold(text), set[Decimal]()
    for match in _NUMBER.finditer(folded):
        number = Decimal(match[1])
        found.add(number)
        if match[2]:
            found.add(number * _FACTORS[match[2]])
    for word in re.findall(r"[a-z]+", folded):
        if word in _WORDS:
            found.add(Decimal(_WORDS[word]))
    for match in _MAGNITUDES.finditer(folded):
        found.add(Decimal(10) ** int(_WORDS.get(match[1], match[1])))
    return found
