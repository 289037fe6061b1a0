"""The pages of papers. I/O: none."""

from collections.abc import Iterator

from markupsafe import Markup, escape

from living_survey.model import addresses
from living_survey.model.backlinks import Counting
from living_survey.model.derived import titles_of
from living_survey.model.expressions import tldr_of
from living_survey.model.labels import label
from living_survey.model.paper import Paper
from living_survey.model.parts import AGGREGATOR, Provenance, Venue, Version
from living_survey.model.registry import LISTS
from living_survey.model.survey import RelatedPaper, Survey
from living_survey.pages.authors import AuthorLink, AuthorLinks
from living_survey.pages.backlinks import DiscussedLine, standing
from living_survey.pages.bibliography import FileLink
from living_survey.pages.citations import cited_text, doi_url
from living_survey.pages.dates import human_date
from living_survey.pages.entry import OfferLink, PaperLink, Published, alarm, offers, type_of, venue_address
from living_survey.pages.head import paper_head
from living_survey.pages.number_table import render_paper_numbers
from living_survey.pages.numbers import NameLink, name_link
from living_survey.pages.renderer import Renderer
from living_survey.pages.site_page import SitePage, capitalized, page_at, root_of
from living_survey.pages.sources import Sources, sources_of
from living_survey.pages.theme import ThemeLines, ThemeLink
from living_survey.pages.view import view
from living_survey.pages.ways_to_cite import WayToCite, own_files, published_as, ways_to_cite

SAME_THEME = 8
"""Papers of the same theme shown on a paper's page."""


@view
class Fact:
    """A line of the facts: a text, which may be a link, and what follows it; or themes, each with those above it."""

    term: str
    text: str = ""
    href: str = ""
    rest: str = ""
    code: bool = False
    """Whether the text is to be typed as it stands."""
    themes: tuple[tuple[ThemeLink, ...], ...] = ()
    names: tuple[NameLink, ...] = ()


@view
class VersionLine:
    """Another version of the same work; what is not known of it is empty."""

    title: str
    url: str
    authors: str
    venue: str
    """With volume, number and pages."""
    year: str
    doi: str
    doi_url: str
    arxiv: str
    note: str

    @classmethod
    def build(cls, version: Version) -> "VersionLine":
        """Return the line of a version."""
        return cls(
            title=version.title,
            url=version.url or "",
            authors=", ".join(author.name for author in version.authors or ()),
            venue=_in_short(version.venue) if version.venue else "",
            year=str(version.year or ""),
            doi=version.doi or "",
            doi_url=doi_url(version.doi or ""),
            arxiv=version.arxiv or "",
            note=version.note or "",
        )


@view
class RelatedLine:
    """A relation to another paper: to its page here, to its address elsewhere, or to none that is known."""

    label: str
    title: str
    href: str
    note: str

    @classmethod
    def build(cls, related: RelatedPaper, root: str) -> "RelatedLine":
        """Return the line of a relation for a page from which ``root`` leads to the site's root."""
        href = root + addresses.paper(related.paper.key) if related.paper else related.url or ""
        return cls(related.label, related.title, href, related.note or "")


@view
class Peers:
    """Papers of the same theme that are nearest in time."""

    sentence: Markup
    """How many papers the theme has, and whether more than these and the paper itself."""
    near: tuple[PaperLink, ...]


@view
class NumbersPart:
    """The outcomes of a paper, or its sizes, as a table with a heading."""

    id: str
    title: str
    table: str


@view
class PaperView:
    """What the page of a paper shows below its title; what the paper does not say is empty."""

    key: str
    alarm: str
    """In words, what a reader must not miss."""
    alarm_since: str
    """Since when."""
    notice_url: str
    """Where it is explained."""
    authors: tuple[AuthorLink, ...]
    and_others: bool
    edited: str
    """What the authors are of the volume: its editor, or its editors."""
    published_as: Markup
    """Of a preprint, where it appeared, as a sentence."""
    published: Published
    kind: str
    notes: tuple[str, ...]
    """What else is said of the publication."""
    tldr: str
    read_url: str
    offers: tuple[OfferLink, ...]
    summary: tuple[Markup, ...]
    """Paragraphs, with citations as links."""
    abstract: tuple[str, ...]
    numbers: tuple[NumbersPart, ...]
    facts: tuple[Fact, ...]
    versions: tuple[VersionLine, ...]
    related: tuple[RelatedLine, ...]
    discussed: tuple[DiscussedLine, ...]
    """Where the survey cites it."""
    cite: tuple[WayToCite, ...]
    files: tuple[FileLink, ...]
    """By addresses that are relative to the page."""
    peers: Peers | None
    sources: Sources | None
    origin: str
    """In words, when and from where the entry came, and who compared it."""
    correction: Markup
    """The ways to correct the entry, as a sentence."""


def build_paper_pages(renderer: Renderer) -> Iterator[SitePage]:
    """Yield the page of every paper."""
    for paper in renderer.survey.papers.values():
        address = addresses.paper(paper.key)
        yield SitePage(
            address,
            paper.display_title,
            tldr_of(renderer.survey, paper) or f"{paper.byline}, {paper.year}",
            renderer.render("paper.html", address, paper=paper_view(renderer, paper)),
            renderer.head(paper_head(renderer.survey, renderer.citation, paper)),
            modified=paper.added or "",
        )


def paper_view(renderer: Renderer, paper: Paper) -> PaperView:
    """Return what the page of a paper shows."""
    survey, root = renderer.survey, root_of(addresses.paper(paper.key))
    status = alarm(paper)
    return PaperView(
        key=paper.key,
        alarm=label("paper.alarm", status=status) if status else "",
        alarm_since=label("paper.alarm_since", date=human_date(paper.status_since))
        if status and paper.status_since
        else "",
        notice_url=paper.status_notice or "" if status else "",
        authors=renderer.once(AuthorLinks).of(paper),
        and_others=bool(paper.and_others),
        edited=edited(paper),
        published_as=published_as(renderer, paper, root),
        published=Published.build(survey, paper),
        kind=paper.kind or "",
        notes=publication_notes(paper),
        tldr=tldr_of(survey, paper),
        read_url=paper.reader_url or "",
        offers=offers(paper),
        summary=tuple(_cited(survey, paper, root)) if paper.summary else (),
        discussed=tuple(DiscussedLine.build(survey, link) for link in standing(renderer, paper.key)),
        abstract=_paragraphs(paper.abstract),
        numbers=tuple(_numbers(renderer, paper, root)),
        facts=tuple(facts_of(renderer, paper)),
        versions=tuple(VersionLine.build(version) for version in paper.versions or ()),
        related=tuple(RelatedLine.build(related, root) for related in survey.related.get(paper.key, ())),
        cite=tuple(ways_to_cite(renderer, paper)),
        files=tuple(own_files(paper)),
        peers=renderer.once(_Peers).of(paper),
        sources=sources_of(renderer, paper),
        origin=origin(paper),
        correction=renderer.once(_correction).replace(_KEY, paper.key),
    )


def _numbers(renderer: Renderer, paper: Paper, root: str) -> Iterator[NumbersPart]:
    for name in LISTS:
        title = label(f"paper.sections.{name}")
        if table := render_paper_numbers(renderer, paper, name, root, title):
            yield NumbersPart(name, title, table)


def edited(paper: Paper) -> str:
    """Return what the authors are of the volume, if they are its editors."""
    if not paper.edited:
        return ""
    return label("paper.editors") if len(paper.authors) > 1 else label("paper.editor")


def publication_notes(paper: Paper) -> tuple[str, ...]:
    """Return what is said of the publication behind venue, year and kind."""
    notes = []
    if paper.status == "preprint":
        notes.append(label("paper.statuses.preprint"))
    if paper.first_public:
        notes.append(label("paper.first_public", date=human_date(paper.first_public)))
    return tuple(notes)


def facts_of(renderer: Renderer, paper: Paper) -> Iterator[Fact]:
    """Yield the facts that are known of a paper, in their order."""
    settings, lines = renderer.survey.settings, renderer.once(ThemeLines)
    root = root_of(addresses.paper(paper.key))
    if paper.short_name:
        yield Fact(label("paper.facts.introduces"), paper.short_name)
    if paper.themes:
        yield Fact(label("paper.facts.themes"), themes=tuple(lines.of(path) for path in paper.themes))
    if paper.kind:
        yield Fact(label("paper.facts.kind"), f"{paper.kind}: {settings.kinds[paper.kind]}")
    for name, words, folder in (
        ("models", paper.models, addresses.MODELS),
        ("hardware", paper.hardware, addresses.HARDWARE),
    ):
        if words:
            links = tuple(name_link(renderer.survey.registry, name, word, root + folder) for word in words)
            yield Fact(label(f"paper.facts.{name}"), names=links)
    for name, values in renderer.survey.facets.get(paper.key, {}).items():
        titles = renderer.once(_facet_titles)[name]
        yield Fact(settings.facets[name].title, ", ".join(titles[value] for value in values))
    for name, text in (paper.attributes or {}).items():
        yield Fact(settings.attributes[name], text)
    if paper.venue:
        term = label("paper.facts.journal" if paper.type == "article" else "paper.facts.published_in")
        yield Fact(term, paper.venue.name, root + venue_address(renderer.survey, paper), venue_details(paper.venue))
    if paper.editors:
        yield Fact(label("paper.facts.edited_by"), ", ".join(author.name for author in paper.editors))
    yield Fact(label("paper.facts.type"), type_and_status(paper))
    if paper.doi:
        yield Fact(label("paper.facts.doi"), paper.doi, doi_url(paper.doi))
    if paper.arxiv:
        rest = f" ({paper.arxiv_class})" if paper.arxiv_class else ""
        yield Fact(label("paper.facts.arxiv"), paper.arxiv, f"https://arxiv.org/abs/{paper.arxiv}", rest)
    for name, text in (paper.extra or {}).items():
        yield Fact(capitalized(name.replace("-", " ")), text)
    yield Fact(label("paper.facts.key"), paper.key, code=True)
    if paper.aliases:
        yield Fact(label("paper.facts.former_keys"), ", ".join(paper.aliases))
    if paper.source_keys:
        yield Fact(label("paper.facts.keys_elsewhere"), ", ".join(paper.source_keys))


def _facet_titles(renderer: Renderer) -> dict[str, dict[str, str]]:
    """Return how each value of each facet is shown."""
    return {name: titles_of(facet) for name, facet in renderer.survey.settings.facets.items()}


def venue_details(venue: Venue) -> str:
    """Return what follows the name of a venue: series, volume, number, pages, publisher."""
    details = [venue.series or ""]
    if venue.volume:
        details.append(label("paper.venue.volume", volume=venue.volume))
    if venue.number:
        details.append(label("paper.venue.number", number=venue.number))
    if venue.pages:
        name = "paper.venue.pages" if "-" in venue.pages else "paper.venue.page_or_article"
        details.append(label(name, pages=venue.pages.replace("-", "–")))
    details.append(venue.publisher or "")
    return "".join(f", {detail}" for detail in details if detail)


def _in_short(venue: Venue) -> str:
    parts = [venue.name, f" {venue.volume}" if venue.volume else "", f" ({venue.number})" if venue.number else ""]
    return "".join([*parts, f", {venue.pages.replace('-', '–')}" if venue.pages else ""])


def type_and_status(paper: Paper) -> str:
    """Return the type of publication, and the status where it says more."""
    if paper.status in (paper.type, "published"):
        return type_of(paper)
    return f"{type_of(paper)}, {label(f'paper.statuses.{paper.status}')}"


def origin(paper: Paper) -> str:
    """Return when and from where an entry came, and who compared it, as a sentence."""
    parts = [label("paper.origin.added", date=human_date(paper.added))] if paper.added else []
    if paper.provenance:
        parts += _provenance(paper.provenance)
    return capitalized(f"{', '.join(parts)}.") if parts else ""


def _provenance(provenance: Provenance) -> Iterator[str]:
    yield label("paper.origin.source", source=provenance.source)
    if provenance.position:
        yield label("paper.origin.position", position=provenance.position)
    if provenance.checked:
        what = label("paper.origin.repeating" if provenance.basis == AGGREGATOR else "paper.origin.its_sources")
        name = "paper.origin.checked_by" if provenance.checked_by else "paper.origin.checked"
        yield label(name, what=what, date=human_date(provenance.checked), who=provenance.checked_by or "")


def _cited(survey: Survey, paper: Paper, root: str) -> list[Markup]:
    """Return the paragraphs of a summary; its citations have ids."""
    text = paper.summary or ""
    return cited_text(survey, text, root, counting=Counting(survey.find), own=paper.key).split("\n\n")


def _paragraphs(text: str | None) -> tuple[str, ...]:
    return tuple(text.split("\n\n")) if text else ()


def _link(href: str, text: str) -> Markup:
    return Markup('<a href="{}">{}</a>').format(href, text)


def correction(correct_url: str, edit_url: str) -> Markup:
    """Return the ways to correct an entry, as a sentence; nothing where there are none."""
    edit = Markup('<a href="{}" rel="edit">{}</a>')
    if correct_url and edit_url:
        both = edit.format(edit_url, label("paper.edit_instead"))
        return escape(label("paper.correct_or_edit", correct=_link(correct_url, label("paper.correct")), edit=both))
    if edit_url:
        return escape(label("paper.wrong", way=edit.format(edit_url, label("paper.edit"))))
    return escape(label("paper.wrong", way=_link(correct_url, label("paper.correct")))) if correct_url else Markup("")


_KEY = "\x00"
"""Stands for a paper's key in what is the same for all papers but for that."""


def _correction(renderer: Renderer) -> Markup:
    """Return the ways to correct an entry, with the mark in place of the paper's key."""
    settings = renderer.survey.settings
    has_form = page_at(renderer.survey, addresses.SUBMIT) is not None
    form = f"{root_of(addresses.paper(_KEY))}{addresses.SUBMIT}?paper={_KEY}"
    correctable = renderer.rich and has_form and bool(settings.repo_url)
    return correction(form if correctable else "", settings.edit_url(f"{settings.papers}/{_KEY}.yaml"))


class _Peers:
    """The papers of each theme as links, and where each paper stands (a search per paper would be quadratic)."""

    def __init__(self, renderer: Renderer) -> None:
        self._renderer = renderer
        self._sentences: dict[str, Markup] = {}
        self._links: dict[str, list[PaperLink]] = {}
        self._positions: dict[str, dict[str, int]] = {}

    def of(self, paper: Paper) -> Peers | None:
        """Return the papers of a paper's primary theme that are nearest in time; none where it is the only one."""
        if not (path := paper.primary_theme):
            return None
        if path not in self._links:
            papers = self._renderer.survey.by_theme[path]
            self._links[path] = [PaperLink.build(peer) for peer in papers]
            self._positions[path] = {peer.key: index for index, peer in enumerate(papers)}
            theme = self._renderer.once(ThemeLines).of(path)[-1]
            self._sentences[path] = same_theme(theme, len(papers), root_of(addresses.paper(paper.key)))
        links, position = self._links[path], self._positions[path][paper.key]
        start = max(0, min(position - SAME_THEME // 2, len(links) - SAME_THEME - 1))
        near = (*links[start:position], *links[position + 1 : start + SAME_THEME + 1])
        return Peers(self._sentences[path], near) if near else None


def same_theme(theme: ThemeLink, total: int, root: str) -> Markup:
    """Return how many papers a theme has; and where a paper's page shows the nearest alone, that it does."""
    name = "paper.same_theme.nearest" if total > SAME_THEME + 1 else "paper.same_theme.all"
    link = _link(root + theme.address, theme.title)
    return escape(label(name, theme=link, papers=label("counts.papers", total)))
