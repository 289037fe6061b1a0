"""What the list of papers is filtered by in the browser: axes with their values, keys, entries to show.

Papers are numbers there, the newest 0. Nothing of it is fetched before somebody filters. I/O: none.
"""

import re
from collections.abc import Iterable, Iterator
from typing import Any

from living_survey.model import addresses
from living_survey.model.axes import YEAR, Axis, axes_of
from living_survey.model.survey import Survey
from living_survey.pages.entry import Entries
from living_survey.pages.renderer import Renderer
from living_survey.publish.form import to_json

SHARD = 32
"""Entries in a file: a list shows about so many at once."""
LARGE = 100
"""So many values of an axis at most come with all others; more have a file of their own, fetched when it is opened."""

_COINS = re.compile(r'<span class="Z3988"[^>]*></span>\n?')


def explore_files(renderer: Renderer) -> Iterator[tuple[str, str]]:
    """Yield (path in the site, text) of every file.

    - ``explore/axes.json``: ``papers``, their number; ``shard``, entries in a file; ``results``, numbers of each paper;
      ``axes``, in the order in which they are shown: ``name``, ``title``, ``kind`` (``range`` or ``values``), and
      ``values`` with ``of``, or ``file`` where these come with another file. ``values`` are [id, label] or
      [id, label, number of the one above]; ``of`` has for each paper the numbers of its values, joined by spaces,
      papers by commas.
    - ``explore/keys.json``: ``keys``, joined by spaces; ``added``, the papers as the search numbers them, by the day on
      which they were added, then by key; ``former``, former key → key.
    - ``explore/titles.json``: each paper's place when sorted by title.
    - ``explore/entries/N.json``: the entries of 32 papers as HTML, as they stand on the page of all papers.
    """
    survey = renderer.survey
    axes = []
    for axis in axes_of(survey):
        values = _values(survey, axis)
        about: dict[str, Any] = {
            "name": axis.name,
            "title": axis.title,
            "kind": "range" if axis.name == YEAR else "values",
        }
        if len(axis.values) > LARGE:
            about["file"] = True
            about["size"] = len(axis.values)
            yield addresses.explored_axis(axis.name), to_json(values)
        else:
            about |= values
        axes.append(about)
    numbers = ",".join(str(len(paper.results or ()) or "") for paper in survey.newest)
    yield (
        addresses.EXPLORED,
        to_json({"papers": len(survey.newest), "shard": SHARD, "results": numbers, "axes": axes}),
    )
    keys = [paper.key for paper in survey.newest]
    yield addresses.EXPLORED_KEYS, to_json({"keys": " ".join(keys), "added": _added(survey), "former": survey.aliases})
    yield addresses.EXPLORED_TITLES, to_json(_places(survey))
    entries = renderer.once(Entries)
    for number in range(-(-len(keys) // SHARD)):
        papers = survey.newest[number * SHARD : (number + 1) * SHARD]
        yield addresses.explored_entries(number), to_json([_shown(entries.render(paper, "../")) for paper in papers])


def explored_addresses(survey: Survey) -> Iterator[str]:
    """Yield the address of every one of these files."""
    yield from (addresses.explored_axis(axis.name) for axis in axes_of(survey) if len(axis.values) > LARGE)
    yield from (addresses.EXPLORED, addresses.EXPLORED_KEYS, addresses.EXPLORED_TITLES)
    yield from (addresses.explored_entries(number) for number in range(-(-len(survey.newest) // SHARD)))


def _values(survey: Survey, axis: Axis) -> dict[str, Any]:
    numbers = {value: number for number, value in enumerate(axis.values)}
    values: list[list[Any]] = [[value, title] for value, title in axis.values.items()]
    for value, above in axis.above.items():
        values[numbers[value]].append(numbers[above])
    of = ",".join(_joined(axis.of.get(paper.key, ())) for paper in survey.newest)
    return {"values": values, "of": of, **({"former": dict(axis.former)} if axis.former else {})}


def _added(survey: Survey) -> list[int]:
    newest = survey.newest
    return sorted(range(len(newest)), key=lambda number: (newest[number].added or "", newest[number].key))


def _joined(numbers: Iterable[int]) -> str:
    return " ".join(map(str, numbers))


def _places(survey: Survey) -> list[int]:
    """Return each paper's place by title; capitals, accents and signs in front do not count."""
    order = sorted(range(len(survey.newest)), key=lambda number: addresses.slugify(survey.newest[number].title.text))
    places = [0] * len(order)
    for place, number in enumerate(order):
        places[number] = place
    return places


def _shown(entry: str) -> str:
    """Return an entry without what only programs read: the page of the paper has it too."""
    return _COINS.sub("", entry)
