"""A survey in memory: papers and themes with the indices that the pages are made from.

I/O: none.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import groupby
from typing import Any

from living_survey.model import addresses, derived
from living_survey.model.citations import foreign_keys
from living_survey.model.comparison import Comparison
from living_survey.model.labels import label
from living_survey.model.marks import Event, events_of, open_event
from living_survey.model.outside import NamingText, OutsideWork, naming_texts, outside_works
from living_survey.model.page import EditorPage, Term
from living_survey.model.paper import Paper
from living_survey.model.parts import Author, Venue
from living_survey.model.private import public_part
from living_survey.model.published import published_version
from living_survey.model.question import Question
from living_survey.model.registry import Registry
from living_survey.model.screening import Screening
from living_survey.model.settings import Settings
from living_survey.model.theme import Taxonomy
from living_survey.model.uses import Uses
from living_survey.model.work import Work


@dataclass(frozen=True, slots=True)
class Listing:
    """The papers that share something: an author, a venue, a year. Newest first."""

    slug: str
    name: str
    papers: list[Paper] = field(default_factory=list)
    sort_slug: str = ""
    """For authors: the slug of ``Family, Given``, whose first letter is the page on which they are listed."""
    versions: set[str] = field(default_factory=set)
    """For venues: keys of the preprints among the papers, of which another version appeared there."""


@dataclass(frozen=True, slots=True)
class RelatedPaper:
    """One end of a relation, as it reads from a paper: ``extends`` or, from the other side, ``extended by``."""

    label: str
    paper: Paper | None
    title: str
    note: str | None
    url: str | None = None


@dataclass(frozen=True)
class Survey:
    """Everything the site shows. All lists of papers are newest first, equal dates by key."""

    settings: Settings
    taxonomy: Taxonomy
    papers: dict[str, Paper]
    """By citation key, in the order of keys."""
    newest: list[Paper]
    """All papers, newest first."""
    by_theme: dict[str, list[Paper]]
    """Theme path → its papers with those of its sub-themes; every theme has an entry."""
    unfiled: list[Paper]
    """Papers without a theme."""
    by_kind: dict[str, list[Paper]]
    authors: dict[str, Listing]
    """By slug, sorted by the name as it is sorted."""
    venues: dict[str, Listing]
    years: dict[str, Listing]
    """Latest year first."""
    related: dict[str, list[RelatedPaper]]
    aliases: dict[str, str]
    """Former key → key."""
    author_ids: dict[tuple[str, str], str]
    """(name, ORCID or id) → slug, for names that several people have."""
    foreign_keys: dict[str, str] = field(default_factory=dict)
    """Key that one paper alone had in a bibliography from which papers were imported → key."""
    pages: dict[str, EditorPage] = field(default_factory=dict)
    """The editors' pages, by their files relative to ``docs/``."""
    screening: Screening | None = None
    """How records became papers, where the survey says."""
    questions: dict[str, Question] = field(default_factory=dict)
    """By id, in the order of ids."""
    comparisons: dict[str, Comparison] = field(default_factory=dict)
    """By id, in the order of ids."""
    once: dict[tuple[str, str], Any] = field(default_factory=dict, compare=False, repr=False)
    """What takes long and was worked out of the rest, by what it is and of what: a survey does not change."""
    registry: Registry = field(default_factory=Registry)
    """The names that numbers use."""
    works: Mapping[str, Work] | None = None
    """Works outside the survey that its texts build on, by their ids; none where it keeps no record of any."""

    @cached_property
    def uses(self) -> Uses:
        """Which papers and numbers use each name of the registry."""
        return Uses(self.newest, self.registry)

    @cached_property
    def outside(self) -> list[OutsideWork]:
        """The works outside the survey that papers and texts name, those first that are named most."""
        works = self.works or {}
        return outside_works(self.newest, works, naming_texts(works, self._texts()))

    def _texts(self) -> Iterator[tuple[NamingText, Iterable[str]]]:
        """Yield what the survey says in its own words, by the pages on which it stands."""
        for page in self.pages.values():
            if not self.settings.content.is_about(page.source):
                yield NamingText(page.title, page.address), (page.text,)
        for question in self.questions.values():
            place = NamingText(question.question, addresses.question(question.id))
            yield place, (text for _, text in question.texts())
        for one in self.comparisons.values():
            yield NamingText(one.title, addresses.comparison(one.id)), (text for _, text in one.texts())
        for paper in self.papers.values():
            yield NamingText(paper.display_title.text, addresses.paper(paper.key)), (paper.summary or "",)

    @cached_property
    def facets(self) -> dict[str, dict[str, tuple[str, ...]]]:
        """Key of a paper → its facets, typed and derived, each with its values."""
        facets = self.settings.facets
        return {paper.key: derived.facets_of(paper, facets, self.registry) for paper in self.newest} if facets else {}

    @property
    def is_rich(self) -> bool:
        """Whether papers are few enough for what takes time or a file for each."""
        return len(self.papers) <= self.settings.rich_up_to

    @property
    def terms(self) -> Sequence[Term]:
        """The terms of the glossary."""
        page = self.pages.get(self.settings.glossary)
        return page.terms if page else ()

    @cached_property
    def events(self) -> dict[str, tuple[Event, ...]]:
        """What became of the papers on which no text should rest unseen, by their keys."""
        return events_of(self.papers.values())

    def open_event(self, paper: Paper, source: str) -> Event | None:
        """Return what became of a paper and for which a page, a question or a comparison has not been revised yet."""
        if events := self.events.get(paper.key):
            found = self.pages.get(source) or self._file_at.get(source)
            return open_event(paper, events, (found.reviewed or {}) if found else {})
        return None

    @cached_property
    def _file_at(self) -> dict[str, Question | Comparison]:
        files: list[Question | Comparison] = [*self.questions.values(), *self.comparisons.values()]
        return {one.source: one for one in files}

    def find(self, key: str) -> Paper | None:
        """Return the paper of a key, a former key, or a key that it alone had in a bibliography that was imported."""
        return self.papers.get(key) or self.papers.get(self.aliases.get(key) or self.foreign_keys.get(key, ""))

    def baseline(self, name: str) -> str:
        """Return how a baseline is shown: a name of its own block, a paper, a model or a size."""
        if name in self.registry.baselines:
            return self.registry.shown("baselines", name)
        paper = self.find(name)
        return (paper.short_name or paper.byline) if paper else self.registry.shown("models", name)

    def author_slug(self, author: Author) -> str:
        """Return the slug under which an author is listed."""
        slug = addresses.slugify(author.id or author.name)
        return self.author_ids.get((slug, author.orcid or ""), slug)

    def venue_slug(self, paper: Paper) -> str | None:
        """Return the slug of a paper's venue."""
        return self.slug_of(paper.venue) if paper.venue else None

    @staticmethod
    def slug_of(venue: Venue) -> str:
        """Return the slug of a venue."""
        return addresses.slugify(venue.short or venue.name)


def newest_first(papers: Iterable[Paper]) -> list[Paper]:
    """Sort by date first made public, latest first, then by key."""
    by_key = sorted(papers, key=lambda paper: paper.key)
    return sorted(by_key, key=lambda paper: paper.date, reverse=True)


def build_survey(
    settings: Settings,
    taxonomy: Taxonomy,
    papers: Sequence[Paper],
    pages: Iterable[EditorPage] = (),
    *,
    screening: Screening | None = None,
    registry: Registry | None = None,
    questions: Iterable[Question] = (),
    comparisons: Iterable[Comparison] = (),
    works: Mapping[str, Work] | None = None,
) -> Survey:
    """Index checked papers and the editors' pages.

    Everything that is published is made from what this returns, so it has nothing of a reference manager's private
    fields that an earlier import put into a paper's file.
    """
    papers = [_without_private(paper) for paper in papers]
    ordered = newest_first(papers)
    by_theme: dict[str, list[Paper]] = {path: [] for path in taxonomy.by_path}
    by_kind: dict[str, list[Paper]] = {kind: [] for kind in settings.kinds}
    for paper in ordered:
        for path in {theme.path: None for name in paper.themes or () for theme in taxonomy.line(name)}:
            by_theme[path].append(paper)
        if paper.kind:
            by_kind[paper.kind].append(paper)
    author_ids = _tell_apart(ordered)
    survey = Survey(
        settings=settings,
        taxonomy=taxonomy,
        papers={paper.key: paper for paper in sorted(papers, key=lambda paper: paper.key)},
        newest=ordered,
        by_theme=by_theme,
        unfiled=[paper for paper in ordered if not paper.themes],
        by_kind=by_kind,
        authors={},
        venues=_build_venues(ordered),
        years={
            str(year): Listing(str(year), str(year), list(group))
            for year, group in groupby(sorted(ordered, key=lambda paper: -paper.year), key=lambda paper: paper.year)
        },
        related=_build_relations(ordered),
        aliases={alias: paper.key for paper in ordered for alias in paper.aliases or ()},
        foreign_keys=foreign_keys(papers),
        author_ids=author_ids,
        pages={page.source: page for page in pages},
        screening=screening,
        registry=registry or Registry(),
        questions={question.id: question for question in sorted(questions, key=lambda question: question.id)},
        comparisons={one.id: one for one in sorted(comparisons, key=lambda one: one.id)},
        works=works,
    )
    survey.authors.update(_build_authors(survey))
    return survey


def _without_private(paper: Paper) -> Paper:
    rest = public_part(paper.extra)
    if rest == (paper.extra or {}):
        return paper
    public = paper.model_copy(update={"extra": rest or None})
    if not rest:
        public.model_fields_set.discard("extra")
    return public


def _tell_apart(papers: Iterable[Paper]) -> dict[tuple[str, str], str]:
    """Give people of one name, told apart by their ORCIDs, a slug each."""
    orcids: dict[str, set[str]] = defaultdict(set)
    for paper in papers:
        for author in paper.authors:
            if author.orcid and not author.id:
                orcids[addresses.slugify(author.name)].add(author.orcid)
    return {
        (slug, orcid): f"{slug}-{orcid[-4:].lower()}"
        for slug, known in orcids.items()
        if len(known) > 1
        for orcid in known
    }


def _build_authors(survey: Survey) -> dict[str, Listing]:
    listings: dict[str, Listing] = {}
    slugs: dict[Author, str] = {}
    for paper in survey.newest:
        for author in paper.authors:
            slug = slugs.get(author) or slugs.setdefault(author, survey.author_slug(author))
            if slug not in listings:
                listings[slug] = Listing(slug, author.name, sort_slug=addresses.slugify(author.sort_name))
            if not (known := listings[slug].papers) or known[-1] is not paper:
                known.append(paper)
    return dict(sorted(listings.items(), key=lambda item: (item[1].sort_slug, item[0])))


def _build_venues(papers: Iterable[Paper]) -> dict[str, Listing]:
    """List papers where they appeared, preprints where their published versions did."""
    listings: dict[str, Listing] = {}
    for paper in papers:
        version = published_version(paper)
        venues = [venue for venue in (paper.venue, version.venue if version else None) if venue]
        for venue in {Survey.slug_of(venue): venue for venue in reversed(venues)}.values():
            slug = Survey.slug_of(venue)
            listing = listings.setdefault(slug, Listing(slug, venue.short or venue.name))
            listing.papers.append(paper)
            if venue is not paper.venue:
                listing.versions.add(paper.key)
    return dict(sorted(listings.items(), key=lambda item: (item[1].name.casefold(), item[0])))


def _build_relations(papers: Iterable[Paper]) -> dict[str, list[RelatedPaper]]:
    """State every relation from both sides."""
    by_key = {paper.key: paper for paper in papers}
    related: dict[str, list[RelatedPaper]] = defaultdict(list)
    for paper in by_key.values():
        for relation in paper.relations or ():
            says = label(f"relations.{relation.type}.says")
            if relation.external:
                url = next(iter(relation.external.ids.values()), None)
                related[paper.key].append(RelatedPaper(says, None, relation.external.title, relation.note, url))
            elif relation.paper:
                other = by_key[relation.paper]
                related[paper.key].append(RelatedPaper(says, other, other.title, relation.note))
                inverse = label(f"relations.{relation.type}.inverse")
                related[other.key].append(RelatedPaper(inverse, paper, paper.title, relation.note))
    return dict(related)
