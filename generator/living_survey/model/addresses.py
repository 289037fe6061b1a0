"""The site's addresses: a public contract that bookmarks, papers and scripts point at.

Every address is relative to the site's root, without a leading slash; a page's ends with a slash.
I/O: none.
"""

import hashlib
import re
from functools import lru_cache
from urllib.parse import urlencode

from anyascii import anyascii

from living_survey.model.identifiers import RESERVED_NAMES
from living_survey.model.theme import UNFILED

PAPERS, THEMES, AUTHORS, VENUES, YEARS = "papers/", "themes/", "authors/", "venues/", "years/"
RESULTS, SCALE, METRICS, QUESTIONS = "results/", "scale/", "metrics/", "questions/"
COMPARISONS = "comparisons/"
BENCHMARKS, MODELS, HARDWARE = "benchmarks/", "models/", "hardware/"
OUTSIDE = "outside/"
KINDS, FACETS = "kinds/", "facets/"
VERSUS = f"{RESULTS}vs/"
REGISTRY = "api/registry.json"
GENERATED_FOLDERS = frozenset({
    PAPERS, AUTHORS, VENUES, YEARS, RESULTS, SCALE, METRICS, BENCHMARKS, MODELS, HARDWARE, KINDS, FACETS,
    "bib/", "schema/", "api/", "explore/", "take/",
})  # fmt: skip
"""Folders of the site in which nothing but generated files stands, indices apart."""
BIBLIOGRAPHY = "bib/survey"
SCHEMA = "schema/paper.json"
ALL_QUESTIONS, ALL_COMPARISONS = "api/questions.json", "api/comparisons.json"
FORM, TITLES = "api/form.json", "api/titles.json"
"""What the form knows of the survey, and of the papers that are there."""
EXTERNAL = "api/external.json"
"""The works outside the survey that its papers name."""
ALL_PAPERS = "api/papers.json"
"""What scripts of others want to know of each paper: its state, and where the survey cites it."""
SEARCH_RULES, SEARCH_LABELS = (f"assets/survey/search/{name}.js" for name in ("rules", "labels"))
"""What the scripts of the search share with the generator, and the words and addresses of its box, as modules."""
COMPARE, MY_BIBLIOGRAPHY = "compare/", "bibliography/"
"""Where readers put papers side by side, and hold a bibliography of their own against the survey."""
TAKE = "take/meta.json"
"""What the scripts of a reader's selection have to know; entries and facts of papers lie beside it, in parts."""
KNOWN = "take/known.json"
"""What tells the survey's papers apart, and what became of them: for a bibliography of a reader's own."""
SUBMIT = "submit/"
"""The form, in surveys that have its page."""
GUIDE = "contributing/add-a-paper/"
"""How a paper file is written by hand, in surveys that have the page."""
COLORS = "assets/survey/look.css"
"""The colors that the survey's settings say, as a style sheet."""
STYLES = (COLORS, *(f"assets/survey/{name}.css" for name in ("survey", "pages", "search", "select")))
"""The style sheets of every page, in their order."""
FIELD = "api/field.csv"
"""How many papers each theme has of each year."""
FINDINGS = "findings/"
"""What papers say together, in surveys that have the page."""
EXPLORED, EXPLORED_KEYS, EXPLORED_TITLES = "explore/axes.json", "explore/keys.json", "explore/titles.json"
"""What the list of papers is filtered by; the papers' keys; their order by title."""
ROBOTS = "robots.txt"
SITEMAP_INDEX = "sitemap-index.xml"
MAX_SLUG = 80
"""Letters of a name's part of an address."""
_HASH = 10
"""Hexadecimal digits that tell two long names with one beginning apart."""


@lru_cache(maxsize=200_000)
def slugify(name: str) -> str:
    """Return a name as part of an address: lower-case ASCII words joined by hyphens, never empty.

    Other scripts are transliterated; what cannot be becomes its code points. Single letters are pages of the index of
    authors. A long one ends with a hash of the whole: it is the name of a folder, which disks take up to 255 bytes.
    """
    slug = re.sub(r"[^a-z0-9]+", "-", re.sub(r"['’]", "", anyascii(name).lower())).strip("-")
    slug = slug or "-".join(f"u{ord(character):x}" for character in name)
    if len(slug) > MAX_SLUG:
        whole = hashlib.sha256(slug.encode("ascii")).hexdigest()[:_HASH]
        slug = f"{slug[: MAX_SLUG - _HASH - 1].rstrip('-')}-{whole}"
    return f"{slug}-x" if len(slug) == 1 or slug in RESERVED_NAMES else slug


def page_address(source: str) -> str:
    """Return the address of the editors' page with a source: its file, relative to ``docs/``."""
    stem = re.sub(r"(?:^|(?<=/))(?:index|README)$", "", source.removesuffix(".md"))
    return stem if not stem or stem.endswith("/") else f"{stem}/"


def paper(key: str) -> str:
    """Page of a paper."""
    return f"{PAPERS}{key}/"


def paper_file(key: str, ending: str) -> str:
    """File of one paper: its BibTeX for ``.bib``, its RIS for ``.ris``, what its file says for ``.json``."""
    return f"{PAPERS}{key}/{key}{ending}"


def published_file(key: str, name: str, ending: str) -> str:
    """File of a preprint's published version, by the keys of the two."""
    return f"{PAPERS}{key}/{name}{ending}"


def theme(path: str) -> str:
    """Page of a theme."""
    return f"{THEMES}{path}/"


def theme_bibliography(path: str) -> str:
    """Bibliography of a theme, without the ending of a format."""
    return f"bib/themes/{path}"


def bibliography_part(bibliography: str, number: int, ending: str) -> str:
    """Part of a bibliography that is too long for some programs, from 1."""
    return f"bib/parts/{bibliography.removeprefix('bib/')}/{number}{ending}"


def all_numbers(name: str) -> str:
    """Return where the numbers of all papers are, ``results`` or ``scale``, without the ending of a format."""
    return f"api/{name}"


def theme_numbers(path: str, name: str) -> str:
    """Return where the numbers of a theme's papers are, ``results`` or ``scale``, without the ending of a format."""
    return f"{THEMES}{path}/{name}"


def metric(name: str, numbers: str = "results") -> str:
    """Page of the numbers of a metric, which stand under ``results`` or under ``scale``."""
    return f"{numbers}/{name}/"


def versus(baseline: str) -> str:
    """Page of what is measured against a baseline."""
    return f"{VERSUS}{baseline}/"


def search(name: str) -> str:
    """File of the site's search: ``meta.json``."""
    return f"search/{name}"


def claim(key: str, anchor: str) -> str:
    """Place of a number on its paper's page."""
    return f"{PAPERS}{key}/#{anchor}"


def question(name: str) -> str:
    """Page of a question."""
    return f"{QUESTIONS}{name}/"


def comparison(name: str) -> str:
    """Page of a comparison."""
    return f"{COMPARISONS}{name}/"


def comparison_file(name: str, ending: str) -> str:
    """File with what a comparison shows: its cells for ``.csv``, its papers for ``.bib``."""
    return f"{COMPARISONS}{name}/{name}{ending}"


def take_part(name: str, number: int) -> str:
    """Part of what readers take away of papers: their entries in a format, or what is said of them; from 0."""
    return f"take/{name}/{number}.json"


def unfiled() -> str:
    """Papers without a theme."""
    return theme(UNFILED)


def kind(name: str) -> str:
    """Page of a kind of contribution."""
    return f"{KINDS}{name}/"


def facet(name: str) -> str:
    """Page of all values of a facet."""
    return f"{FACETS}{name}/"


def facet_value(name: str, value: str) -> str:
    """Page of a value of a facet."""
    return f"{FACETS}{name}/{value}/"


def explored_axis(name: str) -> str:
    """File with the values of one axis of the list of papers, where they are too many to come with the others."""
    return f"explore/axes/{name}.json"


def explored_entries(number: int) -> str:
    """File with some entries of the list of papers, from 0."""
    return f"explore/entries/{number}.json"


def author(slug: str) -> str:
    """Page of an author with two papers or more."""
    return f"{AUTHORS}{slug}/"


def letter(sort_slug: str) -> str:
    """Return the letter under which a name is listed; what starts with a digit stands under ``0``."""
    return sort_slug[0] if sort_slug[0].isalpha() else "0"


def author_letter(letter: str) -> str:
    """Page of all authors under a letter."""
    return f"{AUTHORS}{letter}/"


def venue(slug: str) -> str:
    """Page of a venue."""
    return f"{VENUES}{slug}/"


def year(number: int) -> str:
    """Page of a year."""
    return f"{YEARS}{number}/"


def found(**state: str) -> str:
    """Papers that meet conditions, in the explorer: ``papers/?theme=flight&year=2024..``; its state in canonical order.

    Args:
        state: Name of a part of that state (``find``, ``theme``, ``year``, ``has``, …) → its value; empty ones
            are left out.
    """
    return f"{PAPERS}?{urlencode({name: value for name, value in state.items() if value}, safe='/,.')}"


def list_page(first: str, number: int) -> str:
    """Page n of a long list; the first is the list's own address."""
    return first if number == 1 else f"{first}page/{number}/"


def relative(target: str, page: str) -> str:
    """Return a link from one page's address to another address of the site.

    >>> relative("papers/a/", "themes/x/")
    '../../papers/a/'
    """
    up = "../" * page.count("/")
    return (up + target) or "./"


MARK = ".survey-site"
"""There in every folder that a build may empty."""
HOST_FOLDER = ".host"
"""Where a build works, inside the site."""
JOURNAL = ".publishing"
"""There while, and only while, the site is between two builds."""
