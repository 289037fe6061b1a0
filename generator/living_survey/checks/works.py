"""What is wrong where texts name works outside the survey: unknown ones, and what their records say otherwise.

I/O: none.
"""

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from living_survey.checks.outside import papers_by_id
from living_survey.checks.own_texts import OwnText, own_texts
from living_survey.model.links import Link, find_links
from living_survey.model.survey import Survey
from living_survey.model.work import Work
from living_survey.syntax.code_spans import mask_code
from living_survey.syntax.problems import Problem, problem
from living_survey.syntax.yaml_reader import quoted

_INSIDE = r"(?:[^\n]|\n(?![ \t]*(?:\n|[-*+][ \t])))"
"""A character of an item of a list: it ends before an empty line and before the next item."""
_ITEM = re.compile(
    rf"^[ \t]*[-*+][ \t]+([*_]{{1,3}})(?=[^\s*_])(?P<title>{_INSIDE}{{1,400}}?)(?<=\S)\1\s*"
    rf"\((?P<author>[^()\n,;]{{1,100}}(?:\n[^()\n,;]{{1,100}})?),\s*(?P<year>\d{{4}})[a-z]?\)(?P<rest>{_INSIDE}*)",
    re.MULTILINE,
)
"""``- *Title* (Author et al., year)``, and what follows in the item."""
_OTHERS = re.compile(r"\s+(?:et\s+al\.?|and\s.*|&\s.*)$", re.DOTALL)
_SIGNS = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "–": "-", "‑": "-", "\\": None})


def check_works(survey: Survey) -> Iterator[Problem]:
    """Compare the texts with the records: each work that they link to has one, and is called what that says.

    Nothing is asked of a survey without a file of works. Pages that are about the site are left alone.
    """
    if survey.works is None:
        return
    check, named = _Check(survey, survey.works), set[str]()
    for one in own_texts(survey):
        if "://" in one.text and not survey.settings.content.is_about(one.page):
            yield from check.text(one, named)
    named |= {one for work in survey.outside if work.record for one in work.record.compared}
    for key, work in survey.works.items():
        if named.isdisjoint(work.compared):
            yield problem("work-unused", survey.settings.works, field=("works", key), id=key)


@dataclass(frozen=True, slots=True)
class _Item:
    """What an item of a list says of a work, with places in the text."""

    start: int
    end: int
    said: Mapping[str, tuple[str, int]]
    """Field of a record → what is said, and where."""


class _Check:
    def __init__(self, survey: Survey, works: Mapping[str, Work]) -> None:
        self._path = survey.settings.works
        self._papers: Collection[str] = papers_by_id(survey.papers.values())
        self._works = {one: work for work in works.values() for one in work.compared}

    def text(self, one: OwnText, named: set[str]) -> Iterator[Problem]:
        """Check one text, and note what it names."""
        links = list(find_links(one.text))
        for link in links:
            named.update(link.ids)
            if link.field != "url" and not any(name in self._papers or name in self._works for name in link.ids):
                value = quoted(link.value) if link.field == "arxiv" else link.value
                yield problem(
                    "work-unknown", one.path, one.place(link.start), field=one.field, what=link.ids[0],
                    identifier=f"{link.field}: {value}", file=self._path,
                )  # fmt: skip
        for item in _items(one.text) if links else ():
            if work := self._of(item, links):
                yield from self._differences(one, item, work)

    def _of(self, item: _Item, links: list[Link]) -> Work | None:
        """Return the work that an item is about: the first to which it links."""
        inside = (name for link in links if item.start <= link.start < item.end for name in link.ids)
        return next((self._works[name] for name in inside if name in self._works), None)

    def _differences(self, one: OwnText, item: _Item, work: Work) -> Iterator[Problem]:
        for field, (said, place) in item.said.items():
            stated = str(getattr(work, field))
            if _plain(said) != _plain(stated):
                what = "first author" if field == "author" else field
                yield problem(
                    "work-differs", one.path, one.place(place), field=one.field, what=what, said=" ".join(said.split()),
                    stated=stated, file=self._path, source=work.found_in,
                )  # fmt: skip


def _items(text: str) -> Iterator[_Item]:
    """Yield the items of lists that name a work by its title in italics, first author and year."""
    for found in _ITEM.finditer(mask_code(text)):
        author = _OTHERS.sub("", found["author"])
        said = {"title": found["title"], "author": author, "year": found["year"]}
        yield _Item(*found.span(), {name: (words, found.start(name)) for name, words in said.items()})


def _plain(text: str) -> str:
    """Return a text without what typography and line breaks change."""
    return " ".join(text.split()).translate(_SIGNS)
