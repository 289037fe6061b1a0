"""What one paper file cannot know of itself: vocabularies, other papers, the survey's own demands. I/O: none."""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from functools import cache
from pathlib import PurePosixPath
from urllib.parse import urlsplit

from living_survey.model.citations import citable, find_mentions, find_mistaken
from living_survey.model.expressions import count_words
from living_survey.model.identifiers import work_ids
from living_survey.model.paper import Paper
from living_survey.model.parts import AGGREGATOR, GRAVE, SYMMETRIC, WITH_VENUE
from living_survey.model.private import NOTES, private_part
from living_survey.model.repeating import only_repeat
from living_survey.model.settings import Settings
from living_survey.model.theme import Taxonomy
from living_survey.model.titles import NAMED, TitleIndex
from living_survey.syntax.problems import FieldPath, Problem, did_you_mean, problem

FEW = 10
"""So many papers that lack the same are named one by one."""
_FOLLOWS = {
    "models": ("models", "model"), "scale.parameters": ("scale", "parameters"), "hardware": ("hardware", "hardware"),
    "links": ("links", "link"), "results": ("results", "number"),
}  # fmt: skip
"""What a facet follows from → the field of a paper file, and what is added there."""
_MANY = 5000
"""Among so many keys the nearest is not looked for: that takes seconds."""


def paper_path(settings: Settings, paper: Paper) -> str:
    """Return a paper's file as it is reported."""
    return f"{settings.papers}/{paper.source_path}"


def check_papers(
    settings: Settings, taxonomy: Taxonomy, papers: Sequence[Paper], *, unread: Collection[str] | None = None
) -> Iterator[Problem]:
    """Check all papers against the survey and each other.

    Args:
        settings: The survey's demands.
        taxonomy: Its themes.
        papers: The papers that could be read.
        unread: Names that files which could not be read may have; none where all could be read.
    """
    yield from _check_keys(settings, papers)
    yield from _check_ids(settings, papers)
    for paper in papers:
        yield from _check_vocabularies(settings, taxonomy, paper)
        yield from _check_requirements(settings, paper)
    yield from _check_unfiled(settings, papers)
    yield from _check_private(settings, papers)
    yield from _check_relations(settings, papers, unread or ())
    yield from _check_citations(settings, papers, unread or ())
    yield from _check_sources(settings, papers, complete=not unread)
    yield from _check_bases(settings, papers)


def nearest(keys: Collection[str]) -> Callable[[str], str]:
    """Return what proposes the key that was meant by one that there is not."""

    @cache
    def proposed(key: str) -> str:
        return did_you_mean(key, keys, list_few=False) if len(keys) < _MANY else ""

    return proposed


def check_cited(
    text: str, path: str, field: FieldPath, known: Collection[str], propose: Callable[[str], str]
) -> Iterator[Problem]:
    """Check that a text cites as citations are written here, and papers that there are.

    Args:
        text: The text of a field.
        path: Its file.
        field: The field.
        known: Keys and aliases that can be cited.
        propose: From a key that there is not to a hint.
    """
    for found in find_mistaken(text):
        yield problem("citation-invalid", path, field=field, text=found.short)
    for mention in find_mentions(text) if "@" in text else ():
        if mention.key not in known:
            yield problem("citation-unknown", path, field=field, hint=propose(mention.key), key=mention.key)


def _check_keys(settings: Settings, papers: Sequence[Paper]) -> Iterator[Problem]:
    """Keys and aliases are addresses: one paper each, also on a disk that ignores case."""
    owners: dict[str, Paper] = {}
    for paper in papers:
        other = owners.setdefault(paper.key.lower(), paper)
        if other is not paper:
            yield problem("key-duplicate", paper_path(settings, paper), other=other.key, key=paper.key)
    keys = dict(owners)
    for paper in papers:
        for index, alias in enumerate(paper.aliases or ()):
            other = owners.setdefault(alias.lower(), paper)
            if other is paper and alias.lower() not in keys:
                continue
            owner = f"the key of {other.source_path}" if alias.lower() in keys else f"an alias of {other.source_path}"
            path = paper_path(settings, paper)
            yield problem("alias-duplicate", path, field=("aliases", index), alias=alias, owner=owner)


def _check_ids(settings: Settings, papers: Sequence[Paper]) -> Iterator[Problem]:
    """One work stands in one file, whichever of its versions is meant."""
    owners: dict[str, Paper] = {}
    for paper in papers:
        claims: list[tuple[FieldPath, list[str]]] = [
            (("doi",) if paper.doi else ("arxiv",), work_ids(paper.doi, paper.arxiv))
        ]
        for index, version in enumerate(paper.versions or ()):
            claims.append((("versions", index), work_ids(version.doi, version.arxiv)))
        for field, ids in claims:
            for work_id in ids:
                other = owners.setdefault(work_id, paper)
                if other is not paper:
                    name = ("arxiv",) if field == ("doi",) and work_id.startswith("arXiv") and paper.arxiv else field
                    path = paper_path(settings, paper)
                    yield problem("identifier-duplicate", path, field=name, identifier=work_id, other=other.source_path)


def _check_vocabularies(settings: Settings, taxonomy: Taxonomy, paper: Paper) -> Iterator[Problem]:
    """Themes, kinds, facets and attributes are closed vocabularies."""
    path, config = paper_path(settings, paper), settings.config
    outer = {str(part) for theme in paper.themes or () for part in PurePosixPath(theme).parents}
    for index, theme in enumerate(paper.themes or ()):
        if theme not in taxonomy.by_path:
            hint, folder = taxonomy.propose(theme), settings.relative(settings.themes_dir)
            yield problem("theme-unknown", path, field=("themes", index), hint=hint, theme=theme, folder=folder)
        if theme in outer:
            yield problem("theme-redundant", path, field=("themes", index), theme=theme)
    if paper.kind and paper.kind not in settings.kinds:
        hint = did_you_mean(paper.kind, settings.kinds)
        yield problem("kind-unknown", path, field=("kind",), hint=hint, kind=paper.kind, config=config)
    for name, values in (paper.facets or {}).items():
        facet = settings.facets.get(name)
        if not facet:
            hint = did_you_mean(name, settings.facets)
            yield problem("facet-unknown", path, field=("facets", name), hint=hint, facet=name, config=config)
            continue
        if not facet.is_typed:
            source, thing = _FOLLOWS[facet.sources[0]]
            yield problem("facet-derived", path, field=("facets", name), facet=name, source=source, thing=thing)
            continue
        for index, value in enumerate(values):
            if value not in facet.values:
                yield problem(
                    "facet-value-unknown", path, field=("facets", name, index), hint=did_you_mean(value, facet.values),
                    facet=facet.title, value=value, config=config,
                )  # fmt: skip
    for name in paper.attributes or {}:
        if name not in settings.attributes:
            hint = did_you_mean(name, settings.attributes)
            field = ("attributes", name)
            yield problem("attribute-unknown", path, field=field, hint=hint, attribute=name, config=config)


def _check_requirements(settings: Settings, paper: Paper) -> Iterator[Problem]:
    """Some fields, and a short sentence, are what the survey asks for."""
    path = paper_path(settings, paper)
    for name in settings.require:
        if getattr(paper, name):
            continue
        if name == "themes":
            yield problem("theme-missing", path)
        elif name == "kind":
            yield problem("kind-missing", path, kinds=", ".join(settings.kinds))
        else:
            yield problem("required-missing", path, name=name)
    if paper.tldr and (words := count_words(paper.tldr)) > settings.tldr_words:
        yield problem("tldr-too-long", path, field=("tldr",), words=words, limit=settings.tldr_words)


def _check_unfiled(settings: Settings, papers: Sequence[Paper]) -> Iterator[Problem]:
    """Papers without a theme, one by one while they are few."""
    unfiled = [paper for paper in papers if not paper.themes] if "themes" not in settings.require else []
    if len(unfiled) <= FEW:
        for paper in unfiled:
            yield problem("paper-unfiled", paper_path(settings, paper))
        return
    some = ", ".join(paper.source_path for paper in unfiled[:FEW])
    yield problem("papers-unfiled", settings.papers, count=len(unfiled), some=some)


def _check_private(settings: Settings, papers: Sequence[Paper]) -> Iterator[Problem]:
    """Papers whose files hold what a reference manager keeps for one person: whoever reads the file sees it."""
    for paper in papers:
        if names := list(private_part(paper.extra)):
            path, file = paper_path(settings, paper), f"{NOTES}/{paper.key}.md"
            yield problem("extra-private", path, field=("extra", names[0]), names=", ".join(names), file=file)


def _check_relations(settings: Settings, papers: Sequence[Paper], unread: Collection[str]) -> Iterator[Problem]:
    """Relations point at papers that exist, not at themselves, once each, and "later version of" has no cycle."""
    by_key = {paper.key: paper for paper in papers}
    propose = nearest(by_key)
    later: dict[str, str] = {}
    stated: set[tuple[str, str, str]] = set()
    for paper in papers:
        path = paper_path(settings, paper)
        for index, relation in enumerate(paper.relations or ()):
            field: FieldPath = ("relations", index)
            if relation.paper is None:
                continue
            if relation.paper == paper.key:
                yield problem("relation-to-itself", path, field=field)
            elif relation.paper not in by_key:
                if relation.paper not in unread:
                    hint, key = propose(relation.paper), relation.paper
                    yield problem("relation-paper-unknown", path, field=(*field, "paper"), hint=hint, key=key)
            elif (relation.type, paper.key, relation.paper) in stated:
                yield problem("relation-duplicate", path, field=field)
            stated.add((relation.type, paper.key, relation.paper))
            if relation.type in SYMMETRIC:
                stated.add((relation.type, relation.paper, paper.key))
            if relation.type == "later-version-of":
                later[paper.key] = relation.paper
    for start, target in later.items():
        seen, key = {start}, target
        while key in later and key not in seen:
            seen.add(key)
            key = later[key]
        if key == start:
            yield problem("relation-circle", paper_path(settings, by_key[start]), field=("relations",), key=start)


def _check_citations(settings: Settings, papers: Sequence[Paper], unread: Collection[str]) -> Iterator[Problem]:
    """Summaries cite papers that exist, as citations are written here."""
    names = {paper.key for paper in papers} | {alias for paper in papers for alias in paper.aliases or ()}
    propose, owners = nearest(names), citable(papers) | set(unread)
    for paper in papers:
        if not paper.summary:
            continue
        yield from check_cited(paper.summary, paper_path(settings, paper), ("summary",), owners, propose)


def _check_bases(settings: Settings, papers: Sequence[Paper]) -> Iterator[Problem]:
    """An entry that was read only where others are repeated says so."""
    for paper in papers if settings.aggregators else ():
        origin = paper.provenance
        if not origin or not origin.consulted or origin.basis == AGGREGATOR:
            continue
        if only_repeat(origin.consulted, settings.aggregators):
            field = ("provenance", "basis" if origin.basis else "consulted")
            hosts = ", ".join(sorted({urlsplit(url).hostname or "" for url in origin.consulted}))
            yield problem("basis-repeats", paper_path(settings, paper), field=field, hosts=hosts)


def _check_sources(settings: Settings, papers: Sequence[Paper], *, complete: bool) -> Iterator[Problem]:
    """Each position of a list that the survey covers in full stands in exactly one file."""
    positions: dict[tuple[str, int], Paper] = {}
    for paper in papers:
        if not (origin := paper.provenance):
            continue
        path, source = paper_path(settings, paper), origin.source
        if source not in settings.sources:
            # Without a position it names no list: a paper that somebody added.
            if settings.sources and origin.position is not None:
                hint, field = did_you_mean(source, settings.sources), ("provenance", "source")
                yield problem("source-unknown", path, field=field, hint=hint, source=source, config=settings.config)
            continue
        if origin.position is None:
            continue
        field, position = ("provenance", "position"), origin.position
        if position > settings.sources[source]:
            count = settings.sources[source]
            yield problem("position-too-large", path, field=field, source=source, count=count, position=position)
        other = positions.setdefault((source, position), paper)
        if other is not paper:
            owner = other.source_path
            yield problem("position-duplicate", path, field=field, position=position, source=source, other=owner)
    for source, total in settings.sources.items() if complete else ():
        if missing := [n for n in range(1, total + 1) if (source, n) not in positions]:
            some = ", ".join(map(str, missing[:FEW])) + (" …" if len(missing) > FEW else "")
            path, config = settings.relative(settings.papers_dir), settings.config
            yield problem(
                "positions-missing", path, count=len(missing), total=total, source=source, some=some, config=config
            )


def check_duplicates(folder: str, papers: Iterable[Paper]) -> list[Problem]:
    """Warn of papers that may be the same work; a relation between the two says that they are not.

    Args:
        folder: Name of the folder of papers, for problems.
        papers: All papers.
    """
    everything = sorted(papers, key=lambda paper: paper.key)
    index = TitleIndex(everything)
    related = {
        frozenset((paper.key, relation.paper))
        for paper in everything
        for relation in paper.relations or ()
        if relation.paper
    }
    problems = []
    for paper in everything:
        path = f"{folder}/{paper.source_path}"
        similar = [
            one for one in index.similar(paper)
            if one.key < paper.key and frozenset((paper.key, one.key)) not in related
        ]  # fmt: skip
        problems += [
            problem("title-similar", path, field=("title",), score=one.score, other=one.key, author=one.author)
            for one in similar[:NAMED]
        ]
        if len(similar) > NAMED:
            problems.append(problem("title-similar-more", path, field=("title",), count=len(similar) - NAMED))
    return problems


def check_inside(paper: Paper, path: str) -> list[Problem]:
    """Check what is between the fields of one file."""
    problems = []
    seen: dict[tuple[str, str | None], int] = {}
    for index, author in enumerate(paper.authors):
        identity = (author.sort_name.casefold(), author.id or author.orcid)
        if identity in seen:
            number = seen[identity] + 1
            problems.append(
                problem("author-duplicate", path, field=("authors", index), name=author.name, number=number)
            )
        seen.setdefault(identity, index)
    for name in ("themes", "aliases", "source_keys"):
        values: tuple[str, ...] = getattr(paper, name) or ()
        before = set[str]()
        for index, value in enumerate(values):
            if value in before:
                problems.append(problem("item-duplicate", path, field=(name, index), value=value))
            before.add(value)
    for index, word in enumerate(paper.protect or ()):
        if word not in paper.title:
            problems.append(problem("protect-not-in-title", path, field=("protect", index), word=word))
    if paper.published and not paper.published.startswith(str(paper.year)):
        field = ("published",)
        problems.append(problem("published-other-year", path, field=field, published=paper.published, year=paper.year))
    if paper.arxiv_class and not paper.arxiv:
        problems.append(problem("arxiv-class-without-id", path, field=("arxiv_class",)))
    if paper.type in WITH_VENUE and not paper.venue:
        problems.append(problem("venue-missing", path, field=("type",), type=paper.type))
    if paper.status in GRAVE and not paper.status_since:
        problems.append(problem("status-since-missing", path, field=("status",), status=paper.status))
    return problems
