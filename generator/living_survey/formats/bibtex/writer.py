"""Papers as BibTeX, for the classic ``bibtex`` program and for everything that imports ``.bib`` files.

Text is escaped for TeX; identifiers and addresses are not (``url`` and ``hyperref`` want them bare). Entries stand in
the order of their keys with fields in a fixed order and no date of generation, so that two versions of a file differ
only where the papers do. I/O: none.
"""

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache

from pylatexenc.latexencode import (
    RULE_CALLABLE,
    RULE_DICT,
    UnicodeToLatexConversionRule,
    UnicodeToLatexEncoder,
)

from living_survey.formats.entry import FURTHER_FIELDS, MONTHS, PLAIN, Include, keywords, month_of, protected_spans
from living_survey.formats.languages import babel_name
from living_survey.model.paper import Paper
from living_survey.model.parts import Author
from living_survey.model.survey_citation import SurveyCitation

ENTRY_TYPES = {
    "article": "article",
    "inproceedings": "inproceedings",
    "incollection": "incollection",
    "book": "book",
    "proceedings": "proceedings",
    "thesis": "phdthesis",
    "report": "techreport",
}
"""Type of a paper → BibTeX's; all others are ``misc``."""

VENUE_FIELDS = {"article": "journal", "inproceedings": "booktitle", "incollection": "booktitle", "misc": "howpublished"}
PUBLISHER_FIELDS = {
    "book": "publisher",
    "proceedings": "publisher",
    "phdthesis": "school",
    "mastersthesis": "school",
    "techreport": "institution",
}
"""Entries that do not stand in a venue: who brought them out, which the paper file gives as the venue."""

# BibTeX counts braces even behind a backslash, so a brace in text becomes a command. In the old font encodings < > |
# print as other characters.
_ASCII = {
    "\\": r"{\textbackslash}", "{": r"{\textbraceleft}", "}": r"{\textbraceright}", "~": r"{\textasciitilde}",
    "^": r"{\textasciicircum}", "<": r"{\textless}", ">": r"{\textgreater}", "|": r"{\textbar}",
    "`": r"{\textasciigrave}", "$": r"\$", "%": r"\%", "&": r"\&", "#": r"\#", "_": r"\_",
}  # fmt: skip
_ASCII_TABLE = str.maketrans(_ASCII)
_MARKS = {
    "\u0300": "`", "\u0301": "'", "\u0302": "^", "\u0303": "~", "\u0304": "=", "\u0306": "u", "\u0307": ".",
    "\u0308": '"', "\u030a": "r", "\u030b": "H", "\u030c": "v", "\u0323": "d", "\u0327": "c", "\u0328": "k",
    "\u0331": "b", "\u0326": "textcommabelow", "\u0332": "underline",
}  # fmt: skip
"""Combining character → the command whose argument it marks."""
_OTHERS = {
    "\u02b9": r"{\ensuremath{^{\prime}}}", "\u02ba": r"{\ensuremath{^{\prime\prime}}}", "\u200b": "",
    "\u2609": r"{\ensuremath{\odot}}",
}  # fmt: skip


def _with_marks(text: str, place: int) -> tuple[int, str] | None:
    """Return a letter and the marks on it as commands, and how many characters these are."""
    end = place + 1
    while end < len(text) and unicodedata.combining(text[end]):
        end += 1
    base, marks = text[place], text[place + 1 : end]
    if not marks or not base.isalnum() or any(mark not in _MARKS and mark != "\u0305" for mark in marks):
        return None
    return end - place, _marked(escape(base), marks)


def _marked(latex: str, marks: str) -> str:
    for mark in marks:
        line = rf"\ensuremath{{\overline{{\mbox{{{latex}}}}}}}"
        latex = f"{{{line}}}" if mark == "\u0305" else rf"{{\{_MARKS[mark]}{{{latex}}}}}"
    return latex


def _taken_apart(text: str, place: int) -> tuple[int, str] | None:
    """Return a letter that has no command of its own as another one with marks, or as letters of ASCII."""
    if text[place] in _OTHERS:
        return 1, _OTHERS[text[place]]
    base, *marks = list(unicodedata.normalize("NFD", text[place]))
    if marks and base.isascii() and all(mark in _MARKS for mark in marks):
        return 1, _marked(base, "".join(marks))
    plain = unicodedata.normalize("NFKC", text[place])
    return (1, plain) if plain != text[place] and plain.isascii() and plain.isalnum() else None


_ENCODER = UnicodeToLatexEncoder(
    conversion_rules=[
        UnicodeToLatexConversionRule(RULE_CALLABLE, _with_marks, replacement_latex_protection="none"),
        UnicodeToLatexConversionRule(
            RULE_DICT,
            {**{n: chr(n) for n in range(128)}, **{ord(a): b for a, b in _ASCII.items()}},
            replacement_latex_protection="none",
        ),
        "defaults",
        UnicodeToLatexConversionRule(RULE_CALLABLE, _taken_apart, replacement_latex_protection="none"),
    ],
    replacement_latex_protection="braces-all",
    unknown_char_policy="keep",
    unknown_char_warning=False,
)


@lru_cache(maxsize=4096)
def escape(text: str) -> str:
    """Return text as TeX prints it: commands for what TeX reads otherwise and for letters beyond ASCII.

    Characters that no command is known for (Chinese, say) stay as they are.
    """
    escaped = text.translate(_ASCII_TABLE) if text.isascii() else str(_ENCODER.unicode_to_latex(text))
    return keep_apart(escaped)


def keep_apart(text: str) -> str:
    """Return TeX in which two hyphens or apostrophes stay two: side by side they print as one dash or quote."""
    return re.sub(r"(?<=-)(?=-)|(?<=')(?=')", "{}", text)


def tex_pages(pages: str) -> str:
    """Return pages as TeX wants ranges: ``1--9``."""
    return re.sub(r"(?<=\w)-(?=\w)", "--", escape(pages))


def title_to_tex(paper: Paper) -> str:
    """Return the title escaped, with braces around what keeps its capitals."""
    title = paper.title.to_tex(escape, protected_spans(paper), _braced)
    if (language := babel_name((paper.extra or {}).get("language", ""))) and language != "english":
        # Only titles in English lose their capitals.
        return f"{{{title}}}"
    # Styles take a command right behind a brace for a letter, and would write \mathbb{r}.
    return re.sub(r"(?<!\{)(\{\\ensuremath\{(?:[^{}]|\{(?:[^{}]|\{[^{}]*\})*\})*\}\})", r"{\1}", title)


def _braced(inner: str) -> str:
    # A brace followed by a backslash is BibTeX's "special character", whose letters change case after all.
    return f"{{{{{inner}}}}}" if inner.startswith("\\") else f"{{{inner}}}"


@lru_cache(maxsize=65536)
def name_to_tex(author: Author) -> str:
    """Return one author for a list joined by ``and``: ``van der Maaten, Laurens``; teams in braces."""
    return join_name(author, escape)


def join_name(author: Author, escape: Callable[[str], str]) -> str:
    """Return an author as `name_to_tex` does, escaped as a dialect wants it."""
    if author.team is not None:
        return f"{{{escape(author.team)}}}"
    family = escape(author.family or "")
    if author.given is None:
        return f"{{{family}}}" if " " in family else family
    return ", ".join([family, *([escape(author.suffix)] if author.suffix else []), escape(author.given)])


def entry_type(paper: Paper) -> str:
    """Return the type of a paper's BibTeX entry."""
    if paper.type == "thesis" and "master" in (paper.extra or {}).get("type", "").lower():
        return "mastersthesis"
    return ENTRY_TYPES.get(paper.type, "misc")


def names_to_tex(authors: Sequence[Author], *, and_others: bool = False) -> str:
    """Return a list of names as BibTeX wants it."""
    return " and ".join([*(name_to_tex(author) for author in authors), *(["others"] if and_others else [])])


def bibtex_fields(paper: Paper, include: Include = PLAIN) -> dict[str, str]:
    """Return the fields of an entry in order, escaped. ``month`` is a macro, all others are text."""
    kind = entry_type(paper)
    venue, extra = paper.venue, paper.extra or {}
    fields: dict[str, str | None] = {
        "editor" if paper.edited else "author": names_to_tex(paper.authors, and_others=bool(paper.and_others)),
        "title": title_to_tex(paper),
    }
    if venue:
        if name := VENUE_FIELDS.get(kind):
            fields[name] = escape(venue.name)
            fields["publisher"] = escape(venue.publisher or "")
        else:
            fields[PUBLISHER_FIELDS[kind]] = escape(venue.publisher or venue.name)
        fields["series"] = escape(venue.series or "")
        fields["volume"] = escape(venue.volume or "")
        # The standard styles print a volume or a number of proceedings and books, and warn of both.
        both = bool(venue.volume) and kind in ("inproceedings", "incollection", "book", "proceedings")
        fields["number"] = escape(venue.number or "") if not both else None
        fields["pages"] = tex_pages(venue.pages or "")
    if paper.editors and kind != "book":
        fields["editor"] = names_to_tex(paper.editors)
    for name in FURTHER_FIELDS:
        if (
            name in extra
            and not fields.get(name)
            and not (name == "number" and fields.get("volume") and kind != "article")
        ):
            fields[name] = escape(" ".join(extra[name].split()))
    if paper.edited and kind not in ("book", "proceedings"):
        # Styles sort and label these by an author, whom editors do not stand for.
        fields["key"] = escape(paper.authors[0].short_name)
    if paper.editors and kind == "book":
        # The standard styles print the author or the editor of a book, and warn of both.
        words = f"Edited by {' and '.join(escape(editor.name) for editor in paper.editors)}"
        fields["note"] = ". ".join(filter(None, [words, fields.get("note")]))
    fields["year"] = str(paper.year)
    if month := month_of(paper):
        fields["month"] = MONTHS[month - 1]
    if paper.arxiv:
        fields["eprint"] = paper.arxiv
        fields["archivePrefix"] = "arXiv"
        fields["primaryClass"] = paper.arxiv_class
    fields["doi"] = paper.doi or paper.arxiv_doi
    fields["url"] = paper.url or (f"https://arxiv.org/abs/{paper.arxiv}" if paper.arxiv_doi else None)
    fields["keywords"] = escape(keywords(paper))
    fields["abstract"] = escape(paper.abstract or "") if include.abstract else None
    fields["annote"] = escape(paper.summary or paper.tldr or "") if include.summary else None
    return {name: value for name, value in fields.items() if value}


def to_bibtex(paper: Paper, include: Include = PLAIN) -> str:
    """Return a paper as one BibTeX entry, with a final newline.

    Raises:
        ValueError: If the braces of a field do not match, which would break every entry behind it.
    """
    return write_entry(entry_type(paper), paper.key, bibtex_fields(paper, include))


def write_entry(kind: str, key: str, fields: Mapping[str, str]) -> str:
    """Return an entry as text; ``month`` stands without braces where it is a macro."""
    lines = [f"@{kind}{{{key},"]
    for name, value in fields.items():
        _check_braces(key, name, value)
        lines.append(f"  {name} = {value}," if name == "month" else f"  {name} = {{{value}}},")
    return "\n".join([*lines, "}"]) + "\n"


def _check_braces(key: str, name: str, value: str) -> None:
    depth = 0
    for brace in re.findall(r"[{}]", value):
        depth += 1 if brace == "{" else -1
        if depth < 0:
            break
    if depth:
        raise ValueError(f"{key}: the braces of {name} do not match: {value}")


def citation_to_bibtex(citation: SurveyCitation) -> str:
    """Return the survey itself as a BibTeX entry."""
    fields = {
        "author": names_to_tex(citation.authors),
        "title": f"{{{escape(citation.title)}}}",
        "year": citation.year,
        "version": escape(citation.version),
        "doi": citation.doi,
        "url": citation.url,
    }
    return write_entry("misc", "livingsurvey", {name: value for name, value in fields.items() if value})
