"""How a paper is cited: references, records to copy, files; of a preprint those of its published version too.

I/O: none.
"""

from collections.abc import Iterator

from markupsafe import Markup, escape

from living_survey.formats.published import TOGETHER, published_entry
from living_survey.formats.references.pybtex_styles import STYLES, to_html_references
from living_survey.formats.writers import BY_NAME, FORMATS
from living_survey.model import addresses
from living_survey.model.labels import label
from living_survey.model.paper import Paper
from living_survey.model.published import published_key, published_version
from living_survey.pages.bibliography import FileLink
from living_survey.pages.citations import doi_url
from living_survey.pages.renderer import Renderer
from living_survey.pages.view import view


@view
class WayToCite:
    """A formatted reference, or code to copy."""

    id: str
    title: str
    html: Markup
    code: bool


class References:
    """The formatted references of papers, each made once for a build; only where papers are few enough."""

    def __init__(self, _renderer: Renderer) -> None:
        """Begin without any."""
        self._made: dict[str, dict[str, str]] = {}

    def of(self, paper: Paper, style: str) -> str:
        """Return a paper as a reference in HTML; its style is one of `STYLES`."""
        if paper.key not in self._made:
            self._made[paper.key] = dict(zip(STYLES, to_html_references(paper), strict=True))
        return self._made[paper.key][style]


def ways_to_cite(renderer: Renderer, paper: Paper) -> Iterator[WayToCite]:
    """Yield the ways to cite a paper that its page shows: references, then code to copy."""
    if renderer.rich:
        for style, title in STYLES.items():
            html = Markup(renderer.once(References).of(paper, style))  # noqa: S704  (its backend escapes)
            yield WayToCite(style, title, html, code=False)
    forms = (BY_NAME["bibtex"], BY_NAME["biblatex"]) if renderer.rich else (BY_NAME["bibtex"],)
    for form in forms:
        yield WayToCite(form.name, form.title, escape(renderer.bibliography.entry(form, paper)), code=True)
    if published_version(paper):
        for form in forms:
            title = label("paper.of_published", format=form.title)
            yield WayToCite(f"{form.name}-published", title, escape(published_entry(form, paper)), code=True)


def own_files(paper: Paper) -> Iterator[FileLink]:
    """Yield the files with a paper's records, by addresses that are relative to its page."""
    for form in FORMATS:
        if form.each:
            yield FileLink(f"{paper.key}{form.ending}", form.title)
    if published_version(paper):
        for form in FORMATS:
            if form.each and form.name not in TOGETHER:
                title = label("paper.of_published", format=form.title)
                yield FileLink(f"{published_key(paper)}{form.ending}", title)


def published_as(renderer: Renderer, paper: Paper, root: str) -> Markup:
    """Return as a sentence where a preprint appeared, for a page from which ``root`` leads to the site's root."""
    version = published_version(paper)
    if not version or not version.venue:
        return Markup("")
    href = version.url or (doi_url(version.doi) if version.doi else "")
    title = Markup("<cite>{}</cite>").format(version.title)
    if href:
        title = Markup('<a href="{}">{}</a>').format(href, title)
    where = root + addresses.venue(renderer.survey.slug_of(version.venue))
    venue = Markup('<a href="{}">{}</a>').format(where, version.venue.name)
    return escape(label("paper.published_as", title=title, venue=venue, year=version.year))
