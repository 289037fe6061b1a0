"""What a survey asks of its own texts: lengths, citations, results; and that no sentence is somebody else's.

I/O: none.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from living_survey.checks.absence import check_absence
from living_survey.checks.own_texts import own_texts
from living_survey.checks.papers import FEW
from living_survey.checks.sections import check_sections, words_apart
from living_survey.checks.wording import check_wording
from living_survey.model.citations import GROUP
from living_survey.model.derived import titles_of
from living_survey.model.expressions import count_words as count_typed_words
from living_survey.model.survey import Survey
from living_survey.syntax.problems import Problem, problem

RUN = 8
"""So many words in a row are somebody else's sentence."""


def check_content(survey: Survey) -> tuple[list[str], list[Problem]]:
    """Check the texts against the thresholds of the settings.

    Returns:
        What was counted, in words, and where a threshold is missed.
    """
    wanted = survey.settings.content
    counted, problems = [], list[Problem]()
    papers = survey.papers.values()
    lengths = {paper.key: count_words(paper.summary or "") for paper in papers}
    if wanted.summary_words:
        low, high = wanted.summary_words
        for paper in papers:
            if not low <= lengths[paper.key] <= high:
                path = f"{survey.settings.papers}/{paper.source_path}"
                problems.append(_missed(path, f"the summary has {lengths[paper.key]} words", f"{low} to {high}"))
    counted.append(_spread("summaries", [n for n in lengths.values() if n]))
    with_results = sum(bool(paper.results) for paper in papers)
    claims = [number for paper in papers for number in paper.results or ()]
    counted.append(f"{len(claims)} results in {with_results} of {len(papers)} papers")
    counted.append(f"{sum(bool(number.quote) for number in claims)} of {len(claims)} results with a quote")
    sized = sum(bool(paper.models or paper.hardware) for paper in papers)
    counted.append(f"{sized} of {len(papers)} papers with models or hardware")
    quoted = _share(sum(bool(number.quote) for number in claims), len(claims))
    if quoted < wanted.quotes:
        found = f"{quoted}% of results have a quote"
        problems.append(_missed(survey.settings.papers, found, f"at least {wanted.quotes}%"))
    counted += _check_facets(survey, problems)
    if with_results < wanted.results:
        problems.append(
            _missed(survey.settings.papers, f"{with_results} papers have results", f"at least {wanted.results}")
        )
    counted += _check_themes(survey, problems)
    for lines, missed in (check_sections(survey), check_absence(survey), check_wording(survey)):
        counted += lines
        problems += missed
    return counted, problems


def _check_facets(survey: Survey, problems: list[Problem]) -> list[str]:
    """Count the papers with each value of the facets that follow from something, and those that none knows."""
    wanted, derived = survey.settings.content, dict[str, Counter[str]]()
    told = [name for name, facet in survey.settings.facets.items() if facet.of_sizes or facet.sources == ("hardware",)]
    for name, facet in survey.settings.facets.items():
        if not facet.is_typed:
            derived[name] = Counter(dict.fromkeys(titles_of(facet), 0))
            for values in survey.facets.values():
                derived[name].update(values.get(name, ()))
    lines = [
        f"{name}: " + ", ".join(f"{value} {count}" for value, count in counts.items() if count)
        for name, counts in derived.items()
    ]
    known, names = sum(any(name in values for name in told) for values in survey.facets.values()), " or ".join(told)
    share = _share(known, len(survey.papers))
    for name, least in wanted.each_facet.items():
        lacking = [key for key, values in survey.facets.items() if not values.get(name)]
        count = len(survey.papers) - len(lacking)
        lines.append(f"{count} of {len(survey.papers)} papers with a value of {name}")
        if (have := _share(count, len(survey.papers))) < least:
            some = ", ".join(lacking[:FEW]) + (" …" if len(lacking) > FEW else "")
            found, needed = f"{have}% of papers have a value of {name}", f"at least {least}%; without: {some}"
            problems.append(_missed(survey.settings.papers, found, needed))
    if told:
        lines.append(f"{known} of {len(survey.papers)} papers with {names}")
    if share < wanted.facets:
        found = f"{share}% of papers have {names or 'a facet from models, parameters or hardware'}"
        problems.append(_missed(survey.settings.papers, found, f"at least {wanted.facets}%"))
    return lines


def _share(count: int, total: int) -> int:
    """Return the per cent, rounded down, so that only all are 100; of nothing all."""
    return 100 * count // total if total else 100


def _check_themes(survey: Survey, problems: list[Problem]) -> list[str]:
    wanted = survey.settings.content
    words: dict[bool, list[int]] = {True: [], False: []}
    shares = []
    for theme in survey.taxonomy.by_path.values():
        page = survey.pages[theme.source]
        top = "/" not in theme.path
        length = words_apart(survey, page)
        words[top].append(length)
        limits = wanted.theme_words if top else wanted.subtheme_words
        if limits and not limits[0] <= length <= limits[1]:
            apart = " outside the sections with a length of their own" if wanted.sections else ""
            problems.append(_missed(page.path, f"the text has {length} words{apart}", f"{limits[0]} to {limits[1]}"))
        papers = survey.by_theme[theme.path]
        cited = {paper.key for key in page.cited if (paper := survey.find(key))}
        share = _share(sum(paper.key in cited for paper in papers), len(papers))
        shares.append(share)
        if share < wanted.cited:
            missing = ", ".join(paper.key for paper in papers if paper.key not in cited)
            problems.append(
                _missed(page.path, f"cites {share}% of its papers", f"{wanted.cited}%; not cited: {missing}")
            )
    return [
        _spread("texts of themes at the top", words[True]),
        _spread("texts of sub-themes", words[False]),
        f"themes cite {min(shares, default=0)} to {max(shares, default=0)}% of their papers",
    ]


def count_words(text: str) -> int:
    """Count words as a reader does; citations do not count, and an expression is one."""
    return count_typed_words(re.sub(GROUP, " ", text))


def _missed(path: str, message: str, wanted: str) -> Problem:
    return problem("content-missed", path, found=message, wanted=wanted)


def _spread(what: str, numbers: list[int]) -> str:
    if not numbers:
        return f"0 {what}"
    return f"{len(numbers)} {what}: {min(numbers)} to {max(numbers)} words, {sum(numbers):,} in all"


def check_against(survey: Survey, records: Iterable[Mapping[str, Any]]) -> list[Problem]:
    """Find runs of words that the survey's texts share with a listing's abstracts.

    Args:
        survey: The survey.
        records: Each has ``title`` and ``abstract``.
    """
    runs: dict[tuple[str, ...], str] = {}
    for record in records:
        for _, run in _runs(str(record.get("abstract", ""))):
            runs.setdefault(run, str(record.get("title", "")))
    problems = []
    for one in own_texts(survey):
        for start, run in _runs(one.text):
            if run in runs:
                title, words = repr(runs[run]), " ".join(run)
                place = one.place(start)
                problems.append(
                    problem("words-shared", one.path, place, field=one.field, count=RUN, title=title, words=words)
                )
    return problems


def _runs(text: str) -> Iterator[tuple[int, tuple[str, ...]]]:
    words = [(found.start(), found[0].casefold()) for found in re.finditer(r"\w+", text)]
    for index in range(len(words) - RUN + 1):
        yield words[index][0], tuple(word for _, word in words[index : index + RUN])
