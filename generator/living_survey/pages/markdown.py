"""Extensions of Markdown: citations become links, the first use of a term leads to the glossary, sections are added.

Texts that anybody may propose cannot bring markup of their own, and no heading takes an id of the page's frame. The
extensions hold what they know of the page that is being rendered; the host sets it before each page. I/O: none.
"""

import re
from collections.abc import Callable, Sequence
from typing import Any
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.blockprocessors import build_block_parser
from markdown.extensions import Extension
from markdown.extensions.fenced_code import FencedBlockPreprocessor
from markdown.inlinepatterns import InlineProcessor, build_inlinepatterns
from markdown.postprocessors import Postprocessor, build_postprocessors
from markdown.preprocessors import Preprocessor, build_preprocessors
from markdown.treeprocessors import Treeprocessor, build_treeprocessors
from markdown.util import AMP_SUBSTITUTE, AtomicString, Registry

from living_survey.model.backlinks import citation_id
from living_survey.model.citations import NUMBERED_BARE, NUMBERED_GROUP, Item, items_of, without_numbers
from living_survey.model.expressions import EXPRESSION
from living_survey.model.identifiers import KEY_PATTERN, is_web_or_relative
from living_survey.model.page import Term
from living_survey.model.question import MENTION
from living_survey.pages.page_markup import PageMarkup, PageView

BEFORE_LINKS, AFTER_LINKS, BEFORE_CONTENTS, AFTER_ATTRIBUTES, AFTER_ADDRESSES, LAST = 175, 65, 5.5, -1, -5, -100
"""Priorities. MkDocs checks and rewrites addresses at 0; the anchors of the glossary are made after it has looked."""
_HEADINGS = tuple(f"h{n}" for n in range(1, 7))
_NO_TERMS = {"a", "code", "pre", "table", "button", *_HEADINGS}
_HARMLESS_EXTENSIONS = tuple(
    f"markdown.extensions.{name}"
    for name in ("abbr", "admonition", "codehilite", "def_list", "footnotes", "sane_lists", "tables", "toc")
)
"""Extensions that make neither HTML nor attributes of what a text says, and read no file."""
_OF_THE_TEXT = re.compile(rf"fn(?:ref\d*)?[^a-zA-Z0-9_]|c-{KEY_PATTERN}-\d+$")
"""Ids that a proposed text may have: of its footnotes and of its citations."""
_FRAME = ("content", "cite-text")
_OF_THE_FRAME = ("_", "survey-form", "survey-block", "survey-compare", "survey-bibliography")
"""Ids, and how ids begin, that are the page's own: scripts of the theme and of the survey look for them."""


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
        md.inlinePatterns.register(_Bracketed(NUMBERED_GROUP, self._page), "survey-citations", BEFORE_LINKS)
        md.inlinePatterns.register(_Value(EXPRESSION, self._page), "survey-values", BEFORE_LINKS)
        md.inlinePatterns.register(_Question(MENTION, self._page), "survey-questions", BEFORE_LINKS)
        md.inlinePatterns.register(_Bare(NUMBERED_BARE, self._page), "survey-citation", AFTER_LINKS)
        md.treeprocessors.register(_Sections(md, self._page), "survey-sections", BEFORE_CONTENTS)
        md.treeprocessors.register(_Terms(md, self._page), "survey-terms", AFTER_ADDRESSES)
        md.postprocessors.register(_WithoutNumbers(md), "survey-numbers", LAST)
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

    def links(self, item: Item, *, bare: bool) -> list[Element]:
        """Return the link to a paper, and what became of it; nothing where there is no such paper."""
        target = self._page().targets.get(item.key)
        if target is None:
            return []
        words = f"{target.who} ({target.year})" if bare else item.words(target.who, target.year)
        link = _link("survey-citation", target.href, target.about, words)
        if item.number:
            link.set("id", citation_id(target.key or item.key, item.number))
        if not target.mark:
            return [link]
        link.tail = AtomicString(" ")
        return [link, _link("survey-mark", target.mark_href, target.mark_about, target.mark)]


def _link(kind: str, href: str, about: str, words: str) -> Element:
    link = Element("a", {"class": kind, "href": href})
    link.set("data-survey-about", _verbatim(about))
    link.text = _verbatim(words)
    return link


def _in_front(item: Item) -> str:
    return f"{item.before} " if item.before else ""


class _Bracketed(_Citation):
    def handleMatch(self, m: re.Match[str], data: str) -> tuple[Element | None, int | None, int | None]:  # type: ignore[override]  # noqa: ARG002, N802
        items = items_of(m[1])
        cited = [self.links(item, bare=False) for item in items]
        if not all(cited):
            return None, None, None
        group = Element("span", {"class": "survey-citations"})
        group.text = f"({_in_front(items[0])}"
        for n, links in enumerate(cited):
            rest = f"; {_in_front(items[n + 1])}" if n + 1 < len(items) else ")"
            links[-1].tail = f"{items[n].after}{rest}"
            group.extend(links)
        return group, m.start(0), m.end(0)


class _Bare(_Citation):
    def handleMatch(self, m: re.Match[str], data: str) -> tuple[Element | None, int | None, int | None]:  # type: ignore[override]  # noqa: ARG002, N802
        links = self.links(items_of(m[0])[0], bare=True)
        if len(links) < 2:
            return (links[0], m.start(0), m.end(0)) if links else (None, None, None)
        group = Element("span", {"class": "survey-citations"})
        group.extend(links)
        return group, m.start(0), m.end(0)


class _WithoutNumbers(Postprocessor):
    """Takes the numbers of citations out of what is code, HTML or an address after all."""

    def run(self, text: str) -> str:
        return without_numbers(text)


class _Value(_Citation):
    ANCESTOR_EXCLUDES = ("a",)

    def handleMatch(self, m: re.Match[str], data: str) -> tuple[Element | None, int | None, int | None]:  # type: ignore[override]  # noqa: ARG002, N802
        target = self._page().values.get(" ".join(m[1].split()))
        if target is None:
            return None, None, None
        shown = Element("a", {"href": target.href}) if target.href else Element("span", {"tabindex": "0"})
        shown.set("class", "survey-number")
        if target.about:
            shown.set("data-survey-about", _verbatim(target.about))
        shown.text = _verbatim(target.title)
        return shown, m.start(0), m.end(0)


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
        # Numbers stand only where something is cited; most pages of a guide need no look at each element.
        for element in root.iter() if page.targets or page.proposed else ():
            _without_numbers(element)
            if page.proposed:
                element.attrib.pop("name", None)
                if not _OF_THE_TEXT.match(element.get("id", "")):
                    element.attrib.pop("id", None)
            if element.get("class") == "survey-citation" and "id" in element.attrib:
                page.anchors.add(element.attrib["id"])
        if page.views:
            _divide(root, page.views)
        if page.title:
            root[:0] = [_place("crumbs"), _heading("h1", page.title), _place("lead")]
        if page.notice:
            first = next((place for place, element in enumerate(root) if element.tag == "h1"), -1)
            root.insert(first + 1, _place(page.notice))
        for name, title in page.sections:
            root.extend((_heading("h2", title, id=name), _place(name)))


def _divide(root: Element, views: Sequence[PageView]) -> None:
    """Put a text into the first of a page's views, in a column beside which there is a place, and add the others."""
    text = list(root)
    for element in text:
        root.remove(element)
    for number, one in enumerate(views):
        section = Element("section", {"id": one.id, "class": "survey-view"})
        column = section
        if number == 0:
            inner = Element("div", {"class": "survey-read"})
            column = Element("div", {"class": "survey-prose"})
            column.extend(text)
            inner.extend((column, _place("aside")))
            section.append(inner)
        if one.heading:
            section.append(_heading("h2", one.title, id=one.heading, **{"class": "survey-view__name"}))
        for name, title in one.sections:
            column.extend([_heading("h2", title, id=name)] * bool(title) + [_place(name)])
        section.tail = "\n"
        root.append(section)


def _without_numbers(element: Element) -> None:
    """Take the numbers of citations out of an element's texts: headings go from here into the table of contents."""
    element.text, element.tail = _kept(element.text), _kept(element.tail)
    for name, value in element.attrib.items():
        element.attrib[name] = _kept(value) or ""


def _kept(text: str | None) -> str | None:
    """Return a text, or another one of its own class where a number has to go."""
    return text if not text or text.isascii() or (clean := without_numbers(text)) == text else type(text)(clean)


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


_OWN_CLASSES = (
    "survey-citation", "survey-number", "survey-citations", "survey-mark", "headerlink",
    "survey-view", "survey-view__name", "survey-read", "survey-prose",
)  # fmt: skip
_HARMLESS = ("id", "title", "alt", "start", "tabindex", "data-survey-about")


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
