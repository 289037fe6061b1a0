"""The files of the site's search, all below ``search/`` but for the scripts' rules. I/O: none."""

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from living_survey.model import addresses
from living_survey.model.labels import labels
from living_survey.model.survey import Survey
from living_survey.search.guides import guides_of
from living_survey.search.records import Records, groups_of, is_small, themes_of
from living_survey.search.rules import rules
from living_survey.search.shards import (
    backward_lines,
    head_lines,
    identifier_files,
    pieces,
    postings_of,
    rows_in_blocks,
    text_lines,
)

SUBMIT_PAGE = "submit.md"
"""The page of the form, in surveys that have it, relative to ``docs/``."""


def build_search_files(survey: Survey, host: Iterable[Mapping[str, Any]]) -> Iterator[tuple[str, str]]:
    """Yield (path in the site, text) of every file of the search; equal for equal records.

    Args:
        survey: The survey.
        host: The host's records of its pages and their parts, as `guides_of` takes them.
    """
    records = Records(survey)
    meta: dict[str, Any] = {"n": len(records.papers), "themes": themes_of(survey), "groups": groups_of(survey)}
    if is_small(survey):
        rows = [records.row(paper) for paper in records.papers]
        yield addresses.search("records.json"), _json(rows, "\n")
        yield addresses.search("texts.json"), _json([records.summary(paper) for paper in records.papers], "\n")
    else:
        postings, rows = postings_of(records)
        meta["block"] = rules()["rows"]
        for name, lines in (("h", head_lines), ("t", text_lines), ("b", backward_lines)):
            meta[name] = []
            for number, (first, text) in enumerate(pieces(lines(postings))):
                meta[name].append(first)
                yield addresses.search(f"{name}{number}.txt"), text
        for number, block in enumerate(rows_in_blocks(rows)):
            yield addresses.search(f"d{number}.json"), _json(block, "\n")
    found = identifier_files(records.papers)
    for number, text in enumerate(found):
        yield addresses.search(f"i{number}.txt"), text
    yield addresses.search("guides.json"), _json(list(guides_of(survey, host)), "\n")
    yield addresses.search("meta.json"), _json(meta)
    places = {
        "paper": addresses.paper("{key}"), "theme": addresses.theme("{path}"), "papers": addresses.PAPERS,
        "submit": addresses.SUBMIT if SUBMIT_PAGE in survey.pages else "",
    }  # fmt: skip
    yield addresses.SEARCH_RULES, f"export default {_json({**rules(), 'ids': len(found)})}"
    shared = {"labels": labels("search"), "addresses": places}
    yield addresses.SEARCH_LABELS, f"export default {_json(shared)}"


def _json(data: Any, between: str = "") -> str:
    """Return data as a small file; a list with an entry on each line, so that a change is a line."""
    if between:
        return f"[{(',' + between).join(_json(one).rstrip() for one in data)}]\n"
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")) + "\n"
