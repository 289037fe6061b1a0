"""Identifiers that records of different works carry: they name what the works stand in, or are wrong. I/O: none.

Programs give chapters the DOI of their book, workshop papers that of the workshop, and one gave thousands of works one
arXiv id. No record is worth less for it, so all are imported, and who cannot have the identifier goes without.
"""

from collections import defaultdict
from collections.abc import Sequence

from living_survey.editing.convert import Draft
from living_survey.editing.matching import KnownPapers, against
from living_survey.loading.validate import check_paper
from living_survey.model.identifiers import work_ids
from living_survey.model.paper import Paper

_MOST = 8
"""With more titles than this, an identifier is nobody's, and none are compared."""
_WHOLES = ("book", "proceedings")


def settle_disputes(drafts: Sequence[Draft], known: KnownPapers) -> None:
    """Take an identifier from all records that cannot have it, with a note in each."""
    groups: dict[str, list[tuple[Draft, Paper]]] = defaultdict(list)
    for draft in drafts:
        for identifier in work_ids(draft.paper.doi, draft.paper.arxiv) if draft.paper else ():
            if draft.paper:
                groups[identifier].append((draft, draft.paper))
    for identifier, group in groups.items():
        if (owner := known.owner_of(identifier)) is not None:
            for draft, paper in group:
                if different := against(paper, owner):
                    leave_out(draft, identifier, f"{owner.key} has it, with {different}")
        elif len(group) > 1 and len(clusters := _clusters(group)) > 1:
            keeper = _keeper(clusters)
            others = len(clusters) - 1
            why = "another record has it, with" if others == 1 else f"{others} other works have it, with"
            for cluster in clusters:
                if cluster is keeper:
                    continue
                other = (keeper or next(one for one in clusters if one is not cluster))[0]
                for draft, paper in cluster:
                    place = f", {other[0].record.key or other[0].record.place}" if others == 1 else ""
                    different = against(paper, other[1]) or "other titles"
                    leave_out(draft, identifier, f"{why} {different}{place}")


def leave_out(draft: Draft, identifier: str, why: str) -> None:
    """Take an identifier out of a draft; its record keeps it under ``extra``."""
    if draft.paper is None:
        return
    for name in ("doi", "arxiv"):
        given: dict[str, str | None] = {"doi": None, "arxiv": None, name: draft.data.get(name)}
        if identifier in work_ids(given["doi"], given["arxiv"]):
            draft.record.keep(name, str(draft.data.pop(name)))
    if "arxiv" not in draft.data and (subject := draft.data.pop("arxiv_class", "")):
        draft.record.keep("primaryclass", str(subject))
    draft.data["extra"] = dict(draft.record.extra)
    draft.record.notes.append(f"{identifier} left out: {why}")
    paper, problems = check_paper("draft", draft.record.path, draft.data)
    draft.paper, draft.refused = paper, "" if paper else problems[0].message


_Cluster = list[tuple[Draft, Paper]]


def _clusters(group: _Cluster) -> list[_Cluster]:
    """Return records in groups of what can be one work, in the order of the file."""
    by_title: dict[str, _Cluster] = {}
    for draft, paper in group:
        by_title.setdefault(paper.title.casefold(), []).append((draft, paper))
    if len(by_title) > _MOST:
        return [*by_title.values()]
    clusters: list[_Cluster] = []
    for draft, paper in group:
        home = next((one for one in clusters if not against(paper, one[0][1])), None)
        if home is None:
            clusters.append(home := [])
        home.append((draft, paper))
    return clusters


def _keeper(clusters: list[_Cluster]) -> _Cluster | None:
    """Return whose the identifier is: the whole's, that of most records, or the first's where titles are the same."""
    wholes = [one for one in clusters if one[0][1].type in _WHOLES]
    if len(wholes) == 1:
        return wholes[0]
    first, second, *_ = sorted(clusters, key=len, reverse=True)
    if len(first) > len(second):
        return first
    titles = {paper.title.casefold() for cluster in clusters for _, paper in cluster}
    return clusters[0] if len(titles) == 1 else None
