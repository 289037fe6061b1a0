"""Extensions of Markdown: citations become links, the first use of a term leads to the glossary.

Texts that anybody may propose cannot bring markup of their own. The extensions hold what they know of the page that is
being rendered; the host sets it before each page. I/O: none.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.extensions import Extension
from markdown.inlinepatterns import InlineProcessor
from markdown.preprocessors import Preprocessor
from markdown.treeprocessors import Treeprocessor

from generator.prose import BARE, GROUP, Term
from generator.values import is_web_or_relative

BEFORE_LINKS, AFTER_LINKS, AFTER_ATTRIBUTES, AFTER_ADDRESSES = 175, 65, -1, -5
"""Priorities. MkDocs checks and rewrites addresses at 0; the anchors of the glossary are made after it has looked."""
_HEADINGS = tuple(f"h{n}" for n in range(1, 7))
_NO_TERMS = {"a", "code", "pre", "table", "button", *_HEADINGS}


@dataclass(frozen=True, slots=True)
class Target:
    """Where a citation leads: author and year as they are read, the paper's page, its title and sentence."""

    who: str
    year: str
    href: str
    about: str


@dataclass(slots=True)
class PageMarkup:
    """What the extensions know of the page that is being rendered."""

    targets: dict[str, Target] = field(default_factory=dict)
    terms: Sequence[Term] = ()
    glossary: str = ""
    """Address of the glossary from this page; empty where there is none, or on that page itself."""
    proposed: bool = False
    """Whether the page is a theme's text, which anybody may propose: HTML in it is shown and not obeyed."""


class SurveyMarkup(Extension):
    """Adds citations and terms to Python-Markdown."""

    def __init__(self, page: Callable[[], PageMarkup]) -> None:
        """Keep the way to what is known of the current page."""
        super().__init__()
        self._page = page

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802  (Python-Markdown's name)
        """Register the processors."""
        md.ESCAPED_CHARS = [*md.ESCAPED_CHARS, "@"]
        md.inlinePatterns.register(_Bracketed(GROUP, self._page), "survey-citations", BEFORE_LINKS)
        md.inlinePatterns.register(_Bare(BARE, self._page), "survey-citation", AFTER_LINKS)
        md.treeprocessors.register(_Terms(md, self._page), "survey-terms", AFTER_ADDRESSES)
        if self._page().proposed:
            # `survey check` finds HTML with its line; this holds whatever a text can be written to look like.
            md.preprocessors.register(_Places(md), "html_block", 20)
            md.inlinePatterns.deregister("html")
            md.treeprocessors.register(_Harmless(md), "survey-harmless", AFTER_ATTRIBUTES)


class _Citation(InlineProcessor):
    ANCESTOR_EXCLUDES = ("a", *_HEADINGS)

    def __init__(self, pattern: str, page: Callable[[], PageMarkup]) -> None:
        super().__init__(pattern)
        self._page = page

    def link(self, key: str, *, bare: bool) -> Element | None:
        target = self._page().targets.get(key)
        if target is None:
            return None
        link = Element("a", {"class": "survey-citation", "href": target.href, "data-survey-about": target.about})
        link.text = f"{target.who} ({target.year})" if bare else f"{target.who}, {target.year}"
        return link


class _Bracketed(_Citation):
    def handleMatch(self, m: re.Match[str], data: str) -> tuple[Element | None, int | None, int | None]:  # type: ignore[override]  # noqa: ARG002, N802
        keys = [key.strip().lstrip("@") for key in m[1].split(";")]
        links = [self.link(key, bare=False) for key in keys]
        if None in links:
            return None, None, None
        group = Element("span", {"class": "survey-citations"})
        group.text = "("
        for index, link in enumerate(links):
            if link is not None:
                link.tail = ")" if index == len(links) - 1 else "; "
                group.append(link)
        return group, m.start(0), m.end(0)


class _Bare(_Citation):
    def handleMatch(self, m: re.Match[str], data: str) -> tuple[Element | None, int | None, int | None]:  # type: ignore[override]  # noqa: ARG002, N802
        link = self.link(m[1], bare=True)
        return (link, m.start(0), m.end(0)) if link is not None else (None, None, None)


class _Places(Preprocessor):
    """Keeps the places of generated blocks, in the stead of what keeps all HTML."""

    def run(self, lines: list[str]) -> list[str]:
        place = re.compile(r'<div id="survey-block-[a-z-]+"></div>')
        return [self.md.htmlStash.store(line) if place.fullmatch(line) else line for line in lines]


class _Harmless(Treeprocessor):
    """Takes out attributes that act or disguise, and addresses that are not on the web or in this site."""

    def run(self, root: Element) -> None:
        for element in root.iter():
            for name, value in list(element.attrib.items()):
                if not _is_harmless(element.tag, name, value):
                    del element.attrib[name]


def _is_harmless(tag: str, name: str, value: str) -> bool:
    if name == "class":
        return value in _OWN_CLASSES
    if name == "style":
        return re.fullmatch(r"text-align: (?:left|center|right);", value) is not None
    if name == "href":
        return is_web_or_relative(value)
    if name == "src":
        # A picture from elsewhere would tell others who reads what.
        return tag == "img" and re.fullmatch(r"[\w.][\w./%-]*", value) is not None
    return name in _HARMLESS


_OWN_CLASSES = ("survey-citation", "survey-citations", "headerlink")
_HARMLESS = ("id", "title", "alt", "start", "data-survey-about")


class _Terms(Treeprocessor):
    """Links the first use of each term of the glossary in running text."""

    def __init__(self, md: Markdown, page: Callable[[], PageMarkup]) -> None:
        super().__init__(md)
        self._page = page

    def run(self, root: Element) -> None:
        page = self._page()
        if not page.glossary or not page.terms:
            return
        forms = {form.casefold(): term for term in page.terms for form in (term.name, *term.also)}
        longest_first = sorted(forms, key=len, reverse=True)
        pattern = re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, longest_first))})(?![\w-])", re.IGNORECASE)
        self._walk(root, pattern, forms, set())

    def _walk(self, element: Element, pattern: re.Pattern[str], forms: dict[str, Term], done: set[str]) -> None:
        if element.tag in _NO_TERMS:
            return
        if element.text and element.tag in ("p", "li", "dd", "em", "strong", "blockquote"):
            self._link(element, None, pattern, forms, done)
        for child in list(element):
            self._walk(child, pattern, forms, done)
            if child.tail and element.tag in ("p", "li", "dd", "em", "strong"):
                self._link(element, child, pattern, forms, done)

    def _link(
        self, parent: Element, after: Element | None, pattern: re.Pattern[str], forms: dict[str, Term], done: set[str]
    ) -> None:
        text = (parent.text if after is None else after.tail) or ""
        for found in pattern.finditer(text):
            term = forms[found[0].casefold()]
            if term.slug in done:
                continue
            done.add(term.slug)
            link = Element("a", {"class": "survey-term", "href": f"{self._page().glossary}#{term.slug}"})
            link.set("data-survey-about", term.definition)
            link.text = found[0]
            link.tail = text[found.end() :]
            if after is None:
                parent.text = text[: found.start()]
                parent.insert(0, link)
            else:
                after.tail = text[: found.start()]
                parent.insert(list(parent).index(after) + 1, link)
            self._link(parent, link, pattern, forms, done)
            return
