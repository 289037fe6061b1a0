"""What one paper file cannot know of itself: vocabularies, other papers, the survey's own demands. I/O: none."""

from collections.abc import Iterable, Iterator, Sequence

from living_survey.model.citations import NONE_HINT, find_mentions, find_mistaken
from living_survey.model.identifiers import work_ids
from living_survey.model.paper import Paper
from living_survey.model.parts import SYMMETRIC
from living_survey.model.private import NOTES, private_part
from living_survey.model.settings import Settings
from living_survey.model.theme import Taxonomy
from living_survey.model.titles import NAMED, TitleIndex
from living_survey.syntax.problems import FieldPath, Problem, about, did_you_mean

FEW = 10
"""So many papers that lack the same are named one by one."""


def paper_path(settings: Settings, paper: Paper) -> str:
    """Return a paper's file as it is reported."""
    return f"{settings.papers}/{paper.source_path}"


def check_keys(settings: Settings, papers: Sequence[Paper]) -> Iterator[Problem]:
    """Keys and aliases are addresses: one paper each, also on a disk that ignores case."""
    owners: dict[str, Paper] = {}
    for paper in papers:
        other = owners.setdefault(paper.key.lower(), paper)
        if other is not paper:
            message = f"the keys {other.key} and {paper.key} differ in case only"
            yield about(paper_path(settings, paper), (), message, "rename one of the files")
    keys = dict(owners)
    for paper in papers:
        for index, alias in enumerate(paper.aliases or ()):
            other = owners.setdefault(alias.lower(), paper)
            if other is paper and alias.lower() not in keys:
                continue
            what = (
                f"is the key of {other.source_path}"
                if alias.lower() in keys
                else f"is an alias of {other.source_path} too"
            )
            yield about(
                paper_path(settings, paper),
                ("aliases", index),
                f"the alias {alias} {what}",
                "delete it in one of the two",
            )


def check_ids(settings: Settings, papers: Sequence[Paper]) -> Iterator[Problem]:
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
                    message = f"{work_id} is that of {other.source_path} too"
                    yield about(paper_path(settings, paper), name, message, "one paper, one file: keep the better one")


def check_vocabularies(settings: Settings, taxonomy: Taxonomy, paper: Paper) -> Iterator[Problem]:
    """Themes, kinds and facets are closed vocabularies; some fields the survey asks for."""
    path = paper_path(settings, paper)
    for index, theme in enumerate(paper.themes or ()):
        if theme not in taxonomy.by_path:
            what = "the primary theme " if index == 0 else "the theme "
            hint = did_you_mean(theme, taxonomy.by_path) or "the themes are the files under docs/themes"
            yield about(path, ("themes", index), f"{what}{theme} does not exist", hint)
    for index, theme in enumerate(paper.themes or ()):
        if any(other.startswith(f"{theme}/") for other in paper.themes or ()):
            hint = f"delete {theme}: papers of a sub-theme belong to it anyway"
            yield about(path, ("themes", index), f"the theme {theme} stands beside its own sub-theme", hint)
    if paper.kind and paper.kind not in settings.kinds:
        hint = did_you_mean(paper.kind, settings.kinds) or "declare it under kinds: in mkdocs.yml"
        yield about(path, ("kind",), f"the kind {paper.kind} does not exist", hint)
    for name, values in (paper.facets or {}).items():
        facet = settings.facets.get(name)
        if not facet:
            hint = did_you_mean(name, settings.facets) or "declare it under facets: in mkdocs.yml"
            yield about(path, ("facets", name), f"the facet {name} does not exist", hint)
            continue
        for index, value in enumerate(values):
            if value not in facet.values:
                yield about(
                    path, ("facets", name, index), f"{value} is not a {facet.title}", did_you_mean(value, facet.values)
                )
    for name in paper.attributes or {}:
        if name not in settings.attributes:
            hint = did_you_mean(name, settings.attributes) or "declare it under attributes: in mkdocs.yml"
            yield about(path, ("attributes", name), f"the attribute {name} does not exist", hint)
    for name in settings.require:
        if not getattr(paper, name):
            what = "the primary theme is missing" if name == "themes" else f"{name} is missing; this survey wants it"
            add = {
                "themes": 'add "themes:" and a line "  - <theme>"',
                "kind": f"add kind: with one of {', '.join(settings.kinds)}",
            }
            yield about(path, (), what, add.get(name, f"add {name}: …"))
    if paper.tldr and (words := len(paper.tldr.split())) > settings.tldr_words:
        yield about(path, ("tldr",), f"the tldr has {words} words", f"at most {settings.tldr_words}")


def check_unfiled(settings: Settings, papers: Sequence[Paper]) -> Iterator[Problem]:
    """Papers without a theme, one by one while they are few."""
    unfiled = [paper for paper in papers if not paper.themes] if "themes" not in settings.require else []
    hint = 'add "themes:" and a line "  - <theme>"; until then it is listed under themes/unfiled/'
    if len(unfiled) <= FEW:
        for paper in unfiled:
            yield about(paper_path(settings, paper), (), "the paper has no theme", hint, warning=True)
        return
    some = ", ".join(paper.source_path for paper in unfiled[:FEW])
    message = f"{len(unfiled)} papers have no theme: {some}, …"
    yield about(settings.papers, (), message, hint.replace("it is", "they are"), warning=True)


def check_private(settings: Settings, papers: Sequence[Paper]) -> Iterator[Problem]:
    """Papers whose files hold what a reference manager keeps for one person: whoever reads the file sees it."""
    for paper in papers:
        if names := list(private_part(paper.extra)):
            message = f"private under extra, and left out of pages and exports: {', '.join(names)}"
            hint = f"whoever reads the file sees it: delete it, or move it to {NOTES}/{paper.key}.md, which git ignores"
            yield about(paper_path(settings, paper), ("extra", names[0]), message, hint, warning=True)


def check_relations(settings: Settings, papers: Sequence[Paper], *, complete: bool) -> Iterator[Problem]:
    """Relations point at papers that exist, not at themselves, once each, and "later version of" has no cycle."""
    by_key = {paper.key: paper for paper in papers}
    later: dict[str, str] = {}
    stated: set[tuple[str, str, str]] = set()
    for paper in papers:
        path = paper_path(settings, paper)
        for index, relation in enumerate(paper.relations or ()):
            field: FieldPath = ("relations", index)
            if relation.paper is None:
                continue
            if relation.paper == paper.key:
                yield about(path, field, "a paper related to itself", "name the other paper")
            elif relation.paper not in by_key:
                if complete:
                    hint = did_you_mean(relation.paper, by_key, list_few=False) if len(by_key) < 5000 else ""
                    message = f"there is no paper {relation.paper}"
                    yield about(
                        path,
                        (*field, "paper"),
                        message,
                        hint or "for a work outside the survey write external: {title: …}",
                    )
            elif (relation.type, paper.key, relation.paper) in stated:
                yield about(path, field, "this relation stands twice", "delete one; the other direction is derived")
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
            yield about(
                paper_path(settings, by_key[start]),
                ("relations",),
                f"{start} is a later version of itself",
                "break the circle",
            )


def check_citations(settings: Settings, papers: Sequence[Paper], *, complete: bool) -> Iterator[Problem]:
    """Summaries cite papers that exist, as citations are written here."""
    owners = {paper.key for paper in papers} | {alias for paper in papers for alias in paper.aliases or ()}
    for paper in papers:
        if not paper.summary:
            continue
        for found in find_mistaken(paper.summary):
            yield about(paper_path(settings, paper), ("summary",), found.message, NONE_HINT)
        for mention in find_mentions(paper.summary) if complete and "@" in paper.summary else ():
            if mention.key not in owners:
                hint = did_you_mean(mention.key, owners, list_few=False) if len(owners) < 5000 else ""
                yield about(paper_path(settings, paper), ("summary",), f"there is no paper {mention.key}", hint)


def check_sources(settings: Settings, papers: Sequence[Paper], *, complete: bool) -> Iterator[Problem]:
    """Each position of a list that the survey covers in full stands in exactly one file."""
    positions: dict[tuple[str, int], Paper] = {}
    for paper in papers:
        if not (origin := paper.provenance):
            continue
        path = paper_path(settings, paper)
        if origin.source not in settings.sources:
            # Without a position it names no list: a paper that somebody added.
            if settings.sources and origin.position is not None:
                hint = did_you_mean(origin.source, settings.sources)
                yield about(path, ("provenance", "source"), f"the source {origin.source} does not exist", hint)
            continue
        if origin.position is None:
            continue
        if origin.position > settings.sources[origin.source]:
            message = f"{origin.source} has {settings.sources[origin.source]} positions, not {origin.position}"
            yield about(path, ("provenance", "position"), message, "correct the position")
        other = positions.setdefault((origin.source, origin.position), paper)
        if other is not paper:
            message = f"position {origin.position} of {origin.source} is that of {other.source_path} too"
            yield about(path, ("provenance", "position"), message, "correct one of them")
    for source, count in settings.sources.items() if complete else ():
        missing = [n for n in range(1, count + 1) if (source, n) not in positions]
        if missing:
            some = ", ".join(map(str, missing[:10])) + (" …" if len(missing) > 10 else "")
            message = f"{len(missing)} of {count} positions of {source} are in no paper: {some}"
            yield about(
                settings.relative(settings.papers_dir), (), message, "add the papers, or correct sources: in mkdocs.yml"
            )


def check_inside(paper: Paper, path: str) -> list[Problem]:
    """Check what is between the fields of one file."""
    problems = []
    seen: dict[tuple[str, str | None], int] = {}
    for index, author in enumerate(paper.authors):
        identity = (author.sort_name.casefold(), author.id or author.orcid)
        if identity in seen:
            message = f"the author {author.name} stands twice (also {seen[identity] + 1}. in the list)"
            hint = "delete one; two people of one name need an orcid or an id each"
            problems.append(about(path, ("authors", index), message, hint))
        seen.setdefault(identity, index)
    for name in ("themes", "aliases", "source_keys"):
        values: tuple[str, ...] = getattr(paper, name) or ()
        for index, value in enumerate(values):
            if value in values[:index]:
                problems.append(about(path, (name, index), f"{value} stands twice", "delete one"))
    for index, word in enumerate(paper.protect or ()):
        if word not in paper.title:
            problems.append(
                about(path, ("protect", index), f"{word} is not in the title", "write it as the title does")
            )
    if paper.published and not paper.published.startswith(str(paper.year)):
        message = f"published {paper.published} is not in the year {paper.year}"
        problems.append(about(path, ("published",), message, "correct one of them"))
    if paper.arxiv_class and not paper.arxiv:
        problems.append(about(path, ("arxiv_class",), "an arXiv class without an arXiv id", 'add arxiv: "…"'))
    if paper.type in ("article", "inproceedings", "incollection") and not paper.venue:
        problems.append(
            about(
                path, ("type",), f"type {paper.type} without a venue", "add venue: {name: …}, or write type: preprint"
            )
        )
    return problems


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
        alike = [
            one for one in index.like(paper)
            if one.key < paper.key and frozenset((paper.key, one.key)) not in related
        ]  # fmt: skip
        if len(alike) > NAMED:
            message = f"{len(alike) - NAMED} more papers have such a title, and an author in common"
            problems.append(about(f"{folder}/{paper.source_path}", ("title",), message, warning=True))
        for one in alike[:NAMED]:
            message = f"the title is {one.score} % like that of {one.key}, and {one.author} wrote both: the same work?"
            hint = "keep one and name the other under versions; two works need a relation, such as type: distinct-from"
            problems.append(about(f"{folder}/{paper.source_path}", ("title",), message, hint, warning=True))
    return problems
