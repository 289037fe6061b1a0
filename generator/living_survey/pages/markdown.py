"""Extensions of Markdown: citations become links, the first use of a term leads to the glossary, sections are added.

Texts that anybody may propose cannot bring markup of their own, and no heading takes an id of the page's frame. The
extensions hold what they know of the page that is being rendered; the host sets it before each page. I/O: none.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.blockprocessors import build_block_parser
from markdown.extensions import Extension
from markdown.extensions.fenced_code import FencedBlockPreprocessor
from markdown.inlinepatterns import InlineProcessor, build_inlinepatterns
from markdown.postprocessors import build_postprocessors
from markdown.preprocessors import Preprocessor, build_preprocessors
from markdown.treeprocessors import Treeprocessor, build_treeprocessors
from markdown.util import AMP_SUBSTITUTE, AtomicString, Registry

from living_survey.model.citations import BARE, GROUP
from living_survey.model.identifiers import is_web_or_relative
from living_survey.model.page import Term
from living_survey.model.question import MENTION

BEFORE_LINKS, AFTER_LINKS, BEFORE_CONTENTS, AFTER_ATTRIBUTES, AFTER_ADDRESSES = 175, 65, 5.5, -1, -5
"""Priorities. MkDocs checks and rewrites addresses at 0; the anchors of the glossary are made after it has looked."""
_HEADINGS = tuple(f"h{n}" for n in range(1, 7))
_NO_TERMS = {"a", "code", "pre", "table", "button", *_HEADINGS}
_HARMLESS_EXTENSIONS = tuple(
    f"markdown.extensions.{name}"
    for name in ("abbr", "admonition", "codehilite", "def_list", "footnotes", "sane_lists", "tables", "toc")
)
"""Extensions that make neither HTML nor attributes of what a text says, and read no file."""
_FRAME = ("content", "cite-text")
_OF_THE_FRAME = ("_", "survey-form", "survey-block")
"""Ids, and how ids begin, that are the page's own: scripts of the theme and of the survey look for them."""


@dataclass(frozen=True, slots=True)
class Target:
    """Where a citation leads: author and year as they are read, the paper's page, its title and sentence."""

    who: str
    year: str
    href: str
    about: str


@dataclass(frozen=True, slots=True)
class QuestionTarget:
    """Where the name of a question leads: what it asks, its page, its state and answer."""

    title: str
    href: str
    about: str


@dataclass(slots=True)
class PageMarkup:
    """What the extensions know of the page that is being rendered."""

    targets: dict[str, Target] = field(default_factory=dict)
    questions: dict[str, QuestionTarget] = field(default_factory=dict)
    terms: Sequence[Term] = ()
    glossary: str = ""
    """Address of the glossary from this page; empty where there is none, or on that page itself."""
    title: str = ""
    """Heading to put above the text, with a place for a theme's block behind it; empty for none."""
    sections: Sequence[tuple[str, str]] = ()
    """(id, title) of the sections to put below the text, each with a place for the block of its id."""
    proposed: bool = False
    """Whether anybody may propose the text: markup in it is shown and not obeyed."""
    blocks: bool = False
    """Whether a proposed text may ask for generated lists."""


class SurveyMarkup(Extension):
    """Adds citations and terms to Python-Markdown."""

    def __init__(self, page: Callable[[], PageMarkup]) -> None:
        """Keep the way to what is known of the current page."""
        super().__init__()
        self._page = page

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802  (Python-Markdown's name)
        """Register the processors."""
        if self._page().proposed:
            # `survey check` finds markup with its line; this holds whatever a text can be written to look like.
            _start_anew(md, blocks=self._page().blocks)
            md.treeprocessors.register(_Harmless(md), "survey-harmless", AFTER_ATTRIBUTES)
        md.ESCAPED_CHARS = [*md.ESCAPED_CHARS, "@"]
        md.inlinePatterns.register(_Bracketed(GROUP, self._page), "survey-citations", BEFORE_LINKS)
        md.inlinePatterns.register(_Question(MENTION, self._page), "survey-questions", BEFORE_LINKS)
        md.inlinePatterns.register(_Bare(BARE, self._page), "survey-citation", AFTER_LINKS)
        md.treeprocessors.register(_Sections(md, self._page), "survey-sections", BEFORE_CONTENTS)
        md.treeprocessors.register(_Terms(md, self._page), "survey-terms", AFTER_ADDRESSES)
        if "toc" in md.treeprocessors:
            contents: Any = md.treeprocessors["toc"]
            contents.slugify = _outside_the_frame(contents.slugify)


def _start_anew(md: Markdown, *, blocks: bool) -> None:
    """Leave nothing but Markdown itself, without HTML, and the extensions of which nothing is to be feared.

    An allow-list, since a survey turns on what its own pages need: attributes, files that are included, whole blocks
    of HTML. This has to be the last extension.
    """
    # What is left of an extension that is taken out must not be asked to begin a new text.
    md.registeredExtensions = [one for one in md.registeredExtensions if type(one).__module__ in _HARMLESS_EXTENSIONS]
    parser = build_block_parser(md)
    for processor in parser.blockprocessors:
        processor.parser = md.parser  # which extensions hold
    md.parser.blockprocessors = _with_harmless(parser.blockprocessors, md.parser.blockprocessors)
    md.preprocessors = _with_harmless(build_preprocessors(md), md.preprocessors)
    md.inlinePatterns = _with_harmless(build_inlinepatterns(md), md.inlinePatterns)
    md.treeprocessors = _with_harmless(build_treeprocessors(md), md.treeprocessors)
    md.postprocessors = _with_harmless(build_postprocessors(md), md.postprocessors)
    md.inlinePatterns.deregister("html")
    md.preprocessors.register(_Fences(md, {"lang_prefix": "language-"}), "fenced_code_block", 25)
    md.preprocessors.deregister("html_block")
    if blocks:
        md.preprocessors.register(_Places(md), "survey-places", 20)


def _with_harmless(fresh: Registry[Any], old: Any) -> Registry[Any]:
    """Return a registry of Markdown's own with what harmless extensions have put into the old one."""
    for name, priority in tuple(old._priority):  # which a registry tells nobody otherwise
        if type(old[name]).__module__ in _HARMLESS_EXTENSIONS:
            fresh.register(old[name], name, priority)
    return fresh


class _Fences(FencedBlockPreprocessor):
    """Fenced code of which nothing but the language is known."""

    def handle_attrs(self, attrs: Any) -> tuple[str, list[str], dict[str, Any]]:
        _, classes, _ = super().handle_attrs(attrs)
        return "", classes[:1], {}


def _outside_the_frame(slugify: Callable[[str, str], str]) -> Callable[[str, str], str]:
    """Return the way in which headings get their ids, without those that the page's frame has."""

    def outside(text: str, separator: str) -> str:
        slug = slugify(text, separator)
        if slug and slug not in _FRAME and not slug.startswith(_OF_THE_FRAME):
            return slug
        return separator.join(["section", *filter(None, [slug.strip(f"_{separator}")])])

    return outside


def _verbatim(text: str) -> AtomicString:
    """Return data as text that no pattern touches again, and in which an entity is not one."""
    return AtomicString(text.replace("&", f"{AMP_SUBSTITUTE}amp;"))


class _Citation(InlineProcessor):
    ANCESTOR_EXCLUDES = ("a", *_HEADINGS)

    def __init__(self, pattern: str, page: Callable[[], PageMarkup]) -> None:
        super().__init__(pattern)
        self._page = page

    def link(self, key: str, *, bare: bool) -> Element | None:
        target = self._page().targets.get(key)
        if target is None:
            return None
        link = Element("a", {"class": "survey-citation", "href": target.href})
        link.set("data-survey-about", _verbatim(target.about))
        link.text = _verbatim(f"{target.who} ({target.year})" if bare else f"{target.who}, {target.year}")
        return link


class _Bracketed(_Citation):
    def handleMatch(self, m: re.Match[str], data: str) -> tuple[Element | None, int | None, int | None]:  # type: ignore[override]  # noqa: ARG002, N802
        keys = [key.strip().lstrip("@") for key in m[1].split(";")]
        links = [self.link(key, bare=False) for key in keys]
        if None in links:
            return None, None, None
        group = Element("span", {"class": "survey-citations"})
        group.text = AtomicString("(")
        for index, link in enumerate(links):
            if link is not None:
                link.tail = AtomicString(")" if index == len(links) - 1 else "; ")
                group.append(link)
        return group, m.start(0), m.end(0)


class _Bare(_Citation):
    def handleMatch(self, m: re.Match[str], data: str) -> tuple[Element | None, int | None, int | None]:  # type: ignore[override]  # noqa: ARG002, N802
        link = self.link(m[1], bare=True)
        return (link, m.start(0), m.end(0)) if link is not None else (None, None, None)


class _Question(_Citation):
    def handleMatch(self, m: re.Match[str], data: str) -> tuple[Element | None, int | None, int | None]:  # type: ignore[override]  # noqa: ARG002, N802
        target = self._page().questions.get(m[1])
        if target is None:
            return None, None, None
        link = Element("a", {"class": "survey-citation", "href": target.href})
        link.set("data-survey-about", _verbatim(target.about))
        link.text = _verbatim(target.title)
        return link, m.start(0), m.end(0)


class _Places(Preprocessor):
    """Keeps the places of generated blocks, instead of what keeps all HTML."""

    def run(self, lines: list[str]) -> list[str]:
        place = re.compile(r'<div id="survey-block-[a-z0-9-]+"></div>')
        return [self.md.htmlStash.store(line) if place.fullmatch(line) else line for line in lines]


class _Sections(Treeprocessor):
    """Puts around a text what the page has beside it: a heading, sections, places for generated blocks.

    They are made of elements, not of Markdown, so that a text can neither be taken for one of them nor bring ids of
    its own: in a proposed text only footnotes have them yet, and headings get theirs from the table of contents.
    """

    def __init__(self, md: Markdown, page: Callable[[], PageMarkup]) -> None:
        super().__init__(md)
        self._page = page

    def run(self, root: Element) -> None:
        page = self._page()
        for element in root.iter() if page.proposed else ():
            element.attrib.pop("name", None)
            if not re.match(r"fn(?:ref\d*)?[^a-zA-Z0-9_]", element.get("id", "")):
                element.attrib.pop("id", None)
        if page.title:
            root.insert(0, _heading("h1", page.title))
            root.insert(1, _place("lead"))
        for name, title in page.sections:
            root.extend((_heading("h2", title, id=name), _place(name)))


def _heading(tag: str, title: str, **attributes: str) -> Element:
    heading = Element(tag, attributes)
    heading.text, heading.tail = _verbatim(title), "\n"
    return heading


def _place(name: str) -> Element:
    place = Element("div", {"id": f"survey-block-{name}"})
    place.tail = "\n"
    return place


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
            link.set("data-survey-about", _verbatim(term.definition))
            link.text = AtomicString(found[0])
            link.tail = text[found.end() :]
            if after is None:
                parent.text = text[: found.start()]
                parent.insert(0, link)
            else:
                after.tail = text[: found.start()]
                parent.insert(list(parent).index(after) + 1, link)
            self._link(parent, link, pattern, forms, done)
            return
