"""What becomes of a text: names stand as they are, sections are added, and a proposed text brings nothing that acts."""

import re
from pathlib import Path
from typing import Any

import living_survey.pages.markdown
import pytest
from living_survey.model.citations import find_citations, number_citations
from living_survey.model.page import Term
from living_survey.pages.markdown import PageMarkup, SurveyMarkup, Target
from lxml import html
from markdown import Markdown

HERE = Path(__file__)
EVERYTHING = [
    "abbr", "admonition", "attr_list", "codehilite", "def_list", "fenced_code", "footnotes", "legacy_attrs",
    "md_in_html", "sane_lists", "smarty", "tables", "toc", "wikilinks", "pymdownx.b64", "pymdownx.betterem",
    "pymdownx.blocks.html", "pymdownx.bracketspan", "pymdownx.details", "pymdownx.highlight", "pymdownx.inlinehilite",
    "pymdownx.progressbar", "pymdownx.snippets", "pymdownx.superfences", "pymdownx.tabbed", "pymdownx.tasklist",
]  # fmt: skip
"""Extensions that a survey may turn on for its own pages."""
CONFIGS: dict[str, Any] = {
    "toc": {"permalink": True},
    "pymdownx.snippets": {"base_path": [str(HERE.parent)], "restrict_base_path": False},
}


def render(text: str, extensions: list[str] | None = None, configs: dict[str, Any] | None = None, **page: Any) -> Any:
    """Render a text as the host does; return its elements."""
    known = PageMarkup(**page)
    names: list[Any] = ["toc", "tables", "fenced_code"] if extensions is None else extensions
    markdown = Markdown(
        extensions=[*names, SurveyMarkup(lambda: known)], extension_configs={**CONFIGS, **(configs or {})}
    )
    return html.fromstring(f"<article>{markdown.convert(text)}</article>")


def highlighted(element: Any) -> bool:
    """Say whether an element is one of those that colour code; its class is never the text's."""
    return bool(re.fullmatch("[a-z][a-z0-9]?", element.get("class")) and element.xpath("ancestor::div/pre"))


@pytest.mark.parametrize(
    "text",
    [
        'x\n{: #__config onclick="ran()" }',
        "x\n{#__config}",
        "## X {#__config}",
        "## X {: #__config onmouseover=ran() } ##",
        "X {#__config}\n===",
        "*x*{: #__config style=position:fixed } **x**{#__config} `x`{#__config}",
        "[x](y.md){#__config} <https://example.org>{: #__config } ![x](x.png){: #__config name=body }",
        "[x][y]{#__config}\n\n[y]: z.md 'a title' {#__config}",
        "| a {#__config} |\n|---|\n| b {: #__config } |",
        "- x {: #__config }\n- y\n{: #__config }\n\n1. z\n   {: #__config }",
        "> x\n> {: #__config }",
        "T {#__config}\n:   D\n    {: #__config }",
        "```{#__config .python onclick=ran()}\nx\n```",
        "~~~ { #__config .md-overlay data-x=y }\nx\n~~~",
        "``` python {#__config}\nx\n```",
        "x[^1]\n\n[^1]: note\n    {: #__config }",
        "!!! note __config\n    x\n    {: #__config }",
        '??? note "x" {#__config}\n    x',
        '=== "__config"\n    x',
        '<div id="__config" markdown="1">x</div>\n\n<p id=__config>',
        "/// html | div#__config\nx\n///",
        "[x]{#__config} [x]{: #__config }",
        '[=50% "x"]{: #__config }',
        "{@id=__config}x {@onclick=ran()}",
        "*[x]: y\" id=\"__config\n\nx",
        "[[__config]]",
        "- [x] {: #__config } done",
        '<!-- survey:form -->\n\n<div id="survey-block-papers"></div>\n\n## <div id="survey-block-form"></div>',
        "\x02wzxhzdk:0\x03 \x02klzzwxh:0000\x03 &#2;wzxhzdk:0&#3;\n\n```\ncode\n```",
    ],
)  # fmt: skip
def test_a_proposed_text_brings_neither_attributes_nor_ids_nor_html(text: str) -> None:
    for extensions in (EVERYTHING, [name for name in EVERYTHING if name != "codehilite"]):
        page = render(text, extensions, proposed=True)
        known = {"href", "src", "alt", "title", "class", "style", "id"}
        assert {name for element in page.iter() for name in element.attrib} <= known
        for element in page.iter("*"):
            assert not element.get("style") or element.get("style").startswith("text-align")
            words = element.get("class", "headerlink")
            assert words in ("headerlink", "codehilite") or words.startswith("language-") or highlighted(element)
        assert no_ids_of_its_own(page)
        assert page.xpath(".//div[@id] | .//input | .//details | .//span[@data-x]") == []


def no_ids_of_its_own(page: Any) -> bool:
    """Say whether only headings and footnotes have ids, and none that the page could have."""
    return all(
        (re.match("h[1-6]$", element.tag) or element.get("id").startswith(("fn:", "fnref:")))
        and not element.get("id").startswith(("_", "survey-"))
        for element in page.xpath(".//*[@id]")
    ) and not page.xpath(".//@name")


@pytest.mark.parametrize(
    "text",
    [
        "x\n{: #__config }",
        "## X {#__config}",
        "[x](y.md){: #__config name=body }",
        "- x\n{: #__search }",
        "x[^1]\n\n[^1]: y",
    ],
)
def test_an_extension_that_would_set_ids_is_undone_too(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    let_in = (*living_survey.pages.markdown._HARMLESS_EXTENSIONS, "markdown.extensions.attr_list")
    monkeypatch.setattr(living_survey.pages.markdown, "_HARMLESS_EXTENSIONS", let_in)
    page = render(text, EVERYTHING, proposed=True)
    assert no_ids_of_its_own(page)
    assert "{" not in page.text_content()  # it was let in


def test_a_proposed_text_includes_no_file() -> None:
    text = f'--8<-- "{HERE.name}"\n\n![x]({HERE.parent.parent}/docs/assets/correct.png)'
    assert "def test_" in html.tostring(render(text, EVERYTHING), encoding="unicode")
    shown = html.tostring(render(text, EVERYTHING, proposed=True), encoding="unicode")
    assert "def test_" not in shown
    assert "base64" not in shown


def test_ordinary_markdown_works_in_a_proposed_text_whatever_the_survey_turns_on() -> None:
    text = (
        "## What *we* know\n\nBirds[^1] sing `a < b` and *fly*, see [there](there.md) or <https://example.org>.\n\n"
        "| a | b |\n|---|--:|\n| 1 | 2 |\n\n```python\nx = '<b>'\n```\n\n- one\n    - two\n\n"
        "Moult\n:   New feathers.\n\n"
        "The set {a, b} at x^{n=2}, R&D &copy; 2024.\n\n[^1]: Most of them.\n"
    )  # fmt: skip
    page = render(text, EVERYTHING, proposed=True)
    assert page.xpath("string(.//h2[@id='what-we-know']/em)") == "we"
    assert page.xpath(".//a/@href")[1:4] == ["#fn:1", "there.md", "https://example.org"]
    assert page.xpath("string(.//td[@style='text-align: right;'])") == "2"
    assert page.xpath("string(.//pre)").strip() == "x = '<b>'"
    assert page.xpath("string(.//ul/li/ul/li)").strip() == "two"
    assert page.xpath("string(.//dl/dd)").strip() == "New feathers."
    assert page.xpath("string(.//li[@id='fn:1'])").strip().startswith("Most of them.")
    assert "The set {a, b} at x^{n=2}, R&D © 2024." in page.text_content()


@pytest.mark.parametrize(
    ("heading", "wanted"),
    [
        ("Moult", "moult"),
        ("__config", "section-config"),
        ("\\_\\_search", "section-search"),
        ("&#95;&#95;drawer", "section-drawer"),
        ("＿＿toc", "section-toc"),
        ("_ __nav_1_", "section-nav_1"),
        ("`__palette_0`", "section-palette_0"),
        ("content", "section-content"),
        ("Cite text", "section-cite-text"),
        ("Survey form", "section-survey-form"),
        ("Survey form text", "section-survey-form-text"),
        ("survey-block-papers", "section-survey-block-papers"),
        ("Survey methods", "survey-methods"),
        ("大雁", "section"),
        ("-", "-"),
    ],
)
@pytest.mark.parametrize("proposed", [False, True])
def test_headings_get_no_id_of_the_pages_frame(heading: str, wanted: str, proposed: bool) -> None:
    page = render(f"## {heading}\n\n## {heading}\n", proposed=proposed)
    first, second = page.xpath(".//h2/@id")
    assert first == wanted
    assert second.rstrip("0123456789") == f"{wanted.rstrip('0123456789_')}_"
    assert page.xpath(".//h2/a/@href") == [f"#{first}", f"#{second}"]


def test_no_id_that_a_page_has_around_its_text_can_be_a_headings(site: Path, birds: Path) -> None:
    """Every page's frame and every script that looks for an id are asked, so that a new theme's ids are found."""
    frame = set()
    for folder in (site, birds / "site"):
        for file in ("index.html", "submit/index.html", "themes/index.html", "cite/index.html", "404.html"):
            if (folder / file).is_file():
                page: Any = html.fromstring((folder / file).read_bytes())
                inside = set(page.xpath("//article//@id"))
                frame |= {one for one in page.xpath("//@id | //@for | //@data-survey-copy") if one not in inside}
                frame |= set(page.xpath("//article//@data-survey-copy"))
        for script in (folder / "assets").rglob("*.js"):
            text = script.read_text(encoding="utf-8")
            frame |= {a or b for a, b in re.findall(r"""getElementById\(["']([\w-]+)["']\)|["'`]#(__\w+)["'`]""", text)}
    assert {"__config", "__search", "__drawer", "__toc", "survey-form", "cite-text"} <= frame
    for identifier in frame:
        page = render(f"## {identifier}", configs={"toc": {"slugify": lambda text, _: text}})
        assert page.xpath(".//h2/@id") != [identifier]


NAMES = ["<img src=x onerror=ran()>", "**B** _c_ `d`", "[e](javascript:ran())", "![f](x.png)", "<https://g.example>",
         "R&D &lt;i&gt; &copy;", "\\*h\\*", "i {: #__config }", "j@2020k @a2020b", "HTML -- 'l' ..."]  # fmt: skip


@pytest.mark.parametrize("extensions", [None, EVERYTHING], ids=["few", "all"])
@pytest.mark.parametrize("proposed", [False, True])
def test_what_comes_from_papers_stands_as_it_is(extensions: list[str] | None, proposed: bool) -> None:
    for name in NAMES:
        targets = {
            "a2020b": Target(name, "2020", "../papers/a2020b.md", f"About {name}"),
            "c2021d": Target(name, "2021", "../papers/c2021d.md", name),
        }
        text = "*[HTML]: no\n\nAs shown [@a2020b; @c2021d]{: .x }, and @a2020b says.\n\n- In a list [@c2021d].\n"
        page = render(text, extensions, targets=targets, proposed=proposed)
        links = page.xpath(".//a[@class='survey-citation']")
        wanted = [f"{name}, 2020", f"{name}, 2021", f"{name} (2020)", f"{name}, 2021"]
        assert [link.text_content() for link in links] == wanted
        assert [link.get("data-survey-about") for link in links] == [f"About {name}", name, f"About {name}", name]
        assert page.xpath(".//img | .//em | .//strong | .//code | .//abbr | .//a//* | .//*[@id]") == []
        assert f"({name}, 2020; {name}, 2021)" in page.text_content()


def test_citations_are_numbered_as_they_are_written_and_marked() -> None:
    href = "../papers/a2020b.md"
    target = Target("Wren", "2020", href, "About", "a2020b", "(retracted)", href, "Why")
    text = (
        "On @a2020b and [@a2020b][^n], \\@a2020b, `@a2020b`.\n\n    [@a2020b]\n\n[^n]: Note [@a2020b].\n\n"
        "## Setext @a2020b\n\nLast @old2020x, [on @a2020b](x.md).\n"
    )  # fmt: skip
    counted = iter(range(1, 100))
    marked = number_citations(text, find_citations(text), lambda _: next(counted))
    known = {"targets": {"a2020b": target, "old2020x": target}}
    for proposed in (False, True):
        page = render(marked, ["toc", "footnotes"], proposed=proposed, title="T", notice="leans", **known)
        links = page.xpath(".//a[@class='survey-citation']")
        assert [link.get("id") for link in links] == [f"c-a2020b-{n}" for n in (1, 2, 6, 4)]
        assert [mark.text for mark in page.xpath(".//a[@class='survey-mark']")] == ["(retracted)"] * 4
        assert [one.tail for one in links] == [" "] * 4
        whole = html.tostring(page, encoding="unicode")
        assert not re.search("[\ufdd0-\ufdef]|&#64976;", whole)
        assert page.xpath("./h1[1]/following-sibling::*[1]/@id") == ["survey-block-leans"]
        assert page.xpath("./h2[1]/@id") == ["setext-a2020b"]


def test_terms_lead_to_the_glossary_and_stand_as_they_are_written() -> None:
    terms = [Term("R&D", (), "<b>bold</b> &amp; more"), Term("a_b_c", ("*star*",), "x")]
    page = render("On R&D and a_b_c.\n", terms=terms, glossary="../glossary/")
    [first, second] = page.xpath(".//a[@class='survey-term']")
    assert (first.text, first.get("data-survey-about")) == ("R&D", "<b>bold</b> &amp; more")
    assert (second.text, second.get("href")) == ("a_b_c", "../glossary/#a-b-c")


@pytest.mark.parametrize("extensions", [["toc"], EVERYTHING], ids=["few", "all"])
def test_sections_have_their_anchors_whatever_the_text_says(extensions: list[str]) -> None:
    title = "A *b* [c](d) `e` {#f} & <g>"
    text = '## Papers\n\n## References {#references}\n\nText.\n\n# <div id="survey-block-lead"></div>\n'
    sections = (("references", "References"), ("papers", "Papers"))
    page = render(text, extensions, title=title, sections=sections, proposed=True)
    assert page.xpath("string(./h1[1]/text())") == title
    assert page.xpath("./h1[1]/following-sibling::*[1]/@id") == ["survey-block-lead"]
    for name in ("references", "papers"):
        [heading] = page.xpath(f".//h2[@id='{name}']")
        assert heading.getnext().get("id") == f"survey-block-{name}"
    ids = page.xpath(".//@id")
    assert len(ids) == len(set(ids))
    assert "papers_1" in ids


def test_sections_are_added_to_pages_of_surveys_without_attribute_lists() -> None:
    page = render("Text.", ["toc"], sections=(("references", "References"),))
    assert page.xpath("./h2/@id") == ["references"]
    assert page.xpath("./div/@id") == ["survey-block-references"]
